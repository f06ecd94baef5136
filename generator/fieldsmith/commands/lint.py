"""`lint`: findings alone, or what became of every table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import click

from fieldsmith import report
from fieldsmith.commands.running import DIFFERS, WRONG, Run, pages_read
from fieldsmith.config import CODE_HELP
from fieldsmith.diagnostics import CODES, Diagnostic, Span
from fieldsmith.flags import Flags
from fieldsmith.pipeline import Build
from fieldsmith.reading.accounts import Kind
from fieldsmith.suggest import near_code

# What pages list, by how it is called where it is counted.
_KINDS: Mapping[Kind, str] = {
    "field": "fields",
    "value": "values",
    "option": "options",
    "tag": "tags",
    "line": "lines",
}


def lint(flags: Flags, *, form: str, select: Sequence[str], ignore: Sequence[str], coverage: bool) -> int:
    """Findings alone, or what became of every table; other forms than text go to stdout, and that to stderr then.

    As text, how many findings there are stands last.
    """
    _check_codes("--select", select)
    _check_codes("--ignore", ignore)
    run = Run(flags)
    builds = []
    for job in run.jobs:
        made = run.build(job, "names")
        builds.append(made)
        for line in _coverage(made, flags) if coverage else ():
            click.echo(line, err=form != "text")
    chosen = [
        each
        for each in run.found
        if (not select or each.code.startswith(tuple(select))) and not (ignore and each.code.startswith(tuple(ignore)))
    ]
    wrong = not run.jobs or any(each.code in report.INPUT_CODES for each in run.found)
    run.found = sorted(set(chosen), key=lambda each: (each.span, each.code, each.message))
    code = DIFFERS if run.found else 0
    if form == "text":
        run.end()
        if builds and not flags.quiet:
            click.echo(f"{pages_read(builds)}: {report.tally(run.found) or 'no findings'}")
    else:
        click.echo(report.FORMATS[form](run.found), nl=False)
    return WRONG if wrong else code


def _check_codes(flag: str, given: Iterable[str]) -> None:
    """Wrong use, unless each is a code or the beginning of some."""
    for code in given:
        if not any(known.startswith(code) for known in CODES):
            help_text = near_code(code, CODES) or CODE_HELP
            message = f"{flag}: there is no code {report.escape(code)!r}: {help_text}"
            raise click.UsageError(message, click.get_current_context(silent=True))


def _coverage(made: Build, flags: Flags) -> Iterator[str]:
    """A line for each page, section or table that was left out, with the reason; then how many of each kind there are.

    With `-v`, a line for each that was read as well.
    """
    for page in made.pages:
        if page.skipped:
            yield f"{_place(Span(page.path, 1, 1), made)}: page skipped: {report.escape(page.skipped)}"
        for use in page.uses:
            if use.reason or flags.verbose:
                state = f"skipped: {report.escape(use.reason)}" if use.reason else "read"
                yield f"{_place(use.span, made)}: {use.what} {state}"
    yield _line("pages", Counter("" if not page.skipped else "skipped" for page in made.pages))
    uses = [use for page in made.pages for use in page.uses]
    for what, name in (("heading", "headings"), ("table", "tables")):
        yield _line(name, Counter(use.reason and "skipped" for use in uses if use.what == what))
    for kind, name in _KINDS.items():
        ends: Counter[str] = Counter()
        for count in (count for page in made.pages for count in page.counts if count.kind == kind):
            ends[count.end] += count.number
        if ends or kind in ("field", "value", "option"):
            yield _line(name, ends)


def _place(span: Span, made: Build) -> str:
    return report.escape(str(report.placed([Diagnostic(span, "FS020", "warning", "")], made.root)[0].span))


def _line(name: str, ends: Counter[str]) -> str:
    """`fields    7 of 9 read; 2 FS033 (two fields of one name)`."""
    others = (f"; {number} {_said(end)}" for end, number in sorted(ends.items()) if end)
    return f"{name:9} {ends['']} of {ends.total()} read{''.join(others)}"


def _said(end: str) -> str:
    if end == "skipped":
        return end
    return f"{end} ({CODES[end].summary})" if end in CODES else f"({end})"
