"""Text of a code line -> the literals joined by `|` in it, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"' + "|" + r"'(?:[^'\\]|\\.)*'")
_PLAIN = re.compile(
    r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z_.])|(?:true|false|null|True|False|None)\b"
)
_OPEN = re.compile(r"Unrecognized<[A-Za-z]+>")
_JOINT = re.compile(r"[ \t]*\|?[ \t]*")


def is_literal(text: str) -> bool:
    """Whether a text is one quoted string, number, truth value or null."""
    return (_STRING.fullmatch(text) or _PLAIN.fullmatch(text)) is not None


def is_open_mark(text: str) -> bool:
    """Whether a text is the member that stands for any other value."""
    return _OPEN.fullmatch(text) is not None


def union_literals(line: str) -> Iterator[tuple[str, int, bool]]:
    """(text, offset, whether it is a literal or the open mark) for each member; ends at the first that is neither."""
    joint = _JOINT.match(line)
    at = joint.end() if joint else 0
    end = len(line.rstrip(" \t;"))
    while at < end:
        match = _STRING.match(line, at) or _PLAIN.match(line, at) or _OPEN.match(line, at)
        joint = _JOINT.match(line, match.end()) if match else None
        if match is None or joint is None or (joint.end() < end and "|" not in joint.group()):
            yield line[at:end], at, False
            return
        yield match.group(), at, True
        at = joint.end()
