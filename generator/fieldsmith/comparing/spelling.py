"""Types and values -> one line of plain text, for messages."""

from __future__ import annotations

import json
from typing import assert_never

from fieldsmith.schema import Const, JsonScalar, ListOf, MapOf, Nullable, OneOf, Ref, Scalar, TypeExpr

_LONGEST = 120


def spelled(type_: TypeExpr) -> str:
    """`list[Thing | null]`, in the words of the house form, shortened."""
    return shortened(whole(type_))


def literal(value: JsonScalar) -> str:
    """A value as JSON, shortened."""
    return shortened(json.dumps(value, ensure_ascii=False))


def shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def whole(type_: TypeExpr) -> str:
    """The same in full."""
    match type_:
        case Scalar(kind):
            return kind
        case Const(value):
            return literal(value)
        case ListOf(item):
            return f"list[{whole(item)}]"
        case MapOf(key, value_type):
            return f"map[{whole(key)}, {whole(value_type)}]"
        case Nullable(inner):
            return f"{whole(inner)} | null"
        case OneOf(options):
            return " | ".join(map(whole, options))
        case Ref(None, name):
            return f"{name} (not among the pages)"
        case Ref(name=name):
            return name
        case _:
            assert_never(type_)
