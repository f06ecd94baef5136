"""The schema -> a finding for each default that is no value of its field's type."""

from __future__ import annotations

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading.names import shorten
from fieldsmith.schema import Model, Schema
from fieldsmith.values import Misfit, default_of, types_in


def check_defaults(schema: Schema, diagnostics: Diagnostics) -> None:
    """A finding at the text of each default that does not fit; it stays a text, and has no value."""
    models = [one for one in schema.definitions if isinstance(one, Model)]
    fields = [field for model in models for field in model.fields if field.default is not None]
    types = types_in(schema) if fields else None
    for field in fields:
        found = default_of(field, types) if types else None
        if isinstance(found, Misfit):
            message = f"default {shorten(field.default or '')} of {shorten(field.name)} {found.reason}"
            diagnostics.add("FS114", field.default_at, message)
