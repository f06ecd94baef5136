"""Keys that are not documented: ignored, kept or forbidden, at every level; and models that are open to them."""

from __future__ import annotations

from semantics.lines import Case, cases
from semantics.packages import Packages

EVERYWHERE = '{"inner":{"a":1,"x":1},"all":[{"a":1,"y":2}],"some":{"k":{"a":1,"v":3}},"either":{"a":1,"z":4},"w":5}'


@cases(
    f"""
    Part: {{"a":1,"x":2}} => Part(a=1) => {{"a":1}}
    Empty: {{"x":1}} => Empty() => {{}}
    Shape: {{"type":"circle","radius":1,"x":1}} => Circle(type="circle", radius=1) => {{"type":"circle","radius":1}}
    Whole: {EVERYWHERE} => Whole(inner=Part(a=1), all=[Part(a=1)], some={{"k": Part(a=1)}}, either=Part(a=1)) => {{"inner":{{"a":1}},"all":[{{"a":1}}],"some":{{"k":{{"a":1}}}},"either":{{"a":1}}}}
    """
)
def test_extra_ignored(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    f"""
    extra=keep Part: {{"a":1,"x":[1.0,{{"y":null}}]}} => Part(a=1, additional_properties={{"x": [1.0, {{"y": None}}]}})
    extra=keep Part: {{"x":2,"a":1}} => Part(a=1, additional_properties={{"x": 2}}) => {{"a":1,"x":2}}
    extra=keep Part: {{"a":1,"additional_properties":2}} => Part(a=1, additional_properties={{"additional_properties": 2}})
    extra=keep Empty: {{"x":1}} => Empty(additional_properties={{"x": 1}})
    extra=keep Shape: {{"type":"circle","radius":1,"x":1}} => Circle(type="circle", radius=1, additional_properties={{"x": 1}})
    extra=keep Name | Place: {{"first":"a","x":1}} => Name(first="a", additional_properties={{"x": 1}})
    extra=keep Whole: {EVERYWHERE} => Whole(inner=Part(a=1, additional_properties={{"x": 1}}), all=[Part(a=1, additional_properties={{"y": 2}})], some={{"k": Part(a=1, additional_properties={{"v": 3}})}}, either=Part(a=1, additional_properties={{"z": 4}}), additional_properties={{"w": 5}})
    """
)
def test_extra_kept(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    extra=keep Part = Part(a=1, additional_properties={"x": [None]}) => {"a":1,"x":[null]}
    extra=keep Part = Part(a=1, additional_properties={"a": 2}) ! .a: expected no documented key, got 2
    extra=keep Name = Name(first="a", additional_properties={"last": "b"}) ! .last: expected no documented key, got 'b'
    extra=keep Part = Part(a=1, additional_properties={2: 2}) ! expected keys that are strings, got 2
    extra=keep Part = Part(a=1, additional_properties={"x": object()}) ! .x: expected something that JSON can say, got object
    extra=keep Part = Part(a=1, additional_properties={"x": float("nan")}) ! .x: expected something that JSON can say, got nan
    extra=keep Part = Part(a=1, additional_properties=None) ! .additional_properties: expected a dict, got null
    """
)
def test_extra_at_writing(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    f"""
    extra=forbid Part: {{"a":1,"x":2}} ! .x: expected no such key, got 2
    extra=forbid Part: {{"a":1,"odd key":{{"b":1}}}} ! ['odd key']: expected no such key, got an object with 1 key
    extra=forbid Part: {{"a":1}} => Part(a=1)
    extra=forbid Empty: {{"x":1}} ! .x: expected no such key, got 1
    extra=forbid Shape: {{"type":"circle","radius":1,"x":1}} ! .x: expected no such key, got 1
    extra=forbid Whole: {EVERYWHERE} ! .inner.x: expected no such key, got 1 ! .all[0].y: expected no such key, got 2 ! .some.k.v: expected no such key, got 3 ! .either.z: expected no such key, got 4 ! .w: expected no such key, got 5
    """
)
def test_extra_forbidden(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    Counts: {"total":1} => Counts(total=1)
    Counts: {"total":1,"a":2,"b":3.0} => Counts(total=1, additional_properties={"a": 2, "b": 3}) => {"total":1,"a":2,"b":3}
    Counts: {"total":1,"a":"x"} ! .a: expected an integer, got 'x'
    Counts: {"a":2} ! .total: expected an integer, got nothing
    Counts = Counts(total=1, additional_properties={"a": "x"}) ! .a: expected an integer, got 'x'
    Counts = Counts(total=1, additional_properties={"total": 2}) ! .total: expected no documented key, got 2
    extra=keep Counts: {"total":1,"a":2} => Counts(total=1, additional_properties={"a": 2})
    extra=forbid Counts: {"total":1,"a":2} => Counts(total=1, additional_properties={"a": 2})
    Shapes: {"a":{"type":"circle","radius":1}} => Shapes(additional_properties={"a": Circle(type="circle", radius=1)})
    Shapes: {"a":{"type":"cube"}} ! .a.type: expected 'circle' or 'square', got 'cube'
    Shapes: {"a":null} ! .a: expected a Circle object or a Square object, got null
    """
)
def test_open_models(packages: Packages, case: Case) -> None:
    packages.check(case)
