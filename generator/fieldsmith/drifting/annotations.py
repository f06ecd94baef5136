"""An annotation as Python holds it -> the type it says; classes that are definitions become references."""

from __future__ import annotations

import collections.abc as abc
import datetime as dt
import enum
import ipaddress
import pathlib
import types
import typing
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from fieldsmith.reading.canonical import ANY, make_const, make_nullable, make_union
from fieldsmith.schema import Discriminator, ListOf, MapOf, Nullable, OneOf, Ref, Scalar, ScalarKind, TypeExpr

_SCALARS: Mapping[object, ScalarKind] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    bytes: "bytes",
    bytearray: "bytes",
    dt.datetime: "datetime",
    dt.date: "date",
    dt.time: "time",
    dt.timedelta: "duration",
    Decimal: "decimal",
    UUID: "uuid",
    type(None): "null",
    None: "null",
    Any: "any",
    object: "any",
    list: "any",
    dict: "any",
    **dict.fromkeys((ipaddress.IPv4Address, ipaddress.IPv6Address, pathlib.Path, pathlib.PurePath), "string"),
}
# Classes of pydantic that stand for texts and times, by their names: it is never imported here.
_NAMED: Mapping[str, ScalarKind] = {
    **dict.fromkeys(("AwareDatetime", "NaiveDatetime", "PastDatetime", "FutureDatetime"), "datetime"),
    **dict.fromkeys(("PastDate", "FutureDate"), "date"),
    **dict.fromkeys(("EmailStr", "NameEmail", "SecretStr", "IPvAnyAddress"), "string"),
}
_LISTS = (list, tuple, set, frozenset, abc.Sequence, abc.MutableSequence, abc.Set, abc.Iterable, abc.Collection)
_MAPS = (dict, abc.Mapping, abc.MutableMapping)
_MARKS = ("unset", "missing", "sentinel", "undefined", "notset", "notgiven", "omit")
_UNIONS = (typing.Union, types.UnionType)


class Registry(Protocol):
    """Where classes become definitions, and what cannot be read is noted."""

    def refer(self, cls: type) -> Ref | None: ...
    def forward(self, module: str | None, name: str) -> TypeExpr: ...
    def tags(self, option: Ref, field: str) -> list[str]: ...
    def unread(self, what: str) -> TypeExpr: ...


def type_of(annotation: Any, registry: Registry) -> TypeExpr:
    """The type that an annotation says, without marks for an absent field such as msgspec's `UnsetType`."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _annotated(type_of(arguments[0], registry), arguments[1:], registry)
    if origin in _UNIONS:
        return make_union(type_of(one, registry) for one in arguments if not is_mark(one))
    if origin is typing.Literal:
        return make_union(make_const(one.value if isinstance(one, enum.Enum) else one) for one in arguments)
    if origin in _LISTS:
        return ListOf(make_union(type_of(one, registry) for one in arguments if one is not Ellipsis))
    if origin in _MAPS:
        key, value = [type_of(one, registry) for one in arguments] or [Scalar("string"), ANY]
        return MapOf(key, value)
    return _plain(annotation, registry)


def is_mark(value: object) -> bool:
    """Whether something, or a class, marks that a field is absent: by its name; an enum of several members is none."""
    cls = value if isinstance(value, type) else type(value)
    if cls.__module__ == "builtins" or (issubclass(cls, enum.Enum) and len(cls) > 1):
        return False
    names = f"{cls.__name__} {getattr(value, 'name', '')} {getattr(value, '__name__', '')}".lower()
    return any(word in names for word in _MARKS)


def _plain(annotation: Any, registry: Registry) -> TypeExpr:
    """An annotation without parts."""
    try:
        kind = _SCALARS.get(annotation)
    except TypeError:
        kind = None
    if annotation in (list, tuple, set, frozenset):
        return ListOf(ANY)
    if annotation is dict:
        return MapOf(Scalar("string"), ANY)
    if kind is not None:
        return Scalar(kind)
    if hasattr(annotation, "__value__"):  # `type X = ...`
        return type_of(annotation.__value__, registry)
    if hasattr(annotation, "__supertype__"):
        return type_of(annotation.__supertype__, registry)
    if isinstance(annotation, typing.TypeVar):
        return ANY
    if isinstance(annotation, typing.ForwardRef):  # an alias inside itself
        return registry.forward(annotation.__forward_module__, annotation.__forward_arg__)
    if isinstance(annotation, str):
        return registry.forward(None, annotation)
    return _of_class(annotation, registry) if isinstance(annotation, type) else registry.unread(repr(annotation))


def _of_class(cls: type, registry: Registry) -> TypeExpr:
    ref = registry.refer(cls)
    if ref is not None:
        return ref
    named = _NAMED.get(cls.__name__)
    if named is not None:
        return Scalar(named)
    if cls.__name__.endswith(("Url", "Dsn")):
        return Scalar("string")
    for base, kind in _SCALARS.items():
        if isinstance(base, type) and base is not object and issubclass(cls, base):
            return Scalar(kind)
    return registry.unread(f"{cls.__module__}.{cls.__qualname__}")


def _annotated(type_: TypeExpr, marks: tuple[object, ...], registry: Registry) -> TypeExpr:
    """A type with what `Annotated` says of it: of interest is the discriminator alone."""
    for mark in marks:
        field = getattr(mark, "discriminator", None)
        if isinstance(field, str):
            return tied(type_, field, registry)
    return type_


def tied(type_: TypeExpr, field: str, registry: Registry) -> TypeExpr:
    """A union with a discriminator: the constants that its members have under that field."""
    if isinstance(type_, Nullable):
        return make_nullable(tied(type_.inner, field, registry))
    if not isinstance(type_, OneOf):
        return type_
    refs = [option for option in type_.options if isinstance(option, Ref) and option.key is not None]
    mapping = tuple((tag, str(ref.key)) for ref in refs for tag in registry.tags(ref, field))
    return replace(type_, discriminator=Discriminator(field, mapping)) if mapping else type_
