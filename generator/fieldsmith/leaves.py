"""Types -> what they come to once unions, nullables and aliases are opened; aliases are opened once for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fieldsmith.schema import Alias, Definition, Nullable, OneOf, Ref, Scalar, TypeExpr

Leaves = Mapping[str, tuple[TypeExpr, ...]]


def leaves(options: Iterable[TypeExpr], aliases: Leaves) -> tuple[TypeExpr, ...]:
    """The types that are no union, nullable or alias and that values of the options have; each once, in order."""
    found: dict[TypeExpr, None] = {}
    for option in options:
        match option:
            case OneOf(options=inner):
                found.update(dict.fromkeys(leaves(inner, aliases)))
            case Nullable(inner=one):
                found.update(dict.fromkeys([*leaves([one], aliases), Scalar("null")]))
            case Ref(key=str(key)) if key in aliases:
                found.update(dict.fromkeys(aliases[key]))
            case _:
                found[option] = None
    return tuple(found)


def aliases_opened(definitions: Mapping[str, Definition]) -> Leaves:
    """The leaves of each alias, by key. One that stands for itself adds nothing to itself."""
    done: dict[str, tuple[TypeExpr, ...]] = {key: () for key, one in definitions.items() if isinstance(one, Alias)}
    for alias in inner_first(definitions):
        done[alias.key] = leaves([alias.type], done)
    return done


def inner_first(definitions: Mapping[str, Definition]) -> Iterator[Alias]:
    """Each alias once, after those that it stands for; by a stack, as chains may be long."""
    types = {key: one for key, one in definitions.items() if isinstance(one, Alias)}
    begun: set[str] = set()
    done: set[str] = set()
    for first in types:
        waiting = [first]
        while waiting:
            key = waiting[-1]
            inner = [] if key in begun else [other for other in direct(types[key].type) if other in types]
            begun.add(key)
            waiting += (other for other in inner if other not in begun)
            if waiting[-1] == key:
                waiting.pop()
                if key not in done:
                    done.add(key)
                    yield types[key]


def direct(type_: TypeExpr) -> Iterator[str]:
    """Keys of the definitions whose values are values of a type themselves."""
    match type_:
        case OneOf(options):
            for option in options:
                yield from direct(option)
        case Nullable(inner):
            yield from direct(inner)
        case Ref(key=str(key)):
            yield key
