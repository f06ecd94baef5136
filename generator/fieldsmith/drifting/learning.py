"""Pages and another side, aligned -> what the other side knows and the pages do not say, as facts of an overlay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple, get_args

from fieldsmith.comparing.spelling import whole
from fieldsmith.comparing.values import Side, all_within, side_of
from fieldsmith.drifting.aligning import Aligned
from fieldsmith.leaves import leaves
from fieldsmith.reading.canonical import refs_in
from fieldsmith.schema import Alias, Field, ListOf, MapOf, Model, Nullable, OneOf, Scalar, Schema, TypeExpr
from fieldsmith.values import ANY, NULL, literal
from fieldsmith.writing.naming import Names

Learned = Literal["wire_names", "nullable", "defaults", "formats", "discriminators"]
LEARNED: tuple[Learned, ...] = get_args(Learned)


class Fact(NamedTuple):
    """One line of an overlay: the table that it stands in, its key and value, and the place that says so."""

    table: tuple[str, ...]
    key: str
    value: Any
    place: str


def facts(pages: Schema, names: Names, sides: Aligned, wanted: Iterable[Learned]) -> list[Fact]:
    """What the other side says of definitions and fields that the pages have, of the kinds wanted."""
    return list(_Lesson(pages, names, sides, frozenset(wanted)).facts())


class _Lesson:
    def __init__(self, pages: Schema, names: Names, sides: Aligned, wanted: frozenset[Learned]) -> None:
        self.names, self.sides, self.wanted = names, sides, wanted
        self.ours, self.theirs = side_of(pages), side_of(sides.schema)
        numbers = Counter(one.name for one in pages.definitions)
        self.titles = {one.key: one.name for one in pages.definitions if numbers[one.name] == 1}

    def facts(self) -> Iterator[Fact]:
        seen: set[str] = set()
        for mine, one in self.sides.pairs:
            if mine.key in seen:  # a model that is written out in several places there: the first counts
                continue
            seen.add(mine.key)
            table = ("definitions", self.titles.get(mine.key, mine.key))
            if isinstance(mine, Alias) and isinstance(one, Alias):
                yield from self._of_type(table, mine.type, one.type, one.span.path)
            if isinstance(mine, Model) and isinstance(one, Model):
                theirs = {field.name: field for field in one.fields}
                for field in mine.fields:
                    if field.name in theirs:
                        yield from self._of_field((*table, "fields", field.name), mine, field, theirs[field.name])

    def _of_field(self, table: tuple[str, ...], model: Model, field: Field, other: Field) -> Iterator[Fact]:
        place = other.span.path
        wire = self.sides.wires.get((model.key, field.name))
        if "wire_names" in self.wanted and wire is not None and wire != self.names.wires[model.key, field.name]:
            yield Fact(table, "wire_name", wire, place)
        yield from self._of_type(table, field.type, other.type, place)
        value = literal(other.default) if other.default is not None and field.default is None else None
        if "defaults" in self.wanted and value is not None and value.json is not None:
            yield Fact(table, "default", value.json, place)

    def _of_type(self, table: tuple[str, ...], mine: TypeExpr, one: TypeExpr, place: str) -> Iterator[Fact]:
        narrower = self._narrower(mine, one)
        if "formats" in self.wanted and narrower != mine and self._can_be_written(narrower):
            yield Fact(table, "type", whole(narrower), place)
        if "nullable" in self.wanted and self._takes_null(self.theirs, one) and not self._takes_null(self.ours, mine):
            yield Fact(table, "nullable", True, place)
        ours, theirs = _bare(mine), _bare(one)
        if "discriminators" in self.wanted and isinstance(ours, OneOf) and isinstance(theirs, OneOf):
            yield from self._discriminator(table, ours, theirs, place)

    def _takes_null(self, side: Side, type_: TypeExpr) -> bool:
        return bool({NULL, ANY} & set(leaves([type_], side.aliases)))

    def _narrower(self, mine: TypeExpr, one: TypeExpr) -> TypeExpr:
        """The page's type with the other side's scalars where these are narrower: dates in place of texts."""
        match mine, one:
            case Nullable(inner), _:
                return Nullable(self._narrower(inner, _bare(one)))
            case _, Nullable(inner):
                return self._narrower(mine, inner)
            case Scalar(), Scalar() if mine not in (ANY, one) and all_within(self.theirs, self.ours, one, mine):
                return one
            case ListOf(item), ListOf(other):
                return ListOf(self._narrower(item, other))
            case MapOf(key, value), MapOf(value=other):
                return MapOf(key, self._narrower(value, other))
            case _:
                return mine

    def _can_be_written(self, type_: TypeExpr) -> bool:
        """Whether names in a type stand for one definition each."""
        return all(ref.key in self.titles for ref in refs_in(type_))

    def _discriminator(self, table: tuple[str, ...], ours: OneOf, theirs: OneOf, place: str) -> Iterator[Fact]:
        found = theirs.discriminator
        if ours.discriminator is None and found is not None and all(key in self.titles for _, key in found.mapping):
            mapping = {tag: self.titles[key] for tag, key in found.mapping}
            yield Fact((*table, "discriminator"), "field", found.field, place)
            yield Fact((*table, "discriminator"), "mapping", mapping, place)


def _bare(type_: TypeExpr) -> TypeExpr:
    return type_.inner if isinstance(type_, Nullable) else type_
