"""A definition and new keys for what it refers to -> the same definition, at home in another schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fieldsmith.schema import (
    Alias,
    Definition,
    Discriminator,
    Enum,
    ListOf,
    MapOf,
    Model,
    Nullable,
    OneOf,
    Ref,
    TypeExpr,
)


def rekeyed(one: Definition, keys: Mapping[str, str], names: Mapping[str, str]) -> Definition:
    """The definition with the references in it renamed; `names` are those of the new keys, as far as they change."""

    def renamed(type_: TypeExpr) -> TypeExpr:
        match type_:
            case Ref(key=str(key), name=name) if key in keys:
                return Ref(keys[key], names.get(keys[key], name))
            case OneOf(options, Discriminator(field, mapping)):
                return OneOf(options, Discriminator(field, tuple((tag, keys.get(key, key)) for tag, key in mapping)))
            case _:
                return type_

    return retyped(one, renamed)


def retyped(one: Definition, change: Callable[[TypeExpr], TypeExpr]) -> Definition:
    """The definition with each of its types changed, inner ones first."""

    def walk(type_: TypeExpr) -> TypeExpr:
        match type_:
            case ListOf(item):
                return change(ListOf(walk(item)))
            case MapOf(key, value):
                return change(MapOf(walk(key), walk(value)))
            case Nullable(inner):
                return change(Nullable(walk(inner)))
            case OneOf(options, discriminator):
                return change(OneOf(tuple(map(walk, options)), discriminator))
            case _:
                return change(type_)

    match one:
        case Model(fields=fields, additional=additional):
            return one._replace(
                fields=tuple(field._replace(type=walk(field.type)) for field in fields),
                additional=None if additional is None else walk(additional),
            )
        case Alias(type=type_):
            return one._replace(type=walk(type_))
        case Enum():
            return one
