"""What the values of a field kept to and what they keep to -> the changes: narrower, wider, or neither."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from fieldsmith.comparing.changes import Change, Place
from fieldsmith.comparing.kinds import Kind
from fieldsmith.comparing.spelling import shortened
from fieldsmith.schema import Constraints

Limit = int | float | str | bool | None
# Which way a limit grows narrower: up or down; the others are of one kind with themselves alone.
_NARROWER: Mapping[str, int] = {
    **dict.fromkeys(("min_length", "min_items", "minimum", "exclusive_minimum"), 1),
    **dict.fromkeys(("max_length", "max_items", "maximum", "exclusive_maximum"), -1),
}


def limited(place: Place, old: Constraints, new: Constraints) -> Iterator[Change]:
    """A change for each limit that is another; one that was not there before is narrower than none."""
    for name in Constraints._fields:
        before, after = _limit(old, name), _limit(new, name)
        if before != after:
            yield Change(_kind(name, before, after), place, _said(name, before), _said(name, after))


def _limit(constraints: Constraints, name: str) -> Limit:
    value: Limit = getattr(constraints, name)
    return None if value is False else value


def _said(name: str, limit: Limit) -> str:
    return "" if limit is None else shortened(f"{name} {json.dumps(limit, ensure_ascii=False)}")


def _kind(name: str, before: Limit, after: Limit) -> Kind:
    if before is None or after is None:
        return "constraint-loosened" if after is None else "constraint-tightened"
    if name not in _NARROWER or isinstance(before, str) or isinstance(after, str):
        return "constraint-changed"
    return "constraint-tightened" if (after - before) * _NARROWER[name] > 0 else "constraint-loosened"
