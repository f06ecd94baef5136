"""Types of two schemas -> whether all values of one are values of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from fieldsmith.leaves import Leaves, aliases_opened, leaves
from fieldsmith.schema import (
    Const,
    Definition,
    Enum,
    JsonScalar,
    ListOf,
    MapOf,
    Nullable,
    OneOf,
    Ref,
    Scalar,
    ScalarKind,
    Schema,
    TypeExpr,
)
from fieldsmith.values import ANY, NULL, Types

# What else takes all JSON values of a kind. Decimals come as numbers and as strings.
WIDER: Mapping[ScalarKind, tuple[ScalarKind, ...]] = {
    "integer": ("number", "decimal"),
    "number": ("decimal",),
    **dict.fromkeys(("bytes", "date", "datetime", "time", "duration", "uuid"), ("string",)),
}
Known = dict[tuple[TypeExpr, TypeExpr], bool]
_MOST = 8  # lists in one union that another list is held against
Within = Callable[[TypeExpr, TypeExpr], bool]


class Side(NamedTuple):
    """The definitions of one schema, by key, and what its aliases stand for."""

    definitions: Mapping[str, Definition]
    aliases: Leaves

    @property
    def types(self) -> Types:
        return Types(self.definitions, self.aliases)

    def opened(self, options: Iterable[TypeExpr], shared: Iterable[TypeExpr] = ()) -> tuple[TypeExpr, ...]:
        """What values of the options are: no unions, aliases or enums; but for the types that are shared."""
        kept = set(shared)
        found: dict[TypeExpr, None] = {}
        for option in options:
            if option in kept:
                found.update(dict.fromkeys((option, *self._beside(option))))
            else:
                for leaf in leaves([option], self.aliases):
                    found.update(dict.fromkeys(self.members(leaf) if leaf not in kept else (leaf,)))
        return tuple(found)

    def _beside(self, option: TypeExpr) -> tuple[TypeExpr, ...]:
        """What else is a value of an enum that others may be of, too."""
        one = self.definitions.get(option.key) if isinstance(option, Ref) and option.key is not None else None
        return self.members(option) if isinstance(one, Enum) and one.open else ()

    def members(self, leaf: TypeExpr) -> tuple[TypeExpr, ...]:
        """The values of a closed enum, the scalars of an open one; of any other leaf itself."""
        if isinstance(leaf, Ref) and leaf.key is None:
            return (ANY,)
        one = self.definitions.get(leaf.key) if isinstance(leaf, Ref) and leaf.key is not None else None
        if not isinstance(one, Enum):
            return (leaf,)
        if one.open:
            return tuple(dict.fromkeys(Scalar(kind_of(value.value)) for value in one.values))
        return tuple(NULL if value.value is None else Const(value.value) for value in one.values)


def side_of(schema: Schema) -> Side:
    definitions = {one.key: one for one in schema.definitions}
    return Side(definitions, aliases_opened(definitions))


def kind_of(value: JsonScalar) -> ScalarKind:
    """The scalar that a JSON value is of."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"


def options_of(type_: TypeExpr) -> tuple[TypeExpr, ...]:
    """The types that a type is a choice of, null among them; aliases stay."""
    match type_:
        case OneOf(options):
            return tuple(each for option in options for each in options_of(option))
        case Nullable(inner):
            return (*options_of(inner), NULL)
        case _:
            return (type_,)


def uncovered(leaves: Iterable[TypeExpr], by: Sequence[TypeExpr], within: Within) -> list[TypeExpr]:
    """The leaves that have values which no type of `by` has; `within` says it of the items of lists and maps.

    Of many lists (or maps) in one union none is tried but one that is the very same.
    """
    among = set(by)
    if ANY in among:
        return []
    lists = [other for other in dict.fromkeys(by) if isinstance(other, ListOf)]
    maps = [other for other in dict.fromkeys(by) if isinstance(other, MapOf)]

    def is_covered(leaf: TypeExpr) -> bool:
        match leaf:
            case Scalar(kind):
                return any(Scalar(wider) in among for wider in WIDER.get(kind, ()))
            case Const(value):
                kind = kind_of(value)
                return any(Scalar(wider) in among for wider in (kind, *WIDER.get(kind, ())))
            case ListOf(item):
                return any(within(item, other.item) for other in lists[:_MOST])
            case MapOf(key, inner):
                return any(within(key, other.key) and within(inner, other.value) for other in maps[:_MOST])
            case _:
                return any(other.value == ANY for other in maps)

    return [leaf for leaf in leaves if leaf not in among and not is_covered(leaf)]


def all_within(side: Side, other: Side, inner: TypeExpr, outer: TypeExpr, known: Known | None = None) -> bool:
    """Whether each value of `inner`, a type of `side`, is a value of `outer`, a type of `other`.

    `known` are the pairs that were looked at, or are: where types go round in circles, they hold unless others fail.
    """
    known = known if known is not None else {}
    pair = inner, outer
    if inner == outer or pair in known:
        return known.get(pair, True)
    known[pair] = True
    options, others = options_of(inner), options_of(outer)
    shared = set(options) & set(others)
    inside = partial(all_within, side, other, known=known)
    known[pair] = not uncovered(side.opened(options, shared), other.opened(others, shared), inside)
    return known[pair]
