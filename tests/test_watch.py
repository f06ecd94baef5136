"""`fieldsmith watch` as a process of its own while pages, settings and templates change under it.

Nothing is asserted on the time that something takes: a test waits for what has to come, and fails where it does not.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from fieldsmith import api, cli
from fieldsmith.commands import watch as command
from fieldsmith.inputs import Mark, Sight
from fieldsmith.recall import FOLDER
from fieldsmith.settling import settle
from fieldsmith.signals import Signals

pytest.importorskip("watchfiles")

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1]), "PYTHONDONTWRITEBYTECODE": "1"}
PATIENCE = 60.0
PROC = Path("/proc/self/fd").exists()


def page(title: str, type_: str = "`string`", prose: str = "Words.") -> str:
    head = "| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n"
    return f"# {title}\n\n{prose}\n\n## Fields\n\n{head}| `id` | {type_} | yes | Its name. |\n"


def tree(folder: Path) -> dict[str, bytes]:
    """The files of a folder that may change while it is read."""
    while True:
        try:
            return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files(folder)}
        except FileNotFoundError:
            time.sleep(0.02)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and FOLDER not in path.parts)


def until(condition: Callable[[], object], what: object = "") -> None:
    ends = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < ends, what
        time.sleep(0.02)


class Watch:
    """A running `fieldsmith watch`, what it has printed, and how many rounds it has told of."""

    def __init__(self, folder: Path, *arguments: str, program: tuple[str, ...] = ("-m", "fieldsmith")) -> None:
        command = [sys.executable, *program, "watch", *arguments]
        self.folder = folder
        self.process = subprocess.Popen(
            command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
        )
        self.lines: list[str] = []
        self.known = 0
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.lines.extend(iter(self.process.stdout.readline, ""))
        self.process.stdout.close()

    def __enter__(self) -> Watch:
        self.ready()
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.reader.join()

    @property
    def text(self) -> str:
        return "".join(self.lines)

    @property
    def rounds(self) -> int:
        return sum(" written, " in each or each.startswith("nothing") for each in tuple(self.lines))

    def ready(self) -> None:
        self.says("watching for changes")
        self.known = 1

    def says(self, text: str) -> None:
        until(lambda: text in self.text or self.process.poll() is not None, self.lines)
        assert text in self.text, self.lines

    def settles(self, most: int = 2) -> None:
        """Wait for another round. Two are allowed where one will do: this process may have been held up between."""
        until(lambda: self.rounds > self.known, self.lines)
        before = -1
        while before != self.rounds:
            before = self.rounds
            time.sleep(0.3)
        assert self.rounds - self.known <= most, self.lines
        self.known = self.rounds

    def stays(self) -> None:
        """Nothing that happened gives another round."""
        time.sleep(0.6)
        assert self.rounds == self.known, self.lines

    def ends_like_a_clean_run(self, pages: str = "spec", output: str = "client") -> None:
        """Wait until the output is what a run from nothing makes of the pages as they are."""
        clean = self.folder / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        try:
            api.build([self.folder / pages], clean)
            expected = tree(clean)
        finally:
            shutil.rmtree(clean, ignore_errors=True)
        until(lambda: tree(self.folder / output) == expected, self.lines)

    def stop(self, number: int = signal.SIGINT) -> None:
        self.process.send_signal(number)
        assert self.process.wait(PATIENCE) == 128 + number, self.lines
        self.reader.join()
        assert "Traceback" not in self.text
        assert not leftovers(self.folder)


def leftovers(folder: Path) -> list[Path]:
    return [path for path in folder.rglob(".fieldsmith*") if path.name != ".fieldsmith.json" and path.is_file()]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spec").mkdir()
    for name in ("Alpha", "Beta", "Gamma"):
        write(tmp_path / f"spec/{name.lower()}.md", page(name))
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text, "utf-8")


@pytest.fixture
def watch(folder: Path) -> Iterator[Watch]:
    with Watch(folder, "spec", "-o", "client", "-v") as running:
        yield running


def test_edits(folder: Path, watch: Watch) -> None:
    assert " written, 0 removed, 0 unchanged\nwatching for changes; Ctrl-C ends it\n" in watch.text
    write(folder / "spec/beta.md", page("Beta", "`integer`"))
    watch.settles()
    watch.ends_like_a_clean_run()
    assert "changed spec/beta.md\nwrite client/" in watch.text
    write(folder / "spec/inner/delta.md", page("Delta"))
    watch.settles()
    write(folder / "spec/inner/delta.md", page("Delta", prose="Other words."))
    watch.settles()
    (folder / "spec/alpha.md").unlink()
    watch.settles()
    watch.ends_like_a_clean_run()
    assert not (folder / "client/alpha.py").exists()
    os.utime(folder / "spec/beta.md")
    watch.settles()
    assert watch.lines[-1] == "nothing to write\n"
    watch.stop(signal.SIGTERM)


def test_errors_come_and_go(folder: Path, watch: Watch) -> None:
    write(folder / "spec/alpha.md", page("Alpha", "[Nothing](nothing.md)"))
    watch.settles()
    assert "warning[FS103]" in watch.text and watch.lines[-1].endswith("; 1 warning\n")
    before = tree(folder / "client")
    write(folder / "spec/beta.md", page("Beta", "`strnig`"))
    watch.settles()
    assert watch.lines[-1] == "nothing was written; 1 error, 1 warning\n"
    assert watch.text.count("FS103") == 1
    write(folder / "spec/gamma.md", page("Gamma", "`numbre`"))
    write(folder / "spec/beta.md", page("Beta", "`strnig`", "Two\n\nlines: the finding moves."))
    watch.settles()
    assert watch.text.count("strnig") == 1
    assert tree(folder / "client") == before
    for name in ("beta", "gamma"):
        write(folder / f"spec/{name}.md", page(name.title()))
    watch.settles()
    assert "gone: spec/beta.md:11:10: error[FS101]: `strnig`" in watch.text
    assert "gone: spec/gamma.md:9:10: error[FS101]: `numbre`" in watch.text
    watch.ends_like_a_clean_run()


def test_a_burst_of_saves(folder: Path, watch: Watch) -> None:
    for number in range(1000):
        name = ("Alpha", "Beta", "Gamma")[number % 3]
        write(folder / f"spec/{name.lower()}.md", page(name, prose=f"Save {number}."))
    watch.ends_like_a_clean_run()
    time.sleep(0.5)
    assert watch.rounds < 12
    watch.ends_like_a_clean_run()


def test_saves_of_editors(folder: Path, watch: Watch) -> None:
    """Each gives one round; what an editor leaves beside the page gives none, and no output ever goes."""
    target = folder / "spec/beta.md"

    def by_rename(text: str) -> None:
        write(folder / "spec/beta.md.tmp.81", text)
        os.replace(folder / "spec/beta.md.tmp.81", target)

    def by_backup(text: str) -> None:
        write(folder / "spec/4913", "")
        (folder / "spec/4913").unlink()
        os.rename(target, folder / "spec/beta.md~")
        write(target, text)
        (folder / "spec/beta.md~").unlink()

    def anew(text: str) -> None:
        target.unlink()
        time.sleep(0.03)
        write(target, text)

    def truncated(text: str) -> None:
        write(target, "")
        time.sleep(0.05)
        write(target, text)

    def slowly(text: str) -> None:
        write(target, "")
        time.sleep(0.6)
        write(target, text)

    for save in (by_rename, by_backup, anew, truncated, slowly):
        save(page("Beta", prose=f"Saved {save.__name__}."))
        watch.settles()
        assert f"Saved {save.__name__}." in (folder / "client/beta.py").read_text("utf-8")
    for name in (".beta.md.swp", "beta.md~", "#beta.md#", ".#beta.md", ".git/index", "notes.txt"):
        write(folder / "spec" / name, "# Nothing")
    watch.stays()
    assert watch.rounds <= 7
    assert "\nremove " not in watch.text


def test_the_folder_goes_and_comes(folder: Path, watch: Watch) -> None:
    before = tree(folder / "client")
    shutil.rmtree(folder / "spec")
    watch.says("spec:1:1: error[FS001]")
    (folder / "spec").mkdir()
    watch.says("spec:1:1: error[FS002]")
    assert tree(folder / "client") == before
    write(folder / "spec/alpha.md", page("Alpha", "`integer`"))
    watch.ends_like_a_clean_run()
    os.rename(folder / "spec", folder / "other")
    until(lambda: watch.text.count("FS001") == 2, watch.lines)
    write(folder / "other/alpha.md", page("Alpha", "`number`"))
    os.symlink(folder / "other", folder / "spec")
    watch.ends_like_a_clean_run()
    write(folder / "other/alpha.md", page("Alpha", "`boolean`"))
    watch.ends_like_a_clean_run()
    watch.stop()


def test_settings_are_read_anew(folder: Path) -> None:
    with Watch(folder, "-o", "client") as watch:
        watch.says("command line: error[FS307]")
        write(folder / "pyproject.toml", "[tool.fieldsmith]\npages = 'spec'\n")
        watch.ends_like_a_clean_run()
        write(folder / "more/delta.md", page("Delta", "`strnig`"))
        write(folder / "pyproject.toml", "[tool.fieldsmith]\npages = 'more'\n")
        watch.says("more/delta.md:9:10: error[FS101]")
        write(folder / "pyproject.toml", "[tool.fieldsmith\n")
        watch.says("error[FS301]")
        write(folder / "pyproject.toml", "[tool.fieldsmith]\npages = 'more'\n")
        watch.says("gone: pyproject.toml:1:17: error[FS301]")
        assert watch.text.count("FS101") == 1
        write(folder / "more/delta.md", page("Delta"))
        watch.ends_like_a_clean_run("more")
        write(folder / "spec/alpha.md", page("Alpha", "`strnig`"))
        (folder / "pyproject.toml").unlink()
        until(lambda: watch.text.count(": error[FS307]") == 2, watch.lines)
        watch.stop()


def test_overlays_are_watched(folder: Path) -> None:
    write(folder / "pyproject.toml", "[tool.fieldsmith]\npages = 'spec'\noutput = 'client'\noverlays = 'facts.toml'\n")
    with Watch(folder) as watch:
        watch.says("overlay 'facts.toml' cannot be read: there is no such file")
        write(folder / "facts.toml", "[definitions.Alpha]\nrename = 'Omega'\nreason = 'Newer.'\n")
        until((folder / "client/omega.py").exists, watch.lines)
        write(folder / "facts.toml", "[definitions.Alpha]\nrename = 'Omega'\n")
        watch.says("facts.toml:1:1: error[FS322]")


def test_templates_are_watched(folder: Path) -> None:
    write(folder / "pyproject.toml", "[tool.fieldsmith]\npages = 'spec'\noutput = 'client'\ntemplates = 'looks'\n")
    with Watch(folder) as watch:
        watch.says("there is no folder 'looks'")
        write(folder / "looks/docs/page.md.jinja", "one {{ 1 + 1 }}\n")
        watch.says(" written, ")
        ours = Path(cli.__file__).parents[2] / "templates" / "dataclasses"
        template = sorted(ours.glob("*model*.jinja"))[0]
        own = folder / "looks/dataclasses" / template.name
        write(own, template.read_text("utf-8").replace("# Generated", "# Made", 1) + "# the end\n")
        until(lambda: (folder / "client/alpha.py").read_text("utf-8").endswith("# the end\n"), watch.lines)
        watch.settles(3)
        write(own.with_name(f"{own.name}~"), "a copy")
        watch.stays()
        own.unlink()
        until(lambda: not (folder / "client/alpha.py").read_text("utf-8").endswith("# the end\n"), watch.lines)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_switch_of_branches(folder: Path) -> None:
    def git(*arguments: str) -> None:
        name = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.autocrlf=false")
        subprocess.run(["git", *name, *arguments], cwd=folder, check=True, capture_output=True)

    git("init", "-q", "-b", "one")
    for number in range(150):
        write(folder / f"spec/p{number % 7}/m{number}.md", page(f"Model{number}"))
    write(folder / ".gitignore", "client/\nclean/\n")
    git("add", ".")
    git("commit", "-qm", "one")
    git("switch", "-qc", "two")
    for number in range(150):
        path = folder / f"spec/p{number % 7}/m{number}.md"
        if number % 5:
            write(path, page(f"Model{number}", "`integer`"))
        else:
            path.unlink()
    for number in range(100):
        write(folder / f"spec/q{number % 3}/n{number}.md", page(f"New{number}"))
    git("add", "-A")
    git("commit", "-qm", "two")
    with Watch(folder, "spec", "-o", "client") as watch:
        for branch in ("one", "two"):
            git("switch", "-q", branch)
            watch.settles()
            watch.ends_like_a_clean_run()
        watch.stop()


def test_an_output_may_be_a_page(folder: Path) -> None:
    """Outputs of one job are pages of the next: a second round follows the first, and no third."""
    job = "[[tool.fieldsmith.jobs]]\nname = '{0}'\npages = '{1}'\noutput = 'out/{0}'\n"
    write(folder / "pyproject.toml", job.format("a", "spec") + job.format("b", "out/a/docs"))
    api.build([folder / "spec"], folder / "out/a", config=folder / "pyproject.toml")
    with Watch(folder) as watch:
        write(folder / "spec/beta.md", page("Beta", "`integer`"))
        watch.settles(3)
        watch.ends_like_a_clean_run("out/a/docs", "out/b")


def test_nothing_needs_to_be_heard(folder: Path) -> None:
    """Where events are lost, or cannot be had at all, it looks every so often."""
    deaf = "import fieldsmith.wakeups as w, watchfiles._rust_notify as r; r.RustNotify = lambda *a: open('/no/such')"
    with Watch(folder, "spec", "-o", "client", program=("-c", f"{deaf}; import fieldsmith.__main__ as m; m.main()")) as watch:
        for kind in ("`integer`", "`number`"):
            write(folder / "spec/beta.md", page("Beta", kind))
            watch.settles()
            watch.ends_like_a_clean_run()
        watch.stop()


def test_no_signal_is_lost() -> None:
    """What a handler raises goes nowhere where it interrupts a callback of the interpreter."""

    def handler(number: int, frame: object) -> None:
        signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt(number)

    signals = Signals()
    before = signal.signal(signal.SIGINT, signals.noting(handler))
    try:
        signals.check()
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        assert signals.is_set()
        with pytest.raises(KeyboardInterrupt, match=str(int(signal.SIGINT))):
            signals.check()
    finally:
        signal.signal(signal.SIGINT, before)


def test_when_it_is_settled() -> None:
    """A moment of quiet; in a storm, after some time; not while a page is empty that was not."""

    def looks(*states: int | None) -> int:
        """How many looks it takes at a page that has these sizes in turn, None for just emptied."""
        clock, taken = [0.0], iter(states)

        def look() -> Sight:
            size = next(taken)
            return Sight({"page.md": Mark(1, size or 0, 0, 0)}, {}, hollow=size is None)

        settle(look, lambda seconds: clock.__setitem__(0, clock[0] + seconds), lambda: clock[0])
        return len(states) - len(list(taken))

    assert looks(1, 1, 2) == 2
    assert looks(1, 2, 3, 3, 4) == 4
    assert 20 <= looks(*range(100)) <= 23
    assert looks(1, None, None, None, 2, 2, 3) == 6
    assert looks(*[1, *[None] * 50, *range(2, 100)]) == 52


def test_what_stands_in_the_way_may_go(folder: Path, watch: Watch) -> None:
    """Nobody tells of changes in the output: it is tried again."""
    (folder / "client/beta.py").write_text("mine", "utf-8")
    write(folder / "spec/beta.md", page("Beta", "`integer`"))
    watch.says("client/beta.py:1:1: error[FS401]")
    (folder / "client/beta.py").unlink()
    watch.says("gone: client/beta.py:1:1: error[FS401]")
    watch.ends_like_a_clean_run()


def test_a_storm(folder: Path, watch: Watch) -> None:
    """Pages are added, edited, broken, renamed and removed at random for a while."""
    chance = random.Random(7)
    ends = time.monotonic() + 3
    while time.monotonic() < ends:
        path = folder / f"spec/{chance.choice(('', 'in/', 'in/ner/'))}m{chance.randrange(20)}.md"
        act, there = chance.randrange(5), files(folder / "spec")
        if act == 0:
            chance.choice(there).unlink()
        elif act == 1:
            path.parent.mkdir(exist_ok=True, parents=True)
            os.replace(chance.choice(there), path)
        else:
            kind = chance.choice(("`string`", "`integer`", "`number`", "`strnig`"))
            write(path, page(path.stem.title(), kind, f"Word {chance.random()}."))
        if not files(folder / "spec") or chance.random() < 0.03:
            time.sleep(0.15)
        if not files(folder / "spec"):
            write(path, page(path.stem.title()))
    for path in files(folder / "spec"):
        write(path, page(f"{path.parent.name}{path.stem}".title()))
    watch.ends_like_a_clean_run()
    watch.stop()


def test_signals_at_any_moment(folder: Path) -> None:
    """The output is that of before or that of after, and a signal is what ends the program."""
    chance = random.Random(11)
    states: list[dict[str, bytes]] = []
    for kind in ("`integer`", "`string`"):
        for number in range(20):
            write(folder / f"spec/m{number}.md", page(f"Model{number}", kind))
        api.build([folder / "spec"], folder / "client")
        states.append(tree(folder / "client"))
    for at in range(12):
        kind = ("`integer`", "`string`")[at % 2]
        running = Watch(folder, "spec", "-o", "client")
        with running:
            for number in range(20):
                write(folder / f"spec/m{number}.md", page(f"Model{number}", kind))
            time.sleep(chance.uniform(0.05, 0.4))
            running.stop(chance.choice((signal.SIGINT, signal.SIGTERM)))
        assert tree(folder / "client") in states


@pytest.mark.skipif(not PROC, reason="reads /proc")
def test_nothing_piles_up(folder: Path) -> None:
    """A hundred rounds, with waits cut short; memory is compared after the first ones have filled the caches."""
    quick = "import fieldsmith.settling as s, fieldsmith.wakeups as w; s.QUIET, w._STEP = 0.01, 5"
    program = ("-c", f"{quick}; from fieldsmith.cli import main; main()")
    with Watch(folder, "spec", "-o", "client", program=program) as watch:
        proc = Path(f"/proc/{watch.process.pid}")
        begin = 0
        while watch.rounds < 100:
            before = watch.rounds
            write(folder / "spec/beta.md", page("Beta", ("`integer`", "`strnig`")[before % 2], f"Words {before}."))
            until(lambda before=before: watch.rounds > before, watch.lines)
            if not begin and watch.rounds >= 30:
                begin = resident(proc)
        assert resident(proc) < begin * 1.1
        until(lambda: len(os.listdir(proc / "fd")) < 12)
        until(lambda: len(os.listdir(proc / "task")) < 4)
        watch.stop()


def resident(proc: Path) -> int:
    return int(proc.joinpath("statm").read_text().split()[1])


def test_without_watchfiles(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    assert cli._run(["watch", "spec"]) == 2
    assert "pip install 'fieldsmith[watch]'" in capsys.readouterr().err
    assert not (folder / "generated").exists()


def test_a_wrong_command_line_ends_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli._run(["watch", "spec", "--notation", "klingon"]) == 2
    assert "command line: error[FS304]" in capsys.readouterr().err


def test_quiet(folder: Path) -> None:
    running = Watch(folder, "spec", "-o", "client", "-q")
    with_output = folder / "client/beta.py"
    try:
        until(with_output.exists)
        write(folder / "spec/beta.md", page("Beta", "`strnig`"))
        running.says("error[FS101]")
        write(folder / "spec/beta.md", page("Beta"))
        running.says("gone: ")
        assert len(running.lines) == 3
        running.stop()
    finally:
        running.__exit__()
