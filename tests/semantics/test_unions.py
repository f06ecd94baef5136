"""Unions: by a field that tells the members apart, else by JSON type, else by what fits best."""

from __future__ import annotations

from typing import Any

import pytest

import emitted
from emitted import alias, made_of, model, ref
from fieldsmith.schema import ListOf, MapOf, Nullable, OneOf, Scalar
from semantics.lines import Case, cases
from semantics.packages import Packages, refusal


@cases(
    """
    Shape: {"type":"circle","radius":1} => Circle(type="circle", radius=1)
    Shape: {"side":2.5,"type":"square"} => Square(type="square", side=2.5) => {"type":"square","side":2.5}
    Pet: {"kind":"cat","lives":9} => Cat(kind=CatKind.CAT, lives=9)
    Pet: {"kind":"dog"} => Dog(kind=DogKind.DOG)
    Vehicle: {"wheels":"two","name":"a"} => Bike(wheels="two", name="a")
    Vehicle: {"wheels":"four","name":"a"} => Car(wheels="four", name="a")
    Circle | Square | null: null => None
    list[Shape]: [{"type":"circle","radius":1},{"type":"square","side":1}] => [Circle(type="circle", radius=1), Square(type="square", side=1)]
    map[string, Shape | null]: {"a":{"type":"circle","radius":1},"b":null} => {"a": Circle(type="circle", radius=1), "b": None}
    """
)
def test_discriminated_unions(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    Shape: {"radius":1} ! .type: expected 'circle' or 'square', got nothing
    Shape: {} ! .type: expected 'circle' or 'square', got nothing
    Pet: {"lives":9} ! .kind: expected 'cat' or 'dog', got nothing
    Vehicle: {"name":"a"} ! .wheels: expected 'two' or 'four', got nothing
    list[Shape]: [{}] ! [0].type: expected 'circle' or 'square', got nothing
    """
)
def test_tag_missing(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    Shape: {"type":"cube"} ! .type: expected 'circle' or 'square', got 'cube'
    Shape: {"type":"Circle","radius":1} ! .type: expected 'circle' or 'square', got 'Circle'
    Shape: {"type":null} ! .type: expected 'circle' or 'square', got null
    Shape: {"type":1} ! .type: expected 'circle' or 'square', got 1
    Shape: {"type":[]} ! .type: expected 'circle' or 'square', got an empty list
    Shape: {"type":{}} ! .type: expected 'circle' or 'square', got an empty object
    Pet: {"kind":"cow"} ! .kind: expected 'cat' or 'dog', got 'cow'
    Vehicle: {"wheels":"six"} ! .wheels: expected 'two' or 'four', got 'six'
    """
)
def test_tag_unknown(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    Shape: {"type":"circle"} ! .radius: expected a number, got nothing
    Shape: {"type":"circle","radius":"x"} ! .radius: expected a number, got 'x'
    Shape: {"type":"square","side":"x","color":"green"} ! .side: expected a number, got 'x' ! .color: expected 'red' or 'blue', got 'green'
    Pet: {"kind":"cat"} ! .lives: expected an integer, got nothing
    Vehicle: {"wheels":"two"} ! .name: expected a string, got nothing
    """
)
def test_tag_known_body_wrong(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    Shape: "circle" ! expected a Circle object or a Square object, got 'circle'
    Shape: null ! expected a Circle object or a Square object, got null
    Shape: [] ! expected a Circle object or a Square object, got an empty list
    Pet: 5 ! expected a Cat object or a Dog object, got 5
    """
)
def test_no_object_for_a_tag(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    Shape = Circle(type="circle", radius=1) => {"type":"circle","radius":1}
    Shape = Circle(type="square", radius=1) ! .type: expected 'circle', got 'square'
    Shape = Circle(type="circle", radius="x") ! .radius: expected a number, got 'x'
    Shape = Name(first="a") ! expected a Circle object or a Square object, got Name
    Shape = {"type": "circle", "radius": 1} ! expected a Circle object or a Square object, got an object with 2 keys
    Pet = Cat(kind="cat", lives=9) ! .kind: expected a CatKind, got 'cat'
    Vehicle = Car(wheels="four", name="a") => {"wheels":"four","name":"a"}
    list[integer] | list[string] = ["a"] => ["a"]
    integer | string = True ! expected an integer or a string, got true
    """
)
def test_unions_at_writing(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    integer | string: 1 => 1
    integer | string: "1" => "1"
    integer | string: true ! expected an integer or a string, got true
    integer | string: null ! expected an integer or a string, got null
    boolean | integer: true => True
    boolean | integer: 1 => 1
    string | list[string]: ["a"] => ["a"]
    Shape | string: "circle" => "circle"
    Shape | string: {"type":"cube"} ! .type: expected 'circle' or 'square', got 'cube'
    Shape | list[Shape]: [{"type":"circle","radius":1}] => [Circle(type="circle", radius=1)]
    Shape | list[Shape]: [{"type":"cube"}] ! [0].type: expected 'circle' or 'square', got 'cube'
    any | Name: 5 => 5
    """
)
def test_unions_by_json_type(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    string | date: "2024-02-29" => date(2024, 2, 29)
    string | date: "soon" => "soon"
    date | datetime: "2024-02-29" => date(2024, 2, 29)
    date | datetime: "2024-02-29T12:30:00Z" => datetime(2024, 2, 29, 12, 30, tzinfo=UTC)
    datetime | date: "2024-02-29" => date(2024, 2, 29)
    string | Color: "red" => Color.RED
    string | Color: "green" => "green"
    string | uuid | Color: "12345678-1234-5678-9abc-123456789abc" => UUID("12345678-1234-5678-9abc-123456789abc")
    string | Shade: "dark" => Shade.DARK
    number | integer: 1 => 1
    any | Name: {"first":"a"} => Name(first="a")
    any | Name: {"first":1} => {"first": 1}
    """
)
def test_narrower_options_first(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    Name | Place: {"first":"a"} => Name(first="a")
    Name | Place: {"first":"a","last":"b"} => Name(first="a", last="b")
    Name | Place: {"first":"a","city":"c"} => Place(first="a", city="c")
    Place | Name: {"first":"a"} => Place(first="a")
    Name | Place: {"first":"a","last":"b","city":"c"} => Name(first="a", last="b") => {"first":"a","last":"b"}
    Name | Place: {"first":"a","city":1} => Name(first="a") => {"first":"a"}
    extra=forbid Name | Place: {"first":"a","city":"c"} => Place(first="a", city="c")
    list[integer] | list[string]: [] => []
    list[integer] | list[string]: ["a"] => ["a"]
    map[string, integer] | Counts: {"total":1} => Counts(total=1)
    map[string, integer] | Counts: {"a":1} => {"a": 1}
    """
)
def test_best_match(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    Name | Place: {} ! .first: expected a string, got nothing
    Name | Place: {"first":1} ! .first: expected a string, got 1
    Name | Place: 5 ! expected a Name object or a Place object, got 5
    extra=forbid Name | Place: {"first":"a","last":"b","city":"c"} ! .city: expected no such key, got 'c'
    list[integer] | list[string]: [1,"a"] ! [1]: expected an integer, got 'a'
    date | datetime: "soon" ! expected a date such as 2024-02-29 or an RFC 3339 date-time, got 'soon'
    Color | integer | list[string] | null: true ! expected 'red' or 'blue', an integer or a list, got true
    """
)
def test_nothing_fits(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    Thing: "x" => "x"
    Thing: {"type":"circle","radius":1} => Circle(type="circle", radius=1)
    Thing: {"kind":"dog"} => Dog(kind=DogKind.DOG)
    Thing: {"type":"cube"} ! .type: expected 'circle' or 'square', got 'cube'
    Thing: {"type":"circle"} ! .radius: expected a number, got nothing
    Thing: {"kind":"cow"} ! .kind: expected 'cat' or 'dog', got 'cow'
    Thing: 5 ! expected Shape, Pet or a string, got 5
    Thing = Cat(kind=CatKind.CAT, lives=9) => {"kind":"cat","lives":9}
    list[Thing | null]: ["x",null,{"kind":"dog"}] => ["x", None, Dog(kind=DogKind.DOG)]
    Thing | boolean: {"kind":"dog"} => Dog(kind=DogKind.DOG)
    list[integer | list[string | list[boolean]]]: [1,["a",[true]]] => [1, ["a", [True]]]
    """
)
def test_nested_unions(packages: Packages, case: Case) -> None:
    packages.check(case)


@pytest.mark.parametrize("bottom", ["good", 1.5])
def test_deep_unions_take_linear_time(bottom: Any) -> None:
    """Each level has two options that fail late: trying both anew at each would take 2 ** 40 steps."""
    child = ("child", ref("Either"), False)
    first, second = model("First", child, ("end", "integer")), model("Second", child, ("end", "string"))
    document: dict[str, Any] = {"end": bottom}
    for _ in range(40):
        document = {"child": document, "end": "s"}
    with emitted.emitted(made_of(first, second, alias("Either", OneOf((ref("First"), ref("Second")))))) as package:
        if bottom == "good":
            assert package.Second.from_dict(document).to_dict() == document
        else:
            assert len(refusal(lambda: package.Second.from_dict(document))) == 1
            _, found = package.Second.from_dict(document, strict=False)
            assert len(found) == 1


def test_fields_with_like_names() -> None:
    """Unions of fields whose names read alike are kept apart."""
    text, number = Scalar("string"), Scalar("integer")
    either, other = OneOf((text, ListOf(text))), OneOf((number, ListOf(number)))
    box = model("Box", ("a", ListOf(either)), ("aItem", other), ("a_value", MapOf(text, other)), ("b", ListOf(Nullable(other))))
    document = {"a": ["x", ["y"]], "aItem": [1], "a_value": {"k": 1}, "b": [None, 1, [2]]}
    with emitted.emitted(made_of(box)) as package:
        assert package.Box.from_dict(document).to_dict() == document
