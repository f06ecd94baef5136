"""Every Unicode scalar in every place where text of pages goes; here a fixed sample, `make fuzz-unicode` takes all."""

from __future__ import annotations

from pathlib import Path

import pytest

import unicode_sinks
from unicode_sinks import ASCII, OTHERS, SINKS

SAMPLE = OTHERS[::97]


@pytest.mark.parametrize("sink", SINKS)
def test_sample_of_scalars(sink: str) -> None:
    counts = unicode_sinks.check(sink, SAMPLE)
    assert counts["refused"] + counts["taken out"] and counts["kept"]


def test_sample_of_scalars_in_file_names(tmp_path: Path) -> None:
    counts = unicode_sinks.check_file_names(SAMPLE, tmp_path)
    assert counts["refused"] and counts["kept"]


@pytest.mark.parametrize("sink", SINKS)
def test_all_of_ascii(sink: str, tmp_path: Path) -> None:
    found = {char: unicode_sinks.check_mark(sink, char, tmp_path) for char in ASCII}
    assert found["\x00"] == found["\x1b"] == found["\x7f"] == "refused"
    assert found["x"] == "kept"


def test_what_became_of_a_scalar_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unicode_sinks, "texts_of", lambda name, schema: ["f0x"])
    with pytest.raises(unicode_sinks.Wrong, match="became"):
        unicode_sinks.check("field text", ["\u00e9"])
