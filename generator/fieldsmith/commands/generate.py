"""`generate`: write what changed of every job."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import click

from fieldsmith import report
from fieldsmith.commands.depending import depfile_text, write_depfile
from fieldsmith.commands.running import Run, what_was_read
from fieldsmith.config import Job
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.flags import Flags
from fieldsmith.pipeline import Build, has_errors
from fieldsmith.wording import counted, shown
from fieldsmith.writing.compare import Changes, check_folder
from fieldsmith.writing.files import write


class Written(NamedTuple):
    """What became of one job."""

    job: Job
    build: Build
    changes: Changes


def generate(flags: Flags, *, force: bool, depfile: str | None = None) -> int:
    """Write what changed of every job, and say so."""
    run = Run(flags)
    for written in write_all(run, force=force, depfile=depfile):
        _summarize(flags, written)
    return run.end()


def write_all(run: Run, *, force: bool, depfile: str | None = None) -> Iterator[Written]:
    """Write what changed of every job; nothing of any where the pages of one hold an error. Findings are the run's."""
    builds: list[tuple[Job, Build]] = []
    for job in run.jobs:
        diagnostics = Diagnostics()
        check_folder(job.output, job.pages, diagnostics)
        run.note(diagnostics)
        if not len(diagnostics):
            builds.append((job, run.build(job, "files")))
    dependencies = depfile_text(run, builds) if depfile else ""
    for job, made in builds if not has_errors(run.found) else ():
        diagnostics = Diagnostics()
        changes = write(job.output, made.files, made.inputs, diagnostics, run.stops(job, diagnostics), force=force)
        run.note(report.settle(diagnostics, job.ignore, {}, strict=job.strict))
        if changes is None:
            break
        yield Written(job, made, changes)
    if depfile and not has_errors(run.found):
        write_depfile(run, depfile, dependencies)


def _summarize(flags: Flags, written: Written) -> None:
    changes, made = written.changes, written.build
    if flags.verbose:
        for each in changes.files:
            click.echo(f"{'write' if each.new is not None else 'remove'} {report.escape(each.path)}")
    if flags.quiet:
        return
    fresh = sum(each.new is not None for each in changes.files)
    removed = len(changes.files) - fresh
    counts = f"{counted(len(made.files), 'file')} ({fresh} written, {changes.unchanged} unchanged, {removed} removed)"
    click.echo(f"{what_was_read(made)} -> {report.escape(shown(written.job.output))}: {counts}")
