"""Failures that are decisions: `known_failures.toml`, by suite and id, each with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("known_failures.toml")
Known = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Names of cases: failures nobody has listed, listed ones, entries that no longer fail, and those of no case."""

    unlisted: list[str]
    listed: list[str]
    stale: list[str]
    absent: list[str]


def load(path: Path = FILE) -> Known:
    """The reasons by suite and id. ValueError where an entry is not such a text."""
    known = tomllib.loads(path.read_text("utf-8"))
    for suite, entries in known.items():
        for name, reason in entries.items() if isinstance(entries, dict) else ((suite, None),):
            if not isinstance(reason, str) or not reason.strip():
                raise ValueError(f"{path.name}: {suite}: {name}: a reason is missing")
    return known


def compare(failed: Collection[str], ran: Collection[str], known: Mapping[str, str]) -> Comparison:
    """Failures held against the list of their suite; `ran` are the names of all cases."""
    return Comparison(
        [name for name in failed if name not in known],
        [name for name in failed if name in known],
        [name for name in known if name in ran and name not in failed],
        [name for name in known if name not in ran],
    )
