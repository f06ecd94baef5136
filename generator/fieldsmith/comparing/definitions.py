"""Two schemas -> all changes from the one to the other: definitions, fields, values, types, what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fieldsmith.comparing.changes import Change, Place
from fieldsmith.comparing.constraints import limited
from fieldsmith.comparing.kinds import Kind
from fieldsmith.comparing.matching import alike, paired
from fieldsmith.comparing.rekeying import rekeyed
from fieldsmith.comparing.spelling import literal, shortened, spelled
from fieldsmith.comparing.typechanges import TypeChanges
from fieldsmith.comparing.values import Side, side_of
from fieldsmith.diagnostics import Span
from fieldsmith.schema import Alias, Definition, Enum, EnumValue, Field, Model, OneOf, Ref, Schema, TypeExpr
from fieldsmith.values import default_of

Text = str | None


def changes(old: Schema, new: Schema, pairs: Mapping[str, str] | None = None) -> tuple[Change, ...]:
    """The changes from `old` to `new`, in the order of the new pages, with what was removed at the end.

    `pairs` says which old definitions (by key) are which new ones; otherwise `paired` does.
    """
    pairs = paired(old, new) if pairs is None else pairs
    names = {one.key: one.name for one in new.definitions}
    keys = {**{one.key: f"{one.key} (removed)" if one.key in names else one.key for one in old.definitions}, **pairs}
    before = {keys[one.key]: rekeyed(one, keys, names)._replace(key=keys[one.key]) for one in old.definitions}
    return tuple(Comparison(Schema(tuple(before.values())), new).run())


class Comparison:
    """One comparison: `old` has the keys of `new`, where a definition is in both."""

    def __init__(self, old: Schema, new: Schema) -> None:
        self.before, self.after = side_of(old), side_of(new)
        self.types = TypeChanges(self.before, self.after)

    def run(self) -> Iterator[Change]:
        hints = self._likely()
        for key, one in self.after.definitions.items():
            earlier = self.before.definitions.get(key)
            if earlier is None:
                yield Change("definition-added", _at(None, one), after=kind_of(one), hint=hints.get(key, ""))
            else:
                yield from self.definition(earlier, one)
        for key, one in self.before.definitions.items():
            if key not in self.after.definitions:
                yield Change("definition-removed", _at(one, None), before=kind_of(one), hint=hints.get(key, ""))

    def _likely(self) -> dict[str, str]:
        """By key, what a definition that came or went may have been called before or be called now."""
        gone = [one for key, one in self.before.definitions.items() if key not in self.after.definitions]
        come = [one for key, one in self.after.definitions.items() if key not in self.before.definitions]
        hints: dict[str, str] = {}
        for one, other in alike(gone, come, _shape):
            hints |= {one.key: _perhaps(other.name), other.key: _perhaps(one.name)}
        return hints

    def definition(self, old: Definition, new: Definition) -> Iterator[Change]:
        """The changes from one state of a definition to another."""
        place = _at(old, new)
        if old.name != new.name:
            yield Change("definition-renamed", place, old.name, new.name)
        elif old.span.path != new.span.path:
            yield Change("definition-moved", place, old.span.path, new.span.path)
        yield from _said(place, (old.deprecation, old.doc), (new.deprecation, new.doc))
        match old, new:
            case Model(), Model():
                yield from self._model(place, old, new)
            case Enum(), Enum():
                yield from _enum(place, old, new)
            case Alias(), Alias():
                yield from self.types.of(place, old.type, new.type)
            case _:
                yield from self._kinds(place, old, new)

    def _kinds(self, place: Place, old: Definition, new: Definition) -> Iterator[Change]:
        """What was a model, an enum or an alias and is another of these: the values count."""
        types = _as_type(old, self.before), _as_type(new, self.after)
        kinds = f"{kind_of(old)}: {spelled(types[0])}", f"{kind_of(new)}: {spelled(types[1])}"
        for change in self.types.of(place, *types):
            whole = change.place == place and change.kind.startswith("type-")
            yield change._replace(before=kinds[0], after=kinds[1]) if whole else change

    def _model(self, place: Place, old: Model, new: Model) -> Iterator[Change]:
        before = {field.name: field for field in old.fields}
        after = {field.name: field for field in new.fields}
        gone = [one for one in old.fields if one.name not in after]
        come = [one for one in new.fields if one.name not in before]
        hints: dict[str, str] = {}
        for one, other in alike(gone, come, lambda field: repr((field.type, field.required))):
            hints |= {one.name: _perhaps(other.name), other.name: _perhaps(one.name)}
        for name, field in after.items():
            if name in before:
                yield from self._field(_member(place, before[name], field), before[name], field)
            else:
                yield from self._came(_member(place, None, field), old, field, hints.get(name, ""))
        for field in gone:
            yield from self._went(_member(place, field, None), field, new, hints.get(field.name, ""))
        yield from self._additional(place, old.additional, new.additional)

    def _came(self, place: Place, old: Model, field: Field, hint: str) -> Iterator[Change]:
        kind: Kind = "field-added-required" if field.required else "field-added-optional"
        yield Change(kind, place, after=spelled(field.type), hint=hint)
        if old.additional is not None:
            yield from self._retyped(place, old.additional, field.type)

    def _went(self, place: Place, field: Field, new: Model, hint: str) -> Iterator[Change]:
        kind: Kind = "field-removed-required" if field.required else "field-removed-optional"
        yield Change(kind, place, spelled(field.type), hint=hint)
        if new.additional is not None:
            yield from self._retyped(place, field.type, new.additional)

    def _retyped(self, place: Place, before: TypeExpr, after: TypeExpr) -> Iterator[Change]:
        if any(each.kind != "type-respelled" for each in self.types.of(place, before, after)):
            yield Change("additional-retyped", place, spelled(before), spelled(after))

    def _additional(self, place: Place, old: TypeExpr | None, new: TypeExpr | None) -> Iterator[Change]:
        if old is None and new is not None:
            yield Change("additional-added", place, after=spelled(new))
        elif old is not None and new is None:
            yield Change("additional-removed", place, before=spelled(old))
        elif old is not None and new is not None:
            yield from self.types.of(place.inside(".*"), old, new)

    def _field(self, place: Place, old: Field, new: Field) -> Iterator[Change]:
        if old.required != new.required:
            yield Change("required-added" if new.required else "required-removed", place)
        yield from self.types.of(place, old.type, new.type)
        yield from limited(place, old.constraints, new.constraints)
        was, is_ = default_of(old, self.before.types), default_of(new, self.after.types)
        if was != is_:
            yield from _default(place, old.default if was else None, new.default if is_ else None)
        texts = [(one.doc, one.example, one.default if was == is_ else None) for one in (old, new)]
        yield from _said(place, (old.deprecation, *texts[0]), (new.deprecation, *texts[1]))


def _enum(place: Place, old: Enum, new: Enum) -> Iterator[Change]:
    if old.open != new.open:
        yield Change("enum-opened" if new.open else "enum-closed", place)
    before, after = ({(type(one.value), one.value): one for one in each.values} for each in (old, new))
    for value, one in after.items():
        inner = place._replace(member=literal(one.value), new=one.span)
        if value not in before:
            yield Change("value-added-open" if old.open else "value-added-closed", inner._replace(old=None))
        else:
            yield from _value(inner._replace(old=before[value].span), before[value], one)
    for value, one in before.items():
        if value not in after:
            inner = place._replace(member=literal(one.value), old=one.span, new=None)
            yield Change("value-removed-open" if new.open else "value-removed-closed", inner)


def _value(place: Place, old: EnumValue, new: EnumValue) -> Iterator[Change]:
    if old.name != new.name:
        yield Change("value-renamed", place, old.name or "", new.name or "")
    yield from _said(place, (None, old.doc), (None, new.doc))


def _default(place: Place, old: Text, new: Text) -> Iterator[Change]:
    if old != new:
        kind: Kind = "default-added" if old is None else "default-removed" if new is None else "default-changed"
        yield Change(kind, place, shortened(old or ""), shortened(new or ""))


def _said(place: Place, old: tuple[Text, ...], new: tuple[Text, ...]) -> Iterator[Change]:
    """What is said of something: the message of its deprecation first, then texts that are for people alone."""
    was, is_ = old[0], new[0]
    if was is None and is_ is not None:
        yield Change("deprecated", place, after=shortened(is_))
    elif was is not None and is_ is None:
        yield Change("undeprecated", place, before=shortened(was))
    if old[1:] != new[1:] or (was != is_ and None not in (was, is_)):
        yield Change("docs-changed", place)


def kind_of(one: Definition) -> str:
    return type(one).__name__.lower()


def _at(old: Definition | None, new: Definition | None) -> Place:
    one = new or old
    assert one is not None
    return Place(one.key, one.name, "", "", old and old.span, new and new.span)


def _member(place: Place, old: Field | None, new: Field | None) -> Place:
    one = new or old
    assert one is not None
    spans: tuple[Span | None, Span | None] = old and old.span, new and new.span
    return place._replace(member=one.name, old=spans[0], new=spans[1])


def _perhaps(name: str) -> str:
    return f"perhaps renamed: `{shortened(name)}`"


def _shape(one: Definition) -> str:
    match one:
        case Model(fields=fields, additional=additional):
            return repr((sorted((field.name, repr(field.type), field.required) for field in fields), additional))
        case Enum(values=values):
            return repr(sorted(repr(value.value) for value in values))
        case Alias(type=type_):
            return repr(type_)


def _as_type(one: Definition, side: Side) -> TypeExpr:
    ref = Ref(one.key, one.name)
    if isinstance(one, Enum):
        members = side.members(ref)
        return members[0] if len(members) == 1 else OneOf(members)
    return one.type if isinstance(one, Alias) else ref
