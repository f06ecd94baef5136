"""Every line of `cells/*.txt`: what a type cell is read as in one notation."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator

import pytest

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.reading.names import Names
from fieldsmith.reading.notations import NOTATIONS
from fieldsmith.reading.notations.openapi import OPENAPI
from fieldsmith.reading.records import Cell
from fieldsmith.reading.typereading import TypeReader
from fieldsmith.reading.typewalk import Kinds
from spelling import spell

CELLS = pathlib.Path(__file__).parent / "cells"
# Notations by file name; OpenAPI Generator spells the types of a language in ways of its own.
ALL = {**NOTATIONS, **{f"openapi_{notation.name}": notation for notation in OPENAPI}}
HERE = "shared/here.md"
KINDS = Kinds(frozenset({"shared/choice.md#Choice"}), frozenset({"shared/agent.md#Agent", "shared/here.md#Here"}))
PAGES = (
    ("operations/run.md", ("Run",)),
    ("shared/agent.md", ("Agent",)),
    ("shared/choice.md", ("Choice",)),
    (HERE, ("Here",)),
    ("shared/note.md", ()),
    ("shared/pair.md", ("One", "Two")),
    ("shared/tool.md", ("Tool",)),
)


def lines() -> Iterator[tuple[str, str, str]]:
    for path in sorted(CELLS.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("# "):
                cell, _, expected = line.rpartition(" => ")
                yield path.stem, cell, expected


def read(notation: str, text: str) -> str:
    """A cell's reading in the spelling of the tables, with codes and messages of its findings."""
    diagnostics = Diagnostics()
    reader = TypeReader(ALL[notation], Names(PAGES), diagnostics, KINDS)
    inner = text.startswith("inner: ")
    reading = reader.read(Cell(text.removeprefix("inner: "), Span(HERE, 1, 1)), HERE, "inner" if inner else "cell")
    flags = [flag for flag in ("optional", "nullable", "silent") if getattr(reading, flag)]
    found = "".join(f" ! {one.code} {one.message}" for one in diagnostics)
    return spell(reading.type) + ("; " + " ".join(flags) if flags else "") + found


@pytest.mark.parametrize(("notation", "cell", "expected"), list(lines()))
def test_cell(notation: str, cell: str, expected: str) -> None:
    got, _, finding = read(notation, cell).partition(" ! ")
    wanted, _, wanted_finding = expected.partition(" ! ")
    assert got == wanted
    assert bool(finding) == bool(wanted_finding), finding
    code, _, words = wanted_finding.partition(" ")
    assert finding.startswith(code) and words in finding


def test_every_notation_has_cells() -> None:
    assert sorted(path.stem for path in CELLS.glob("*.txt")) == sorted(ALL)


@pytest.mark.parametrize("notation", [*NOTATIONS, "openapi_go"])
@pytest.mark.parametrize(
    "opening", ["List[", "[", "List<", "array<", "map[string]", "*", "(", "{", "`", '"', "\\<", "]("]
)
def test_hostile_cells_end_soon(notation: str, opening: str) -> None:
    assert re.search(" ! FS(1|072)", read(notation, opening * 30_000))


@pytest.mark.parametrize(("depth", "fits"), [(30, True), (32, True), (34, False), (20_000, False)])
def test_nesting_is_bounded(depth: int, fits: bool) -> None:
    for notation, opening, core, closing in (
        ("python", "List[", "str", "]"),
        ("go", "[]", "string", ""),
        ("typescript", "", "string", "[]"),
    ):
        got = read(notation, "inner: " + opening * depth + core + closing * depth)
        assert got.startswith("list<") == fits, notation
        assert fits or "nested deeper than 32 levels" in got
