"""What a layout is: how pages hold definitions, said as data for the one engine in `layouts`.

Letter case never matters in what a layout is compared with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from fieldsmith.reading.notations.base import Notation

Role = Literal["name", "type", "required", "nullable", "deprecated", "doc", "default", "example", "value"]
Kind = Literal["model", "enum", "union"]
MarkName = Literal["required", "optional", "nullable", "deprecated"]
# The columns in which the words of marks stand.
MARKED: tuple[Role, ...] = ("required", "nullable", "deprecated")


@dataclass(frozen=True, slots=True)
class Mark:
    """The ways in which a row says one thing of its field.

    words    what a cell in a column of marks holds
    phrases  what a description begins with
    """

    words: tuple[str, ...] = ()
    name_prefixes: tuple[str, ...] = ()
    name_suffixes: tuple[str, ...] = ()
    type_prefixes: tuple[str, ...] = ()
    type_suffixes: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    def counts(self, has_column: bool) -> bool:
        """Whether a row could bear the mark, in a table that has a column of marks or none."""
        others = (self.name_prefixes, self.name_suffixes, self.type_prefixes, self.type_suffixes, self.phrases)
        return any(others) or (has_column and bool(self.words))


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to lay out pages.

    columns    words of headers -> roles
    headings   kind -> headings that open a definition of that kind. `#` before one ties it to a level. With a `*`,
               which stands for the name, it is the title itself; without, the title is the nearest heading above it
    titles     headings that may be such a title, in the same spelling
    marks      what a row says of its field beside name, type and text
    notations  how types may be spelled

    For pages that a program has written, and that may hold what nobody writes by hand:

    headers    the only headers that tables of fields have, in lower case; none: any with the columns needed
    single     a page is one definition, its first title's; titles below it belong to that one
    qualified  titles are dotted names, of which the last part counts
    entities   text is written with HTML entities
    escapes    what is put before names that are words of the language
    bullet     regular expression of an item of an enum: a group `value`, or `literal` where texts are quoted and
               numbers are not, and, if there are names, `name`
    invented   values that only the program knows
    """

    name: str
    columns: Mapping[str, Role]
    headings: Mapping[Kind, tuple[str, ...]]
    notations: tuple[Notation, ...]
    titles: tuple[str, ...] = ("*",)
    marks: Mapping[MarkName, Mark] = field(default_factory=dict)
    headers: tuple[tuple[str, ...], ...] = ()
    single: bool = False
    qualified: bool = False
    entities: bool = False
    escapes: tuple[str, ...] = ()
    bullet: str = r"`(?P<value>[^`]+)`"
    invented: tuple[str, ...] = ()


def as_read(layout: Layout) -> str:
    """A text that differs where a layout may read some page in another way; types are left to what comes after."""
    return repr((replace(layout, notations=()), [one.name for one in layout.notations]))


def match_heading(pattern: str, level: int, text: str) -> str | None:
    """The name that a heading gives by a pattern, "" where it fits and gives none; None where it does not fit."""
    wanted = pattern.lstrip("#")
    if len(wanted) < len(pattern) and level != len(pattern) - len(wanted):
        return None
    before, star, after = wanted.strip(" ").partition("*")
    low = text.lower()
    if not star:
        return "" if low == before.lower() else None
    end = len(text) - len(after)
    if not low.startswith(before.lower()) or not low.endswith(after.lower()) or end <= len(before):
        return None
    return text[len(before) : end].strip(" ") or None
