"""FilePlan + template -> Rendered; the only file that knows Jinja (and black, for templates that are not ours)."""

from __future__ import annotations

import traceback
import warnings
from collections.abc import Callable, Iterable
from functools import lru_cache

import jinja2

from fieldsmith.writing.plans import FilePlan, Layout, Rendered
from fieldsmith.writing.templates import TemplateFault, Templates


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
        rendered.append(Rendered(plan.path, text, plan.found))
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
