"""`json_cases.json`: documents, and values of Python, that (de)serializers trip over.

A case has `json`, or `gen` for a long one: the text under the key `x` of a model whose field has the case's `type`. Or
it has a whole document, as `doc` or in `hex`. Those of type `python` are in values.py. `back` is what the value must
be written as; without it, the value must come back as it was, by what its type means.
"""

from __future__ import annotations

import ast
import base64
import datetime as dt
import json
import math
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from emitted import CODE, emitted, enum, made_of, model, ref
from fieldsmith.schema import Const, Discriminator, ListOf, MapOf, Nullable, OneOf, Scalar, Schema, TypeExpr
from fieldsmith.writing.plans import Json, Settings
from suites import values
from suites.base import Case, Verdict, attempt, cut, deep, loads, said, same

PLACE = "json_cases.json"
MISSING = "<missing>"
STRING, INTEGER, NUMBER = Scalar("string"), Scalar("integer"), Scalar("number")
TAGGED = OneOf((ref("TagA"), ref("TagB")), Discriminator("type", (("a", "taga.md#TagA"), ("b", "tagb.md#TagB"))))

# The suite's words for types; those that begin with "Optional" need not be there.
TYPES: dict[str, TypeExpr] = {
    "int": INTEGER,
    "float": NUMBER,
    "bool": Scalar("boolean"),
    "str": STRING,
    "bytes": Scalar("bytes"),
    "date": Scalar("date"),
    "datetime": Scalar("datetime"),
    "Any": Scalar("any"),
    "model": INTEGER,
    "Node": ref("Node"),
    "Optional[str]": STRING,
    'Optional[Literal["agent"]]': Const("agent"),
    'Literal["agent"]': Const("agent"),
    "enum(closed)": ref("Closed"),
    "enum(open)": ref("Open"),
    "List[str]": ListOf(STRING),
    "List[int]": ListOf(INTEGER),
    "Dict[str, int]": MapOf(STRING, INTEGER),
    "Union[str, int]": OneOf((STRING, INTEGER)),
    "Union[int, str]": OneOf((INTEGER, STRING)),
    "Union[int, bool]": OneOf((INTEGER, Scalar("boolean"))),
    "Union[int, float]": OneOf((INTEGER, NUMBER)),
    "Union[float, int]": OneOf((NUMBER, INTEGER)),
    "Union[A{x}, B{x,y?}]": OneOf((ref("LessA"), ref("MoreB"))),
    'Union[A{type:"a"}, B{type:"b"}]': TAGGED,
}
HOLDERS = {type_: f"Holder{at}" for at, type_ in enumerate(TYPES)}


def schema() -> Schema:
    """A model `Holder0`, `Holder1` ... for each type, with a field `x`, and what the types refer to."""
    return made_of(
        *(model(HOLDERS[word], ("x", type_, not word.startswith("Optional"))) for word, type_ in TYPES.items()),
        model("Node", ("child", Nullable(ref("Node")))),
        model("LessA", ("x", INTEGER)),
        model("MoreB", ("x", INTEGER), ("y", INTEGER, False)),
        model("TagA", ("type", Const("a"))),
        model("TagB", ("type", Const("b"))),
        enum("Closed", "active", "idle", names=("ACTIVE", "IDLE")),
        enum("Open", "active", "idle", names=("ACTIVE", "IDLE"), is_open=True),
    )


def cases(path: Path, library: Json) -> Iterator[Case]:
    """Every case of the file; one that cannot be understood is a case that fails."""
    with emitted(schema(), Settings(targets=CODE, json=library)) as package:
        for one in json.loads(path.read_bytes())["cases"]:
            if one["type"] == "python":
                yield Case(one["id"], one["must"], partial(values.check, package, HOLDERS, one["id"]))
            else:
                yield Case(one["id"], one["must"], partial(_check, package, one))


def _check(package: Any, one: dict[str, str]) -> Verdict:
    if one["type"] not in TYPES or one["must"] not in ("accept", "reject", "either"):
        return Verdict("unknown", f"type {one['type']!r}, must {one['must']!r}: nobody has said what that is")
    holder = getattr(package, HOLDERS[one["type"]])
    document = _document(one)
    read = attempt(package, partial(holder.from_json, document))
    if isinstance(read, Exception):
        return Verdict("refused", f"refused; must be accepted: {cut(str(read))}" if one["must"] == "accept" else None)
    written = attempt(package, read.to_json)
    if isinstance(written, Exception):  # the error that an `either` asks for may come this late
        wrong = None if one["must"] == "either" else f"read, but cannot be written: {cut(str(written))}"
        return Verdict("refused", wrong)
    accepted = said(loads(written))
    if one["must"] == "reject":
        return Verdict(accepted, f"accepted as {cut(repr(read))}; must be refused")
    if holder.from_json(written).to_json() != written:
        return Verdict(accepted, f"another value after a round trip: {cut(repr(written))}")
    return Verdict(accepted, _changed(one, document, loads(written)))


def _document(one: dict[str, str]) -> bytes:
    if "hex" in one:
        return bytes.fromhex(one["hex"])
    if "doc" in one:
        return one["doc"].encode("utf-8", "surrogatepass")
    text = generated(one["gen"]) if "gen" in one else one["json"]
    if text == MISSING:
        return b"{}"
    return b'{"x":%s}' % _repeated(text, one["why"]).encode("utf-8", "surrogatepass")


def _repeated(text: str, why: str) -> str:
    """The text; a string is as much longer as the case's reason says that the runner makes it."""
    asked = re.search(r"the runner repeats it ([\d,]+) times", why)
    return f'"{text[1:-1] * int(asked[1].replace(",", ""))}"' if asked else text


def generated(expression: str) -> str:
    """The text that an expression of string literals, `+` and `* number` stands for. ValueError for any other."""
    found = _evaluated(ast.parse(expression, mode="eval").body)
    if not isinstance(found, str):
        raise ValueError(f"no text: {expression}")
    return found


def _evaluated(node: ast.expr) -> str | int:
    match node:
        case ast.Constant(value=str() | int() as value):
            return value
        case ast.BinOp(left=left, op=ast.Add() | ast.Mult() as op, right=right):
            one, other = _evaluated(left), _evaluated(right)
            if isinstance(op, ast.Mult) and isinstance(one, str) and isinstance(other, int):
                return one * other
            if isinstance(op, ast.Add) and isinstance(one, str) and isinstance(other, str):
                return one + other
    raise ValueError(f"no string literal, sum or product of one: {ast.unparse(node)}")


def _changed(one: dict[str, str], document: bytes, written: dict[str, Any]) -> str | None:
    """What is wrong where the value written is not the one that the case asks for."""
    found = written.get("x", MISSING)
    expected = loads(document).get("x", MISSING)
    if "back" in one:
        expected = MISSING if one["back"] == MISSING else loads(one["back"])
        kept = same(found, expected)
    elif expected is None and one["type"].startswith("Optional"):
        kept = found in (None, MISSING)
    else:
        kept = KEPT.get(one["type"], same)(found, expected)
    with deep():
        return None if kept else f"written as {cut(repr(found))}; must be {cut(repr(expected))}"


def _same_number(found: Any, expected: Any) -> bool:
    """By value: `1` may be written as `1.0`; all digits and the sign of zero stay."""
    return bool(found == expected) and math.copysign(1, found) == math.copysign(1, expected)


def _same_bytes(found: str, expected: str) -> bool:
    return base64.b64decode(found) == base64.b64decode(expected)


def _same_moment(found: str, expected: str) -> bool:
    """The same time on the clock and the same offset, if any; digits beyond microseconds may be cut."""
    return _moment(found) == _moment(expected)


def _moment(text: str) -> tuple[dt.datetime, dt.timedelta | None]:
    text = re.sub(r"(\.\d{6})\d+", r"\1", text.upper().replace(" ", "T"))
    moment = dt.datetime.fromisoformat(text)
    return moment.replace(tzinfo=None), moment.utcoffset()


KEPT = {"float": _same_number, "bytes": _same_bytes, "datetime": _same_moment}
