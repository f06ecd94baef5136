"""Records made by hand, in few words: what the tests of the later stages begin with."""

from __future__ import annotations

from collections.abc import Sequence

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.reading.records import (
    Cell,
    DefinitionRecord,
    FieldRecord,
    PageRecords,
    ValueRecord,
)
from fieldsmith.reading.resolve import Nulls, resolve
from fieldsmith.schema import Alias, Definition, Model, Schema, TypeExpr


def row(path: str, line: int, name: str, type_: str, required: bool | None) -> FieldRecord:
    span = Span(path, line, 3)
    return FieldRecord(name, Cell(type_, Span(path, line, 20)), required, "", None, None, None, span, name == "*")


def model(path: str, title: str, *rows: tuple[str, str, bool | None]) -> DefinitionRecord:
    """A model with a row for each (name, type cell, required mark)."""
    fields = tuple(row(path, 9 + at, *one) for at, one in enumerate(rows))
    return DefinitionRecord(path, title, "model", "", None, Span(path, 1, 3), fields)


def union(path: str, title: str, *members: str) -> DefinitionRecord:
    cells = tuple(Cell(member, Span(path, 5 + 4 * at, 5)) for at, member in enumerate(members))
    return DefinitionRecord(path, title, "union", "", None, Span(path, 1, 3), members=cells)


def enum(path: str, title: str, *values: str, literal: bool = False, is_open: bool = False) -> DefinitionRecord:
    """An enum of the values given; without `literal` they are bare text with names of their own."""
    records = tuple(
        ValueRecord(None if literal else f"V{at}", Cell(value, Span(path, 9 + at, 10)), literal, "")
        for at, value in enumerate(values)
    )
    return DefinitionRecord(path, title, "enum", "", None, Span(path, 1, 3), values=records, open=is_open)


def page(*records: DefinitionRecord, dialect: str = "speakeasy") -> PageRecords:
    return PageRecords(records[0].page, dialect, records, (), frozenset())


def empty_page(path: str) -> PageRecords:
    return PageRecords(path, None, (), (), frozenset())


def resolved(
    pages: Sequence[PageRecords], notation: str | None = None, nulls: Nulls = "as-said"
) -> tuple[Schema, list[str]]:
    """The schema of some pages, and the findings as `path:line:col code`."""
    diagnostics = Diagnostics()
    schema = resolve(pages, notation, nulls, diagnostics)
    return schema, [f"{one.span} {one.code}" for one in diagnostics]


def named(schema: Schema, name: str) -> Definition:
    return next(one for one in schema.definitions if one.name == name)


def type_of(schema: Schema, name: str, field: str = "") -> TypeExpr:
    """The type of an alias, or of a field of a model."""
    found = named(schema, name)
    if isinstance(found, Alias):
        return found.type
    assert isinstance(found, Model)
    return next(one.type for one in found.fields if one.name == field)
