"""Cells of a row + the marks of a layout -> the cells without their marks, and what these say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from fieldsmith.reading.layout import Layout, Mark, MarkName, Role

Said = set[MarkName]
_End = tuple[MarkName, str, bool]  # the text, and whether it stands at the beginning
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
_EMPHASIS = "*_`"
_UNCONDITIONAL = r"(?!\w)(?![*_`]* (?:if|when|unless|only|except|for)\b)"
_BEHIND = r"[*_`)\]]* ?[.:,;\-]?[*_)]*[ ]*"
_NONE = Mark()


class Marking:
    """The marks of a layout, laid out for looking them up."""

    def __init__(self, marks: Mapping[MarkName, Mark]) -> None:
        self.marks = marks
        self.name_ends = _ends(marks, lambda mark: mark.name_prefixes, lambda mark: mark.name_suffixes)
        self.type_ends = _ends(marks, lambda mark: mark.type_prefixes, lambda mark: mark.type_suffixes)
        self.phrases = [(name, phrase) for name, mark in marks.items() for phrase in mark.phrases]
        self.words: dict[str, list[MarkName]] = {}
        for name, mark in marks.items():
            for word in dict.fromkeys(map(str.lower, mark.words)):
                self.words.setdefault(word, []).append(name)
        # What only stands in a column of marks, and so shows that the column is in its place.
        self.presences = frozenset(self.words_of("required"))

    def peel_name(self, text: str, said: Said) -> tuple[str, int]:
        """A name without marks at its ends, and how many characters were cut before it."""
        return _peel(text, self.name_ends, said, _DEEPEST)

    def peel_type(self, text: str, said: Said) -> tuple[str, int]:
        """A type without marks at its ends, and how many characters were cut before it."""
        return _peel(text, self.type_ends, said, _DEEPEST)

    def peel_text(self, text: str, said: Said) -> str:
        """A description without the phrases that open it; what a bracket says beside one is kept, bracket and all.

        A phrase that goes on with a condition, as in `Required if`, says nothing for all cases, and is text.
        """
        for name, phrase in self.phrases:
            edge = _UNCONDITIONAL if phrase.rstrip(_EMPHASIS)[-1:].isalnum() else ""
            found = re.match(f"({_AROUND}){re.escape(phrase)}{edge}({_BEHIND})", text, re.IGNORECASE)
            if found is not None:
                said.add(name)
                goes_on = any(opens in found[1] and closes not in found[2] for opens, closes in ("()", "[]"))
                text = text if goes_on else text[found.end() :].lstrip("\n")
        return text

    def say_words(self, words: Iterable[str], role: Role, said: Said) -> list[str]:
        """Notes what words of a column of marks say; the words that say nothing are given back.

        The same word may mean one thing below `Required` and another below `Nullable`: a column's own marks go first.
        """
        odd: list[str] = []
        for word in words:
            low = word.lower()
            hits = self.words.get(low, [])
            own = [name for name in hits if name in _OWN[role]]
            said.update(own or (hits if low not in _NO else ()))
            if not hits and (low not in _NO or role == "required"):
                odd.append(word)
        return odd

    def words_of(self, role: Role) -> list[str]:
        """The words that may stand in a column of marks, without the empty cell that some have for one."""
        words = (word for name in _OWN[role] if name in self.marks for word in self.marks[name].words)
        return list(dict.fromkeys(filter(None, words)))

    def presence(self, said: Said, has_column: bool, odd: Callable[[], bool | None]) -> bool | None:
        """Whether a field is required: what is said, else the opposite of what could have been; None where nothing
        could. Where both could have been said and neither was, `odd` says.
        """
        if "required" in said or "optional" in said:
            return "required" in said
        required = self.marks.get("required", _NONE).counts(has_column)
        optional = self.marks.get("optional", _NONE).counts(has_column)
        if required and optional:
            return odd()
        return optional if required or optional else None


@lru_cache(maxsize=64)
def marking_of(layout: Layout) -> Marking:
    """The marks of a layout, laid out once."""
    return Marking(layout.marks)


def _ends(
    marks: Mapping[MarkName, Mark],
    opening: Callable[[Mark], Iterable[str]],
    closing: Callable[[Mark], Iterable[str]],
) -> Sequence[_End]:
    """What stands at the ends of a text, all that opens it first."""
    before = ((name, end, True) for name, mark in marks.items() for end in opening(mark))
    return [*before, *((name, end, False) for name, mark in marks.items() for end in closing(mark))]


def _peel(text: str, ends: Sequence[_End], said: Said, deepest: int) -> tuple[str, int]:
    """Marks may stand outside or inside of emphasis and code spans, in any order, but each but once in a place."""
    if not ends:
        return text, 0
    cut = 0
    left = list(ends)
    while found := next((one for one in left if _at_end(text, one[1], one[2])), None):
        mark, end, opens = found
        left.remove(found)
        said.add(mark)
        rest = text[len(end) :] if opens else text[: -len(end)]
        cut += len(text) - len(rest.lstrip(" ")) if opens else 0
        text = rest.strip(" ")
    for wrap in _WRAPS if deepest else ():
        if len(text) > 2 * len(wrap) and text.startswith(wrap) and text.endswith(wrap):
            inner, moved = _peel(text[len(wrap) : -len(wrap)], ends, said, deepest - 1)
            return f"{wrap}{inner}{wrap}", cut + moved
    return text, cut


def _at_end(text: str, end: str, opens: bool) -> bool:
    part = text[: len(end)] if opens else text[-len(end) :]
    return len(text) > len(end) and part.lower() == end.lower()
