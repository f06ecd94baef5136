"""Text on pages -> Python identifiers: stated rules, no memory; None where the rules give none.

Identifiers are ASCII (`[A-Za-z][A-Za-z0-9_]*`): Python folds others under NFKC, so that two different names could
become one. Latin accents are folded, punctuation parts words, anything else asks for a name in the settings.
"""

from __future__ import annotations

import functools
import keyword
import re
import unicodedata
from collections import Counter
from collections.abc import Set

from fieldsmith.schema import Enum
from fieldsmith.writing.plans import WireStyle
from fieldsmith.writing.reserved import ATTRIBUTE_NAMES, CLASS_NAMES, IMPORTED_NAMES, MEMBER_NAMES, MODULE_NAMES

_WORD_START = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[a-z][0-9])(?=[A-Z])|(?<=[a-z][0-9][0-9])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])"
)
_PLURAL_ACRONYM = re.compile(r"(?<![A-Z])([A-Z]{2,})s(?![a-z])")
_PUNCTUATION = re.compile(r"[^A-Za-z0-9]+")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_BETWEEN = re.compile(r"[. -]+|(?<=\w)/(?=\w)")  # a slash parts words; anywhere else it makes a path
_CHOSEN = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@functools.cache
def snake_case(name: str) -> str:
    """`assistantId`, `HTTPMeta`, `x-foo` -> `assistant_id`, `http_meta`, `x_foo`; ASCII in, underscores inside only."""
    if name.islower() and name.isidentifier():
        return name.strip("_")
    name = _PLURAL_ACRONYM.sub(lambda found: found[1].capitalize() + "s", name)
    return _PUNCTUATION.sub("_", _WORD_START.sub("_", name)).strip("_").lower()


def camel_case(name: str) -> str:
    """`assistant_id` -> `assistantId`."""
    first, *rest = snake_case(name).split("_")
    return first + "".join(word.capitalize() for word in rest)


def ascii_text(name: str) -> str | None:
    """The name with Latin accents folded; None where characters remain that no ASCII letter stands for."""
    if name.isascii():
        return name
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return plain if plain.isascii() else None


def _legal(word: str, reserved: Set[str]) -> str | None:
    """The one gate for names made here: an identifier in ASCII, with an underscore where the code needs the word."""
    if not _CHOSEN.fullmatch(word):
        return None
    return word + "_" if word in reserved else word


def attribute(name: str) -> str | None:
    text = ascii_text(name)
    if text is None:
        return None
    if text[:1] in "+-" and text[1:2].isdigit():
        text = ("plus_" if text[0] == "+" else "minus_") + text[1:]
    word = snake_case(text) or _spelled(text).lower()
    word = "field_" + word if word[:1].isdigit() else word
    return _legal(word, {word} if name in IMPORTED_NAMES else ATTRIBUTE_NAMES)


def class_name(title: str) -> str | None:
    text = ascii_text(title)
    if text is None:
        return None
    parts = [part for part in _BETWEEN.split(text) if part.strip("_")]
    name = "".join(part[0].upper() + part[1:] for part in (part.strip("_") for part in parts))
    return _legal(name, CLASS_NAMES)


def _spelled(text: str) -> str:
    """ASCII with each punctuation mark by its Unicode name: `a|b` -> `A_VERTICAL_LINE_B`; "" if it does not print."""
    if not text.isprintable():
        return ""
    marks = (c if c.isalnum() else f"_{unicodedata.name(c).replace(' ', '_').replace('-', '_')}_" for c in text)
    return re.sub("__+", "_", "".join(marks)).strip("_").upper()


def unnamed_members(enum: Enum) -> dict[int, str]:
    """Members for the values that have no documented name and would share one: their punctuation is spelled out."""
    texts = {n: ascii_text(str(v.value)) or "" for n, v in enumerate(enum.values) if v.name is None}
    plain = {n: member(None, enum.values[n].value) for n in texts}
    count = Counter(plain.values())
    return {n: name for n, text in texts.items() if count[plain[n]] > 1 and (name := _spelled(text))}


def member(name: str | None, value: object) -> str | None:
    text = ascii_text(str(value) if name is None else name)
    if text is None:
        return None
    word = snake_case(text).upper()
    if word and text[0] in "+-":
        word = ("PLUS_" if text[0] == "+" else "MINUS_") + word
    word = word or _spelled(text) or ("" if text else "EMPTY")
    return _legal("VALUE_" + word if word[:1].isdigit() else word, MEMBER_NAMES)


def module(class_name: str) -> str | None:
    """The module of a class that has its name already."""
    return _legal(snake_case(class_name), MODULE_NAMES)


def folder(name: str) -> str | None:
    text = ascii_text(name)
    word = snake_case(text) if text is not None else ""
    return _legal("n" + word if word[:1].isdigit() else word, MODULE_NAMES)


def is_usable(name: str, reserved: Set[str]) -> bool:
    """Whether a name that somebody chose may stand in the emitted code."""
    return bool(_CHOSEN.fullmatch(name)) and not keyword.iskeyword(name) and name not in reserved


def wire_name(documented: str, style: WireStyle) -> str:
    """The JSON name of a field: the documented one, or what the style makes of it where it is an identifier."""
    if style == "as-documented" or not _IDENTIFIER.fullmatch(documented):
        return documented
    return snake_case(documented) if style == "snake_case" else camel_case(documented)


def common_prefix(enum: Enum) -> str:
    """The type's name where every constant begins with it, as Go's do: nothing is lost when it goes."""
    names = [value.name for value in enum.values if value.name is not None]
    title = enum.name
    whole = len(names) == len(enum.values) and all(
        name.startswith(title) and name[len(title) : len(title) + 1].isupper() for name in names
    )
    return title if whole else ""
