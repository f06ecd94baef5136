"""Who refers to whom -> the groups in which everyone reaches everyone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def cycles(edges: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The number of the cycle that each key is part of; keys in none, or that only name themselves, are left out.

    `edges` has every key. One walk (Tarjan's), with a stack of its own, as chains may be long.
    """
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    found: dict[str, int] = {}
    for root in edges:
        work: list[tuple[str, Iterator[str]]] = []
        following = None if root in order else root
        while following or work:
            if following:
                order[following] = low[following] = len(order)
                path.append(following)
                on_path.add(following)
                work.append((following, iter(edges[following])))
            key, rest = work[-1]
            following = next((other for other in rest if _touch(key, other, order, low, on_path)), None)
            if following:
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[key])
            if low[key] == order[key]:
                members = _until(path, key)
                on_path.difference_update(members)
                if len(members) > 1:
                    found.update(dict.fromkeys(members, order[key]))
    return found


def _touch(key: str, other: str, order: Mapping[str, int], low: dict[str, int], on_path: set[str]) -> bool:
    """Whether the walk goes on to `other`; where it has been there, `key` reaches as far up as that."""
    if other not in order:
        return True
    if other in on_path:
        low[key] = min(low[key], order[other])
    return False


def _until(path: list[str], key: str) -> list[str]:
    members = [path.pop()]
    while members[-1] != key:
        members.append(path.pop())
    return members
