"""Text of an enum's values -> JSON values, and the findings where the page leaves their type open."""

from __future__ import annotations

import json
import re

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading.names import shorten
from fieldsmith.reading.records import DefinitionRecord, ValueRecord
from fieldsmith.schema import EnumValue, JsonScalar

# Integers as JSON would write them, and none so long that a double could not hold it.
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
# What is said to be a number may be as long as 64 bits are.
_LONG_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,18}")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")
# A bit of a set of flags, counted from 0, none beyond 64 bits; text outside of code spans has to escape `<` in MDX.
_SHIFT = re.compile(r"([0-9]{1,15}) *(?:\\?<){2} *([0-9]|[1-5][0-9]|6[0-2])")
_INNER_QUOTE = re.compile(r'\\.|"', re.DOTALL)
_WORDS: dict[str, JsonScalar] = {
    "true": True, "True": True, "false": False, "False": False, "null": None, "None": None,
}  # fmt: skip


def read_values(record: DefinitionRecord, diagnostics: Diagnostics) -> tuple[EnumValue, ...]:
    """The values of an enum. Quoted pages say the type of each value; else all are text, or all integers."""
    bare = [value.value.text for value in record.values if not value.literal]
    integers = bool(bare) and all(_INTEGER.fullmatch(text) for text in bare)
    if integers or (bare and all(text in ("true", "false") for text in bare)):
        kinds = "integers or strings" if integers else "strings or truth values"
        diagnostics.add(
            "FS110",
            record.span,
            f"the values of {shorten(record.title)} may be {kinds}; they are read as {kinds.split()[0]}",
        )
    return tuple(_value(value, integers, diagnostics) for value in record.values)


def _value(record: ValueRecord, integers: bool, diagnostics: Diagnostics) -> EnumValue:
    text = record.value.text
    value: JsonScalar = text
    if record.literal:
        try:
            value = read_literal(text)
        except ValueError:
            message = f"enum value {shorten(text)} is no literal"
            diagnostics.add("FS102", record.value.span, message, "write a JSON string, number, true, false or null")
    elif integers:
        value = int(text)
    return EnumValue(record.name, value, record.doc, record.value.span)


def is_integer(text: str) -> bool:
    """Whether a text is an integer, or an integer shifted by bits: `1 << 3`."""
    return bool(_INTEGER.fullmatch(text) or _SHIFT.fullmatch(text))


def read_literal(text: str) -> JsonScalar:
    """The value of a literal as JSON, Python or TypeScript write it, or of `1 << 3`. Raises ValueError for all else."""
    if text in _WORDS:
        return _WORDS[text]
    if shift := _SHIFT.fullmatch(text):
        return int(shift[1]) << int(shift[2])
    if text[:1] == '"':
        value: object = json.loads(text, strict=False)
    elif len(text) > 1 and text[0] == text[-1] == "'":
        value = json.loads(f'"{_INNER_QUOTE.sub(_requoted, text[1:-1])}"', strict=False)
    elif _LONG_INTEGER.fullmatch(text):
        return int(text)
    elif _NUMBER.fullmatch(text):
        return float(text)
    else:
        raise ValueError(text)
    if not isinstance(value, str):
        raise ValueError(text)
    return value


def _requoted(match: re.Match[str]) -> str:
    return {'"': '\\"', "\\'": "'"}.get(match[0], match[0])
