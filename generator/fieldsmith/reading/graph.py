"""Definitions -> what can only be seen across them: aliases that never end, unions that tell their members apart."""

from __future__ import annotations

from collections.abc import Sequence

from fieldsmith.cycles import cycles
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.leaves import direct, inner_first, leaves
from fieldsmith.limits import lift
from fieldsmith.reading.canonical import ANY
from fieldsmith.reading.names import shorten
from fieldsmith.schema import Alias, Definition, Ref, TypeExpr


def break_cycles(definitions: Sequence[Definition], diagnostics: Diagnostics) -> list[Definition]:
    """The definitions, with `any` for each alias that leads back to itself without a model, list or map on the way."""
    aliases = {one.key: one for one in definitions if isinstance(one, Alias)}
    edges = {key: [ref for ref in direct(one.type) if ref in aliases] for key, one in aliases.items()}
    endless = {*cycles(edges), *(key for key in edges if key in edges[key])}
    for key in aliases:
        if key in endless:
            message = f"{shorten(aliases[key].name)} stands for itself: no value can ever be one"
            diagnostics.add("FS108", aliases[key].span, message, "take it out of its own members, or hold it in a list")
    return [one._replace(type=ANY) if isinstance(one, Alias) and one.key in endless else one for one in definitions]


def close_wide(definitions: Sequence[Definition], most: int, diagnostics: Diagnostics) -> list[Definition]:
    """The definitions, with `any` for each alias that stands for more than `most` types by way of others, which count.

    Each is opened wherever it is a member: a chain of unions would become as much code as its length squared.
    """
    by_key = {one.key: one for one in definitions}
    opened: dict[str, tuple[TypeExpr, ...]] = {}
    closed: set[str] = set()
    for alias in inner_first(by_key):
        inner = (key for key in dict.fromkeys(direct(alias.type)) if key in opened)
        if len({leaf for key in inner for leaf in opened[key]}) > most:
            message = f"{shorten(alias.name)} stands for more than {most} types by way of other unions"
            diagnostics.add("FS036", alias.span, message, lift("list them in one union", "members"))
            closed.add(alias.key)
        own = (ANY,) if alias.key in closed else leaves([alias.type], opened)
        opened[alias.key] = (Ref(alias.key, alias.name), *own)
    return [one._replace(type=ANY) if isinstance(one, Alias) and one.key in closed else one for one in definitions]
