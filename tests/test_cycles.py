"""Cycles against a definition that is slow and plain: two keys are in one where each reaches the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fieldsmith.cycles import cycles

KEYS = "abcdefg"
EDGES = st.fixed_dictionaries({key: st.lists(st.sampled_from(KEYS), max_size=3) for key in KEYS})


def reached(edges: dict[str, list[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        fresh = set(edges[waiting.pop()]) - found
        found |= fresh
        waiting += fresh
    return found


@given(EDGES)
def test_members_of_a_cycle_reach_each_other(edges: dict[str, list[str]]) -> None:
    found = cycles(edges)
    ways = {key: reached(edges, key) for key in KEYS}
    for key in KEYS:
        mates = {other for other in KEYS if other != key and other in ways[key] and key in ways[other]}
        assert (key in found) == bool(mates)
        assert {other for other in KEYS if other != key and key in found and found.get(other) == found[key]} == mates


def test_a_long_chain_is_no_recursion() -> None:
    chain = {str(n): [str(n + 1)] for n in range(100_000)} | {"100000": ["0"]}
    assert len(cycles(chain)) == 100_001
