"""One run of a command: its jobs, the findings that it shows at its end, and its exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable

import click

from fieldsmith import report
from fieldsmith.config import load
from fieldsmith.crew import Crew, Executor
from fieldsmith.diagnostics import Diagnostic, Diagnostics
from fieldsmith.flags import Flags
from fieldsmith.jobs import Config, Job, Known
from fieldsmith.memory import Memory
from fieldsmith.pipeline import Build, Find, Stage, build, has_errors
from fieldsmith.progress import watching
from fieldsmith.reading import sources
from fieldsmith.reading.dialects import DIALECTS
from fieldsmith.reading.notations import NOTATIONS
from fieldsmith.timings import Timings
from fieldsmith.wording import counted
from fieldsmith.writing.plans import ALL_TARGETS

WRONG, DIFFERS = 2, 1


class Run:
    """One run of a command: its findings, shown together at its end, and the exit code they ask for.

    `executor` does the work that can be done side by side; without one, processes do that the run starts itself.
    """

    def __init__(self, flags: Flags, executor: Executor | None = None) -> None:
        self.flags = flags
        self.executor = executor
        self.found: list[Diagnostic] = []
        self.timings = Timings()
        self.told = ""  # all findings, as they were shown
        known = Known(tuple(DIALECTS), tuple(NOTATIONS), ALL_TARGETS)
        diagnostics = Diagnostics()
        self.config: Config = load(flags, known, diagnostics)
        self.note(diagnostics)
        self.jobs: tuple[Job, ...] = () if has_errors(self.found) else self.config.jobs
        self.timings.lap("settings")

    def note(self, found: Iterable[Diagnostic]) -> None:
        """Add findings whose paths are as seen from the working folder."""
        self.found.extend(report.placed(found, None))

    def build(
        self,
        job: Job,
        upto: Stage,
        memory: Memory | None = None,
        find: Find = sources.find,
        *,
        past_errors: bool = False,
    ) -> Build:
        """Walk one job; its findings are the run's."""
        with watching(self.flags.quiet) as watch, Crew(self.flags.jobs, self.executor) as crew:
            lap = self.timings.lap
            made = build(job, watch, upto=upto, crew=crew, memory=memory, lap=lap, find=find, past_errors=past_errors)
        self.found.extend(made.found)
        return made

    def stops(self, job: Job, diagnostics: Diagnostics) -> Callable[[], bool]:
        """Whether findings about the output forbid to go on, by what the job's settings make of them."""
        return lambda: has_errors(report.settle(diagnostics, job.ignore, {}, strict=job.strict))

    def findings(self) -> tuple[Diagnostic, ...]:
        """All findings once, by place."""
        return tuple(sorted(set(self.found), key=lambda each: (each.span, each.code, each.message)))

    def end(self, code: int = 0, form: str = "text") -> int:
        """Show all findings, on stdout where they are to be read by a program; the exit code is theirs, else `code`."""
        found = self.findings()
        colour = wants_colour(self.flags, err=True)
        self.told = report.as_text(found, colour=colour) if form == "text" else report.FORMATS[form](found)
        click.echo(self.told, nl=False, err=form == "text", color=colour)
        return report.exit_code(found) or code


def wants_colour(flags: Flags, *, err: bool = False) -> bool:
    stream = sys.stderr if err else sys.stdout
    wanted = flags.colour == "auto" and not os.environ.get("NO_COLOR") and stream is not None and stream.isatty()
    return wanted or flags.colour == "always"


def what_was_read(made: Build) -> str:
    """`12 pages (1 skipped), 15 definitions`."""
    definitions = len(made.schema.definitions) if made.schema else 0
    return f"{pages_read([made])}, {counted(definitions, 'definition')}"


def pages_read(builds: Iterable[Build]) -> str:
    """`12 pages (1 skipped)`, of all these together."""
    pages = [page for made in builds for page in made.pages]
    skipped = sum(page.dialect is None or bool(page.skipped) for page in pages)
    return f"{counted(len(pages), 'page')}{f' ({skipped} skipped)' if skipped else ''}"
