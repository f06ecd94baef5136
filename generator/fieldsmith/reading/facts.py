"""Schema + the rows that it was made of -> the schema with the defaults and constraints that these say of fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fieldsmith.diagnostics import NOWHERE, Diagnostics, Span
from fieldsmith.reading import bounds
from fieldsmith.reading.constraints import Said, constrain
from fieldsmith.reading.defaults import choose
from fieldsmith.reading.names import shorten
from fieldsmith.reading.records import FieldRecord, Rule, Rules
from fieldsmith.schema import Definition, Field, Model, Schema, TypeExpr
from fieldsmith.values import Types, types_in

Row = tuple[Span, str]  # where a row stands, and the name in it


def with_facts(schema: Schema, rows: Mapping[Row, FieldRecord], rules: Rules, diagnostics: Diagnostics) -> Schema:
    """The schema with what the rules find in the rows that its fields were made of.

    Columns come before notes and notes before phrases: where two say different things, the former counts. A row may
    have made several fields, and is looked at once.
    """
    types = types_in(schema)
    done: dict[tuple[Row, TypeExpr], Field] = {}
    definitions: list[Definition] = []
    for one in schema.definitions:
        if isinstance(one, Model):
            pairs = [(field, rows[field.span, field.name]) for field in one.fields]
            one = one._replace(fields=tuple(_field(*pair, rules, types, done, diagnostics) for pair in pairs))
        definitions.append(one)
    return Schema(tuple(definitions))


def _field(
    field: Field,
    row: FieldRecord,
    rules: Rules,
    types: Types,
    done: dict[tuple[Row, TypeExpr], Field],
    diagnostics: Diagnostics,
) -> Field:
    if not row.doc and not row.stated and row.default is None:
        return field
    key = (field.span, field.name), field.type
    if key not in done:
        done[key] = _settled(field, row, rules, types, diagnostics)
    found = done[key]
    return field._replace(default=found.default, default_at=found.default_at, constraints=found.constraints)


def _settled(field: Field, row: FieldRecord, rules: Rules, types: Types, diagnostics: Diagnostics) -> Field:
    """The field with its default and its constraints."""
    if said := list(_said(row, rules.constraints, diagnostics)):
        field = field._replace(constraints=constrain(field.name, field.type, said, types, diagnostics))
    if row.default is not None or "efault" in row.doc:
        default = choose(row, field.type, field.constraints, rules.defaults, types, diagnostics)
        text, place = (default.text, default.span) if default else (None, NOWHERE)
        field = field._replace(default=text, default_at=place)
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
        yield from (Said(bound, place, described=True) for bound in bounds.in_notes(row.doc))
    if "phrase" in rules:
        yield from (Said(bound, place, prose=True, described=True) for bound in bounds.in_text(row.doc))
