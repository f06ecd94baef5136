"""A value that somebody else's code has made + a noun -> what of it is not as the noun says, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


def wrong_in(value: object, kind: type[Any]) -> str:
    """The first thing that is wrong with a named tuple, all that it holds included; "" where there is none."""
    return next(_wrong(value, kind, ""), "")


def _wrong(value: Any, kind: Any, at: str) -> Iterator[str]:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if not any(next(_wrong(value, each, at), "") == "" for each in inner):
            yield _not(value, " or ".join(map(_called, inner)), at)
    elif origin is Literal:
        if value not in inner:
            yield _not(value, " or ".join(map(repr, inner)), at)
    elif origin is tuple:
        yield from _wrong_in_tuple(value, inner, at)
    elif kind is Callable or origin is Callable:
        if not callable(value):
            yield _not(value, "a function", at)
    elif not isinstance(value, kind) or (isinstance(value, bool) and kind in (int, float)):
        yield _not(value, _called(kind), at)
    elif hasattr(kind, "_fields"):
        for name, hint in _hints(kind).items():
            yield from _wrong(getattr(value, name), hint, f"{at}.{name}" if at else name)


def _wrong_in_tuple(value: Any, inner: tuple[Any, ...], at: str) -> Iterator[str]:
    if not isinstance(value, tuple):
        yield _not(value, "a tuple", at)
    elif inner[-1] is ...:
        for index, each in enumerate(value):
            yield from _wrong(each, inner[0], f"{at}[{index}]")
    elif len(value) != len(inner):
        yield _not(value, f"a tuple of {len(inner)}", at)
    else:
        for index, (each, hint) in enumerate(zip(value, inner, strict=True)):
            yield from _wrong(each, hint, f"{at}[{index}]")


@lru_cache(maxsize=64)
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _called(kind: Any) -> str:
    return "None" if kind is NoneType else str(getattr(kind, "__name__", kind))


def _not(value: object, expected: str, at: str) -> str:
    place = f"has {at} that is" if at else "is"
    return f"{place} {type(value).__name__} and not {expected}"
