"""`diff`: what has changed between two states of the pages, and for whom that breaks something."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

from fieldsmith.commands.running import DIFFERS, WRONG, Run, wants_colour
from fieldsmith.comparing.changes import Change
from fieldsmith.comparing.definitions import changes
from fieldsmith.comparing.judging import FailOn, Judged, fails, judged
from fieldsmith.comparing.printing import FORMATS
from fieldsmith.diagnostics import Span
from fieldsmith.flags import Flags
from fieldsmith.jobs import Ignore, Job
from fieldsmith.pipeline import Build, Find
from fieldsmith.reading import sources
from fieldsmith.revisions import finding
from fieldsmith.wording import shown

_HERE = "the pages as they are"
_PASSING = frozenset({"FS320", "FS321", "FS324"})  # of overlays, which are those on the disk for both states


class State(NamedTuple):
    """One of the two: what it is called, where its pages are found, and which they are where it is a path itself."""

    name: str = _HERE
    find: Find = sources.find
    pages: tuple[str, ...] = ()


def diff(flags: Flags, *, form: str, fail_on: FailOn | None) -> int:
    """Print what changed from one state to the other, of all jobs; exit code 1 where a change is as bad as `fail_on`.

    The pages of `flags` are the states, and behind revisions the pages. Findings are shown where they are errors.
    """
    old, new, pages = states(flags.pages)
    run = Run(replace(flags, pages=new.pages or pages))
    found: list[Judged] = []
    for job in run.jobs:
        before, after = (run.build(_at(job, state), "schema", find=state.find) for state in (old, new))
        if before.schema is not None and after.schema is not None:
            changed = [_placed(change, before, after) for change in changes(before.schema, after.schema)]
            found += judged(changed, strict=job.settings.extra == "forbid")
    run.found = [each for each in run.found if each.severity == "error"]
    if run.found or not run.jobs:
        return run.end(WRONG)
    colour = wants_colour(flags)
    click.echo(FORMATS[form](found, (old.name, new.name), colour=colour), nl=False, color=colour)
    return run.end(DIFFERS if fails(found, fail_on) else 0)


def states(given: Sequence[str]) -> tuple[State, State, tuple[str, ...]]:
    """The old state, the new one and the pages that are compared, none where the settings say which.

    What is a path that exists is a path; anything else is a revision or a range of them, as git reads it. UsageError
    where there is no old state, or no new one behind a path.
    """
    first, *rest = given or ("",)
    if not first:
        raise _wrong("name the old state: a folder or page, or a git revision such as `main`, `v1..v2` or `HEAD~1`")
    if os.path.exists(first):
        if len(rest) != 1:
            raise _wrong(f"{first!r} is a path: name the one path that it is to be compared with")
        if not os.path.exists(rest[0]):
            other = f"a path is compared with a path; of a revision, write `{rest[0]} {first}`"
            raise _wrong(f"{first!r} is a path, and {rest[0]!r} is none: {other}")
        return State(first, pages=(first,)), State(rest[0], pages=(rest[0],)), ()
    for dots in ("...", ".."):
        old, found, new = first.partition(dots)
        if found:
            ends = old or "HEAD", new or "HEAD"
            since = ends[1] if dots == "..." else None
            name = ends[0] if since is None else "...".join(ends)
            return State(name, finding(ends[0], since)), State(ends[1], finding(ends[1])), tuple(rest)
    if rest and not os.path.exists(rest[0]):
        return State(first, finding(first)), State(rest[0], finding(rest[0])), tuple(rest[1:])
    return State(first, finding(first)), State(), tuple(rest)


def _wrong(message: str) -> click.UsageError:
    return click.UsageError(message, click.get_current_context(silent=True))


def _at(job: Job, state: State) -> Job:
    """The job with the pages of a state. A fact of an overlay that this state has no place for is left out of it."""
    pages = tuple(map(Path, state.pages)) if state.pages else job.pages
    return replace(job, pages=pages, ignore=(*job.ignore, Ignore("*", _PASSING)))


def _placed(change: Change, before: Build, after: Build) -> Change:
    """The change with its places as seen from the working folder; those of a revision begin with its name."""
    old, new = change.place.old, change.place.new
    return change._replace(place=change.place._replace(old=_seen(old, before.root), new=_seen(new, after.root)))


def _seen(span: Span | None, root: Path | None) -> Span | None:
    return span._replace(path=shown((root or Path()) / span.path)) if span else None
