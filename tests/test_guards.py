"""`guards.md`: guards, mutations, tests and effects named there are there, none is missing; a few guards are taken out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from mutations import ROOT, SOURCE, Workshop, edited, load

HERE = Path(__file__).parent
TEXT = (HERE / "guards.md").read_text("utf-8")
ROW = re.compile(r"^\| [^|]+ \| `([\w/]+\.py::\w+)` \| ((?:`[\w-]+` ?)+) \|$", re.MULTILINE)
EFFECT = re.compile(r"^\| ([a-z]+:[a-z*-]+|shared-default) \| [^|]+ \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(test_\w+\.py::test_\w+|cases/\w+)`")
MUTATIONS = {mutation.name: mutation for mutation in load()}
# Of each kind one that is caught at once; `make mutations` takes out all.
FEW = ("names-reserved-words", "docstring-quotes", "link-places")


@cache
def functions(path: Path) -> frozenset[str]:
    return frozenset(node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef))


def is_there(test: str) -> bool:
    folder, _, name = test.partition("/")
    if folder == "cases":
        return (HERE / "cases" / name).is_dir()
    file, _, function = test.partition("::")
    return function in functions(HERE / file)


def missing(tests: Iterable[str]) -> list[str]:
    return [test for test in tests if not is_there(test)]


def test_every_guard_is_there_with_its_mutations() -> None:
    rows = ROW.findall(TEXT)
    rules = TEXT.partition("\n# Effects")[0]
    assert len(rows) == len(re.findall(r"^\| (?!Rule|---)", rules, re.MULTILINE)) > 50
    named: list[str] = []
    for guard, cell in rows:
        file, _, function = guard.partition("::")
        assert function in functions(ROOT / SOURCE / file), guard
        for name in re.findall(r"`([\w-]+)`", cell):
            assert MUTATIONS[name].guard == guard, name
            named.append(name)
    assert sorted(named) == sorted(MUTATIONS)


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_mutation_fits_the_source(name: str) -> None:
    mutation = MUTATIONS[name]
    assert edited(mutation) != (ROOT / mutation.file).read_text("utf-8")
    ast.parse(edited(mutation))
    assert mutation.tests and missing(mutation.tests) == []


def test_every_effect_has_its_tests() -> None:
    rows = EFFECT.findall(TEXT)
    effects = TEXT.partition("\n# Effects")[2].partition("\n# Decisions")[0]
    assert len(rows) == len(re.findall(r"^\| (?!Effect|---)", effects, re.MULTILINE)) >= 19
    for effect, cell in rows:
        tests = TEST.findall(cell)
        assert tests and missing(tests) == [], effect


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("workshop"))


def test_what_catches_a_missing_guard_passes_with_it(workshop: Workshop) -> None:
    assert workshop.passes(test for name in FEW for test in MUTATIONS[name].tests)


@pytest.mark.parametrize("name", FEW)
def test_a_missing_guard_is_caught(workshop: Workshop, name: str) -> None:
    assert workshop.catches(MUTATIONS[name])


def test_a_mutation_that_fits_nothing_is_said(workshop: Workshop) -> None:
    with pytest.raises(ValueError, match="holds 0 times"):
        workshop.catches(MUTATIONS[FEW[0]]._replace(old="no such text"))


def test_a_test_that_cannot_be_run_is_no_catch(workshop: Workshop) -> None:
    with pytest.raises(RuntimeError):
        workshop.passes(["cases/no_such_case"])
