"""fieldsmith itself: packages emitted from the family's schema, with bytecode, imported from the family's folder.

And the floor: the bare reader and writer of JSON, beneath everything that uses them.
"""

from __future__ import annotations

import compileall
import importlib
import json
import sys
from itertools import chain
from typing import Any

from payloads import Family

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.writing import printing, templates
from fieldsmith.writing.plans import Json, Settings
from peers.shapes import Ops

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def emit(family: Family, reader: Json = "standard") -> str:
    """The name of the family's package, written to its folder and compiled."""
    name = f"{family.name}_{reader}"
    settings = Settings(targets=("dataclasses", "serializers"), json=reader)
    package = printing.prepare(family.schema, settings, Diagnostics())
    assert package is not None, f"the names of {family.name} hold errors"
    texts = templates.load(None)
    pages = printing.print_pages(package, texts, None, list(package.pages))
    for file in (*printing.print_package(package, texts, None), *chain.from_iterable(pages)):
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
