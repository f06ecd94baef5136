"""What an error says: every problem at once, where it is, what belongs there, what is there, where that is documented."""

from __future__ import annotations

import copy
import pickle
from functools import partial
from typing import Any

import pytest

import emitted
from fieldsmith.writing.plans import Settings
from semantics.document import definitions
from semantics.lines import Case, cases
from semantics.packages import Packages, refusal, schema_of


def line_of(title: str, field: str) -> str:
    """Where the definitions document a field."""
    lines = definitions().splitlines()
    at = next(n for n in range(lines.index(f"# {title}"), len(lines)) if lines[n].startswith(f"| `{field}` |"))
    return f"page.md:{at + 1}"


def test_all_problems_at_once(packages: Packages) -> None:
    document = {"all": [{"a": "x"}, {}, 5, {"a": 1}], "some": {"odd key": {"a": None}}, "either": True}
    with pytest.raises(packages.package().DecodeError) as caught:
        packages.package().Whole.from_dict(document)
    inner = line_of("Part", "a")
    assert str(caught.value).split("\n") == [
        f"$.inner: expected a Part object, got nothing ({line_of('Whole', 'inner')})",
        f"$.all[0].a: expected an integer, got 'x' ({inner})",
        f"$.all[1].a: expected an integer, got nothing ({inner})",
        f"$.all[2]: expected a Part object, got 5 ({line_of('Whole', 'all')})",
        f"$.some['odd key'].a: expected an integer, got null ({inner})",
        f"$.either: expected a Part object or a string, got true ({line_of('Whole', 'either')})",
    ]


def test_problems_have_parts(packages: Packages) -> None:
    package = packages.package()
    with pytest.raises(package.DecodeError) as caught:
        package.Part.from_json('{"a":"x"}')
    error = caught.value
    assert error.problems == (package.Problem("$.a", "an integer", "'x'", line_of("Part", "a")),)
    assert isinstance(error, ValueError) and isinstance(error.problems, tuple)
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(again) is type(error) and again.problems == error.problems and str(again) == str(error)
    with pytest.raises(package.DecodeError) as caught:
        package.Part.from_json("{")
    assert caught.value.problems[0].source == ""


@cases(
    r"""
    map[string, Part]: {"a_b":{}} ! .a_b.a: expected an integer, got nothing
    map[string, Part]: {"\u00e9":{}} ! .é.a: expected an integer, got nothing
    map[string, Part]: {"odd key":{}} ! ['odd key'].a: expected an integer, got nothing
    map[string, Part]: {"a.b":{}} ! ['a.b'].a: expected an integer, got nothing
    map[string, Part]: {"a-b":{}} ! ['a-b'].a: expected an integer, got nothing
    map[string, Part]: {"1":{}} ! ['1'].a: expected an integer, got nothing
    map[string, Part]: {"":{}} ! [''].a: expected an integer, got nothing
    map[string, Part]: {"it's":{}} ! ["it's"].a: expected an integer, got nothing
    map[string, Part]: {"\n\ud800":{}} ! ['\n\ud800'].a: expected an integer, got nothing
    list[map[string, list[Part]]]: [{},{"k":[{"a":1},{}]}] ! [1].k[1].a: expected an integer, got nothing
    """
)
def test_paths(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    r"""
    integer: {"a":{"b":1},"c":2} ! expected an integer, got an object with 2 keys
    integer: {"a":1} ! expected an integer, got an object with 1 key
    integer: {} ! expected an integer, got an empty object
    integer: [1,2,3] ! expected an integer, got a list of 3
    integer: [] ! expected an integer, got an empty list
    integer: "\n\ud800" ! expected an integer, got '\n\ud800'
    string: 12345678901234567890 ! expected a string, got 12345678901234567890
    string: 1.50 ! expected a string, got 1.5
    """
)
def test_what_is_there_in_few_words(packages: Packages, case: Case) -> None:
    packages.check(case)


LARGE: list[Any] = [
    "x" * 100_000,
    "\ud800" * 100_000,
    [[1] * 1000] * 1000,
    {"k" * 100_000: 1},
    {"a": {str(n): n for n in range(9999)}},
]


@pytest.mark.parametrize("value", LARGE, ids=range(len(LARGE)))
def test_no_whole_document_in_errors(packages: Packages, value: Any) -> None:
    inner = packages.package(extra="forbid").Part
    for document in ({"a": value}, {"a": 1, "x" * 100_000: value}, {"a": 1, "- " * 100_000: value}):
        (problem,) = refusal(partial(inner.from_dict, document))
        assert len(problem) < 200
    (problem,) = refusal(inner(a=value).to_json)
    assert len(problem) < 200
    (problem,) = refusal(lambda: packages.box("string").from_dict({"it": 10**4000}))
    assert problem == "$.it: expected a string, got an integer of many digits"


def test_many_problems_are_counted(packages: Packages) -> None:
    """The text is for people and stops at 100; `problems` has all of them."""
    package = packages.package()
    for wrong, last in ((100, "$.all[99].a: expected"), (101, "and 1 more"), (5000, "and 4900 more")):
        with pytest.raises(package.DecodeError) as caught:
            package.Whole.from_dict({"inner": {"a": 1}, "all": [{}] * wrong})
        lines = str(caught.value).split("\n")
        assert len(caught.value.problems) == wrong and len(lines) == min(wrong, 101)
        assert lines[-1].startswith(last)


def test_wrong_attributes(packages: Packages) -> None:
    """Writing never guesses: a wrong value is an error with its path, and never wrong JSON."""
    package = packages.package()
    made = package.Whole(inner=package.Part(a="hot"), all=[package.Part(a=1), "x"], either=package.Color.RED)
    with pytest.raises(package.EncodeError) as caught:
        made.to_json()
    assert str(caught.value).split("\n") == [
        f"$.inner.a: expected an integer, got 'hot' ({line_of('Part', 'a')})",
        f"$.all[1]: expected a Part, got 'x' ({line_of('Whole', 'all')})",
    ]
    assert isinstance(caught.value, package.DecodeError)
    with pytest.raises(package.EncodeError) as again:
        made.to_dict()
    assert again.value.problems == caught.value.problems


def test_deleted_attributes(packages: Packages) -> None:
    made = packages.package().Part(a=1)
    del made.a
    for write in (made.to_json, made.to_dict):
        assert refusal(write) == ["$.a: expected an integer, got nothing"]


def test_wire_names_in_paths() -> None:
    """Paths are those of the JSON, also at writing."""
    settings = Settings(targets=emitted.CODE, wire_overrides={"Part.a": "A-1"})
    with emitted.emitted(schema_of({"page.md": definitions()}), settings) as package:
        for call in (partial(package.Part.from_dict, {"A-1": "x"}), package.Part(a="x").to_dict):
            assert refusal(call) == ["$['A-1']: expected an integer, got 'x'"]
