"""Draft of a schema + overlays -> the draft with their facts in it, and which went where; every mistake is a finding.

Nothing else changes, and no file is read here. What shows only across definitions (endless aliases, discriminators,
defaults) is judged after it, so that it is judged by what the overlays say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.limits import LIMITS, Limits
from fieldsmith.reading.canonical import ANY, make_nullable
from fieldsmith.reading.corrections import Applied, Entry, Overlay, Told
from fieldsmith.reading.names import Names, page_of, shorten
from fieldsmith.reading.notations.fieldsmith import FIELDSMITH
from fieldsmith.reading.overlaytexts import faults
from fieldsmith.reading.records import Cell, FieldRecord
from fieldsmith.reading.renaming import Leaving, leave
from fieldsmith.reading.resolve import Draft
from fieldsmith.reading.typereading import TypeReader
from fieldsmith.reading.typewalk import Kinds
from fieldsmith.schema import (
    Alias,
    Definition,
    Discriminator,
    Enum,
    EnumValue,
    Field,
    JsonScalar,
    Model,
    Nullable,
    OneOf,
    TypeExpr,
)
from fieldsmith.suggest import near


class Laid(NamedTuple):
    """The draft, and which facts went into it."""

    draft: Draft
    applied: tuple[Applied, ...]


def lay_over(
    draft: Draft, overlays: Sequence[Overlay], diagnostics: Diagnostics, *, wires: bool, limits: Limits = LIMITS
) -> Laid:
    """Each overlay over what those before it have left. `wires`: names in the JSON are those on the pages."""
    applied: list[Applied] = []
    for overlay in overlays:
        layer = _Layer(draft, diagnostics, wires, limits)
        for entry in overlay.entries:
            layer.lay(entry)
        draft, names = leave(layer.result(), layer.leaving, diagnostics, limits)
        applied = [
            one._replace(key=key, field=field)
            for one in (*applied, *layer.applied)
            if (found := names(one.key, one.field)) is not None
            for key, field in [found]
        ]
    return Laid(draft, tuple(applied))


class _Layer:
    """One overlay over a draft; renames and drops wait in `leaving` until all else is in place."""

    def __init__(self, draft: Draft, diagnostics: Diagnostics, wires: bool, limits: Limits) -> None:
        self.draft, self.diagnostics, self.wires = draft, diagnostics, wires
        self.definitions = {one.key: one for one in draft.definitions}
        self.told, self.settled = dict(draft.told), set[str]()
        self.rows = dict(draft.rows)
        self.leaving = Leaving({}, {})
        self.void: set[str] = set()  # facts of the present entry that do nothing
        self.applied: list[Applied] = []
        self.titles: dict[str, list[str]] = defaultdict(list)
        pages: dict[str, list[str]] = defaultdict(list)
        for one in draft.definitions:
            self.titles[one.name].append(one.key)
            pages[page_of(one.key, one.name)].append(one.name)
        self.names = Names((path, tuple(titles)) for path, titles in pages.items())
        aliases = frozenset(one.key for one in draft.definitions if isinstance(one, Alias))
        self.reader = TypeReader(FIELDSMITH, self.names, Diagnostics(), Kinds(aliases), limits)

    def result(self) -> Draft:
        untold, strays = self.draft.untold - self.settled, self.draft.strays - self.settled
        return Draft(tuple(self.definitions.values()), self.told, untold, strays, self.rows)

    def lay(self, entry: Entry) -> None:
        """Put the facts of an entry where they belong."""
        self.void = set()
        wrong = list(faults(entry, self.reader.limits))
        for each in wrong:
            self.add(each.code, entry, each.fact, each.message, each.help)
        key = self.key(entry)
        if key is None or wrong:
            return
        one = self.definitions[key]
        if entry.facts.drop and len(entry.facts.said()) > 1:
            self.refuse(entry, "drop", "other facts of the entry say what it is to be like")
            return
        if entry.field is not None:
            self.field(one, entry)
        else:
            self.definition(one, entry)
        done = tuple(name for name in entry.places if name not in self.void)
        if done:
            self.applied.append(Applied(key, entry.field, done, entry.reason, entry.place))

    def add(self, code: str, entry: Entry, fact: str, message: str, help: str | None = None) -> None:
        self.void |= {fact} if fact else entry.places.keys()
        self.diagnostics.add(code, entry.places.get(fact, entry.place), message, help)

    def refuse(self, entry: Entry, fact: str, why: str) -> None:
        self.add("FS324", entry, fact, f"`{fact}` does not fit: {why}")

    def idle(self, entry: Entry, fact: str) -> None:
        self.add("FS321", entry, fact, f"`{fact}` of {shorten(entry.called)} is so without the overlay")

    def key(self, entry: Entry) -> str | None:
        """The one definition that an entry is about."""
        if entry.definition in self.definitions:
            return entry.definition
        keys = self.titles.get(entry.definition, [])
        if len(keys) == 1:
            return keys[0]
        if keys:
            message = f"{shorten(entry.definition)} is defined on {len(keys)} pages"
            self.add("FS320", entry, "", message, f"write one of {', '.join(map(shorten, keys))}")
            return None
        help_text = near(entry.definition, [*self.titles, *self.definitions])
        self.add("FS320", entry, "", f"no page defines {shorten(entry.definition)}", help_text)
        return None

    # definitions
    def definition(self, one: Definition, entry: Entry) -> None:
        facts = entry.facts
        for fact in ("required", "default", "wire_name", "add"):
            if fact in entry.places:
                self.refuse(entry, fact, "only fields have it")
        if facts.values is not None:
            one = self.with_values(one, facts.values, entry)
        if isinstance(one, Alias):
            one = self.alias(one, entry)
        else:
            for fact in ("type", "nullable", "discriminator"):
                if fact in entry.places:
                    self.refuse(entry, fact, f"{shorten(one.name)} is no union and no name for a type")
        self.definitions[one.key] = one
        self.part(one.name, (one.key, None), entry)

    def part(self, name: str, at: tuple[str, str | None], entry: Entry) -> None:
        """Note what goes, and what gets another name."""
        new = entry.facts.rename
        if new == name:
            self.idle(entry, "rename")
        elif new is not None:
            self.leaving.names[at] = (new, entry.places["rename"])
        if entry.facts.drop:
            self.leaving.drops[at] = entry.places["drop"]

    def alias(self, one: Alias, entry: Entry) -> Alias:
        facts = entry.facts
        type_ = self.typed(one.type, one, entry)
        if facts.discriminator is not None:
            told = self.discriminator(facts.discriminator, type_, one, entry)
            if told is not None and self.told.get(one.key) == told:
                self.idle(entry, "discriminator")
            elif told is not None:
                self.told[one.key] = told
        if facts.type is not None:
            self.settled.add(one.key)
        return one._replace(type=type_)

    def with_values(self, one: Definition, wanted: Sequence[JsonScalar], entry: Entry) -> Definition:
        """An enum of these values; those that it has keep their names and texts."""
        if isinstance(one, Model) or (isinstance(one, Alias) and one.type != ANY):
            self.refuse(entry, "values", f"{shorten(one.name)} is no enum")
            return one
        known = {_identity(each.value): each for each in one.values} if isinstance(one, Enum) else {}
        if not wanted or len({_identity(value) for value in wanted}) < len(wanted):
            self.refuse(entry, "values", "an enum has one value at least, and each once")
            return one
        made = tuple(known.get(_identity(value)) or EnumValue(None, value, "", one.span) for value in wanted)
        if isinstance(one, Enum):
            if made == one.values:
                self.idle(entry, "values")
            return one._replace(values=made)
        self.settled.add(one.key)
        return Enum(one.key, one.name, one.namespace, one.doc, one.deprecation, one.span, made, False)

    # fields
    def field(self, one: Definition, entry: Entry) -> None:
        if not isinstance(one, Model):
            self.add("FS320", entry, "", f"{shorten(one.name)} has no fields, and no {shorten(entry.field or '')}")
            return
        if entry.facts.values is not None:
            self.refuse(entry, "values", "only enums have it; say it by `type`, as constants")
        at = next((at for at, field in enumerate(one.fields) if field.name == entry.field), None)
        if at is None:
            self.new_field(one, entry)
            return
        if entry.facts.add:
            self.idle(entry, "add")
        field = self.corrected(one.fields[at], one, entry)
        self.definitions[one.key] = one._replace(fields=(*one.fields[:at], field, *one.fields[at + 1 :]))
        self.part(field.name, (one.key, field.name), entry)

    def new_field(self, one: Model, entry: Entry) -> None:
        facts, name = entry.facts, entry.field or ""
        if not facts.add:
            help_text = near(name, [field.name for field in one.fields])
            help_text = help_text or (None if facts.drop else "say `add = true` if no page has it")
            self.add("FS320", entry, "", f"{shorten(one.name)} has no field {shorten(name)}", help_text)
            return
        for fact in ("rename", "drop"):
            if fact in entry.places:
                self.refuse(entry, fact, "the field is new")
        if facts.type is None:
            self.refuse(entry, "add", "a new field needs a `type`")
            return
        type_ = self.typed(ANY, one, entry)
        if facts.discriminator is not None:
            type_ = self.with_discriminator(type_, one, entry)
        required = bool(facts.required)
        place = entry.places["type"]
        row = FieldRecord(name, Cell(facts.type, place), required, "", None, None, None, one.span)
        field = Field(name, type_, required, "", None, None, None, one.span, wire=facts.wire_name)
        self.rows[field.span, name] = row
        self.definitions[one.key] = one._replace(fields=(*one.fields, self.with_default(field, entry)))

    def with_default(self, field: Field, entry: Entry) -> Field:
        """The field with the default of an overlay: whatever the page says of it, by whatever rule."""
        text = entry.facts.default
        if text is None:
            return field
        place = entry.places["default"]
        row = self.rows[field.span, field.name]
        self.rows[field.span, field.name] = row._replace(default=text, default_at=place, default_by="overlay")
        return field._replace(default=text, default_at=place)

    def corrected(self, field: Field, one: Model, entry: Entry) -> Field:
        facts = entry.facts
        type_ = self.typed(field.type, one, entry)
        if facts.discriminator is not None:
            type_ = self.with_discriminator(type_, one, entry)
        field = field._replace(type=type_)
        if facts.required is not None:
            if facts.required == field.required:
                self.idle(entry, "required")
            field = field._replace(required=facts.required)
        if facts.default is not None:
            if facts.default == field.default:
                self.idle(entry, "default")
            field = self.with_default(field, entry)
        if facts.wire_name is not None:
            if facts.wire_name == (field.wire if field.wire is not None or not self.wires else field.name):
                self.idle(entry, "wire_name")
            field = field._replace(wire=facts.wire_name)
        return field

    # types
    def typed(self, old: TypeExpr, one: Definition, entry: Entry) -> TypeExpr:
        """A type by what is said of it; findings where that cannot be read, or is so already."""
        facts, type_ = entry.facts, old
        if facts.type is not None:
            type_ = self.read(facts.type, one, entry)
            if type_ == old and not facts.add:
                self.idle(entry, "type")
        if facts.nullable is not None:
            bare = type_.inner if isinstance(type_, Nullable) else type_
            changed = make_nullable(bare) if facts.nullable else bare
            if changed == type_ and facts.type is None:
                self.idle(entry, "nullable")
            type_ = changed
        return type_

    def read(self, text: str, one: Definition, entry: Entry) -> TypeExpr:
        place = entry.places["type"]
        self.reader.diagnostics = Diagnostics()
        reading = self.reader.read(Cell(text, place), page_of(one.key, one.name), "cell")
        for finding in self.reader.diagnostics:
            self.add("FS323", entry, "type", finding.message, finding.help)
        return make_nullable(reading.type) if reading.nullable else reading.type

    def target(self, title: str, page: str) -> str | None:
        """The key of the definition that a title, or a key, means on a page."""
        if title in self.definitions:
            return title
        keys = self.titles.get(title, [])
        ref = self.names.named(page, title) if len(keys) != 1 else None
        return ref.key if ref is not None else keys[0] if len(keys) == 1 else None

    def with_discriminator(self, type_: TypeExpr, one: Model, entry: Entry) -> TypeExpr:
        told = self.discriminator(entry.facts.discriminator or Told("", ()), type_, one, entry)
        if told is None:
            return type_
        if isinstance(type_, Nullable) and isinstance(type_.inner, OneOf):
            return Nullable(replace(type_.inner, discriminator=told))
        return replace(type_, discriminator=told) if isinstance(type_, OneOf) else type_

    def discriminator(self, told: Told, type_: TypeExpr, one: Definition, entry: Entry) -> Discriminator | None:
        union = type_.inner if isinstance(type_, Nullable) else type_
        if not isinstance(union, OneOf):
            self.refuse(entry, "discriminator", "the type is no union")
            return None
        mapping: list[tuple[str, str]] = []
        for tag, title in told.mapping:
            found = self.target(title, page_of(one.key, one.name))
            if found is None:
                help_text = near(title, self.titles)
                self.add("FS320", entry, "discriminator", f"no page defines {shorten(title)}", help_text)
                return None
            mapping.append((tag, found))
        return Discriminator(told.field, tuple(mapping))


def _identity(value: object) -> tuple[str, object]:
    """`1`, `1.0` and `true` are three values."""
    return type(value).__name__, value
