"""Models: recursive ones, empty ones, and classes of one's own below them."""

from __future__ import annotations

import json
from typing import Any

from semantics.lines import Case, cases
from semantics.packages import Packages, refusal


@cases(
    """
    Node: {} => Node()
    Node: {"next":{"value":1,"next":{"value":[2]}}} => Node(next=Node(value=1, next=Node(value=[2]))) => {"next":{"value":1,"next":{"value":[2]}}}
    Node: {"next":{"next":5}} ! .next.next: expected a Node object, got 5
    Folder: {"files":[{"name":"a","parent":{"files":[]}}]} => Folder(files=[File(name="a", parent=Folder(files=[]))])
    Folder: {"files":[{"name":"a","parent":{"files":[{"name":1}]}}]} ! .files[0].parent.files[0].name: expected a string, got 1
    Tree: "a" => "a"
    Tree: ["a",["b",[]]] => ["a", ["b", []]]
    Tree: ["a",["b",[1]]] ! [1][1][0]: expected a string or a list, got 1
    Sum: {"left":1,"right":{"left":2,"right":{"of":[3]}}} => Sum(left=1, right=Sum(left=2, right=Product(of=[3])))
    Sum: {"left":1,"right":{"left":2,"right":{"of":["x"]}}} ! .right.right.of[0]: expected an integer, a Sum object or a Product object, got 'x'
    Node = Node(next=Node(next=Name(first="a"))) ! .next.next: expected a Node, got Name
    """
)
def test_recursive_models(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    Empty: {} => Empty()
    Empty: [] ! expected an Empty object, got an empty list
    Empty: null ! expected an Empty object, got null
    Part: {"a":1,"a":2} => Part(a=2) => {"a":2}
    Whole: {"inner":null} ! .inner: expected a Part object, got null
    Square: {"color":"red","side":1,"type":"square"} => Square(type="square", side=1, color=Color.RED) => {"type":"square","side":1,"color":"red"}
    Part = {"a": 1} ! expected a Part, got an object with 1 key
    """
)
def test_objects(packages: Packages, case: Case) -> None:
    packages.check(case)


def test_subclasses_of_models(packages: Packages) -> None:
    package = packages.package(extra="keep")
    base: Any = package.Part

    class Loud(base):  # type: ignore[misc]  # the base is only known when it runs
        def shout(self) -> str:
            return f"{self.a}!"

    made = Loud.from_json('{"a":1,"x":2}')
    assert type(made) is Loud and made.shout() == "1!" and made.additional_properties == {"x": 2}
    assert made.to_json() == b'{"a":1,"x":2}' and made.to_dict() == {"a": 1, "x": 2}
    again, found = Loud.from_dict({"a": "y"}, strict=False)
    assert type(again) is Loud and again.a == "y" and len(found) == 1
    assert refusal(lambda: Loud.from_dict({"a": "y"})) == ["$.a: expected an integer, got 'y'"]
    for holder in (package.Whole(inner=made), package.Whole(inner=base(a=1), all=[made]), package.Whole(inner=base(a=1), either=made)):
        assert b'"x":2' in holder.to_json()
    assert type(package.Whole.from_dict({"inner": {"a": 1}}).inner) is base


def test_subclasses_with_fields_of_their_own(packages: Packages) -> None:
    """Slots of its own or none: what the documented fields do not know is not written."""
    base: Any = packages.package().Part

    class Marked(base):  # type: ignore[misc]  # the base is only known when it runs
        mark = "m"

    made = Marked.from_dict({"a": 1})
    made.note = "only in Python"
    assert made.mark == "m" and json.loads(made.to_json()) == {"a": 1}
