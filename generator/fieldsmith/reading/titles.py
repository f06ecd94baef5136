"""Records of all pages -> what their titles and links say before any type is read: doubles, and where links lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading.names import shorten
from fieldsmith.reading.records import DefinitionRecord, PageRecords

_LINK = re.compile(r"\]\(([^()\s]+)\)")


def targets_on(pages: Sequence[PageRecords]) -> Iterator[tuple[str, str]]:
    """Each page with the targets of the links in its type cells."""
    for page in pages:
        for record in page.definitions:
            for field in record.fields:
                for target in _LINK.findall(field.type.text):
                    yield page.path, target


def distinct(page: PageRecords, diagnostics: Diagnostics) -> PageRecords:
    """`page` with the first definition of each title; a finding for each further one."""
    kept: dict[str, DefinitionRecord] = {}
    for record in page.definitions:
        if record.title in kept:
            message = f"{shorten(record.title)} is defined in line {kept[record.title].span.line} of this page already"
            diagnostics.add("FS106", record.span, message)
        kept.setdefault(record.title, record)
    return page if len(kept) == len(page.definitions) else page._replace(definitions=tuple(kept.values()))
