"""Text of a default or an example + the type of its field -> the JSON value that it stands for, or why it is none."""

from __future__ import annotations

import json
import math
import operator
import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple, TypeGuard

from fieldsmith.leaves import Leaves, aliases_opened, leaves
from fieldsmith.limits import LIMITS
from fieldsmith.schema import (
    Const,
    Constraints,
    Definition,
    Enum,
    Field,
    JsonScalar,
    JsonValue,
    ListOf,
    MapOf,
    Ref,
    Scalar,
    ScalarKind,
    Schema,
    TypeExpr,
)

NULL = Scalar("null")
ANY = Scalar("any")
# What a cell holds that has nothing to say; `undefined` is how a generator writes that there is no default.
_NOTHING = frozenset(("", "-", "--", "\u2013", "\u2014", "n/a", "N/A", "undefined"))
# Words, arrows, quotes and bare keys of other languages; what stands in double quotes is JSON and stays as it is. A
# quote that nothing closes reaches to the end, so that none is looked for twice.
_FOREIGN = re.compile(
    r""""(?:[^"\\]|\\.?)*(?:"|\Z)|'(?P<quoted>(?:[^'\\]|\\.?)*)(?P<end>'|\Z)|(?P<arrow>=>)|\b(?P<word>True|False|None|nil)\b"""
    r"""|(?<=[{,])(?P<gap>\s*)(?P<key>[A-Za-z_]\w*)(?=\s*:)""",
    re.DOTALL,
)
_BEYOND: Mapping[str, Callable[[Any, Any], bool]] = {
    "minLength": operator.lt,
    "maxLength": operator.gt,
    "minItems": operator.lt,
    "maxItems": operator.gt,
    "minimum": operator.lt,
    "maximum": operator.gt,
    "exclusiveMinimum": operator.le,
    "exclusiveMaximum": operator.ge,
}
_BRACKETS = re.compile(r"[\[\]{}]")
_WORDS = {"True": "true", "False": "false", "None": "null", "nil": "null"}
_IN_QUOTES = re.compile(r'\\.|"', re.DOTALL)
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?"
_OFFSET = r"(?:[Zz]|[+-][0-9]{2}:[0-9]{2})?"
_DAY = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
# Texts by their look; the last word on them is the emitted decoder's.
_LOOKS: Mapping[ScalarKind, re.Pattern[str]] = {
    "string": re.compile("", re.DOTALL),
    "bytes": re.compile(r"[A-Za-z0-9+/]*={0,2}\Z"),
    "date": re.compile(rf"{_DAY}\Z"),
    "datetime": re.compile(rf"{_DAY}[Tt ]{_CLOCK}{_OFFSET}\Z"),
    "time": re.compile(rf"{_CLOCK}{_OFFSET}\Z"),
    "duration": re.compile(r"[+-]?P(?=[0-9T])[0-9DWTHMS.]+\Z"),
    "decimal": re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\Z"),
    "uuid": re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\Z"),
}


class Types(NamedTuple):
    """What types stand for: the definitions by key, and what each alias comes to."""

    definitions: Mapping[str, Definition]
    aliases: Leaves


class Value(NamedTuple):
    json: JsonValue


class Misfit(NamedTuple):
    """`reason` goes on where "default 'x'" or "example 'x'" stands."""

    reason: str


def types_in(schema: Schema) -> Types:
    definitions = {one.key: one for one in schema.definitions}
    return Types(definitions, aliases_opened(definitions))


def default_of(field: Field, types: Types) -> Value | Misfit | None:
    """The default of a field as a JSON value, or why it is none; None where there is no default."""
    return None if field.default is None else value_within(field.default, field.type, field.constraints, types)


def value_within(text: str, type_: TypeExpr, bounds: Constraints, types: Types) -> Value | Misfit | None:
    """What `value_of` says; a misfit, too, where the value is beyond bounds.

    Patterns are not tried: a page may have one that takes for ever.
    """
    found = value_of(text, type_, types)
    broken = _broken(found.json, bounds) if isinstance(found, Value) else ""
    return Misfit(f"does not keep to {broken}") if broken else found


def _broken(value: JsonValue, bounds: Constraints) -> str:
    """The bound that a value does not keep to, as JSON Schema has it; "" where it keeps to all."""
    match value:
        case bool() | None | dict():
            return ""
        case str() | list():
            ending, size = "Length" if isinstance(value, str) else "Items", float(len(value))
        case _:
            ending, size = "imum", value
    for word, bound in bounds.said().items():
        if word.endswith(ending) and word in _BEYOND and _BEYOND[word](size, bound):
            return f"`{word}: {bound}`"
        if word == "multipleOf" and ending == "imum" and Fraction(str(size)) % Fraction(str(bound)):
            return f"`{word}: {bound}`"
    return ""


def value_of(text: str, type_: TypeExpr, types: Types) -> Value | Misfit | None:
    """The JSON value that a text stands for under a type.

    A literal of JSON, Python, TypeScript or Ruby is its value; where the type takes texts, anything else is a text,
    bare. Values of enums may be said by their constants, alone (`OPEN`) or qualified (`State.OPEN`, `State_OPEN`).
    None where the text says that there is none: a dash, or null where the type does not take it.
    """
    text = text.strip()
    if text in _NOTHING:
        return None
    options = leaves([type_], types.aliases)
    bare = _peeled(text)
    said = literal(bare)
    if said == Value(None):
        return said if any(fits(None, option, types) for option in options) else None
    exact = said is not None and not (isinstance(said.json, float) and Scalar("decimal") in options)
    if said is not None and exact and any(fits(said.json, option, types) for option in options):
        return said
    if any(fits(bare, option, types) for option in options):
        return Value(bare)
    named = [value for option in options for value in _by_constant(bare, option, types)]
    if named:
        return Value(named[0])
    return Misfit(_inside(said.json, type_, types) if said is not None else f"is no {_called(options, types)}")


def _inside(value: JsonValue, type_: TypeExpr, types: Types, at: str = "") -> str:
    """Why a value is none of a type: what in it is none of its own type, and where."""
    options = leaves([type_], types.aliases)
    match value, options[0] if len(options) == 1 else None:
        case list(), ListOf(item):
            index = next(index for index, each in enumerate(value) if not fits(each, item, types))
            return _inside(value[index], item, types, f"{at}[{index}]")
        case dict(), MapOf(value=inner):
            key = next(key for key, each in value.items() if not fits(each, inner, types))
            return _inside(value[key], inner, types, f"{at}.{key}")
    called = f"no {_called(options, types)}"
    return f"has {json.dumps(value, ensure_ascii=False)[:40]} at {at}, which is {called}" if at else f"is {called}"


def literal(text: str) -> Value | None:
    """The value of a literal as JSON, Python, TypeScript or Ruby spell it; None for any other text.

    What is nested more deeply than types are is left a text.
    """
    if _depth(text) > LIMITS.nesting:
        return None
    try:
        return Value(json.loads(_FOREIGN.sub(_as_json, text), parse_constant=_refuse, parse_float=_finite))
    except (ValueError, RecursionError):
        return None


def _depth(text: str) -> int:
    """How deeply brackets are nested in a text, at most; those in strings count, too."""
    depth = most = 0
    for bracket in _BRACKETS.findall(text):
        depth += 1 if bracket in "[{" else -1
        most = max(most, depth)
    return most


def _refuse(word: str) -> JsonValue:
    raise ValueError(word)


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(text)
    return number


def _as_json(match: re.Match[str]) -> str:
    if match["end"]:
        return f'"{_IN_QUOTES.sub(lambda inner: _REQUOTED.get(inner[0], inner[0]), match["quoted"])}"'
    if match["arrow"]:
        return ":"
    if match["key"]:
        return f'{match["gap"]}"{match["key"]}"'
    return _WORDS[match["word"]] if match["word"] else match[0]


_REQUOTED = {'"': '\\"', "\\'": "'"}


def _peeled(text: str) -> str:
    """A text without the code span around it."""
    if len(text) > 2 and text[0] == text[-1] == "`" and "`" not in text[1:-1]:
        return text[1:-1].strip() or text
    return text


def fits(value: JsonValue, type_: TypeExpr, types: Types) -> bool:
    """Whether a JSON value is one of a type. Fields of models are not looked into."""
    match type_:
        case Scalar(kind):
            return _is_scalar(value, kind)
        case Const(constant):
            return _same(value, constant)
        case ListOf(item):
            return isinstance(value, list) and all(fits(each, item, types) for each in value)
        case MapOf(value=inner):
            return isinstance(value, dict) and all(fits(each, inner, types) for each in value.values())
        case Ref(key) if key is None or key not in types.definitions:
            return True
        case Ref(key=str(key)) if key not in types.aliases:
            definition = types.definitions[key]
            if not isinstance(definition, Enum):
                return isinstance(value, dict)
            known = [each.value for each in definition.values]
            return any(_same(value, each) for each in known) or (definition.open and _is_alike(value, known))
        case _:
            return any(fits(value, option, types) for option in leaves([type_], types.aliases))


def _is_scalar(value: JsonValue, kind: ScalarKind) -> bool:
    match kind:
        case "any":
            return True
        case "null":
            return value is None
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return _is_number(value) and value == value // 1
        case "number":
            return _is_number(value)
        case "decimal" if _is_number(value):
            return True
        case _:
            return isinstance(value, str) and _LOOKS[kind].match(value) is not None and _is_day(value, kind)


def _is_day(text: str, kind: ScalarKind) -> bool:
    """Whether the calendar has the day that a text begins with, if its type has one."""
    try:
        return kind not in ("date", "datetime") or bool(date.fromisoformat(text[:10]))
    except ValueError:
        return False


def _is_number(value: JsonValue) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _same(value: JsonValue, constant: JsonScalar) -> bool:
    """Whether both are one value of JSON, in which 1 and 1.0 are the same and true is another."""
    return isinstance(value, bool) == isinstance(constant, bool) and value == constant


def _is_alike(value: JsonValue, known: list[JsonScalar]) -> bool:
    return any(type(value) is type(each) for each in known)


def _by_constant(text: str, option: TypeExpr, types: Types) -> list[JsonScalar]:
    """The value of an enum whose constant the text names."""
    enum = types.definitions.get(option.key) if isinstance(option, Ref) and option.key is not None else None
    if not isinstance(enum, Enum):
        return []
    names = [text]
    for joint in (".", "::", "_"):
        before = f"{enum.name}{joint}".lower()
        if text.lower().startswith(before):
            names.append(text[len(before) :])
    return [each.value for each in enum.values if each.name in names]


def _called(options: tuple[TypeExpr, ...], types: Types) -> str:
    """What a value of a type is called."""
    return " or ".join(dict.fromkeys(_word(option) for option in options)) or "value of its type"


def _word(option: Any) -> str:
    match option:
        case Scalar(kind):
            return str(kind)
        case Const(value):
            return json.dumps(value)
        case ListOf():
            return "list"
        case MapOf():
            return "map"
        case Ref(name=name):
            return str(name)
        case _:
            return "value of its type"
