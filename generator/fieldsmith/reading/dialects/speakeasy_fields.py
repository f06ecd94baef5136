"""Page -> the records of its `## Fields` table, and findings for what stands in the section and is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading.cells import break_lines, check_name, clean, is_plain, quote, read_name
from fieldsmith.reading.columns import find_roles, full_rows, header_words, in_place, loose_rows
from fieldsmith.reading.dialects.speakeasy_page import Page
from fieldsmith.reading.markdown import Fence, Heading, Prose, is_switch
from fieldsmith.reading.records import Cell, FieldRecord
from fieldsmith.reading.tables import Row, Table

_ROLES = {"field": "name", "type": "type", "required": "required", "description": "doc", "example": "example"}
_NEEDED = ("name", "type", "required", "doc")
_REQUIRED = {":heavy_check_mark:": True, ":heavy_minus_sign:": False}
_NO_TEXT = ("", "N/A")
_DEPRECATED = ": warning: ** DEPRECATED **:"


def section_table(page: Page, diagnostics: Diagnostics) -> Table | None:
    """The one table of the section of a model or an enum; findings for rows in no table and for text that is lost."""
    tables = [block for block in page.body if isinstance(block, Table)]
    for extra in tables[1:]:
        diagnostics.add("FS034", extra.span, "a second table in one section is not read", "join the two")
    for block in page.body:
        if isinstance(block, Table):
            continue
        rows = 0
        if isinstance(block, Prose) or (isinstance(block, Fence) and page.kind == "model"):
            rows = loose_rows(page.document.path, page.document.lines, block.first, block.last, diagnostics)
        if page.kind == "model" and not rows and not is_switch(page.document.lines[block.first]):
            diagnostics.add("FS035", page.document.place(block.first), "text in the section of fields is not kept")
    return tables[0] if tables else None


def check_tail(page: Page, diagnostics: Diagnostics) -> None:
    """Findings for what follows the section."""
    for block in page.tail:
        if isinstance(block, Heading) and block.level <= 2 and block.text != "Union Discrimination":
            diagnostics.add("FS035", block.span, f"section {quote(block.text)} is not kept")
        elif isinstance(block, Table) and {"field", "type"} <= set(header_words(block)):
            diagnostics.add("FS026", block.span, "a table of fields stands here outside `## Fields`")


def read_fields(page: Page, table: Table | None, diagnostics: Diagnostics) -> Iterator[FieldRecord]:
    """A record for each row. Rows without a name, and second ones of a name, are findings alone."""
    if table is None:
        if page.section is not None:
            diagnostics.add("FS025", page.section.span, "`## Fields` has no table")
        return
    roles = find_roles(table, _ROLES, _NEEDED, diagnostics)
    if "name" not in roles:
        return
    seen: dict[str, int] = {}
    for row in full_rows(table, page.document.lines, diagnostics):
        field = _read_field(row, roles, diagnostics)
        if not field.name.strip():
            if not row.ragged:
                diagnostics.add("FS032", field.span, "this field has no name")
        elif field.name in seen:
            diagnostics.add("FS033", field.span, f"field {quote(field.name)} stands in line {seen[field.name]} too")
        else:
            seen[field.name] = row.line
            yield field


def _read_field(row: Row, roles: Mapping[str, int], diagnostics: Diagnostics) -> FieldRecord:
    at = roles["name"]
    span = row.span(at)
    name, struck = read_name(row.texts[at])
    check_name("name", name, span, diagnostics)
    if row.ragged:
        row, diagnostics = in_place(row, roles, _REQUIRED), Diagnostics()
    texts, kind = row.texts, roles.get("type")
    cell = Cell(texts[kind], row.span(kind), row.ragged) if kind is not None else Cell("", span, told=True)
    doc, message = "", None
    if "doc" in roles and texts[roles["doc"]] not in _NO_TEXT:
        doc, message = _description(_text(row, roles["doc"], diagnostics))
    example = None
    if "example" in roles and texts[roles["example"]]:
        example = _text(row, roles["example"], diagnostics) or None
    deprecation = message if message is not None else "" if struck else None
    return FieldRecord(name, cell, _required(row, roles, diagnostics), doc, example, None, deprecation, span)


def _required(row: Row, roles: Mapping[str, int], diagnostics: Diagnostics) -> bool | None:
    at = roles.get("required")
    if at is None:
        return None
    required = _REQUIRED.get(row.texts[at])
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
