"""Definitions -> what can only be seen across them: aliases that never end, unions that tell their members apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fieldsmith.cycles import cycles
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading.canonical import ANY, parts_of
from fieldsmith.reading.names import shorten
from fieldsmith.schema import Alias, Definition, ListOf, MapOf, Ref, TypeExpr


def break_cycles(definitions: Sequence[Definition], diagnostics: Diagnostics) -> list[Definition]:
    """The definitions, with `any` for each alias that leads back to itself without a model, list or map on the way."""
    aliases = {one.key: one for one in definitions if isinstance(one, Alias)}
    edges = {key: [ref for ref in _direct(one.type) if ref in aliases] for key, one in aliases.items()}
    endless = {*cycles(edges), *(key for key in edges if key in edges[key])}
    for key in aliases:
        if key in endless:
            message = f"{shorten(aliases[key].name)} stands for itself: no value can ever be one"
            diagnostics.add("FS108", aliases[key].span, message, "take it out of its own members, or hold it in a list")
    return [one._replace(type=ANY) if isinstance(one, Alias) and one.key in endless else one for one in definitions]


def _direct(type_: TypeExpr) -> Iterator[str]:
    """Keys of the definitions whose values are values of `type_` themselves."""
    if isinstance(type_, Ref):
        if type_.key is not None:
            yield type_.key
    elif not isinstance(type_, ListOf | MapOf):
        for part in parts_of(type_):
            yield from _direct(part)
