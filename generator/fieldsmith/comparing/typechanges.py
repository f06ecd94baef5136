"""A type as it was and as it is -> the changes of what values it takes, each at its place in the type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from fieldsmith.comparing.changes import Change, Place
from fieldsmith.comparing.kinds import Kind
from fieldsmith.comparing.spelling import literal, spelled
from fieldsmith.comparing.values import Side, all_within, options_of, uncovered
from fieldsmith.leaves import leaves
from fieldsmith.schema import Const, Discriminator, ListOf, MapOf, Nullable, OneOf, TypeExpr
from fieldsmith.values import NULL

Types = list[TypeExpr]


class TypeChanges:
    """Compares types of two schemas; those of the old one refer to definitions by the keys of the new one."""

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new
        self.looked_at: set[tuple[TypeExpr, TypeExpr]] = set()  # on the way down: types may go round in circles

    def of(self, place: Place, before: TypeExpr, after: TypeExpr) -> Iterator[Change]:
        """The changes from `before` to `after`; none where they are the same."""
        pair = before, after
        if before == after or pair in self.looked_at:
            return
        self.looked_at.add(pair)
        found = [*self._values(place, before, after), *self._discriminators(place, _bare(before), _bare(after))]
        self.looked_at.remove(pair)
        yield from found or [_change("type-respelled", place, before, after)]

    def _values(self, place: Place, before: TypeExpr, after: TypeExpr) -> Iterator[Change]:
        shared = set(options_of(before)) & set(options_of(after))
        was = list(self.old.opened(options_of(before), shared))
        now = list(self.new.opened(options_of(after), shared))
        lost = uncovered(was, now, partial(all_within, self.old, self.new))
        gained = uncovered(now, was, partial(all_within, self.new, self.old))
        if NULL in lost:
            yield _change("null-removed", place, before, after)
        if NULL in gained:
            yield _change("null-added", place, before, after)
        lost, gained = _solid(lost), _solid(gained)
        inner = list(self._containers(place, was, now))
        for old, new, changes in inner:
            lost, gained = [one for one in lost if one != old], [one for one in gained if one != new]
            yield from changes
        common = bool(inner) or len(lost) < len(_solid(was)) or len(gained) < len(_solid(now))
        if common and (self._is_union(self.old, before) or self._is_union(self.new, after)):
            yield from (Change("option-removed", place, before=spelled(one)) for one in lost)
            yield from (Change("option-added", place, after=spelled(one)) for one in gained)
        elif lost or gained:
            yield _whole_change(place, (before, after), lost, gained)

    def _containers(
        self, place: Place, was: Types, now: Types
    ) -> Iterator[tuple[TypeExpr, TypeExpr, Iterator[Change]]]:
        """The list that was and the list that is, where there is one each and they differ; likewise maps."""
        for kind in (ListOf, MapOf):
            match [one for one in was if isinstance(one, kind)], [one for one in now if isinstance(one, kind)]:
                case [ListOf(item) as old], [ListOf(other) as new] if item != other:
                    yield old, new, self.of(place.inside("[]"), item, other)
                case [MapOf(key, value) as old], [MapOf(key_now, other) as new] if key == key_now and value != other:
                    yield old, new, self.of(place.inside("{}"), value, other)

    def _is_union(self, side: Side, type_: TypeExpr) -> bool:
        return len(_solid(leaves([type_], side.aliases))) > 1

    def _discriminators(self, place: Place, before: TypeExpr, after: TypeExpr) -> Iterator[Change]:
        if not isinstance(before, OneOf) or not isinstance(after, OneOf):
            return
        match before.discriminator, after.discriminator:
            case None, None:
                turned = before.options != after.options and set(before.options) == set(after.options)
                if turned and not all(isinstance(option, Const) for option in after.options):
                    yield _change("options-reordered", place, before, after)
            case None, Discriminator(field=field):
                yield Change("discriminator-added", place, after=literal(field))
            case Discriminator(field=field), None:
                yield Change("discriminator-removed", place, before=literal(field))
            case Discriminator(field=field), Discriminator(field=other) if field != other:
                yield Change("discriminator-changed", place, literal(field), literal(other))
            case Discriminator() as old, Discriminator() as new:
                yield from self._tags(place, dict(old.mapping), dict(new.mapping))

    def _tags(self, place: Place, old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
        """Tags that came, went or moved; those of options that came or went have been told with them."""
        staying = set(old.values()) & set(new.values())
        for tag, key in old.items():
            if tag not in new and key in staying:
                yield Change("tag-removed", place, f"{literal(tag)} for {self._title(key)}")
            elif tag in new and key != new[tag]:
                yield Change("tag-moved", place, *(f"{literal(tag)} for {self._title(one)}" for one in (key, new[tag])))
        for tag, key in new.items():
            if tag not in old and key in staying:
                yield Change("tag-added", place, after=f"{literal(tag)} for {self._title(key)}")

    def _title(self, key: str) -> str:
        return next((side.definitions[key].name for side in (self.new, self.old) if key in side.definitions), key)


def _solid(types: Sequence[TypeExpr]) -> Types:
    return [one for one in types if one != NULL]


def _bare(type_: TypeExpr) -> TypeExpr:
    return type_.inner if isinstance(type_, Nullable) else type_


def _whole_change(place: Place, types: tuple[TypeExpr, TypeExpr], lost: Types, gained: Types) -> Change:
    """The change of a type as a whole, where no part of it stays."""
    match [_bare(one) for one in types]:
        case [Const(constant), Const(other)]:
            return Change("const-changed", place, literal(constant), literal(other))
    kind: Kind = "type-widened" if not lost else "type-changed" if gained else "type-narrowed"
    return _change(kind, place, *types)


def _change(kind: Kind, place: Place, before: TypeExpr, after: TypeExpr) -> Change:
    return Change(kind, place, spelled(before), spelled(after))
