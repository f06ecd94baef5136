"""Text of house pages -> the text it was written from; the way back from how `entities` says that text is written."""

from __future__ import annotations

import re
from typing import Literal

from fieldsmith.entities import ENTITY, fences, meaning, parts
from fieldsmith.reading.cells import code_span

_BREAK = re.compile(r"<br ?/?>")


def decode(text: str, where: Literal["cell", "prose", "line"]) -> str:
    """The text that was written: cells have `<br/>` for line ends, prose may hold fences, a line has neither."""
    if where == "cell" and "<br" in text:
        return "\n".join(map(_decode_line, _BREAK.split(text)))
    if where != "prose" or "&" not in text:
        return _decode_line(text)
    lines = text.split("\n")
    before = _decode_line(lines.pop(0)) if len(lines) > 1 and _is_blank(lines[0]) else ""
    after = _decode_line(lines.pop()) if len(lines) > 1 and _is_blank(lines[-1]) else ""
    done: list[str] = []
    at = 0
    for first, last in fences(lines):
        done.extend(map(_decode_line, lines[at:first]))
        done.extend(lines[first:last])
        at = last
    done.extend(map(_decode_line, lines[at:]))
    return before + "\n".join(done) + after


def decode_code(text: str) -> str:
    """The text of a cell that is no Markdown: a code span for each line, or else written as other text is."""
    if text.startswith(("`", "<br/>")):
        spans = [code_span(piece) if piece else "" for piece in text.split("<br/>")]
        if None not in spans:
            return "\n".join(span or "" for span in spans)
    return decode(text, "cell")


def _decode_line(line: str) -> str:
    if "&" not in line:
        return line
    return "".join(text if is_code else ENTITY.sub(meaning, text) for is_code, text in parts(line))


def _is_blank(line: str) -> bool:
    """Whether a written line is entities for blanks and line ends only."""
    return line.startswith("&#") and not ENTITY.sub(meaning, line).strip()
