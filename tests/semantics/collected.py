"""Every case there is: those of the tests in this folder, and the examples of the document."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

from semantics.document import examples
from semantics.lines import Case

_ENGINES = "test_engines"  # runs all cases, and so has none of its own


def collected() -> Iterator[Case]:
    """All cases, file by file, then those of the document."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        if path.stem != _ENGINES:
            module = importlib.import_module(f"semantics.{path.stem}")
            yield from (one for function in vars(module).values() for one in _cases_of(function))
    yield from examples()


def _cases_of(function: object) -> Iterator[Case]:
    """The cases that the mark of `lines.cases` has a test run with."""
    for mark in getattr(function, "pytestmark", ()):
        if mark.name == "parametrize" and mark.args[0] == "case":
            yield from (param.values[0] for param in mark.args[1])
