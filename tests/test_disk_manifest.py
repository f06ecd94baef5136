"""A manifest that is damaged, forged or gone: never a traceback, never a wrong deletion, and the next run mends it."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import pytest

from fieldsmith.writing.manifest import MAX_BYTES
from fieldsmith.writing.paths import MANIFEST
from fieldsmith.writing.plans import Rendered
from outputs import ONE, outputs, run, tree

BEFORE = (*ONE, Rendered("old.py", "old\n"))
AFTER = (ONE[0], Rendered("models/thread.py", "b = 3\n"))


class Evil:
    """What it is unpickled to makes a file."""

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return open, ("touched", "w")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    run(tmp_path / "good", BEFORE)
    (tmp_path / "good" / "mine.txt").write_text("kept", "utf-8")
    (tmp_path / "good" / "mine.py").write_text("kept", "utf-8")
    return tmp_path / "good"


@pytest.mark.parametrize("kind", ["cut", "flipped"])
def test_damaged_at_any_byte(tmp_path: Path, out: Path, kind: str, nightly: bool) -> None:
    data = (out / MANIFEST).read_bytes()
    wanted = {each.path: each.text for each in AFTER}
    for at in range(0, len(data), 1 if nightly else 7):
        damaged = tmp_path / f"at{at}"
        shutil.copytree(out, damaged)
        broken = data[:at] if kind == "cut" else data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        (damaged / MANIFEST).write_bytes(broken)
        before = outputs(damaged)
        changes, found = run(damaged, AFTER)
        now = outputs(damaged)
        assert set(found) <= {"FS401", "FS402", "FS403"}
        assert now["mine.txt"] == now["mine.py"] == "kept"
        assert now == before if changes is None else wanted.items() <= now.items()
        run(damaged, AFTER, force=True)
        assert wanted.items() <= outputs(damaged).items()
        assert run(damaged, AFTER)[1] == []


def test_a_file_of_other_hands_that_is_listed(out: Path) -> None:
    content = json.loads((out / MANIFEST).read_bytes())
    content["outputs"]["mine.py"] = "0" * 64
    (out / MANIFEST).write_text(json.dumps(content), "utf-8")
    assert run(out, BEFORE)[1] == ["FS402"]
    assert (out / "mine.py").read_text("utf-8") == "kept"


def test_without_it_the_outputs_are_found_as_they_are(out: Path) -> None:
    before = tree(out)
    (out / MANIFEST).unlink()
    changes, found = run(out, BEFORE)
    assert changes is not None
    assert (changes.files, found) == ((), [])
    assert tree(out) == before


@pytest.mark.parametrize("data", [pickle.dumps(Evil()), b"!!python/object/apply:os.system ['touch touched']", None])
def test_what_is_no_json_is_not_read(out: Path, monkeypatch: pytest.MonkeyPatch, data: bytes | None) -> None:
    monkeypatch.chdir(out.parent)
    before = tree(out)
    if data is None:
        with (out / MANIFEST).open("wb") as stream:
            stream.truncate(MAX_BYTES + 1)
    else:
        (out / MANIFEST).write_bytes(data)
    assert run(out, BEFORE)[1] == ["FS403"]
    assert tree(out) == before
    assert not (out.parent / "touched").exists()
