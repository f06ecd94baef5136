"""How Dart pages spell types; `Built...` are the collections of built_value."""

from fieldsmith.reading.notations.base import Notation

DART = Notation(
    name="dart",
    scalars={
        "String": "string", "int": "integer", "double": "number", "num": "number", "bool": "boolean",
        "DateTime": "datetime", "Date": "date", "Object": "any", "JsonObject": "any", "dynamic": "any",
        "Uint8List": "bytes", "MultipartFile": "bytes",
    },
    heads={
        "List": "list", "Set": "list", "BuiltList": "list", "BuiltSet": "list", "Map": "map", "BuiltMap": "map",
    },
    brackets="<",
    suffixes={"?": "optional"},
    extra="additionalProperties",
)  # fmt: skip
