"""A run fails or is killed at its N-th write, rename, ...: nothing is torn, nothing is lost, the next run repairs.

The normal run takes one N for each call and fault; `--nightly` all of them, as SQLite's tests of I/O errors do.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from faulting import GENERATE, SIGNALS, STRACE, Faulted, by_hook, by_strace
from fieldsmith import cli
from projects import NEW, OLD, bring, built, contents
from running import environment

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and handles of folders are POSIX ones")

ERRORS = ("ENOSPC", "EIO", "EACCES")
FAULTS = {
    **dict.fromkeys(("fsync", "unlink", "mkdir"), (*ERRORS, *SIGNALS)),
    "write": (*ERRORS, "EDQUOT", *SIGNALS),
    "rename": (*ERRORS, "EXDEV", *SIGNALS),
    "open": (*ERRORS, "EMFILE", "EROFS", *SIGNALS),
    "read": ("EACCES", "EMFILE", "EIO", "KILL", "TERM"),
}
BY_STRACE = ("write:ENOSPC", "rename:KILL", "unlink:EACCES", "write:HUP")
SAMPLE = 3

Files = dict[str, bytes]
OTHERS = {
    **{path: text.encode("utf-8") for path, text in NEW.files().items()},
    **dict.fromkeys(("spec", "spec/inner", "spec/outer", "mine"), b"(folder)"),
}


@dataclass(frozen=True, slots=True)
class Trees:
    """The project before, run; and what the output is before and after."""

    before: Path
    old: Files
    new: Files

    def fresh(self, folder: Path) -> Path:
        """The project after the edit, its output still as before."""
        project = folder / "project"
        shutil.copytree(self.before, project, symlinks=True)
        bring(project, NEW.files(), OLD.files())
        return project


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> Trees:
    top = tmp_path_factory.mktemp("trees")
    for name, project in (("old", OLD), ("new", NEW)):
        bring(top / name, project.files(), {})
        assert built(top / name) == (True, ())
    return Trees(top / "old", outputs(top / "old"), outputs(top / "new"))


@pytest.fixture(scope="module")
def counts(trees: Trees, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """How many calls of each kind a run makes."""
    top = tmp_path_factory.mktemp("counts")
    found = {call: by_hook(trees.fresh(top / call), call, "EIO", 1 << 30).calls for call in FAULTS}
    assert all(0 < count < 1000 for count in found.values()), found
    return found


def outputs(project: Path) -> Files:
    return {path: data for path, data in contents(project / "out").items() if data != b"(folder)"}


def others(project: Path) -> Files:
    """What is no business of a run: all but the output."""
    return {path: data for path, data in contents(project).items() if not path.startswith("out")}


def judge(trees: Trees, project: Path, what: str, fault: Faulted) -> None:
    """The promises, after a run that a fault met."""
    now = outputs(project)
    assert others(project) == OTHERS
    if what == "KILL":
        assert fault.code == -signal.SIGKILL
        for path, data in trees.old.items():
            assert now.get(path) in (data, trees.new.get(path)) or path not in trees.new, f"{path} is torn or gone"
        for path in set(now) - set(trees.old) - set(trees.new):
            assert "/.fieldsmith" in path, f"{path} was left"
    else:
        assert now in (trees.old, trees.new), sorted(set(now) ^ set(trees.old))
        codes = {3}
        if what in SIGNALS:
            number = getattr(signal, f"SIG{what}")
            codes = {128 + number, -number}  # a shell tells both alike; the second is that of a program at its start
        elif "pyproject.toml:1:1: error[FS300]" in fault.err:
            codes = {2}
        assert fault.code in codes or (fault.code == 0 and now == trees.new)
        assert "Traceback" not in fault.err and "Exception" not in fault.err
        assert "error[FS" in fault.err or "cannot be written" in fault.err or fault.code != 3
    assert checked(project) == (now == trees.new)
    assert built(project)[0]
    assert outputs(project) == trees.new
    assert checked(project)


def checked(project: Path) -> bool:
    """Whether `check` says that all is up to date."""
    return run_here(project, "check", *GENERATE[1:], "-q") == 0


def run_here(project: Path, *arguments: str) -> int:
    at = Path.cwd()
    os.chdir(project)
    try:
        return cli._run(list(arguments))
    finally:
        os.chdir(at)


@pytest.mark.parametrize("call", FAULTS)
def test_a_call_fails(trees: Trees, counts: dict[str, int], call: str, tmp_path: Path, nightly: bool) -> None:
    every = [(what, number + 1) for what in FAULTS[call] for number in range(counts[call])]
    for what, number in every if nightly else random.Random(call).sample(every, SAMPLE):
        project = trees.fresh(tmp_path / f"{what}{number}")
        fault = by_hook(project, call, what, number)
        assert fault.fired
        judge(trees, project, what, fault)


@pytest.mark.skipif(not STRACE, reason="the system makes calls fail by way of strace, which is not here")
@pytest.mark.parametrize("mode", BY_STRACE)
def test_the_system_fails(trees: Trees, mode: str, tmp_path: Path, nightly: bool) -> None:
    call, what = mode.split(":")
    for number in itertools.count(1) if nightly else (2,):
        project = trees.fresh(tmp_path / str(number))
        fault = by_strace(project, call, what, number)
        if nightly and not fault.fired:
            assert number > 1
            break
        assert fault.fired
        judge(trees, project, what, fault)


def test_killed_at_any_time(trees: Trees, tmp_path: Path, nightly: bool) -> None:
    dice = random.Random(4)
    for number in range(500 if nightly else 6):
        project = trees.fresh(tmp_path / str(number))
        process = subprocess.Popen(
            [sys.executable, "-m", "fieldsmith", *GENERATE], cwd=project, env=environment(), stdout=subprocess.DEVNULL
        )
        time.sleep(dice.random() * 0.4)
        process.kill()
        process.wait()
        assert built(project)[0]
        assert outputs(project) == trees.new
        assert checked(project)
