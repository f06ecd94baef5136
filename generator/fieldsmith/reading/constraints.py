"""What is said of a field's values, by rule, and their type -> the constraints of the field, or findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Any, Literal, NamedTuple

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.leaves import leaves
from fieldsmith.reading.bounds import Bound, Unit, Word
from fieldsmith.reading.names import shorten
from fieldsmith.schema import (
    UNCONSTRAINED,
    Const,
    Constraints,
    Enum,
    JsonScalar,
    ListOf,
    Ref,
    Scalar,
    TypeExpr,
)
from fieldsmith.values import Types

Measure = Literal["text", "number", "list", "any", "none"]
_NUMBERS = ("integer", "number", "decimal")
_UNMEASURED = ("boolean", "null")
_MEASURES: dict[Word, Measure] = {
    "min_length": "text", "max_length": "text", "pattern": "text", "minimum": "number", "maximum": "number",
    "exclusive_minimum": "number", "exclusive_maximum": "number", "multiple_of": "number", "min_items": "list",
    "max_items": "list", "unique_items": "list",
}  # fmt: skip
_LENGTHS: dict[Word, Word] = {"minimum": "min_length", "exclusive_minimum": "min_length", "maximum": "max_length",
    "exclusive_maximum": "max_length"}  # fmt: skip
_COUNTS: dict[Word, Word] = {"minimum": "min_items", "exclusive_minimum": "min_items", "maximum": "max_items",
    "exclusive_maximum": "max_items"}  # fmt: skip
_STEPS = {"exclusive_minimum": 1, "exclusive_maximum": -1}
_UNITS: dict[Measure, Unit] = {"text": "characters", "list": "items", "number": "exact"}
_PAIRS: tuple[tuple[Word, Word], ...] = (
    ("min_length", "max_length"),
    ("min_items", "max_items"),
    ("minimum", "maximum"),
    ("exclusive_minimum", "exclusive_maximum"),
)


class Said(NamedTuple):
    """A bound with its place. `prose`: a phrase says it, which may speak of something else than the field's value.

    `described`: it stands in the description, and so does it in written docs.
    """

    bound: Bound
    span: Span
    prose: bool = False
    described: bool = False


def constrain(name: str, type_: TypeExpr, said: Iterable[Said], types: Types, diagnostics: Diagnostics) -> Constraints:
    """The constraints of the field `name`; of what is said twice, the first counts.

    Phrases that do not fit the type are passed over, as are those that contradict each other. Anything else that does
    not fit, or contradicts what was said before, is a finding. Of bounds that leave no value neither is kept, and the
    description alone is asked for them, as it will be when written docs are read.
    """
    said = list(said)
    measures = frozenset(_measures(type_, types))
    found: dict[Word, tuple[Bound, Said]] = {}
    unsure: set[Word] = set()
    for one in said:
        bound = _fitted(one, measures)
        if bound is None:
            if not one.prose:
                message = f"constraint {_shown(one.bound)} of {shorten(name)} does not fit its type"
                diagnostics.add("FS116", one.span, message)
            continue
        first = found.setdefault(bound.word, (bound, one))
        if first[0].value != bound.value:
            if first[1].prose and one.prose:
                unsure.add(bound.word)
            else:
                message = f"{shorten(name)} has {_shown(first[0])} and {_shown(bound)}; the former is taken"
                diagnostics.add("FS117", one.span, message)
    for low, high in _PAIRS:
        if low in found and high in found and _is_empty(found[low][0], found[high][0]):
            message = f"no value of {shorten(name)} keeps to {_shown(found[low][0])} and {_shown(found[high][0])}"
            diagnostics.add("FS116", found[high][1].span, message, "correct one of the two; neither is kept")
            unsure |= {low, high}
            rest = [one for one in said if one.described or _word(one, measures) not in (low, high)]
            if len(rest) < len(said):
                return constrain(name, type_, rest, types, Diagnostics())
    kept: dict[str, Any] = {word: bound.value for word, (bound, _) in found.items() if word not in unsure}
    return UNCONSTRAINED._replace(**kept)


def _word(said: Said, measures: Set[Measure]) -> Word | None:
    bound = _fitted(said, measures)
    return bound.word if bound else None


def _is_empty(low: Bound, high: Bound) -> bool:
    return isinstance(low.value, int | float) and isinstance(high.value, int | float) and low.value > high.value


def _shown(bound: Bound) -> str:
    first, *others = bound.word.split("_")
    return shorten(f"{first}{''.join(map(str.capitalize, others))}: {bound.value}")


def _fitted(said: Said, measures: Set[Measure]) -> Bound | None:
    """The bound in words of JSON Schema, by what the type measures; None where it does not fit the type."""
    word, value, unit = said.bound
    if unit == "":
        known = measures - {"any", "none"}
        measure = next(iter(known)) if len(known) == 1 else "none"
        if measure == "none" or (measure == "text" and said.prose):  # a phrase may speak of the number that it spells
            return None
        unit = _UNITS[measure]
    if unit in ("characters", "items"):
        renamed = (_LENGTHS if unit == "characters" else _COUNTS).get(word)
        if renamed is None or not isinstance(value, int):
            return None
        word, value = renamed, value + _STEPS.get(word, 0)
    if not measures & {_MEASURES[word], "any"} or not _is_sound(word, value):
        return None
    return Bound(word, value, "exact")


def _is_sound(word: Word, value: JsonScalar) -> bool:
    """Whether JSON Schema knows such a value of the word."""
    match word:
        case "pattern":
            return isinstance(value, str)
        case "unique_items":
            return isinstance(value, bool)
        case "min_length" | "max_length" | "min_items" | "max_items":
            return isinstance(value, int) and not isinstance(value, bool) and value >= 0
        case "multiple_of":
            return isinstance(value, int | float) and value > 0
        case _:
            return isinstance(value, int | float)


def _measures(type_: TypeExpr, types: Types) -> Iterator[Measure]:
    """What values of a type have that can be bounded."""
    for option in leaves([type_], types.aliases):
        match option:
            case Scalar("any") | Ref(key=None):
                yield "any"
            case Scalar(kind) if kind in _NUMBERS:
                yield "number"
            case Scalar(kind):
                yield "none" if kind in _UNMEASURED else "text"
            case ListOf():
                yield "list"
            case Const(value):
                yield _measure(value)
            case Ref(key=str(key)):
                definition = types.definitions.get(key)
                known = [each.value for each in definition.values] if isinstance(definition, Enum) else [None]
                yield from map(_measure, known)
            case _:
                yield "none"


def _measure(value: JsonScalar) -> Measure:
    """What a constant has that can be bounded."""
    if isinstance(value, str):
        return "text"
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else "none"
