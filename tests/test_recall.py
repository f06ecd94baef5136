"""Runs with nothing to do: answered from stamps alone, and never where anything has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldsmith import cache, recall

SPEC = Path(__file__).parents[1] / "spec"
ARGUMENTS = ["spec", "-o", "client"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no stamp there tells of every change")


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "fieldsmith", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A package made of copies of some pages, with templates of one's own, a while after they were written."""
    pages = tmp_path / "spec" / "threads"
    pages.mkdir(parents=True)
    for name in ("threadobject.md", "runusage.md"):
        shutil.copy(SPEC / "threads" / name, pages)
    (tmp_path / "mine" / "docs").mkdir(parents=True)
    (tmp_path / "mine" / "docs" / "index.md.jinja").write_text("# All\n", "utf-8")
    (tmp_path / "facts.toml").write_text("", "utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.fieldsmith]\ntemplates = "mine"\noverlays = "facts.toml"\n', "utf-8")
    time.sleep(0.05)  # what has only just been written is not remembered
    code, out, err = run(tmp_path, "generate", *ARGUMENTS)
    assert code == 0 and " written" in out, err
    return tmp_path


def known(folder: Path, monkeypatch: pytest.MonkeyPatch, command: str = "generate") -> tuple[str, str] | None:
    monkeypatch.chdir(folder)
    return recall.answer([command, *ARGUMENTS])


def test_the_answer_is_what_the_program_says(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for command in ("generate", "check"):
        answer = known(project, monkeypatch, command)
        assert answer is not None
        assert run(project, command, *ARGUMENTS) == (0, *answer)
        shutil.move(project / recall.FOLDER, project / "away")
        assert run(project, command, *ARGUMENTS) == (0, *answer)
        shutil.rmtree(project / recall.FOLDER, ignore_errors=True)
        shutil.move(project / "away", project / recall.FOLDER)


def test_warnings_are_told_each_time(tmp_path: Path) -> None:
    (tmp_path / "spec").mkdir()
    page = "# A\n\n## Fields\n\n| Field | Type | Required | Description |\n| - | - | - | - |\n| `b` | [B](b.md) | yes | |\n"
    (tmp_path / "spec" / "a.md").write_text(page, "utf-8")
    time.sleep(0.05)
    _, _, first = run(tmp_path, "generate", *ARGUMENTS)
    assert "FS103" in first
    assert list((tmp_path / recall.FOLDER).glob("answer-*"))
    assert run(tmp_path, "generate", *ARGUMENTS)[2] == run(tmp_path, "generate", *ARGUMENTS, "-q")[2] == first


def test_quiet_is_quiet(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert recall.answer(["generate", *ARGUMENTS, "-q"]) == ("", "")


def edit(path: Path) -> None:
    """Another letter, with size and time of modification as they were."""
    before = path.stat()
    text = path.read_bytes()
    path.write_bytes(text.replace(b"e", b"E", 1))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size and path.stat().st_mtime_ns == before.st_mtime_ns


CHANGES: dict[str, Callable[[Path], object]] = {
    "a page": lambda root: edit(root / "spec/threads/runusage.md"),
    "a page touched": lambda root: (root / "spec/threads/runusage.md").touch(),
    "a page more": lambda root: shutil.copy(root / "spec/threads/runusage.md", root / "spec/more.md"),
    "a page less": lambda root: (root / "spec/threads/runusage.md").unlink(),
    "a page renamed": lambda root: (root / "spec/threads/runusage.md").rename(root / "spec/threads/RunUsage.md"),
    "a folder more": lambda root: (root / "spec/more").mkdir(),
    "a template": lambda root: edit(root / "mine/docs/index.md.jinja"),
    "a template more": lambda root: (root / "mine/docs/page.md.jinja").write_text("x", "utf-8"),
    "an overlay": lambda root: edit(root / "facts.toml"),
    "an overlay gone": lambda root: (root / "facts.toml").unlink(),
    "the settings": lambda root: edit(root / "pyproject.toml"),
    "settings taken away": lambda root: (root / "pyproject.toml").unlink(),
    "an output": lambda root: edit(root / "client/threads/run_usage.py"),
    "an output gone": lambda root: (root / "client/threads/run_usage.py").unlink(),
    "the manifest": lambda root: edit(root / "client/.fieldsmith.json"),
    "a link for a folder": lambda root: _link(root / "client/threads"),
    "a link for the output": lambda root: _link(root / "client"),
}


def _link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_known_after_a_change(project: Path, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    assert known(project, monkeypatch) is not None
    CHANGES[change](project)
    assert known(project, monkeypatch) is None
    if change not in ("a page touched", "a folder more"):
        assert known(project, monkeypatch, "check") is None or change == "settings taken away"


def test_check_believes_no_stamp(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "spec/threads/runusage.md").touch()
    (project / "client/threads/run_usage.py").touch()
    assert known(project, monkeypatch) is None
    assert known(project, monkeypatch, "check") is not None


@pytest.mark.parametrize("path", ["client/mine.py", "client/threads/.fieldsmith-1.tmp", "client/.fieldsmith.journal.json"])
def test_check_sees_what_has_come_in(project: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    for harmless in ("client/threads/__pycache__", "client/.hidden"):
        (project / harmless).mkdir()
    assert known(project, monkeypatch, "check") is not None
    (project / path).write_text("", "utf-8")
    assert known(project, monkeypatch, "check") is None
    assert run(project, "check", *ARGUMENTS)[0] == 1


def test_check_leaves_nothing_behind(project: Path) -> None:
    shutil.rmtree(project / recall.FOLDER)
    before = sorted(project.rglob("*"))
    assert run(project, "check", *ARGUMENTS)[0] == 0
    assert sorted(project.rglob("*")) == before


def test_what_was_kept_for_others_is_no_answer(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert recall.answer(["generate", "spec", "-o", "other"]) is None
    assert recall.answer(["lint", *ARGUMENTS]) is None
    monkeypatch.chdir(project / "spec")
    assert recall.answer(["generate", *ARGUMENTS]) is None


def test_damage_is_no_answer(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    (file,) = (project / recall.FOLDER).glob("answer-*")
    whole = file.read_bytes()
    for length in (0, 1, 20, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:length])
        assert recall.answer(["generate", *ARGUMENTS]) is None
    assert run(project, "generate", *ARGUMENTS)[0] == 0
    assert recall.answer(["generate", *ARGUMENTS]) is not None
    file.write_bytes(b"\xff\0" * 100)
    assert recall.answer(["generate", *ARGUMENTS]) is None


def test_a_copy_of_the_project_knows_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes with a checkout is not believed: its files bear other stamps."""
    copy = project.with_name("copy")
    shutil.copytree(project, copy)
    shutil.move(project, project.with_name("moved"))
    shutil.move(copy, project)
    assert known(project, monkeypatch) is None
    assert known(project, monkeypatch, "check") is None


def test_a_folder_that_cannot_be_written_is_done_without(project: Path) -> None:
    shutil.rmtree(project / recall.FOLDER)
    (project / recall.FOLDER).write_text("in the way", "utf-8")
    assert run(project, "generate", *ARGUMENTS) == run(project, "generate", *ARGUMENTS)
    assert (project / recall.FOLDER).read_text("utf-8") == "in the way"


def test_a_link_in_place_of_the_folder_is_not_followed(project: Path) -> None:
    """It may have come with a checkout, and lead anywhere."""
    folder, away = project / recall.FOLDER, project / "away"
    shutil.rmtree(folder)
    away.mkdir()
    folder.symlink_to(away, target_is_directory=True)
    assert run(project, "generate", *ARGUMENTS)[0] == 0
    assert not list(away.iterdir())


def test_a_run_that_fails_leaves_no_folder(tmp_path: Path) -> None:
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "a.md").write_text("# A\n\n## Fields\n", "utf-8")
    assert run(tmp_path, "generate", *ARGUMENTS)[0] == 2
    assert [path.name for path in tmp_path.iterdir()] == ["spec"]


def test_old_answers_go(tmp_path: Path) -> None:
    folder = tmp_path / recall.FOLDER
    cache.keep(str(folder / "other"), b"")
    for number in range(5):
        cache.put(str(folder / f"a-{number}"), b"", 3)
        os.utime(folder / f"a-{number}", (number, number))
    assert sorted(each.name for each in folder.iterdir()) == ["a-2", "a-3", "a-4", "other"]


def test_git_ignores_the_folder(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "below" / recall.FOLDER
    cache.keep(str(folder / "one"), b"")
    assert (folder / ".gitignore").read_bytes() == b"*\n"


def test_libraries_count_before_they_are_loaded() -> None:
    script = "import sys; from fieldsmith import cache; print('jinja2' in sys.modules, *cache.program_files(), sep='\\n')"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded, *files = done.stdout.splitlines()
    assert loaded == "False"
    for library in ("click", "jinja2", "markupsafe", "mistune"):
        assert any(Path(file).parent.name == library for file in files), library


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_in_the_folder_is_not_waited_for(project: Path) -> None:
    folder = project / recall.FOLDER
    (answer,) = folder.glob("answer-*")
    for place in (folder / "memory.cache", answer):
        place.unlink()
        os.mkfifo(place)
    (project / "spec/threads/runusage.md").touch()
    assert run(project, "generate", *ARGUMENTS)[0] == 0
