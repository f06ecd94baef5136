"""FilePlan + template -> Rendered; the only file that knows Jinja (and black, for templates that are not ours)."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import jinja2

from fieldsmith.writing.plans import FilePlan, Rendered


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


def render(plans: Iterable[FilePlan], templates: Path | None = None, *, black: bool = False) -> tuple[Rendered, ...]:
    """Every plan printed by its template; `templates` is a folder of the user's own, file by file before ours.

    With `black`, Python files are laid out by black, as templates that are not ours cannot be trusted to.
    Raises TemplateFault for a template that cannot be printed and ImportError where black is not installed.
    """
    folders = ([templates] if templates else []) + [built_in_templates()]
    loaded = environment(folders)
    finish = _black() if black else str
    rendered = []
    for plan in plans:
        try:
            text = loaded.get_template(plan.template).render(view=plan.view)
        except jinja2.TemplateError as error:
            file, line = _place(error)
            raise TemplateFault(file or plan.template, line, error.message or str(error)) from error
        rendered.append(Rendered(plan.path, finish(text) if plan.path.endswith(".py") else text))
    return tuple(rendered)


def _place(error: jinja2.TemplateError) -> tuple[str | None, int]:
    """The template's file and line: Jinja names them for a mistake of syntax, the stack for any other."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.filename, error.lineno
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".jinja")]
    return (frames[-1].filename, frames[-1].lineno or 1) if frames else (None, 1)


def _black() -> Callable[[str], str]:
    from black import Mode, format_str  # heavy and optional

    mode = Mode()
    return lambda source: format_str(source, mode=mode)
