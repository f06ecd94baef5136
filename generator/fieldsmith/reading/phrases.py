"""A description -> the default that it states by a phrase; exact forms alone, what else it says is passed over."""

from __future__ import annotations

import re
from typing import NamedTuple

# A clause that says nothing else: `Default: 50`, `The default value is `false`.`, `(defaults to "x")`.
_OPENS = r"(?:^|(?<=[.;:!(\[\n])[ ]?|(?<=\n[-*])[ ]|, and )[*_]{0,2}"
_IF_NOT = r"if (?:it is )?(?:omitted|absent|unset|not (?:set|specified|provided|given|present|supplied))"
_SAYS = (
    rf"(?:{_IF_NOT},? )?(?:the |its |it )?default(?:s|ed)?(?: value)?"
    r"(?:(?::[*_]{0,2}|[*_]{1,2}:| is| to| =)[ ]?)[*_]{0,2}"
)
_VALUE = (
    r"(?P<code>`[^`\n]+`)|(?P<quoted>\"[^\"`\n]*\"|'[^'`\n]*')"
    r"|(?P<plain>-?[0-9]{1,15}(?:\.[0-9]{1,15})?|\[\]|\{\}|[A-Za-z][A-Za-z0-9_-]*)"
)
_CLOSES = rf"(?=[*_]{{0,2}}(?:[.;]?[ ]*$|[.;)\]](?:[\s).\]]|$)|\n| {_IF_NOT}(?:[.;,)\]]|$)))"
_DEFAULT = (
    re.compile(rf"{_OPENS}{_SAYS}(?:{_VALUE}){_CLOSES}", re.IGNORECASE),
    re.compile(rf"(?<=[(\[])default (?:to )?(?:{_VALUE})(?=[)\]])", re.IGNORECASE),
)
_LITERALS = ("true", "false", "null", "none")


class Phrase(NamedTuple):
    """`bare`: a word that may be a value, or another way to say something: `Defaults to unlimited.`"""

    text: str
    bare: bool


def default_in(text: str) -> Phrase | None:
    """The default, without a code span around it; None where there is none, or where there are several."""
    if "efault" not in text:
        return None
    found = {_phrase(match) for form in _DEFAULT for match in form.finditer(text)}
    return found.pop() if len(found) == 1 else None


def _phrase(match: re.Match[str]) -> Phrase:
    if match["plain"]:
        return Phrase(match["plain"], match["plain"][0].isalpha() and match["plain"].lower() not in _LITERALS)
    return Phrase(match["quoted"] or match["code"][1:-1].strip(), False)
