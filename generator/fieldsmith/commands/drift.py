"""`drift`: how the pages differ from a JSON Schema, an OpenAPI document, or classes that somebody wrote."""

from __future__ import annotations

import os

import click

from fieldsmith import report
from fieldsmith.commands.running import DIFFERS, WRONG, Run
from fieldsmith.diagnostics import CODES, Diagnostic, Diagnostics
from fieldsmith.drifting import classes, jsonschema
from fieldsmith.drifting.aligning import aligned
from fieldsmith.drifting.findings import Drift, drifts
from fieldsmith.drifting.others import Other
from fieldsmith.flags import Flags
from fieldsmith.writing import naming


def drift(flags: Flags, *, against: str, form: str) -> int:
    run = Run(flags)
    for job in run.jobs:
        made = run.build(job, "names")
        if made.schema is None or not made.sound:
            continue
        diagnostics = Diagnostics(job.limits.findings)
        other = read(against, job.limits.page, diagnostics)
        if other is not None:
            names = naming.name_all(made.schema, job.settings, Diagnostics())
            sides = aligned(made.schema, names, other)
            for each in drifts(made.schema, names, other, sides):
                diagnostics.add(each.code, each.span, each.message)
        run.found += report.placed(diagnostics, made.root)
    return run.end(0, form)


def read(against: str, most: int, diagnostics: Diagnostics) -> Other | None:
    if os.path.exists(against):
        return jsonschema.read(against, most, diagnostics)
    return classes.read(against, diagnostics)
