"""What a case of an outside suite is, and how JSON is compared when the verdict must not depend on what is tested."""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a case. `said` is the same for every JSON library; `wrong` is what is wrong with it, if anything."""

    said: str
    wrong: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One document of a suite. `kind` is the suite's own word for what is expected; `check` may raise."""

    name: str
    kind: str
    check: Callable[[], Verdict]


def attempt(package: Any, act: Callable[[], T]) -> T | Exception:
    """What `act` gives, or the DecodeError that it raises. Anything else that it raises is a failure of the case."""
    refusals: type[Exception] = package.DecodeError
    try:
        return act()
    except refusals as refusal:
        return refusal


def unequal(names: list[str]) -> list[str]:
    """The names, those that come again numbered: a suite may describe two tests in the same words."""
    seen: dict[str, int] = {}
    made = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        made.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return made


@contextmanager
def deep() -> Iterator[None]:
    """Room for our own reading and writing of deep documents; never around what is tested."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def loads(text: bytes | str) -> Any:
    """What Python's own reader makes of a JSON text."""
    with deep():
        return json.loads(text)


def said(value: object) -> str:
    """Words for a JSON value that was accepted: two values have the same words only where they are the same."""
    with deep():
        text = json.dumps(value)
    return f"accepted {text if len(text) <= 200 else hashlib.sha256(text.encode()).hexdigest()}"


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same: `1`, `1.0` and `true` are three, and so are `0.0` and `-0.0` two.

    Walks without recursion, since a document may be as deep as Python's limit.
    """
    todo = [(one, other)]
    while todo:
        left, right = todo.pop()
        if left.__class__ is not right.__class__:
            return False
        if left.__class__ is dict:
            if left.keys() != right.keys():
                return False
            todo += [(left[key], right[key]) for key in left]
        elif left.__class__ is list:
            if len(left) != len(right):
                return False
            todo += zip(left, right, strict=True)
        elif left != right or (left.__class__ is float and math.copysign(1, left) != math.copysign(1, right)):
            return False
    return True


def cut(text: str, most: int = 160) -> str:
    """The beginning of a text, for a line of a report."""
    return text if len(text) <= most else f"{text[:most]}..."
