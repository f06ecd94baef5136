"""`pytest --update`: expected results are written anew instead of compared; plain `pytest` never writes them.

`pytest --nightly`: tests that try many things try all of them, or far more. No test fails for being slow: hypothesis would, by default.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from drifting import Parcels

settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the expected results anew")
    parser.addoption("--nightly", action="store_true", help="try all faults, and many more sequences of edits")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


@pytest.fixture
def nightly(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--nightly"))


# In a golden folder, names the files that are as they are kept elsewhere.
ALIKE = "alike.txt"
EXAMPLE = Path(__file__).parents[1] / "generated" / "assistants"
CASES = Path(__file__).with_name("cases")


def _kept_elsewhere(name: str, here: Path) -> set[str]:
    """The texts of a file that packages have alike: as the example has it, and the first case that keeps it whole."""
    if not (EXAMPLE / name).is_file():
        return set()
    whole = next((path for path in sorted(CASES.glob(f"*/output/{name}")) if path.is_file()), None)
    others = [whole] if whole is not None and here not in whole.parents else []
    return {path.read_bytes().decode("utf-8") for path in (EXAMPLE / name, *others)}


class Golden:
    """Compares with files of expected results, or writes them."""

    def __init__(self, update: bool) -> None:
        self.update = update

    def text(self, path: Path, text: str) -> None:
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        assert path.exists(), f"{path} is not there; pytest --update writes it"
        assert path.read_bytes().decode("utf-8") == text

    def folder(self, path: Path, files: dict[str, str]) -> None:
        """The files of a folder, all of them: one that is missing fails, and so does one too many.

        Those that packages have alike are listed only, where they are as they are kept elsewhere.
        """
        alike = [name for name, text in files.items() if text in _kept_elsewhere(name, path)]
        if alike:
            listed = "".join(f"{name}\n" for name in sorted(alike))
            files = {**{name: text for name, text in files.items() if name not in alike}, ALIKE: listed}
        there = {each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file()}
        if self.update:
            for orphan in there - set(files):
                (path / orphan).unlink()
            there = set(files)
        for name, text in files.items():
            self.text(path / name, text)
        assert there == set(files)


@pytest.fixture
def golden(update: bool) -> Golden:
    return Golden(update)


@pytest.fixture
def parcels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Parcels]:
    """A project to run `fieldsmith drift` in; what it imports is forgotten afterwards."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    before = set(sys.modules)
    yield Parcels(tmp_path, capsys)
    for name in set(sys.modules) - before:
        if name.startswith(("written", "generated")):
            del sys.modules[name]
