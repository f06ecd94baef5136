"""Facts -> the TOML of an overlay, as OVERLAYS.md has it; a file that is there is added to, and what it says stays."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from fieldsmith.drifting.learning import Fact

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_FORBIDDEN = re.compile("[\x7f\ud800-\udfff]")


class Added(NamedTuple):
    """The text of an overlay with what was added, the facts added, and those that have no place in it.

    A fact has none where its table is there already: a reason stands in it that is of something else.
    """

    text: str
    facts: Sequence[Fact]
    left: Sequence[Fact]


def overlay(facts: Iterable[Fact], old: str = "") -> Added:
    """`old` with the facts that it does not hold. ValueError where it is not TOML."""
    there = tomllib.loads(old.removeprefix("\ufeff"))
    added: list[Fact] = []
    left: list[Fact] = []
    for fact in facts:
        table = _table(there, fact.table)
        if table is None:
            added.append(fact)
        elif fact.key not in table:
            left.append(fact)
    gap = "" if not old or old.endswith("\n\n") else "\n" if old.endswith("\n") else "\n\n"
    return Added(old + gap + as_toml(added) if added else old, added, left)


def as_toml(facts: Iterable[Fact]) -> str:
    """A table for each thing that facts are of, with the place that says them for a reason."""
    tables: dict[tuple[str, ...], list[Fact]] = {}
    for fact in facts:
        tables.setdefault(fact.table, []).append(fact)
    texts = []
    for table, some in tables.items():
        lines = [f"[{'.'.join(map(_key, table))}]"]
        lines += (f"{_key(fact.key)} = {_value(fact.value)}" for fact in some)
        lines.append(f"reason = {_value(f'{some[0].place} says so.')}")
        texts.append("\n".join(lines) + "\n")
    return "\n".join(texts)


def _table(document: Mapping[str, Any], path: Sequence[str]) -> Mapping[str, Any] | None:
    found: Any = document
    for step in path:
        if not isinstance(found, Mapping) or step not in found:
            return None
        found = found[step]
    # a table that only others stand in has no reason of its own, and can be begun
    return found if isinstance(found, Mapping) and not all(isinstance(one, Mapping) for one in found.values()) else None


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(text: str) -> str:
    """A text as TOML: its escapes are JSON's, but for what must not stand bare; lone surrogates it cannot say."""
    return _FORBIDDEN.sub(
        lambda found: f"\\u{ord(found[0]):04x}" if found[0] == "\x7f" else "\\ufffd",
        json.dumps(text, ensure_ascii=False),
    )


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case dict():
            return (
                f"{{ {', '.join(f'{_key(str(key))} = {_value(one)}' for key, one in value.items())} }}"
                if value
                else "{}"
            )
        case _:
            return repr(value)
