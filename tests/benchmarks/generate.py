"""Whole processes side by side: fieldsmith over a folder of pages, datamodel-code-generator over the same types.

    python tests/benchmarks/generate.py [FOLDER] [--rounds N]

FOLDER holds documented models (default: copies of the example, about a thousand pages); the JSON Schema that the other
generator reads is made of the same definitions. fieldsmith writes dataclasses, serializers and docs, the other one
dataclasses. Rounds alternate between them; the table shows medians.
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

from pages import copies

Json = dict[str, Any]
FIELDSMITH = [sys.executable, "-m", "fieldsmith"]
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


def measure(pages: Path, work: Path, rounds: int) -> dict[str, list[float]]:
    """Seconds of whole processes, by tool; the output is new in each round."""
    peer = [sys.executable, "-m", "datamodel_code_generator", "--input", work / "schema.json"]
    peer += ["--input-file-type", "jsonschema", "--output-model-type", "dataclasses.dataclass", "--disable-timestamp"]
    times: dict[str, list[float]] = {}
    for number in range(rounds):
        out = work / f"round{number}"
        for tool, command in {
            "fieldsmith": [*FIELDSMITH, "generate", pages, "-q", "-o", out / "package"],
            "datamodel-code-generator": [*peer, "--output", out / "models.py"],
            "datamodel-code-generator, built-in formatter": [*peer, "--formatters", "builtin", "--output", out / "plain.py"],
            "python -c pass": [sys.executable, "-c", "pass"],
        }.items():
            times.setdefault(tool, []).append(seconds([str(part) for part in command]))
    return times


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        pages = arguments.folder or copies(work)
        ir = json.loads(subprocess.run([*FIELDSMITH, "ir", pages, "-q"], check=True, capture_output=True).stdout)
        (work / "schema.json").write_text(json.dumps(json_schema(ir)), encoding="utf-8")
        times = measure(pages, work, arguments.rounds)
    medians = {tool: statistics.median(found) for tool, found in times.items()}
    print(f"{len(ir['definitions'])} types, {arguments.rounds} rounds, medians of whole processes")
    for tool, median in medians.items():
        print(f"  {tool:42} {median * 1000:6.0f} ms   {median / medians['fieldsmith']:5.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
