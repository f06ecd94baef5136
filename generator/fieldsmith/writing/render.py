"""FilePlan + template -> Rendered; the only file that knows Jinja (and black, for templates that are not ours)."""

from __future__ import annotations

import traceback
import warnings
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import jinja2

from fieldsmith.writing.plans import FilePlan, Layout, Rendered

_ENDING = ".jinja"


class Template(NamedTuple):
    """The text of a template and the file that holds it; `own` where it is a user's."""

    text: str
    file: str
    own: bool


Templates = tuple[tuple[str, Template], ...]  # by name, sorted; a value, so that it can be sent and remembered


class TemplateFault(Exception):
    """A template that cannot be printed: its file and line, and why."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(file, line, reason)  # as it was called: so it can be sent from another process
        self.file = file
        self.line = line
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


def built_in_templates() -> Path:
    """The folder of our templates: inside an installed package, else beside the source root."""
    packaged = Path(__file__).parents[1] / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "templates"


def load(folder: Path | None) -> Templates:
    """All templates: ours, and before them the ones in a user's `folder`, file by file. TemplateFault for bad text."""
    found: dict[str, Template] = {}
    for root, own in ((built_in_templates(), False), *([(folder, True)] if folder else [])):
        for name in _below(root):
            file = root / name
            try:
                found[name] = Template(file.read_text("utf-8"), str(file), own)
            except (OSError, UnicodeDecodeError) as error:
                if name.endswith(_ENDING):
                    raise TemplateFault(str(file), 1, f"it cannot be read: {error}") from error
    return tuple(sorted(found.items()))


@lru_cache(maxsize=4)
def _environment(templates: Templates) -> tuple[jinja2.Environment, dict[str, jinja2.Template]]:
    """Jinja over these templates, and those of them that have been compiled.

    Text of pages comes in as a value, never as a template. No template can name a file that is not among them.
    """
    sources = dict(templates)

    def source(name: str) -> tuple[str, str, None] | None:
        return (sources[name].text, sources[name].file, None) if name in sources else None

    loaded = jinja2.Environment(
        loader=jinja2.FunctionLoader(source),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # the targets encode every text for its place; nothing emitted is HTML
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    return loaded, {}


def render(plans: Iterable[FilePlan], templates: Templates, layout: Layout | None = None) -> tuple[Rendered, ...]:
    """Every plan printed by its template.

    What our templates print is laid out already; Python from a user's own is given to black, unless `layout` says
    "builtin". With "black" everything is. Raises TemplateFault for a template that cannot be printed, or prints no
    Python, and ImportError where black is needed and not installed.
    """
    sources = dict(templates)
    rendered = []
    for plan in plans:
        template = sources.get(plan.template)
        text = _print(plan, templates)
        own = template is not None and template.own
        if plan.path.endswith(".py") and template is not None:
            if own:
                _check(text, plan.path, template.file)
            if layout == "black" or (own and layout is None):
                text = _black()(text, template.file)
        rendered.append(Rendered(plan.path, text))
    return tuple(rendered)


def _print(plan: FilePlan, templates: Templates) -> str:
    loaded, compiled = _environment(templates)
    try:
        template = compiled.get(plan.template)
        if template is None:
            template = compiled[plan.template] = loaded.get_template(plan.template)
        return template.render(view=plan.view)
    except jinja2.TemplateError as error:
        file, line = _place(error)
        raise TemplateFault(file or plan.template, line, error.message or str(error)) from error


def files(folder: Path | None) -> tuple[Path, ...]:
    """Where a change of templates shows: our files, those in a user's `folder`, and the folders themselves."""
    found = []
    for root in (built_in_templates(), *([folder.absolute()] if folder else [])):
        found += [root, *(root / name for name in _below(root)), *(path for path in root.rglob("*") if path.is_dir())]
    return tuple(found)


def strays(templates: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files of a user's own folder that replace no template of ours and that no other one names; and all of ours.

    Hidden files, and what is neither called like a template nor lies in a folder called like ours, are no concern.
    """
    ours = _below(built_in_templates())
    folders = {path.partition("/")[0] for path in ours}
    names = {path.rpartition("/")[2].removesuffix(_ENDING) for path in ours}
    own = _below(templates)
    texts = {path: _text(templates / path) for path in own if path.endswith(_ENDING)}

    def is_meant(path: str) -> bool:
        return path.endswith(_ENDING) or path.partition("/")[0] in folders or path.rpartition("/")[2] in names

    def is_used(path: str) -> bool:
        return path in ours or any(path in text for other, text in texts.items() if other != path)

    return tuple(path for path in own if is_meant(path) and not is_used(path)), ours


def _below(folder: Path) -> tuple[str, ...]:
    paths = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    return tuple(path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def _check(text: str, path: str, template: str) -> None:
    """Raise TemplateFault where the text is no Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd Python is Python
            compile(text, path, "exec", dont_inherit=True)
    except SyntaxError as error:
        reason = f"it prints what is no Python ({path}:{error.lineno or 1}: {error.msg})"
        raise TemplateFault(template, 1, reason) from error
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        raise TemplateFault(template, 1, f"it prints what is no Python ({path}: {error})") from error


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
