"""The work of a run grows with its pages and no faster, whatever they hold.

Work is counted in lines of Python that are run, so that a slow machine fails nothing. What libraries and regular
expressions do inside one line shows in time alone: `--nightly` has a look at that, too, at sizes up to a megabyte.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from families import SETS, families
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.jobs import Job
from fieldsmith.pipeline import build
from fieldsmith.reading.readall import read_share
from fieldsmith.reading.resolve import resolve
from fieldsmith.reading.sources import Source
from fieldsmith.schema import Schema
from fieldsmith.writing.plans import Settings
from fieldsmith.writing.printing import prepare
from fieldsmith.writing.python import local_names

FAMILIES = families()


COUNTED = ("fieldsmith", "mistune", __name__.partition(".")[0])


def lines_run(act: Callable[[], object]) -> int:
    """How many lines of ours and of mistune `act` runs; what Python's own modules do, they do but once and remember."""
    count = 0

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return line

    def call(frame: FrameType, event: str, argument: Any) -> Any:
        package = frame.f_globals.get("__name__", "").partition(".")[0]
        return line if package in COUNTED or package.startswith("fieldsmith_examples") else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        act()
    finally:
        sys.settrace(before)
    return count


def grows_evenly(work: Sequence[float], most: float = 2.4) -> bool:
    """Whether work at sizes n, 2n and 4n is linear, or next to it: what is added doubles. Four times is quadratic.

    What does not depend on the size falls out. A little more is let pass, where next to nothing is added.
    """
    first, second, third = work
    return third - second <= most * max(0.0, second - first) + 0.05 * first + 500


def read(name: str, size: int) -> Callable[[], Schema]:
    """What reads the pages of a family, up to their schema."""
    sources = [Source(path, text, True) for path, text in sorted(FAMILIES[name](size).items())]

    def act() -> Schema:
        diagnostics = Diagnostics()
        pages = []
        for page, found in read_share(sources, None, Job().limits):
            pages.append(page)
            diagnostics.extend(found)
        return resolve(pages, None, "as-said", diagnostics)

    return act


def linear(size: int) -> None:
    for number in range(size):
        number.bit_length()


def quadratic(size: int) -> None:
    seen: list[int] = []
    for number in range(size):
        for other in seen:
            assert other != number
        seen.append(number)


@pytest.mark.parametrize("share", [0.1, 1])
def test_a_quadratic_loop_would_be_found(share: float) -> None:
    """Also where it is but a part of the work."""
    sizes = (500, 1000, 2000)
    assert grows_evenly([lines_run(lambda size=size: linear(size)) for size in sizes])
    work = [lines_run(lambda size=size: (linear(size), quadratic(int(size * share)))) for size in sizes]
    assert not grows_evenly(work)


@pytest.mark.parametrize("name", FAMILIES)
def test_reading_runs_as_many_lines_as_the_pages_are_long(name: str, nightly: bool) -> None:
    least = 128_000 if name.startswith("alias") else 32_000 if nightly or name in SETS else 4_000
    assert grows_evenly([lines_run(read(name, size)) for size in (least, 2 * least, 4 * least)])


@pytest.mark.parametrize("name", ["alias-lists", "models-of-one-union"])
def test_names_in_modules_take_as_many_lines_as_the_pages_are_long(name: str) -> None:
    """However much aliases lead to, a module has names for what stands in its own code alone."""

    def naming(size: int) -> Callable[[], object]:
        package = prepare(read(name, size)(), Settings(), Diagnostics())
        assert package is not None
        return lambda: [local_names(package, key) for key in package.definitions]

    assert grows_evenly([lines_run(naming(size)) for size in (128_000, 256_000, 512_000)])


def seconds(name: str, size: int, folder: Path) -> float:
    """Time of the processor for a run up to the files' text."""
    for path, text in FAMILIES[name](size).items():
        page = folder / str(size) / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, "utf-8")
    start = time.process_time()
    build(Job(pages=(folder / str(size),)))
    return time.process_time() - start


def keeps_pace(name: str, folder: Path) -> bool:
    """Whether time grows with the pages, from 64 KB to 1 MB in steps of four: sixteen would be quadratic. One of three."""
    sizes = (1 << 16, 1 << 18, 1 << 20)
    return any(grows_evenly([1000 * seconds(name, size, folder / str(go)) for size in sizes], most=8) for go in range(3))


def test_a_run_takes_time_by_the_length_of_its_pages(nightly: bool, tmp_path: Path) -> None:
    if not nightly:
        pytest.skip("takes a quarter of an hour; --nightly has the time")
    assert [name for name in FAMILIES if not keeps_pace(name, tmp_path / name)] == []


LACKING: dict[str, Callable[[int], str]] = {
    "objects": lambda n: f"| `a` | `list[Large]` | no | `[{','.join(['{}'] * n)}]` |\n",
    "objects-of-either": lambda n: f"| `a` | `list[Large] \\| list[Other]` | no | `[{','.join(['{}'] * n)}]` |\n",
    "rows": lambda n: "".join(f"| `a{at}` | `Large` | yes | `{{}}` |\n" for at in range(n)),
    "examples": lambda n: f"| `a` | `integer` | yes | {' '.join(['**Example 1:** x'] * n)} |\n",
}


@pytest.mark.parametrize("name", LACKING)
def test_checks_of_examples_grow_with_the_page_alone(name: str, tmp_path: Path) -> None:
    """Objects that lack all the fields of a large model: what there is to say of them is as long as both together."""
    head = "\n\n## Fields\n\n| Field | Type | Required | Example |\n| --- | --- | --- | --- |\n"

    def check(size: int) -> Callable[[], object]:
        large = "".join(f"| `f{at}` | `integer` | yes | |\n" for at in range(size))
        page = tmp_path / f"{size}.md"
        page.write_text(f"# Large{head}{large}\n# Other{head}{large}\n# Top{head}{LACKING[name](size)}", "utf-8")

        def act() -> None:
            made = build(Job(pages=(page,), examples="check"))
            assert made.sound and {one.code for one in made.found} == {"FS118"}

        return act

    check(10)()
    work = [lines_run(check(size)) for size in (40, 80, 160)]
    assert grows_evenly(work), work
