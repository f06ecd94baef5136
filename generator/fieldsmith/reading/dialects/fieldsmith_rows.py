"""Tables of house pages -> records of fields, of values, and of what tells the members of a union apart.

The layout is data; its cells are read here, and not as those of other layouts are, since written docs have to give back
exactly the text that they were written from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fieldsmith.diagnostics import NOWHERE, Diagnostics, Span
from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.bounds import may_state
from fieldsmith.reading.cells import check_name, check_value, clean, code_span, is_plain, quote, tell_struck, unstruck
from fieldsmith.reading.columns import Form, Roles, Seen, in_place, only_field, only_value, read_table
from fieldsmith.reading.dialects.fieldsmith_text import decode, decode_code
from fieldsmith.reading.layout import Layout, Mark
from fieldsmith.reading.literals import is_literal
from fieldsmith.reading.notations.fieldsmith import FIELDSMITH
from fieldsmith.reading.records import Cell, FieldRecord, Stated, ValueRecord
from fieldsmith.reading.tables import Row, Table

LAYOUT = Layout(
    name="fieldsmith",
    columns={
        "field": "name",
        "type": "type",
        "required": "required",
        "description": "doc",
        "example": "example",
        "default": "default",
        "constraints": "constraints",
        "json": "wire",
    },
    value_columns={"name": "name", "value": "value", "description": "doc"},
    headings={"model": ("## Fields",), "enum": ("## Values",), "union": ("## Type",)},
    titles=("# *",),
    marks={"required": Mark(words=("yes",)), "optional": Mark(words=("no",))},
    notations=(FIELDSMITH,),
    literals=True,
    expected={"model": ("name", "type", "required"), "enum": ("value",)},
)
_FIELDS = Form("field", LAYOUT.columns, LAYOUT.expected["model"], LAYOUT.needed("model"))
_VALUES = Form("value", LAYOUT.value_columns, LAYOUT.expected["enum"], LAYOUT.needed("enum"))
_MAPPING = Form("tag", {"value": "value", "type": "type"}, needed=("value", "type"), essential=("value", "type"))
_REQUIRED = {word: name == "required" for name, mark in LAYOUT.marks.items() for word in mark.words}
_FURTHER = "`*`"  # just so: a field may bear that name, and is written in another way


def read_fields(table: Table, lines: Sequence[str], accounts: Accounts) -> Iterator[FieldRecord]:
    """A record for each row. Rows without a name, and second ones of a name, are findings alone."""
    seen: dict[tuple[str, bool], int] = {}

    def read(row: Row, roles: Roles) -> FieldRecord | None:
        return only_field(_field(row, roles, accounts), row, seen, accounts)

    return read_table(_FIELDS, table, lines, read, accounts)


def _field(row: Row, roles: Roles, accounts: Accounts) -> FieldRecord:
    text, span = _cell(row, roles, "name")
    struck = is_struck(text)
    name = decode_code(text[2:-2].strip(" ") if struck else text)
    check_name("name", name, span, accounts)
    diagnostics: Diagnostics = accounts
    if row.ragged:
        row, diagnostics = in_place(row, roles, _REQUIRED), Diagnostics()
    doc = _text(row, roles, "doc")
    deprecation: str | None = None
    if struck:
        mark, _, rest = doc.partition("<br/>")
        message = read_mark(mark)
        deprecation = _cleaned(message or "", row, roles, "doc", diagnostics)
        doc = doc if message is None else rest
    doc = _cleaned(decode(doc, "cell"), row, roles, "doc", diagnostics)
    constraints = _literal_text(row, roles, "constraints", diagnostics)
    return FieldRecord(
        name,
        Cell(*_cell(row, roles, "type"), told=row.ragged != 0 or "type" not in roles),
        _required(row, roles, diagnostics),
        doc,
        _literal_text(row, roles, "example", diagnostics),
        _literal_text(row, roles, "default", diagnostics),
        deprecation,
        span,
        further=text == _FURTHER,
        example_at=_place(row, roles, "example"),
        default_at=_place(row, roles, "default"),
        doc_at=row.span(roles["doc"]) if may_state(doc) else None,
        stated=(Stated("constraints", constraints, _place(row, roles, "constraints")),) if constraints else (),
        wire=_wire(row, roles, accounts),
    )


def _wire(row: Row, roles: Roles, accounts: Accounts) -> str | None:
    """The name in the JSON; None where the row has none, for then it is the field's."""
    text = _text(row, roles, "wire")
    if not text:
        return None
    name = decode_code(text)
    check_name("JSON name", name, row.span(roles["wire"]), accounts)
    return name


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


def _place(row: Row, roles: Roles, role: str) -> Span:
    """Where a text of a literal stands, if there is one."""
    at = roles.get(role)
    return row.span(at) if at is not None and row.texts[at] else NOWHERE


def _cleaned(text: str, row: Row, roles: Roles, role: str, diagnostics: Diagnostics) -> str:
    """A cell's text without hidden characters; its place, which takes a while to find, is asked for where there are."""
    return text if is_plain(text) else clean(text, row.span(roles.get(role, 0)), diagnostics)


def _literal_text(row: Row, roles: Roles, role: str, diagnostics: Diagnostics) -> str | None:
    text = _text(row, roles, role)
    return _cleaned(decode_code(text), row, roles, role, diagnostics) or None if text else None


def _required(row: Row, roles: Roles, diagnostics: Diagnostics) -> bool | None:
    if "required" not in roles:
        return None
    text = _text(row, roles, "required")
    required = _REQUIRED.get(text)
    if required is None:
        place = row.span(roles["required"])
        diagnostics.add("FS031", place, f"required mark {quote(text)} is not known", "write `yes` or `no`")
    return required


def read_values(table: Table, lines: Sequence[str], accounts: Accounts) -> Iterator[ValueRecord]:
    """A record for each row with a literal. Second ones are findings alone."""
    named: Seen = {}

    def read(row: Row, roles: Roles) -> ValueRecord | None:
        literal = _literal(row, roles, Diagnostics() if row.ragged else accounts)
        text, span = _cell(row, roles, "name")
        text, struck = unstruck(text)
        value, gone = unstruck(_text(row, roles, "value"))
        if struck or gone:
            tell_struck(text or value, span, accounts)
        name = decode_code(text) if text else None
        if name is not None:
            check_name("name", name, span, accounts)
        if literal is None:
            return None
        check_value(literal.text, literal.span, accounts)
        doc = decode(_text(row, roles, "doc"), "cell")
        record = ValueRecord(name, literal, True, _cleaned(doc, row, roles, "doc", accounts))
        return only_value(record, span if name is not None else literal.span, named, accounts)

    return read_table(_VALUES, table, lines, read, accounts)


def read_mapping(table: Table, lines: Sequence[str], accounts: Accounts) -> Iterator[tuple[Cell, Cell]]:
    """(literal, type) for each row of the table below `## Discriminator`."""

    def read(row: Row, roles: Roles) -> tuple[Cell, Cell] | None:
        literal = None if row.ragged else _literal(row, roles, accounts)
        return None if literal is None else (literal, Cell(*_cell(row, roles, "type")))

    return read_table(_MAPPING, table, lines, read, accounts)


def _literal(row: Row, roles: Roles, diagnostics: Diagnostics) -> Cell | None:
    text, span = _cell(row, roles, "value")
    inner = code_span(unstruck(text)[0])
    if inner is None or not is_literal(inner):
        diagnostics.add(
            "FS042", span, f"{quote(text)} is no literal in a code span", 'write a JSON literal: `"a"`, `1`'
        )
        return None
    return Cell(inner, span)
