"""Type expressions -> one line of text, short enough to read in tables of expectations.

`string`, `list<T>`, `map<K, T>`, `(T | U)`, `T?` for nullable, constants as JSON, `@page.md#Title` for a reference to a
definition and `~Name` for one whose page is not there.
"""

from __future__ import annotations

import json

from fieldsmith.schema import (
    Const,
    ListOf,
    MapOf,
    Nullable,
    OneOf,
    Ref,
    Scalar,
    TypeExpr,
)


def spell(type_: TypeExpr) -> str:
    match type_:
        case Scalar(kind):
            return kind
        case ListOf(item):
            return f"list<{spell(item)}>"
        case MapOf(key, value):
            return f"map<{spell(key)}, {spell(value)}>"
        case OneOf(options, discriminator):
            union = f"({' | '.join(spell(option) for option in options)})"
            if discriminator is None:
                return union
            tags = ", ".join(f"{tag}: {key}" for tag, key in discriminator.mapping)
            return f"{union} by {discriminator.field} {{{tags}}}"
        case Nullable(inner):
            return f"{spell(inner)}?"
        case Const(value):
            return json.dumps(value)
        case Ref(None, name):
            return f"~{name}"
        case Ref(key, _):
            return f"@{key}"
