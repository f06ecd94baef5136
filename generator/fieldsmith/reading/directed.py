"""Document with directives -> the stretches of it that these single out: what is skipped, and what is a model.

A model is shown to its dialect as a page of its own, below the headings that the dialect wants; so any dialect can read
it, whatever stands above it on the page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.cells import read_name
from fieldsmith.reading.directives import Directive
from fieldsmith.reading.layout import match_heading
from fieldsmith.reading.markdown import Block, Bullets, Document, Heading, Prose
from fieldsmith.reading.tables import Table, is_pipe_line

ADVICE = "put it right above a table of fields, or above the heading of one"


class Model(NamedTuple):
    """A model as a page of its own; `heading` is the one in place of which its directive stands."""

    directive: Directive
    heading: Heading | None
    page: Document


class _Stretch(NamedTuple):
    """The blocks of one model, from index `first` up to `last`.

    `title` and `section` are the headings that a directive takes the place of: the one with the name, and the one right
    above the table. The text between them says what the model is.
    """

    directive: Directive
    title: Heading | None
    section: Heading | None
    first: int
    last: int

    def parts(self, document: Document) -> tuple[list[Block], list[Block]]:
        """The prose between title and section and right above the table, and the table with all that belongs to it.

        What stands below other headings on the way is in neither: it is no part of the model.
        """
        blocks = document.blocks[self.first : self.last]
        table = next(at for at, block in enumerate(blocks) if isinstance(block, Table))
        heads = [at for at, block in enumerate(blocks) if isinstance(block, Heading) and block is not self.title]
        start = 0 if self.title is None else 1
        above = [*blocks[start : heads[0]], *blocks[heads[-1] + 1 : table]] if heads else blocks[start:table]
        return list(above), list(blocks[table:])

    def others(self, document: Document) -> list[Block]:
        """The blocks that are in neither part."""
        above, body = self.parts(document)
        kept = {block.first for block in (*above, *body)}
        return [block for block in document.blocks[self.first : self.last] if block.first not in kept]


def whole_page(document: Document) -> Directive | None:
    """The directive that skips a page as a whole."""
    return next((one for one in document.directives if one.verb == "skip" and one.word == "page"), None)


def without_skipped(document: Document, accounts: Accounts) -> Document:
    """The page without what follows its directives `skip`: a table, a list, or a heading with all below it.

    Directives `model` go with what they stand above; one that names what is skipped right there is a finding.
    """
    skips = [one for one in document.directives if one.verb == "skip" and not one.word]
    if not skips:
        return document
    solid = _Solid(document, Heading, Table, Bullets)
    gone: set[int] = set()
    skipped: dict[int, Directive] = {}
    for one in skips:
        place = solid.after(one)
        if place == len(solid.at):
            accounts.add("FS054", one.span, "no heading, table or list follows that could be skipped", "take it out")
        elif solid.at[place] not in gone:
            stretch = range(solid.at[place], solid.end(place))
            gone.update(stretch)
            skipped[stretch.start] = one
            for block in document.blocks[stretch.start : stretch.stop]:
                if isinstance(block, (Heading, Table)):
                    accounts.left(block, f"line {one.span.line} asks for that")
    return _without(document._replace(directives=tuple(_standing(document, gone, skipped, accounts))), gone)


def _standing(
    document: Document, gone: Container[int], skipped: Mapping[int, Directive], accounts: Accounts
) -> Iterator[Directive]:
    """The directives but those of models in what is skipped; `skipped` has the block that each `skip` stands above."""
    solid = _Solid(document, Heading, Table)
    for one in document.directives:
        at = solid.index(solid.after(one))
        if one.verb != "model" or at not in gone:
            yield one
        elif at in skipped:
            message = f"line {skipped[at].span.line} says that what follows here is skipped"
            accounts.add("FS054", one.span, message, "take one of the two out")


def find_models(document: Document, heads: Sequence[str], accounts: Accounts) -> tuple[Document, list[Model]]:
    """The page without the models that its directives name, and these; `heads` are those of `records.Dialect`."""
    named = [one for one in document.directives if one.verb == "model"]
    if not named or not heads:
        return document, []
    solid = _Solid(document, Heading, Table)
    taken: dict[int, Directive] = {}
    found: list[_Stretch] = []
    for one in named:
        place = solid.after(one)
        other = taken.get(solid.index(place))
        if other is not None:
            message = f"line {other.span.line} says already what follows here"
            accounts.add("FS054", one.span, message, "take one of the two out")
        elif (stretch := solid.stretch(one, place, heads)) is None:
            accounts.add("FS054", one.span, "no table follows that could be the model", ADVICE)
        else:
            found.append(stretch)
            accounts.took(*filter(None, (stretch.title, stretch.section)))
            taken.update((at, one) for at in range(stretch.first, stretch.last))
    inner = _blanked(document, [block for each in found for block in each.others(document)])
    page = document._replace(lines=inner, directives=())
    return _without(document, taken), [Model(each.directive, each.title, _page(page, each, heads)) for each in found]


def _page(document: Document, stretch: _Stretch, heads: Sequence[str]) -> Document:
    """A page with one model alone, under headings of its dialect."""
    one, title, section = stretch.directive, stretch.title, stretch.section
    above, body = stretch.parts(document)
    name = one.word if one.word.isidentifier() else "Model"
    struck = title is not None and read_name(title.text)[1]
    level, text = _heading(heads[0], 1)
    text = text.replace("*", f"~~{name}~~" if struck else name)
    place = (title.first, title.last) if title is not None else (one.first, one.last)
    made: list[Block] = [Heading(level, text, one.span, *place), *above]
    if len(heads) > 1:
        level, text = _heading(heads[1], level + 1)
        made.append(Heading(level, text, one.span if section is None else section.span, body[0].first, body[0].first))
    return document._replace(blocks=(*made, *body), model=one.word)


def _heading(pattern: str, usual: int) -> tuple[int, str]:
    """Level and text of a heading, as layouts spell it."""
    text = pattern.lstrip("#")
    return len(pattern) - len(text) or usual, text.strip(" ")


class _Solid:
    """The blocks of some kinds on a page: `at` has their indices among all blocks."""

    def __init__(self, document: Document, *kinds: type[Block]) -> None:
        self.document = document
        self.at = [at for at, block in enumerate(document.blocks) if isinstance(block, kinds)]

    def block(self, place: int) -> Block | None:
        return self.document.blocks[self.at[place]] if 0 <= place < len(self.at) else None

    def after(self, one: Directive) -> int:
        """The place of the first one below a directive."""
        return bisect_left(self.at, one.last, key=lambda at: self.document.blocks[at].first)

    def index(self, place: int) -> int:
        """The index of a block, that of the end behind the last one."""
        return self.at[place] if place < len(self.at) else len(self.document.blocks)

    def end(self, place: int) -> int:
        """The index behind a block and, where it is a heading, all below it."""
        head = self.block(place)
        if not isinstance(head, Heading):
            return self.at[place] + 1
        place += 1
        while (block := self.block(place)) is not None and not (
            isinstance(block, Heading) and block.level <= head.level
        ):
            place += 1
        return self.index(place)

    def stretch(self, one: Directive, place: int, heads: Sequence[str]) -> _Stretch | None:
        """The model that begins at a heading or a table; None where there is no table."""
        block = self.block(place)
        if isinstance(block, Heading):
            found = self._below(one, block, place)
        elif isinstance(block, Table):
            found = self._around(one, place)
        else:
            return None
        return found and self._widened(found, heads)

    def _below(self, one: Directive, title: Heading, place: int) -> _Stretch | None:
        """From a heading to the first tables below it, and on to the next heading."""
        start, section, tables = place, None, False
        place += 1
        while (block := self.block(place)) is not None:
            if isinstance(block, Heading):
                if tables or block.level <= title.level:
                    break
                section = block
            tables = tables or isinstance(block, Table)
            place += 1
        return _Stretch(one, title, section, self.at[start], self.index(place)) if tables else None

    def _around(self, one: Directive, place: int) -> _Stretch:
        """A table; with the heading above it where that has no other, for it is no other definition's then."""
        above, following = self.block(place - 1), self.block(place + 1)
        if isinstance(above, Heading) and _ends(above, following):
            return _Stretch(one, above, None, self.at[place - 1], self.index(place + 1))
        blocks, last = self.document.blocks, self.at[place] + 1
        if last < len(blocks) and isinstance(blocks[last], Prose) and is_pipe_line(self._line(blocks[last])):
            last += 1  # rows that have lost their table
        return _Stretch(one, None, None, bisect_left(blocks, one.last, key=lambda block: block.first), last)

    def _widened(self, found: _Stretch, heads: Sequence[str]) -> _Stretch:
        """The same with the title above, where the heading is but that of a section, and the only one there."""
        section, place = found.title, bisect_left(self.at, found.first) - 1
        title, following = self.block(place), self.block(bisect_left(self.at, found.last))
        if section is None or len(heads) < 2 or match_heading(heads[1], section.level, section.text) is None:
            return found
        if not isinstance(title, Heading) or title.level >= section.level or not _ends(title, following):
            return found
        return found._replace(title=title, section=found.section or section, first=self.at[place])

    def _line(self, block: Block) -> str:
        return self.document.lines[block.first]


def _ends(heading: Heading, following: Block | None) -> bool:
    """Whether what stands below a heading ends where `following` begins."""
    return following is None or (isinstance(following, Heading) and following.level <= heading.level)


def _without(document: Document, gone: Container[int]) -> Document:
    """A page without the blocks of these indices."""
    kept = tuple(block for at, block in enumerate(document.blocks) if at not in gone)
    lines = _blanked(document, (block for at, block in enumerate(document.blocks) if at in gone))
    return document._replace(lines=lines, blocks=kept)


def _blanked(document: Document, blocks: Iterable[Block]) -> tuple[str, ...]:
    """The lines of a page, those of some blocks blank."""
    lines = list(document.lines)
    for block in blocks:
        lines[block.first : block.last] = [""] * (block.last - block.first)
    return tuple(lines)
