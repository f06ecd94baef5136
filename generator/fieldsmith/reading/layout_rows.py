"""Tables and bullets of a section + Layout -> records of fields, values and members; every row is one or a finding."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from fieldsmith.diagnostics import NOWHERE, Span
from fieldsmith.reading.accounts import Accounts, Kind
from fieldsmith.reading.cells import break_lines, check_name, check_value, clean, code_span, is_plain, quote, read_name
from fieldsmith.reading.columns import Form, Record, Roles, handed_on, only_field, read_table
from fieldsmith.reading.layout import MARKED, Layout, Role
from fieldsmith.reading.literals import is_literal
from fieldsmith.reading.markdown import plain_text
from fieldsmith.reading.marks import Said, peel_name, peel_text, peel_type, presence, say_words
from fieldsmith.reading.records import Cell, FieldRecord, ValueRecord
from fieldsmith.reading.sections import Section, clean_header
from fieldsmith.reading.tables import Row, Table

_ENTITY = re.compile(r"\\?(&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});)", re.IGNORECASE)
_QUOTED = re.compile(r'\\(["\'`])')


class Noted(NamedTuple):
    """What the cell of a column of marks says: its words, and a default."""

    words: tuple[str, ...]
    default: str | None = None


class Hooks(NamedTuple):
    """What a layout cannot say as data.

    notes  the text of a cell in a column of marks, taken apart; None where it is none
    mend   a row that is cut at pipes of its text, given with the width of its table; None for any other
    """

    notes: Callable[[str], Noted | None] = lambda text: Noted((plain_text(text),) if text else ())
    mend: Callable[[Row, int], Row | None] = lambda row, width: None


NO_HOOKS = Hooks()
# The columns that say something of a value or a member of a union.
_ROLES: Mapping[Kind, tuple[Role, ...]] = {"value": ("value", "name", "doc"), "option": ("type",)}


class Reader:
    """Reads the sections of one page."""

    def __init__(self, layout: Layout, hooks: Hooks, lines: Sequence[str], accounts: Accounts) -> None:
        self.layout, self.hooks, self.lines, self.accounts = layout, hooks, lines, accounts
        self.absence = all(one.says_absence for one in layout.notations)

    def rows(
        self, kind: Kind, table: Table, needed: Sequence[str], read: Callable[[Row, Roles], Record | str | None]
    ) -> Iterator[Record]:
        """What `read` makes of each row, as `read_table` has it."""
        table = clean_header(table)
        width = len(table.header.texts)
        rows = tuple(self.hooks.mend(row, width) or row for row in table.rows)
        columns = {word: role for word, role in self.layout.columns.items() if role in _ROLES.get(kind, (role,))}
        form = Form(kind, columns, needed, needed)
        return read_table(form, table._replace(rows=rows), self.lines, read, self.accounts)

    def text(self, row: Row, roles: Roles, role: str) -> str:
        """The text of a cell, lines and entities in it as they are meant; "" where there is no such column."""
        at = roles.get(role)
        if at is None or (row.ragged and role != "name"):
            return ""
        text = self.plain(break_lines(row.texts[at]))
        return text if is_plain(text) else clean(text, row.span(at), self.accounts)

    def plain(self, text: str) -> str:
        """Text without entities, and without backslashes before quotes, where the layout has such."""
        if self.layout.entities and ("&" in text or "\\" in text):
            text = _QUOTED.sub(r"\1", _ENTITY.sub(lambda match: html.unescape(match[1]), text))
        return text

    # models
    def fields(self, section: Section, seen: dict[tuple[str, bool], int]) -> Iterator[FieldRecord]:
        """A record for each row of the tables of a model; `seen` has the lines of the fields it has by now.

        Rows without a name, and second ones of a name, are findings alone.
        """

        def read(row: Row, roles: Roles) -> FieldRecord | None:
            return only_field(self.field(row, roles), row, seen, self.accounts)

        for table in section.tables:
            untold = False
            for field in self.rows("field", table, ("name", "type"), read):
                if field.required is None and not self.absence:
                    field, untold = field._replace(required=False), True
                yield field
            if untold:
                message = "nothing here says which fields are required; all are taken to be optional"
                self.accounts.add("FS051", table.span, message)

    def field(self, row: Row, roles: Roles) -> FieldRecord:
        marks, said = self.layout.marks, Said()
        span = row.span(roles["name"])
        name, struck = read_name(peel_name(row.texts[roles["name"]], marks, said)[0])
        name, _ = peel_name(name, marks, said)
        for escape in self.layout.escapes:
            name = name.removeprefix(escape)
        check_name("name", name, span, self.accounts)
        text, moved = peel_type(self.text(row, roles, "type"), marks, said)
        place = row.span(roles["type"])
        cell = Cell(text, Span(place.path, place.line, place.column + moved, len(text)), row.ragged)
        doc = peel_text(self.text(row, roles, "doc"), marks, said)
        noted, known = self.noted(row, roles, said)
        has_column = any(role in roles for role in MARKED)

        def unsaid() -> None:
            if known and not row.ragged:
                message = f"nothing says whether {quote(name)} is required"
                self.accounts.add("FS031", span, message, "write a mark; or let the dialect have but one of the two")

        required = presence(said, marks, has_column, unsaid)
        example, default = self.text(row, roles, "example") or None, self.text(row, roles, "default") or None
        deprecation = "" if struck or "deprecated" in said else None
        source = next(role for role in (*MARKED, "default") if role in roles) if noted or default else ""
        return FieldRecord(
            *(name, cell, required, doc, example, noted or default, deprecation, span),
            nullable="nullable" in said,
            example_at=row.span(roles["example"]) if example else NOWHERE,
            default_at=row.span(roles[source if noted else "default"]) if source else NOWHERE,
        )

    def noted(self, row: Row, roles: Roles, said: Said) -> tuple[str | None, bool]:
        """Notes what the columns of marks say; (default, whether all of it is known)."""
        default: str | None = None
        known = True
        for role in (each for each in MARKED if each in roles):
            text = self.text(row, roles, role)
            noted = self.hooks.notes(text)
            odd = [text] if noted is None else say_words(noted.words or ("",), role, self.layout.marks, said)
            for word in filter(None, odd):
                known = False
                message = f"{role} mark {quote(word)} is not known"
                self.accounts.add("FS031", row.span(roles[role]), message, "write one of the marks of the dialect")
            default = noted.default if noted is not None and noted.default is not None else default
        return default, known

    # enums
    def values(self, section: Section) -> Iterator[ValueRecord]:
        """A record for each row or item of an enum. Second values of a name are findings alone."""
        named: dict[str, int] = {}

        def read(row: Row, roles: Roles) -> ValueRecord | str | None:
            if row.ragged:
                return None
            name, struck = read_name(row.texts[roles["name"]]) if "name" in roles else ("", False)
            if struck:
                message = f"that value {quote(name)} is struck out is not kept"
                self.accounts.add("FS035", row.span(roles["name"]), message, "say it in the description")
            value = self.value(row.texts[roles["value"]], row.span(roles["value"]))
            return self.checked(value._replace(name=name or None, doc=self.text(row, roles, "doc")), named)

        for table in section.tables:
            yield from self.rows("value", table, ("value",), read)
        for text, span in (item for bullets in section.bullets for item in bullets.items):
            known = len(self.accounts)
            stated = self.item(text, span)
            record = None if stated is None else self.checked(stated, named)
            yield from handed_on(record, "value", known, self.accounts)

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

    def checked(self, value: ValueRecord, named: dict[str, int]) -> ValueRecord | str | None:
        """The value, unless its name was there before; `named` has the lines of those that were."""
        if value.value.text in self.layout.invented:
            return "only the program that wrote the page knows it"
        check_value(value.value.text, value.value.span, self.accounts)
        if value.name is not None:
            check_name("name", value.name, value.value.span, self.accounts)
            if value.name in named:
                message = f"name {quote(value.name)} stands in line {named[value.name]} too"
                self.accounts.add("FS041", value.value.span, message)
                return None
            named[value.name] = value.value.span.line
        return value

    def value(self, text: str, span: Span) -> ValueRecord:
        """A value in a code span or bare; quoted ones say their type."""
        inner = self.plain(code_span(text) or text)
        return ValueRecord(None, Cell(inner, span), is_literal(inner) and inner[:1] in ("'", '"'), "")

    # unions
    def members(self, section: Section) -> Iterator[Cell]:
        """The type cells of a union, out of a table or bullets."""

        def read(row: Row, roles: Roles) -> Cell:
            return Cell(self.text(row, roles, "type"), row.span(roles["type"]), row.ragged)

        for table in section.tables:
            yield from self.rows("option", table, ("type",), read)
        for text, span in (item for bullets in section.bullets for item in bullets.items):
            yield from handed_on(Cell(text, span), "option", len(self.accounts), self.accounts)
