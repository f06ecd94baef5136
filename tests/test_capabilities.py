"""What a run may do: it reads, and writes below its output and its cache. It opens no socket and starts no program, whatever a page says."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from projects import CACHE, Page, Project, bring
from tracing import STRACE, Asked, by_hook, by_strace

pytestmark = pytest.mark.skipif(os.name != "posix", reason="paths and calls are POSIX ones")
Tracer = Callable[..., Asked]
TRACERS: list[object] = [pytest.param(by_strace, marks=pytest.mark.skipif(not STRACE, reason="strace is not here; the hook is tried")), by_hook]

# Pages that would have something opened, loaded or run, if anything of them ever were.
ROWS = (
    ("a", "[X](https://example.invalid/x.md)", "![x](http://example.invalid/a.png) <img src=http://example.invalid>"),
    ("b", "[Y](../../secret.md)", "`$(touch PWNED)`; {{ cycler.__init__.__globals__.os.system('touch PWNED') }}"),
    ("c", "`string`", "[//example.invalid/x](//example.invalid/x) file:///etc/passwd"),
)
PROJECT = Project(
    {
        "agent.md": Page("Agent", rows=(("id", "`string`", "One."), *ROWS[2:])),
        "inner/kind.md": Page("Kind", "Values", rows=(("one", "", ""),)),
    }
)
REFUSED = PROJECT.with_page("bad.md", Page("Bad", rows=ROWS))


def laid_out(top: Path, project: Project) -> Path:
    folder = top.resolve() / "project"
    bring(folder, project.files(), {})
    (top / "secret.md").write_text("# Secret\n")
    return folder


@pytest.mark.parametrize("trace", TRACERS)
def test_a_run_writes_below_its_output_and_its_cache_alone(tmp_path: Path, trace: Tracer) -> None:
    folder = laid_out(tmp_path, PROJECT)
    asked = trace(folder, "generate")
    assert asked.code == 0, asked.err
    assert asked.reaches == ()
    out = folder / "out"
    assert any(path.startswith(str(out / "all")) for path in asked.writes)
    assert asked.outside(out, folder / CACHE) == []


@pytest.mark.parametrize("trace", TRACERS)
def test_a_run_that_is_refused_writes_nothing(tmp_path: Path, trace: Tracer) -> None:
    asked = trace(laid_out(tmp_path, REFUSED), "generate")
    assert asked.code == 2 and "error[FS105]" in asked.err, asked.err
    assert (asked.reaches, asked.writes) == ((), ())


@pytest.mark.parametrize("trace", TRACERS)
@pytest.mark.parametrize("arguments", [("ir",), ("lint",), ("explain", "Agent.id")])
def test_what_only_reads_writes_nothing(tmp_path: Path, trace: Tracer, arguments: tuple[str, ...]) -> None:
    asked = trace(laid_out(tmp_path, PROJECT), *arguments)
    assert asked.code in (0, 1), asked.err
    assert (asked.reaches, asked.writes) == ((), ())


@pytest.mark.parametrize("trace", TRACERS)
def test_examples_are_checked_from_memory(tmp_path: Path, trace: Tracer) -> None:
    """The decoders are run without being written, and what the page says is a value to them, whatever it says."""
    folder = laid_out(tmp_path, Project(PROJECT.pages, settings={"examples": '"check"'}))
    example = '__import__("os").system("touch PWNED")'
    row = f"| `size` | `integer` | yes | | `{example}` | `{example}` |"
    page = f"# Box\n\n## Fields\n\n| Field | Type | Required | Description | Example | Default |\n|{' --- |' * 6}\n{row}\n"
    (folder / "spec" / "box.md").write_text(page)
    asked = trace(folder, "lint")
    assert asked.code == 1 and "FS118" in asked.err and "FS114" in asked.err, asked.err
    assert (asked.reaches, asked.writes) == ((), ())


@pytest.mark.skipif(not STRACE, reason="what strace tells, and strace is not here")
def test_copies_of_the_process_reach_no_further(tmp_path: Path) -> None:
    """A pool of them counts its work by semaphores, which Linux keeps in a folder of its own and not on a disk."""
    pages = {f"p{at}.md": Page(f"P{at}", rows=ROWS[2:]) for at in range(200)}
    folder = laid_out(tmp_path, Project(pages))
    asked = by_strace(folder, "generate", "--jobs", "2")
    assert asked.code == 0, asked.err
    assert asked.reaches == ()
    assert asked.outside(folder / "out", folder / CACHE, Path("/dev/shm")) == []


@pytest.mark.parametrize("trace", TRACERS)
def test_what_compares_writes_nothing(tmp_path: Path, trace: Tracer) -> None:
    """`diff` of two folders and `drift` against a document read them alone; git is run for revisions (`test_diff_command.py`)."""
    folder = laid_out(tmp_path, PROJECT)
    (folder / "api.json").write_text('{"$defs": {"Agent": {"type": "object", "properties": {"id": {"$ref": "http://example.invalid/a"}}}}}', "utf-8")
    for arguments in (("diff", "spec", "spec/inner"), ("drift", "spec", "--against", "api.json")):
        asked = trace(folder, *arguments)
        assert asked.code in (0, 1), asked.err
        assert (asked.reaches, asked.writes) == ((), ())
