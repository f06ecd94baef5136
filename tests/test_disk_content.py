"""Content alone decides what is written, not time; and `check` only looks, but at everything."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.writing.compare import compare
from outputs import ONE, run
from projects import OLD, bring, built, contents, stamps
from running import quiet, tool


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    bring(tmp_path / "project", OLD.files(), {})
    return tmp_path / "project"


def test_content_decides_not_time(folder: Path, tmp_path: Path) -> None:
    """Edits that keep size and time, times that lie, and touches without an edit, each before a process of its own."""
    page, output = folder / "spec" / "agent.md", folder / "out" / "all" / "agent.py"
    assert tool(folder, "generate", "-q").returncode == 0

    def same_size_and_time(path: Path, old: str, new: str) -> None:
        about, text = path.stat(), path.read_text("utf-8")
        assert old in text and len(old) == len(new)
        path.write_text(text.replace(old, new), "utf-8")
        os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))

    edits: list[tuple[str, Callable[[], None]]] = [
        ("a page of the same size and time", lambda: same_size_and_time(page, "One.", "Two.")),
        ("a page back in time", lambda: (page.write_text(page.read_text("utf-8") + " "), os.utime(page, (0, 0)))[1]),
        ("a page in the future", lambda: os.utime(page, (time.time() + 1e6,) * 2)),
        ("a page replaced by one of its size and time", lambda: _replaced(page, "Two.", "Six.")),
        ("settings of the same size and time", lambda: same_size_and_time(folder / "pyproject.toml", '"spec"', "'spec'")),
        ("an output emptied, its time kept", lambda: _emptied(output)),
        ("an output gone", output.unlink),
        ("nothing", lambda: None),
    ]
    for number, (name, edit) in enumerate(edits):
        edit()
        done = quiet(tool(folder, "generate", "-q"))
        assert done.returncode == 0, (name, done.stderr)
        again = tmp_path / f"clean{number}"
        shutil.copytree(folder, again, ignore=shutil.ignore_patterns("out"))
        assert built(again)[0]
        assert contents(folder / "out") == contents(again / "out"), name
        assert tool(folder, "check", "-q").returncode == 0, name


def _replaced(path: Path, old: str, new: str) -> None:
    """As editors save: a new file takes the name; of the same size and time all the same."""
    about = path.stat()
    fresh = path.with_suffix(".tmp")
    fresh.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    os.utime(fresh, ns=(about.st_atime_ns, about.st_mtime_ns))
    os.replace(fresh, path)


def _emptied(path: Path) -> None:
    about = path.stat()
    path.write_bytes(b"\0" * about.st_size)
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))


def test_check_touches_nothing(folder: Path) -> None:
    assert built(folder)[0]
    (folder / "out" / "all" / "py.typed").unlink()
    (folder / "spec" / "agent.md").write_text(replace(OLD.pages["agent.md"], doc="Two.").text(), "utf-8")
    before, there = stamps(folder), contents(folder)
    assert tool(folder, "check", "-q").returncode == 1
    assert stamps(folder) == before
    assert contents(folder).keys() == there.keys()


@pytest.mark.parametrize(
    ("edit", "name"),
    [
        (lambda data: data + b"x", "changed"),
        (lambda data: b"z" + data[1:], "changed"),
        (lambda data: data.replace(b"\n", b"\r\n"), "changed"),
        (lambda data: data[:-1], "changed"),
        (None, "missing"),
    ],
)
def test_check_finds_every_change(tmp_path: Path, edit: Callable[[bytes], bytes] | None, name: str) -> None:
    """Of outputs and the manifest; modes are not compared, since none is promised."""
    run(tmp_path, ONE)
    paths = [path for path in tmp_path.rglob("*") if path.is_file()]
    for path in paths:
        data = path.read_bytes()
        path.unlink()
        if edit:
            path.write_bytes(edit(data))
        changes = compare(tmp_path, ONE, {"page.md": "0" * 64}, Diagnostics(), extra=True)
        found = [*changes.files, *([changes.manifest] if changes.manifest else [])]
        assert [each.path for each in found] == [path.relative_to(tmp_path).as_posix()]
        assert (found[0].old is None) == (name == "missing")
        path.write_bytes(data)
