"""SEMANTICS.md against the tests: a test for each row, a row for each test, and every example true."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from semantics.document import DOCUMENT, ROOT, Row, examples, rows
from semantics.lines import Case
from semantics.packages import Packages

FILES = [*sorted((ROOT / "tests" / "semantics").glob("test_*.py")), ROOT / "tests" / "test_emitted_values.py"]


def known() -> list[tuple[str, str]]:
    """Path and name of every test of the semantics."""
    return [
        (path.relative_to(ROOT).as_posix(), node.name)
        for path in FILES
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


@pytest.fixture(scope="module")
def packages() -> Iterator[Packages]:
    with ExitStack() as stack:
        yield Packages(examples(), stack)


@pytest.mark.parametrize("row", [pytest.param(row, id=row.test) for row in rows()])
def test_each_row_has_its_test(row: Row) -> None:
    assert (row.path, row.test) in known(), f"{DOCUMENT.name}:{row.line}: {row.path} has no {row.test}"


def test_each_test_has_its_row() -> None:
    named = Counter((row.path, row.test) for row in rows())
    assert [each for each in known() if each not in named] == []
    assert [each for each, times in named.items() if times > 1] == []


@pytest.mark.parametrize("case", [pytest.param(one, id=one.line[:70]) for one in examples()])
def test_examples_are_true(packages: Packages, case: Case) -> None:
    packages.check(case)
