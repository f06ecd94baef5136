"""Schema -> files: names, then plans by target, then text; never Markdown, never a cell."""

from __future__ import annotations

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.schema import Schema
from fieldsmith.writing import naming, python
from fieldsmith.writing.plans import FilePlan, Settings
from fieldsmith.writing.targets import dataclasses, docs, serializers

TARGETS = {"dataclasses": dataclasses.plan, "serializers": serializers.plan, "docs": docs.plan}


def plan(schema: Schema, settings: Settings, diagnostics: Diagnostics) -> tuple[FilePlan, ...]:
    """The files that the chosen targets make of a schema; none where a name gives an error."""
    before = len(diagnostics)
    names = naming.name_all(schema, settings, diagnostics)
    if any(found.severity == "error" for found in list(diagnostics)[before:]):
        return ()
    package = python.package(schema, names, settings)
    return tuple(file for target in settings.targets for file in TARGETS[target](package))
