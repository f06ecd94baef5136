"""Document -> records, for pages as Speakeasy's generator writes them for eight languages, 2023 to 2026.

A page is `# Title`, prose, and a section: `## Fields` makes a model, `## Values` an enum, `## Supported Types` a union.
A title and prose alone are a union too, if a type of another page leads there: the Java, Ruby and Unity sets do not say
the members of unions.
"""

from __future__ import annotations

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.cells import check_name, read_name
from fieldsmith.reading.dialects.speakeasy_layout import LAYOUT
from fieldsmith.reading.dialects.speakeasy_page import Page, cut, is_helper, is_section, prose
from fieldsmith.reading.dialects.speakeasy_rest import check_tail, section_table
from fieldsmith.reading.dialects.speakeasy_unions import read_members
from fieldsmith.reading.dialects.speakeasy_values import read_values
from fieldsmith.reading.layout import heads_of
from fieldsmith.reading.layout_cells import NO_HOOKS
from fieldsmith.reading.layout_fields import FieldReader
from fieldsmith.reading.markdown import Document, Heading
from fieldsmith.reading.records import Claim, DefinitionRecord, Dialect, FieldRecord, Reading
from fieldsmith.reading.tables import Table


def _read(document: Document, accounts: Accounts) -> Reading:
    page = cut(document, accounts)
    if isinstance(page, str):
        return Reading(skipped=page, known=is_helper(document))
    if page.section is not None:
        accounts.took(page.section)
    table = section_table(page, accounts)
    record = _definition(page, table, accounts)
    check_tail(page, accounts)
    return Reading((record,))


def _definition(page: Page, table: Table | None, accounts: Accounts) -> DefinitionRecord:
    span = page.title.span
    name, struck = read_name(page.title.text)
    check_name("title", name, span, accounts)
    if not name.strip():
        accounts.add("FS021", span, "the title is empty")
    end = page.usage or page.section
    last = end.first if end is not None else len(page.document.lines)
    doc, message = prose(page.document, page.document.blocks, page.title.last, last, accounts)
    deprecation = message if message is not None else "" if struck else None
    path, kind = page.document.path, page.kind
    if kind == "model":
        fields = _fields(page, table, accounts)
        return DefinitionRecord(path, name, kind, doc, deprecation, span, fields=fields)
    if kind == "enum":
        values, is_open = read_values(page, table, accounts)
        return DefinitionRecord(path, name, kind, doc, deprecation, span, values=values, open=is_open)
    bare = page.section is None
    members = () if bare else tuple(read_members(page, accounts))
    return DefinitionRecord(path, name, kind, doc, deprecation, span, members=members, bare=bare)


def _fields(page: Page, table: Table | None, accounts: Accounts) -> tuple[FieldRecord, ...]:
    if table is not None:
        return tuple(FieldReader(LAYOUT, NO_HOOKS, page.document.lines, accounts).fields(table, {}))
    if page.section is not None:
        accounts.add("FS025", page.section.span, "`## Fields` has no table")
    return ()


def _claims(document: Document) -> Claim:
    """By a section; else by what may be a union, a helper of a client, or a page that has lost its section."""
    found = next((block for block in reversed(document.blocks) if is_section(block)), None)
    if isinstance(found, Heading):
        return Claim(2, f"a section `## {found.text}`")
    diagnostics = Diagnostics()
    page = cut(document, diagnostics)
    if not isinstance(page, str):
        return Claim(1, "a title and prose alone, as unions have")
    return Claim(1, page) if len(diagnostics) or is_helper(document) else Claim()


SPEAKEASY = Dialect(LAYOUT.name, _claims, _read, LAYOUT.notations, heads=heads_of(LAYOUT))
