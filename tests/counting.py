"""Text of a page -> how many rows, members and headings it has, by a count that knows nothing of how pages are read.

It is short and dull on purpose: what is read is held against it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

NAMES = ("Fields", "Values", "Supported Types")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?[ \t]*#*[ \t]*")
_PIPE = re.compile(r"[ \t>]*\|")
_DASHES = re.compile(r"[ \t>]*\|[ \t:|-]*-[ \t:|-]*")


class Counts(NamedTuple):
    """`headings` in order; `pipes` and `dashes` are lines in the section of a heading, `marks` its sub-headings.

    `items` are bullets in a section, and what stands between pipes in its fences.
    """

    headings: tuple[str, ...]
    pipes: Counter[str]
    dashes: Counter[str]
    marks: Counter[str]
    items: Counter[str]


def count(text: str) -> Counts:
    """Counts of a page whose lines end in LF. Headings in fences, comments and blocks of HTML are none."""
    headings: list[str] = []
    pipes, dashes, marks, items = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    section = fence = html = ""
    for line in text.split("\n"):
        bare = line.strip()
        if fence:
            if bare.startswith(fence) and not bare.strip(fence[0]):
                fence = ""
            elif bare:
                items[section] += len(bare.strip("|").split("|"))
        elif html:
            html = "" if (html == "-->" and html in bare) or (html == "blank" and not bare) else html
        elif bare.startswith(("```", "~~~")):
            fence = bare[: len(bare) - len(bare.lstrip(bare[0]))]
        elif bare.startswith("<!--"):
            html = "" if "-->" in bare else "-->"
        elif re.match(r"</?[a-z]+[ />]", bare):
            html = "blank"
        elif found := _HEADING.fullmatch(line):
            if len(found[1]) > 2:
                marks[section] += 1
            else:
                section = found[2] if len(found[1]) == 2 and found[2] in NAMES else ""
                headings += [section] if section else []
        elif bare.startswith("- "):
            items[section] += 1
        pipes[section] += bool(_PIPE.match(line))
        dashes[section] += bool(_DASHES.fullmatch(line))
    return Counts(tuple(headings), pipes, dashes, marks, items)
