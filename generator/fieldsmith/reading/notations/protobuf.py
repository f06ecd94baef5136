"""Protocol Buffers: words for scalars, and links whose fragments are full names.

Types of `google.protobuf` that have a form of their own in JSON are read as that (protobuf.dev, "ProtoJSON Format"); a
duration is text there, such as `"1.5s"`, and no ISO 8601.
"""

from fieldsmith.reading.notations.base import Notation

_KNOWN = {
    "Any": "map[string, any]",
    "BoolValue": "boolean | null",
    "BytesValue": "bytes | null",
    "DoubleValue": "number | null",
    "Duration": "string",
    "Empty": "map[string, any]",
    "FieldMask": "string",
    "FloatValue": "number | null",
    "Int32Value": "integer | null",
    "Int64Value": "integer | null",
    "ListValue": "list[any]",
    "NullValue": "null",
    "StringValue": "string | null",
    "Struct": "map[string, any]",
    "Timestamp": "datetime",
    "UInt32Value": "integer | null",
    "UInt64Value": "integer | null",
    "Value": "any",
}

PROTOBUF = Notation(
    name="protobuf",
    scalars={
        "double": "number", "float": "number", "int32": "integer", "int64": "integer", "uint32": "integer",
        "uint64": "integer", "sint32": "integer", "sint64": "integer", "fixed32": "integer", "fixed64": "integer",
        "sfixed32": "integer", "sfixed64": "integer", "bool": "boolean", "string": "string", "bytes": "bytes",
    },
    heads={"map": "map"},
    brackets="<",
    free_labels=True,
    labels={f"google.protobuf.{name}": text for name, text in _KNOWN.items()},
    anchored=True,
    elsewhere=True,
    case="snake",
    silent="always",
)  # fmt: skip
