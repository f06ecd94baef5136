"""A package -> for each page, the digest of all that its files depend on: the same digest, the same files.

That is the page's own definitions with every word, and of all definitions that these lead to what other pages can see
of them: no prose, no places.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from fieldsmith.schema import Alias, Definition, Enum, Model
from fieldsmith.writing.generator import version_for
from fieldsmith.writing.manifest import digest
from fieldsmith.writing.plans import DETAILED, WHOLE, Layout
from fieldsmith.writing.python import Package
from fieldsmith.writing.templates import Templates


def fingerprints(package: Package, templates: Templates, layout: Layout | None) -> dict[str, str]:
    """The digest for each page, by its path, and the one for the files that all pages share, under WHOLE."""
    crowded = [path for path, definitions in package.pages.items() if len(definitions) > 1]
    common = _digest([replace(package.settings, places={}), templates, layout, crowded])
    seen = _seen(package)
    prints = {
        path: _digest([common, [(type(one).__name__, one, seen[one.key]) for one in definitions]])
        for path, definitions in package.pages.items()
    }
    listed = [(one.key, one.deprecation is None, seen[one.key]) for one in package.schema.definitions]
    detailed = DETAILED & {*package.settings.targets}
    models = version_for(package.settings.targets)
    whole = _digest([common, listed, package.schema.definitions if detailed else (), models])
    return {WHOLE: whole, **prints}


def interface(definition: Definition) -> object:
    """What other pages' files can show of a definition."""
    match definition:
        case Model():
            rows = [(field.name, field.type, field.required, field.wire) for field in definition.fields]
            return ("model", definition.key, definition.namespace, rows, definition.additional)
        case Enum():
            values = [(value.name, value.value) for value in definition.values]
            return ("enum", definition.key, definition.namespace, values, definition.open)
        case Alias():
            return ("alias", definition.key, definition.namespace, definition.type)


def _seen(package: Package) -> dict[str, str]:
    """For each definition the digest of the interfaces of all that it leads to, itself among them.

    The definitions of a cycle lead to the same ones and have one digest.
    """
    group = {key: package.cycles.get(key, key) for key in package.definitions}
    members: dict[str | int, list[str]] = {}
    for key, of in group.items():
        members.setdefault(of, []).append(key)
    done: dict[str | int, str] = {}
    for of in _inner_first(group, members, package.edges):
        own = [interface(package.definitions[key]) for key in members[of]]
        others = {group[other] for key in members[of] for other in package.edges[key]} - {of}
        done[of] = _digest([own, sorted(done[other] for other in others)])
    return {key: done[of] for key, of in group.items()}


def _inner_first(
    group: Mapping[str, str | int], members: Mapping[str | int, Sequence[str]], edges: Mapping[str, Sequence[str]]
) -> Iterator[str | int]:
    """All groups, each after those that it leads to; with a stack of its own, as chains may be long."""
    begun: set[str | int] = set()
    waiting: list[tuple[str | int, bool]] = [(of, False) for of in members]
    while waiting:
        of, ready = waiting.pop()
        if ready:
            yield of
        elif of not in begun:
            begun.add(of)
            waiting.append((of, True))
            waiting += [(group[other], False) for key in members[of] for other in edges[key]]


def _parts(value: Any) -> list[object]:
    """A type expression as JSON can say it."""
    return [type(value).__name__, *[getattr(value, name) for name in value.__slots__]]


_encode = json.JSONEncoder(default=_parts, separators=(",", ":"), check_circular=False).encode


def _digest(value: object) -> str:
    return digest(_encode(value).encode("ascii"))
