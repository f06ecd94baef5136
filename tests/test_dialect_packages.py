"""Packages of the cases of dialects: as others see them, and their docs and values read back the same."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path

import black
import pytest
from hypothesis import HealthCheck, given, settings

import emitted
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.schema import Model, Schema
from readback import read, without_places
from run_roundtrips import comes_back
from strategies import Said, Values
from test_cases import built
from test_emitted_code import ALONE, run

CASES = Path(__file__).parent / "cases"
# What the cases of each dialect are called by; those of mistakes are another matter.
DIALECTS = ("openapi", "operations", "discord", "oas", "protoc", "crd", "tf", "own")
NAMES = sorted(
    one.name
    for dialect in DIALECTS
    for one in CASES.glob(f"{dialect}*")
    if not one.name.endswith(("_mistakes", "_faults"))
)


def schema_of(name: str) -> tuple[Schema, dict[str, str]]:
    """What the pages of a case say, and the files that are made of it."""
    with pytest.MonkeyPatch.context() as patch:
        _, made = built(CASES / name, patch)
    assert made.schema is not None and made.files
    return made.schema, {one.path: one.text for one in made.files}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    for name in NAMES:
        emitted.save({path: text for path, text in schema_of(name)[1].items() if path[:5] != "docs/"}, folder / name)
    return folder


@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_dialect_has_cases(dialect: str) -> None:
    found = [CASES / name for name in NAMES if name.startswith(dialect)]
    pages = [page for case in found for page in (*case.glob("page.md*"), *case.glob("pages/**/*.md*"))]
    assert len(pages) >= (5 if dialect != "own" else 1)
    assert any((case / "output").exists() for case in found)


@pytest.mark.parametrize("name", NAMES)
def test_black_changes_nothing_and_nothing_warns(folder: Path, name: str) -> None:
    for path in sorted((folder / name).rglob("*.py")):
        text = path.read_text("ascii")
        assert black.format_str(text, mode=black.Mode()) == text, path
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compile(text, str(path), "exec", dont_inherit=True)


def test_mypy_finds_nothing(folder: Path) -> None:
    options = ("--strict", "--no-error-summary", "--python-version", "3.11", "--config-file", "", "--cache-dir", os.devnull)
    packages = [part for name in NAMES for part in ("-p", name)]
    done = subprocess.run([sys.executable, "-m", "mypy", *options, *packages], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_each_module_imports_alone(folder: Path) -> None:
    modules = [
        ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(folder.rglob("*.py"))
    ]
    run(sys.executable, "-I", "-B", "-W", "error", "-c", ALONE, str(folder), *modules, cwd=folder)


@pytest.mark.parametrize("name", NAMES)
def test_docs_read_back_to_the_same(name: str) -> None:
    schema, files = schema_of(name)
    pages = [(path.removeprefix("docs/"), text) for path, text in files.items() if path.endswith((".md", ".mdx"))]
    again = read([page for page in pages if page[0] != "README.md" or len(pages) == 1], Diagnostics())
    assert without_places(again) == without_places(schema)


@pytest.mark.parametrize("name", NAMES)
def test_values_come_back(name: str) -> None:
    schema, _ = schema_of(name)
    with emitted.emitted(schema) as package:
        values = Values(schema, package)
        for model in (one for one in schema.definitions if isinstance(one, Model) and one.key in values.depths):

            @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
            @given(values.objects(model))
            def each(said: Said) -> None:
                comes_back(said.value.__class__, said)

            each()
