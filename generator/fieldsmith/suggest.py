"""A word that is not known and the words that are -> `did you mean ...?`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_LONGEST = 200
_CLOSE = 0.65  # `function` is no slip for `duration`


def near(word: str, words: Iterable[str]) -> str | None:
    """`did you mean ...?`, where one of `words` is close to `word`."""
    close = nearest(word, words)
    return f"did you mean `{close}`?" if close is not None else None


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` that is close to `word`, if any is: first of all what differs in case alone."""
    known = list(words)
    alike = [each for each in known if each.casefold() == word.casefold()]
    close = alike or difflib.get_close_matches(word[:_LONGEST], known, n=1, cutoff=_CLOSE)
    return close[0] if close else None
