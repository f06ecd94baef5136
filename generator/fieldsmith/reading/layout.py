"""What a layout is: how pages hold definitions, said as data for the one engine in `layouts`.

Letter case never matters in what a layout is compared with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal, get_args

from fieldsmith.reading import bounds
from fieldsmith.reading.notations.base import Notation

Role = Literal[
    "name", "wire", "pattern", "type", "required", "nullable", "deprecated", "notes", "applies", "doc", "default",
    "example", "value",
] | bounds.Role  # fmt: skip
Kind = Literal["model", "enum", "union"]
MarkName = Literal["required", "optional", "nullable", "deprecated", "repeated"]
# The columns in which the words of marks stand.
MARKED: tuple[Role, ...] = ("required", "nullable", "deprecated", "notes")
_NEEDED: Mapping[Kind, tuple[Role, ...]] = {"model": ("name", "type"), "enum": ("value",), "union": ("type",)}
# Those that say what values keep to.
STATING: tuple[bounds.Role, ...] = get_args(bounds.Role)

# What settings call roles of columns, and the words of headers for each where they name none.
COLUMNS: Mapping[str, tuple[Role, tuple[str, ...]]] = {
    "name": ("name", ("name", "field", "property", "parameter", "key", "attribute")),
    "type": ("type", ("type",)),
    "required": ("required", ("required",)),
    "nullable": ("nullable", ("nullable",)),
    "deprecated": ("deprecated", ("deprecated",)),
    "description": ("doc", ("description", "meaning")),
    "default": ("default", ("default",)),
    "example": ("example", ("example",)),
    "value": ("value", ("value",)),
    "minimum": ("minimum", ("minimum", "min")),
    "maximum": ("maximum", ("maximum", "max")),
    "min_length": ("min_length", ("min length", "minimum length", "minlength")),
    "max_length": ("max_length", ("max length", "maximum length", "maxlength")),
    "pattern": ("value_pattern", ("pattern", "regex")),
    "constraints": ("constraints", ("constraints", "constraint", "range", "validation")),
}


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


# What marks say where settings describe none.
YES_AND_NO: Mapping[MarkName, Mark] = {
    "required": Mark(words=("yes", "true", "required")),
    "optional": Mark(words=("no", "false", "optional", "")),
    "nullable": Mark(words=("yes", "true")),
    "deprecated": Mark(words=("yes", "true")),
    "repeated": Mark(),
}


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """One way to lay out pages.

    columns    words of headers -> roles: `wire` heads names in the JSON, `pattern` of further keys; `applies` says
               for which variants of its definition a row counts, `notes` may hold marks of all sorts. A `*` at the
               beginning of a word stands for any other words: `* type`
    headings   kind -> headings that open a definition of that kind. `#` before one ties it to a level. With a `*`,
               which stands for the name, it is the title itself; without, the title is the nearest heading above it
    titles     headings that may be such a title, in the same spelling; none: a heading without a name is its own title
    marks      what a row says of its field beside name, type and text; `repeated`: it holds a list of its type
    notations  how types may be spelled

    For pages that hold more than definitions, or say more in their tables:

    value_columns  what words of headers mean in tables of enums, where that is another thing
    first          the first column of a table has to be one that is known
    kept           unknown columns are kept: in the description, behind the word of their header
    loose          headings that open a definition, too, but no page is claimed for having them
    parts          headings that are no names on their own: such a definition is called by the title above and by these
    variants       regular expression of what stands behind a heading to tell it from another of the same words, with a
                   group that goes behind the name
    excuse         regular expression of a sentence below the title of parts, or the heading of one, by which fields are
                   optional and, where a group `nullable` fits, may be null: all but those that groups `but` and
                   `excluding` quote, and only those of parts with the word of a group `of` in their heading
    doubt          regular expression of what may be such a sentence; where it is none, that is told
    signs          texts of which one stands somewhere on every page of the layout
    footnotes      regular expression of what points to a note below the table, at the end of a name or type
    stands_for     texts in types -> what they stand for
    remarks        regular expression of a remark at the end of a type, with a group; it is kept in the description
    unset          defaults that say that there is none
    everywhere     what stands in a column `applies` where the row counts for all variants
    conditions     what stands in a column of marks and is no mark is a condition under which the field is required
    numbers        values that are numbers are no texts; `1 << 3` is one
    components     lines that are a tag alone, and imports, are no text

    For pages that a program has written, and that may hold what nobody writes by hand:

    signatures  what lines begin with, of which every page has one
    headers    kind -> the only headers that its tables have, in lower case; none: any with the columns needed
    anchors    regular expression of the line above a title, with a group `anchor`; without such a line it is text
    ends       regular expression of the line that ends the text below a title; before it, any block is text
    alias      regular expression of a line below a title that is another name for a type, with a group `type`
    listed     regular expression of a line below a title that lists the values of an enum, with a group `values`
    hollow     regular expression of a line below a title, or of the title, that stands for a model without fields if
               there is no table but such as `beside`
    beside     first words of headers of tables that say nothing of the definition above them
    joined     regular expression of a cell that holds both, with groups `name` and `type`
    around     what is put around types
    untyped    the type of fields in tables without a column for it
    nothing    texts of cells that say nothing
    single     a page is one definition, its first title's; titles below it belong to that one
    qualified  titles are dotted names, of which the last part counts
    entities   text is written with HTML entities
    escapes    what is put before names that are words of the language
    bullet     regular expression of an item of an enum: a group `value`, or `literal` where texts are quoted and
               numbers are not, and, if there are names, `name`; none: lists hold no values
    literals   values in tables are literals, too
    invented   values that only the program knows
    expected   kind -> columns that each of its tables should have; for want of the first alone is a table not read
    deprecation  regular expression of what a description begins with where the field is deprecated, with a group
               `message`
    """

    name: str
    columns: Mapping[str, Role]
    headings: Mapping[Kind, tuple[str, ...]]
    notations: tuple[Notation, ...]
    titles: tuple[str, ...] = ("*",)
    marks: Mapping[MarkName, Mark] = field(default_factory=dict)
    value_columns: Mapping[str, Role] = field(default_factory=dict)
    first: bool = False
    kept: bool = False
    loose: Mapping[Kind, tuple[str, ...]] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    variants: str = ""
    excuse: str = ""
    doubt: str = ""
    signs: tuple[str, ...] = ()
    footnotes: str = ""
    stands_for: Mapping[str, str] = field(default_factory=dict)
    remarks: str = ""
    unset: tuple[str, ...] = ()
    everywhere: tuple[str, ...] = ()
    conditions: bool = False
    numbers: bool = False
    components: bool = False
    signatures: tuple[str, ...] = ()
    headers: Mapping[Kind, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    anchors: str = ""
    ends: str = ""
    alias: str = ""
    listed: str = ""
    hollow: str = ""
    beside: tuple[str, ...] = ()
    joined: str = ""
    around: str = ""
    untyped: str = ""
    nothing: tuple[str, ...] = ()
    single: bool = False
    qualified: bool = False
    entities: bool = False
    escapes: tuple[str, ...] = ()
    bullet: str = r"`(?P<value>[^`]+)`"
    literals: bool = False
    invented: tuple[str, ...] = ()
    expected: Mapping[Kind, tuple[Role, ...]] = field(default_factory=dict)
    deprecation: str = ""

    def needed(self, kind: Kind) -> tuple[Role, ...]:
        """The columns without which a table is of no such kind."""
        if kind in self.expected:
            return self.expected[kind][:1]
        return ("name",) if kind == "model" and (self.joined or self.untyped) else _NEEDED[kind]


def as_read(layout: Layout) -> str:
    """A text that differs where a layout may read some page in another way; types are left to what comes after."""
    return repr((replace(layout, notations=()), [one.name for one in layout.notations]))


def role_of(layout: Layout, word: str, kind: Kind) -> Role | None:
    """The role of a column in tables of a kind, by the word of its header in lower case; None where it is not known."""
    for columns in (layout.value_columns, layout.columns) if kind == "enum" else (layout.columns,):
        if word in columns:
            return columns[word]
        for known, role in columns.items():
            if known[:1] == "*" and word.endswith(known[1:]) and len(word) >= len(known):
                return role
    return None


def patterns_of(layout: Layout) -> tuple[str, ...]:
    """All headings that a layout names, as it spells them: those that open definitions, and those that are titles."""
    return (*(pattern for patterns in layout.headings.values() for pattern in patterns), *layout.titles)


def heads_of(layout: Layout) -> tuple[str, ...]:
    """The headings that a model stands under: the one with its name, and one above its table, if there is one."""
    patterns = layout.headings.get("model", ())
    return patterns[:1] if not patterns or "*" in patterns[0] else (*layout.titles[:1], patterns[0])


def match_heading(pattern: str, level: int, text: str) -> str | None:
    """The name that a heading gives by a pattern, "" where it fits and gives none; None where it does not fit."""
    wanted, before, star, after = _taken_apart(pattern)
    if wanted and level != wanted:
        return None
    low = text.lower()
    if not star:
        return "" if low == before else None
    end = len(text) - len(after)
    if not low.startswith(before) or not low.endswith(after) or end <= len(before):
        return None
    return text[len(before) : end].strip(" ") or None


@lru_cache(maxsize=1024)
def _taken_apart(pattern: str) -> tuple[int, str, str, str]:
    """The level that a pattern asks for, 0 for any; and in lower case what stands before its star, that, and behind.

    The texts of headings are held against it without their code spans, so it is without them, too.
    """
    text = pattern.replace("`", "").lstrip("#")
    before, star, after = text.strip(" ").lower().partition("*")
    return len(pattern) - len(pattern.lstrip("#")), before, star, after
