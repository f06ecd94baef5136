"""Whatever library reads and writes the JSON: the same objects, the same problems, the same JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, get_args

import pytest

from fieldsmith.writing.plans import Json
from semantics.collected import collected
from semantics.lines import ABSENT, Case
from semantics.packages import Outcome, Packages, has_decimals
from semantics.test_documents import NO_JSON, NO_UTF8

ENGINES: tuple[Json, ...] = get_args(Json)
_NO_JSON = "text that is not: "  # what follows is in the words of the library


def exact(written: str | None) -> str | None:
    """JSON without what may be spelled in several ways: escapes, and floats such as `1e16` and `1e+16`."""
    if written is None or written == ABSENT:
        return written
    return repr(json.loads(written))


def compared(outcome: Outcome) -> tuple[object, ...]:
    return outcome.value, exact(outcome.written), tuple(problem.partition(_NO_JSON)[0] for problem in outcome.problems)


@pytest.mark.parametrize("decimals", [False, True], ids=["without decimals", "with decimals"])
@pytest.mark.parametrize("engine", ENGINES)
def test_engines_agree_on_all_cases(packages: Packages, engine: Json, decimals: bool) -> None:
    """All cases of these tests and all examples of the document, against the standard package for each."""
    known = [one for one in collected() if decimals or not has_decimals(one.type)]
    assert len(known) > 500
    settings = {"json": engine, "decimals": decimals}
    found = [(one.line, outcome(packages, one, {}), outcome(packages, one, settings)) for one in known]
    assert [each for each in found if each[1] != each[2]] == []


def outcome(packages: Packages, case: Case, settings: Mapping[str, Any]) -> tuple[object, ...]:
    """What comes of a case, as far as it must not differ; a crash is one of the things that may come of it."""
    try:
        return compared(packages.outcome(case, **settings))
    except Exception as error:
        return ("crash", repr(error))


def result(call: Callable[[], Any]) -> object:
    """What a call gives, or its problems, or whatever else it raises."""
    try:
        return repr(call())
    except Exception as error:
        problems: Any = getattr(error, "problems", None)
        if not problems:
            return repr(error)
        return [(one.path, one.expected, one.got.partition(_NO_JSON)[:2], one.source) for one in problems]


TEXTS: list[Any] = [
    *NO_JSON,
    *(said.encode() for said in NO_JSON),
    *NO_UTF8,
    *(bytearray(data) for data in NO_UTF8),
    b'\xef\xbb\xbf{"a":1}',
    b'{"a":1}',
    bytearray(b' {"a" : 1}\n'),
    memoryview(b'{"a":1}'),
    5,
    None,
    {"a": 1},
    f'{{"a":{"9" * 4300}}}',
    f'{{"a":{"9" * 4301}}}',
    f'{{"a":{"9" * 400}.5}}',
    f'{{"a":1{"0" * 400}.0}}',
    '{"a":1.0}',
    '{"a":1e400}',
    '{"a":NaN}',
    '{"a":-Infinity}',
    '{"\\ud800":1,"a":1}',
    '{"a":"\ud800"}',
    '{"a":18446744073709551616}',
    '{"a":[[[[["18446744073709551616"]]]]]}',
    *(f'{{"a":{number}}}' for number in (2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**64 - 1, 10**30, "9.3e18", "1e300")),
    *(f'{{"a":1,"x":[{number}]}}' for number in (2**63, -(2**63) - 1, 10**30, "9" * 4301, "9.3e18", "1e300")),
    '{"a":"x","y":18446744073709551616}',
    '{"a":18446744073709551616.5}',
    '{"a":1,"x":NaN}',
    '{"a":1,"x":1e400}',
    f'{{"a":{"[" * 100_000}',
    f'{{"a":1,"x":{"[" * 100_000}{"]" * 100_000}}}',
    *(f'{{"a":1,"x":{number}}}' for number in ("-0", "-0.0", "0e0", "1E400", "-1e400", "1e-400", "123e-2", "0.1e1")),
]


@pytest.mark.parametrize("decimals", [False, True], ids=["without decimals", "with decimals"])
@pytest.mark.parametrize("extra", ["ignore", "keep", "forbid"])
@pytest.mark.parametrize("engine", ENGINES)
def test_engines_agree_on_texts(packages: Packages, engine: Json, extra: str, decimals: bool) -> None:
    standard = packages.package(extra=extra)
    other = packages.package(extra=extra, json=engine, decimals=decimals)
    found = [(data, *(result(partial(_both, each.Part, data)) for each in (standard, other))) for data in TEXTS]
    assert [(repr(data)[:60], str(wanted)[:99], str(got)[:99]) for data, wanted, got in found if got != wanted] == []


def _both(cls: Any, data: Any) -> tuple[object, str | None]:
    """What a text is read as, and what that is written as."""
    made = cls.from_json(data)
    return made, exact(made.to_json().decode())


VALUES: list[Any] = [
    0.0, -0.0, 1.0, 1e15, 1e16, 1e17, 1e21, 1e22, 1e23, 123456789012345680.0, 1e-4, 1e-5, 1e-7, 5e-324, 0.1, 1 / 3,
    1.7976931348623157e308, 2**53, 2**63 - 1, 2**63, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1, 10**30, 10**400,
    "", "\x00\x1f\x7f\x80\u2028\u2029", '"\\/\b\f\n\r\t', "é😀\ufeff\uffff", "\ud800", "a\udfffb", "\ud83d\ude00",
    {"\ud800": "\udc00"}, {"é": [1, {"": None}]}, [2**64, "\ud800", 1e16], [True, False, None], [[]] * 100,
    float("nan"), [float("inf")], 10**5000, [10**5000], object(), Decimal("1.5"), b"x", {1: 2}, {None: 1}, (1, (2,)),
]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_engines_agree_on_values(packages: Packages, engine: Json) -> None:
    for value in VALUES:
        wanted, got = (result(partial(_text, packages, value, each)) for each in ("standard", engine))
        assert got == wanted


def _text(packages: Packages, value: Any, engine: str) -> str | None:
    """The JSON of a value of `any`, as `exact` spells it."""
    return exact(packages.box("any", json=engine)(it=value).to_json().decode())


@pytest.mark.parametrize("engine", ENGINES)
def test_engines_agree_on_depth(packages: Packages, engine: Json) -> None:
    box = packages.box("Tree", json=engine)
    for depth in (1, 10, 150):
        text = f'{{"it":{"[" * depth}{"]" * depth}}}'
        assert box.from_json(text).to_json().decode() == text
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    for call in (box(it=value).to_json, lambda: box.from_dict({"it": value}), lambda: box.from_json("[" * 100_000)):
        assert "nesting that is too deep" in str(result(call))
