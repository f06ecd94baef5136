"""Type expressions -> the one canonical expression that means the same; the only door to unions and to null."""

from __future__ import annotations

from collections.abc import Iterable

from fieldsmith.schema import Alias, Const, Definition, ListOf, MapOf, Model, Nullable, OneOf, Ref, Scalar, TypeExpr

NULL = Scalar("null")
ANY = Scalar("any")


def make_const(value: str | int | float | bool | None) -> TypeExpr:
    """The constant `value`; null is a scalar of its own."""
    return NULL if value is None else Const(value)


def make_nullable(inner: TypeExpr) -> TypeExpr:
    """`inner` or null; types that take null already stay as they are."""
    if isinstance(inner, Nullable) or inner in (NULL, ANY):
        return inner
    return Nullable(inner)


def make_union(options: Iterable[TypeExpr]) -> TypeExpr:
    """One of `options`: flat, each once and in the order given, a null among them moved outside.

    No option at all is any value. `any` among others stays, for the page names the others for a reason.
    """
    kept: dict[str, TypeExpr] = {}
    null = False
    for option in _flat(options):
        if option == NULL:
            null = True
        else:
            kept.setdefault(_identity(option), option)
    if not kept:
        return NULL if null else ANY
    types = tuple(kept.values())
    inner = types[0] if len(types) == 1 else OneOf(types)
    return make_nullable(inner) if null else inner


def _flat(options: Iterable[TypeExpr]) -> Iterable[TypeExpr]:
    for option in options:
        if isinstance(option, OneOf):
            yield from _flat(option.options)
        elif isinstance(option, Nullable):
            yield from _flat((option.inner,))
            yield NULL
        else:
            yield option


def _identity(option: TypeExpr) -> str:
    """What two options must share to be one; as text, because True == 1 and 1 == 1.0 in Python."""
    return repr(option)


def rebuild(type_: TypeExpr, parts: tuple[TypeExpr, ...]) -> TypeExpr:
    """`type_` with other parts (in the order `parts_of` gives them), canonical again."""
    match type_:
        case ListOf():
            return ListOf(parts[0])
        case MapOf():
            return MapOf(parts[0], parts[1])
        case Nullable():
            return make_nullable(parts[0])
        case OneOf():
            return make_union(parts)
        case _:
            return type_


def parts_of(type_: TypeExpr) -> tuple[TypeExpr, ...]:
    """The types that `type_` is made of, one level deep."""
    match type_:
        case ListOf(item):
            return (item,)
        case MapOf(key, value):
            return (key, value)
        case Nullable(inner):
            return (inner,)
        case OneOf(options):
            return options
        case _:
            return ()


def refs_in(type_: TypeExpr) -> Iterable[Ref]:
    """Every reference in `type_`, in documented order."""
    if isinstance(type_, Ref):
        yield type_
    for part in parts_of(type_):
        yield from refs_in(part)


def types_of(definition: Definition) -> Iterable[TypeExpr]:
    """Every type that a definition states itself."""
    if isinstance(definition, Alias):
        yield definition.type
    elif isinstance(definition, Model):
        yield from (field.type for field in definition.fields)
        if definition.additional is not None:
            yield definition.additional
