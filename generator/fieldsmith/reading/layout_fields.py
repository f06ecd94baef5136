"""Tables of a model + Layout -> records of fields; every row is one or a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fieldsmith.diagnostics import NOWHERE, Span
from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.bounds import may_state
from fieldsmith.reading.cells import check_marks, check_name, clean, hidden_in_text, quote, read_name
from fieldsmith.reading.columns import Roles, in_place, only_field
from fieldsmith.reading.layout import MARKED, STATING, Layout, Role
from fieldsmith.reading.layout_cells import CellReader, Hooks
from fieldsmith.reading.marks import Said
from fieldsmith.reading.records import Cell, FieldRecord, Stated
from fieldsmith.reading.sections import roles_in
from fieldsmith.reading.tables import Row, Table

_FEW = 5
_Key = tuple[str, bool]  # the name of a field, and whether it is a pattern of further keys


class Marks(NamedTuple):
    """What columns of marks say beside their words: a default, a condition, and whether all of it is known."""

    default: str | None = None
    default_at: Span = NOWHERE
    condition: str = ""
    known: bool = True


class FieldReader(CellReader):
    """Reads the tables of models of one page."""

    def __init__(self, layout: Layout, hooks: Hooks, lines: Sequence[str], accounts: Accounts) -> None:
        super().__init__(layout, hooks, lines, accounts)
        # Where no mark says it, types do; or there is a finding, as a column is not there that should be.
        self.told = "required" in layout.expected.get("model", ()) or all(one.says_absence for one in layout.notations)

    def fields(self, table: Table, seen: dict[_Key, int]) -> Iterator[FieldRecord]:
        """A record for each row of a table of a model; `seen` has the lines of the fields it has by now.

        Rows without a name, and second ones of a name, are findings alone.
        """
        varying: list[str] = []
        found: dict[_Key, FieldRecord] = {}

        def read(row: Row, roles: Roles) -> FieldRecord | str | None:
            if "doc" in roles and not row.ragged and (reason := self.hooks.omit(row.texts[roles["doc"]])):
                return reason
            field, varies = self.field(row, roles)
            varying.extend([field.name] if varies else [])
            return self.once(field, row, seen, found)

        untold = False
        needed = self.layout.needed("model")
        if "pattern" in roles_in(table, self.layout, "model"):
            needed = ("pattern", *needed[1:])
        rows = tuple(self.rows("field", table, needed, read))
        for field in (found[row.name, row.further] for row in rows):
            if field.required is None and not self.told:
                field, untold = field._replace(required=False), True
            yield field
        if untold:
            message = "nothing here says which fields are required; all are taken to be optional"
            self.accounts.add("FS051", table.span, message)
        if varying:
            self.tell_varying(varying, table.span)

    def once(
        self, field: FieldRecord, row: Row, seen: dict[_Key, int], found: dict[_Key, FieldRecord]
    ) -> FieldRecord | str | None:
        """A field that goes into `found`, as the first of its name or as a part of that; else None and a finding."""
        key = field.name, field.further
        whole = self.hooks.whole(found[key], field) if key in found else None
        if whole is not None:
            found[key] = whole
            return "it says more of the field of a row above it"
        only = only_field(field, row, seen, self.accounts)
        found.update({} if only is None else {key: only})
        return only

    def tell_varying(self, names: Sequence[str], span: Span) -> None:
        few = ", ".join(map(quote, names[:_FEW])) + (", ..." if len(names) > _FEW else "")
        message = f"said to count for some variants only, and so taken to be optional: {few}"
        self.accounts.add("FS071", span, message)

    def field(self, row: Row, roles: Roles) -> tuple[FieldRecord, bool]:
        """The record of a row, and whether it is optional only because it counts on some condition."""
        said = Said()
        key: Role = "name" if "name" in roles else "pattern"
        span = row.span(roles[key])
        if row.ragged:
            row = in_place(row, roles, self.marking.presences, key)
        named, typed = self.name_and_type(row, roles, key)
        name, struck = self.name(named, said)
        check_name("name", name, span, self.accounts)
        cell, remark = self.type(typed, said)
        marks = self.marks(row, roles, said)
        text, deprecation = self.deprecation(self.text(row, roles, "doc"))
        doc = self.marking.peel_text(text, said)
        varies = bool(marks.condition) or not self.everywhere(row, roles)
        required = self.required(name, row, roles, said, marks.known and not varies)
        example, default = self.text(row, roles, "example") or None, self.default(row, roles)
        default_at = row.span(roles["default"]) if default else NOWHERE
        record = FieldRecord(
            name,
            cell,
            False if varies else required,
            "\n".join(filter(None, (text if varies else doc, remark, marks.condition, *self.also(row, roles)))),
            example,
            marks.default or default,
            deprecation if deprecation is not None else "" if struck or "deprecated" in said else None,
            span,
            further=key == "pattern",
            nullable="nullable" in said,
            example_at=row.span(roles["example"]) if example else NOWHERE,
            default_at=marks.default_at if marks.default else default_at,
            doc_at=row.span(roles["doc"]) if may_state(doc) else None,
            default_by="note" if marks.default else "column",
            stated=tuple(self.stated(row, roles)),
            repeated="repeated" in said,
            wire=self.wire(row, roles),
            ruled="condition" if varies else "mark" if said & {"required", "optional"} else "nothing",
        )
        if record.wire is None and not record.further:
            check_marks(name, span, self.accounts)
        told = not row.ragged and (bool(marks.condition) or (varies and required is not False))
        return self.hooked(record, row, roles), told

    def hooked(self, field: FieldRecord, row: Row, roles: Roles) -> FieldRecord:
        """A field as the hook of its layout leaves it; what values it takes out of other cells must show."""

        def given(role: Role) -> Cell:
            return Cell(self.text(row, roles, role), row.span(roles.get(role, 0)))

        made = self.hooks.field(field, given, self.accounts)
        hidden = hidden_in_text(row.source) if made.type.text != field.type.text else None
        if hidden is not None:
            self.accounts.add("FS022", field.span, hidden)
        return made

    def required(self, name: str, row: Row, roles: Roles, said: Said, asked: bool) -> bool | None:
        """Whether a field is required, None where types say it. What contradicts itself is a finding, and so is a field
        that is `asked` for a mark and has none."""

        def tell(message: str, help: str) -> None:
            if not row.ragged:
                at = next(roles[role] for role in ("required", "name", "pattern") if role in roles)
                self.accounts.add("FS031", row.span(at), message, help)

        def unsaid() -> bool | None:
            if asked:
                tell(f"nothing says whether {quote(name)} is required", self.advice("required"))
            return None if self.told else False

        if "required" in said and "optional" in said:
            message = f"{quote(name)} is marked as required and as optional; it is taken to be required"
            tell(message, "take one of the two marks out")
        elif row.ragged and "required" not in said and "optional" not in said:
            return unsaid()  # its marks may have stood in a cell that is not told
        return self.marking.presence(said, any(role in roles for role in MARKED), unsaid)

    def deprecation(self, text: str) -> tuple[str, str | None]:
        """A description without the mark that says of a field that it is deprecated, and the message in that mark."""
        match = re.match(self.layout.deprecation, text, re.DOTALL) if text and self.layout.deprecation else None
        if match is None:
            return text, None
        rest = text[match.end() :].lstrip("\n")
        return "" if rest in self.layout.nothing else rest, match["message"].strip()

    def type(self, cell: Cell, said: Said) -> tuple[Cell, str]:
        """The cell of a type without its marks, and what else it says."""
        whole, remark = self.remark(cell.text)
        text, moved = self.marking.peel_type(self.unnoted(whole), said)
        if text != cell.text:
            span = cell.span._replace(column=cell.span.column + moved, width=len(text))
            cell = cell._replace(text=text, span=span)
        return cell, remark and f"Type: {clean(remark, cell.span, self.accounts)}"

    def wire(self, row: Row, roles: Roles) -> str | None:
        """The name in the JSON; None where the row has none, for then it is the field's."""
        name = read_name(row.texts[roles["wire"]])[0] if "wire" in roles else ""
        if not name:
            return None
        check_name("JSON name", name, row.span(roles["wire"]), self.accounts)
        return name

    def stated(self, row: Row, roles: Roles) -> Iterator[Stated]:
        """What columns for it say of the field's values."""
        for role in STATING:
            if role in roles and (text := self.text(row, roles, role)):
                yield Stated(role, text, row.span(roles[role]))

    def default(self, row: Row, roles: Roles) -> str | None:
        text = self.text(row, roles, "default")
        return text if text and text.lower() not in self.layout.unset else None

    def marks(self, row: Row, roles: Roles, said: Said) -> Marks:
        """Notes what the columns of marks say, and gives the rest of what stands in them."""
        marks = Marks()
        for role in (each for each in MARKED if each in roles):
            text = self.text(row, roles, role)
            noted = self.hooks.notes(text)
            odd = [text] if noted is None else self.marking.say_words(noted.words or ("",), role, said)
            for word in filter(None, odd):
                if self.layout.conditions and role == "required":
                    marks = marks._replace(condition=f"Required: {text}")
                    continue
                marks = marks._replace(known=False)
                message = f"{role} mark {quote(word)} is not known"
                self.accounts.add("FS031", row.span(roles[role]), message, self.advice(role))
            if noted is not None and noted.default is not None:
                marks = marks._replace(default=noted.default, default_at=row.span(roles[role]))
        return marks

    def advice(self, role: Role) -> str:
        """What to write where a mark is not known."""
        return f"write {' or '.join(map(quote, self.marking.words_of(role))) or 'a mark of the dialect'}"
