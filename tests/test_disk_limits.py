"""Full disks, missing rights and other limits: exit code 3 and a message, the old output whole; or it works."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from outputs import ONE, outputs, run
from projects import CACHE, NEW, OLD, bring, built, contents
from running import SOURCE, Done, environment, quiet, tool

resource = pytest.importorskip("resource", reason="limits and mounts are POSIX ones")
NOBODY = 65534
ROOT = os.geteuid() == 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project whose output is to change."""
    bring(tmp_path, OLD.files(), {})
    assert built(tmp_path)[0]
    bring(tmp_path, NEW.files(), OLD.files())
    return tmp_path


def whole(folder: Path, done: Done, before: dict[str, bytes]) -> None:
    """What a limit may do: nothing at all, or stop the run without a trace."""
    if done.returncode == 0:
        assert built(folder) == (True, ())
        assert not [path for path in contents(folder / "out") if path.endswith((".tmp", ".journal.json"))]
    else:
        assert contents(folder / "out") == before
        assert "Traceback" not in done.stderr and done.stderr


def limiting(kind: str, limit: int) -> list[str]:
    """What starts a program under one of the limits of processes; it may end by that before it begins."""
    script = f"resource.setrlimit(resource.{kind}, ({limit}, {limit})); os.execv(sys.argv[1], sys.argv[1:])"
    return [sys.executable, "-c", f"import os, resource, sys; {script}"]


@pytest.mark.parametrize("limit", [0, 200, 1000, 2500])
def test_large_files_cannot_be_written(folder: Path, limit: int) -> None:
    before = contents(folder / "out")
    done = tool(folder, "generate", "-q", through=limiting("RLIMIT_FSIZE", limit))
    whole(folder, done, before)
    assert (done.returncode, "error[FS400]" in done.stderr) == (3, True)


@pytest.mark.parametrize("limit", [6, 10, 16, 64])
def test_few_files_may_be_open(folder: Path, limit: int) -> None:
    before = contents(folder / "out")
    whole(folder, quiet(tool(folder, "generate", "-q", through=limiting("RLIMIT_NOFILE", limit))), before)


@pytest.mark.parametrize("mib", [40, 60, 90, 2000])
def test_memory_ends(folder: Path, mib: int) -> None:
    before = contents(folder / "out")
    done = tool(folder, "generate", "-q", through=limiting("RLIMIT_AS", mib << 20))
    assert done.returncode == 0 or contents(folder / "out") == before
    assert built(folder) == (True, ())


@pytest.fixture
def mount(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small disk of its own, where this process may have one."""
    place = tmp_path_factory.mktemp("disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("only root, outside of some containers, may mount a disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def remount(place: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True)


def _at_the_end(mount: Path, nightly: bool) -> Iterator[tuple[str, Path, dict[str, bytes]]]:
    """Ever more room, by the option that gives it: a folder to run in, and what stands there."""
    steps = range(40) if nightly else (0, 3, 12)
    for kind, step in itertools.product(("size", "nr_inodes"), steps):
        project = mount / f"{kind}{step}"
        bring(project, OLD.files(), {})
        assert built(project)[0]
        bring(project, NEW.files(), OLD.files())
        about = os.statvfs(mount)
        used = (about.f_blocks - about.f_bfree) * about.f_frsize, about.f_files - about.f_ffree
        remount(mount, f"size={used[0] + 4096 * step}" if kind == "size" else f"nr_inodes={used[1] + step}")
        yield kind, project, contents(project / "out")
        remount(mount, "size=64m,nr_inodes=99999")


def test_a_full_disk(mount: Path, nightly: bool) -> None:
    codes = []
    for _, project, before in _at_the_end(mount, nightly):
        done = quiet(tool(project, "generate", "-q"))
        assert done.returncode == 0 or "error[FS400]" in done.stderr
        codes.append(done.returncode)
        if done.returncode:
            assert contents(project / "out") == before
    assert set(codes) <= {0, 3} and 3 in codes


def test_a_disk_that_is_read_only(mount: Path) -> None:
    bring(mount / "project", OLD.files(), {})
    assert built(mount / "project")[0]
    remount(mount, "ro")
    assert quiet(tool(mount / "project", "check", "-q")).returncode == 0
    remount(mount, "rw")
    bring(mount / "project", NEW.files(), OLD.files())
    before = contents(mount / "project")
    remount(mount, "ro")
    done = quiet(tool(mount / "project", "generate", "-q"))
    assert done.returncode == 3 and "Read-only" in done.stderr and "out/all" in done.stderr
    assert quiet(tool(mount / "project", "check", "-q")).returncode == 1
    assert contents(mount / "project") == before


def test_a_disk_inside_the_output(mount: Path) -> None:
    """Temporary files stand beside what they become, so that no rename goes from disk to disk."""
    out = mount / "out"
    run(out, ONE)
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(out / "models")], check=True)
    try:
        assert run(out, ONE)[1] == []
        assert outputs(out) == {each.path: each.text for each in ONE}
    finally:
        subprocess.run(["umount", str(out / "models")], check=True)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A project that belongs to a user without special rights: this one, or where that is root, nobody."""
    top = Path(tempfile.mkdtemp(prefix="fieldsmith-"))
    top.chmod(0o755)
    bring(top / "project", OLD.files(), {})
    assert built(top / "project")[0]
    bring(top / "project", NEW.files(), OLD.files())
    shutil.rmtree(top / "project" / CACHE)
    for path in (top, *top.rglob("*")) if ROOT else ():
        os.chown(path, NOBODY, NOBODY)
    try:
        yield top / "project"
    finally:
        for path in top.rglob("*"):
            if path.is_dir():
                path.chmod(0o755)
        shutil.rmtree(top)


@pytest.fixture(scope="module")
def other() -> dict[str, Any]:
    """What runs the tool as a user without special rights: a Python that such a one may run, with our libraries."""
    if not ROOT:
        return {}
    libraries = os.pathsep.join([str(SOURCE), *(path for path in sys.path if path.endswith("site-packages"))])
    user = {"user": NOBODY, "group": NOBODY, "extra_groups": [], "env": environment(PYTHONPATH=libraries)}
    for python in (sys.executable, shutil.which("python3", path="/usr/bin:/usr/local/bin")):
        try:
            if python and tool("/", "generate", "--help", python=python, **user).returncode == 0:
                return {"python": python, **user}
        except PermissionError:
            continue
    pytest.skip("no other user may run this Python")


def test_another_user_makes_the_same(open_folder: Path, other: dict[str, Any], tmp_path: Path) -> None:
    bring(tmp_path, NEW.files(), {})
    assert built(tmp_path)[0]
    assert tool(open_folder, "generate", "-q", **other).returncode == 0
    assert contents(open_folder / "out") == contents(tmp_path / "out")


@pytest.mark.parametrize("place", ["out/all", "out/all/docs"])
def test_a_folder_that_may_not_be_written(open_folder: Path, other: dict[str, Any], place: str) -> None:
    (open_folder / place).chmod(0o555)
    before = contents(open_folder)
    done = quiet(tool(open_folder, "generate", "-q", **other))
    assert done.returncode == 3 and "error[FS400]: Permission denied" in done.stderr and "out/all" in done.stderr
    assert {path: data for path, data in contents(open_folder).items() if not path.startswith(".f")} == before


def test_a_page_that_may_not_be_read(open_folder: Path, other: dict[str, Any]) -> None:
    before = contents(open_folder / "out")
    (open_folder / "spec" / "agent.md").chmod(0)
    done = quiet(tool(open_folder, "generate", "-q", **other))
    assert done.returncode == 3 and done.stderr.startswith("spec/agent.md:1:1: error[FS005]")
    assert contents(open_folder / "out") == before


def test_no_process_more_may_start(open_folder: Path, other: dict[str, Any]) -> None:
    """Neither does a run need others, nor does one that was told to use them show a traceback."""
    for number in range(300):
        page = replace(OLD.pages["part.md"], title=f"Part{number}")
        (open_folder / "spec" / f"part{number}.md").write_text(page.text(), "utf-8")
    script = limiting("RLIMIT_NPROC", 0)
    through = [other.get("python", sys.executable), *script[1:]]
    done = quiet(tool(open_folder, "generate", "-q", "--jobs", "2", through=through, **other))
    assert done.returncode in (0, 3), done.stderr
