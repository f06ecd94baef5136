"""A package's types -> JSON documents of them, by chance and with no class of any library at hand; and spoilt ones."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from fieldsmith.schema import (
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
    TypeExpr,
)

_SAID: Mapping[ScalarKind, tuple[Any, ...]] = {
    "string": ("", "a", "Zo\u00eb", "a b"),
    "integer": (0, 1, -7, 12345),
    "number": (0, 1.5, -2.25, 3),
    "boolean": (True, False),
    "bytes": ("YQ==", "YWI=", ""),
    "date": ("2024-02-29", "1999-12-31"),
    "datetime": ("2024-02-29T12:30:00Z", "1999-12-31T23:59:59.5Z"),
    "time": ("12:30:00", "00:00:00.25"),
    "duration": ("P1D", "P30D"),
    "decimal": ("1.50", "12"),
    "uuid": ("12345678-1234-5678-9abc-123456789abc",),
    "null": (None,),
    "any": (None, 1, "a", [1, {"a": None}], {"b": 1.5}),
}
_WRONG: tuple[Any, ...] = (None, True, 0, 7, 1.5, "", "wrong", [], [None], {}, {"a": 1}, "2024-02-30", "12:61:00", "-")


class Documents:
    """Documents of some definitions; `room` says how deep they may be."""

    def __init__(self, definitions: Mapping[str, Definition], seed: int) -> None:
        self.definitions = definitions
        self.chance = random.Random(seed)

    def of(self, expr: TypeExpr, room: int = 4) -> Any:
        """A document of a type. Where the room is used up it may be wrong: then it ends in null."""
        if room < 0:
            return None
        chance = self.chance
        match expr:
            case Scalar(kind):
                return chance.choice(_SAID[kind])
            case Const(value):
                return value
            case Nullable(inner):
                return None if chance.random() < 0.2 else self.of(inner, room)
            case ListOf(item):
                return [self.of(item, room - 1) for _ in range(chance.randrange(3) if room else 0)]
            case MapOf(value=inner):
                return {chance.choice("xyz"): self.of(inner, room - 1) for _ in range(chance.randrange(3) if room else 0)}
            case OneOf(options):
                return self.of(chance.choice(options), room)
            case Ref(key=str(key)):
                return self.definition(self.definitions[key], room)
        return chance.choice(_SAID["any"])

    def definition(self, one: Definition, room: int = 4) -> Any:
        match one:
            case Enum(values=values):
                return self.chance.choice(values).value
            case Model():
                rows = [row for row in one.fields if row.required or (room > 1 and self.chance.random() < 0.4)]
                return {row.name: self.of(row.type, room - 1) for row in rows}
        return self.of(one.type, room)

    def spoilt(self, document: Any) -> Any:
        """The document with one thing in it replaced or left out."""
        chance = self.chance
        if isinstance(document, dict) and document and chance.random() < 0.8:
            at = chance.choice(sorted(document))
            if chance.random() < 0.2:
                return {key: value for key, value in document.items() if key != at}
            return {**document, at: self.spoilt(document[at])}
        if isinstance(document, list) and document and chance.random() < 0.8:
            at = chance.randrange(len(document))
            return [*document[:at], self.spoilt(document[at]), *document[at + 1 :]]
        return chance.choice(_WRONG)
