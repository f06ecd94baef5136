"""Text in, parts out: the spelling that keeps text inert in written pages, for those who write and those who read.

Written text stays Markdown. Code spans and fences that every renderer pairs alike stay as they are; elsewhere a
character that could do harm is an entity, and one that had a backslash before it is an entity in hexadecimal digits, so
that it looks the same as before. An entity of the text itself that reads like one of these is spelled another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Characters that nobody sees, but that reorder text, hide it, or end lines in some programs.
HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff"
)
# Marks of template languages and snippet includes, which are looked for in code as well.
TEMPLATE = r"\{[{%#!]|8<-"
ENTITY = re.compile(r"&(?:lt|amp|LT|AMP|#(0|[1-9][0-9]{0,6})|#x([0-9a-f]{2}));")
_NAMED = {"&lt;": "<", "&amp;": "&", "&LT;": "&lt;", "&AMP;": "&amp;"}
_NUMBERED = re.compile(rf"[\s!#&()*\-:<=>\[\]`{{|~\\{HIDDEN}]")
_TICKS = re.compile("`+")
_ADDRESS = ("://", "www.", "mailto:")
# What a code span must not hold: marks that some renderer looks for before it looks for code.
UNFIT_SPAN = re.compile(rf"{TEMPLATE}|\]\(|\]:|<br|\\\||\\\Z|[{HIDDEN}]")
_UNFIT_FENCE = re.compile(rf"{TEMPLATE}|[{HIDDEN}]")
_OPENING = re.compile(r"(`{3,8}|~{3,8})[A-Za-z0-9_+.#-]*")
_RUN = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*")
_LONGEST_FENCE = 8


def meaning(found: re.Match[str]) -> str:
    """What a match of ENTITY stands for; entities that are not ours stand for themselves."""
    text, plain, escaped = found.group(0, 1, 2)
    if plain is None and escaped is None:
        return _NAMED[text]
    code = int(plain) if plain else int(escaped, 16)
    if code > 0x10FFFF or not _NUMBERED.fullmatch(chr(code)):
        return str(text)
    return chr(code) if plain else "\\" + chr(code)


def code_spans(line: str) -> Iterator[tuple[int, int, int, int]]:
    """Where code spans of one line begin, where their text begins and ends, and where they end; linear in its length.

    A run of backticks is paired with the next one as long; one behind a backslash opens nothing.
    """
    runs = [found.span() for found in _TICKS.finditer(line)] if "`" in line else []
    partner: list[int | None] = [None] * len(runs)
    later: dict[int, int] = {}
    for index in range(len(runs) - 1, -1, -1):
        width = runs[index][1] - runs[index][0]
        partner[index] = later.get(width)
        later[width] = index
    index = 0
    while index < len(runs):
        start, inside = runs[index]
        closing = partner[index]
        index = (index if closing is None else closing) + 1
        if closing is not None and line[start - 1 : start] != "\\":
            yield start, inside, *runs[closing]


def parts(line: str) -> Iterator[tuple[bool, str]]:
    """(whether it is a code span that stays as it is, text) of one line, in order; linear in its length.

    One in an address is none: renderers that link bare addresses take its backtick for a part of that.
    """
    at = looked = 0
    blank = scheme = -1
    low = line.lower() if "`" in line else ""
    for start, inside, after, end in code_spans(line):
        content = line[inside:after]
        blank = max(blank, line.rfind(" ", looked, start), line.rfind("\t", looked, start))
        scheme = max([scheme, *(low.rfind(mark, max(0, looked - 7), start) for mark in _ADDRESS)])
        looked = start
        if scheme > blank:
            continue
        if inside - start <= 2 and content.strip() and not UNFIT_SPAN.search(content):  # a longer run may be a fence
            yield False, line[at:start]
            yield True, line[start:end]
            at = end
    yield False, line[at:]


def fences(lines: list[str]) -> list[tuple[int, int]]:
    """(first line, line after) of the fences that stay as they are, in order; linear in the number of lines.

    Only fences without indent, closed by the very run that opens them, end at the same line for every renderer.
    """
    closers: dict[int, int] = {}
    nearest: dict[tuple[str, int], int] = {}
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if "```" not in line and "~~~" not in line:
            continue
        opening = _OPENING.fullmatch(line)
        if opening:
            mark = opening[1]
            closers[index] = nearest.get((mark[0], len(mark)), -1)
        run = _RUN.fullmatch(line)
        if run:
            for width in range(3, min(len(run[1]), _LONGEST_FENCE) + 1):
                nearest[run[1][0], width] = index
    found: list[tuple[int, int]] = []
    done = -1
    for index in sorted(closers):
        closer = closers[index]
        if index > done and closer > index:
            done = closer
            mark = lines[closer]
            fit = lines[index].startswith(mark) and lines[index][len(mark) : len(mark) + 1] not in ("`", "~")
            if fit and not any(map(_UNFIT_FENCE.search, lines[index + 1 : closer])):
                found.append((index, closer + 1))
    return found
