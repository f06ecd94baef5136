"""The outside suites by name: where they are, and how their cases are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fieldsmith.writing.plans import Json
from suites import hostile, parsing, schemas
from suites.base import Case


@dataclass(frozen=True, slots=True)
class Suite:
    """`place` is the end of the path of its folder or file; `cases` are made from that and a JSON library."""

    place: str
    cases: Callable[[Path, Json], Iterator[Case]]
    unsayable: Callable[[Path], dict[str, tuple[int, int]]] = lambda path: {}


SUITES = {
    "JSONTestSuite": Suite(parsing.PLACE, parsing.cases),
    "JSON-Schema-Test-Suite": Suite(schemas.PLACE, schemas.cases, schemas.unsayable),
    "json_cases": Suite(hostile.PLACE, hostile.cases),
}
