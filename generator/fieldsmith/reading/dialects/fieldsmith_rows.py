"""Tables of house pages -> records of fields, of values, and of what tells the members of a union apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.reading.cells import check_name, check_value, clean, code_span, is_plain, quote
from fieldsmith.reading.columns import Roles, find_roles, full_rows, in_place
from fieldsmith.reading.dialects.fieldsmith_text import decode, decode_code
from fieldsmith.reading.literals import is_literal
from fieldsmith.reading.notations.fieldsmith import FIELDSMITH as NOTATION
from fieldsmith.reading.records import Cell, FieldRecord, ValueRecord
from fieldsmith.reading.tables import Row, Table

_FIELDS = {
    "field": "name",
    "type": "type",
    "required": "required",
    "description": "doc",
    "example": "example",
    "default": "default",
}
_VALUES = {"name": "name", "value": "value", "description": "doc"}
_MAPPING = {"value": "value", "type": "type"}
_FURTHER = NOTATION.extra
_REQUIRED = {"yes": True, "no": False}


def read_fields(table: Table, lines: Sequence[str], diagnostics: Diagnostics) -> Iterator[FieldRecord]:
    """A record for each row. Rows without a name, and second ones of a name, are findings alone."""
    roles = find_roles(table, _FIELDS, ("name", "type", "required"), diagnostics)
    seen: dict[str, int] = {}
    if "name" not in roles:
        return
    for row in full_rows(table, lines, diagnostics):
        field = _field(row, roles, diagnostics)
        if not field.name.strip():
            if not row.ragged:
                diagnostics.add("FS032", field.span, "this field has no name")
        elif field.name in seen:
            diagnostics.add("FS033", field.span, f"field {quote(field.name)} stands in line {seen[field.name]} too")
        else:
            seen[field.name] = row.line
            yield field


def _field(row: Row, roles: Roles, diagnostics: Diagnostics) -> FieldRecord:
    text, span = _cell(row, roles, "name")
    struck = is_struck(text)
    name = _FURTHER if text in ("`*`", "*") else decode_code(text[2:-2].strip(" ") if struck else text)
    if name is not _FURTHER:
        check_name("name", name, span, diagnostics)
    if row.ragged:
        row, diagnostics = in_place(row, roles, _REQUIRED), Diagnostics()
    doc = _text(row, roles, "doc")
    deprecation: str | None = None
    if struck:
        mark, _, rest = doc.partition("<br/>")
        message = read_mark(mark)
        deprecation = _cleaned(message or "", row, roles, "doc", diagnostics)
        doc = doc if message is None else rest
    return FieldRecord(
        name,
        Cell(*_cell(row, roles, "type"), told=row.ragged or "type" not in roles),
        _required(row, roles, diagnostics),
        _cleaned(decode(doc, "cell"), row, roles, "doc", diagnostics),
        _literal_text(row, roles, "example", diagnostics),
        _literal_text(row, roles, "default", diagnostics),
        deprecation,
        span,
    )


def is_struck(text: str) -> bool:
    """Whether a name or title is struck out, which is how deprecation shows."""
    return len(text) > 4 and text.startswith("~~") and text.endswith("~~")


def read_mark(text: str) -> str | None:
    """The message of a mark of deprecation ("" where it has none); None where the text is no such mark."""
    if text == "Deprecated.":
        return ""
    return decode(text.removeprefix("Deprecated: "), "line") if text.startswith("Deprecated: ") else None


def _text(row: Row, roles: Mapping[str, int], role: str) -> str:
    at = roles.get(role)
    return "" if at is None else row.texts[at]


def _cell(row: Row, roles: Mapping[str, int], role: str) -> tuple[str, Span]:
    return _text(row, roles, role), row.span(roles.get(role, 0))


def _cleaned(text: str, row: Row, roles: Roles, role: str, diagnostics: Diagnostics) -> str:
    """A cell's text without hidden characters; its place, which takes a while to find, is asked for where there are."""
    return text if is_plain(text) else clean(text, row.span(roles.get(role, 0)), diagnostics)


def _literal_text(row: Row, roles: Roles, role: str, diagnostics: Diagnostics) -> str | None:
    text = _text(row, roles, role)
    return _cleaned(decode_code(text), row, roles, role, diagnostics) if text else None


def _required(row: Row, roles: Roles, diagnostics: Diagnostics) -> bool | None:
    if "required" not in roles:
        return None
    text = _text(row, roles, "required")
    required = _REQUIRED.get(text)
    if required is None:
        place = row.span(roles["required"])
        diagnostics.add("FS031", place, f"required mark {quote(text)} is not known", "write `yes` or `no`")
    return required


def read_values(table: Table, lines: Sequence[str], diagnostics: Diagnostics) -> Iterator[ValueRecord]:
    """A record for each row with a literal. Second values of a name are findings alone."""
    roles = find_roles(table, _VALUES, ("value",), diagnostics)
    if "value" not in roles:
        return
    named: dict[str, int] = {}
    for row in full_rows(table, lines, diagnostics):
        literal = _literal(row, roles, Diagnostics() if row.ragged else diagnostics)
        text, span = _cell(row, roles, "name")
        name = decode_code(text) if text else None
        if name is not None:
            check_name("name", name, span, diagnostics)
            if name in named:
                diagnostics.add("FS041", span, f"name {quote(name)} stands in line {named[name]} too")
                continue
            named[name] = row.line
        if literal is not None:
            check_value(literal.text, literal.span, diagnostics)
            doc = decode(_text(row, roles, "doc"), "cell")
            yield ValueRecord(name, literal, True, _cleaned(doc, row, roles, "doc", diagnostics))


def read_mapping(table: Table, lines: Sequence[str], diagnostics: Diagnostics) -> Iterator[tuple[Cell, Cell]]:
    """(literal, type) for each row of the table below `## Discriminator`."""
    roles = find_roles(table, _MAPPING, ("value", "type"), diagnostics)
    if len(roles) < len(_MAPPING):
        return
    for row in full_rows(table, lines, diagnostics):
        literal = None if row.ragged else _literal(row, roles, diagnostics)
        if literal is not None:
            yield literal, Cell(*_cell(row, roles, "type"))


def _literal(row: Row, roles: Roles, diagnostics: Diagnostics) -> Cell | None:
    text, span = _cell(row, roles, "value")
    inner = code_span(text)
    if inner is None or not is_literal(inner):
        diagnostics.add(
            "FS042", span, f"{quote(text)} is no literal in a code span", 'write a JSON literal: `"a"`, `1`'
        )
        return None
    return Cell(inner, span)
