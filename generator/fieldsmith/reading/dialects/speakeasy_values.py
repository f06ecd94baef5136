"""Page -> the records of its `## Values` (table, TypeScript union or bullets), and whether other values may come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.reading.cells import check_name, check_value, code_span, quote, read_name
from fieldsmith.reading.columns import find_roles, full_rows
from fieldsmith.reading.dialects.speakeasy_page import Page
from fieldsmith.reading.literals import is_literal, is_open_mark, union_literals
from fieldsmith.reading.markdown import Bullets, Fence, Prose, is_switch
from fieldsmith.reading.records import Cell, ValueRecord
from fieldsmith.reading.tables import Table

_ROLES = {"name": "name", "value": "value"}
_OPEN_NOTE = "This is an open enum."
_OPEN_USAGE = re.compile(r"[ \t]*(?://|#|/?\*)[ \t]*Open enum:")


def read_values(page: Page, table: Table | None, diagnostics: Diagnostics) -> tuple[tuple[ValueRecord, ...], bool]:
    """(values, open): from whichever form the section has. Second values of a name are findings alone."""
    is_open = _notes(page, diagnostics)
    values: list[ValueRecord] = []
    named: dict[str, int] = {}
    for value in _stated(page, table, diagnostics):
        if value.name is None and is_open_mark(value.value.text):
            is_open = True
            continue
        check_value(value.value.text, value.value.span, diagnostics)
        if value.name is not None:
            if value.name in named:
                message = f"name {quote(value.name)} stands in line {named[value.name]} too"
                diagnostics.add("FS041", value.value.span, message)
                continue
            named[value.name] = value.value.span.line
        values.append(value)
    if not values and page.section is not None:
        diagnostics.add("FS040", page.section.span, "`## Values` lists no value")
    return tuple(values), is_open


def _notes(page: Page, diagnostics: Diagnostics) -> bool:
    """Whether a note in the section, or a comment in the usage example, calls the enum open."""
    is_open = False
    lines = page.document.lines
    for block in page.body:
        if isinstance(block, Prose):
            if lines[block.first].startswith(_OPEN_NOTE):
                is_open = True
            elif not is_switch(lines[block.first]) and "|" not in lines[block.first]:
                diagnostics.add("FS035", page.document.place(block.first), "text in the section of values is not kept")
    if page.usage is not None and page.section is not None:
        for block in page.document.blocks:
            if isinstance(block, Fence) and page.usage.first < block.first < page.section.first:
                is_open = is_open or any(_OPEN_USAGE.match(line) for line in block.lines)
    return is_open


def _stated(page: Page, table: Table | None, diagnostics: Diagnostics) -> Iterator[ValueRecord]:
    if table is not None:
        yield from _from_table(page, table, diagnostics)
    for block in page.body:
        if isinstance(block, Fence):
            yield from _from_fence(page.document.path, block, diagnostics)
        elif isinstance(block, Bullets):
            yield from _from_bullets(page.document.path, block, diagnostics)


def _from_table(page: Page, table: Table, diagnostics: Diagnostics) -> Iterator[ValueRecord]:
    roles = find_roles(table, _ROLES, ("name", "value"), diagnostics)
    if len(roles) < len(_ROLES):
        return
    for row in full_rows(table, page.document.lines, diagnostics):
        text, value = row.texts[roles["name"]], row.texts[roles["value"]]
        mark = code_span(value) or ""
        if text == "-" and is_open_mark(mark):
            yield ValueRecord(None, Cell(mark, row.span(roles["value"])), False, "")
            continue
        span = row.span(roles["name"])
        name, _ = read_name(text)
        check_name("name", name, span, diagnostics)
        if not name.strip() and not row.ragged:
            diagnostics.add("FS032", span, f"value {quote(value)} has no name")
        yield ValueRecord(name, Cell(value, row.span(roles["value"])), False, "")


def _from_fence(path: str, fence: Fence, diagnostics: Diagnostics) -> Iterator[ValueRecord]:
    for index, line in enumerate(fence.lines):
        for text, offset, good in union_literals(line):
            span = Span(path, fence.start + index + 1, offset + 1, len(text))
            if good:
                yield ValueRecord(None, Cell(text, span), True, "")
            else:
                diagnostics.add("FS042", span, f"{quote(text)} is no literal, nor literals joined by `|`")


def _from_bullets(path: str, bullets: Bullets, diagnostics: Diagnostics) -> Iterator[ValueRecord]:
    for text, span in bullets.items:
        inner = code_span(text)
        if inner is not None and (is_literal(inner) or is_open_mark(inner)):
            ticks = len(text) - len(text.lstrip("`"))
            yield ValueRecord(None, Cell(inner, Span(path, span.line, span.column + ticks, len(inner))), True, "")
        else:
            diagnostics.add("FS042", span, f"{quote(text)} is no literal in a code span")
    for line in bullets.strays:
        diagnostics.add("FS035", Span(path, line + 1, 1), "text in the section of values is not kept")
