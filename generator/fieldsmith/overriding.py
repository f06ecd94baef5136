"""Jobs of the settings + what the command line says -> the jobs of a run: flags win."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.flags import Flags
from fieldsmith.jobs import COMMAND_LINE, Ignore, Job, Known, lacking, needs, ordered, unchecked
from fieldsmith.tables import unknown_value
from fieldsmith.wording import shown

# What is said of settings and overlays that speak of no page: other pages than those of the settings need not have it.
_OF_ALL_PAGES = frozenset({"FS203", "FS320"})


def with_flags(
    jobs: tuple[Job, ...], file: Path | None, flags: Flags, known: Known, diagnostics: Diagnostics
) -> tuple[Job, ...]:
    """The jobs to do, by the flags; what these name and is not there is a finding. `file` is the settings file."""
    targets = tuple(part.strip() for part in (flags.targets or "").split(",") if part.strip())
    if len(jobs) > 1:
        jobs = _chosen(jobs, flags, diagnostics)
    own = [[one.name for one in job.dialects] for job in jobs]
    dialects = (*known.dialects, *(name for name in (own[0] if own else ()) if all(name in each for each in own)))
    given = [("--dialect", flags.dialect, dialects), ("--notation", flags.notation, known.notations)]
    given += [("--targets", target, known.targets) for target in targets]
    for flag, value, options in given:
        if value is not None and value not in options:
            diagnostics.add("FS304", COMMAND_LINE, *unknown_value(flag, value, options))
    for target, needed in lacking(targets):
        diagnostics.add("FS304", COMMAND_LINE, *needs("--targets", target, needed))
    jobs = tuple(_over(job, flags, ordered(targets, known.targets)) for job in jobs)
    for job in jobs:
        if not job.pages and not len(diagnostics):
            place = job.place("pages", "") or (Span(str(file), 1, 1) if file else COMMAND_LINE)
            diagnostics.add("FS307", place, f"no pages to read{f' for job {job.name!r}' if job.name else ''}")
    return jobs


def _chosen(jobs: tuple[Job, ...], flags: Flags, diagnostics: Diagnostics) -> tuple[Job, ...]:
    """Of several jobs the one whose pages the command line names; all where it names none."""
    if not flags.pages and flags.output is None:
        return jobs
    wanted = [os.path.abspath(page) for page in flags.pages]
    for job in jobs:
        if [os.path.abspath(page) for page in job.pages] == wanted:
            return (job,)
    refuse_several(jobs, diagnostics)
    return ()


def refuse_several(jobs: Iterable[Job], diagnostics: Diagnostics) -> None:
    """The finding that only the pages of one job can be meant."""
    names = ", ".join(f"{job.name} ({' '.join(map(shown, job.pages))})" for job in jobs)
    message = "several jobs are set up; name the pages of one"
    diagnostics.add("FS305", COMMAND_LINE, message, f"jobs are: {names}")


def _over(job: Job, flags: Flags, targets: tuple[str, ...]) -> Job:
    pages = tuple(map(Path, flags.pages)) or job.pages
    others = job.pages and list(map(os.path.abspath, pages)) != list(map(os.path.abspath, job.pages))
    return replace(
        job,
        pages=pages,
        ignore=(*unchecked(job.ignore), Ignore("*", _OF_ALL_PAGES)) if others else job.ignore,
        output=Path(flags.output) if flags.output is not None else job.output,
        dialect=flags.dialect or job.dialect,
        notation=flags.notation or job.notation,
        strict=flags.strict or job.strict,
        settings=replace(job.settings, targets=targets) if targets else job.settings,
    )
