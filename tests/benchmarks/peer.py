"""The printed IR -> JSON Schema of the same types, for datamodel-code-generator, and the ways to call that."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

Json = dict[str, Any]
PEER = "datamodel-code-generator"
FORMATTERS = {
    PEER: (),
    f"{PEER}, built-in formatter": ("--formatters", "builtin"),
    f"{PEER}, no formatter": ("--no-formatters",),
}
SCALARS: dict[str, Json] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "null": {"type": "null"},
    "any": {},
    "bytes": {"type": "string", "format": "byte"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "time": {"type": "string", "format": "time"},
    "duration": {"type": "string", "format": "duration"},
    "decimal": {"type": "string", "format": "decimal"},
    "uuid": {"type": "string", "format": "uuid"},
}


def schema_of(expr: Json, names: dict[str, str]) -> Json:
    """A type of the printed IR as JSON Schema."""
    match expr["kind"]:
        case "list":
            return {"type": "array", "items": schema_of(expr["item"], names)}
        case "map":
            return {"type": "object", "additionalProperties": schema_of(expr["value"], names)}
        case "nullable":
            return {"anyOf": [schema_of(expr["inner"], names), {"type": "null"}]}
        case "union":
            return {"anyOf": [schema_of(option, names) for option in expr["options"]]}
        case "const":
            return {"const": expr["value"]}
        case "ref":
            return {"$ref": f"#/$defs/{names[expr['key']]}"} if expr["key"] else {}
        case kind:
            return SCALARS[kind]


def json_schema(ir: Json) -> Json:
    """All definitions of the printed IR in one JSON Schema document."""
    names: dict[str, str] = {}
    for definition in ir["definitions"]:
        name = definition["name"]
        names[definition["key"]] = name if name not in names.values() else f"{name}{len(names)}"
    schemas: Json = {}
    for definition in ir["definitions"]:
        schema: Json = {"description": definition["doc"]} if definition["doc"] else {}
        match definition["kind"]:
            case "model":
                fields = definition["fields"]
                schema["type"] = "object"
                schema["properties"] = {
                    field["name"]: {**schema_of(field["type"], names), "description": field["doc"]} for field in fields
                }
                schema["required"] = [field["name"] for field in fields if field["required"]]
            case "enum":
                schema["enum"] = [value["value"] for value in definition["values"]]
            case "alias":
                schema |= schema_of(definition["type"], names)
        schemas[names[definition["key"]]] = schema
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": schemas}


def commands(schema: Path, out: Path) -> dict[str, list[str]]:
    """What makes dataclasses of the schema, by the name of the setting; each in a file of its own below `out`."""
    start = [sys.executable, "-m", "datamodel_code_generator", "--input", str(schema), "--input-file-type", "jsonschema"]
    start += ["--output-model-type", "dataclasses.dataclass", "--disable-timestamp"]
    return {
        tool: [*start, *flags, "--output", str(out / f"models{number}.py")]
        for number, (tool, flags) in enumerate(FORMATTERS.items())
    }
