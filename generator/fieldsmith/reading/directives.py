"""Lines and blocks of a page -> what its comments ask fieldsmith for; the comments are taken out of the lines.

`<!-- fieldsmith: skip -->`, or `{/* fieldsmith: skip */}` where pages are MDX. They count where prose stands: in code
and in cells of tables they are text, and in headings, lists and quotes a finding says that they are not heeded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Literal, NamedTuple, get_args

from fieldsmith.diagnostics import CODES, Diagnostics, Span
from fieldsmith.entities import code_spans
from fieldsmith.reading.names import shorten
from fieldsmith.suggest import near, near_code

Verb = Literal["skip", "model", "dialect", "off"]
VERBS: tuple[Verb, ...] = get_args(Verb)
_WORD = "fieldsmith"
# What begins like a directive: with the word and a colon or a verb, in whatever case.
_OPENING = re.compile(
    rf"(?:<!--|(\{{/\*))\s*(?P<word>{_WORD}(?:\s*:|(?=\s+(?:{'|'.join(VERBS)})(?![\w-]))))", re.IGNORECASE
)
_BLANKS = re.compile(r"[ \t\n]+")  # others are characters of names, which must not have them
_ELSEWHERE = {"heading": "a heading", "bullets": "a list", "list": "a list", "quote": "a quote"}
_NEEDS = {"model": "the name of a model", "dialect": "the name of a dialect", "off": "the code of a finding"}


class Directive(NamedTuple):
    """What one comment asks for: `word` is what stands behind the verb, `first` to `last` are the lines it takes."""

    verb: Verb
    word: str
    span: Span
    first: int
    last: int


class Marks(NamedTuple):
    """`suppressed`: the codes that directives switch off."""

    suppressed: frozenset[str]
    directives: tuple[Directive, ...]


class _Comment(NamedTuple):
    """Where a comment stands in its block, the word that opens it, and what stands behind; None where it has no end."""

    start: int
    end: int
    word: str
    text: str | None


def take_directives(
    path: str, lines: list[str], blocks: Sequence[tuple[str, int, int]], diagnostics: Diagnostics
) -> Marks:
    """The directives of a page, which are cut out of its `lines`; `blocks` says what stands from which line to which.

    What is no directive, or does not stand where one counts, is a finding, and not heeded.
    """
    found: list[Directive] = []
    for kind, first, last in blocks:
        if kind in ("text", "html"):
            found += _taken(path, lines, first, last, kind, diagnostics)
        elif kind in _ELSEWHERE:
            _refuse(path, lines, first, last, _ELSEWHERE[kind], diagnostics)
    off = frozenset(code for one in found if one.verb == "off" for code in _codes(one.word))
    return Marks(off, tuple(one for one in found if one.verb != "off"))


def _taken(
    path: str, lines: list[str], first: int, last: int, kind: str, diagnostics: Diagnostics
) -> Iterator[Directive]:
    """The directives of a block. What is none is cut out as well, for a finding tells of it."""
    text = "\n".join(lines[first:last])
    starts = [0, *accumulate(len(line) + 1 for line in lines[first:last])]
    kept, at = [], 0
    for comment in list(_comments(text, code=kind == "text")):
        start, end = comment.start, comment.end
        begins, ends = (bisect_right(starts, place) - 1 for place in (start, end - 1))
        line = first + begins
        span = Span(path, line + 1, start - starts[begins] + 1, min(end, starts[begins + 1] - 1) - start)
        if directive := _read(comment, span, line, first + ends + 1, diagnostics):
            yield directive
        kept += [text[at:start], "\n" * (ends - begins)]
        at = end
    if kept:
        lines[first:last] = "".join([*kept, text[at:]]).split("\n")


def _comments(text: str, *, code: bool) -> Iterator[_Comment]:
    """The comments for fieldsmith in a block; with `code`, not those in code spans."""
    spans = _in_code(text) if code and "`" in text else []
    at = 0
    for match in _OPENING.finditer(text):
        place = bisect_right(spans, (match.start(), len(text))) - 1
        if match.start() < at or (place >= 0 and match.start() < spans[place][1]):
            continue
        closing = "*/}" if match[1] else "-->"
        end = text.find(closing, match.end())
        if end < 0:
            yield _Comment(match.start(), len(text), match["word"], None)
            return
        at = end + len(closing)
        yield _Comment(match.start(), at, match["word"], text[match.end() : end])


def _in_code(text: str) -> list[tuple[int, int]]:
    """Where code spans begin and end, in order."""
    found, at = [], 0
    for line in text.split("\n"):
        found += [(at + start, at + end) for start, _, _, end in code_spans(line)]
        at += len(line) + 1
    return found


def _read(comment: _Comment, span: Span, first: int, last: int, diagnostics: Diagnostics) -> Directive | None:
    text = comment.text
    verb, _, rest = _BLANKS.sub(" ", text or "").strip(" ").partition(" ")
    known = next((each for each in VERBS if each == verb), None)
    word = rest[1:-1] if len(rest) > 2 and rest[0] == rest[-1] == "`" else rest
    if text is None:
        diagnostics.add("FS052", span, "this directive has no end", "close the comment")
    elif comment.word != f"{_WORD}:":
        message = f"a directive begins with `{_WORD}:`, and not with {shorten(comment.word)}"
        diagnostics.add("FS052", span, message, "write it so, or begin a mere comment with another word")
    elif known is None:
        help_text = near(verb, VERBS) or f"directives are: {', '.join(VERBS)}"
        diagnostics.add("FS052", span, f"there is no directive {shorten(verb)}", help_text)
    elif known in _NEEDS and not word:
        diagnostics.add("FS052", span, f"directive `{known}` lacks {_NEEDS[known]}", "write it behind the word")
    elif known == "skip" and word not in ("", "page"):
        help_text = near(word, ["page"]) or "write `skip` for what follows, `skip page` for the page"
        diagnostics.add("FS052", span, f"directive `skip` knows no {shorten(word)}", help_text)
    else:
        for code in _codes(word) if known == "off" else ():
            if code not in CODES:
                diagnostics.add("FS009", span, f"there is no code {code!r} to switch off", near_code(code, CODES))
        return Directive(known, word, span, first, last)
    return None


def _codes(word: str) -> list[str]:
    return word.replace(",", " ").split()


def _refuse(path: str, lines: Sequence[str], first: int, last: int, what: str, diagnostics: Diagnostics) -> None:
    """A finding for each line of a block with what would be a directive, if one counted there."""
    for index in range(first, last) if any(_WORD in line.lower() for line in lines[first:last]) else ():
        for start, end, *_ in _comments(lines[index], code=True):
            span = Span(path, index + 1, start + 1, end - start)
            diagnostics.add("FS053", span, f"this directive stands in {what}, where it is not heeded")
