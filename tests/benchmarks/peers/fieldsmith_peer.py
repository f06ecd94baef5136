"""fieldsmith itself: packages emitted from the family's schema, with bytecode, imported from the family's folder.

And the floor: the bare reader and writer of JSON, beneath everything that uses them.
"""

from __future__ import annotations

import compileall
import importlib
import json
import sys
from typing import Any

from payloads import Family

from fieldsmith import writing
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.writing.plans import Json, Settings
from fieldsmith.writing.render import render
from peers.shapes import Ops

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def emit(family: Family, reader: Json = "standard") -> str:
    """The name of the family's package, written to its folder and compiled."""
    name = f"{family.name}_{reader}"
    plans = writing.plan(family.schema, Settings(targets=("dataclasses", "serializers"), json=reader), Diagnostics())
    for file in render(plans):
        target = family.work / name / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.text, encoding="utf-8")
    compileall.compile_dir(family.work / name, quiet=1)
    return name


def model(family: Family, reader: Json = "standard") -> Any:
    """The class of the family's documents, out of its emitted package."""
    if str(family.work) not in sys.path:
        sys.path.insert(0, str(family.work))
    name = emit(family, reader)
    importlib.invalidate_caches()
    return getattr(importlib.import_module(name), family.root)


def standard(family: Family) -> Ops:
    return _ops(model(family))


def orjson(family: Family) -> Ops:
    return _ops(model(family, "orjson"))


def _ops(cls: Any) -> Ops:
    return {
        "decode_dict": cls.from_dict,
        "decode_json": cls.from_json,
        "encode_dict": cls.to_dict,
        "encode_json": cls.to_json,
    }


def floor(family: Family) -> Ops:
    """JSON to dictionaries and back, with nothing checked; there is no floor below dictionaries."""
    return {"decode_json": json.loads, "encode_json": lambda document: _ENCODER.encode(document).encode()}
