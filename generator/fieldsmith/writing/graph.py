"""Schema -> who refers to whom, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from fieldsmith.leaves import direct
from fieldsmith.schema import (
    Alias,
    Const,
    Definition,
    Enum,
    ListOf,
    MapOf,
    Model,
    Nullable,
    OneOf,
    Ref,
    Scalar,
    ScalarKind,
    Schema,
    TypeExpr,
)


def references(expr: TypeExpr) -> Iterator[str]:
    """Keys of the definitions that a type mentions, in order; with repeats."""
    match expr:
        case Ref(key=str(key)):
            yield key
        case ListOf(item):
            yield from references(item)
        case MapOf(key, value):
            yield from references(key)
            yield from references(value)
        case Nullable(inner):
            yield from references(inner)
        case OneOf(options):
            for option in options:
                yield from references(option)
        case Scalar() | Const() | Ref():
            pass


def mixed(expr: TypeExpr) -> Iterator[str]:
    """Keys of the definitions that stand among the options of unions in a type; with repeats."""
    match expr:
        case OneOf(options):
            yield from direct(expr)
            for option in options:
                yield from mixed(option)
        case ListOf(inner) | MapOf(value=inner) | Nullable(inner):
            yield from mixed(inner)
        case Scalar() | Const() | Ref():
            pass


def types_of(definition: Definition) -> Iterator[TypeExpr]:
    """The types that stand in a definition."""
    match definition:
        case Model():
            for field in definition.fields:
                yield field.type
            if definition.additional is not None:
                yield definition.additional
        case Alias():
            yield definition.type
        case Enum():
            pass


def dependencies(schema: Schema) -> dict[str, tuple[str, ...]]:
    """Each key with the distinct keys it refers to (itself among them where it does), in order of mention."""
    return {
        definition.key: tuple(dict.fromkeys(key for expr in types_of(definition) for key in references(expr)))
        for definition in schema.definitions
    }


def scalars(schema: Schema) -> set[ScalarKind]:
    """The kinds of scalars that a schema mentions anywhere."""
    waiting = [expr for definition in schema.definitions for expr in types_of(definition)]
    found: set[ScalarKind] = set()
    while waiting:
        match waiting.pop():
            case Scalar(kind):
                found.add(kind)
            case ListOf(inner) | Nullable(inner):
                waiting.append(inner)
            case MapOf(key, value):
                waiting += (key, value)
            case OneOf(options):
                waiting += options
            case Const() | Ref():
                pass
    return found
