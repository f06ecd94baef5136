"""Links, pipes and devices where pages and outputs should be: not followed, not read, never written through."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading import sources
from fieldsmith.writing.plans import Rendered
from outputs import ONE, outputs, run, tree
from projects import OLD, bring, built, contents

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links and devices are POSIX ones")


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        at = Path.cwd()
        os.chdir(path.parent)  # names of sockets must be short
        opened.bind(path.name)
        os.chdir(at)


def _device(path: Path) -> None:
    try:
        os.mknod(path, 0o20666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root may make devices")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.symlink_to("nowhere.md"), "FS005"),
        (lambda path: path.symlink_to("/dev/zero"), "FS006"),
        (_socket, "FS005"),
        (_device, "FS005"),
        (lambda path: path.with_suffix("").symlink_to("."), "FS006"),
        (lambda path: path.with_suffix("").symlink_to("/"), "FS006"),
    ],
    ids=["broken link", "link to a device", "socket", "device", "loop", "link to all"],
)
def test_what_is_no_page_is_not_read(tmp_path: Path, make: Callable[[Path], None], code: str) -> None:
    (tmp_path / "page.md").write_text("# A\n", "utf-8")
    make(tmp_path / "odd.md")
    diagnostics = Diagnostics()
    assert [source.path for source in sources.find([tmp_path], diagnostics)[1]] == ["page.md"]
    assert [(each.code, each.span.path[:3]) for each in diagnostics] == [(code, "odd")]


def test_an_output_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    bring(tmp_path, OLD.files(), {})
    (tmp_path / "victim").mkdir()
    (tmp_path / "victim" / "agent.py").write_text("kept", "utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "all").symlink_to("../victim")
    done, found = built(tmp_path)
    assert (done, [each.code for each in found]) == (False, ["FS406"])
    assert contents(tmp_path / "victim") == {"agent.py": b"kept"}


def test_a_dangling_link_in_place_of_an_output(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(out, ONE)
    (out / "__init__.py").unlink()
    (out / "__init__.py").symlink_to("../fresh")
    assert run(out, ONE)[1] == []
    assert outputs(out) == {each.path: each.text for each in ONE}
    assert not (tmp_path / "fresh").exists()


def test_a_link_that_is_put_in_place_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the n-th call, for every n, a folder of the output is replaced by a link to somebody else's."""
    new = (*ONE, Rendered("models/run.py", "c = 3\n"), Rendered("models/deep/x.py", "x\n"))
    real = {name: getattr(os, name) for name in ("open", "replace", "mkdir", "unlink", "rmdir")}
    for number in range(1, 200):
        out, victim, count = tmp_path / f"out{number}", tmp_path / f"victim{number}", 0
        run(out, (ONE[0], Rendered("models/thread.py", "old\n"), Rendered("models/gone.py", "old\n")))
        victim.mkdir()
        for name in ("thread.py", "gone.py"):
            (victim / name).write_text("kept", "utf-8")
        before = tree(victim)

        def swapping(
            name: str, *values: object, out: Path = out, victim: Path = victim, fatal: int = number, **more: object
        ) -> object:
            nonlocal count
            count += 1
            if count == fatal:
                os.rename(out / "models", out.with_name(f"{out.name}moved"))
                (out / "models").symlink_to(victim)
            return real[name](*values, **more)

        with monkeypatch.context() as patch:
            for name in real:
                patch.setattr(os, name, lambda *values, _name=name, **more: swapping(_name, *values, **more))
            run(out, new)
        assert tree(victim) == before
        if count < number:
            assert number > 10
            break


def test_temporary_names_that_are_links(tmp_path: Path) -> None:
    out, victim = tmp_path / "out", tmp_path / "victim"
    run(out, ONE)
    victim.write_text("kept", "utf-8")
    for number in range(5):
        for folder in (out, out / "models"):
            (folder / f".fieldsmith-{number}.tmp").symlink_to(victim)
    new = (Rendered("__init__.py", "a = 2\n"), Rendered("models/thread.py", "b = 3\n"))
    assert run(out, new)[1] == []
    assert outputs(out) == {each.path: each.text for each in new}
    assert victim.read_text("utf-8") == "kept"


def test_hard_links_keep_what_they_hold(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(out, ONE)
    os.link(out / "__init__.py", tmp_path / "other.py")
    run(out, (Rendered("__init__.py", "a = 2\n"), ONE[1]))
    assert (tmp_path / "other.py").read_text("utf-8") == "a = 1\n"


def test_an_output_on_another_disk(tmp_path: Path) -> None:
    """Temporary files stand beside what they become, so that no rename crosses from disk to disk."""
    shared = Path("/dev/shm")
    if not os.access(shared, os.W_OK) or shared.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second disk to write to")
    out = shared / f"fieldsmith_{os.getpid()}"
    try:
        assert run(out, ONE)[1] == []
        assert outputs(out) == {each.path: each.text for each in ONE}
    finally:
        shutil.rmtree(out)


def test_an_output_renamed_by_case_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes is removed before what comes is put in place: else a disk that folds case would lose the new file."""
    calls = []
    for name in ("unlink", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(
            os, name, lambda *at, _name=name, _real=real, **more: (calls.append((_name, at[-1])), _real(*at, **more))[1]
        )
    run(tmp_path, (Rendered("docs/agent.md", "a\n"),))
    calls.clear()
    run(tmp_path, (Rendered("docs/Agent.md", "a\n"),))
    assert calls.index(("unlink", "agent.md")) < calls.index(("replace", "Agent.md"))
    assert outputs(tmp_path) == {"docs/Agent.md": "a\n"}
