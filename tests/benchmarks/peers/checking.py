"""What a library must do before it is timed: read all of a document into objects, and write the same document."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from payloads import Family

from peers.shapes import Ops

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


def keeps_null(ops: Ops, family: Family) -> bool:
    """Whether the document comes back with its nulls; False where it does once absent and null are one.

    Date-times count as instants. Raises ValueError where the document comes back changed in any other way.
    """
    written = []
    if "decode_dict" in ops:
        made = ops["encode_dict"](ops["decode_dict"](family.document))
        json.dumps(made, allow_nan=False, default=_refuse)
        written.append(made)
    written.append(json.loads(ops["encode_json"](ops["decode_json"](family.text))))
    if all(_plain(one) == _plain(family.document) for one in written):
        return True
    if all(_plain(one, nulls=False) == _plain(family.document, nulls=False) for one in written):
        return False
    raise ValueError("the document that it writes is not the one it read")


def census(value: Any) -> Counter[str]:
    """How many objects of models, enums and times there are in what was decoded."""
    found: Counter[str] = Counter()
    waiting = [value]
    while waiting:
        one = waiting.pop()
        found[_kind(one)] += 1
        waiting += _parts(one)
    del found[""]
    return found


def _kind(value: Any) -> str:
    for kind, classes in (("enums", enum.StrEnum), ("date-times", dt.datetime), ("dates", dt.date)):
        if isinstance(value, classes):
            return kind
    return type(value).__name__ if _attributes(value) else ""


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return value.values()
    return [getattr(value, name) for name in _attributes(value)]


def _attributes(value: Any) -> Iterable[str]:
    """The fields of a model's object, whatever library made its class."""
    if dataclasses.is_dataclass(value):
        return [field.name for field in dataclasses.fields(value)]
    if hasattr(value, "model_fields_set"):
        return list(vars(value))
    return getattr(value, "__struct_fields__", ())


def _plain(value: Any, *, nulls: bool = True) -> Any:
    """A document in which all spellings of an instant are one."""
    if isinstance(value, dict):
        return {key: _plain(one, nulls=nulls) for key, one in value.items() if nulls or one is not None}
    if isinstance(value, list):
        return [_plain(one, nulls=nulls) for one in value]
    if isinstance(value, str) and _INSTANT.match(value):
        return dt.datetime.fromisoformat(value)
    return value


def _refuse(value: Any) -> None:
    raise ValueError(f"{type(value).__name__} is no JSON, and stands in the dictionary that it writes")
