"""The printed JSON Schema -> one that datamodel-code-generator makes a single module of, and the ways to call that."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

_REFERENCE = re.compile(r'"#/\$defs/[^"]*"')
PEER = "datamodel-code-generator"
FORMATTERS = {
    PEER: (),
    f"{PEER}, built-in formatter": ("--formatters", "builtin"),
    f"{PEER}, no formatter": ("--no-formatters",),
}
def flat(schema: str) -> str:
    """The printed JSON Schema with no dot in the names of definitions, which would be modules of a package."""
    document = json.loads(_REFERENCE.sub(lambda found: found[0].replace(".", "_"), schema))
    document["$defs"] = {name.replace(".", "_"): each for name, each in document["$defs"].items()}
    return json.dumps(document)


def commands(schema: Path, out: Path) -> dict[str, list[str]]:
    """What makes dataclasses of the schema, by the name of the setting; each in a file of its own below `out`."""
    start = [sys.executable, "-m", "datamodel_code_generator", "--input", str(schema), "--input-file-type", "jsonschema"]
    start += ["--output-model-type", "dataclasses.dataclass", "--disable-timestamp"]
    return {
        tool: [*start, *flags, "--output", str(out / f"models{number}.py")]
        for number, (tool, flags) in enumerate(FORMATTERS.items())
    }
