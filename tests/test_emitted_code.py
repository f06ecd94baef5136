"""The example's code as others see it: black, mypy and ruff find nothing, each module imports alone, bytes are stable."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import black
import pytest

import emitted
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading import markdown
from fieldsmith.reading.dialects import DIALECTS
from fieldsmith.reading.pages import read_page
from fieldsmith.reading.resolve import resolve
from fieldsmith.reading.sources import find
from fieldsmith.schema import Const, Discriminator, ListOf, MapOf, Nullable, OneOf, Scalar, Schema
from fieldsmith.writing.plans import Settings

SPEC = Path(__file__).parents[1] / "spec"
CASES = Path(__file__).parent / "cases"
NUMBER, STRING = Scalar("number"), Scalar("string")

# Imports one module after another, each in a process of its own that has loaded nothing of the package.
ALONE = """
import importlib, os, sys
sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    child = os.fork()
    if child == 0:
        importlib.import_module(name)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        sys.exit(f"{name} does not import alone")
"""
WRITE = """
import sys
sys.path[:0] = sys.argv[1:3]
import test_emitted_code
for path, text in test_emitted_code.example().items():
    print(repr((path, text)))
"""


def schema_of(folder: Path) -> Schema:
    """What the pages of a folder say."""
    diagnostics = Diagnostics()
    _, sources = find([folder], diagnostics)
    dialects = list(DIALECTS.values())
    pages = [read_page(markdown.parse(one.path, one.text, diagnostics), dialects, False, diagnostics) for one in sources]
    return resolve(pages, None, "as-said", diagnostics)


def example() -> dict[str, str]:
    """The package of the pages in spec/."""
    return emitted.files(schema_of(SPEC))


def bent() -> Schema:
    """Cycles, unions of all sorts, open enums of several kinds, long names."""
    long = "VeryLongNameOfSomethingThatNobodyWouldEverSay"
    tags = Discriminator("type", (("a", emitted.key("TagA")), ("b", emitted.key("TagB", "deep/"))))
    tree = OneOf((STRING, NUMBER, ListOf(emitted.ref("Tree")), MapOf(STRING, emitted.ref("Node"))))
    either = OneOf((emitted.ref("Level"), ListOf(STRING), ListOf(emitted.ref("Level")), Scalar("boolean")))
    return emitted.made_of(
        emitted.model("Node", ("tree", emitted.ref("Tree")), ("next", emitted.ref("Node"), False), (long.lower(), either)),
        emitted.alias("Tree", tree),
        emitted.alias("Tagged", OneOf((emitted.ref("TagA"), emitted.ref("TagB", "deep/")), tags)),
        emitted.model("TagA", ("type", Const("a")), ("up", Nullable(emitted.ref("Tagged")), False), additional=either),
        emitted.model("TagB", ("type", Const("b")), ("x", ListOf(emitted.ref(long)), False), folder="deep/"),
        emitted.enum("Level", 1, "two", 2.5, is_open=True, names=("A", "B", "C")),
        emitted.enum(long, "a", is_open=True),
        emitted.alias("Deeply", ListOf(Nullable(ListOf(OneOf((NUMBER, emitted.ref("Level"), Scalar("decimal"))))))),
        emitted.model("Empty"),
    )


PACKAGES: dict[str, Callable[[], dict[str, str]]] = {
    "example": example,
    "bent": lambda: emitted.files(bent()),
    "kept": lambda: emitted.files(bent(), Settings(targets=emitted.CODE, extra="keep", enums="closed")),
    "discord": lambda: emitted.files(schema_of(CASES / "discord" / "pages")),
    "oas": lambda: emitted.files(schema_of(CASES / "oas" / "pages")),
    "plain": lambda: emitted.files(bent(), Settings(targets=("dataclasses",))),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    for name, write in PACKAGES.items():
        emitted.save(write(), folder / name)
    return folder


@pytest.mark.parametrize("name", PACKAGES)
def test_black_changes_nothing_and_nothing_warns(folder: Path, name: str) -> None:
    for path in sorted((folder / name).rglob("*.py")):
        text = path.read_text("ascii")
        assert black.format_str(text, mode=black.Mode()) == text, path
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compile(text, str(path), "exec", dont_inherit=True)


def run(*command: str, cwd: Path, **environment: str) -> str:
    done = subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_mypy_finds_nothing(folder: Path) -> None:
    options = ("--strict", "--no-error-summary", "--python-version", "3.11", "--config-file", "", "--cache-dir", os.devnull)
    packages = [part for name in PACKAGES for part in ("-p", name)]
    run(sys.executable, "-m", "mypy", *options, *packages, cwd=folder)


def test_ruff_finds_nothing(folder: Path) -> None:
    run(sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select", "E,F,I,W,B", "--ignore", "E501", ".", cwd=folder)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_each_module_imports_alone(folder: Path) -> None:
    modules = [
        ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(folder.rglob("*.py"))
    ]
    assert len(modules) > 50
    run(sys.executable, "-I", "-B", "-W", "error", "-c", ALONE, str(folder), *modules, cwd=folder)


def test_bytes_are_stable(tmp_path: Path) -> None:
    paths = str(SPEC.parent / "generator"), str(SPEC.parent / "tests")
    first = run(sys.executable, "-c", WRITE, *paths, cwd=SPEC.parent, PYTHONHASHSEED="1")
    second = run(sys.executable, "-c", WRITE, *paths, cwd=tmp_path, PYTHONHASHSEED="2", LC_ALL="C", TZ="Asia/Tokyo")
    assert first == second and first
