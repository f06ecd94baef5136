"""Work in shares: the same results in the same order, whoever does it; nobody is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

import fieldsmith
from fieldsmith.crew import Crew
from fieldsmith.recall import FOLDER

PAGE = """# Thing{number}

The {number}th thing.

## Fields

| Field | Type | Required | Description |
| --- | --- | --- | --- |
| `id` | `string` | yes | Its name. |
| `next` | [Thing{next}](thing{next}.md) | no | The one behind it. |
"""
PAGES = 300
forked = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are copied nowhere else")


def square(number: int, power: int = 2) -> int:
    return number**power


def end(number: int) -> int:
    """Ends the process, unless it is that of the tests."""
    if number != os.getpid():
        os._exit(1)
    return number


def fail(number: int) -> int:
    raise ValueError(number)


@pytest.mark.parametrize("hands", [1, 2, 3, 8])
@pytest.mark.parametrize("number", [0, 1, 7, 100])
def test_shares_are_the_work_in_order(hands: int, number: int) -> None:
    shares = Crew(hands).shares(range(number), 5)
    assert [item for share in shares for item in share] == list(range(number))
    assert all(len(share) >= 5 for share in shares) or len(shares) == 1


@pytest.mark.parametrize("hands", [1, 2, 4])
def test_results_come_in_order(hands: int) -> None:
    with Crew(hands) as crew:
        for _ in range(2):
            assert list(crew.do(square, [(number, 3) for number in range(20)])) == [number**3 for number in range(20)]


def test_what_is_to_be_done_meanwhile_is_done_once() -> None:
    done: list[int] = []
    with Crew(2) as crew:
        list(crew.do(square, [(number,) for number in range(4)], lambda: done.append(1)))
        list(crew.do(square, [(1,)], lambda: done.append(2)))
    assert done == [1, 2]


def test_an_executor_is_given_all_work() -> None:
    with ThreadPoolExecutor(2) as executor, Crew(1, executor) as crew:
        assert len(crew.shares(range(10), 1000)) == 2
        assert list(crew.do(square, [(2,), (3,)])) == [4, 9]
    with ThreadPoolExecutor(1) as executor:
        executor.shutdown()
        with Crew(1, executor) as crew, pytest.raises(RuntimeError):
            list(crew.do(square, [(2,)]))


@forked
def test_what_a_process_leaves_undone_is_done_here() -> None:
    with Crew(2) as crew:
        assert list(crew.do(end, [(os.getpid(),)] * 8)) == [os.getpid()] * 8


def test_failures_are_told() -> None:
    with pytest.raises(ValueError, match="3"), Crew(2) as crew:
        list(crew.do(fail, [(3,)] * 8))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("things")
    for number in range(PAGES):
        text = PAGE.format(number=number, next=(number + 1) % PAGES)
        (folder / f"thing{number}.md").write_text(text, "utf-8")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file() and FOLDER not in path.parts}


@pytest.fixture(scope="module")
def expected(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("expected") / "out"
    fieldsmith.build([pages], out, jobs=1)
    assert len(tree(out)) > 3 * PAGES
    return tree(out)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder in which no run has been: nothing is known."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("jobs", [2, 3])
def test_the_output_is_the_same_by_any_number(pages: Path, expected: dict[str, bytes], tmp_path: Path, jobs: int) -> None:
    fieldsmith.build([pages], tmp_path / "out", jobs=jobs)
    assert tree(tmp_path / "out") == expected


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_the_output_is_the_same_by_any_executor(
    pages: Path, expected: dict[str, bytes], tmp_path: Path, kind: type[ThreadPoolExecutor | ProcessPoolExecutor]
) -> None:
    with kind(2) as executor:
        fieldsmith.build([pages], tmp_path / "out", executor=executor)
    assert tree(tmp_path / "out") == expected


def test_a_cluster_does_the_work(pages: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
        client.get_executor() as executor,
    ):
        fieldsmith.build([pages], tmp_path / "out", executor=executor)
    assert tree(tmp_path / "out") == expected


def children(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    return [int(child) for child in text.split()]


def stopped(pages: Path, work: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    """Runs in several processes, each a while after these have been begun."""
    command = [sys.executable, "-m", "fieldsmith", "generate", str(pages), "-o", "out", "--jobs", "3"]
    for delay in range(6):
        run = subprocess.Popen(command, cwd=work, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        begun: list[int] = []
        while run.poll() is None and not begun:
            with suppress(FileNotFoundError):
                begun = children(run.pid)
        time.sleep(delay * 0.03)
        yield run, begun


@forked
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="what a process has begun is told by /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_process_is_left_behind(pages: Path, tmp_path: Path, number: signal.Signals) -> None:
    interrupted = 0
    for run, begun in stopped(pages, tmp_path):
        with suppress(ProcessLookupError):
            os.kill(run.pid, number) if number == signal.SIGKILL else os.killpg(run.pid, number)
        _, err = run.communicate(timeout=60)
        assert b"Traceback" not in err
        assert run.returncode in (0, -number, 128 + number)
        interrupted += run.returncode != 0
        deadline = time.monotonic() + 30
        while any(map(alive, begun)) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not any(map(alive, begun))
    assert interrupted


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
