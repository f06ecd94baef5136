"""Cases -> packages that hold all their types; and a case held to what its package does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

import emitted
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading import markdown
from fieldsmith.reading.dialects import DIALECTS
from fieldsmith.reading.pages import read_page
from fieldsmith.reading.resolve import resolve
from fieldsmith.schema import Schema
from fieldsmith.writing.plans import Settings
from semantics.document import definitions
from semantics.lines import ABSENT, Case

PYTHON = {one.__name__: one for one in (date, datetime, time, timedelta, timezone, Decimal, UUID)} | {"UTC": UTC}
_FIELDS = "## Fields\n\n| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n"
_TOKEN = re.compile(r'(?P<title>[A-Z]\w*)|(?P<head>list|map)(?=\[)|(?P<plain>"(?:[^"\\]|\\.)*"|[\w.+-]+)|.', re.DOTALL)


def cell(type_: str) -> str:
    """A type of a case as the cell of a page: titles become links, all other words code spans."""

    def token(found: re.Match[str]) -> str:
        if found["title"]:
            return f"[{found['title']}](page.md#{found['title']})"
        return f"`{found['plain']}`" if found["plain"] else found[0]

    return _TOKEN.sub(token, type_).replace("|", "\\|")


def schema_of(pages: dict[str, str]) -> Schema:
    """The schema of pages in the house form; an error in them fails the test."""
    diagnostics = Diagnostics()
    dialects = list(DIALECTS.values())
    records = [
        read_page(markdown.parse(path, text, diagnostics), dialects, True, diagnostics) for path, text in pages.items()
    ]
    schema = resolve(records, "fieldsmith", "as-said", diagnostics)
    assert [str(one) for one in diagnostics if one.severity == "error"] == []
    return schema


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case; Python values as their `repr`, which tells `1` from `1.0`, `True` and a member."""

    value: str | None = None
    written: str | None = None
    problems: tuple[str, ...] = ()


Read = Callable[..., Any]


def from_text(cls: Any, text: str, **strict: bool) -> Any:
    return cls.from_json(text, **strict)


def from_dict(cls: Any, text: str, **strict: bool) -> Any:
    return cls.from_dict(json.loads(text), **strict)


class Packages:
    """A package for each combination of settings, emitted when it is first used.

    It has the definitions of the document, and a class with a field `it` for each type of the cases known. Types with
    decimals are in packages of their own, as one decimal has all JSON of a package read in another way.
    """

    def __init__(self, known: Iterable[Case], stack: ExitStack) -> None:
        self._boxes = {box: f"Box{at}" for at, box in enumerate(dict.fromkeys(map(_box, known)))}
        self._stack = stack
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def package(self, *, decimals: bool = False, **settings: str) -> Any:
        """The package with these settings; those that are not named are as they are by default."""
        key = ("decimals", decimals), *sorted(settings.items())
        if key not in self._made:
            boxes = "\n".join(
                f"# {name}\n\n{_FIELDS}| `it` | {cell(type_)} | {'no' if optional else 'yes'} | |\n"
                for (type_, optional), name in self._boxes.items()
                if decimals or not has_decimals(type_)
            )
            schema = schema_of({"page.md": definitions(), "boxes.md": boxes})
            chosen: Any = settings
            context = emitted.emitted(schema, Settings(targets=emitted.CODE, **chosen))
            self._made[key] = self._stack.enter_context(context)
        return self._made[key]

    def box(self, type_: str, **settings: Any) -> Any:
        """The class whose required field `it` has a type; the type must be that of a case."""
        package = self.package(**{"decimals": has_decimals(type_)} | settings)
        return getattr(package, self._boxes[type_, False])

    def check(self, case: Case) -> None:
        """Hold a case to what its package does: what is read, what is written, what is refused, and how."""
        package = self._of(case)
        refused = case.said is None and case.problems
        value = None if case.value is None or refused else repr(python(package, case.value))
        wanted = Outcome(value, case.written, tuple(map(_placed, case.problems)))
        found = self.outcome(case)
        assert found == wanted, f"{case.line}\n  is  {found}\n  not {wanted}"
        if case.said is not None and not has_decimals(case.type):  # decimals in dicts have gone through floats
            assert self.outcome(case, from_dict) == wanted, f"{case.line}\n  is another thing from a dict"

    def outcome(self, case: Case, read: Read = from_text, **settings: Any) -> Outcome:
        """What the package with these settings makes of a case."""
        package = self._of(case, **settings)
        box = getattr(package, self._boxes[_box(case)])
        if case.said is None:
            assert case.value is not None
            return _written(package, box(it=python(package, case.value)))
        text = "{}" if case.said == ABSENT else f'{{"it":{case.said}}}'
        if "lenient" in case.words:
            made, problems = read(box, text, strict=False)
            if problems:
                return Outcome(repr(made.it), None, tuple(map(told, problems)))
            return _written(package, made)
        try:
            made = read(box, text)
        except package.DecodeError as error:
            return Outcome(problems=tuple(map(told, error.problems)))
        return _written(package, made)

    def _of(self, case: Case, **settings: Any) -> Any:
        said = {name: case.setting(name) for name in ("extra", "enums")}
        chosen = {name: value for name, value in said.items() if value is not None}
        return self.package(**{"decimals": has_decimals(case.type)} | chosen | settings)


def has_decimals(type_: str) -> bool:
    return "decimal" in type_


def python(package: Any, source: str) -> Any:
    """The value that Python source says, with the names of the package."""
    names = {name: getattr(package, name) for name in dir(package) if not name.startswith("_")}
    return eval(source, PYTHON | names)


def told(problem: Any) -> str:
    """A problem without its source, which is another one for each type."""
    return f"{problem.path}: expected {problem.expected}, got {problem.got}"


def refusal(call: Callable[[], object]) -> list[str]:
    """The problems of a call that is refused."""
    with pytest.raises(ValueError) as caught:
        call()
    problems: Any = getattr(caught.value, "problems", None)
    assert problems, f"no DecodeError: {caught.value!r}"
    return [told(problem) for problem in problems]


def _box(case: Case) -> tuple[str, bool]:
    return case.type, "optional" in case.words


def _placed(problem: str) -> str:
    return f"$.it{problem}" if problem.startswith((".", "[")) else f"$.it: {problem}"


def _written(package: Any, made: Any) -> Outcome:
    """What an object says in JSON; text and dict must say the same."""
    try:
        text = made.to_json()
    except package.EncodeError as error:
        assert refusal(made.to_dict), "to_dict writes what to_json refuses"
        return Outcome(problems=tuple(map(told, error.problems)))
    assert repr(json.loads(text)) == repr(made.to_dict()), f"to_dict says {made.to_dict()}, to_json {text!r}"
    inner = text.decode().removeprefix('{"it":')
    return Outcome(repr(made.it), ABSENT if inner == "{}" else inner[:-1])
