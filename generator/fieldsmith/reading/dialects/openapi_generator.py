"""Document -> records, for the model pages that OpenAPI Generator writes with its clients, in ten languages.

A page is `# Name`, prose, and a table under `## Properties`, or values under `## Enum` or `## Enum Variants`. All is
data but the grammar of the Notes column, and rows whose descriptions hold pipes, which this generator does not escape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fieldsmith.diagnostics import Span
from fieldsmith.reading.layout import Layout, Mark
from fieldsmith.reading.layout_cells import Hooks, Noted
from fieldsmith.reading.layouts import dialect_of
from fieldsmith.reading.markdown import Document, Fence, Heading
from fieldsmith.reading.notations.openapi import OPENAPI
from fieldsmith.reading.records import Cell, DefinitionRecord, Reading
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
    invented=("'11184809'", "11184809"),
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
    heads = {block.text: at for at, block in reversed(list(enumerate(document.blocks))) if isinstance(block, Heading)}
    at = heads.get("`openapi_one_of`")
    if at is None:
        return None
    fence = next((block for block in document.blocks[at:] if isinstance(block, Fence)), None)
    title = document.blocks[0]
    if fence is None or not isinstance(title, Heading):
        return None
    record = DefinitionRecord(
        document.path,
        title.text.rpartition("::")[2],
        "union",
        document.source(title.last, document.blocks[1].first),
        None,
        title.span,
        members=tuple(_members(document.path, fence)),
    )
    return Reading((record,))


def _members(path: str, fence: Fence) -> Iterator[Cell]:
    """The classes that a line of the listing names each: `#   :'Card',`. What names none is handed on as it stands."""
    listed = False
    for number, line in enumerate(fence.lines, fence.start + 1):
        text = line.removeprefix("#").strip()
        if text in ("[", "]"):
            listed = text == "["
        elif listed and text:
            name = text.removesuffix(",").removeprefix(":").strip("'")
            yield Cell(name, Span(path, number, line.find(name) + 1, len(name)))


OPENAPI_GENERATOR = dialect_of(LAYOUT, Hooks(_notes, _mend), _special, members="inner")
