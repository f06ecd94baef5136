"""`generate`: write what changed of every job."""

from __future__ import annotations

import click

from fieldsmith import report
from fieldsmith.commands.running import Run, what_was_read
from fieldsmith.config import Job
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.flags import Flags
from fieldsmith.pipeline import Build, has_errors
from fieldsmith.wording import counted, shown
from fieldsmith.writing.compare import Changes, check_folder
from fieldsmith.writing.files import write


def generate(flags: Flags, *, force: bool) -> int:
    """Write what changed of every job; nothing of any where the pages of one hold an error."""
    run = Run(flags)
    builds: list[tuple[Job, Build]] = []
    for job in run.jobs:
        diagnostics = Diagnostics()
        check_folder(job.output, job.pages, diagnostics)
        run.note(diagnostics)
        if not len(diagnostics):
            builds.append((job, run.build(job, "files")))
    if has_errors(run.found):
        return run.end()
    for job, made in builds:
        diagnostics = Diagnostics()
        changes = write(job.output, made.files, made.inputs, diagnostics, run.stops(job, diagnostics), force=force)
        run.note(report.settle(diagnostics, job.ignore, {}, strict=job.strict))
        if changes is None:
            break
        _summarize(flags, job, made, changes)
    return run.end()


def _summarize(flags: Flags, job: Job, made: Build, changes: Changes) -> None:
    if flags.verbose:
        for each in changes.files:
            click.echo(f"{'write' if each.new is not None else 'remove'} {report.escape(each.path)}")
    if flags.quiet:
        return
    written = sum(each.new is not None for each in changes.files)
    removed = len(changes.files) - written
    counts = f"{counted(len(made.files), 'file')} ({written} written, {changes.unchanged} unchanged, {removed} removed)"
    click.echo(f"{what_was_read(made)} -> {report.escape(shown(job.output))}: {counts}")
