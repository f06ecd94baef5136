"""Types as people write them by hand, whatever the language: for dialects made in the settings, which add words."""

from fieldsmith.reading.notations.base import Notation

PLAIN = Notation(
    name="plain",
    scalars={
        "string": "string", "str": "string", "text": "string", "integer": "integer", "int": "integer",
        "long": "integer", "number": "number", "float": "number", "double": "number", "boolean": "boolean",
        "bool": "boolean", "any": "any", "object": "any", "null": "null", "bytes": "bytes", "binary": "bytes",
        "date": "date", "datetime": "datetime", "timestamp": "datetime", "time": "time", "duration": "duration",
        "decimal": "decimal", "uuid": "uuid",
    },
    heads={"list": "list", "array": "list", "map": "map"},
    brackets="[<(",
    suffixes={"[]": "list"},
    leads={"array of": "list", "list of": "list"},
    unions=True,
    literals=True,
    free_labels=True,
    constants={"true": True, "false": False},
    caseless=True,
    silent="never",
)  # fmt: skip
