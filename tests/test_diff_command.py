"""`fieldsmith diff` as a user meets it: folders and git revisions, what is printed, exit codes, and what is run for it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from emitted import enum, made_of, model, ref
from fieldsmith import cli, revisions
from fieldsmith.comparing.definitions import changes
from fieldsmith.comparing.judging import judged
from fieldsmith.comparing.printing import as_text
from fieldsmith.schema import Const, OneOf, Scalar, Schema, TypeExpr
from projects import Page
from running import environment, quiet, tool
from test_linear import grows_evenly, lines_run
from tracing import by_hook

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
OLD = {
    "spec/thread.md": Page("Thread", rows=(("id", "`string`", "Its name."), ("state", "[State](inner/state.md)", ""))).text(),
    "spec/inner/state.md": Page("State", "Values", rows=(("open", "", ""), ("shut", "", ""))).text(),
}
NEW = {
    "spec/thread.md": Page("Thread", rows=(("id", "`integer`", "Its name."), ("state", "[State](inner/state.md)", ""), ("a\\|b", "`string`", ""))).text(),
    "spec/inner/state.md": Page("State", "Values", rows=(("open", "", "Not shut."), ("shut", "", ""), ("ajar", "", ""))).text(),
}
SETTINGS = '[tool.fieldsmith]\npages = "spec"\n'
TOLD = """\
{new}/inner/state.md:9:12: compatible: State."open": documentation changed
{new}/inner/state.md:11:12: breaking: State."ajar": value added to a closed enum (for readers)
{new}/thread.md:9:3: breaking: Thread.id: type takes other values: string -> integer (for readers and writers)
{new}/thread.md:11:3: compatible: Thread.a|b: optional field added: string
4 changes: 2 breaking, 2 compatible; next version: major
"""


def git(folder: Path, *arguments: str) -> str:
    who = {f"GIT_{role}_{what}": f"{what}@example.invalid".lower() for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(["git", *arguments], cwd=folder, env=environment(**who, GIT_CONFIG_GLOBAL=os.devnull), capture_output=True, text=True, check=True)
    return done.stdout.strip()


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


def commit(folder: Path, files: dict[str, str], tag: str) -> None:
    write(folder, files)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", tag)
    git(folder, "tag", tag)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the old pages at v1 and the new ones at v2 and on the disk."""
    folder = tmp_path / "project"
    write(folder, {"pyproject.toml": SETTINGS, ".gitattributes": "spec/** export-ignore\n"})
    git(folder, "init", "-q", "-b", "main")
    commit(folder, OLD, "v1")
    commit(folder, NEW, "v2")
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: str) -> int:
    return cli._run(["diff", *arguments])


@pytest.mark.parametrize("states, new", [
    (("v1",), "spec"),
    (("v1", "v2"), "v2:spec"),
    (("v1..v2",), "v2:spec"),
    (("v1..",), "HEAD:spec"),
    (("HEAD~1", "spec"), "spec"),
    (("v1...v2", "spec"), "v2:spec"),
])  # fmt: skip
def test_revisions(project: Path, capsys: pytest.CaptureFixture[str], states: tuple[str, ...], new: str) -> None:
    """Also where the repository leaves the pages out of its archives."""
    assert run(*states) == 0
    out, err = capsys.readouterr()
    assert (out, err) == (TOLD.format(new=new), "")


def test_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    for name, files in (("old", OLD), ("new", NEW)):
        write(tmp_path / name, files)
    assert run("old/spec", "new/spec") == 0
    assert capsys.readouterr().out == TOLD.format(new="new/spec")
    assert run("old/spec", "old/spec") == 0
    assert capsys.readouterr().out == "no changes\n"


def test_since_branches_have_parted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three dots leave out what the other branch has done since."""
    git(project, "checkout", "-q", "-b", "side", "v1")
    commit(project, {"spec/new.md": Page("New", rows=(("id", "`string`", ""),)).text()}, "side1")
    assert run("main...") == 0
    assert capsys.readouterr().out == "HEAD:spec/new.md:1:3: compatible: New: definition added: model\n1 change: 1 compatible; next version: minor\n"
    assert run("main..", "--fail-on", "breaking") == 1


def test_what_was_removed_stands_where_it_was(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("v2", "v1") == 0
    out = capsys.readouterr().out
    assert 'v2:spec/inner/state.md:11:12: breaking: State."ajar": value removed from a closed enum (for writers)' in out


def test_markdown(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("v1", "--format", "markdown") == 0
    assert capsys.readouterr().out == """\
**4 changes: 2 breaking, 2 compatible; next version: major**

### Breaking

| Where | Change | Readers | Writers |
| --- | --- | --- | --- |
| `State."ajar"` | value added to a closed enum | breaking | compatible |
| `Thread.id` | type takes other values: `string` -> `integer` | breaking | breaking |

### Compatible

| Where | Change | Readers | Writers |
| --- | --- | --- | --- |
| `State."open"` | documentation changed | compatible | compatible |
| `Thread.a\\|b` | optional field added: `string` | compatible | compatible |
"""


def test_markdown_is_inert(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Names and values of pages are text, whatever they hold: no HTML, no link, no mark of a template, no row."""
    monkeypatch.chdir(tmp_path)
    value = json.dumps("` <img src=x> {{ x }} ](http://example.invalid) | x")
    for name, values in (("old", '- `"b"`'), ("new", f'- `"b"`\n- ``{value}``')):
        write(tmp_path, {f"{name}/e.md": f"# E\n\n## Values\n\n{values}\n"})
    assert run("old", "new", "--format", "markdown") == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "value added" in line]
    assert line == '| E."&#96; &lt;img src=x> &#123;&#123; x }} ](http://example.invalid) \\| x" | value added to a closed enum | breaking | compatible |'


def test_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("v1", "--format", "json") == 0
    whole = json.loads(capsys.readouterr().out)
    assert {key: whole[key] for key in whole if key != "changes"} == {"fieldsmith_diff": 1, "old": "v1", "new": "the pages as they are", "version": "major"}
    assert whole["changes"][2] == {
        "kind": "type-changed", "definition": "Thread", "key": "thread.md#Thread", "member": "id", "at": "", "before": "string", "after": "integer",
        "hint": "", "readers": "breaking", "writers": "breaking", "version": "major",
        "old": {"path": "v1:spec/thread.md", "line": 9, "column": 3}, "new": {"path": "spec/thread.md", "line": 9, "column": 3},
    }  # fmt: skip


@pytest.mark.parametrize("states, names", [
    (("v1..v2",), ("v1", "v2")), (("v1..",), ("v1", "HEAD")), (("v1", "v2"), ("v1", "v2")), (("v1...v2",), ("v1...v2", "v2")),
])  # fmt: skip
def test_json_names_the_two_states(project: Path, capsys: pytest.CaptureFixture[str], states: tuple[str, ...], names: tuple[str, str]) -> None:
    assert run(*states, "--format", "json") == 0
    whole = json.loads(capsys.readouterr().out)
    assert (whole["old"], whole["new"]) == names


_ID = "| `id` | `string` | no | Its name. |\n"
_STATES = {"none": _ID, "docs": _ID.replace("Its", "A"), "warning": "", "breaking": _ID.replace("string", "integer")}


@pytest.mark.parametrize("state, codes", [("none", (0, 0, 0)), ("docs", (0, 0, 1)), ("warning", (0, 1, 1)), ("breaking", (1, 1, 1))])
def test_fail_on(project: Path, state: str, codes: tuple[int, ...]) -> None:
    write(project, {**OLD, "spec/thread.md": OLD["spec/thread.md"].replace(_ID, _STATES[state])})
    assert tuple(run("v1", "--fail-on", each) for each in ("breaking", "warning", "any")) == codes
    assert run("v1") == 0


@pytest.mark.parametrize("arguments, said", [
    ((), "name the old state"),
    (("spec",), "'spec' is a path: name the one path that it is to be compared with"),
    (("spec", "spec", "spec"), "'spec' is a path"),
    (("spec", "v1"), "'spec' is a path, and 'v1' is none: a path is compared with a path; of a revision, write `v1 spec`"),
])  # fmt: skip
def test_wrong_use(project: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str) -> None:
    assert run(*arguments) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("arguments, said", [
    (("nope",), "error[FS500]: `nope`: there is no such path, and git knows no such revision"),
    (("v1", "nope"), "error[FS500]: `nope`: there is no such path, and git knows no such revision"),
    (("--", "--upload-pack=x"), "error[FS500]: `--upload-pack=x`: there is no such path, and git knows no such revision"),
    (("v1:spec",), "error[FS500]: `v1:spec`: there is no such path, and git knows no such revision"),
    (("HEAD", "spec", ".."), "lies outside of the repository"),
    (("v1..v2", "gone"), "gone:1:1: error[FS001]: the revision has no such file or folder"),
])  # fmt: skip
def test_findings(project: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str) -> None:
    assert run(*arguments) == 2
    assert said in capsys.readouterr().err


def test_errors_of_either_state_are_shown(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(project, {"spec/thread.md": Page("Thread", rows=(("id", "`strnig`", ""),)).text()}, "bad")
    write(project, NEW)
    assert run("bad") == 2
    out, err = capsys.readouterr()
    assert out == "" and "bad:spec/thread.md:9:10: error[FS101]" in err


def test_pages_of_a_revision_are_read_as_those_of_a_folder(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Odd names, hidden folders, links and limits; pages that the disk has no more; from a folder inside."""
    page = Page("Odd", rows=(("id", "`string`", ""),)).text()
    files = {"spec/*odd [x].md": page, "spec/.hidden/a.md": page.replace("Odd", "Hid"), "spec/notes.txt": page, "spec/sub/ä.md": page.replace("Odd", "Umlaut")}
    write(project, files)
    os.symlink("../notes.md", project / "spec" / "out.md")
    os.symlink("*odd [x].md", project / "spec" / "link.md")
    commit(project, {}, "odd")
    for path in (*files, "spec/link.md", "spec/out.md"):
        (project / path).unlink()
    os.chdir(project / "spec")
    assert run("odd") == 0
    out, err = capsys.readouterr()
    assert sorted(line.partition(" (for")[0] for line in out.splitlines()[:-1]) == [
        "odd:spec/*odd [x].md:1:3: breaking: Odd: definition removed: model",
        "odd:spec/link.md:1:3: breaking: Odd: definition removed: model",
        "odd:spec/sub/ä.md:1:3: breaking: Umlaut: definition removed: model",
    ]
    assert run("odd", "--strict") == 2
    assert "odd:spec/out.md:1:1: error[FS006]: this link leads to no file of the folder" in capsys.readouterr().err


def test_a_page_that_is_named_is_read_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("v1", "spec/inner/state.md") == 0
    assert capsys.readouterr().out.splitlines()[0] == 'spec/inner/state.md:9:12: compatible: State."open": documentation changed'


def test_limits_hold_in_a_revision(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "pyproject.toml").write_text(SETTINGS + "limits.page = 200\n", "utf-8")
    assert run("v1", "v2") == 2
    err = capsys.readouterr().err
    assert "v2:spec/thread.md:1:1: error[FS004]" in err


def test_outside_of_a_repository(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    done = quiet(tool(tmp_path, "diff", "v1", "spec", env=environment(GIT_CEILING_DIRECTORIES=str(tmp_path.parent))))
    assert done.returncode == 2 and "error[FS500]: `v1`: not a git repository" in done.stderr


def test_without_git(project: Path) -> None:
    done = quiet(tool(project, "diff", "v1", env=environment(PATH="")))
    assert done.returncode == 2 and "error[FS500]: `v1`: git cannot be run" in done.stderr


def test_git_is_the_one_program_run(project: Path) -> None:
    """And none at all for folders."""
    asked = by_hook(project, "diff", "v1")
    assert asked.code == 0 and asked.reaches and asked.writes == ()
    assert all(" ('git', ['git', '-C'," in each for each in asked.reaches if each.startswith("subprocess.")), asked.reaches
    assert by_hook(project, "diff", "spec", "spec").reaches == ()


def test_several_jobs_are_told_together(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    jobs = "".join(f'[[tool.fieldsmith.jobs]]\nname = "{name}"\npages = "{pages}"\noutput = "{name}"\n' for name, pages in (("a", "spec/inner"), ("b", "spec/thread.md")))
    (project / "pyproject.toml").write_text(jobs, "utf-8")
    assert run("v1") == 0
    assert capsys.readouterr().out == TOLD.format(new="spec")
    assert run("v1", "spec/inner") == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("2 changes")


def test_overlays_lie_over_both_states(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As they are on the disk; what an old state has no place for yet is none of its mistakes."""
    facts = '[definitions.Thread.fields.id]\ntype = "uuid"\nreason = "r"\n\n[definitions.Thread.fields."a|b"]\nrequired = true\nreason = "r"\n'
    write(project, {"pyproject.toml": SETTINGS + 'overlays = "facts.toml"\n', "facts.toml": facts})
    assert run("v1") == 0
    out, err = capsys.readouterr()
    assert err == "" and "Thread.id" not in out
    assert "spec/thread.md:11:3: breaking: Thread.a|b: required field added: string (for writers)" in out


def test_a_project_that_refuses_keys_judges_by_that(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "pyproject.toml").write_text(SETTINGS + 'extra = "forbid"\n', "utf-8")
    assert run("v1") == 0
    assert "breaking: Thread.a|b: optional field added: string (for readers)" in capsys.readouterr().out


def test_git_is_asked_for_nothing_else(monkeypatch: pytest.MonkeyPatch, project: Path) -> None:
    """It fetches nothing, asks nobody and takes paths as they stand."""
    seen: list[dict[str, str]] = []
    real = subprocess.run
    monkeypatch.setattr(revisions.subprocess, "run", lambda command, **more: seen.append(more["env"]) or real(command, **more))
    assert run("v1") == 0
    assert seen and all(each["GIT_NO_LAZY_FETCH"] == "1" and each["GIT_TERMINAL_PROMPT"] == "0" for each in seen)


def _wide(fields: int, type_: TypeExpr, value: str) -> Schema:
    """Fields, values and definitions by the number, all of which a change of `type_` or `value` concerns."""
    values = enum("Kind", *(f"{value}{at}" for at in range(fields)))
    rows = model("Many", *((f"f{at}", type_) for at in range(fields)))
    others = (model(f"{value}{at}", (f"f{at}", type_)) for at in range(fields // 10))
    one = model("User", ("kind", ref("Kind")), ("union", OneOf(tuple(Const(f"{value}{at}") for at in range(fields)))))
    return made_of(values, rows, one, *others)


@pytest.mark.parametrize("other", ["a", "b"])
def test_work_grows_with_the_changes(other: str) -> None:
    def compare(size: int) -> int:
        old, new = _wide(size, Scalar("string"), "a"), _wide(size, Scalar("integer"), other)
        found = judged(changes(old, new), strict=False)
        assert len(found) > size
        return lines_run(lambda: [as_text(judged(changes(old, new), strict=False), ("", ""), colour=False)])

    work = [compare(size) for size in (100, 200, 400)]
    assert grows_evenly(work), work
