"""Document -> records, for pages in the house form: the one that written docs have, and that anybody may write.

Each `# Title` begins a definition: prose, then `## Fields`, `## Values` or `## Type`, which may have a
`## Discriminator`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.reading.cells import check_name, clean, code_span, quote
from fieldsmith.reading.columns import header_words, loose_rows
from fieldsmith.reading.dialects.fieldsmith_rows import is_struck, read_fields, read_mapping, read_mark, read_values
from fieldsmith.reading.dialects.fieldsmith_text import decode
from fieldsmith.reading.markdown import Block, Document, Heading, Prose, is_switch
from fieldsmith.reading.notations.fieldsmith import FIELDSMITH as NOTATION
from fieldsmith.reading.records import (
    Cell,
    Claim,
    DefinitionRecord,
    Dialect,
    DiscriminatorRecord,
    Reading,
    TableUse,
)
from fieldsmith.reading.tables import Table

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
            return table is not None and "description" in header_words(table)
        case "Type":
            return True if _first_line(document, section).startswith(("`", "[", "list[", "map[")) else None
    return None


def _first_line(document: Document, section: _Section) -> str:
    first = next(iter(section.blocks), None)
    return document.lines[first.first].strip() if isinstance(first, Prose) else ""


# Reading


def _read(document: Document, diagnostics: Diagnostics) -> Reading:
    entries = list(_entries(document))
    if not any(entry.sections for entry in entries):
        return Reading((), _uses(document, set()), "it has no title with fields, values or a type below it")
    records: list[DefinitionRecord] = []
    read: set[int] = set()
    for entry in entries:
        record = _definition(document, entry, diagnostics)
        if record is not None:
            records.append(record)
            read.update(section.table.first for section in entry.sections if section.table is not None)
    return Reading(tuple(records), _uses(document, read))


def _uses(document: Document, read: set[int]) -> tuple[TableUse, ...]:
    tables = (block for block in document.blocks if isinstance(block, Table))
    return tuple(
        TableUse(one.span, "" if one.first in read else "it stands in no section that is read") for one in tables
    )


def _definition(document: Document, entry: _Entry, diagnostics: Diagnostics) -> DefinitionRecord | None:
    span = entry.title.span
    text = entry.title.text
    struck = is_struck(text)
    name = decode(text[2:-2] if struck else text, "line")
    check_name("title", name, span, diagnostics)
    if not name.strip():
        diagnostics.add("FS021", span, "the title is empty")
    main = [section for section in entry.sections if section.heading.text in _MAIN]
    if not main:
        diagnostics.add("FS060", span, f"{quote(name)} has no section that says what it is")
        return None
    for extra in main[1:]:
        diagnostics.add("FS024", extra.heading.span, f"`## {main[0].heading.text}` says already what {quote(name)} is")
    doc, deprecation = _prose(document, entry, struck, diagnostics)
    record = DefinitionRecord(document.path, name, "alias", doc, deprecation, span)
    _check_rest(document, main[0], diagnostics)
    match main[0].heading.text:
        case "Fields":
            return _model(document, main[0], record, diagnostics)
        case "Values":
            return _enum(document, main[0], record, diagnostics)
        case _:
            return _alias(document, main[0], entry.sections, record, diagnostics)


def _check_rest(document: Document, section: _Section, diagnostics: Diagnostics) -> None:
    """Findings for whatever a section holds beside what is read."""
    tables = [block for block in section.blocks if isinstance(block, Table)]
    for extra in tables[1:]:
        diagnostics.add("FS034", extra.span, "a second table in one section is not read", "join the two")
    expected = (_OPEN_NOTE, _NO_FIELDS) if section.heading.text != "Type" else ()
    body = section.blocks[1:] if section.heading.text == "Type" else section.blocks
    for block in body:
        line = document.lines[block.first].strip()
        if isinstance(block, Table) or line in expected or is_switch(line):
            continue
        if not loose_rows(document.path, document.lines, block.first, block.last, diagnostics):
            diagnostics.add(
                "FS035", document.place(block.first), f"text in section {section.heading.text!r} is not kept"
            )


def _prose(document: Document, entry: _Entry, struck: bool, diagnostics: Diagnostics) -> tuple[str, str | None]:
    """The text between title and section, and the message of the mark that opens it under a struck title."""
    first = entry.title.last
    drop = {
        at
        for block in entry.prose
        if isinstance(block, Prose) and block.kind == "html"
        for at in range(block.first, block.last)
        if is_switch(document.lines[at])
    }
    lines = [document.lines[at] for at in range(first, entry.end) if at not in drop]
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


def _model(
    document: Document, section: _Section, record: DefinitionRecord, diagnostics: Diagnostics
) -> DefinitionRecord:
    if section.table is None and _first_line(document, section) != _NO_FIELDS:
        diagnostics.add("FS025", section.heading.span, "`## Fields` has no table")
    fields = tuple(read_fields(section.table, document.lines, diagnostics)) if section.table else ()
    return record._replace(kind="model", fields=fields)


def _enum(
    document: Document, section: _Section, record: DefinitionRecord, diagnostics: Diagnostics
) -> DefinitionRecord:
    values = tuple(read_values(section.table, document.lines, diagnostics)) if section.table else ()
    if not values:
        diagnostics.add("FS040", section.heading.span, "`## Values` lists no value")
    notes = {document.lines[block.first].strip() for block in section.blocks if isinstance(block, Prose)}
    return record._replace(kind="enum", values=values, open=_OPEN_NOTE in notes)


def _alias(
    document: Document,
    section: _Section,
    sections: Sequence[_Section],
    record: DefinitionRecord,
    diagnostics: Diagnostics,
) -> DefinitionRecord:
    block = next(iter(section.blocks), None)
    text = document.source(block.first, block.last) if block is not None else ""
    place = document.place(block.first) if block is not None else section.heading.span
    member = Cell(text.strip(), Span(place.path, place.line, place.column, len(text.partition("\n")[0].strip())))
    told = next((one for one in sections if one.heading.text == "Discriminator"), None)
    found = _discriminator(document, told, diagnostics) if told is not None else None
    return record._replace(members=(member,), discriminator=found)


def _discriminator(document: Document, section: _Section, diagnostics: Diagnostics) -> DiscriminatorRecord | None:
    """The field named in a code span above the table, and the rows of the table."""
    field = code_span(_first_line(document, section))
    if field is None or section.table is None:
        message = "`## Discriminator` needs the name of a field in a code span, and a table of values and types"
        diagnostics.add("FS061", section.heading.span, message)
        return None
    return DiscriminatorRecord(
        field, section.heading.span, tuple(read_mapping(section.table, document.lines, diagnostics))
    )


FIELDSMITH = Dialect("fieldsmith", _claims, _read, (NOTATION,), members="cell")
