"""Whole processes side by side: fieldsmith over a folder of pages, datamodel-code-generator over the same types.

    python tests/benchmarks/generate.py [FOLDER] [--rounds N]

FOLDER holds documented models; the JSON Schema that the other generator reads is made of the same definitions. Rounds
alternate between the two; the table shows medians, and the ratio counts by type.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

Json = dict[str, Any]
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


def seconds(command: list[str]) -> float:
    """How long a process takes that must succeed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    fieldsmith = [sys.executable, "-m", "fieldsmith"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([*fieldsmith, "ir", arguments.folder, "-q", "--output", folder / "ir.json"], check=True)
        ir = json.loads((folder / "ir.json").read_bytes())
        (folder / "schema.json").write_text(json.dumps(json_schema(ir)), encoding="utf-8")
        peer = [sys.executable, "-m", "datamodel_code_generator", "--input", str(folder / "schema.json")]
        peer += ["--input-file-type", "jsonschema", "--output-model-type", "dataclasses.dataclass"]
        peer += ["--disable-timestamp", "--formatters", "builtin"]
        times: dict[str, list[float]] = {"fieldsmith": [], "datamodel-code-generator": [], "python -c pass": []}
        for round_ in range(arguments.rounds):
            times["fieldsmith"].append(
                seconds([*fieldsmith, "generate", str(arguments.folder), "-q", "-o", str(folder / f"out{round_}")])
            )
            times["datamodel-code-generator"].append(seconds([*peer, "--output", str(folder / f"peer{round_}.py")]))
            times["python -c pass"].append(seconds([sys.executable, "-c", "pass"]))
    medians = {tool: statistics.median(found) for tool, found in times.items()}
    print(f"{len(ir['definitions'])} types, {arguments.rounds} rounds, medians of whole processes")
    for tool, median in medians.items():
        print(f"  {tool:26} {median * 1000:8.0f} ms")
    print(f"  ratio {medians['datamodel-code-generator'] / medians['fieldsmith']:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
