"""Guards, and how each is taken out: small edits of the source, and the tests of which one has to fail then.

They stand in `mutations.toml`. `Workshop` is a copy of the project in which they are tried, one at a time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
SOURCE = "generator/fieldsmith"
_FAILED = 1  # pytest's exit code for tests that failed; others say that they could not be run
_SECONDS = 300


class Mutation(NamedTuple):
    """`guard` is `module.py::function`; `old`, which stands in the file once, becomes `new`.

    `tests` are files of tests, tests, or folders of `cases`, by their paths below `tests`.
    """

    name: str
    guard: str
    old: str
    new: str
    tests: tuple[str, ...]

    @property
    def file(self) -> str:
        return f"{SOURCE}/{self.guard.partition('::')[0]}"


def load() -> tuple[Mutation, ...]:
    """All mutations, in the order of the file."""
    tables = tomllib.loads((ROOT / "tests" / "mutations.toml").read_text("utf-8"))
    return tuple(Mutation(name, one["guard"], one["old"], one["new"], tuple(one["tests"])) for name, one in tables.items())


def edited(mutation: Mutation, project: Path = ROOT) -> str:
    """The source of the file without its guard. ValueError where the guard is not there, or more than once."""
    text = (project / mutation.file).read_text("utf-8")
    if text.count(mutation.old) != 1:
        raise ValueError(f"{mutation.name}: {mutation.file} holds {text.count(mutation.old)} times: {mutation.old!r}")
    return text.replace(mutation.old, mutation.new)


class Workshop:
    """A copy of the project."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("generator", "templates", "tests", "spec", "generated"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "DIALECTS.md"):
            shutil.copy(ROOT / name, folder)

    @contextmanager
    def without(self, mutation: Mutation) -> Iterator[None]:
        """The guard is gone for a while."""
        file = self.folder / mutation.file
        whole = file.read_bytes()
        file.write_bytes(edited(mutation, self.folder).encode("utf-8"))
        try:
            yield
        finally:
            file.write_bytes(whole)

    def passes(self, tests: Iterable[str]) -> bool:
        """Whether all of the tests pass. RuntimeError where they cannot be run."""
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *dict.fromkeys(map(_node, tests))]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(self.folder / "generator")}
        try:
            done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return False
        if done.returncode not in (0, _FAILED):
            raise RuntimeError(f"pytest ends with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-500:]}")
        return done.returncode == 0

    def catches(self, mutation: Mutation) -> bool:
        """Whether a test fails without the guard."""
        with self.without(mutation):
            return not self.passes(mutation.tests)


def _node(test: str) -> str:
    folder, _, case = test.partition("/")
    return f"tests/test_cases.py::test_case[{case}]" if folder == "cases" else f"tests/{test}"
