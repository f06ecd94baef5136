"""`generate --depfile`: what the file says, and that Make and Ninja, by the recipes of BUILDING.md, do as they should."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldsmith import cli
from fieldsmith.depfile import Rule, depfile, unsayable
from recipes import OUTPUT, PAGE, environment, project, recipe, run

MANIFEST = OUTPUT / ".fieldsmith.json"
# Names that both can be told of, the characters that mean something to one of them in turn.
AWKWARD = ("a b", " a", "a#b", "a$b", "a$(b)c", "a%b", "a\\b", "a:b", "a\\ b", "a\\%b", "a'b\"", "{a},b", "(a)b", "a&b", "é中", "-a", "a!@+~")
UNSAYABLE = ("a\nb", "a\tb", "a*b", "a?b", "[a]b", "a;b", "a=b", "a|b", "a<b", "a>b", "a^b", "a`b", "a\\#b", "a\\:b", "a\\", "~a", "a(b)", "a&")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(project(tmp_path / "shop"))
    return tmp_path / "shop"


def settled(folder: Path) -> None:
    """Make every file and folder equally old, so that what is changed next is newer, however coarse the clock."""
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (1e9, 1e9))


def generate(*arguments: str) -> int:
    return cli._run(["generate", "-q", "--depfile", ".models.d", *arguments])


def test_text() -> None:
    rules = [Rule("a/.m.json", ("p/", "p/x y.md", "t%.jinja")), Rule("b%/.m.json", ("p/",))]
    assert depfile(rules) == (
        "a/.m.json: \\\n p/ \\\n p/x\\ y.md \\\n t%.jinja\n"
        "b\\%/.m.json: \\\n p/\n"
        "p/:\np/x\\ y.md:\nt\\%.jinja:\n"
    )


@pytest.mark.parametrize("name", UNSAYABLE)
def test_unsayable(name: str) -> None:
    assert unsayable(name)


def test_what_it_names(folder: Path) -> None:
    (folder / "spec" / "old" / ".hidden").mkdir(parents=True)
    (folder / "spec" / "notes.md").write_text("Of no matter.\n", "utf-8")
    (folder / "looks" / "dataclasses").mkdir(parents=True)
    (folder / "looks" / "dataclasses" / "unset.py.jinja").write_text("UNSET = None\n", "utf-8")
    (folder / "looks" / "back").symlink_to(folder / "looks")
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write("templates = 'looks'\nformat = 'builtin'\noverlays = ['facts.toml', 'more/facts.toml']\n")
    (folder / "more").mkdir()
    for path in ("facts.toml", "more/facts.toml"):
        (folder / path).write_text("", "utf-8")
    assert generate() == 0
    rule, _, phony = (folder / ".models.d").read_text("utf-8").partition("\nfacts.toml:")
    needs = ["facts.toml", "looks/", "looks/dataclasses/", "looks/dataclasses/unset.py.jinja", "more/facts.toml", "pyproject.toml", "spec/", "spec/notes.md", "spec/old/", "spec/parcel.md"]
    assert rule.split(" \\\n ") == [f"{MANIFEST.as_posix()}:", *needs]
    assert ("facts.toml:" + phony).split() == [f"{need}:" for need in needs]


def test_it_is_written_when_it_changes_and_then_alone(folder: Path) -> None:
    assert generate() == 0
    settled(folder)
    assert generate() == 0
    assert (folder / ".models.d").stat().st_mtime == 1e9
    (folder / ".models.d").unlink()
    assert generate() == 0
    assert (folder / ".models.d").exists() and (folder / MANIFEST).stat().st_mtime == 1e9


def test_it_is_written_when_nothing_else_is_to_do(folder: Path) -> None:
    """Also where the answer to the same command line is known, of which the program looks at stamps alone."""
    command = ("fieldsmith", "generate", "--depfile", ".models.d")
    for _ in range(3):
        printed = run(*command, cwd=folder)
    text = (folder / ".models.d").read_text("utf-8")
    assert "0 written" in printed and f"{MANIFEST.as_posix()}: \\\n" in text
    for spoil in (lambda: (folder / ".models.d").unlink(), lambda: (folder / ".models.d").write_text("")):
        spoil()
        assert run(*command, cwd=folder) == printed
        assert (folder / ".models.d").read_text("utf-8") == text
    for _ in range(2):
        assert text in run(*command[:-1], "/dev/stdout", cwd=folder), "a pipe gets it every time"


def test_the_command_line_spells_the_target(folder: Path) -> None:
    (folder / "inner").mkdir()
    os.chdir(folder / "inner")
    assert generate() == 0
    assert Path(".models.d").read_text("utf-8").startswith("../src/shop/models/.fieldsmith.json: \\\n ../pyproject.toml")
    assert generate("-o", str(folder / "client")) == 0
    assert Path(".models.d").read_text("utf-8").startswith(f"{folder}/client/.fieldsmith.json: ")
    assert generate("../spec/parcel.md", "-o", "../spec") == 2, "an error leaves the depfile alone"
    assert Path(".models.d").read_text("utf-8").startswith(f"{folder}/client/.fieldsmith.json: ")


def test_a_path_that_cannot_be_named_forbids_all(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "spec" / "a\nb").mkdir()
    assert generate() == 2
    assert "spec/a\\nb:1:1: error[FS410]: " in capsys.readouterr().err
    assert not (folder / ".models.d").exists() and not (folder / OUTPUT).exists()


def test_a_depfile_that_cannot_be_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli._run(["generate", "-q", "--depfile", "nowhere/.models.d"]) == 3
    assert "nowhere/.models.d:1:1: error[FS400]" in capsys.readouterr().err


class Builder:
    """A build by Make or Ninja: says whether fieldsmith ran, by what the builder prints."""

    def __init__(self, folder: Path, command: str, mark: str) -> None:
        self.folder, self.command, self.mark = folder, command, mark

    def __call__(self, code: int | None = 0) -> bool:
        return self.mark in run(self.command, cwd=self.folder, code=code)


@pytest.fixture(params=["make", "ninja"])
def builder(request: pytest.FixtureRequest, folder: Path) -> Builder:
    if not shutil.which(request.param, path=environment()["PATH"]):
        pytest.skip(f"there is no {request.param}")
    if request.param == "make":
        (folder / "Makefile").write_text(recipe("Make", "make"), "utf-8")
        return Builder(folder, "make", "fieldsmith generate")
    (folder / "build.ninja").write_text(recipe("Ninja", "ninja"), "utf-8")
    return Builder(folder, "ninja", "[1/1]")


def once(builder: Builder, change: Callable[[], object]) -> None:
    """After a change the tool runs, and then not again."""
    settled(builder.folder)
    assert not builder()
    change()
    assert builder(), "it must run"
    assert not builder(), "it must not run again"


def test_builders(builder: Builder) -> None:
    """The recipe runs the tool exactly when a page, a template or a setting has changed."""
    folder = builder.folder
    page, more = folder / "spec" / "parcel.md", folder / "spec" / "more"
    template = folder / "looks" / "dataclasses" / "unset.py.jinja"
    settings = folder / "pyproject.toml"
    assert builder()
    assert not builder()
    once(builder, lambda: page.write_text(PAGE.replace("number", "name"), "utf-8"))
    assert "Its name." in (folder / OUTPUT / "parcel.py").read_text("utf-8")
    once(builder, page.touch)
    once(builder, lambda: (more.mkdir(), (more / "stop.md").write_text(PAGE.replace("Parcel", "Stop"), "utf-8")))
    once(builder, lambda: (more / "depot.md").write_text(PAGE.replace("Parcel", "Depot"), "utf-8"))
    once(builder, (more / "stop.md").unlink)
    once(builder, lambda: shutil.rmtree(more))
    template.parent.mkdir(parents=True)
    once(builder, lambda: settings.write_text(settings.read_text() + "templates = 'looks'\nformat = 'builtin'\n"))
    ours = Path(cli.__file__).parents[2] / "templates" / "dataclasses" / "unset.py.jinja"
    once(builder, lambda: template.write_text(ours.read_text("utf-8") + "# ours\n", "utf-8"))
    assert "# ours" in (folder / OUTPUT / "_unset.py").read_text("utf-8")
    once(builder, lambda: template.write_text(ours.read_text("utf-8"), "utf-8"))
    once(builder, template.unlink)
    run("fieldsmith", "check", "-q", cwd=folder)


def test_builders_try_again_after_a_mistake(builder: Builder) -> None:
    page = builder.folder / "spec" / "parcel.md"
    page.write_text(PAGE.replace("`string`", "`strung`"), "utf-8")
    builder(code=None)
    settled(builder.folder)
    assert "FS101" in run(builder.command, cwd=builder.folder, code=None)
    page.write_text(PAGE, "utf-8")
    assert builder()
    assert not builder()


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_names(name: str, tmp_path: Path) -> None:
    """As page, as folder and as target: both builders see when one changes, and go on where one is gone."""
    page, inner = tmp_path / f"{name}.md", tmp_path / name / "x.md"
    inner.parent.mkdir()
    target = f"out {name}/m.json"
    (tmp_path / target).parent.mkdir()
    for path in (page, inner, tmp_path / target):
        path.write_text("", "utf-8")
    text = depfile([Rule(target, (f"{name}.md", f"{name}/", f"{name}/x.md"))])
    (tmp_path / "deps").write_text(text, "utf-8")
    lines = text.splitlines()
    (tmp_path / "Makefile").write_text("\n".join([*lines[:4], "\t@echo remade", *lines[4:], ""]), "utf-8")
    (tmp_path / "build.ninja").write_text(
        "rule r\n command = cp deps deps.d && touch ok\n depfile = deps.d\n deps = gcc\nbuild ok: r\n", "utf-8"
    )
    run("ninja", cwd=tmp_path)

    def stale() -> tuple[bool, bool]:
        made = run("make", "-r", "--", target, cwd=tmp_path)
        return made == "remade\n", "no work to do" not in run("ninja", "-n", cwd=tmp_path)

    for path in (page, inner.parent):
        settled(tmp_path)
        assert stale() == (False, False)
        path.touch()
        assert stale() == (True, True)
    settled(tmp_path)
    page.unlink()
    settled(tmp_path)
    assert stale() == (True, True)


def test_builders_with_several_jobs(folder: Path) -> None:
    jobs = "".join(f"[[tool.fieldsmith.jobs]]\nname = '{job}'\noutput = '{job}'\n" for job in "ab")
    (folder / "pyproject.toml").write_text(f"[tool.fieldsmith]\npages = 'spec'\n{jobs}", "utf-8")
    both = "a/.fieldsmith.json b/.fieldsmith.json"
    one = MANIFEST.as_posix()
    (folder / "Makefile").write_text(recipe("Several jobs", "make"), "utf-8")
    (folder / "build.ninja").write_text(recipe("Ninja", "ninja").replace(one, both), "utf-8")
    for builder in (Builder(folder, "make", "fieldsmith generate"), Builder(folder, "ninja", "[1/1]")):
        builder()
        once(builder, (folder / "spec" / "parcel.md").touch)
