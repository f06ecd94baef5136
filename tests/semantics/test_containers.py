"""Lists, maps, and `any`: one inside the other, with nulls, and what is none of them."""

from __future__ import annotations

from functools import partial
from typing import Any

from semantics.lines import Case, cases
from semantics.packages import Packages, refusal


@cases(
    """
    list[integer]: [] => []
    list[integer]: [1,2.0] => [1, 2] => [1,2]
    list[integer]: [1,"x",null] ! [1]: expected an integer, got 'x' ! [2]: expected an integer, got null
    list[integer]: {} ! expected a list, got an empty object
    list[integer]: "x" ! expected a list, got 'x'
    list[integer] = (1, 2) ! expected a list, got tuple
    list[integer] = [1, "x"] ! [1]: expected an integer, got 'x'
    list[integer | null]: [1,null] => [1, None]
    list[integer | null]: ["x"] ! [0]: expected an integer, got 'x'
    list[Color | null]: ["red",null] => [Color.RED, None]
    list[Name | null]: [{"first":"a"},null] => [Name(first="a"), None]
    """
)
def test_lists(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    map[string, integer]: {} => {}
    map[string, integer]: {"a":1,"":2,"a b":3} => {"a": 1, "": 2, "a b": 3}
    map[string, integer]: {"a":"x"} ! .a: expected an integer, got 'x'
    map[string, integer]: [1] ! expected an object, got a list of 1
    map[string, integer] = {1: 1} ! expected keys that are strings, got 1
    map[string, integer] = {None: 1} ! expected keys that are strings, got null
    map[string, integer | null]: {"a":null} => {"a": None}
    map[string, Name | null]: {"a":null,"b":{"first":"x"}} => {"a": None, "b": Name(first="x")}
    """
)
def test_maps(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    map[integer, string]: {"1":"a"} => {"1": "a"}
    map[integer, string]: {"x":"a"} => {"x": "a"}
    map[integer, string] = {1: "a"} ! expected keys that are strings, got 1
    map[Color, integer]: {"green":1} => {"green": 1}
    map[date, integer]: {"2024-02-29":1} => {"2024-02-29": 1}
    """
)
def test_keys_are_strings(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    list[list[integer]]: [[1],[]] => [[1], []]
    list[list[integer]]: [[1],2] ! [1]: expected a list, got 2
    list[list[integer]]: [[1,"x"]] ! [0][1]: expected an integer, got 'x'
    list[map[string, list[date | null] | null]]: [{"a":["2024-02-29",null],"b":null}] => [{"a": [date(2024, 2, 29), None], "b": None}]
    list[map[string, list[date | null] | null]]: [{"a":["x"]}] ! [0].a[0]: expected a date such as 2024-02-29, got 'x'
    map[string, map[string, list[integer]]]: {"a":{"b":[1]}} => {"a": {"b": [1]}}
    map[string, map[string, list[integer]]]: {"a":{"b c":[null]}} ! .a['b c'][0]: expected an integer, got null
    map[string, list[Shape]]: {"a":[{"type":"circle","radius":1}]} => {"a": [Circle(type="circle", radius=1)]}
    """
)
def test_nested_containers(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    any: {"a":[1,1.5,true,null,"x",{}]} => {"a": [1, 1.5, True, None, "x", {}]}
    any: null => None
    any: "2024-02-29" => "2024-02-29"
    any = (1, [2, (3,)]) => [1,[2,[3]]]
    any = {1: 2} ! expected keys that are strings, got 1
    any = {"a": {None: 2}} ! .a: expected keys that are strings, got null
    any = {"a": [1, object()]} ! .a[1]: expected something that JSON can say, got object
    any = {1, 2} ! expected something that JSON can say, got set
    any = Name(first="a") ! expected something that JSON can say, got Name
    list[any]: [1,[null]] => [1, [None]]
    map[string, any]: {"a":[null]} => {"a": [None]}
    map[string, any] = {"a": {1: 1}} ! .a: expected keys that are strings, got 1
    list[any] = [b"x"] ! [0]: expected something that JSON can say, got bytes
    """
)
def test_any(packages: Packages, case: Case) -> None:
    packages.check(case)


def test_any_from_dict(packages: Packages) -> None:
    """What `json.loads` never makes is refused in a dict, too, wherever it stands."""
    box: Any = packages.box("any")
    for wrong in (object(), (1, 2), {1: 2}, [b"x"], {"a": {1}}, {"a": [{2: 3}]}):
        assert len(refusal(partial(box.from_dict, {"it": wrong}))) == 1


def test_lists_are_made_anew(packages: Packages) -> None:
    """Changing what was read never changes what was given; values of `any` are handed on as they are."""
    given: dict[str, Any] = {"it": [1, 2]}
    made = packages.box("list[integer]").from_dict(given)
    made.it.append(3)
    written = made.to_dict()
    written["it"].append(4)
    assert given == {"it": [1, 2]} and made.it == [1, 2, 3]
    value = {"a": [1]}
    assert packages.box("any").from_dict({"it": value}).it is value
