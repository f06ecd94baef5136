"""A field, its row and its page -> the lines in which `explain` tells how the field was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from fieldsmith.diagnostics import Diagnostic
from fieldsmith.jobs import Job
from fieldsmith.reading.markdown import Document
from fieldsmith.reading.records import FieldRecord, Ruled
from fieldsmith.reading.tables import Table
from fieldsmith.schema import UNCONSTRAINED, Field, Nullable
from fieldsmith.writing.housetype import Speller, json_literal

# The finding at a table that tells of fields whose presence goes by something.
TELLING: Mapping[Ruled, str] = {"nothing": "FS051", "condition": "FS071"}
_RULED: Mapping[Ruled, str] = {
    "mark": "by its mark",
    "nothing": "as it has no mark",
    "condition": "as it counts on a condition, or for some variants only",
    "excuse": "as the page says of all fields there",
}


def field_lines(
    field: Field,
    row: FieldRecord | None,
    document: Document,
    speller: Speller,
    facts: Set[str],
    found: Sequence[Diagnostic],
    job: Job,
) -> Iterator[tuple[str, str]]:
    """Labels and texts. `row` is None where an overlay has added the field; `facts` are those that overlays have set,
    and `found` the findings of the field."""
    yield "cell", "none" if row is None else _on_page(row, document)
    yield "type", speller.prose(field.type, document.path)
    yield "presence", f"{'required' if field.required else 'optional'}, {_presence(field, row, facts, found)}"
    yield "null", _null(field, row, facts, job)
    if field.default is not None:
        yield "default", field.default
    if field.constraints != UNCONSTRAINED:
        yield "keeps to", ", ".join(f"{word} {json_literal(value)}" for word, value in field.constraints.said().items())
    if field.deprecation is not None:
        yield "status", f"deprecated{f': {field.deprecation}' if field.deprecation else ''}"


def _on_page(row: FieldRecord, document: Document) -> str:
    """The cell of a type as it stands on its page; where that is no cell of a table, the text that was read."""
    place = row.type.span
    for table in (block for block in document.blocks if isinstance(block, Table)):
        if table.first < place.line <= table.last:
            width = len(table.header.texts)
            lines = (each for each in table.rows if each.line == place.line and len(each.texts) == width)
            cells = ((each.span(at).column, text) for each in lines for at, text in enumerate(each.texts))
            before = [text for column, text in cells if column <= place.column]
            return before[-1] if before else row.type.text
    return row.type.text


def _presence(field: Field, row: FieldRecord | None, facts: Set[str], found: Sequence[Diagnostic]) -> str:
    """Why a field is required or optional."""
    if row is None or "required" in facts:
        return "as an overlay says"
    if row.required and not field.required:
        return "as each field of a partial model is"
    if any(each.code == "FS051" for each in found):
        return "as nothing there says which fields are required"
    return "by its type, as the table has no mark" if row.required is None else _RULED[row.ruled]


def _null(field: Field, row: FieldRecord | None, facts: Set[str], job: Job) -> str:
    """Whether null is a value of a field, and why."""
    if not isinstance(field.type, Nullable):
        return "not allowed, as neither the type nor a mark says it"
    if {"nullable", "type"} & facts:
        return "allowed, as an overlay says"
    if row is not None and row.nullable:
        return "allowed, as a mark says"
    unsaid = " or the setting `nulls`" if job.nulls == "accept-unsaid" else ""
    return f"allowed, as the type{unsaid} says"
