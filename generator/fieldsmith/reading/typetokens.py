"""Text of a type -> tokens: one alphabet for all languages; which make sense together is the grammar's matter."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

TokenKind = Literal["name", "mark", "ticks", "string", "number", "linkend", "odd", "end"]

# Every branch consumes what it has looked at, so that no text makes the scan start over. An unclosed string runs to the
# end. `\<` is how Markdown keeps `<` from being HTML; a nested one may be escaped twice.
_TOKEN = re.compile(
    r"""
      \]\((?P<linkend>[^()\s]*)\)
    | (?P<name>(?:::|\\)?[A-Za-z_][A-Za-z0-9_]*(?:(?:\.|::|\\)[A-Za-z_][A-Za-z0-9_]*)*)
    | (?P<mark>[\[\](){}<>,|*?:;])
    | (?P<blank>\s+)
    | (?P<ticks>`+)
    | (?P<string>"(?:[^"\\]|\\.)*"?)
    | (?P<number>-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
    | \\{1,2}(?P<angle>[<>])
    | (?P<odd>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """`text` of a linkend is the target of the link; `at` is where the token begins."""

    kind: TokenKind
    text: str
    at: int


class TypeTrouble(Exception):
    """Why a type cannot be read, and what else than usual to do about it; never leaves `reading`."""

    def __init__(self, reason: str, help: str | None = None) -> None:
        super().__init__(reason)
        self.help = help


def tokens_of(text: str, *, odd: bool = False) -> list[Token]:
    """All tokens of `text`, blanks left out, an `end` token last.

    Raises TypeTrouble at the first character that is in no type of any language, unless `odd` lets such be tokens.
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "blank":
            continue
        if kind is None or (kind == "odd" and not odd):
            raise TypeTrouble(f"{match[0]!a} does not belong in a type")
        word = match[kind]
        if kind == "string" and (len(word) < 2 or not word.endswith('"')):
            raise TypeTrouble("a quote is not closed")
        found.append(Token(_KINDS[kind], word, match.start()))
    found.append(Token("end", "", len(text)))
    return found


_KINDS: dict[str, TokenKind] = {
    "linkend": "linkend",
    "name": "name",
    "mark": "mark",
    "angle": "mark",
    "ticks": "ticks",
    "string": "string",
    "number": "number",
    "odd": "odd",
}
