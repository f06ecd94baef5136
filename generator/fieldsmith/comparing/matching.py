"""Two schemas -> which definition of the old one is which of the new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from fieldsmith.comparing.rekeying import rekeyed
from fieldsmith.diagnostics import NOWHERE
from fieldsmith.schema import Definition, Enum, Model, Schema

Item = TypeVar("Item")


def paired(old: Schema, new: Schema) -> dict[str, str]:
    """New keys by old ones: those of one page and title; else of one title, where it is left once on either side; else
    of the very same content, where that is left once on either side."""
    there = {one.key for one in new.definitions}
    pairs = {one.key: one.key for one in old.definitions if one.key in there}
    titles = {one.key: one.name for schema in (old, new) for one in schema.definitions}
    pairs |= _left(old, new, pairs, lambda one: titles[one.key])
    return pairs | _left(old, new, pairs, lambda one: content(one, pairs))


def _left(old: Schema, new: Schema, pairs: Mapping[str, str], trait: Callable[[Definition], str]) -> dict[str, str]:
    """Pairs of those that have none so far."""
    taken = set(pairs.values())
    gone = [one for one in old.definitions if one.key not in pairs]
    come = [one for one in new.definitions if one.key not in taken]
    return {one.key: other.key for one, other in alike(gone, come, trait)}


def alike(gone: Iterable[Item], come: Iterable[Item], trait: Callable[[Item], str]) -> list[tuple[Item, Item]]:
    """Those that share a trait which no other on their side has."""
    before, after = [(trait(one), one) for one in gone], [(trait(one), one) for one in come]
    numbers = Counter(each for each, _ in before), Counter(each for each, _ in after)
    single = {each: one for each, one in after if numbers[0][each] == numbers[1][each] == 1}
    return [(one, single[each]) for each, one in before if each in single]


def content(one: Definition, pairs: Mapping[str, str]) -> str:
    """All that a definition says but for its own name and place; as text, for `1` and `true` are one in Python."""
    same = rekeyed(one, {**pairs, one.key: ""}, {"": ""})
    if isinstance(same, Model):
        rows = (row._replace(span=NOWHERE, example_at=NOWHERE, default_at=NOWHERE) for row in same.fields)
        same = same._replace(fields=tuple(rows))
    elif isinstance(same, Enum):
        same = same._replace(values=tuple(value._replace(span=NOWHERE) for value in same.values))
    return repr(same._replace(key="", name="", namespace="", span=NOWHERE))
