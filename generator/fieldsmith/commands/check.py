"""`check`: say how the output differs from what the pages say."""

from __future__ import annotations

import click

from fieldsmith import report
from fieldsmith.commands.running import DIFFERS, Run, wants_colour, what_was_read
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.differences import annotate, describe, summary
from fieldsmith.flags import Flags
from fieldsmith.wording import counted, shown
from fieldsmith.writing.compare import check_paths, compare
from fieldsmith.writing.files import note_failure


def check(flags: Flags, *, form: str = "text", timings: bool = False) -> int:
    """Say how the output differs from what the pages say, as text or as GitHub's commands; nothing is written."""
    run = Run(flags)
    code = 0
    for job in run.jobs:
        made = run.build(job, "files")
        if not made.sound:
            continue
        diagnostics = Diagnostics()
        check_paths(job.output, sorted(each.path for each in made.files), diagnostics)
        changes = None
        try:
            if not run.stops(job, diagnostics)():
                changes = compare(job.output, made.files, made.inputs, diagnostics, extra=True)
        except OSError as error:
            note_failure(job.output, error, diagnostics)
        run.timings.lap("compare")
        run.note(report.settle(diagnostics, job.ignore, {}, strict=job.strict))
        if changes is None:
            continue
        colour = wants_colour(flags)
        text = describe(job.output, changes, colour=colour) if form == "text" else annotate(job.output, changes)
        click.echo(text, nl=False, color=colour)
        code = DIFFERS if text else code
        if not flags.quiet:
            state = summary(changes) if text else "up to date"
            folder = report.escape(shown(job.output))
            click.echo(f"{what_was_read(made)} -> {folder}: {counted(len(made.files), 'file')}, {state}")
    code = run.end(code, form)
    if timings:
        click.echo(run.timings.table(), nl=False, err=True)
    return code
