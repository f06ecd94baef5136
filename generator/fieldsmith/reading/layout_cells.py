"""Rows of a table + Layout -> what stands in their cells, each behind its role and free of what is no part of it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from fieldsmith.reading import layout as layouts
from fieldsmith.reading.accounts import Accounts, Kind
from fieldsmith.reading.cells import blank_breaks, break_lines, clean, is_plain, quote, read_name
from fieldsmith.reading.columns import Form, Record, Roles, read_table
from fieldsmith.reading.layout import Layout, Role, role_of
from fieldsmith.reading.markdown import plain_text
from fieldsmith.reading.marks import Said, marking_of
from fieldsmith.reading.records import Cell, DefinitionRecord, FieldRecord
from fieldsmith.reading.sections import clean_header, without_anchor
from fieldsmith.reading.tables import Row, Table, header_words

_ENTITY = re.compile(r"\\?(&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});)", re.IGNORECASE)
_QUOTED = re.compile(r'\\(["\'`])')
_FOOTNOTE = 12  # characters of the longest that is looked for
# Roles of columns that go into the description end in the word of their header.
_KEPT = "kept: "
_APPLIES = "applies: "
# What rows of each kind define.
_DEFINES: Mapping[Kind, layouts.Kind] = {"field": "model", "value": "enum", "option": "union"}
# The columns that say something of a value or a member of a union.
_ROLES: Mapping[Kind, tuple[Role, ...]] = {"value": ("value", "name", "doc"), "option": ("type",)}


class Noted(NamedTuple):
    """What the cell of a column of marks says: its words, and a default."""

    words: tuple[str, ...]
    default: str | None = None


Settle = Callable[[tuple[DefinitionRecord, ...], Accounts], tuple[DefinitionRecord, ...]]


class Hooks(NamedTuple):
    """What a layout cannot say as data.

    notes  the text of a cell in a column of marks, taken apart; None where it is none
    mend   a row that is cut at pipes of its text, given with the width of its table; None for any other
    omit   why a row with such a description is no field; "" for any other
    field  a field as it is by all that its row says, given with what gives the cell of a role, and where findings go
    whole  the one field that two rows of a name are together, given in their order; None where they are two
    settle  the definitions of a page, seen together
    """

    notes: Callable[[str], Noted | None] = lambda text: Noted((plain_text(text),) if text else ())
    mend: Callable[[Row, int], Row | None] = lambda row, width: None
    omit: Callable[[str], str] = lambda doc: ""
    field: Callable[[FieldRecord, Callable[[Role], Cell], Accounts], FieldRecord] = lambda field, cell, accounts: field
    whole: Callable[[FieldRecord, FieldRecord], FieldRecord | None] = lambda first, second: None
    settle: Settle = lambda records, accounts: records


NO_HOOKS = Hooks()


class CellReader:
    """Reads the cells of one page."""

    def __init__(self, layout: Layout, hooks: Hooks, lines: Sequence[str], accounts: Accounts) -> None:
        self.layout, self.hooks, self.lines, self.accounts = layout, hooks, lines, accounts
        self.marking = marking_of(layout)
        self.describing = layout.kept or "applies" in layout.columns.values()

    def rows(
        self, kind: Kind, table: Table, essential: Sequence[str], read: Callable[[Row, Roles], Record | str | None]
    ) -> Iterator[Record]:
        """What `read` makes of each row, as `read_table` has it."""
        table = clean_header(table)
        width = len(table.header.texts)
        rows = tuple(self.hooks.mend(row, width) or row for row in table.rows)
        needed = self.layout.expected.get(_DEFINES[kind], essential)
        form = Form(kind, self.columns(kind, table), needed, essential)
        return read_table(form, table._replace(rows=rows), self.lines, read, self.accounts)

    def columns(self, kind: Kind, table: Table) -> dict[str, str]:
        """Words of headers -> roles, for all that the layout knows and those of the table."""
        layout = self.layout
        known = {**layout.columns, **(layout.value_columns if kind == "value" else {})}
        found: dict[str, str] = {word: role for word, role in known.items() if role in _ROLES.get(kind, (role,))}
        for at, word in enumerate(header_words(table)[: self.accounts.limits.columns]):  # wider ones are refused
            role = role_of(layout, word, _DEFINES[kind])
            if role is not None and role in _ROLES.get(kind, (role,)):
                found[word] = self.headed(_APPLIES, table, at) if role == "applies" else role
            elif layout.kept:
                found[word] = self.headed(_KEPT, table, at)
        return found

    def headed(self, role: str, table: Table, at: int) -> str:
        """The role of a column that goes into the description, behind the word of its header."""
        text = table.header.texts[at]
        return role + (text if is_plain(text) else clean(text, table.header.span(at), self.accounts))

    def text(self, row: Row, roles: Roles, role: str, broken: Callable[[str], str] = break_lines) -> str:
        """The text of a cell, lines and entities in it as they are meant; "" where there is no such column.

        Nothing is taken out of types, which hold names and values: whoever reads them refuses what does not show.
        """
        at = roles.get(role)
        if at is None:
            return ""
        text = self.plain(broken(row.texts[at]))
        if text in self.layout.nothing and role != "example":  # which may be just that text
            return ""
        return text if role == "type" or is_plain(text) else clean(text, row.span(at), self.accounts)

    def plain(self, text: str) -> str:
        """Text without entities, and without backslashes before quotes, where the layout has such."""
        if self.layout.entities and ("&" in text or "\\" in text):
            text = _QUOTED.sub(r"\1", _ENTITY.sub(lambda match: html.unescape(match[1]), text))
        return text

    def name(self, text: str, said: Said) -> tuple[str, bool]:
        """The name in a cell without the marks at it, which are noted, and whether it is struck."""
        peel = self.marking.peel_name
        name, struck = read_name(peel(self.unnoted(without_anchor(text)), said)[0])
        name, _ = peel(self.unnoted(name), said)
        for escape in self.layout.escapes:
            name = name.removeprefix(escape)
        return name, struck

    def name_and_type(self, row: Row, roles: Roles, key: Role) -> tuple[str, Cell]:
        """The text of the name and the cell of the type: in two cells, or both in one, or with a type for all."""
        layout, named = self.layout, row.texts[roles[key]]
        if "type" in roles:
            written = self.text(row, roles, "type", blank_breaks)
            for text, meant in layout.stands_for.items():
                written = written.replace(text, meant)
            return named, self.unwrapped(Cell(self.unnoted(written), row.span(roles["type"]), row.ragged != 0))
        place = row.span(roles[key])
        if not layout.joined:
            return named, Cell(layout.untyped, place, told=not layout.untyped)
        match = re.fullmatch(layout.joined, named)
        if match is None:
            if not row.ragged:
                message = f"{quote(named)} holds no name with a type behind it"
                self.accounts.add("FS075", place, message)
            return named, Cell("", place, told=True)
        place = place._replace(column=place.column + match.start("type"))
        return match["name"], self.unwrapped(Cell(self.plain(match["type"]), place, row.ragged != 0))

    def unwrapped(self, cell: Cell) -> Cell:
        """The cell of a type without what the layout puts around types."""
        around, text = self.layout.around, cell.text
        if not around or len(text) <= 2 * len(around) or not (text.startswith(around) and text.endswith(around)):
            return cell
        inner = text[len(around) : -len(around)]
        return cell._replace(text=inner, span=cell.span._replace(column=cell.span.column + len(around)))

    def unnoted(self, text: str) -> str:
        """A name or type without what points to notes below the table."""
        end = len(text)
        if not self.layout.footnotes or text[:1] == "*":  # stars around a text are emphasis
            return text
        while found := re.search(rf"(?:{self.layout.footnotes})\Z", text[max(0, end - _FOOTNOTE) : end]):
            end -= len(found[0])
        return text[:end].rstrip(" ") or text

    def remark(self, text: str) -> tuple[str, str]:
        """A type, and the remark behind it."""
        if not self.layout.remarks:
            return text, ""
        found = re.search(rf"(?:{self.layout.remarks})\Z", text)
        if found is None or not found.start():
            return text, ""
        return text[: found.start()].rstrip(" "), next(filter(None, found.groups()), "")

    def also(self, row: Row, roles: Roles) -> Iterator[str]:
        """What goes into the description, behind the words of the headers."""
        for role in roles if self.describing else ():
            text = self.text(row, roles, role) if role.startswith((_KEPT, _APPLIES)) else ""
            if text and not (role.startswith(_APPLIES) and self.is_everywhere(text)):
                yield f"{role.partition(': ')[2]}: {text}"

    def everywhere(self, row: Row, roles: Roles) -> bool:
        """Whether a row counts for all variants of its definition; a ragged one has lost the cell that says so."""
        return not self.describing or all(
            not row.ragged and self.is_everywhere(self.text(row, roles, role))
            for role in roles
            if role.startswith(_APPLIES)
        )

    def is_everywhere(self, text: str) -> bool:
        return plain_text(text).lower() in ("", *self.layout.everywhere)
