"""Document -> records, for pages in the house form: the one that written docs have, and that anybody may write.

Each `# Title` begins a definition: prose, then `## Fields`, `## Values` or `## Type`, which may have a
`## Discriminator`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.cells import check_name, clean, code_span, quote
from fieldsmith.reading.columns import loose_rows, stray_tables
from fieldsmith.reading.dialects.fieldsmith_rows import (
    LAYOUT,
    is_struck,
    read_fields,
    read_mapping,
    read_mark,
    read_values,
)
from fieldsmith.reading.dialects.fieldsmith_text import decode
from fieldsmith.reading.layout import heads_of
from fieldsmith.reading.literals import is_open_mark
from fieldsmith.reading.markdown import Block, Document, Heading, Prose
from fieldsmith.reading.records import Cell, Claim, DefinitionRecord, Dialect, DiscriminatorRecord, Reading
from fieldsmith.reading.tables import Table, header_words

_MAIN = ("Fields", "Values", "Type")
_SECTIONS = (*_MAIN, "Discriminator")
_OPEN_NOTE = "Other values may come."
_NO_FIELDS = "None."
_OTHER_MARKS = frozenset({":heavy_check_mark:", ":heavy_minus_sign:"})


class _Section(NamedTuple):
    heading: Heading
    blocks: tuple[Block, ...]

    @property
    def table(self) -> Table | None:
        return next((block for block in self.blocks if isinstance(block, Table)), None)


class _Entry(NamedTuple):
    """The stretch of a page from one title to the next: `prose` is what stands between title and sections.

    `end` is the line after the prose.
    """

    title: Heading
    prose: tuple[Block, ...]
    end: int
    sections: tuple[_Section, ...]


def _entries(document: Document) -> Iterator[_Entry]:
    titles = [at for at, block in enumerate(document.blocks) if isinstance(block, Heading) and block.level == 1]
    for at, after in pairwise([*titles, len(document.blocks)]):
        title = document.blocks[at]
        blocks = document.blocks[at + 1 : after]
        heads = [
            index
            for index, block in enumerate(blocks)
            if isinstance(block, Heading) and block.level == 2 and block.text in _SECTIONS
        ]
        sections: list[_Section] = []
        for start, end in pairwise([*heads, len(blocks)]):
            heading = blocks[start]
            if isinstance(heading, Heading):
                sections.append(_Section(heading, blocks[start + 1 : end]))
        last = document.blocks[after].first if after < len(document.blocks) else len(document.lines)
        if isinstance(title, Heading):
            end = sections[0].heading.first if sections else last
            yield _Entry(title, blocks[: heads[0] if heads else None], end, tuple(sections))


# Which pages are house pages


def _claims(document: Document) -> Claim:
    """Where a section shows the house form, and none another one."""
    looks = [_look(document, section) for entry in _entries(document) for section in entry.sections]
    if True in looks and False not in looks:
        return Claim(4, "a section with marks of the house form")
    return Claim()


def _look(document: Document, section: _Section) -> bool | None:
    """Whether a section is in the house form; None where it does not show."""
    table = section.table
    match section.heading.text:
        case "Fields" if table is None:
            return True if _first_line(document, section) == _NO_FIELDS else None
        case "Fields":
            marks = {text for row in table.rows for text in row.texts[2:3]} if table else set()
            # A single `yes` among another layout's marks is a slip; it must not turn all the other rows into errors.
            return bool(marks & {"yes", "no"}) and not marks & _OTHER_MARKS if marks else None
        case "Values":
            return table is not None and ({"value", "description"} <= set(header_words(table)) or _has_literals(table))
        case "Type":
            return True if _first_line(document, section).startswith(("`", "[", "list[", "map[")) else None
    return None


def _has_literals(table: Table) -> bool:
    """Whether a value stands in a code span; other layouts have but the mark of an open enum in one."""
    at = header_words(table).index("value") if "value" in header_words(table) else len(table.header.texts)
    spans = (code_span(text) for row in table.rows for text in row.texts[at : at + 1])
    return any(span is not None and not is_open_mark(span) for span in spans)


def _first_line(document: Document, section: _Section) -> str:
    first = next(iter(section.blocks), None)
    return document.lines[first.first].strip() if isinstance(first, Prose) else ""


# Reading


def _read(document: Document, accounts: Accounts) -> Reading:
    entries = list(_entries(document))
    if not any(entry.sections for entry in entries):
        return Reading(skipped="it has no title with fields, values or a type below it")
    first = entries[0].title.first
    for block in document.blocks:
        if block.first < first and isinstance(block, Heading) and block.level == 2 and block.text in _SECTIONS:
            accounts.add("FS021", block.span, f"there is no title above `## {block.text}`")
    records = (_definition(document, entry, accounts) for entry in entries)
    return Reading(tuple(record for record in records if record is not None))


def _definition(document: Document, entry: _Entry, accounts: Accounts) -> DefinitionRecord | None:
    span = entry.title.span
    text = entry.title.text
    struck = is_struck(text)
    name = decode(text[2:-2] if struck else text, "line")
    check_name("title", name, span, accounts)
    if not name.strip():
        accounts.add("FS021", span, "the title is empty")
    main = [section for section in entry.sections if section.heading.text in _MAIN]
    if not main:
        accounts.add("FS060", span, f"{quote(name)} has no section that says what it is")
        return None
    for extra in main[1:]:
        accounts.add("FS024", extra.heading.span, f"`## {main[0].heading.text}` says already what {quote(name)} is")
    doc, deprecation = _prose(document, entry, struck, accounts)
    record = DefinitionRecord(document.path, name, "alias", doc, deprecation, span)
    accounts.took(main[0].heading)
    _check_rest(document, main[0], accounts)
    tags = [section for section in entry.sections if section.heading.text == "Discriminator"]
    read = 1 if main[0].heading.text == "Type" else 0
    for extra in tags[read:]:
        message = f"{quote(name)} has a discriminator already" if read else f"{quote(name)} is no union"
        accounts.add("FS061", extra.heading.span, message, "take the section out")
    match main[0].heading.text:
        case "Fields":
            return _model(document, main[0], record, accounts)
        case "Values":
            return _enum(document, main[0], record, accounts)
        case _:
            return _alias(document, main[0], next(iter(tags), None), record, accounts)


def _check_rest(document: Document, section: _Section, accounts: Accounts) -> None:
    """Findings for whatever a section holds beside what is read."""
    is_type = section.heading.text == "Type"
    blocks = section.blocks[1:] if is_type else section.blocks
    stray_tables([block for block in blocks if isinstance(block, Table)][0 if is_type else 1 :], accounts)
    expected = () if is_type else (_OPEN_NOTE, _NO_FIELDS)
    for block in blocks:
        line = document.lines[block.first].strip()
        if isinstance(block, Table) or line in expected:
            continue
        if not loose_rows(document.path, document.lines, block.first, block.last, accounts):
            accounts.add("FS035", document.place(block.first), f"text in section {section.heading.text!r} is not kept")


def _prose(document: Document, entry: _Entry, struck: bool, diagnostics: Diagnostics) -> tuple[str, str | None]:
    """The text between title and section, and the message of the mark that opens it under a struck title."""
    first = entry.title.last
    lines = list(document.lines[first : entry.end])
    message: str | None = None
    if struck:
        lines = _trimmed(lines)
        message = read_mark(lines[0].strip(" ")) if lines else ""
        lines = lines if message is None else lines[1:]
    span = document.place(first)
    doc = clean(decode("\n".join(_trimmed(lines)), "prose"), span, diagnostics)
    return doc, clean(message or "", span, diagnostics) if struck else None


def _trimmed(lines: Sequence[str]) -> list[str]:
    first, last = 0, len(lines)
    while first < last and not lines[first].strip():
        first += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return list(lines[first:last])


def _model(document: Document, section: _Section, record: DefinitionRecord, accounts: Accounts) -> DefinitionRecord:
    if section.table is None and _first_line(document, section) != _NO_FIELDS:
        accounts.add("FS025", section.heading.span, "`## Fields` has no table")
    fields = tuple(read_fields(section.table, document.lines, accounts)) if section.table else ()
    return record._replace(kind="model", fields=fields)


def _enum(document: Document, section: _Section, record: DefinitionRecord, accounts: Accounts) -> DefinitionRecord:
    values = tuple(read_values(section.table, document.lines, accounts)) if section.table else ()
    if not values:
        accounts.add("FS040", section.heading.span, "`## Values` lists no value")
    notes = {document.lines[block.first].strip() for block in section.blocks if isinstance(block, Prose)}
    return record._replace(kind="enum", values=values, open=_OPEN_NOTE in notes)


def _alias(
    document: Document, section: _Section, tags: _Section | None, record: DefinitionRecord, accounts: Accounts
) -> DefinitionRecord:
    block = next(iter(section.blocks), None)
    text = document.source(block.first, block.last) if block is not None else ""
    place = document.place(block.first) if block is not None else section.heading.span
    member = Cell(text.strip(), Span(place.path, place.line, place.column, len(text.partition("\n")[0].strip())))
    found = _discriminator(document, tags, accounts) if tags is not None else None
    return record._replace(members=(member,), discriminator=found)


def _discriminator(document: Document, section: _Section, accounts: Accounts) -> DiscriminatorRecord | None:
    """The field named in a code span above the table, and the rows of the table."""
    field = code_span(_first_line(document, section))
    if field is None or section.table is None:
        message = "`## Discriminator` needs the name of a field in a code span, and a table of values and types"
        accounts.add("FS061", section.heading.span, message)
        return None
    accounts.took(section.heading)
    stray_tables([block for block in section.blocks if isinstance(block, Table)][1:], accounts)
    return DiscriminatorRecord(
        field, section.heading.span, tuple(read_mapping(section.table, document.lines, accounts))
    )


FIELDSMITH = Dialect(LAYOUT.name, _claims, _read, LAYOUT.notations, members="cell", heads=heads_of(LAYOUT))
