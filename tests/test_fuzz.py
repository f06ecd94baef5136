"""Pages out of a grammar of our own, right and wrong ones: what `properties` says holds for all of them.

`make fuzz` goes on with the same for as long as one wants, and with mutations of real pages.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings

import properties
from fuzzing import MANY, Corpus, changed, examine, laid_out
from pagegrammar import Pages
from programgrammar import any_sets
from running import quiet, tool

SOME = settings(MANY, max_examples=100)
FEW = settings(MANY, max_examples=5)
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


@MANY
@given(any_sets())
def test_any_pages(pages: Pages) -> None:
    with laid_out(pages):
        properties.check(Path("spec"))


@SOME
@given(any_sets())
def test_the_order_of_pages_does_not_count(pages: Pages) -> None:
    with laid_out(pages):
        properties.order_does_not_count(Path("spec"))


@SOME
@given(any_sets())
def test_a_second_run_writes_nothing(pages: Pages) -> None:
    with laid_out(pages):
        properties.second_run_writes_nothing(Path("spec"), Path("out"))


@SOME
@given(any_sets())
def test_commands_end_as_stated(pages: Pages) -> None:
    with laid_out(pages):
        properties.commands_end_as_stated(Path("spec"), Path("out"))


@FEW
@given(any_sets())
def test_processes_end_as_stated(pages: Pages) -> None:
    with laid_out(pages) as top:
        assert quiet(tool(top, "generate", "spec", "-o", "out")).returncode in (0, 2)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="there are no real pages")
def test_real_pages_with_accidents() -> None:
    real = Corpus(CORPUS, seed=1)
    for number in range(60):
        examine(real.pages(number), on_disk=False)


def test_accidents_can_be_made_again() -> None:
    page = b"# A\n\n## Fields\n\n| a | b |\n" * 9
    assert changed(page, random.Random("1 2")) == changed(page, random.Random("1 2")) != page
