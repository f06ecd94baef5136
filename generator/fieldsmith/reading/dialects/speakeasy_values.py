"""Page -> the records of its `## Values` (table, TypeScript union or bullets), and whether other values may come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fieldsmith.diagnostics import Span
from fieldsmith.limits import lift
from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.cells import check_name, check_value, code_span, quote, read_name, tell_struck, unstruck
from fieldsmith.reading.columns import Roles, Seen, handed_on, only_value
from fieldsmith.reading.dialects.speakeasy_layout import LAYOUT
from fieldsmith.reading.dialects.speakeasy_page import Page
from fieldsmith.reading.dialects.speakeasy_rest import OPEN_NOTE
from fieldsmith.reading.layout_cells import NO_HOOKS, CellReader
from fieldsmith.reading.literals import is_literal, is_open_mark, union_literals
from fieldsmith.reading.markdown import Bullets, Fence, Prose
from fieldsmith.reading.records import Cell, ValueRecord
from fieldsmith.reading.tables import Row, Table

_OPEN = "it says that other values may come"
_OPEN_USAGE = re.compile(r"[ \t]*(?://|#|/?\*)[ \t]*Open enum:")


def read_values(page: Page, table: Table | None, accounts: Accounts) -> tuple[tuple[ValueRecord, ...], bool]:
    """(values, open): from whichever form the section has. Second ones are findings alone."""
    reader = _Reader(accounts)
    values = list(reader.table(table, page.document.lines)) if table is not None else []
    for block in page.body:
        if isinstance(block, Fence):
            values += reader.fence(page.document.path, block)
        elif isinstance(block, Bullets):
            values += reader.bullets(page.document.path, block)
    if not values and page.section is not None:
        accounts.add("FS040", page.section.span, "`## Values` lists no value")
    return tuple(values), reader.open or _is_open(page)


def _is_open(page: Page) -> bool:
    """Whether a note in the section, or a comment in the usage example, calls the enum open."""
    if any(page.document.lines[block.first].startswith(OPEN_NOTE) for block in page.body if isinstance(block, Prose)):
        return True
    if page.usage is None or page.section is None:
        return False
    usage = (
        block
        for block in page.document.blocks
        if isinstance(block, Fence) and page.usage.first < block.first < page.section.first
    )
    return any(_OPEN_USAGE.match(line) for block in usage for line in block.lines)


class _Reader:
    """Reads the values of one enum; `open` once a mark among them says that others may come."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts
        self.open = False
        self.named: Seen = {}

    def table(self, table: Table, lines: Sequence[str]) -> Iterator[ValueRecord]:
        reader = CellReader(LAYOUT, NO_HOOKS, lines, self.accounts)

        def read(row: Row, roles: Roles) -> ValueRecord | str | None:
            return None if row.ragged else self.row(row, roles, reader.text(row, roles, "doc"))

        return reader.rows("value", table, LAYOUT.expected["enum"], read)

    def row(self, row: Row, roles: Roles, doc: str) -> ValueRecord | str | None:
        text, value = row.texts[roles["name"]], row.texts[roles["value"]]
        if text == "-" and is_open_mark(code_span(value) or ""):
            self.open = True
            return _OPEN
        span = row.span(roles["name"])
        name, struck = read_name(text)
        value, gone = unstruck(value)
        if struck or gone:
            tell_struck(name, span, self.accounts)
        check_name("name", name, span, self.accounts)
        if not name.strip():
            self.accounts.add("FS032", span, f"value {quote(value)} has no name")
        cell = Cell(value, row.span(roles["value"]))
        check_value(value, cell.span, self.accounts)
        return only_value(ValueRecord(name, cell, False, doc), cell.span, self.named, self.accounts)

    def fence(self, path: str, fence: Fence) -> Iterator[ValueRecord]:
        for index, line in enumerate(fence.lines):
            if len(line) > self.accounts.limits.cell:
                message = f"line has more than {self.accounts.limits.cell} characters"
                known = len(self.accounts)
                self.accounts.add(
                    "FS036", Span(path, fence.start + index + 1, 1), message, lift("break it into several", "cell")
                )
                self.accounts.told("value", known)
                continue
            for text, offset, good in union_literals(line):
                span = Span(path, fence.start + index + 1, offset + 1, len(text))
                yield from self.literal(text, span, good, f"{quote(text)} is no literal, nor literals joined by `|`")

    def bullets(self, path: str, bullets: Bullets) -> Iterator[ValueRecord]:
        for text, span in bullets.items:
            inner = code_span(text)
            ticks = len(text) - len(text.lstrip("`"))
            good = inner is not None and (is_literal(inner) or is_open_mark(inner))
            if inner is not None and good:
                span = Span(path, span.line, span.column + ticks, len(inner))
            yield from self.literal(inner or "", span, good, f"{quote(text)} is no literal in a code span")
        for line in bullets.strays:
            self.accounts.add("FS035", Span(path, line + 1, 1), "text in the section of values is not kept")

    def literal(self, text: str, span: Span, good: bool, trouble: str) -> Iterator[ValueRecord]:
        """The value that a text is, if it is `good`; else a finding."""
        known = len(self.accounts)
        if not good:
            self.accounts.add("FS042", span, trouble)
            self.accounts.told("value", known, text.count("|") + 1)  # from a mistake on, a line is one text
        elif is_open_mark(text):
            self.open = True
            self.accounts.noted("value", _OPEN)
        else:
            check_value(text, span, self.accounts)
            record = only_value(ValueRecord(None, Cell(text, span), True, ""), span, self.named, self.accounts)
            yield from handed_on(record, "value", known, self.accounts)
