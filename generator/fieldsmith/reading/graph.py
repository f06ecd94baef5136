"""Definitions -> what can only be seen across them: aliases that never end, unions that tell their members apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from fieldsmith.cycles import cycles
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.leaves import direct
from fieldsmith.limits import lift
from fieldsmith.reading.canonical import ANY
from fieldsmith.reading.names import shorten
from fieldsmith.schema import Alias, Const, Definition, ListOf, MapOf, Nullable, OneOf, Ref, TypeExpr


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
    """The definitions, with `any` for each alias that opens more than `most` aliases and their members.

    What is opened is written out wherever it is a member: a chain of unions would become as much code as its length
    squared. Constants do not count; a list of a definition opens nothing, a list of a union does.
    """
    parts = {one.key: _parts(one.type) for one in definitions if isinstance(one, Alias)}
    closed = {key for key in parts if _is_wide(key, parts, most)}
    for one in definitions:
        if one.key in closed:
            message = f"{shorten(one.name)} stands for more than {most} types by way of other unions"
            diagnostics.add("FS036", one.span, message, lift("list them in one union", "members"))
    return [one._replace(type=ANY) if isinstance(one, Alias) and one.key in closed else one for one in definitions]


def _is_wide(key: str, parts: Mapping[str, Set[str]], most: int) -> bool:
    passed, members = {key}, set[str]()
    waiting = [other for other in parts[key] if other in parts]
    while waiting and len(passed) + len(members) <= most + 1:
        other = waiting.pop()
        if other in parts:
            waiting += () if other in passed else parts[other]
            passed.add(other)
        else:
            members.add(other)
    return len(passed) + len(members) > most + 1


def _parts(type_: TypeExpr) -> Set[str]:
    """What is written out of a type: keys of definitions, and other types as text; what aliases stand for left out."""
    found: set[str] = set()
    waiting = [type_]
    while waiting:
        match waiting.pop():
            case OneOf(options):
                waiting += options
            case Nullable(inner):
                waiting.append(inner)
            case ListOf(inner) | MapOf(_, inner) if not isinstance(inner, Ref):
                waiting.append(inner)
            case Ref(key=str(key)):
                found.add(key)
            case Const():
                pass
            case other:
                found.add(repr(other))
    return found
