"""Several programs at one folder: runs at once, readers beside a writer, pages that change while they are read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.writing import files
from outputs import ONE, run
from projects import NEW, OLD, Page, Project, bring, built, contents
from running import environment, quiet, tool

pytestmark = pytest.mark.skipif(os.name != "posix", reason="locks of folders are POSIX ones")
COMMAND = [sys.executable, "-m", "fieldsmith", "generate", "-q"]
HOLD = "import fcntl, os, sys, time; fcntl.flock(os.open(sys.argv[1], 0), 2); print('held', flush=True); time.sleep(60)"


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """What is made of both states of the project."""
    found = {}
    for name, project in (("old", OLD), ("new", NEW)):
        top = tmp_path_factory.mktemp(name)
        bring(top, project.files(), {})
        assert built(top) == (True, ())
        found[name] = contents(top / "out" / "all")
    return found


@contextmanager
def holding(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the lock of a folder."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_eight_runs_at_once(tmp_path: Path, clean: dict[str, dict[str, bytes]], nightly: bool) -> None:
    """Half of them make the one state and half the other in the same folder: one of the two stands there then."""
    for name, project in (("old", OLD), ("new", NEW)):
        bring(tmp_path / name, project.files(), {})
    out = tmp_path / "out"
    for _ in range(50 if nightly else 1):
        runs = [
            subprocess.Popen(
                [*COMMAND, "spec", "-o", str(out)], cwd=tmp_path / name, env=environment(), stderr=subprocess.PIPE
            )
            for name in ("old", "new") * 4
        ]
        ends = [(each.communicate()[1], each.returncode) for each in runs]
        assert ends == [(b"", 0)] * 8
        assert contents(out) in clean.values()


def test_a_run_waits_and_says_for_whom(tmp_path: Path) -> None:
    bring(tmp_path, OLD.files(), {})
    assert built(tmp_path)[0]
    with holding(tmp_path / "out" / "all") as other:
        waiting = subprocess.Popen(
            COMMAND[:-1], cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert waiting.stderr is not None
        (tmp_path / "spec" / "agent.md").write_text(replace(OLD.pages["agent.md"], doc="Two.").text(), "utf-8")
        said = waiting.stderr.readline()
        assert said.startswith("out/all: another run") and "waiting" in said
        assert sys.platform != "linux" or f"(process {other.pid})" in said
    assert waiting.wait() == 0
    waiting.communicate()


def test_waiting_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.1)
    out, heard, diagnostics = tmp_path / "out", [], Diagnostics()
    run(out, ONE)
    with holding(out) as other:
        assert files.write(out, ONE, {}, diagnostics, bool, waits=heard.append) is None
    (found,) = diagnostics
    assert found.code == "FS407"
    if sys.platform == "linux":
        assert heard == [other.pid] and f"another run (process {other.pid}) " in found.message


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(out, ONE)
    with holding(out) as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert run(out, ONE)[1] == []


class _Other:
    """A script beside the test, until it is told to stop; what it printed is then asked for."""

    def __init__(self, script: str, folder: Path, *arguments: str) -> None:
        self.stop = folder / "stop"
        self.process = subprocess.Popen(
            [sys.executable, "-c", script, str(self.stop), *arguments],
            cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None and self.process.stdout.readline() == "ready\n"

    def end(self) -> tuple[str, str]:
        """What it printed to stdout and stderr."""
        self.stop.touch()
        printed = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, printed
        return printed


READER = """
import importlib, os, pkgutil, sys
sys.path.insert(0, "out")
sys.dont_write_bytecode = True
print("ready", flush=True)
while not os.path.exists(sys.argv[1]):
    for name in [name for name in sys.modules if name.partition(".")[0] == "all"]:
        del sys.modules[name]
    importlib.invalidate_caches()
    package = importlib.import_module("all")
    for each in pkgutil.walk_packages(package.__path__, "all."):
        importlib.import_module(each.name)
"""
CHECKER = """
import os, sys
from fieldsmith import cli
print("ready", flush=True)
codes = set()
out, sys.stdout = sys.stdout, open(os.devnull, "w")
while not os.path.exists(sys.argv[1]):
    codes.add(cli._run(["check"]))
print(*codes, file=out)
"""


def _edited(project: Project, number: int) -> Project:
    """Other prose and another field on each page; the modules stay."""
    pages = {
        path: replace(page, doc=f"Edit {number}.", rows=(*page.rows, (f"more{number}", "`integer`", "")))
        for path, page in project.pages.items()
    }
    return replace(project, pages=pages)


def test_readers_find_it_whole(tmp_path: Path, nightly: bool) -> None:
    bring(tmp_path, OLD.files(), {})
    assert built(tmp_path)[0]
    reader, before = _Other(READER, tmp_path), OLD
    for number in range(200 if nightly else 10):
        after = _edited(OLD, number)
        bring(tmp_path, after.files(), before.files())
        assert built(tmp_path)[0]
        before = after
    assert reader.end() == ("", "")


def test_check_beside_a_run(tmp_path: Path, nightly: bool) -> None:
    bring(tmp_path, OLD.files(), {})
    assert built(tmp_path)[0]
    checker, before = _Other(CHECKER, tmp_path), OLD
    for number in range(200 if nightly else 10):
        after = (OLD, NEW)[number % 2]
        bring(tmp_path, after.files(), before.files())
        built(tmp_path)  # a page may go while it is read
        before = after
    out, err = checker.end()
    assert set(out.split()) <= {"0", "1", "2", "3"} and "Traceback" not in err, err  # pages, too, come and go
    assert "journal" not in err
    assert built(tmp_path) == (True, ())


def test_a_page_that_changes_while_it_is_read(tmp_path: Path, nightly: bool) -> None:
    versions = [Project({"agent.md": Page("Agent", doc=doc, rows=(("id", type_, doc),))}) for doc, type_ in (("One.", "`string`"), ("Two.", "`integer`"))]
    clean = []
    for number, project in enumerate(versions):
        bring(tmp_path / f"clean{number}", project.files(), {})
        assert built(tmp_path / f"clean{number}") == (True, ())
        clean.append(contents(tmp_path / f"clean{number}" / "out"))
    folder, done = tmp_path / "project", threading.Event()
    bring(folder, versions[0].files(), {})

    def save() -> None:
        number = 0
        while not done.is_set():
            number += 1
            (folder / "new").write_text(versions[number % 2].pages["agent.md"].text(), "utf-8")
            os.replace(folder / "new", folder / "spec" / "agent.md")

    saving = threading.Thread(target=save)
    saving.start()
    try:
        for _ in range(200 if nightly else 20):
            assert built(folder) == (True, ())
            assert contents(folder / "out") in clean
    finally:
        done.set()
        saving.join()
    bring(folder, versions[1].files(), {})
    assert built(folder) == (True, ())
    assert contents(folder / "out") == clean[1]


def test_a_run_that_is_killed_leaves_no_lock(tmp_path: Path) -> None:
    bring(tmp_path, OLD.files(), {})
    (tmp_path / "out" / "all").mkdir(parents=True)
    with holding(tmp_path / "out" / "all"):
        waiting = subprocess.Popen(COMMAND[:-1], cwd=tmp_path, env=environment(), stderr=subprocess.PIPE, text=True)
        assert waiting.stderr is not None
        waiting.stderr.readline()
        waiting.kill()
        waiting.communicate()
    assert quiet(tool(tmp_path, "generate", "-q")).returncode == 0
