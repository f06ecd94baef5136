"""Schema + the rows that it was made of -> the schema with the defaults and constraints that these say of fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading import bounds
from fieldsmith.reading.constraints import Said, constrain
from fieldsmith.reading.defaults import choose
from fieldsmith.reading.names import shorten
from fieldsmith.reading.records import FieldRecord, Rule, Rules
from fieldsmith.schema import Definition, Field, Model, Schema
from fieldsmith.values import Types, types_in

Rows = Mapping[tuple[str, str], FieldRecord]


def with_facts(schema: Schema, rows: Rows, rules: Rules, diagnostics: Diagnostics) -> Schema:
    """The schema with what the rules find; `rows` go by the key of the model and the name of the field.

    Columns come before notes and notes before phrases: where two say different things, the former counts.
    """
    types = types_in(schema)
    return Schema(tuple(_definition(one, rows, rules, types, diagnostics) for one in schema.definitions))


def _definition(one: Definition, rows: Rows, rules: Rules, types: Types, diagnostics: Diagnostics) -> Definition:
    if not isinstance(one, Model):
        return one
    fields = [_field(field, rows[one.key, field.name], rules, types, diagnostics) for field in one.fields]
    return one._replace(fields=tuple(fields))


def _field(field: Field, row: FieldRecord, rules: Rules, types: Types, diagnostics: Diagnostics) -> Field:
    if row.default is not None or "efault" in row.doc:
        default = choose(row, field.type, rules.defaults, types, diagnostics)
        text, place = (default.text, default.span) if default else (None, field.default_at)
        field = field._replace(default=text, default_at=place)
    if not row.doc and not row.stated:
        return field
    said = list(_said(row, rules.constraints, diagnostics))
    if said:
        field = field._replace(constraints=constrain(field.name, field.type, said, types, diagnostics))
    return field


def _said(row: FieldRecord, rules: tuple[Rule, ...], diagnostics: Diagnostics) -> Iterator[Said]:
    """All that a row says of its field's values, the surest first."""
    for cell in row.stated if "column" in rules else ():
        found = bounds.in_column(cell.role, cell.text)
        if found is None:
            message = f"{cell.role.replace('_', ' ')} {shorten(cell.text)} of {shorten(row.name)} cannot be read"
            diagnostics.add("FS115", cell.span, message)
        yield from (Said(bound, cell.span) for bound in found or ())
    place = row.doc_at or row.span
    if "note" in rules:
        yield from (Said(bound, place) for bound in bounds.in_notes(row.doc))
    if "phrase" in rules:
        yield from (Said(bound, place, prose=True) for bound in bounds.in_text(row.doc))
