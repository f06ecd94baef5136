"""How Go SDK pages spell types. A pointer may be absent or null; big numbers and responses are pointers always."""

from fieldsmith.reading.notations.base import Notation

GO = Notation(
    name="go",
    scalars={
        "string": "string", "int": "integer", "int64": "integer", "int32": "integer", "float64": "number",
        "float32": "number", "bool": "boolean", "any": "any", "interface{}": "any", "[]byte": "bytes",
        "io.ReadCloser": "bytes", "io.Reader": "bytes", "time.Time": "datetime", "types.Date": "date",
        "*big.Int": "integer", "big.Int": "integer", "*decimal.Big": "decimal", "decimal.Big": "decimal",
    },
    outside=frozenset({"http.Response", "*http.Response", "jsonl.JsonLStream", "stream.EventStream"}),
    prefixes={"*": "optional", "[]": "list"},
    prefix_map="map",
    pages={"types/date.md": "date"},
    unlinked=True,
    extra="AdditionalProperties",
    case="pascal",
)  # fmt: skip
