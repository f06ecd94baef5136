"""A line of text -> a case: what a value of a type is in JSON and in Python, or why it is refused.

    integer: 1e2 => 100 => 100                          read, and written
    integer: true ! expected an integer, got true       refused at reading
    bytes = bytearray(b"a") => "YQ=="                   written
    integer = True ! expected an integer, got true      refused at writing

Types are in the house notation, definitions by their title alone. Without a second ` => ` the same JSON is written as
was read. `absent` is JSON in which the field does not stand. Words in front of a type say what else is so (`_WORDS`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

ABSENT = "absent"
_WORDS = ("optional", "lenient", "extra=keep", "extra=forbid", "enums=open", "enums=closed")
_LINE = re.compile(rf"(?P<words>(?:(?:{'|'.join(_WORDS)}) )*)(?P<type>.+?)(?:: (?P<said>.+)| = (?P<given>.+))")


@dataclass(frozen=True, slots=True)
class Case:
    """`said` is the JSON to read; None where `value`, Python source, is given instead.

    `value` and `written` are None where reading or writing is refused, or is not looked at. `problems` go without
    `$` and without their source.
    """

    line: str
    words: frozenset[str]
    type: str
    said: str | None
    value: str | None
    written: str | None
    problems: tuple[str, ...]

    def setting(self, name: str) -> str | None:
        """What a word says about a setting: `keep` for `extra` where the line begins with `extra=keep`."""
        return next((word.partition("=")[2] for word in self.words if word.startswith(f"{name}=")), None)


def case(line: str) -> Case:
    """The case that a line says."""
    rest, *problems = line.split(" ! ")
    left, *meant = rest.split(" => ")
    found = _LINE.fullmatch(left)
    assert found is not None, f"not a line of a case: {line}"
    said, given = found["said"], found["given"]
    assert len(meant) <= (2 if said else 1) and bool(meant or problems), f"not a line of a case: {line}"
    words = frozenset(found["words"].split())
    value = given if said is None else (meant[0] if meant else None)
    written = None if problems or not meant else (meant[-1] if given or len(meant) == 2 else said)
    return Case(line, words, found["type"], said, value, written, tuple(problems))


def lines_in(text: str) -> Iterator[Case]:
    """The cases in a text of several lines."""
    return (case(line.strip()) for line in text.splitlines() if line.strip())


def cases(text: str) -> pytest.MarkDecorator:
    """Runs a test once for each case in a text; the test takes it as `case`."""
    return pytest.mark.parametrize("case", [pytest.param(one, id=one.line[:70]) for one in lines_in(text)])
