"""Pages out of a grammar of our own, right and wrong ones: what `properties` says holds for all of them.

`make fuzz` goes on with the same for as long as one wants, and with mutations of real pages.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path

from hypothesis import HealthCheck, given, settings

import properties
from pagegrammar import Pages, page_sets

MANY = settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
SOME = settings(MANY, max_examples=100)


@contextmanager
def laid_out(pages: Mapping[str, str | bytes]) -> Iterator[Path]:
    """An empty working folder with the pages below `spec`."""
    fast = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=fast) as top, chdir(top):
        properties.lay_out(Path("spec"), pages)
        yield Path(top)


@MANY
@given(page_sets())
def test_any_pages(pages: Pages) -> None:
    with laid_out(pages):
        properties.check(Path("spec"))


@SOME
@given(page_sets())
def test_the_order_of_pages_does_not_count(pages: Pages) -> None:
    with laid_out(pages):
        properties.order_does_not_count(Path("spec"))


@SOME
@given(page_sets())
def test_a_second_run_writes_nothing(pages: Pages) -> None:
    with laid_out(pages):
        properties.second_run_writes_nothing(Path("spec"), Path("out"))
