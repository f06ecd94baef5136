"""The jobs of a run -> the depfile that the user named; a path that no depfile can name is a finding."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from fieldsmith.commands.running import Run
from fieldsmith.depfile import depfile, rule, unsayable
from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.jobs import Job
from fieldsmith.pipeline import Build
from fieldsmith.writing.files import write_changed


def depfile_text(run: Run, builds: Iterable[tuple[Job, Build]]) -> str:
    """The text for all jobs; known before the first output is written, so that a finding forbids that too."""
    diagnostics = Diagnostics()
    rules = [rule(job, made, run.config.file, run.flags.output) for job, made in builds]
    for path in sorted({path for each in rules for path in (each.target, *each.needs)}):
        found = unsayable(path)
        if found:
            diagnostics.add("FS410", Span(path, 1, 1), f"Make or Ninja cannot be told of a path with {found!r} there")
    run.note(diagnostics)
    return depfile(rules)


def write_depfile(run: Run, file: str, text: str) -> None:
    """Write it where its bytes change, in the encoding of the paths."""
    try:
        write_changed(Path(file), os.fsencode(text))
    except OSError as error:
        diagnostics = Diagnostics()
        diagnostics.add("FS400", Span(file, 1, 1), error.strerror or str(error))
        run.note(diagnostics)
