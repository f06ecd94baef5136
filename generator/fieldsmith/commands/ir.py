"""`ir`: print the schema of one job as JSON."""

from __future__ import annotations

import json

from fieldsmith.commands.printed import print_one
from fieldsmith.flags import Flags
from fieldsmith.ir import to_json
from fieldsmith.schema import Schema


def ir(flags: Flags, *, file: str | None) -> int:
    """Print the schema of one job."""
    return print_one(flags, "schema", lambda job, schema: ir_text(schema), file)


def ir_text(schema: Schema) -> str:
    """The IR as JSON, a definition a line: ASCII, so that any terminal and any pipe takes it."""
    content = to_json(schema)
    definitions = content.pop("definitions")
    head = json.dumps(content)[:-1]
    lines = [json.dumps(one).replace("\x7f", "\\u007f") for one in definitions] if isinstance(definitions, list) else []
    return f'{head},\n "definitions": [\n  ' + ",\n  ".join(lines) + "]}\n"
