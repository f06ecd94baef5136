"""Tables and lists of an enum or a union + Layout -> records of values and members; every one is one or a finding."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from fieldsmith.diagnostics import Span
from fieldsmith.reading.cells import check_name, check_value, clean, code_span, quote, tell_struck, unstruck
from fieldsmith.reading.columns import Roles, Seen, handed_on, only_value
from fieldsmith.reading.layout import Layout
from fieldsmith.reading.layout_cells import CellReader
from fieldsmith.reading.literals import is_literal
from fieldsmith.reading.marks import Said
from fieldsmith.reading.records import Cell, ValueRecord
from fieldsmith.reading.sections import Section
from fieldsmith.reading.tables import Row
from fieldsmith.schema import ScalarKind


class ValueReader(CellReader):
    """Reads the values of enums, and the members of unions, of one page."""

    def values(self, section: Section) -> Iterator[ValueRecord]:
        """A record for each row or item of an enum. Second ones are findings alone."""
        named: Seen = {}

        def read(row: Row, roles: Roles) -> ValueRecord | str | None:
            if row.ragged:
                return None
            name, struck = self.name(row.texts[roles["name"]], Said()) if "name" in roles else ("", False)
            place = row.span(roles["value"])
            text, gone = unstruck(self.unnoted(row.texts[roles["value"]]))
            if struck or gone:
                tell_struck(name or text, row.span(roles["name"]) if struck else place, self.accounts)
            if not text:
                self.accounts.add("FS070", place, f"there is no value for {quote(name)}; the row is left out")
                return None
            doc = "\n".join(filter(None, (self.text(row, roles, "doc"), *self.also(row, roles))))
            return self.checked(self.value(text, place)._replace(name=name or None, doc=doc), named, section.alias)

        for table in section.tables:
            yield from self.rows("value", table, ("value",), read)
        for text, span in (item for bullets in section.bullets for item in bullets.items):
            known = len(self.accounts)
            stated = self.item(text, span)
            record = None if stated is None else self.checked(stated, named, section.alias)
            yield from handed_on(record, "value", known, self.accounts)
        for text, span in _words(section.listed):
            known = len(self.accounts)
            value = self.checked(self.value(text, span), named, section.alias)
            yield from handed_on(value, "value", known, self.accounts)

    def item(self, text: str, span: Span) -> ValueRecord | None:
        """The value in an item of a list; None and a finding where there is none."""
        match = re.match(self.layout.bullet, text)
        if match is None:
            self.accounts.add("FS042", span, f"{quote(text)} holds no value of an enum")
            return None
        group = next(each for each in ("literal", "value") if each in match.groupdict())
        place = Span(span.path, span.line, span.column + match.start(group), len(match[group]))
        doc = clean(self.plain(text[match.end() :].lstrip(" \t:,;-").rstrip()), span, self.accounts)
        value = self.value(match[group], place)._replace(name=match.groupdict().get("name"), doc=doc)
        return value._replace(literal=True) if group == "literal" else value

    def checked(self, value: ValueRecord, named: Seen, type_: Cell | None) -> ValueRecord | str | None:
        """The value, unless it was there before; `type_` is what all values are of, where that is said."""
        if value.value.text in self.layout.invented:
            return "only the program that wrote the page knows it"
        check_value(value.value.text, value.value.span, self.accounts)
        if value.name is not None:
            check_name("name", value.name, value.value.span, self.accounts)
        if only_value(value, value.value.span, named, self.accounts) is None:
            return None
        kind = _kind_of(type_, self.layout)
        if kind == "string" and not value.literal:
            value = value._replace(value=value.value._replace(text=json.dumps(value.value.text)))
        return value._replace(literal=value.literal or kind is not None)

    def value(self, text: str, span: Span) -> ValueRecord:
        """A value in a code span or bare; quoted ones say their type."""
        inner = self.plain(code_span(text) or text)
        literal = is_literal(inner) and inner[:1] in ("'", '"')
        return ValueRecord(None, Cell(inner, span), literal or self.layout.literals, "")

    def members(self, section: Section) -> Iterator[Cell]:
        """The type cells of a union, out of a table or bullets."""

        def read(row: Row, roles: Roles) -> Cell:
            return Cell("" if row.ragged else self.text(row, roles, "type"), row.span(roles["type"]), row.ragged != 0)

        for table in section.tables:
            yield from self.rows("option", table, ("type",), read)
        for text, span in (item for bullets in section.bullets for item in bullets.items):
            yield from handed_on(Cell(text, span), "option", len(self.accounts), self.accounts)


def _words(cell: Cell | None) -> Iterator[tuple[str, Span]]:
    """The words of a cell, each with its place."""
    if cell is not None:
        for found in re.finditer(r"\S+", cell.text):
            span = cell.span._replace(column=cell.span.column + found.start(), width=len(found[0]))
            yield found[0], span


def _kind_of(type_: Cell | None, layout: Layout) -> ScalarKind | None:
    """Which of the types that literals say a type is, if it is one of them in all notations of the layout."""
    kinds = {one.scalars.get(type_.text) for one in layout.notations} if type_ is not None else set()
    found = kinds.pop() if len(kinds) == 1 else None
    return found if found in ("string", "integer", "number", "boolean") else None
