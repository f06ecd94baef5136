"""How the OpenAPI Specification spells types: words in code spans, links, `[T]` for lists and `Map[K, T]`."""

from __future__ import annotations

from dataclasses import replace

from fieldsmith.reading.notations.plain import PLAIN

OAS = replace(
    PLAIN,
    name="oas",
    scalars={
        "string": "string", "boolean": "boolean", "integer": "integer", "number": "number", "any": "any",
        "*": "any", "null": "null", "object": "any", "{expression}": "string",
    },
    heads={"map": "map"},
    brackets="[",
    suffixes={},
    leads={},
    lists=True,
    prose=True,
)  # fmt: skip
