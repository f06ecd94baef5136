"""`strict=False`: the object and its problems; what does not fit stays as it came."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from semantics.lines import Case, cases
from semantics.packages import Packages, refusal, told

Documents = list[tuple[Any, list[str]]]


@cases(
    """
    lenient integer: 1.0 => 1 => 1
    lenient optional string: absent => None
    lenient optional string: null => None => absent
    lenient optional string | null: absent => UNSET
    lenient Shape: {"type":"circle","radius":1} => Circle(type="circle", radius=1)
    lenient Shade: "grey" => "grey"
    lenient Counts: {"total":1,"a":2} => Counts(total=1, additional_properties={"a": 2})
    lenient any: [1,{"a":null}] => [1, {"a": None}]
    """
)
def test_lenient_without_problems(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    lenient integer: "x" => "x" ! expected an integer, got 'x'
    lenient integer: true => True ! expected an integer, got true
    lenient integer: null => None ! expected an integer, got null
    lenient string: {"a":1} => {"a": 1} ! expected a string, got an object with 1 key
    lenient date: "soon" => "soon" ! expected a date such as 2024-02-29, got 'soon'
    lenient uuid: 5 => 5 ! expected a UUID, got 5
    lenient decimal: "x" => "x" ! expected a decimal number, got 'x'
    lenient Color: "green" => "green" ! expected 'red' or 'blue', got 'green'
    lenient "a": "b" => "b" ! expected 'a', got 'b'
    lenient optional integer: "x" => "x" ! expected an integer, got 'x'
    lenient optional integer | null: "x" => "x" ! expected an integer, got 'x'
    lenient integer | string: [1] => [1] ! expected an integer or a string, got a list of 1
    """
)
def test_lenient_values_stay(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    lenient list[integer]: [1,"x",2.0] => [1, "x", 2] ! [1]: expected an integer, got 'x'
    lenient list[date | null]: ["2024-02-29",null,5] => [date(2024, 2, 29), None, 5] ! [2]: expected a date such as 2024-02-29, got 5
    lenient map[string, date]: {"a":"2024-02-29","b":"x"} => {"a": date(2024, 2, 29), "b": "x"} ! .b: expected a date such as 2024-02-29, got 'x'
    lenient map[string, date]: [1] => [1] ! expected an object, got a list of 1
    lenient list[Part]: [{"a":1},{"a":"x"},{},5] => [Part(a=1), Part(a="x"), {}, 5] ! [1].a: expected an integer, got 'x' ! [2].a: expected an integer, got nothing ! [3]: expected a Part object, got 5
    lenient list[list[Color]]: [["red","green"],"x"] => [[Color.RED, "green"], "x"] ! [0][1]: expected 'red' or 'blue', got 'green' ! [1]: expected a list, got 'x'
    lenient Counts: {"total":1,"a":"x","b":2.0} => Counts(total=1, additional_properties={"a": "x", "b": 2}) ! .a: expected an integer, got 'x'
    """
)
def test_lenient_inside_containers(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    lenient Part: {} => {} ! .a: expected an integer, got nothing
    lenient Part: 5 => 5 ! expected a Part object, got 5
    lenient Whole: {"inner":{},"all":[{"a":"x"}]} => Whole(inner={}, all=[Part(a="x")]) ! .inner.a: expected an integer, got nothing ! .all[0].a: expected an integer, got 'x'
    lenient Whole: {"all":[{"a":1}]} => {"all": [{"a": 1}]} ! .inner: expected a Part object, got nothing
    lenient Node: {"value":1,"next":{"next":5}} => Node(value=1, next=Node(next=5)) ! .next.next: expected a Node object, got 5
    extra=forbid lenient Part: {"a":1,"x":2} => Part(a=1) ! .x: expected no such key, got 2
    extra=keep lenient Part: {"a":"y","x":2} => Part(a="y", additional_properties={"x": 2}) ! .a: expected an integer, got 'y'
    """
)
def test_lenient_objects(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    lenient Shape: {"type":"circle","radius":"x"} => Circle(type="circle", radius="x") ! .radius: expected a number, got 'x'
    lenient Shape: {"type":"circle"} => {"type": "circle"} ! .radius: expected a number, got nothing
    lenient Shape: {"type":"cube"} => {"type": "cube"} ! .type: expected 'circle' or 'square', got 'cube'
    lenient Shape: {} => {} ! .type: expected 'circle' or 'square', got nothing
    lenient Pet: {"kind":"cat","lives":"x"} => Cat(kind=CatKind.CAT, lives="x") ! .lives: expected an integer, got 'x'
    lenient Name | Place: {"first":1,"city":"b"} => {"first": 1, "city": "b"} ! .first: expected a string, got 1
    lenient Tree: ["a",[1]] => ["a", [1]] ! [1][0]: expected a string or a list, got 1
    lenient list[Shape | null]: [null,{"type":"square","side":"x","color":"red"}] => [None, Square(type="square", side="x", color=Color.RED)] ! [1].side: expected a number, got 'x'
    """
)
def test_lenient_unions(packages: Packages, case: Case) -> None:
    packages.check(case)


NOTHING_TO_BUILD: Documents = [
    ({}, ["$.a: expected an integer, got nothing"]),
    ({"b": 1}, ["$.a: expected an integer, got nothing"]),
    ([], ["$: expected a Part object, got an empty list"]),
    (None, ["$: expected a Part object, got null"]),
    ("x", ["$: expected a Part object, got 'x'"]),
]


@pytest.mark.parametrize(("document", "said"), NOTHING_TO_BUILD)
def test_lenient_refusals(packages: Packages, document: Any, said: list[str]) -> None:
    """Where no object can be built there is nothing to give, and the error of strict reading is raised."""
    inner = packages.package().Part
    assert refusal(lambda: inner.from_dict(document, strict=False)) == said
    assert refusal(lambda: inner.from_dict(document)) == said
    assert refusal(lambda: inner.from_json("{", strict=False)) == refusal(lambda: inner.from_json("{"))


def test_lenient_results_have_a_form(packages: Packages) -> None:
    package = packages.package()
    for read, document in ((package.Part.from_dict, {"a": "x"}), (package.Part.from_json, b'{"a":"x"}')):
        made, problems = read(document, strict=False)
        assert made == package.Part(a="x") and isinstance(problems, list)
        with pytest.raises(package.DecodeError) as caught:
            read(document)
        assert tuple(problems) == caught.value.problems and all(isinstance(one, package.Problem) for one in problems)
    assert package.Part.from_dict({"a": 1}, strict=False) == (package.Part(a=1), [])
    assert package.Part.from_dict({"a": 1}, strict=True) == package.Part(a=1)


def test_lenient_objects_are_not_written(packages: Packages) -> None:
    """What did not fit at reading does not fit at writing: it has to be mended first."""
    package = packages.package()
    made, _ = package.Whole.from_dict({"inner": {}, "all": [{"a": "x"}]}, strict=False)
    assert refusal(made.to_json) == [
        "$.inner: expected a Part, got an empty object",
        "$.all[0].a: expected an integer, got 'x'",
    ]
    made.inner, made.all[0].a = package.Part(a=1), 2
    assert made.to_json() == b'{"inner":{"a":1},"all":[{"a":2}]}'


def test_lenient_nan(packages: Packages) -> None:
    """Numbers that JSON cannot say stay where they stood in a dict; texts with them are no JSON."""
    box = packages.box("any")
    for value in (float("inf"), [float("-inf")], {"a": [1, float("inf")]}):
        made, problems = box.from_dict({"it": value}, strict=False)
        assert made.it == value and len(problems) == 1 and told(problems[0]).startswith("$.it")
    assert refusal(partial(box.from_json, '{"it":NaN}', strict=False))[0].startswith("$: expected JSON, got ")
