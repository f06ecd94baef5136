"""Texts as a whole: what is JSON and what is not, in bytes and in str; keys that stand twice."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from semantics.lines import Case, cases
from semantics.packages import Packages, refusal

NO_JSON = [
    "",
    " ",
    "{",
    '{"a":1',
    '{"a":1,}',
    '{"a":[1,]}',
    "{'a':1}",
    "{a:1}",
    '{"a":1}x',
    '{"a":1}{"a":1}',
    '{"a":01}',
    '{"a":+1}',
    '{"a":.5}',
    '{"a":1.}',
    '{"a":1e}',
    '{"a":-}',
    '{"a":0x1}',
    '{"a":1_0}',
    '{"a":True}',
    '{"a":undefined}',
    '{"a":"\n"}',
    '{"a":"\x00"}',
    '{"a":"\\x41"}',
    '{"a":"\\u12"}',
    '{"a":"x}',
    '{"a":1} // one',
    '{"a":1}\x00',
    '\x0b{"a":1}',
    '\u00a0{"a":1}',
    '\ufeff{"a":1}',
]
NO_UTF8 = [
    b'{"a":"\xff"}',
    b'{"a":"\xc0\x80"}',
    b'{"a":"\xed\xa0\x80"}',
    b'{"a":"\xf4\x90\x80\x80"}',
    b'{"a":"\xc3"}',
    b'{"\xff":1,"a":1}',
    '{"a":1}'.encode("utf-16"),
    '{"a":1}'.encode("utf-16-le"),
    '{"a":1}'.encode("utf-32"),
]


@pytest.mark.parametrize("data", [b'{"a":1}', bytearray(b'{"a":1}'), '{"a":1}', ' \t\r\n{ "a" : 1 }\n'])
def test_texts(packages: Packages, data: bytes | bytearray | str) -> None:
    inner = packages.package().Part
    assert inner.from_json(data) == inner(a=1)


@pytest.mark.parametrize("said", NO_JSON)
def test_no_json(packages: Packages, said: str) -> None:
    for data in (said, said.encode(), bytearray(said.encode())):
        (problem,) = refusal(partial(packages.package().Part.from_json, data))
        assert problem.startswith("$: expected JSON, got text that is not: ")


@pytest.mark.parametrize("data", [*NO_UTF8, b'\xef\xbb\xbf{"a":1}'])
def test_no_utf8(packages: Packages, data: bytes) -> None:
    for each in (data, bytearray(data)):
        (problem,) = refusal(partial(packages.package().Part.from_json, each))
        assert problem.startswith("$: expected JSON, got text that is not: ")


@pytest.mark.parametrize("data", [5, None, True, 1.5, {"a": 1}, ["{}"], object(), memoryview(b'{"a":1}'), int])
def test_no_text(packages: Packages, data: Any) -> None:
    name = type(data).__name__
    for lenient in ({}, {"strict": False}):
        found = refusal(partial(packages.package().Part.from_json, data, **lenient))
        assert found == [f"$: expected JSON as bytes or str, got {name}"]


@pytest.mark.parametrize(
    ("said", "got"),
    [("[1]", "a list of 1"), ("1", "1"), ('"x"', "'x'"), ("null", "null"), ("true", "true"), ("[]", "an empty list")],
)
def test_no_object(packages: Packages, said: str, got: str) -> None:
    inner = packages.package().Part
    assert refusal(lambda: inner.from_json(said)) == [f"$: expected a Part object, got {got}"]
    assert refusal(lambda: inner.from_json(said, strict=False)) == [f"$: expected a Part object, got {got}"]


@pytest.mark.parametrize("data", [None, 5, "{}", b"{}", (("a", 1),), object()])
def test_no_dict(packages: Packages, data: Any) -> None:
    (problem,) = refusal(lambda: packages.package().Part.from_dict(data))
    assert problem.startswith("$: expected a Part object, got ")


@cases(
    """
    Part: {"a":"x","a":2} => Part(a=2) => {"a":2}
    Part: {"a":2,"a":"x"} ! .a: expected an integer, got 'x'
    Shape: {"type":"cube","type":"circle","radius":1} => Circle(type="circle", radius=1) => {"type":"circle","radius":1}
    map[string, integer]: {"k":1,"k":2} => {"k": 2} => {"k":2}
    any: {"k":{"b":1},"k":{"c":1}} => {"k": {"c": 1}} => {"k":{"c":1}}
    extra=keep Part: {"a":1,"x":1,"x":2} => Part(a=1, additional_properties={"x": 2}) => {"a":1,"x":2}
    """
)
def test_keys_that_stand_twice(packages: Packages, case: Case) -> None:
    packages.check(case)


def test_keys_that_are_no_text(packages: Packages) -> None:
    """JSON has no such keys; a dict that was not made of JSON may."""
    document = {"a": 1, 2: 3}
    assert packages.package().Part.from_dict(document).a == 1
    assert refusal(lambda: packages.package(extra="keep").Part.from_dict(document)) == ["$: expected keys that are strings, got 2"]
    assert len(refusal(lambda: packages.package(extra="forbid").Part.from_dict(document))) == 1


def test_text_written_is_compact_utf8(packages: Packages) -> None:
    package = packages.package(extra="keep")
    made = package.Part(a=1, additional_properties={"é": ["x y", {"b": None}]})
    assert made.to_json() == '{"a":1,"é":["x y",{"b":null}]}'.encode()
