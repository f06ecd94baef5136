"""FilePlan + template -> Rendered; the only file that knows Jinja (and black, for templates that are not ours)."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import jinja2

from fieldsmith.writing.plans import FilePlan, Layout, Rendered


class TemplateFault(Exception):
    """A template that cannot be printed: its file and line, and why."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


def built_in_templates() -> Path:
    """The folder of our templates: inside an installed package, else beside the source root."""
    packaged = Path(__file__).parents[1] / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "templates"


def environment(folders: Sequence[Path]) -> jinja2.Environment:
    """Templates from the first folder that has them. Text of pages comes in as a value, never as a template."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # the targets encode every text for its place; nothing emitted is HTML
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def render(
    plans: Iterable[FilePlan], templates: Path | None = None, layout: Layout | None = None
) -> tuple[Rendered, ...]:
    """Every plan printed by its template; `templates` is a folder of the user's own, file by file before ours.

    What our templates print is laid out already; Python from a user's own is given to black, unless `layout` says
    "builtin". With "black" everything is. Raises TemplateFault for a template that cannot be printed, or prints no
    Python, and ImportError where black is needed and not installed.
    """
    loaded = environment(([templates] if templates else []) + [built_in_templates()])
    ours = str(built_in_templates())
    blacken = None
    rendered = []
    for plan in plans:
        try:
            template = loaded.get_template(plan.template)
            text = template.render(view=plan.view)
        except jinja2.TemplateError as error:
            file, line = _place(error)
            raise TemplateFault(file or plan.template, line, error.message or str(error)) from error
        own = layout is None and not str(template.filename).startswith(ours)
        if plan.path.endswith(".py") and (own or layout == "black"):
            blacken = blacken or _black()
            text = blacken(text, template.filename or plan.template)
        rendered.append(Rendered(plan.path, text))
    return tuple(rendered)


def _place(error: jinja2.TemplateError) -> tuple[str | None, int]:
    """The template's file and line: Jinja names them for a mistake of syntax, the stack for any other."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.filename, error.lineno
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".jinja")]
    return (frames[-1].filename, frames[-1].lineno or 1) if frames else (None, 1)


def _black() -> Callable[[str, str], str]:
    from black import Mode, format_str  # heavy and optional
    from black.parsing import InvalidInput

    mode = Mode()

    def blacken(source: str, template: str) -> str:
        try:
            return format_str(source, mode=mode)
        except InvalidInput as error:
            raise TemplateFault(template, 1, f"it prints what is no Python ({error})") from error

    return blacken
