"""Cells of a row + the marks of a layout -> the cells without their marks, and what these say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from fieldsmith.reading.layout import Mark, MarkName, Role

Said = set[MarkName]
Marks = Mapping[MarkName, Mark]
_WRAPS = ("**", "`", "*", "_")
_AROUND = r"[*_`(\[ ]*"
_DEEPEST = 3
_NO = ("", "no", "false", "-")
_OWN: Mapping[Role, tuple[MarkName, ...]] = {
    "required": ("required", "optional", "repeated"),
    "notes": ("required", "optional"),
    "nullable": ("nullable",),
    "deprecated": ("deprecated",),
}
_UNCONDITIONAL = r"\b(?![*_`]* (?:if|when|unless|only|except|for)\b)"
_BEHIND = r"[*_`)\]]* ?[.:,;\-]?[*_)]*[ ]*"


def peel_name(text: str, marks: Marks, said: Said) -> tuple[str, int]:
    """A name without marks at its ends, and how many characters were cut before it."""
    opening = [(mark, end, True) for mark, one in marks.items() for end in one.name_prefixes]
    closing = [(mark, end, False) for mark, one in marks.items() for end in one.name_suffixes]
    return _peel(text, [*opening, *closing], said, _DEEPEST)


def peel_type(text: str, marks: Marks, said: Said) -> tuple[str, int]:
    """A type without marks at its ends, and how many characters were cut before it."""
    opening = [(mark, end, True) for mark, one in marks.items() for end in one.type_prefixes]
    closing = [(mark, end, False) for mark, one in marks.items() for end in one.type_suffixes]
    return _peel(text, [*opening, *closing], said, _DEEPEST)


def _peel(text: str, ends: Sequence[tuple[MarkName, str, bool]], said: Said, deepest: int) -> tuple[str, int]:
    """Marks may stand outside or inside of emphasis and code spans, in any order, but each but once in a place."""
    cut = 0
    left = list(ends)
    while found := next((one for one in left if _ends(text, one[1], one[2])), None):
        mark, end, opens = found
        left.remove(found)
        said.add(mark)
        rest = text[len(end) :] if opens else text[: -len(end)]
        cut += len(text) - len(rest.lstrip(" ")) if opens else 0
        text = rest.strip(" ")
    for wrap in _WRAPS if deepest and ends else ():
        if len(text) > 2 * len(wrap) and text.startswith(wrap) and text.endswith(wrap):
            inner, moved = _peel(text[len(wrap) : -len(wrap)], ends, said, deepest - 1)
            return f"{wrap}{inner}{wrap}", cut + moved
    return text, cut


def _ends(text: str, end: str, opens: bool) -> bool:
    part = text[: len(end)] if opens else text[-len(end) :]
    return len(text) > len(end) and part.lower() == end.lower()


def peel_text(text: str, marks: Marks, said: Said) -> str:
    """A description without the phrases that open it; what a bracket says beside one is kept, bracket and all.

    A phrase that goes on with a condition, as in `Required if`, says nothing for all cases, and is text.
    """
    for mark, one in marks.items():
        for phrase in one.phrases:
            edge = _UNCONDITIONAL if phrase[-1:].isalnum() else ""
            found = re.match(f"({_AROUND}){re.escape(phrase)}{edge}({_BEHIND})", text, re.IGNORECASE)
            if found is not None:
                said.add(mark)
                goes_on = any(opens in found[1] and closes not in found[2] for opens, closes in ("()", "[]"))
                text = text if goes_on else text[found.end() :].lstrip("\n")
    return text


def say_words(words: Iterable[str], role: Role, marks: Marks, said: Said) -> list[str]:
    """Notes what words of a column of marks say; the words that say nothing are given back.

    The same word may mean one thing below `Required` and another below `Nullable`: a column's own marks go first.
    """
    odd: list[str] = []
    for word in map(str.lower, words):
        hits = [mark for mark, one in marks.items() if word in map(str.lower, one.words)]
        own = [mark for mark in hits if mark in _OWN[role]]
        said.update(own or (hits if word not in _NO else ()))
        if not hits and (word not in _NO or role == "required"):
            odd.append(word)
    return odd


def words_of(role: Role, marks: Marks) -> list[str]:
    """The words that may stand in a column of marks, without the empty cell that some have for one."""
    words = (word for mark in _OWN[role] if mark in marks for word in marks[mark].words)
    return list(dict.fromkeys(filter(None, words)))


def presence(said: Said, marks: Marks, has_column: bool, odd: Callable[[], object]) -> bool | None:
    """Whether a field is required: what is said, else the opposite of what could have been; None where nothing could.

    `odd` is called where both could have been said and neither was.
    """
    if "required" in said or "optional" in said:
        return "required" in said
    required = marks.get("required", Mark()).counts(has_column)
    optional = marks.get("optional", Mark()).counts(has_column)
    if required and optional:
        odd()
        return False
    return optional if required or optional else None
