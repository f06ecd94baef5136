"""Type cells of a set of pages -> the notation they are written in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from fieldsmith.limits import LIMITS
from fieldsmith.reading.names import Names, split_name
from fieldsmith.reading.notations import SDKS
from fieldsmith.reading.notations.base import Case, Notation
from fieldsmith.reading.records import PageRecords
from fieldsmith.reading.typetext import Form, parse_type
from fieldsmith.reading.typetokens import TypeTrouble
from fieldsmith.reading.typetree import Group, Link, Name, Node

# Enough cells to tell all notations apart in every set seen, few enough to cost next to nothing.
_MOST_TEXTS = 400
_ENOUGH_AGAINST = 4
_SNAKE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")
_CAMEL = re.compile(r"[a-z]+[A-Z]\w*")
_PASCAL = re.compile(r"[A-Z]\w*")


def choose_notation(
    pages: Sequence[PageRecords],
    names: Names,
    running: Sequence[Notation] = SDKS,
    nesting: int = LIMITS.nesting,
) -> Notation:
    """The notation, of those that are `running`, that reads most of the distinct type texts of `pages`.

    Where several read equally many, the one whose language writes field names as most of the pages do, then the first
    of them: such notations differ in nothing that these pages say.
    """
    if len(running) == 1:
        return running[0]
    failed: Counter[str] = Counter()
    for text, form in _texts(pages):
        for notation in running:
            failed[notation.name] += not _reads(text, form, notation, names, nesting)
        best = min(failed[notation.name] for notation in running)
        if best == 0 and sum(failed[notation.name] < _ENOUGH_AGAINST for notation in running) == 1:
            break
    case = _usual_case(pages)
    return min(running, key=lambda notation: (failed[notation.name], notation.case != case))


def _texts(pages: Sequence[PageRecords]) -> Iterator[tuple[str, Form]]:
    """Distinct type texts in page order, up to a limit; short ones say as much as long ones."""
    seen: set[str] = set()
    for page in pages:
        for record in page.definitions:
            types = (field.type for field in record.fields)
            cells: list[tuple[str, Form]] = [(type_.text, "cell") for type_ in types if not type_.told]
            cells += [(member.text, "inner") for member in record.members]
            for text, form in cells:
                if text not in seen and len(text) < 2000:
                    seen.add(text)
                    yield text, form
                    if len(seen) >= _MOST_TEXTS:
                        return


def _reads(text: str, form: Form, notation: Notation, names: Names, nesting: int) -> bool:
    try:
        return _is_known(parse_type(text, notation, form, nesting), notation, names)
    except TypeTrouble:
        return False


def _is_known(node: Node, notation: Notation, names: Names) -> bool:
    """Whether all names in a type can be names of definitions."""
    if isinstance(node, Group):
        return all(_is_known(part, notation, names) for part in node.parts)
    if isinstance(node, Link):
        return "://" not in node.target or not isinstance(node.inner, Name)
    if isinstance(node, Name):
        parts = split_name(node.text)
        return names.has_title(parts[-1]) or (notation.unlinked and len(parts) > 1)
    return True


def _usual_case(pages: Sequence[PageRecords]) -> Case | None:
    found: Counter[Case] = Counter()
    for page in pages:
        for record in page.definitions:
            for field in record.fields:
                if _SNAKE.fullmatch(field.name):
                    found["snake"] += 1
                elif _CAMEL.fullmatch(field.name):
                    found["camel"] += 1
                elif _PASCAL.fullmatch(field.name):
                    found["pascal"] += 1
        if found.total() > 200:
            break
    return max(sorted(found.items()), key=lambda pair: pair[1])[0] if found else None
