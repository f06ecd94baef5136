"""Writing to the disk: whole or not at all, only what differs, never somebody else's file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.writing import files, manifest
from fieldsmith.writing.compare import JOURNAL, check_folder, compare
from fieldsmith.writing.paths import MANIFEST, fault
from fieldsmith.writing.plans import Rendered
from outputs import ONE, outputs, run, tree

posix = pytest.mark.skipif(os.name != "posix", reason="links and permissions are POSIX ones")


def test_first_run_writes_all(tmp_path: Path) -> None:
    changes, found = run(tmp_path / "out", ONE)
    assert not found
    assert changes is not None
    assert len(changes.files) == 2
    assert outputs(tmp_path / "out") == {each.path: each.text for each in ONE}
    content = json.loads((tmp_path / "out" / MANIFEST).read_text("utf-8"))
    assert list(content) == ["fieldsmith_manifest", "inputs", "outputs"]
    assert content["outputs"]["__init__.py"] == manifest.digest(b"a = 1\n")


def test_second_run_touches_nothing(tmp_path: Path) -> None:
    run(tmp_path, ONE)
    for path in tmp_path.rglob("*"):
        os.utime(path, (1, 1))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    changes, _ = run(tmp_path, ONE)
    assert changes is not None
    assert changes.none
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    run(tmp_path, ONE)
    os.utime(tmp_path / "__init__.py", (1, 1))
    changes, _ = run(tmp_path, (ONE[0], Rendered("models/thread.py", "b = 3\n")))
    assert changes is not None
    assert [each.path for each in changes.files] == ["models/thread.py"]
    assert (tmp_path / "__init__.py").stat().st_mtime == 1


def test_orphans_go_with_their_folders(tmp_path: Path) -> None:
    run(tmp_path, (*ONE, Rendered("old/deep/x.py", "x\n")))
    (tmp_path / "mine.txt").write_text("kept", "utf-8")
    _, found = run(tmp_path, ONE)
    assert not found
    assert set(outputs(tmp_path)) == {"__init__.py", "models/thread.py", "mine.txt"}
    assert not (tmp_path / "old").exists()


def test_an_edited_output_is_not_overwritten(tmp_path: Path) -> None:
    run(tmp_path, ONE)
    (tmp_path / "__init__.py").write_text("edited", "utf-8")
    changed = (Rendered("__init__.py", "a = 9\n"), Rendered("models/thread.py", "b = 9\n"))
    before = tree(tmp_path)
    changes, found = run(tmp_path, changed)
    assert (changes, found) == (None, ["FS401"])
    assert tree(tmp_path) == before
    _, found = run(tmp_path, changed, force=True)
    assert not found
    assert outputs(tmp_path) == {each.path: each.text for each in changed}


def test_a_strangers_file_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "__init__.py").write_text("mine", "utf-8")
    assert run(tmp_path, ONE) == (None, ["FS401"])
    assert tree(tmp_path) == {"__init__.py": "mine"}


def test_an_edited_orphan_is_kept(tmp_path: Path) -> None:
    run(tmp_path, ONE)
    (tmp_path / "models" / "thread.py").write_text("edited", "utf-8")
    _, found = run(tmp_path, ONE[:1])
    assert found == ["FS402"]
    assert (tmp_path / "models" / "thread.py").read_text("utf-8") == "edited"


def test_an_emptied_output_is_written_again(tmp_path: Path) -> None:
    run(tmp_path, ONE)
    (tmp_path / "__init__.py").write_bytes(b"\0\0\0")
    assert run(tmp_path, (Rendered("__init__.py", "a = 2\n"), ONE[1]))[1] == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b"<<<<<<< ours\n",
        b'{"fieldsmith_manifest": 2, "inputs": {}, "outputs": {}}',
        b'{"fieldsmith_manifest": 1, "outputs": {"../victim.txt": "' + b"0" * 64 + b'"}}',
        b'{"fieldsmith_manifest": 1, "outputs": {"/victim.txt": "' + b"0" * 64 + b'"}}',
        b'{"fieldsmith_manifest": 1, "outputs": {"a": 1, "a": 2}}',
        b'{"fieldsmith_manifest": 1, "outputs": []}',
        b'{"fieldsmith_manifest": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_damaged_manifest_is_made_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "victim.txt").write_text("kept", "utf-8")
    out = tmp_path / "out"
    run(out, ONE)
    good = tree(out)
    (out / MANIFEST).write_bytes(content)
    _, found = run(out, ONE)
    assert found == ["FS403"]
    assert tree(out) == good
    assert (tmp_path / "victim.txt").exists()


def test_two_outputs_for_one_file(tmp_path: Path) -> None:
    twice = (Rendered("models/Thread.py", ""), Rendered("models/thread.py", ""))
    assert run(tmp_path / "out", twice) == (None, ["FS405"])
    nested = (Rendered("a", ""), Rendered("a/b.py", ""))
    assert run(tmp_path / "out", nested) == (None, ["FS405"])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "path",
    [
        *("../a.py", "/a.py", "a/../../b.py", "", "a//b.py", "./a.py", "a/", "C:/a.py", "a\\b.py", "con.py", "x/NUL"),
        *("COM1.txt", "a.", "a ", " a", "a\0", "a\nb", "a\u202eb", "a\ud800", "x" * 201, "a/" * 100 + "b", "a?", "a|b"),
        *(".fieldsmith.json", ".fieldsmith-1.tmp", "abcdefghi/" * 31 + "x" * 200 + "y"),
    ],
)
def test_paths_that_no_output_may_have(tmp_path: Path, path: str) -> None:
    assert fault(path)
    assert run(tmp_path / "out", (Rendered(path, ""),)) == (None, ["FS404"])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("path", ["a.py", "models/thread.py", "docs/Ünï.md", "console.py", "a b.md", ".gitignore"])
def test_paths_that_outputs_may_have(path: str) -> None:
    assert fault(path) is None


@posix
def test_links_are_not_followed(tmp_path: Path) -> None:
    out, victim = tmp_path / "out", tmp_path / "victim"
    victim.mkdir()
    (victim / "thread.py").write_text("kept", "utf-8")
    out.mkdir()
    (out / "models").symlink_to(victim)
    assert run(out, ONE) == (None, ["FS408"])
    assert tree(victim) == {"thread.py": "kept"}
    assert not (out / "__init__.py").exists()


@posix
def test_a_link_in_place_of_an_output_is_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(out, ONE)
    (tmp_path / "victim").write_text("kept", "utf-8")
    (out / "__init__.py").unlink()
    (out / "__init__.py").symlink_to("../victim")
    assert run(out, ONE)[1] == []
    assert not (out / "__init__.py").is_symlink()
    assert (tmp_path / "victim").read_text("utf-8") == "kept"


def test_a_folder_in_the_way_is_kept(tmp_path: Path) -> None:
    (tmp_path / "models" / "thread.py").mkdir(parents=True)
    assert run(tmp_path, ONE) == (None, ["FS408"])
    assert (tmp_path / "models" / "thread.py").is_dir()


def test_a_file_in_the_way_of_a_folder_is_kept(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("mine", "utf-8")
    assert run(tmp_path, ONE) == (None, ["FS408"])
    assert tree(tmp_path) == {"models": "mine"}


@posix
@pytest.mark.parametrize("call", ["open", "write", "replace", "unlink", "mkdir", "fsync"])
def test_whatever_fails_is_put_back(tmp_path: Path, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The n-th call of each kind fails, for every n until none does: the old output stands, and nothing is left."""
    new = (Rendered("__init__.py", "a = 2\n"), Rendered("fresh/deep/x.py", "x\n"), Rendered("models/y.py", "y\n"))
    real = getattr(os, call)
    for number in range(1, 200):
        out = tmp_path / f"{call}{number}"
        run(out, ONE)
        before, count = tree(out), 0

        def failing(*values: object, fatal: int = number, **more: object) -> object:
            nonlocal count
            count += 1
            if count == fatal:
                raise OSError(28, "No space left on device")
            return real(*values, **more)

        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing)
            changes, found = run(out, new)
        if count < number:
            assert number > 1
            break
        assert changes is None
        assert found == ["FS400"]
        assert tree(out) == before
        assert run(out, new)[1] == []
        assert set(outputs(out)) == {each.path for each in new}


@posix
def test_a_killed_run_is_repaired(tmp_path: Path) -> None:
    """Killed between any two renames, the next run, with other pages still, knows which files are ours."""
    new = [Rendered(f"m{number}.py", f"{number}\n") for number in range(4)]
    newer = [Rendered(each.path, each.text * 2) for each in new[1:]]
    script = (
        "import os, sys; from pathlib import Path; from fieldsmith.writing import files\n"
        "from fieldsmith.writing.plans import Rendered; from fieldsmith.diagnostics import Diagnostics\n"
        "real, left = os.replace, [int(sys.argv[2])]\n"
        "def replace(*a, **k):\n"
        "    left[0] -= 1\n"
        "    os._exit(9) if left[0] < 0 else real(*a, **k)\n"
        "os.replace = replace\n"
        "files.write(Path(sys.argv[1]), [Rendered(f'm{n}.py', f'{n}\\n') for n in range(4)], {}, Diagnostics(), bool)\n"
    )
    source = str(Path(files.__file__).parents[2])
    for number in range(6):
        out = tmp_path / str(number)
        run(out, [Rendered(each.path, "old") for each in new])
        done = subprocess.run(
            [sys.executable, "-c", script, str(out), str(number)], env={"PYTHONPATH": source}, check=False
        )
        assert done.returncode == 9
        _, found = run(out, newer)
        assert not found
        assert outputs(out) == {each.path: each.text for each in newer}
        assert not (out / JOURNAL).exists()


@posix
def test_a_run_waits_for_another_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    run(tmp_path, ONE)
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.1)
    assert run(tmp_path, ONE) == (None, ["FS407"])
    os.close(handle)
    assert run(tmp_path, ONE)[1] == []


def test_compare_writes_nothing_and_names_the_extra_files(tmp_path: Path) -> None:
    run(tmp_path, ONE)
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "x.pyc").write_bytes(b"")
    (tmp_path / "models" / "thread.py").unlink()
    before = tree(tmp_path)
    changes = compare(tmp_path, ONE, {"page.md": "0" * 64}, Diagnostics(), extra=True)
    assert [each.path for each in changes.files] == ["models/thread.py"]
    assert changes.extra == ("notes.txt",)
    assert tree(tmp_path) == before


def test_folders_that_must_not_be_outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "work" / "spec").mkdir(parents=True)
    (tmp_path / "work" / "spec" / "a.md").write_text("", "utf-8")
    (tmp_path / "work" / "file").write_text("", "utf-8")
    monkeypatch.chdir(tmp_path / "work")
    for out, pages, wrong in (
        ("out", "spec", False),
        ("out", "spec/a.md", False),
        ("spec/out", "spec/a.md", False),
        ("spec/out", "spec", True),
        ("spec", "spec/a.md", True),
        (".", "spec", True),
        ("..", "spec", True),
        ("/", "spec", True),
        ("file", "spec", True),
    ):
        diagnostics = Diagnostics()
        check_folder(Path(out), [Path(pages)], diagnostics)
        assert bool(len(diagnostics)) is wrong, out


def test_one_file_is_whole_or_not_there(tmp_path: Path) -> None:
    files.write_one(tmp_path / "a.json", b"1")
    files.write_one(tmp_path / "a.json", b"2")
    assert tree(tmp_path) == {"a.json": "2"}
    with pytest.raises(OSError):
        files.write_one(tmp_path / "none" / "a.json", b"1")


def test_a_failure_names_its_place_once() -> None:
    for name, place in (("a/out", "a/out"), ("a", "a"), ("x.py", "a/out/x.py"), (None, "a/out")):
        diagnostics = Diagnostics()
        files.note_failure(Path("a/out"), OSError(13, "Permission denied", name), diagnostics)
        assert [found.span.path for found in diagnostics] == [place]
