"""What commands share that print one text of one job, on stdout or into a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from fieldsmith.commands.running import WRONG, Run
from fieldsmith.diagnostics import Diagnostic, Diagnostics, Span
from fieldsmith.flags import Flags
from fieldsmith.jobs import Job
from fieldsmith.overriding import refuse_several
from fieldsmith.pipeline import Stage
from fieldsmith.schema import Schema
from fieldsmith.writing.files import write_one


def print_one(flags: Flags, upto: Stage, text: Callable[[Job, Schema], str], file: str | None) -> int:
    """Print the `text` of the only job, in ASCII; nothing where its pages, up to a stage of the walk, hold an error."""
    run = Run(flags)
    if len(run.jobs) > 1:
        diagnostics = Diagnostics()
        refuse_several(run.jobs, diagnostics)
        run.note(diagnostics)
        return run.end()
    made = run.build(run.jobs[0], upto) if run.jobs else None
    if made is None or made.schema is None or not made.sound:
        return run.end(WRONG)
    data = text(run.jobs[0], made.schema).encode("ascii")
    if file is None:
        click.echo(data, nl=False)
        return run.end()
    try:
        write_one(Path(file), data)
    except OSError as error:
        run.note([Diagnostic(Span(file, 1, 1), "FS400", "error", error.strerror or str(error))])
    return run.end()
