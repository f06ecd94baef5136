"""Text of a page -> Document: headings, tables, fences, bullets, prose, each with its place; the one door to mistune.

mistune finds the blocks, but it gives no places, and long lines and nested marks cost it quadratic time. So it is shown
the outline of a page only; what the blocks hold is then taken from the page itself, by line number.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from mistune import BlockParser, BlockState, InlineParser

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.limits import LIMITS
from fieldsmith.reading.directives import Directive, take_directives
from fieldsmith.reading.outline import draw_outline, front_matter
from fieldsmith.reading.tables import Table, find_table

_LONGEST_MEMO = 2_000
_LONGEST_INLINE = LIMITS.name
_BULLET = re.compile(r"( {0,3})[-*+][ \t]+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z0-9]{1,32});")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*")


class Heading(NamedTuple):
    """`text` is Markdown source; line indices count from 0, `last` is the line after the block, here and below."""

    level: int
    text: str
    span: Span
    first: int
    last: int


class Fence(NamedTuple):
    """A fenced code block; `lines` is what stands between the marks, `start` the index of the first of these lines."""

    info: str
    lines: tuple[str, ...]
    start: int
    first: int
    last: int


class Bullets(NamedTuple):
    """A list without numbers; `items` holds the first line of each item, `strays` the lines of no item's beginning."""

    items: tuple[tuple[str, Span], ...]
    strays: tuple[int, ...]
    first: int
    last: int


class Prose(NamedTuple):
    """Any other block."""

    kind: Literal["text", "quote", "html", "list", "code", "rule"]
    first: int
    last: int


Block = Heading | Table | Fence | Bullets | Prose


class Document(NamedTuple):
    """A page in blocks, in order; blank lines are no blocks.

    `directives` are what its comments ask fieldsmith for, `suppressed` the codes that they switch off; the comments
    themselves are gone from lines and blocks. `model` is the name of the one model on a page that is a stretch of
    another, which a directive has singled out.
    """

    path: str
    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    suppressed: frozenset[str] = frozenset()
    directives: tuple[Directive, ...] = ()
    model: str = ""

    def source(self, first: int, last: int) -> str:
        """The lines from `first` up to `last` as they stand on the page, blank ones at both ends cut."""
        while first < last and not self.lines[first].strip():
            first += 1
        while last > first and not self.lines[last - 1].strip():
            last -= 1
        return "\n".join(self.lines[first:last])

    def place(self, line: int) -> Span:
        """The place of the first character of a line (by index) that is not blank."""
        text = self.lines[line] if line < len(self.lines) else ""
        return Span(self.path, line + 1, len(text) - len(text.lstrip()) + 1 if text.strip() else 1)


class _State(BlockState):
    """Notes where each block begins and keeps no text: joining a long paragraph line by line is quadratic."""

    def add_paragraph(self, text: str) -> None:
        last = self.last_token()
        if not last or last["type"] != "paragraph":
            self.tokens.append({"type": "paragraph", "text": "", "at": self.cursor})

    def append_paragraph(self) -> int | None:
        last = self.last_token()
        return self.find_line_end() if last and last["type"] == "paragraph" else None


class _Blocks(BlockParser):
    """mistune's rules for blocks, one level deep."""

    state_cls = _State

    def __init__(self) -> None:
        super().__init__()
        self.rules.remove("ref_link")

    def parse(self, state: BlockState, rules: list[str] | None = None) -> None:
        if state.parent is None:
            super().parse(state, rules)

    def parse_method(self, m: re.Match[str], state: BlockState) -> int | None:
        known = len(state.tokens)
        end = super().parse_method(m, state)
        for token in state.tokens[max(0, known - 1) :]:
            token.setdefault("at", m.start())
        return end

    def _parse_indent_code_fast(self, state: BlockState) -> int | None:
        start = state.cursor
        end = super()._parse_indent_code_fast(state)
        if end is not None and state.tokens:
            state.tokens[-1].setdefault("at", start)
        return end


_BLOCKS = _Blocks()
_INLINE = InlineParser()

_Kind = Literal["heading", "paragraph", "fence", "code", "block_quote", "list", "block_html", "thematic_break"]
_PROSE: Mapping[str, Literal["quote", "html", "list", "code", "rule"]] = {
    "block_quote": "quote",
    "block_html": "html",
    "list": "list",
    "code": "code",
    "thematic_break": "rule",
}


def _find_blocks(outline: str) -> tuple[tuple[str, int, int, int], ...]:
    """(kind, level, first line, line after) of every block of an outline."""
    state = _State()
    state.process(outline)
    _BLOCKS.parse(state)
    tokens = sorted(state.tokens, key=lambda token: int(token["at"]))
    found: list[tuple[str, int, int, int]] = []
    at, line = 0, 0
    lines: list[int] = []
    for token in tokens:
        line += outline.count("\n", at, token["at"])
        at = token["at"]
        lines.append(line)
    lines.append(outline.count("\n"))
    for index, token in enumerate(tokens):
        kind = _kind(token)
        if kind != "blank_line":
            level = token["attrs"]["level"] if kind == "heading" else 0
            found.append((kind, level, lines[index], lines[index + 1]))
    return tuple(found)


def _kind(token: Mapping[str, Any]) -> str:
    kind = str(token["type"])
    if kind == "block_code":
        return "fence" if token.get("style") == "fenced" else "code"
    return kind


_remembered = lru_cache(maxsize=4096)(_find_blocks)


def parse(path: str, text: str, diagnostics: Diagnostics) -> Document:
    """Cut a page into blocks. Lines end at LF alone: other line ends are folded before, and a lone CR is text."""
    lines = text.split("\n")
    head = front_matter(lines)
    body = [""] * head + lines[head:] if head else lines
    outline, where = draw_outline(body)
    found = _remembered(outline) if len(outline) <= _LONGEST_MEMO else _find_blocks(outline)
    blocks: list[Block] = []
    for kind, level, first, last in found:
        blocks.extend(_block(path, lines, kind, level, where[first], where[last]))
    if "fieldsmith" not in text.lower():
        return Document(path, tuple(lines), tuple(blocks))
    marks = take_directives(path, lines, [(_place(block), block.first, block.last) for block in blocks], diagnostics)
    kept = (_shrunk(lines, block) if isinstance(block, Prose) else block for block in blocks)
    return Document(path, tuple(lines), tuple(block for block in kept if block is not None), *marks)


def _place(block: Block) -> str:
    """What a directive in a block stands in."""
    return block.kind if isinstance(block, Prose) else type(block).__name__.lower()


def _shrunk(lines: Sequence[str], block: Prose) -> Prose | None:
    """What is left of a block once its directives are cut out of it."""
    kept = [at for at in range(block.first, block.last) if lines[at].strip()]
    return Prose(block.kind, kept[0], kept[-1] + 1) if kept else None


def _block(path: str, lines: list[str], kind: str, level: int, first: int, last: int) -> Iterator[Block]:
    while last > first + 1 and not lines[last - 1].strip(" \t\v\f"):
        last -= 1
    if kind == "heading" and lines[first].lstrip(" ").startswith("#"):
        yield _heading(path, lines[first], level, first, last)
    elif kind == "heading" or kind == "paragraph":
        table = find_table(path, lines, first, last)
        if table is None and kind == "heading":
            text = " ".join(line.strip() for line in lines[first : last - 1])
            yield Heading(level, text, Span(path, first + 1, 1, len(text)), first, last)
            return
        if table is None or table.first > first:
            yield Prose("text", first, table.first if table else last)
        if table is not None:
            yield table
    elif kind == "fence":
        yield _fence(lines, first, last)
    elif kind == "list" and _BULLET.match(lines[first]):
        yield _bullets(path, lines, first, last)
    else:
        yield Prose(_PROSE.get(kind, "text"), first, last)


def _heading(path: str, line: str, level: int, first: int, last: int) -> Heading:
    after = line.lstrip(" #")
    text = after.strip(" \t")
    cut = text.rstrip("#")
    if cut != text and (not cut or cut[-1] in " \t"):
        text = cut.rstrip(" \t")
    column = len(line) - len(after.lstrip(" \t")) + 1
    return Heading(level, text, Span(path, first + 1, column, len(text)), first, last)


def _fence(lines: list[str], first: int, last: int) -> Fence:
    match = _FENCE.match(lines[first])
    mark = match.group(1) if match else "```"
    info = lines[first][match.end() :].strip() if match else ""
    closing = lines[last - 1].strip()
    closed = last > first + 1 and len(closing) >= len(mark) and not closing.strip(mark[0])
    return Fence(info, tuple(lines[first + 1 : last - 1 if closed else last]), first + 1, first, last)


def _bullets(path: str, lines: list[str], first: int, last: int) -> Bullets:
    items: list[tuple[str, Span]] = []
    strays: list[int] = []
    for index in range(first, last):
        line = lines[index]
        match = _BULLET.match(line)
        if match:
            text = line[match.end() :].rstrip(" \t")
            items.append((text, Span(path, index + 1, match.end() + 1, len(text))))
        elif line.strip(" \t"):
            strays.append(index)
    return Bullets(tuple(items), tuple(strays), first, last)


@lru_cache(maxsize=4096)
def plain_text(source: str) -> str:
    """What a reader sees of a short piece of inline Markdown: marks, link targets and entities resolved.

    Pieces that are too long for a name, which is a finding elsewhere, stay as they are: nested marks cost mistune
    quadratic time.
    """
    if len(source) > _LONGEST_INLINE:
        return source
    return "".join(_texts(_INLINE(source, {"ref_links": {}})))


def _texts(tokens: list[dict[str, Any]]) -> Iterator[str]:
    for token in tokens:
        if "children" in token:
            yield from _texts(token["children"])
        elif token["type"] in ("linebreak", "softbreak"):
            yield "\n"
        elif token["type"] == "text":
            yield _ENTITY.sub(lambda match: html.unescape(match.group()), token["raw"])
        else:
            yield str(token.get("raw", ""))
