"""Document -> records, for the model pages that OpenAPI Generator writes with its clients, in ten languages.

A page is `# Name`, prose, and a table under `## Properties`, or values under `## Enum` or `## Enum Variants`. All is
data but the grammar of the Notes column, and rows whose descriptions hold pipes, which this generator does not escape.
"""

from __future__ import annotations

import re

from fieldsmith.reading.dialects.openapi_unions import read_union
from fieldsmith.reading.dialects.openapi_values import INVENTED, with_values
from fieldsmith.reading.layout import Layout, Mark
from fieldsmith.reading.layout_cells import Hooks, Noted
from fieldsmith.reading.layouts import dialect_of
from fieldsmith.reading.markdown import Document
from fieldsmith.reading.notations.openapi import OPENAPI
from fieldsmith.reading.records import Reading
from fieldsmith.reading.tables import Row, Table, pieces_of

_FULL = ("name", "type", "description", "notes")
_SHORT = ("name", "type")
LAYOUT = Layout(
    name="openapi_generator",
    columns={"name": "name", "type": "type", "description": "doc", "notes": "required", "value": "value"},
    headings={"model": ("## Properties",), "enum": ("## Enum", "## Enum Variants", "## Enum: *")},
    notations=OPENAPI,
    titles=("# *",),
    marks={"optional": Mark(words=("[optional]",))},
    headers={"model": (_FULL, _SHORT)},
    single=True,
    qualified=True,
    entities=True,
    escapes=("r#",),
    bullet=r"`(?P<name>[^`]+)` \(value: `(?P<literal>[^`]*)`\)",
    invented=INVENTED,
)

# `[default to x]` may hold brackets of its own, and is the last note but for `[enum: ...]`.
_NOTE = re.compile(r"\[(optional|readonly|writeonly|default to (?P<default>.*?)|enum: .*?)\][ ]*(?=\[[odrwe]|\Z)")
_NO_DEFAULT = ("undefined", "null")
_EMPTY = {"ListBuilder()": "[]", "SetBuilder()": "[]", "MapBuilder()": "{}"}  # as Dart makes them
_QUOTES = ("'", '"')
_OPERATIONS = ("method", "http request")


def _notes(text: str) -> Noted | None:
    """What a cell of notes says: `[optional]`, `[readonly]`, `[default to x]`, `[enum: x]`, with blanks or without."""
    words: list[str] = []
    default: str | None = None
    at = 0
    text = text.strip()
    while at < len(text):
        match = _NOTE.match(text, at)
        if match is None:
            return None
        if match["default"] is not None:
            default = _default(match["default"])
        elif match[1] == "optional":
            words.append("[optional]")
        at = match.end()
    return Noted(tuple(words), default)


def _default(text: str) -> str | None:
    if len(text) > 1 and text[0] == text[-1] and text[0] in _QUOTES:
        return text[1:-1]
    return _EMPTY.get(text, text) if text not in _NO_DEFAULT else None


def _mend(row: Row, width: int) -> Row | None:
    """A row whose description holds pipes: name and type come first, notes last, and the description is all between.

    Where the last cell holds no notes, nothing tells which is which, and the row is left for a finding.
    """
    pieces = pieces_of(row)
    if width != len(_FULL) or len(pieces) <= width or _notes(pieces[-1]) is None:
        return None
    if not pieces[-1].strip() and any(piece.strip() and _notes(piece) is not None for piece in pieces[2:-1]):
        return None
    texts = (*pieces[:2], "|".join(pieces[2:-1]), pieces[-1])
    return row._replace(texts=tuple(text.strip(" \t").replace("\\|", "|") for text in texts))


def _special(document: Document) -> Reading | None:
    """Pages of operations are skipped; unions of Ruby say their members in code."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    if any(tuple(text.lower() for text in table.header.texts[:2]) == _OPERATIONS for table in tables):
        reason = "it documents operations, and is no model"
        return Reading(skipped=reason, known=True)
    union = read_union(document)
    return None if union is None else Reading((union,))


OPENAPI_GENERATOR = dialect_of(LAYOUT, Hooks(_notes, _mend, field=with_values), _special, members="inner")
