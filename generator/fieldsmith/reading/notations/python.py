"""How Python SDK pages spell types. Labels that link to the manual have `date` and `datetime` the wrong way round."""

from fieldsmith.reading.notations.base import Notation

PYTHON = Notation(
    name="python",
    scalars={
        "str": "string", "int": "integer", "float": "number", "bool": "boolean", "Any": "any", "None": "null",
        "bytes": "bytes", "io.BufferedReader": "bytes", "io.IOBase": "bytes", "IO[bytes]": "bytes",
        "Decimal": "decimal", "date": "date", "datetime": "datetime",
    },
    heads={
        "List": "list", "list": "list", "Dict": "map", "dict": "map", "Union": "union", "Literal": "literal",
        "Optional": "optional", "Nullable": "nullable", "OptionalNullable": "optional-nullable",
    },
    outside=frozenset({
        "requests.Response", "requests_http.Response", "httpx.Response", "httpx.Request",
        "eventstreaming.EventStream", "eventstreaming.EventStreamAsync",
    }),
    constants={"True": True, "False": False, "None": None},
    linked={"date": "datetime", "datetime": "date"},
    extra="__pydantic_extra__",
    told_apart=True,
    case="snake",
)  # fmt: skip
