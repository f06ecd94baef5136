"""JSON-Schema-Test-Suite (`tests/draft2020-12/**`): which values a type takes.

A group of tests becomes a package whose model `Holder` has one field of the type; each of its data is put in that field.
Groups that our types cannot say are counted by reason. Formats are assertions where the suite says so, in
`optional/format`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from emitted import emitted
from fieldsmith.schema import Schema
from fieldsmith.writing.plans import Json, Settings
from suites.base import Case, Verdict, attempt, cut, loads, said, unequal
from suites.keywords import Unsayable, translated

PLACE = "JSON-Schema-Test-Suite/tests/draft2020-12"


class Written(float):
    """A number that remembers how it is written: `1.0` must reach the package as `1.0`."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


def cases(folder: Path, library: Json) -> Iterator[Case]:
    """A case for each test of the groups that our types can say."""
    for name, group in _groups(folder):
        try:
            schema, settings = translated(group["schema"], library, _asserts(name))
        except Unsayable:
            continue
        yield from _cases_of(f"{name}: {group['description']}", group["tests"], schema, settings)


def unsayable(folder: Path) -> dict[str, tuple[int, int]]:
    """How many groups, and tests in them, our types cannot say, by reason."""
    groups: Counter[str] = Counter()
    tests: Counter[str] = Counter()
    for name, group in _groups(folder):
        try:
            translated(group["schema"], "standard", _asserts(name))
        except Unsayable as reason:
            groups[str(reason)] += 1
            tests[str(reason)] += len(group["tests"])
    return {reason: (groups[reason], tests[reason]) for reason in sorted(groups)}


def _groups(folder: Path) -> Iterator[tuple[str, Any]]:
    for path in sorted(folder.rglob("*.json")):
        for group in json.loads(path.read_bytes(), parse_float=Written):
            yield path.relative_to(folder).as_posix(), group


def _asserts(name: str) -> bool:
    return name.startswith("optional/format/")


def _cases_of(group: str, tests: list[Any], schema: Schema, settings: Settings) -> Iterator[Case]:
    names = unequal([f"{group}: {test['description']}" for test in tests])
    kinds = ["valid" if test["valid"] else "invalid" for test in tests]
    with ExitStack() as stack:
        try:
            package = stack.enter_context(emitted(schema, settings))
        except Exception as failure:
            broken = Verdict("no package", f"no package can be made: {failure!r}")
            yield from (Case(name, kind, lambda: broken) for name, kind in zip(names, kinds, strict=True))
            return
        for name, kind, test in zip(names, kinds, tests, strict=True):
            yield Case(name, kind, partial(_check, package, test["data"], test["valid"]))


def _check(package: Any, data: Any, valid: bool) -> Verdict:
    text = _text(data)
    read = attempt(package, partial(package.Holder.from_json, f'{{"value":{text}}}'.encode()))
    if isinstance(read, Exception):
        return Verdict("refused", f"{cut(text)} refused; must be accepted: {cut(str(read))}" if valid else None)
    written = read.to_json()
    accepted = said(loads(written))
    if not valid:
        return Verdict(accepted, f"{cut(text)} accepted as {read.value!r:.80}; must be refused")
    again = package.Holder.from_json(written)
    if again != read or again.to_json() != written:
        return Verdict(accepted, f"another value after a round trip: {cut(repr(written))}")
    return Verdict(accepted, None if _keeps(data, loads(written)) else f"{cut(text)} read as {read.value!r:.80}")


def _keeps(data: Any, written: Any) -> bool:
    """Whether a number is written as the same one: an integer exactly, a float as exactly as a float can be."""
    if isinstance(data, bool) or not isinstance(data, int | float):
        return True
    found = written["value"]
    return bool(found == Decimal(_text(data)) if isinstance(found, int) else found == float(data))


def _text(value: Any) -> str:
    """A value as JSON, numbers as the suite writes them."""
    if isinstance(value, Written):
        return value.text
    if isinstance(value, dict):
        return f"{{{','.join(f'{json.dumps(key)}:{_text(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{','.join(map(_text, value))}]"
    return json.dumps(value)
