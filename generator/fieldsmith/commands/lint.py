"""`lint`: findings alone, or what became of every table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from fieldsmith import report
from fieldsmith.commands.running import DIFFERS, WRONG, Run
from fieldsmith.config import CODE_HELP
from fieldsmith.diagnostics import CODES, Diagnostic, Span
from fieldsmith.flags import Flags
from fieldsmith.pipeline import Build
from fieldsmith.suggest import near
from fieldsmith.wording import counted


def lint(flags: Flags, *, form: str, select: Sequence[str], ignore: Sequence[str], coverage: bool) -> int:
    """Findings alone, or what became of every table; other forms than text go to stdout, and that to stderr then."""
    _check_codes("--select", select)
    _check_codes("--ignore", ignore)
    run = Run(flags)
    for job in run.jobs:
        made = run.build(job, "names")
        for line in _coverage(made, flags) if coverage else ():
            click.echo(line, err=form != "text")
    chosen = [
        each
        for each in run.found
        if (not select or each.code.startswith(tuple(select))) and not (ignore and each.code.startswith(tuple(ignore)))
    ]
    wrong = any(each.code in report.INPUT_CODES for each in run.found)
    run.found = sorted(set(chosen), key=lambda each: (each.span, each.code, each.message))
    code = DIFFERS if run.found else 0
    if form == "text":
        run.end()
    else:
        click.echo(report.FORMATS[form](run.found), nl=False)
    return WRONG if wrong else code


def _check_codes(flag: str, given: Iterable[str]) -> None:
    """Wrong use, unless each is a code or the beginning of some."""
    for code in given:
        if not any(known.startswith(code) for known in CODES):
            help_text = near(code.upper(), CODES) or CODE_HELP
            message = f"{flag}: there is no code {report.escape(code)!r}: {help_text}"
            raise click.UsageError(message, click.get_current_context(silent=True))


def _coverage(made: Build, flags: Flags) -> Iterable[str]:
    """A line for each table and each page without one: was it read, and if not why."""
    read = tables = 0
    for page in made.pages:
        if page.skipped:
            place = report.placed([Diagnostic(Span(page.path, 1, 1), "FS020", "warning", "")], made.root)[0].span
            yield f"{report.escape(str(place))}: page skipped: {report.escape(page.skipped)}"
        for use in page.tables:
            tables += 1
            read += not use.reason
            place = report.placed([Diagnostic(use.span, "FS020", "warning", "")], made.root)[0].span
            if use.reason or flags.verbose:
                state = f"skipped: {report.escape(use.reason)}" if use.reason else "read"
                yield f"{report.escape(str(place))}: table {state}"
    skipped = sum(bool(page.skipped) for page in made.pages)
    pages = f"{len(made.pages) - skipped} of {counted(len(made.pages), 'page')} read"
    yield f"{pages}; {read} of {counted(tables, 'table')} read"
