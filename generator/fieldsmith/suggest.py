"""A word that is not known and the words that are -> `did you mean ...?`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_LONGEST = 200


def near(word: str, words: Iterable[str]) -> str | None:
    """`did you mean ...?`, where one of `words` is close to `word`."""
    known = list(words)
    alike = [each for each in known if each.casefold() == word.casefold()]
    close = alike or difflib.get_close_matches(word[:_LONGEST], known, n=1)
    return f"did you mean `{close[0]}`?" if close else None
