"""Document -> the tables in it that stand inside of other blocks, where none is read: each with its place and why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fieldsmith.diagnostics import Span
from fieldsmith.reading.markdown import Block, Bullets, Document, Prose
from fieldsmith.reading.tables import delimiters

_REASONS = {"quote": "it stands in a quote", "list": "it stands in a list", "html": "it stands in HTML"}
_MARKS = re.compile(r"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?")
_HTML = re.compile(r"<table\b", re.IGNORECASE)


def nested_tables(document: Document) -> Iterator[tuple[Span, str]]:
    """Tables in quotes, lists and HTML, and those that are HTML themselves."""
    for block in document.blocks:
        reason = _REASONS.get(_kind(block), "")
        for at in range(block.first, block.last) if reason else ():
            line = document.lines[at]
            if at + 1 < block.last and "|" in line and delimiters(_bare(document.lines[at + 1])):
                yield Span(document.path, at + 1, len(line) - len(_bare(line)) + 1), reason
            elif "<" in line and (tag := _HTML.search(line)):
                yield Span(document.path, at + 1, tag.start() + 1), "it is written in HTML"


def _kind(block: Block) -> str:
    return "list" if isinstance(block, Bullets) else block.kind if isinstance(block, Prose) else ""


def _bare(line: str) -> str:
    """A line without the marks of what it stands in."""
    match = _MARKS.match(line)
    return line[match.end() :] if match else line
