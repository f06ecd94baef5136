"""Text of a cell or a description -> the bounds that it states; exact forms alone, what else it says is passed over."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from fieldsmith.reading.cells import code_span

Unit = Literal["", "characters", "items", "exact"]
Role = Literal["minimum", "maximum", "min_length", "max_length", "value_pattern", "constraints"]  # of a column
Word = Literal[
    "min_length", "max_length", "pattern", "minimum", "maximum", "exclusive_minimum", "exclusive_maximum",
    "multiple_of", "min_items", "max_items", "unique_items",
]  # fmt: skip


class Bound(NamedTuple):
    """One thing that is said of values.

    `unit` "exact": by a word of JSON Schema, which means itself. "characters" and "items": of a length. "": of whatever
    the type can measure, as `minimum` and `maximum`.
    """

    word: Word
    value: int | float | str | bool
    unit: Unit = ""


def _bare(pattern: str) -> str:
    """A pattern without its groups."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


# Words of JSON Schema, by themselves without their case and without what joins their parts.
_WORDS: dict[str, Word] = {
    "minlength": "min_length", "maxlength": "max_length", "pattern": "pattern", "minimum": "minimum",
    "maximum": "maximum", "exclusiveminimum": "exclusive_minimum", "exclusivemaximum": "exclusive_maximum",
    "multipleof": "multiple_of", "minitems": "min_items", "maxitems": "max_items", "uniqueitems": "unique_items",
}  # fmt: skip
_SHORT: dict[str, Word] = {"min": "minimum", "max": "maximum", **_WORDS}
_NUMBER = r"`?(?:-?[0-9]{1,3}(?:,[0-9]{3})+|-?[0-9]{1,15}(?:\.[0-9]{1,15})?)(?![0-9A-Za-z_%/:]|[.,][0-9])`?"
_CHARACTERS, _ITEMS = r"char(?:acter)?s?\b", r"(?:items?|elements?|entries)\b"
_UNIT = rf"(?:[ -](?:{_CHARACTERS}|{_ITEMS})(?: long\b| in length\b)?)?"
_RANGE = rf"({_NUMBER})[ ]?(?:and|to|through|-|\u2013|\.\.\.?)[ ]?({_NUMBER}){_UNIT}"
_LENGTH = rf"(min|max)(?:imum)? length(?: of| is|:)? ({_NUMBER}){_UNIT}"
_OF = r"(?:imum)?\.?(?: value)?(?: of| is|:)?"
_SIDES: tuple[tuple[Word, str], ...] = (
    ("minimum", rf"min{_OF}|at least|no less than|(?:greater|more) than or equal to|>=|\u2265"),
    ("maximum", rf"max{_OF}|at most|no more than|up to|(?:less|fewer) than or equal to|<=|\u2264"),
    ("exclusive_minimum", r"greater than|more than|>"),
    ("exclusive_maximum", r"less than|fewer than|<"),
)  # fmt: skip
_SIDE = rf"(?:{'|'.join(f'({words})' for _, words in _SIDES)})[ ]?({_NUMBER}){_UNIT}"
_FORMS = tuple(re.compile(form, re.IGNORECASE) for form in (rf"(?:between )?{_RANGE}", _LENGTH, _SIDE))

# A description states a bound where a clause begins with it and ends with it, or where it stands in parentheses.
_OPENS = r"(?:^|(?<=[.;:,(\n])[ ]?)(?:(?:the |a |an |its )?(?:value|length|number|integer|float|limit) )?"
_VERB = r"(?:(?:must|can|may|has to) (?:be |have |contain |range )|is |ranges? |with )"
_BEFORE = r"(?:in the range (?:of |from )?|from |between )"
_CLOSES = r"(?=[*_`]*[ ]?(?:\.(?![0-9A-Za-z])|[;)\n]|, (?:and the )?default|$))"
_CLAUSES = tuple(
    re.compile(rf"{before}(?P<bound>{_bare(bound)}){after}", re.IGNORECASE)
    for before, bound, after in (
        (rf"{_OPENS}{_VERB}?(?:the |a )?", _LENGTH, _CLOSES),
        (rf"{_OPENS}{_VERB}?(?:the |a )?", _SIDE, _CLOSES),
        (rf"{_OPENS}(?:{_VERB}{_BEFORE}?|{_BEFORE})", _RANGE, _CLOSES),
        (r"(?<=[ \n]\()", _RANGE, r"(?=\)|, default)"),
    )
)
# What is matched is a pattern where the text says so, or where it has an anchor: a value may be matched as well.
_PATTERN = r"(?:regular expression|regex|pattern)"
_MATCHES = re.compile(
    rf"(?:must match|matches|matching)(?: the)?(?: {_PATTERN}:? `([^`\n]+)`|:? `(\^[^`\n]*|[^`\n]*\$)`)"
    rf"|(?:^|(?<=[.;(\n])[ ]?)(?:the )?{_PATTERN}(?::| is) `([^`\n]+)`",
    re.IGNORECASE,
)
# A note is a word of JSON Schema with a value behind it, as such words are written: `minLength: 3`.
_NOTE_WORDS = "|".join(
    ("minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
    + ("minItems", "maxItems", "uniqueItems")
)
_VALUE = r"\"(?:[^\"\\\n]|\\.)*\"|`[^`\n]+`|-?[0-9][0-9.eE+-]*(?<![.])|true|false"
_NOTE = re.compile(
    rf"(?:^|(?<=[\[(,;\n`*])|(?<=[\[(,;.\n\"0-9`] ))(?P<word>{_NOTE_WORDS})[`*]*[ ]?[:=][ ]?(?P<value>{_VALUE})"
    r"(?=[\])`*,;. \n]|$)"
)
_PAIR = re.compile(
    rf"(?P<word>[A-Za-z][A-Za-z_ -]{{0,30}}?)[ ]?[:=][ ]?(?P<value>{_VALUE}|(?<=[=:] )[^\n]+|(?<=[=:])[^\s,;][^\n]*)"
)
_SIGNS = ("efault", "imum", "Length", "Items", "attern", "multipleOf", "etween", "ust ")
_DIGIT = re.compile("[0-9]")
_GAP = re.compile(r"[\s,;]*")


def may_state(text: str) -> bool:
    """Whether a look at a description, quick as it is, does not rule out that it states a default or a constraint."""
    return any(sign in text for sign in _SIGNS)


def in_text(text: str) -> Iterator[Bound]:
    """The bounds that a description states by phrases: `must be between 1 and 100`, `(1-100)`, `Max 20 characters.`"""
    if _DIGIT.search(text):
        for clause in _CLAUSES:
            for match in clause.finditer(text):
                found = _stated(match["bound"], 0)[0]
                # A range without a unit is one of numbers: of a list, it may as well be that of the items.
                yield from (each._replace(unit=each.unit or "exact") for each in found) if len(found) > 1 else found
    if "atch" in text or "attern" in text or "eg" in text:
        for match in _MATCHES.finditer(text):
            yield Bound("pattern", next(filter(None, match.groups())), "exact")


def in_notes(text: str) -> Iterator[Bound]:
    """The bounds that a description states by words of JSON Schema: `[minLength: 3]`."""
    if ":" in text or "=" in text:
        for match in _NOTE.finditer(text):
            bound = _of_word(match["word"], match["value"])
            if bound is not None:
                yield bound


def in_cell(text: str) -> list[Bound] | None:
    """The bounds of a cell that holds nothing else; None where something in it is none.

    They are words of JSON Schema with their values, `min` and `max`, or the phrases of descriptions, one behind the
    other with commas, semicolons or line ends between.
    """
    found: list[Bound] = []
    at = 0
    while at < len(text):
        pair = _PAIR.match(text, at)
        bound = _of_word(pair["word"], pair["value"]) if pair else None
        bounds, end = _stated(text, at) if pair is None or bound is None else ([bound], pair.end())
        if not bounds:
            return None
        found += bounds
        gap = _GAP.match(text, end)
        at = gap.end() if gap else end
        if at == end < len(text):
            return None
    return found


def in_column(role: Role, text: str) -> list[Bound] | None:
    """The bounds of a cell in a column that holds such, and nothing but them; None where something in it is none."""
    text = code_span(text) or text
    if text in ("", "-", "\u2013", "n/a", "N/A"):
        return []
    if role == "constraints":
        return in_cell(text)
    if role == "value_pattern":
        return [Bound("pattern", text, "exact")]
    unit: Unit = "exact" if role not in ("minimum", "maximum") else ""
    return [Bound(role, number(text), unit)] if re.fullmatch(_NUMBER, text) else None


def number(text: str) -> int | float:
    """The number that a text is. Raises ValueError for one that no double can hold, and for any other text."""
    text = text.strip("`").replace(",", "")
    if "." not in text and "e" not in text.lower():
        return int(text)
    value = float(text)
    if math.isinf(value):
        raise ValueError(text)
    return value


def _of_word(word: str, text: str) -> Bound | None:
    """A word with its value, if it is one of ours and the value one that it can have."""
    known = _SHORT.get(re.sub("[ _-]", "", word).lower())
    if known is None:
        return None
    unit: Unit = "" if re.fullmatch("(?i)min|max", word) else "exact"
    text = code_span(text) or text
    if known == "pattern":
        pattern = _unquoted(text)
        return None if pattern is None else Bound(known, pattern, unit)
    if known == "unique_items":
        return Bound(known, text == "true", unit) if text in ("true", "false") else None
    try:
        return Bound(known, number(text), unit)
    except ValueError:
        return None


def _unquoted(text: str) -> str | None:
    """A text as it stands, or what is in quotes, as JSON spells it; None where that is no JSON."""
    if text[:1] != '"':
        return text
    try:
        value = json.loads(text, strict=False)
    except ValueError:
        return None
    return value if isinstance(value, str) else None


def _stated(text: str, at: int) -> tuple[list[Bound], int]:
    """The bounds of the phrase that begins there, and where it ends; none where there is no such phrase."""
    for form in _FORMS:
        match = form.match(text, at)
        if match is None:
            continue
        unit: Unit = "characters" if re.search(_CHARACTERS, match[0], re.IGNORECASE) else ""
        unit = unit or ("items" if re.search(_ITEMS, match[0], re.IGNORECASE) else "")
        said = [group for group in match.groups() if group is not None]
        if form is _FORMS[0]:
            low, high = number(said[0]), number(said[1])
            return ([Bound("minimum", low, unit), Bound("maximum", high, unit)] if low < high else []), match.end()
        if form is _FORMS[1]:
            word: Word = "minimum" if said[0].lower() == "min" else "maximum"
            return [Bound(word, number(said[1]), "characters")], match.end()
        word = next(word for at, (word, _) in enumerate(_SIDES, 1) if match[at] is not None)
        return [Bound(word, number(said[1]), unit)], match.end()
    return [], at
