"""Page -> the table of its section, and findings for what else stands in the section or behind it and is lost."""

from __future__ import annotations

from collections.abc import Mapping

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.cells import quote
from fieldsmith.reading.columns import loose_rows, stray_tables
from fieldsmith.reading.dialects.speakeasy_page import Page
from fieldsmith.reading.layout import Kind
from fieldsmith.reading.markdown import Block, Bullets, Fence, Heading
from fieldsmith.reading.tables import Table, header_words

# What else than a table the sections hold and is read.
_LISTING: Mapping[Kind, tuple[type[Block], ...]] = {"model": (), "enum": (Fence, Bullets), "union": (Fence, Heading)}
OPEN_NOTE = "This is an open enum."


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
