"""Document -> a page cut at its section, or the reason why it is no schema page; for Speakeasy's layout."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading.cells import clean, clean_lines, read_name
from fieldsmith.reading.dialects.speakeasy_layout import LAYOUT
from fieldsmith.reading.layout import Kind
from fieldsmith.reading.markdown import Block, Document, Fence, Heading, Prose
from fieldsmith.reading.tables import Table, header_words

_SECTIONS = {each.removeprefix("## "): kind for kind, patterns in LAYOUT.headings.items() for each in patterns}
_DEPRECATED = re.compile(r" {0,3}>[ \t]*:warning:[ \t]*\*\*DEPRECATED\*\*:[ \t]*")
_USAGE = "Example Usage"
_NO_MODELS = ("readme", "index", "usage", "license", "changelog", "contributing", "security")


class Page(NamedTuple):
    """`section` and its `body` are the last section's; prose above it may hold headings and tables of its own.

    A page without a section may be a union that says no members. `usage` is the heading of the example right above the
    section, `tail` what follows the body.
    """

    document: Document
    title: Heading
    section: Heading | None
    usage: Heading | None
    body: tuple[Block, ...]
    tail: tuple[Block, ...]

    @property
    def kind(self) -> Kind:
        """What the section makes of the page."""
        return _SECTIONS[self.section.text] if self.section is not None else "union"


def cut(document: Document, diagnostics: Diagnostics) -> Page | str:
    """The page in its parts, or why it is none; a page with a section but without a title is a finding as well."""
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    sections = [one for one in headings if is_section(one)]
    reason = _helper(document, headings)
    if not reason and not sections:
        reason = _without_section(document, headings, diagnostics)
    if reason:
        return reason
    titles = [one for one in headings if one.level == 1]
    if not titles:
        diagnostics.add("FS021", sections[0].span, f"there is no title above `## {sections[0].text}`")
        return "it has no title"
    if not sections:
        return Page(document, titles[0], None, None, (), ())
    for one in sections[:-1]:
        diagnostics.add("FS024", one.span, f"`## {one.text}` and `## {sections[-1].text}` stand on one page")
    return _parts(document, titles[0], sections[-1], headings)


def _parts(document: Document, title: Heading, section: Heading, headings: list[Heading]) -> Page:
    between = [one for one in headings if one.level <= 2 and title.first < one.first < section.first]
    usage = between[-1] if between and between[-1].text == _USAGE else None
    at = next(at for at, block in enumerate(document.blocks) if block is section)
    after = document.blocks[at + 1 :]
    ends = (index for index, block in enumerate(after) if isinstance(block, Heading) and block.level <= 2)
    end = next(ends, len(after))
    return Page(document, title, section, usage, after[:end], after[end:])


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()


def is_section(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == 2 and block.text in _SECTIONS


def is_helper(document: Document) -> bool:
    """Whether a page documents a helper of a client."""
    return bool(_helper(document, [block for block in document.blocks if isinstance(block, Heading)]))


def _helper(document: Document, headings: list[Heading]) -> str:
    """Two helpers of a client are documented beside the models, and look like them."""
    texts = [one.text for one in headings]
    stem = _stem(document.path)
    if stem == "retryconfig" and "BackoffStrategy" in texts:
        return "it says how a client retries, and is no model"
    if stem == "option" and texts[:1] in (["Options"], ["Global Options"]):
        return "it says what options a client takes, and is no model"
    return ""


def _without_section(document: Document, headings: list[Heading], diagnostics: Diagnostics) -> str:
    """Why a page without a section is skipped; "" for a union whose page is a title and prose."""
    if not headings or headings[0].level != 1:
        return "it has no title and no section"
    for block in document.blocks:
        if isinstance(block, Table) and {"field", "type", "required"} <= set(header_words(block)):
            diagnostics.add("FS026", block.span, "a table of fields stands here without `## Fields` above it")
            return "its table of fields is in no section"
    title, _ = read_name(headings[0].text)
    stem = _stem(document.path)
    bare = len(headings) == 1 and not any(isinstance(block, (Fence, Table)) for block in document.blocks)
    if bare and title.isidentifier() and stem in (title.lower(), title.lower() + "_") and stem not in _NO_MODELS:
        return ""
    return "it has no section of fields, values or supported types"


def prose(
    document: Document, blocks: Sequence[Block], first: int, last: int, diagnostics: Diagnostics
) -> tuple[str, str | None]:
    """The text of these lines, among those of `blocks`, as it stands there; and the message of its deprecation mark."""
    message: str | None = None
    drop: set[int] = set()
    for block in blocks:
        if not isinstance(block, Prose) or not first <= block.first < last:
            continue
        mark = _DEPRECATED.match(document.lines[block.first]) if block.kind == "quote" else None
        if mark is not None:
            rest = (line.lstrip(" ").removeprefix(">") for line in document.lines[block.first + 1 : block.last])
            message = "\n".join(line.strip() for line in (document.lines[block.first][mark.end() :], *rest)).strip()
            drop.update(range(block.first, block.last))
    text = clean_lines(
        document.path, [(at, document.lines[at]) for at in range(first, last) if at not in drop], diagnostics
    )
    return text, None if message is None else clean(message, document.place(first), diagnostics)
