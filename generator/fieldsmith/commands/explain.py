"""`explain`: how a definition, a field or a value was read, and what it is called."""

from __future__ import annotations

import os

import click

from fieldsmith import explaining, report
from fieldsmith.commands.running import WRONG, Run
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.flags import Flags
from fieldsmith.pipeline import has_errors
from fieldsmith.schema import Schema
from fieldsmith.wording import shown
from fieldsmith.writing import naming


def explain(flags: Flags, *, name: str) -> int:
    """How a definition, a field or a value was read, and what it is called; of several jobs, in all that have it.

    Errors elsewhere on the pages are no hindrance.
    """
    if os.path.exists(name) and not all(map(os.path.exists, flags.pages)):
        message = f"{report.escape(name)!r} is a path: the name comes first, and pages behind it"
        raise click.UsageError(message, click.get_current_context(silent=True))
    run = Run(flags)
    texts: list[str] = []
    schemas: list[Schema] = []
    for job in run.jobs:
        made = run.build(job, "names", past_errors=True)
        if made.schema is None or not made.schema.definitions:
            continue
        schemas.append(made.schema)
        names = naming.name_all(made.schema, job.settings, Diagnostics())
        label = f"{job.name} -> {shown(job.output)}" if len(run.jobs) > 1 else ""
        for each in explaining.subjects(name, made.schema, names):
            texts.append(explaining.explain(each, job, made, names, label))
    if texts:
        click.echo("\n".join(texts), nl=False)
        return 0
    if not schemas or has_errors(run.findings()):  # they may be why it is not there
        code = run.end(WRONG)
        if not schemas:
            return code
    message = f"no page defines {report.escape(name)!r}: {explaining.suggestion(name, schemas)}"
    raise click.UsageError(message, click.get_current_context(silent=True))
