"""The definitions of the pages and those of another side -> which is which: by name, never by likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from fieldsmith.drifting.others import Other
from fieldsmith.schema import Definition, Field, Model, Schema
from fieldsmith.writing.naming import Names


class Matched(NamedTuple):
    """Page keys by those of the other side; and page definitions that several fit, with what these are."""

    keys: Mapping[str, str]
    ambiguous: Mapping[str, tuple[str, ...]]


def definitions(pages: Schema, names: Names, other: Other) -> Matched:
    """Those of one name. First as spelled (a page's class or title; a definition's name, then its title), then behind
    the folder or module, then without regard to case and punctuation; each only where one definition fits one."""
    keys: dict[str, str] = {}
    ambiguous: dict[str, tuple[str, ...]] = {}

    def own(one: Definition) -> set[str]:
        return {one.name, names.classes[one.key]}

    def longer(one: Definition) -> set[str]:
        module, cls = names.modules[one.key], names.classes[one.key]
        folder = module.rpartition(".")[0]
        return {f"{space}.{name}" for space, name in ((one.namespace, one.name), (folder, cls), (module, cls)) if space}

    def theirs(one: Definition) -> set[str]:
        return {one.name, *other.titles.get(one.key, ())}

    rounds: list[tuple[Callable[[Definition], set[str]], Callable[[Definition], set[str]]]] = [
        (lambda one: {names.classes[one.key]}, lambda one: {one.name}),
        (own, lambda one: {one.name}),
        (longer, theirs),
        (own, theirs),
        (lambda one: set(map(plain, own(one))), lambda one: set(map(plain, theirs(one)))),
        (lambda one: set(map(plain, longer(one))), lambda one: set(map(plain, theirs(one)))),
    ]
    for ours, others in rounds:
        taken = set(keys.values())
        left = [one for one in pages.definitions if one.key not in taken]
        rest = [one for one in other.schema.definitions if one.key not in keys and one.key not in other.inline]
        found = list(_single(left, rest, ours, others, ambiguous))
        keys |= {theirs_.key: page.key for page, theirs_ in found}
    matched = set(keys.values())
    return Matched(keys, {key: some for key, some in ambiguous.items() if key not in matched})


def _single(
    left: Iterable[Definition],
    rest: Iterable[Definition],
    ours: Callable[[Definition], set[str]],
    others: Callable[[Definition], set[str]],
    ambiguous: dict[str, tuple[str, ...]],
) -> Iterator[tuple[Definition, Definition]]:
    """Those that fit each other and no other; of several that fit one page, their names are noted."""
    by_name: dict[str, list[Definition]] = defaultdict(list)
    claims: dict[str, int] = defaultdict(int)
    for one in rest:
        for name in others(one):
            by_name[name].append(one)
    fits: list[tuple[Definition, dict[str, Definition]]] = []
    for page in left:
        found = {one.key: one for name in sorted(ours(page)) for one in by_name.get(name, ())}
        fits.append((page, found))
        for key in found:
            claims[key] += 1
    for page, found in fits:
        if len(found) == 1 and claims[next(iter(found))] == 1:
            yield page, next(iter(found.values()))
        elif found:
            ambiguous[page.key] = tuple(found)


def fields(model: Model, names: Names, other: Model, loose: Iterable[str]) -> dict[str, str]:
    """Documented names by those of the other side: by the name in the JSON, by the documented one, by the attribute in
    Python where the other side knows no more (`loose`), then without regard to case and punctuation."""
    known = set(loose)
    tries: list[Callable[[Field], str]] = [
        lambda field: names.wires[model.key, field.name],
        lambda field: field.name,
        lambda field: names.attributes[model.key, field.name],
    ]
    found: dict[str, str] = {}
    for at, name_of in enumerate(tries):
        taken = set(found.values())
        by_name = {name_of(field): field.name for field in model.fields if field.name not in taken}
        left = [one.name for one in other.fields if one.name not in found and (at < 2 or one.name in known)]
        found |= {name: by_name[name] for name in left if name in by_name}
    ours: dict[str, list[str]] = defaultdict(list)
    theirs: dict[str, list[str]] = defaultdict(list)
    taken = set(found.values())
    for field in model.fields:
        if field.name not in taken:
            ours[plain(field.name)].append(field.name)
    for field in other.fields:
        if field.name not in found:
            theirs[plain(field.name)].append(field.name)
    single = (name for name, some in ours.items() if len(some) == len(theirs.get(name, ())) == 1)
    return found | {theirs[name][0]: ours[name][0] for name in single}


def plain(name: str) -> str:
    """A name without regard to case and punctuation."""
    return "".join(filter(str.isalnum, name.casefold()))
