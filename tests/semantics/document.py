"""What SEMANTICS.md says, taken apart: the rows of its tables, their examples, the page of definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from semantics.lines import Case, case

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "SEMANTICS.md"
_PAGE = re.compile(r"^````markdown\n(.*?)^````$", re.DOTALL | re.MULTILINE)
_BAR = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"(`+)(.+?)\1")
_LINK = re.compile(r"\[(test_\w+)\]\((tests/[\w/]+\.py)\)")
_COLUMNS = ["What", "Read", "Written", "Examples", "Test"]
_LEGEND = ["Example", "Says"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the document: `test` is the name of a function, `path` where it stands."""

    line: int
    what: str
    examples: tuple[Case, ...]
    test: str
    path: str


def definitions() -> str:
    """The page of definitions that examples and cases speak of."""
    found = _PAGE.search(DOCUMENT.read_text("utf-8"))
    assert found is not None, "SEMANTICS.md has no page of definitions"
    return found[1]


def _cells() -> Iterator[tuple[int, list[str]]]:
    """Every row of every table outside the page of definitions, by its line."""
    text = _PAGE.sub(lambda page: "\n" * page[0].count("\n"), DOCUMENT.read_text("utf-8"))
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("|"):
            yield number, [part.strip() for part in _BAR.split(line)[1:-1]]


def rows() -> Iterator[Row]:
    """Every row of the tables of semantics; one that cannot be read fails the test."""
    for number, cells in _cells():
        if cells != _COLUMNS and set(cells) != {"---"} and len(cells) != len(_LEGEND):
            assert len(cells) == len(_COLUMNS), f"SEMANTICS.md:{number}: {len(cells)} cells"
            yield _row(number, cells)


def _row(number: int, cells: list[str]) -> Row:
    what, _, _, examples, test = cells
    link = _LINK.fullmatch(test)
    assert link is not None, f"SEMANTICS.md:{number}: no link to a test: {test}"
    lines = [_example(number, part) for part in examples.split("<br>") if part]
    return Row(number, what, tuple(map(case, lines)), link[1], link[2])


def _example(number: int, text: str) -> str:
    found = _CODE.fullmatch(text.strip())
    assert found is not None, f"SEMANTICS.md:{number}: no example in a code span: {text}"
    return found[2].strip().replace("\\|", "|")


def examples() -> Iterator[Case]:
    """The examples of all rows, and those that show how examples are written."""
    for number, cells in _cells():
        if len(cells) == len(_LEGEND) and cells != _LEGEND and set(cells) != {"---"}:
            yield case(_example(number, cells[0]))
    yield from (one for row in rows() for one in row.examples)
