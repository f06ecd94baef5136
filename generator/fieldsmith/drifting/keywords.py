"""Keywords of a schema -> scalars and limits; the words of JSON Schema and OpenAPI, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fieldsmith.schema import UNCONSTRAINED, Constraints, ScalarKind

Json = Mapping[str, Any]

TYPES: Mapping[str, ScalarKind] = {
    "string": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}
FORMATS: Mapping[str, ScalarKind] = {
    "date": "date",
    "date-time": "datetime",
    "time": "time",
    "duration": "duration",
    "uuid": "uuid",
    "byte": "bytes",
    "binary": "bytes",
    "base64": "bytes",
    "decimal": "decimal",
}
# Keywords that say of which values a schema is; a schema without any takes all.
SHAPES = frozenset(
    (
        *("$ref", "type", "enum", "const", "allOf", "anyOf", "oneOf"),
        *("properties", "additionalProperties", "items", "prefixItems"),
    )
)
UNREAD = ("not", "if", "$dynamicRef", "$recursiveRef")
_LIMITS: Mapping[str, tuple[str, type | tuple[type, ...]]] = {
    "min_length": ("minLength", int),
    "max_length": ("maxLength", int),
    "pattern": ("pattern", str),
    "minimum": ("minimum", (int, float)),
    "maximum": ("maximum", (int, float)),
    "exclusive_minimum": ("exclusiveMinimum", (int, float)),
    "exclusive_maximum": ("exclusiveMaximum", (int, float)),
    "multiple_of": ("multipleOf", (int, float)),
    "min_items": ("minItems", int),
    "max_items": ("maxItems", int),
    "unique_items": ("uniqueItems", bool),
}


def scalar_of(schema: Json, kind: str) -> ScalarKind | None:
    """The scalar of one JSON type under a schema's format; None where the type is no scalar."""
    plain = TYPES.get(kind)
    if plain == "string" and schema.get("contentEncoding") == "base64":
        return "bytes"
    if plain == "string" or (plain == "number" and schema.get("format") == "decimal"):
        return FORMATS.get(str(schema.get("format")), plain)
    return plain


def constraints_of(schema: Json) -> Constraints:
    """The limits of a schema's own values. Exclusive ones are marks beside them in OpenAPI 3.0 and draft-04."""
    found: dict[str, Any] = {}
    for name, (word, kinds) in _LIMITS.items():
        value = schema.get(word)
        if isinstance(value, kinds) and (kinds is bool or not isinstance(value, bool)):
            found[name] = value
    for name in ("minimum", "maximum"):
        if schema.get(f"exclusive{name.capitalize()}") is True and name in found:
            found[f"exclusive_{name}"] = found.pop(name)
    return UNCONSTRAINED._replace(**found)
