"""Schema -> who refers to whom, and which definitions form cycles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fieldsmith.schema import (
    Alias,
    Const,
    Definition,
    Enum,
    ListOf,
    MapOf,
    Model,
    Nullable,
    OneOf,
    Ref,
    Scalar,
    ScalarKind,
    Schema,
    TypeExpr,
)


def references(expr: TypeExpr) -> Iterator[str]:
    """Keys of the definitions that a type mentions, in order; with repeats."""
    match expr:
        case Ref(key=str(key)):
            yield key
        case ListOf(item):
            yield from references(item)
        case MapOf(key, value):
            yield from references(key)
            yield from references(value)
        case Nullable(inner):
            yield from references(inner)
        case OneOf(options):
            for option in options:
                yield from references(option)
        case Scalar() | Const() | Ref():
            pass


def types_of(definition: Definition) -> Iterator[TypeExpr]:
    """The types that stand in a definition."""
    match definition:
        case Model():
            for field in definition.fields:
                yield field.type
            if definition.additional is not None:
                yield definition.additional
        case Alias():
            yield definition.type
        case Enum():
            pass


def dependencies(schema: Schema) -> dict[str, tuple[str, ...]]:
    """Each key with the distinct keys it refers to (itself among them where it does), in order of mention."""
    return {
        definition.key: tuple(dict.fromkeys(key for expr in types_of(definition) for key in references(expr)))
        for definition in schema.definitions
    }


def cycles(edges: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """The number of the cycle that each key is part of; keys in none are left out. Tarjan's, not recursive."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    found: dict[str, int] = {}
    for root in edges:
        if root in order:
            continue
        work = [(root, iter(edges[root]))]
        order[root] = low[root] = len(order)
        path.append(root)
        on_path.add(root)
        while work:
            key, rest = work[-1]
            child = next(rest, None)
            if child is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[key])
                if low[key] == order[key]:
                    members = _pop_until(path, key)
                    on_path.difference_update(members)
                    if len(members) > 1:
                        found.update(dict.fromkeys(members, order[key]))
            elif child not in order:
                order[child] = low[child] = len(order)
                path.append(child)
                on_path.add(child)
                work.append((child, iter(edges.get(child, ()))))
            elif child in on_path:
                low[key] = min(low[key], order[child])
    return found


def _pop_until(path: list[str], key: str) -> list[str]:
    members = [path.pop()]
    while members[-1] != key:
        members.append(path.pop())
    return members


def scalars(schema: Schema) -> set[ScalarKind]:
    """The kinds of scalars that a schema mentions anywhere."""
    waiting = [expr for definition in schema.definitions for expr in types_of(definition)]
    found: set[ScalarKind] = set()
    while waiting:
        match waiting.pop():
            case Scalar(kind):
                found.add(kind)
            case ListOf(inner) | Nullable(inner):
                waiting.append(inner)
            case MapOf(key, value):
                waiting += (key, value)
            case OneOf(options):
                waiting += options
            case Const() | Ref():
                pass
    return found
