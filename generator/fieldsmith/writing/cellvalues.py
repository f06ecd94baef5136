"""The text of a cell and the type of its field -> the JSON value that it says, where it says one."""

from __future__ import annotations

import json
import math
from typing import Any

from fieldsmith.leaves import leaves
from fieldsmith.schema import Const, Enum, ListOf, MapOf, Model, Ref, Scalar, ScalarKind, TypeExpr
from fieldsmith.writing.python import Package

_CLASSES: dict[ScalarKind, tuple[type, ...]] = {
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "decimal": (int, str),  # a fraction keeps its digits in a text alone
    "null": (type(None),),
}


def value_of(text: str, expr: TypeExpr, package: Package) -> tuple[Any, ...]:
    """The value as the one item of a tuple, which is empty where the text says none of that type.

    A text that is JSON of the type counts as that; else a type of texts takes it as it stands.
    """
    found = leaves([expr], package.aliases)
    try:
        value = json.loads(text, parse_float=_finite, parse_constant=_finite)
    except (ValueError, RecursionError):
        pass
    else:
        if any(_fits(value, leaf, package) for leaf in found):
            return (value,)
    return (text,) if any(_fits(text, leaf, package) for leaf in found if leaf != Scalar("any")) else ()


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _fits(value: Any, leaf: TypeExpr, package: Package) -> bool:
    """Whether a value is of the kind that a type asks for; what is in an object or a list is not looked at."""
    match leaf:
        case Scalar("any") | Ref(key=None):
            return True
        case Scalar(kind):
            return type(value) in _CLASSES.get(kind, (str,))
        case Const(constant):
            return Const(value) == leaf if type(value) in (str, int, float, bool) else value is constant
        case ListOf():
            return isinstance(value, list)
        case MapOf():
            return isinstance(value, dict)
        case Ref(key=str(key)):
            match package.definitions[key]:
                case Model():
                    return isinstance(value, dict)
                case Enum(values=values) as enum:
                    same = any(type(one.value) is type(value) and one.value == value for one in values)
                    return same or (package.is_open(enum) and any(type(one.value) is type(value) for one in values))
    return False
