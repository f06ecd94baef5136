"""Tokens of a type that is told in words + Notation -> tokens without the words that say nothing of it."""

from __future__ import annotations

from collections.abc import Sequence

from fieldsmith.reading.notations.base import Notation
from fieldsmith.reading.typetokens import Token

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_OPENING, _CLOSING = ("[", "(", "<", "{"), ("]", ")", ">", "}")


def plainly(tokens: Sequence[Token], notation: Notation) -> list[Token]:
    """`up to 10 [cats](cat.md) objects or text` as `[cats](cat.md) | text`; the text of links is left alone."""
    kept: list[Token] = []
    options: list[int] = []  # where commas stand that would separate options
    at = depth = 0
    joined = False
    while at < len(tokens):
        token = tokens[at]
        if token.text == "[" and (end := _link_end(tokens, at)):
            kept.extend(tokens[at : end + 1])
            at = end + 1
            at += max((_fit(tokens, at, words) for words in notation.trailers), default=0)
            continue
        if size := max((_filler(tokens, at, words) for words in notation.fillers), default=0):
            at += size
            continue
        depth += (token.kind == "mark") * ((token.text in _OPENING) - (token.text in _CLOSING))
        if depth == 0 and token.kind == "name" and token.text.lower() in notation.joints:
            joined = True
            if options[-1:] == [len(kept) - 1]:
                kept.pop()
                options.pop()
            token = Token("mark", "|", token.at)
        if depth == 0 and token.text == ",":
            options.append(len(kept))
        kept.append(token)
        at += 1
    for index in options if joined else ():
        kept[index] = kept[index]._replace(text="|")
    return kept


def _link_end(tokens: Sequence[Token], at: int) -> int:
    """Where the link ends that begins here; 0 where none does."""
    after = at + 1
    while tokens[after].kind not in ("linkend", "end") and tokens[after].text not in ("[", "]"):
        after += 1
    return after if tokens[after].kind == "linkend" else 0


def _filler(tokens: Sequence[Token], at: int, words: str) -> int:
    """How many tokens such words take here, if a type follows them."""
    size = _fit(tokens, at, words)
    after = tokens[at + size]
    return size if size and (after.kind in ("name", "ticks") or after.text == "[") else 0


def _fit(tokens: Sequence[Token], at: int, words: str) -> int:
    """How many tokens such words take here; none where others stand."""
    wanted = words.split(" ")
    found = tokens[at : at + len(wanted)]
    return len(wanted) if len(found) == len(wanted) and all(map(_is_word, found, wanted)) else 0


def _is_word(token: Token, word: str) -> bool:
    if word == "#":
        return token.kind == "number" or token.text.lower() in _NUMBERS
    return token.kind == "name" and token.text.lower() == word
