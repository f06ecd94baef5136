"""`ir`: print the schema of one job as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import click

from fieldsmith.commands.running import WRONG, Run
from fieldsmith.config import refuse_several
from fieldsmith.diagnostics import Diagnostic, Diagnostics, Span
from fieldsmith.flags import Flags
from fieldsmith.ir import to_json
from fieldsmith.schema import Schema
from fieldsmith.writing.files import write_one


def ir(flags: Flags, *, file: str | None) -> int:
    """Print the schema of one job."""
    run = Run(flags)
    if len(run.jobs) > 1:
        diagnostics = Diagnostics()
        refuse_several(run.jobs, diagnostics)
        run.note(diagnostics)
        return run.end()
    made = run.build(run.jobs[0], "schema") if run.jobs else None
    if made is None or made.schema is None:
        return run.end(WRONG)
    data = ir_text(made.schema).encode("ascii")
    if file is None:
        click.echo(data, nl=False)
        return run.end()
    try:
        write_one(Path(file), data)
    except OSError as error:
        run.note([Diagnostic(Span(file, 1, 1), "FS400", "error", error.strerror or str(error))])
    return run.end()


def ir_text(schema: Schema) -> str:
    """The IR as JSON, a definition a line: ASCII, so that any terminal and any pipe takes it."""
    content = to_json(schema)
    definitions = content.pop("definitions")
    head = json.dumps(content)[:-1]
    lines = [json.dumps(one).replace("\x7f", "\\u007f") for one in definitions] if isinstance(definitions, list) else []
    return f'{head},\n "definitions": [\n  ' + ",\n  ".join(lines) + "]}\n"
