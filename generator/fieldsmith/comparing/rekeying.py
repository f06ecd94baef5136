"""A definition and new keys for what it refers to -> the same definition, at home in another schema."""

from __future__ import annotations

from collections.abc import Mapping

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

    def walk(type_: TypeExpr) -> TypeExpr:
        match type_:
            case Ref(key=str(key), name=name) if key in keys:
                return Ref(keys[key], names.get(keys[key], name))
            case ListOf(item):
                return ListOf(walk(item))
            case MapOf(key_type, value):
                return MapOf(walk(key_type), walk(value))
            case Nullable(inner):
                return Nullable(walk(inner))
            case OneOf(options, discriminator):
                return OneOf(tuple(map(walk, options)), _tags(discriminator, keys))
            case _:
                return type_

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


def _tags(discriminator: Discriminator | None, keys: Mapping[str, str]) -> Discriminator | None:
    if discriminator is None:
        return None
    return Discriminator(discriminator.field, tuple((tag, keys.get(key, key)) for tag, key in discriminator.mapping))
