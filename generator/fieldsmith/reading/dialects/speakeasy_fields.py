"""Page -> the records of its `## Fields` table, and findings for what stands in the section and is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fieldsmith.diagnostics import NOWHERE, Diagnostics
from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.bounds import may_state
from fieldsmith.reading.cells import break_lines, check_name, clean, is_plain, quote, read_name
from fieldsmith.reading.columns import (
    Form,
    Roles,
    in_place,
    loose_rows,
    only_field,
    read_table,
    stray_tables,
)
from fieldsmith.reading.dialects.speakeasy_page import Kind, Page
from fieldsmith.reading.markdown import Block, Bullets, Fence, Heading
from fieldsmith.reading.records import Cell, FieldRecord
from fieldsmith.reading.tables import Row, Table, header_words

_FIELDS = Form(
    "field",
    {"field": "name", "type": "type", "required": "required", "description": "doc", "example": "example"},
    needed=("name", "type", "required", "doc"),
    essential=("name",),
)
REQUIRED = {":heavy_check_mark:": True, ":heavy_minus_sign:": False}
_NO_TEXT = ("", "N/A")
# What else than a table the sections hold and is read.
_LISTING: Mapping[Kind, tuple[type[Block], ...]] = {"model": (), "enum": (Fence, Bullets), "union": (Fence, Heading)}
OPEN_NOTE = "This is an open enum."
_DEPRECATED = ": warning: ** DEPRECATED **:"


def section_table(page: Page, accounts: Accounts) -> Table | None:
    """The one table of the section of a model or an enum; findings for rows in no table and for text that is lost."""
    document = page.document
    tables = [block for block in page.body if isinstance(block, Table)]
    read = None if page.kind == "union" else next(iter(tables), None)
    stray_tables([table for table in tables if table is not read], accounts)
    for block in page.body:
        line = document.lines[block.first]
        if isinstance(block, (Table, *_LISTING[page.kind])):
            continue
        rows = loose_rows(document.path, document.lines, block.first, block.last, accounts)
        if not rows and not (page.kind == "enum" and line.startswith(OPEN_NOTE)):
            section = page.section.text.lower() if page.section else ""
            accounts.add("FS035", document.place(block.first), f"text in the section of {section} is not kept")
    return read


def check_tail(page: Page, diagnostics: Diagnostics) -> None:
    """Findings for what follows the section."""
    for block in page.tail:
        if isinstance(block, Heading) and block.level <= 2 and block.text != "Union Discrimination":
            diagnostics.add("FS035", block.span, f"section {quote(block.text)} is not kept")
        elif isinstance(block, Table) and {"field", "type"} <= set(header_words(block)):
            diagnostics.add("FS026", block.span, "a table of fields stands here outside `## Fields`")


def read_fields(page: Page, table: Table | None, accounts: Accounts) -> Iterator[FieldRecord]:
    """A record for each row. Rows without a name, and second ones of a name, are findings alone."""
    if table is None:
        if page.section is not None:
            accounts.add("FS025", page.section.span, "`## Fields` has no table")
        return
    seen: dict[tuple[str, bool], int] = {}

    def read(row: Row, roles: Roles) -> FieldRecord | None:
        return only_field(read_field(row, roles, accounts), row, seen, accounts)

    yield from read_table(_FIELDS, table, page.document.lines, read, accounts)


def read_field(row: Row, roles: Roles, accounts: Accounts) -> FieldRecord:
    """The record of a row of fields, or of parameters, which are written alike."""
    at = roles["name"]
    span = row.span(at)
    name, struck = read_name(row.texts[at])
    check_name("name", name, span, accounts)
    diagnostics: Diagnostics = accounts
    if row.ragged:
        row, diagnostics = in_place(row, roles, REQUIRED), Diagnostics()
    texts, kind = row.texts, roles.get("type")
    cell = Cell(texts[kind], row.span(kind), row.ragged) if kind is not None else Cell("", span, told=True)
    doc, message = "", None
    if "doc" in roles and texts[roles["doc"]] not in _NO_TEXT:
        doc, message = _description(_text(row, roles["doc"], diagnostics))
    example = None
    if "example" in roles and texts[roles["example"]]:
        example = _text(row, roles["example"], diagnostics) or None
    deprecation = message if message is not None else "" if struck else None
    required = _required(row, roles, diagnostics)
    return FieldRecord(
        *(name, cell, required, doc, example, None, deprecation, span),
        example_at=row.span(roles["example"]) if example else NOWHERE,
        doc_at=row.span(roles["doc"]) if may_state(doc) else None,
    )


def _required(row: Row, roles: Roles, diagnostics: Diagnostics) -> bool | None:
    at = roles.get("required")
    if at is None:
        return None
    required = REQUIRED.get(row.texts[at])
    if required is None:
        diagnostics.add("FS031", row.span(at), f"required mark {quote(row.texts[at])} is not known")
    return required


def _text(row: Row, at: int, diagnostics: Diagnostics) -> str:
    text = break_lines(row.texts[at])
    return text if is_plain(text) else clean(text, row.span(at), diagnostics)


def _description(text: str) -> tuple[str, str | None]:
    """(text, message of the mark of deprecation): the mark stands first, the text after a blank line."""
    if not text.startswith(_DEPRECATED):
        return text, None
    message, _, rest = text[len(_DEPRECATED) :].partition("\n\n")
    return ("" if rest in _NO_TEXT else rest), message.strip()
