"""Types -> what they come to once unions, nullables and aliases are opened; aliases are opened once for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
    """The leaves of each alias, by key. One that stands for itself adds nothing to itself.

    An alias is opened after those that it stands for, by a stack, as chains may be long.
    """
    types = {key: one.type for key, one in definitions.items() if isinstance(one, Alias)}
    done: dict[str, tuple[TypeExpr, ...]] = dict.fromkeys(types, ())
    begun: set[str] = set()
    for first in types:
        waiting = [first]
        while waiting:
            key = waiting[-1]
            others = [] if key in begun else [other for other in _opened(types[key]) if other in types]
            begun.add(key)
            waiting += (other for other in others if other not in begun)
            if waiting[-1] == key:
                done[waiting.pop()] = leaves([types[key]], done)
    return done


def _opened(type_: TypeExpr) -> Iterable[str]:
    """Keys of the definitions that a type stands for directly."""
    match type_:
        case OneOf(options):
            for option in options:
                yield from _opened(option)
        case Nullable(inner):
            yield from _opened(inner)
        case Ref(key=str(key)):
            yield key
