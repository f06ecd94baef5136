"""How Discord's reference tells types: in words around links to places on the site. A snowflake is a text."""

from __future__ import annotations

from dataclasses import replace

from fieldsmith.reading.notations.plain import PLAIN

DISCORD = replace(
    PLAIN,
    name="discord",
    scalars={
        "string": "string", "strings": "string", "snowflake": "string", "snowflakes": "string", "integer": "integer",
        "integers": "integer", "int": "integer", "ints": "integer", "number": "number", "float": "number",
        "floats": "number", "double": "number", "doubles": "number", "boolean": "boolean", "booleans": "boolean",
        "bool": "boolean", "null": "null", "any": "any", "mixed": "any",
        "iso8601 timestamp": "datetime", "iso8601 timestamps": "datetime", "is08601 timestamp": "datetime",
        "iso8601 date": "date", "image data": "string", "data uri": "string", "file contents": "bytes", "file": "bytes",
    },
    heads={"array": "list", "list": "list", "dict": "map", "dictionary": "map", "map": "map", "object": "map",
           "objects": "map"},
    phrases=("iso8601 timestamps", "iso8601 timestamp", "is08601 timestamp", "iso8601 date", "image data", "data uri",
             "file contents"),
    leads={"array of": "list", "list of": "list", "partial": "partial"},
    bare_heads=True,
    sited=True,
    prose=True,
    fillers=("a", "an", "the", "one of", "up to #", "#"),
    trailers=("object", "objects", "request object", "structure"),
    joints=("or",),
    pairs={"map of": "to", "dictionary of": "to"},
)  # fmt: skip
