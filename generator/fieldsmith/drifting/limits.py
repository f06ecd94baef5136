"""What a class says of the values of a field beyond their type -> limits, in the words of JSON Schema.

Marks of annotated_types, pydantic and msgspec are told by what they carry: they call it by the same names.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator, Mapping
from typing import Any

from fieldsmith.schema import UNCONSTRAINED, Constraints, ListOf, MapOf, Nullable, TypeExpr

_BOUNDS: Mapping[str, str] = {
    "ge": "minimum",
    "gt": "exclusive_minimum",
    "le": "maximum",
    "lt": "exclusive_maximum",
    "multiple_of": "multiple_of",
}
_SIZES: Mapping[str, str] = {"min_length": "min", "max_length": "max"}


def limits_of(annotation: Any, marks: tuple[object, ...], type_: TypeExpr) -> Constraints:
    """The limits of a field's own value: those beside its annotation, and those in it. Of several, the last counts."""
    found: dict[str, Any] = {}
    inner = type_.inner if isinstance(type_, Nullable) else type_
    for mark in (*_marks_in(annotation), *marks):
        for name, word in _BOUNDS.items():
            value = getattr(mark, name, None)
            if isinstance(value, int | float) and not isinstance(value, bool):
                found[word] = value
        for name, end in _SIZES.items():
            value = getattr(mark, name, None)
            if isinstance(value, int) and value and not isinstance(inner, MapOf):
                found[f"{end}_{'items' if isinstance(inner, ListOf) else 'length'}"] = value
        pattern = getattr(mark, "pattern", None)
        if isinstance(pattern, str | re.Pattern):
            found["pattern"] = pattern if isinstance(pattern, str) else pattern.pattern
    return UNCONSTRAINED._replace(**found)


def _marks_in(annotation: Any) -> Iterator[object]:
    """What `Annotated` says of a value, or of the only type beside `None`."""
    arguments = typing.get_args(annotation)
    if typing.get_origin(annotation) is typing.Annotated:
        yield from _marks_in(arguments[0])
        for mark in arguments[1:]:
            yield from getattr(mark, "metadata", None) or (mark,)
    elif len(arguments) == 2 and type(None) in arguments:
        yield from _marks_in(next(one for one in arguments if one is not type(None)))
