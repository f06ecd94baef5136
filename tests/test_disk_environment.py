"""Wherever and however it runs, the bytes are the same: languages, flags, masks, odd folders, clocks that lie."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from projects import OLD, Page, bring, built, contents
from running import SOURCE, environment, quiet, tool

POSIX = os.name == "posix"
PROJECT = OLD.with_page("umlaut.md", Page("Umlaut", doc="Größe – 大きさ.", rows=(("size", "[None](nöne.md)", "‘so’"),)))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    top = tmp_path_factory.mktemp("clean")
    bring(top, PROJECT.files(), {})
    assert built(top)[0]
    return contents(top / "out")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    bring(tmp_path / "project", PROJECT.files(), {})
    return tmp_path / "project"


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONHASHSEED": "0", "TZ": "Pacific/Kiritimati", "HOSTNAME": "elsewhere"},
        {"PYTHONHASHSEED": "99", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "tr_TR.UTF-8", "HOME": None, "USER": None, "LOGNAME": None},
        {"LC_ALL": "ja_JP.eucJP", "PYTHONUTF8": "0", "HOME": "/nowhere"},
    ],
)
def test_variables(folder: Path, expected: dict[str, bytes], variables: dict[str, str | None]) -> None:
    done = quiet(tool(folder, "generate", env=environment(**variables)))
    assert done.returncode == 0, done.stderr
    assert "warning[FS103]" in done.stderr and "UnicodeEncodeError" not in done.stderr
    assert contents(folder / "out") == expected


@pytest.mark.skipif(not POSIX, reason="elsewhere names of files are Unicode")
def test_names_of_pages_where_the_locale_cannot_spell_them(folder: Path) -> None:
    """Outside UTF-8, Python cannot tell what the names of files say: nothing is guessed, and the way out is named."""
    (folder / "spec" / "umlaut.md").rename(folder / "spec" / "ümläut.md")
    variables = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = quiet(tool(folder, "generate", env=environment(**variables)))
    assert (done.returncode, (folder / "out").exists()) == (2, False)
    assert "error[FS008]" in done.stderr and "PYTHONUTF8=1" in done.stderr
    done = quiet(tool(folder, "generate", env=environment(**{**variables, "PYTHONUTF8": "1"})))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("flags", [("-O", "-X", "dev"), ("-OO", "-bb", "-P"), ("-W", "error")], ids=" ".join)
def test_flags_of_python(folder: Path, expected: dict[str, bytes], flags: tuple[str, ...]) -> None:
    done = quiet(tool(folder, "generate", "-q", flags=flags))
    assert done.returncode == 0 and "Warning" not in done.stderr, done.stderr
    assert contents(folder / "out") == expected
    script = "import sys; sys.path.insert(0, 'out'); import all; from all import Part; Part.from_dict({'made': '2024-01-01'})"
    used = subprocess.run([sys.executable, *flags, "-I", "-S", "-c", script], cwd=folder, capture_output=True, text=True)
    assert "DecodeError" in used.stderr and "made" in used.stderr and "Warning" not in used.stderr


@pytest.mark.skipif(not POSIX, reason="masks are POSIX ones")
@pytest.mark.parametrize("mask", [0o000, 0o077, 0o777])
def test_masks(folder: Path, expected: dict[str, bytes], mask: int) -> None:
    """New files get the mode that the mask says; a run under another mask goes on from there."""
    done = quiet(tool(folder, "generate", "-q", umask=mask))
    readable = os.geteuid() == 0 or mask != 0o777
    assert done.returncode == (0 if readable else 3), done.stderr
    if readable:
        assert (folder / "out" / "all" / "py.typed").stat().st_mode & 0o777 == 0o666 & ~mask
    for path in (folder, *folder.rglob("*")) if not readable else ():
        path.chmod(0o700)
    assert built(folder)[0]
    assert contents(folder / "out") == expected


@pytest.mark.skipif(not POSIX, reason="most disks of other systems refuse such names")
@pytest.mark.parametrize("name", [b"with blank", b"q'uo\"te", b"new\nline", b"\xff\xfe", b"#100%{x}%s", b"-o"], ids=ascii)
def test_odd_folders(tmp_path: Path, expected: dict[str, bytes], name: bytes) -> None:
    at = os.path.join(os.fsencode(tmp_path), name)
    try:
        os.mkdir(at)
    except OSError:
        pytest.skip("this disk refuses the name")
    bring(Path(os.fsdecode(at)), PROJECT.files(), {})
    done = quiet(tool(at, "generate", "-q"))
    assert done.returncode == 0, done.stderr
    assert contents(Path(os.fsdecode(at)) / "out") == expected


@pytest.mark.skipif(not POSIX, reason="goes down by handles of folders")
def test_a_long_path(folder: Path, expected: dict[str, bytes]) -> None:
    """Where paths grow longer than the system takes, the run says so; where they do not, it works."""
    for length in (3000, 3900):
        top = folder.parent / str(length)
        deep = top / "/".join(["d" * 99] * ((length - len(str(top))) // 100))
        deep.mkdir(parents=True)
        bring(deep, PROJECT.files(), {})
        done = quiet(tool(deep, "generate", "-q"))
        assert done.returncode in (0, 3), done.stderr
        assert done.returncode == 3 or contents(deep / "out") == expected


def test_nothing_is_written_beside_the_tool(folder: Path, tmp_path: Path, expected: dict[str, bytes]) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("generator", "templates"):
        shutil.copytree(SOURCE.parent / name, tmp_path / "tool" / name, ignore=ignored)
    before = contents(tmp_path / "tool")
    done = tool(folder, "generate", "-q", env=environment(PYTHONPATH=str(tmp_path / "tool" / "generator")))
    assert done.returncode == 0, done.stderr
    assert contents(folder / "out") == expected
    assert contents(tmp_path / "tool") == before


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_other_versions_of_python(folder: Path, expected: dict[str, bytes], version: str) -> None:
    """Those that are at hand, with the libraries of this one."""
    python = shutil.which(f"python{version}")
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    env = environment(PYTHONPATH=os.pathsep.join([str(SOURCE), *libraries]))
    if not python or subprocess.run([python, "-c", "import click, jinja2, mistune"], env=env, capture_output=True).returncode:
        pytest.skip(f"Python {version} is not here")
    command = [python, "-m", "fieldsmith", "generate", "-q"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert contents(folder / "out") == expected
    subprocess.run([python, "-I", "-c", "import sys; sys.path.insert(0, 'out'); from all import Agent"], cwd=folder, check=True)


@pytest.mark.parametrize("now", [0, 2**31 + 1, 253_402_300_799])
def test_clocks_that_lie(folder: Path, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, now: int) -> None:
    monkeypatch.setattr(time, "time", lambda: float(now))
    monkeypatch.setattr(time, "time_ns", lambda: now * 10**9)
    assert built(folder)[0]
    assert contents(folder / "out") == expected


class _Iterating:
    """What `os.scandir` gives, of entries in an order of ours."""

    def __init__(self, entries: list[object]) -> None:
        self.entries = iter(entries)

    def __iter__(self) -> _Iterating:
        return self

    def __next__(self) -> object:
        return next(self.entries)

    def __enter__(self) -> _Iterating:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def close(self) -> None:
        pass


def test_the_order_of_listings(folder: Path, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    first = built(folder)
    shutil.rmtree(folder / "out")
    real, real_listdir = os.scandir, os.listdir
    monkeypatch.setattr(os, "scandir", lambda *at: _Iterating(sorted(real(*at), key=lambda each: each.name, reverse=True)))
    monkeypatch.setattr(os, "listdir", lambda *at: sorted(real_listdir(*at), reverse=True))
    assert built(folder) == first
    monkeypatch.undo()
    assert contents(folder / "out") == expected
