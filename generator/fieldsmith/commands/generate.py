"""`generate`: write what changed of every job."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from fieldsmith import memory, recall, report
from fieldsmith.commands.depending import depfile_text, write_depfile
from fieldsmith.commands.running import Run, what_was_read
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.flags import Flags
from fieldsmith.jobs import Job
from fieldsmith.pipeline import Build, has_errors
from fieldsmith.reading import sources
from fieldsmith.reasons import reasons
from fieldsmith.remember import Output, Page, Session, remember
from fieldsmith.wording import counted, shown
from fieldsmith.writing import templates
from fieldsmith.writing.compare import Changes, Unprinted, check_folder
from fieldsmith.writing.files import Waits, by, write
from fieldsmith.writing.generator import file_for
from fieldsmith.writing.manifest import digest
from fieldsmith.writing.paths import parents


class Written(NamedTuple):
    """What became of one job."""

    job: Job
    build: Build
    changes: Changes


def generate(flags: Flags, *, force: bool, depfile: str | None = None, timings: bool = False) -> int:
    """Write what changed of every job, and say so."""
    begun = time.time_ns()
    run = Run(flags)
    done = []
    for written in write_all(run, force=force, depfile=depfile):
        _summarize(flags, written)
        done.append(written)
    moment = time.time_ns()
    code = run.end()
    kept = depfile is None or os.path.isfile(depfile)  # what went into a pipe has to go there anew
    if code == 0 and kept and not (flags.verbose or timings):
        remember(flags.arguments, _session(run, done, depfile, begun, moment), "".join(map(_line, done)), run.told)
    if timings:
        click.echo(run.timings.table(), nl=False, err=True)
    return code


def write_all(run: Run, *, force: bool, depfile: str | None = None) -> Iterator[Written]:
    """Write what changed of every job; nothing of any where the pages of one hold an error. Findings are the run's."""
    known = memory.load()
    builds: list[tuple[Job, Build]] = []
    for job in run.jobs:
        diagnostics = Diagnostics()
        check_folder(job.output, job.pages, diagnostics)
        run.note(diagnostics)
        if not len(diagnostics):
            builds.append((job, run.build(job, "files", known)))
    dependencies = depfile_text(run, builds) if depfile else ""
    for job, made in builds if not has_errors(run.found) else ():
        try:
            written = _write(run, job, made, force=force)
        except Unprinted:
            written = _write(run, job, run.build(job, "files"), force=force)
        if written is None:
            break
        run.timings.lap("write")
        yield written
    if not has_errors(run.found):
        known.save()
    run.timings.lap("remember")
    if depfile and not has_errors(run.found):
        write_depfile(run, depfile, dependencies)


def _write(run: Run, job: Job, made: Build, *, force: bool) -> Written | None:
    """Write what changed of one job; None where it must not be. Unprinted where what an earlier run made is gone."""
    diagnostics = Diagnostics()
    changes = write(
        job.output,
        made.files,
        made.inputs,
        diagnostics,
        run.stops(job, diagnostics),
        unprinted=made.unprinted,
        stamps=_stamps(run.flags, job, made),
        force=force,
        waits=_waits(run.flags, job),
    )
    run.note(report.settle(diagnostics, job.ignore, {}, strict=job.strict))
    return None if changes is None else Written(job, made, changes)


def _stamps(flags: Flags, job: Job, made: Build) -> dict[str, str]:
    """What the files that need not be printed bore at the end of the last run."""
    top = os.path.abspath(job.output) + "/"
    _, _, entries = recall.kept(list(flags.arguments))
    kept = ((path.removeprefix(top), stamp, known) for _, path, stamp, known in entries if known)
    return {path: stamp for path, stamp, known in kept if made.unprinted.get(path) == known}


def _waits(flags: Flags, job: Job) -> Waits:
    """Say that another run is at work in the output folder of `job`."""

    def say(process: int | None) -> None:
        if not flags.quiet:
            folder = report.escape(shown(job.output))
            click.echo(f"{folder}: another run{by(process)} is writing here; waiting for it to end", err=True)

    return say


def _summarize(flags: Flags, written: Written) -> None:
    changes = written.changes
    if flags.verbose:
        told = reasons(written.build, changes)
        for each in changes.files:
            verb = "write" if each.new is not None else "remove"
            click.echo(report.escape(f"{verb} {each.path}: {told.why(each)}"))
    if flags.quiet:
        return
    fresh = sum(each.new is not None for each in changes.files)
    removed = len(changes.files) - fresh
    line = _line(written).partition("\t")[0]
    click.echo(f"{line} ({fresh} written, {changes.unchanged} unchanged, {removed} removed)")


def _line(written: Written) -> str:
    """What can be said of a job whatever was written; behind a tab, the number of its files."""
    number = len(written.changes.digests) - 1  # the manifest is not counted
    folder = report.escape(shown(written.job.output))
    return f"{what_was_read(written.build)} -> {folder}: {counted(number, 'file')}\t{number}\n"


def _session(run: Run, done: Sequence[Written], depfile: str | None, begun: int, moment: int) -> Session:
    pages = [Page(each.file, each.stamp, each.digest) for written in done for each in written.build.sources]
    outputs, folders = [], set()
    for job, _, changes in done:
        out = os.path.abspath(job.output)
        fresh = {each.path for each in (*changes.files, changes.manifest) if each is not None}
        outputs += [Output(f"{out}/{path}", known, path in fresh) for path, known in changes.digests.items()]
        folders |= {out, *(f"{out}/{parent}" for path in changes.digests for parent in parents(path))}
    if depfile is not None:
        outputs.append(Output(os.path.abspath(depfile), digest(Path(depfile).read_bytes()), True))
    others = [str(run.config.file)] if run.config.file else []
    for job in run.jobs:
        others += sources.folders([page.absolute() for page in job.pages])
        others += [str(path) for path in (*job.files(), *templates.files(job.templates))]
        others += file_for(job.settings.targets)
    return Session(begun, moment, pages, outputs, sorted(folders), others)
