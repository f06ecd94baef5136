"""Document + Layout -> the sentences below headings by which fields are optional, and the fields as these have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fieldsmith.diagnostics import Span
from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.cells import quote
from fieldsmith.reading.layout import Layout
from fieldsmith.reading.markdown import Document, Heading, Prose
from fieldsmith.reading.records import FieldRecord
from fieldsmith.reading.sections import Section

_QUOTED = re.compile(r"[`']([^`']+)[`']")
_WRITE = "mark optional fields with `?`, or write `All parameters to this endpoint are optional excluding 'name'.`"


class Excuse(NamedTuple):
    """A sentence; `said` is None where it only looks like one of those that are read."""

    text: str
    span: Span
    said: re.Match[str] | None


class Excuses:
    """The sentences of one page."""

    def __init__(self, document: Document, layout: Layout, accounts: Accounts) -> None:
        self._accounts = accounts
        self._below: dict[int, list[Excuse]] = {}  # by the lines of headings
        self._told: set[Span] = set()
        heading = -1
        for block in document.blocks if layout.excuse else ():
            if isinstance(block, Heading):
                heading = block.first
            elif isinstance(block, Prose):
                self._below.setdefault(heading, []).extend(_excuses_in(document, block, layout))

    def over(self, section: Section, fields: Sequence[FieldRecord]) -> Iterator[FieldRecord]:
        """The fields of a part as the sentences below its title and its own heading have them."""
        part = section.names == "part" and section.inside is not None
        above = self._below.get(section.inside.heading.first, []) if part and section.inside is not None else []
        found = [*above, *(self._below.get(section.heading.first, []) if part else ())]
        said = [one.said for one in found if one.said is not None and _concerns(one.said, section)]
        for match in said:
            fields = [_excused(field, match) for field in fields]
        if not said and any(field.required for field in fields):
            self._tell(one for one in found if one.said is None)
        yield from fields

    def _tell(self, doubtful: Iterator[Excuse]) -> None:
        for one in doubtful:
            if one.span not in self._told:
                self._told.add(one.span)
                message = f"{quote(one.text)} is not read; fields without a mark are taken to be required"
                self._accounts.add("FS073", one.span, message, _WRITE)


def _excuses_in(document: Document, block: Prose, layout: Layout) -> Iterator[Excuse]:
    text = "\n".join(document.lines[block.first : block.last])
    for found in re.finditer(layout.doubt, text):
        at = block.first + text.count("\n", 0, found.start())
        column = found.start() - text.rfind("\n", 0, found.start())
        said = re.compile(layout.excuse, re.MULTILINE).match(text, found.start())
        yield Excuse(found[0], Span(document.path, at + 1, column, len(found[0].partition("\n")[0])), said)


def _concerns(said: re.Match[str], section: Section) -> bool:
    """Whether a sentence that speaks of parameters of some sort alone speaks of those of a part."""
    return said["of"] is None or said["of"].lower() in section.heading.text.lower()


def _excused(field: FieldRecord, said: re.Match[str]) -> FieldRecord:
    if field.name in _QUOTED.findall(f"{said['but']} {said['excluding']}"):
        return field
    return field._replace(required=False, ruled="excuse", nullable=field.nullable or said["nullable"] is not None)
