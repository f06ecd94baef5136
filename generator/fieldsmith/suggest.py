"""A word that is not known and the words that are -> `did you mean ...?`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

_LONGEST = 200
_CLOSE = 0.65  # `function` is no slip for `duration`
_SLIP = 0.85


def near(word: str, words: Iterable[str]) -> str | None:
    """`did you mean ...?`, where one of `words` is close to `word`."""
    close = nearest(word, words)
    return f"did you mean `{close}`?" if close is not None else None


def near_code(code: str, codes: Iterable[str]) -> str | None:
    """`did you mean ...?` for the code of a finding: first of all the one of the same number, `FS051` for `FS51`."""
    known = list(codes)
    number = re.fullmatch(r"(?:FS)?0*([0-9]{1,3})", code, re.IGNORECASE)
    padded = f"FS{int(number[1]):03}" if number is not None else ""
    return f"did you mean `{padded}`?" if padded in known else near(code.upper(), known)


def near_name(name: str, words: Iterable[str]) -> str | None:
    """The one of `words` that is `name` but for a slip: that others are merely alike says nothing."""
    close = difflib.get_close_matches(name, list(words), n=1, cutoff=_SLIP)
    return close[0] if close else None


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` that is close to `word`, if any is: first of all what differs in case alone."""
    known = list(words)
    alike = [each for each in known if each.casefold() == word.casefold()]
    close = alike or difflib.get_close_matches(word[:_LONGEST], known, n=1, cutoff=_CLOSE)
    return close[0] if close else None
