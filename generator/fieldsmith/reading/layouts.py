"""Document + Layout -> records: the one engine for all layouts that are data."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.cells import check_name, clean, clean_lines, quote
from fieldsmith.reading.columns import loose_rows
from fieldsmith.reading.enumvalues import is_integer
from fieldsmith.reading.excuses import Excuses
from fieldsmith.reading.lacking import lack, lacking_in, tell_unread
from fieldsmith.reading.layout import Kind, Layout, heads_of
from fieldsmith.reading.layout_cells import NO_HOOKS, CellReader, Hooks
from fieldsmith.reading.layout_fields import FieldReader
from fieldsmith.reading.layout_values import ValueReader
from fieldsmith.reading.markdown import Bullets, Document, Heading, Prose
from fieldsmith.reading.records import Cell, Claim, DefinitionRecord, Dialect, FieldRecord, Lack, Reading, ValueRecord
from fieldsmith.reading.sections import Section, Title, anchors_of, could_hold, roles_in, sections
from fieldsmith.reading.tables import Table, is_pipe_line

# What a layout leaves to code: a page that it reads in another way, or skips; None for all others.
Special = Callable[[Document], Reading | None]
# A line that is a tag alone, or imports one, in pages that hold components.
_COMPONENT = re.compile(r"[ \t]*</?[A-Z][\w.]*(?:[ \t][^<>]*)?>[ \t]*|import [^;]* from ['\"][^'\"]*['\"];?[ \t]*")
_NOT_KEPT = "write it above the section, or as a row or an item of its own"
_Key = tuple[int, Kind]  # the line of a title, and what is defined there
_PLACES = {"model": "fields", "enum": "values", "union": "members"}


def dialect_of(
    layout: Layout,
    hooks: Hooks = NO_HOOKS,
    special: Special = lambda document: None,
    members: Literal["cell", "inner"] = "cell",
) -> Dialect:
    """The dialect that reads pages of a layout; `members` is the form of what the unions of its special pages hold."""

    def claims(document: Document) -> Claim:
        reading = special(document)
        return claim(document, layout) if reading is None else Claim(2, reading.skipped or "a form of its own")

    def read(document: Document, accounts: Accounts) -> Reading:
        return special(document) or read_page(document, layout, hooks, accounts)

    def lacks(document: Document) -> Lack | None:
        return lack(document, layout, near_only=True) if _has_signs(document, layout) else None

    return Dialect(layout.name, claims, read, layout.notations, members, heads=heads_of(layout), lacks=lacks)


def claim(document: Document, layout: Layout) -> Claim:
    """A heading of the layout with a table or a list that fits it; better where the table has no unknown column."""
    if not could_hold(document, layout) or not _has_signs(document, layout):
        return Claim()
    held = [section for section in sections(document, layout) if section.holds and section.title is not None]
    found = [section for section in held if not section.loose]
    if not found:
        return Claim()
    what = f"a {'table' if found[0].tables else 'list'} of {_PLACES[found[0].kind]}"
    why = f"`{found[0].heading.text}` above {what if found[0].tables or found[0].bullets else 'a text of its form'}"
    headers = [roles_in(table, layout, section.kind) for section in found for table in section.tables]
    if not any(None in roles for roles in headers):
        return Claim(3, f"{why}, all columns of which it knows" if headers else why)
    return Claim(2, why)


def _has_signs(document: Document, layout: Layout) -> bool:
    """Whether a page has what every page of the layout has, whatever its definitions are."""
    if layout.signatures and not any(line.startswith(layout.signatures) for line in document.lines):
        return False
    return not layout.signs or any(sign in line for sign in layout.signs for line in document.lines)


def read_page(document: Document, layout: Layout, hooks: Hooks, accounts: Accounts) -> Reading:
    """The definitions of a page, in their order; parts under one title add up."""
    fields = FieldReader(layout, hooks, document.lines, accounts)
    values = ValueReader(layout, hooks, document.lines, accounts)
    found: dict[_Key, _Parts] = {}
    excuses = Excuses(document, layout, accounts)
    stretches = tuple(sections(document, layout))
    for section in stretches:
        if section.title is None:
            place, text = section.heading.span, quote(section.heading.text)
            accounts.add("FS021", place, f"there is no title that the section {text} could belong to")
            continue
        accounts.took(section.heading)
        _check_rest(document, section, layout, accounts)
        key = section.title.heading.first, section.kind
        if key not in found:
            record = _opened(document, section.title, section, fields)
            found[key] = _Parts(record, section.hollow, [], [], [], {})
        _fill(found[key], section, fields, values, excuses)
    named = _anchors(document, stretches)
    records = tuple(_finished(parts, layout, accounts)._replace(anchors=named[key]) for key, parts in found.items())
    done = hooks.settle(records, accounts)
    tell_unread(document, layout, accounts)
    return Reading(done, "" if done else "it has no heading of the dialect above a table or list that fits it")


def _opened(document: Document, title: Title, section: Section, reader: CellReader) -> DefinitionRecord:
    """A definition that has its name and the text between its title and the first section, or table, below it."""
    check_name("title", title.name, title.heading.span, reader.accounts)
    last = _text_end(document, title, section, reader.layout)
    kept: Sequence[int] = range(title.heading.last, last)
    if section.alias is not None:
        said = section.alias.span.line - 1
        kept = [at for at in kept if at != said]
    if reader.layout.components:
        kept = [at for at in kept if _COMPONENT.fullmatch(document.lines[at]) is None]
    lines = [(at, reader.plain(document.lines[at])) for at in kept]
    text = clean_lines(document.path, lines, reader.accounts)
    deprecation = "" if title.struck else None
    within = section.inside.name if section.inside is not None else ""
    record = DefinitionRecord(document.path, title.name, section.defines, text, deprecation, title.heading.span)
    return record._replace(within=within)


def _text_end(document: Document, title: Title, section: Section, layout: Layout) -> int:
    """The line after the text of a definition."""
    if layout.ends:  # any block may be a part of it
        last = section.blocks[-1].last if section.blocks else section.heading.last
        table = next((block.first for block in section.blocks if isinstance(block, Table)), last)
        lines = range(section.heading.last, table)
        return next((at for at in lines if re.match(layout.ends, document.lines[at])), table)
    start = bisect_left(document.blocks, title.heading.last, key=lambda block: block.first)
    after = (document.blocks[at] for at in range(start, len(document.blocks)))
    if title.heading is section.heading:
        ends = (block.first for block in after if not isinstance(block, Prose))
    else:
        ends = (block.first for block in after if isinstance(block, Heading) and block.level > title.heading.level)
    return next(ends, len(document.lines))


def _anchors(document: Document, stretches: Sequence[Section]) -> dict[_Key, tuple[str, ...]]:
    """What links name each definition by: its own headings, and the one above that has a name, and this model alone."""
    found: dict[_Key, dict[str, None]] = {}
    below: dict[Heading, set[_Key]] = {}
    for section in stretches:
        if section.title is None:
            continue
        key = section.title.heading.first, section.kind
        if section.title.anchor:
            found[key] = {section.title.anchor: None}
            continue
        names = found.setdefault(key, dict.fromkeys(anchors_of(document, section.title.heading)))
        if section.names == "definition":
            names.update(dict.fromkeys(anchors_of(document, section.heading)))
            if section.inside is not None and section.kind == "model":
                below.setdefault(section.inside.heading, set()).add(key)
    titles = {first for first, _ in found}
    for heading, keys in below.items():
        if len(keys) == 1 and heading.first not in titles:
            found[keys.pop()].update(dict.fromkeys(anchors_of(document, heading)))
    return {key: tuple(names) for key, names in found.items()}


class _Parts(NamedTuple):
    """A definition, and what its sections have held so far; `seen` has the lines of its fields."""

    record: DefinitionRecord
    hollow: bool
    fields: list[FieldRecord]
    values: list[ValueRecord]
    members: list[Cell]
    seen: dict[tuple[str, bool], int]


def _fill(parts: _Parts, section: Section, fields: FieldReader, values: ValueReader, excuses: Excuses) -> None:
    """Add what the section says; its fields are optional where there is an excuse."""
    if section.defines == "alias" and section.alias is not None:
        parts.members.append(section.alias)
        return
    match section.kind:
        case "model":
            if not section.holds:
                message = f"section {quote(section.heading.text)} has no table of fields"
                help_text = lacking_in(section.blocks, fields.layout, "model")
                fields.accounts.add("FS025", section.heading.span, message, help_text)
            found = [field for table in section.tables for field in fields.fields(table, parts.seen)]
            parts.fields.extend(excuses.over(section, found))
        case "enum":
            parts.values.extend(values.values(section))
        case "union":
            parts.members.extend(values.members(section))


def _finished(parts: _Parts, layout: Layout, accounts: Accounts) -> DefinitionRecord:
    """A definition of which its page says nothing may be anything: as a union without members it is taken so, aloud."""
    fields, values, members = tuple(parts.fields), tuple(parts.values), tuple(parts.members)
    if layout.numbers:
        values = tuple(one._replace(literal=True) if is_integer(one.value.text) else one for one in values)
    # What is said of further keys has no other place.
    told = ((clean(field.name, field.span, accounts), field.doc) for field in fields if field.further and field.doc)
    keys = (f"`{name}`: {doc}" for name, doc in told)
    doc = "\n\n".join(filter(None, (parts.record.doc, *keys)))
    record = parts.record._replace(doc=doc, fields=fields, values=values, members=members)
    return record if fields or values or members or parts.hollow else record._replace(kind="union")


def _check_rest(document: Document, section: Section, layout: Layout, accounts: Accounts) -> None:
    """Findings for what looks like rows and is in no table; without outer pipes, any pipe below a table does.

    Where a table says what a definition is, a list beside it is not kept; of a list, nothing but its items is. Where
    any block may be a part of the text, that holds below the table alone.
    """
    path, lines = document.path, document.lines
    bare = [table.last for table in section.tables if not is_pipe_line(lines[table.first])]
    below = section.tables[:1] if layout.ends else (section.heading,)
    for block in (block for block in section.blocks for start in below if block.first >= start.first):
        if isinstance(block, Bullets) and section.kind != "model":
            lost = block.strays if section.bullets else range(block.first, block.first + 1)
            for at in lost:
                accounts.add("FS035", document.place(at), f"{quote(lines[at].strip())} is not kept", _NOT_KEPT)
        if isinstance(block, Prose) and not loose_rows(path, lines, block.first, block.last, accounts):
            line = lines[block.first]
            if bare and block.first >= bare[0] and block.kind == "text" and "|" in line:
                known = len(accounts)
                accounts.add("FS034", document.place(block.first), f"row {quote(line.strip())} is in no table")
                accounts.told("line", known)
