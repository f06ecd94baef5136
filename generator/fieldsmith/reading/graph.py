"""Definitions -> what can only be seen across them: aliases that never end, unions that tell their members apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading.canonical import ANY, parts_of
from fieldsmith.reading.names import shorten
from fieldsmith.schema import Alias, Definition, ListOf, MapOf, Ref, TypeExpr


def break_cycles(definitions: Sequence[Definition], diagnostics: Diagnostics) -> list[Definition]:
    """The definitions, with `any` for each alias that leads back to itself without a model, list or map on the way."""
    aliases = {one.key: one for one in definitions if isinstance(one, Alias)}
    endless = _on_cycles({key: [ref for ref in _direct(one.type) if ref in aliases] for key, one in aliases.items()})
    for key in aliases:
        if key in endless:
            message = f"{shorten(aliases[key].name)} stands for itself: no value can ever be one"
            diagnostics.add("FS108", aliases[key].span, message, "take it out of its own members, or hold it in a list")
    return [replace(one, type=ANY) if isinstance(one, Alias) and one.key in endless else one for one in definitions]


def _direct(type_: TypeExpr) -> Iterator[str]:
    """Keys of the definitions whose values are values of `type_` themselves."""
    if isinstance(type_, Ref):
        if type_.key is not None:
            yield type_.key
    elif not isinstance(type_, ListOf | MapOf):
        for part in parts_of(type_):
            yield from _direct(part)


def _on_cycles(edges: Mapping[str, list[str]]) -> set[str]:
    """All nodes that can reach themselves. One walk (Tarjan's, with a stack of our own: chains may be long)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    open_nodes: list[str] = []
    is_open: set[str] = set()
    found: set[str] = set()
    for start in edges:
        if start in order:
            continue
        work: list[tuple[str, Iterator[str]]] = [(start, iter(edges[start]))]
        order[start] = low[start] = len(order)
        open_nodes.append(start)
        is_open.add(start)
        while work:
            node, rest = work[-1]
            for target in rest:
                if target not in order:
                    order[target] = low[target] = len(order)
                    open_nodes.append(target)
                    is_open.add(target)
                    work.append((target, iter(edges[target])))
                    break
                if target in is_open:
                    low[node] = min(low[node], order[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    found |= _component(node, open_nodes, is_open, edges)
    return found


def _component(node: str, open_nodes: list[str], is_open: set[str], edges: Mapping[str, list[str]]) -> set[str]:
    members: set[str] = set()
    while node not in members:
        member = open_nodes.pop()
        is_open.discard(member)
        members.add(member)
    return members if len(members) > 1 or node in edges[node] else set()
