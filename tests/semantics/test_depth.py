"""How deep JSON may be nested: a good deal; and what is said of more, instead of a crash."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from semantics.packages import Packages, refusal

FITS, TOO_DEEP = 150, 100_000
# Types that nest without end, and the two ways in which they do.
TYPES = [("any", "list"), ("any", "object"), ("Tree", "list"), ("Node", "object"), ("map[string, any]", "object")]


def text(how: str, depth: int) -> str:
    """JSON of some depth."""
    if how == "list":
        return "[" * depth + "]" * depth
    return '{"next":' * depth + "{}" + "}" * depth


def value(how: str, depth: int) -> Any:
    """What `json.loads` would make of such a text, if it could."""
    made: Any = [] if how == "list" else {}
    for _ in range(depth - 1 if how == "list" else depth):
        made = [made] if how == "list" else {"next": made}
    return made


def in_python(package: Any, type_: str, how: str, depth: int) -> Any:
    """A Python value of a type that is as deep."""
    if type_ != "Node":
        return value(how, depth)
    made = package.Node()
    for _ in range(depth):
        made = package.Node(next=made)
    return made


def circle(package: Any, type_: str, how: str) -> Any:
    """A Python value of a type that holds itself."""
    made: Any = package.Node() if type_ == "Node" else value(how, 1 if how == "list" else 0)
    if type_ == "Node":
        made.next = made
    elif how == "list":
        made.append(made)
    else:
        made["next"] = made
    return made


@pytest.mark.parametrize(("type_", "how"), TYPES)
def test_depth_that_fits(packages: Packages, type_: str, how: str) -> None:
    document = f'{{"it":{text(how, FITS)}}}'
    made = packages.box(type_).from_json(document)
    assert made.to_json().decode() == document
    assert packages.box(type_).from_dict(made.to_dict()) == made


@pytest.mark.parametrize(("type_", "how"), TYPES)
def test_too_deep_text(packages: Packages, type_: str, how: str) -> None:
    for said in (text(how, TOO_DEEP), text(how, TOO_DEEP).rstrip("]}")):
        document = f'{{"it":{said}}}'
        for data in (document, document.encode()):
            assert refusal(partial(packages.box(type_).from_json, data)) == ["$: expected JSON, got nesting that is too deep"]


@pytest.mark.parametrize("undocumented", ["ignore", "keep", "forbid"])
def test_too_deep_where_nothing_is_documented(packages: Packages, undocumented: str) -> None:
    cls = packages.package(extra=undocumented).Part
    document = f'{{"a":1,"x":{text("list", TOO_DEEP)}}}'
    assert refusal(partial(cls.from_json, document)) == ["$: expected JSON, got nesting that is too deep"]


@pytest.mark.parametrize(("type_", "how"), TYPES)
def test_too_deep_dict(packages: Packages, type_: str, how: str) -> None:
    document = {"it": value(how, TOO_DEEP)}
    said = ["$: expected a document, got nesting that is too deep"]
    assert refusal(partial(packages.box(type_).from_dict, document)) == said


@pytest.mark.parametrize(("type_", "how"), TYPES)
def test_too_deep_object(packages: Packages, type_: str, how: str) -> None:
    made = packages.box(type_)(it=in_python(packages.package(), type_, how, TOO_DEEP))
    for write in (made.to_json, made.to_dict):
        assert refusal(write) == ["$: expected an object, got nesting that is too deep"]


@pytest.mark.parametrize(("type_", "how"), TYPES)
def test_circles(packages: Packages, type_: str, how: str) -> None:
    """An object that holds itself is nested without end."""
    made = packages.box(type_)(it=circle(packages.package(), type_, how))
    for write in (made.to_json, made.to_dict):
        assert refusal(write) == ["$: expected an object, got nesting that is too deep"]


@pytest.mark.parametrize(("type_", "how"), TYPES)
def test_too_deep_for_lenient_reading(packages: Packages, type_: str, how: str) -> None:
    """Leniently, too, nesting beyond what can be read is refused, and is no crash."""
    box = packages.box(type_)
    said = ["$: expected a document, got nesting that is too deep"]
    assert refusal(partial(box.from_dict, {"it": value(how, TOO_DEEP)}, strict=False)) == said
    document = f'{{"it":{text(how, TOO_DEEP)}}}'
    assert refusal(partial(box.from_json, document, strict=False)) == ["$: expected JSON, got nesting that is too deep"]
