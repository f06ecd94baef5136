"""The cases of `json_cases.json` that are values of Python: what is written is what the field says, or EncodeError.

The file describes these values in words; here they are by the case's id.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import IntEnum
from typing import Any

from suites.base import Verdict, cut, loads, said, same


class Loud(str):
    """A text that shows itself as another."""

    def __str__(self) -> str:
        return "loud"

    def __repr__(self) -> str:
        return "'loud'"


class Three(IntEnum):
    THREE = 3


SECONDS = dt.datetime(2024, 2, 29, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=1, seconds=30)))
ABSENT = object()
NOTHING = object()

# By id: the type of the field, the value, and the JSON value that may be written instead of an error.
VALUES: Mapping[str, tuple[tuple[str, Any, Any], ...]] = {
    "enc-str-subclass": (("str", Loud("quiet"), "quiet"),),
    "enc-int-subclass": (("int", Three.THREE, 3), ("int", True, NOTHING)),
    "enc-decimal": (("float", Decimal("0.1"), 0.1),),
    "enc-bytes": (("str", b"abc", NOTHING),),
    "enc-dt-seconds-offset": (("datetime", SECONDS, NOTHING),),
    "enc-date-as-datetime": (("date", dt.datetime(2024, 2, 29, 12, 0), "2024-02-29"),),
    "enc-unset-required": (("int", ABSENT, NOTHING),),
}


def check(package: Any, holders: Mapping[str, str], name: str) -> Verdict:
    """The verdict on all values of a case; `holders` are the names of the models by the type of their field `x`."""
    if name not in VALUES:
        return Verdict("unknown", "nobody has said which value this is")
    verdicts = [_written(package, getattr(package, holders[type_]), value, may) for type_, value, may in VALUES[name]]
    wrong = [verdict.wrong for verdict in verdicts if verdict.wrong]
    return Verdict("; ".join(verdict.said for verdict in verdicts), "; ".join(wrong) or None)


def _written(package: Any, holder: type[Any], value: Any, may: Any) -> Verdict:
    made = object.__new__(holder) if value is ABSENT else holder(x=value)
    try:
        written = made.to_json()
    except package.EncodeError:
        return Verdict("refused")
    found = loads(written)["x"]
    right = may is not NOTHING and same(found, may)
    return Verdict(said(found), None if right else f"{value!r} is written as {cut(repr(found))}")
