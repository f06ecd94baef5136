"""Document + Layout -> the stretches of a page that hold definitions, each with its title and what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from fieldsmith.reading.cells import read_name
from fieldsmith.reading.layout import Kind, Layout, Role, match_heading
from fieldsmith.reading.markdown import Block, Bullets, Document, Heading, plain_text
from fieldsmith.reading.names import split_name
from fieldsmith.reading.tables import Table

KINDS: tuple[Kind, ...] = ("model", "enum", "union")
_NEEDED: dict[Kind, tuple[Role, ...]] = {"model": ("name", "type"), "enum": ("value",), "union": ("type",)}
_WIDEST = 1024
_NO_ANCHOR = re.compile(r"[^\w\- ]")


class Title(NamedTuple):
    """`name` is what it calls the definition, `heading` where it stands; `struck`: what it names is deprecated."""

    name: str
    struck: bool
    heading: Heading


class Section(NamedTuple):
    """What stands below a heading, up to the next one. `title` is None where there is none that could be meant.

    `tables` are those with the columns that the kind needs; `bullets` count where there are none.
    """

    kind: Kind
    title: Title | None
    heading: Heading
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    bullets: tuple[Bullets, ...]

    @property
    def holds(self) -> bool:
        return bool(self.tables or self.bullets)


def sections(document: Document, layout: Layout) -> Iterator[Section]:
    """All stretches that a heading of the layout opens; such as hold nothing only where the heading gives no name."""
    heads = [at for at, block in enumerate(document.blocks) if isinstance(block, Heading)]
    outer: list[Title] = []  # the titles that what follows may belong to, the nearest last
    for at, after in pairwise([*heads, len(document.blocks)]):
        heading = document.blocks[at]
        if not isinstance(heading, Heading):
            continue
        while outer and not layout.single and outer[-1].heading.level >= heading.level:
            outer.pop()
        text, struck = read_name(heading.text)
        inside = outer[-1] if outer and outer[-1].heading.level < heading.level else None
        found = _section(layout, Title(text, struck, heading), document.blocks[at + 1 : after], inside)
        if found is not None:
            yield found
        if not (outer and layout.single):
            names = (match_heading(each, heading.level, text) for each in layout.titles)
            name = next((name for name in names if name is not None), None)
            outer += [Title(_called(name or text, layout), struck, heading)] if name is not None else []


def _section(layout: Layout, head: Title, blocks: tuple[Block, ...], inside: Title | None) -> Section | None:
    """What a heading opens, if anything; it is the title itself where it gives a name, else that is the one above."""
    empty: Section | None = None
    for kind in KINDS:
        for pattern in layout.headings.get(kind, ()):
            name = match_heading(pattern, head.heading.level, head.name)
            if name is None:
                continue
            title = inside
            if name:
                part_of = inside.name if inside is not None and layout.single else ""
                title = head._replace(name=part_of + _called(name, layout))
            tables = tuple(block for block in blocks if isinstance(block, Table) and has_columns(block, layout, kind))
            lists = tuple(block for block in blocks if isinstance(block, Bullets)) if kind != "model" else ()
            section = Section(kind, title, head.heading, blocks, tables, () if tables else lists)
            if section.holds:
                return section
            empty = empty or (None if name else section)
    return empty


def _called(name: str, layout: Layout) -> str:
    """A title without what it is qualified by."""
    return (split_name(name) or [name])[-1] if layout.qualified else name


def anchor_of(heading: Heading) -> str:
    """What links name a heading by, as GitHub and others make it of its text."""
    return _NO_ANCHOR.sub("", plain_text(heading.text).lower()).replace(" ", "-")


def clean_header(table: Table) -> Table:
    """A table whose header is plain text; one that is wider than any that people write is left as it is."""
    if len(table.header.texts) > _WIDEST:
        return table
    texts = tuple(text if text.isalnum() else plain_text(text) for text in table.header.texts)
    return table._replace(header=table.header._replace(texts=texts))


def has_columns(table: Table, layout: Layout, kind: Kind) -> bool:
    """Whether the header of a table has what a definition of this kind needs."""
    words = tuple(text.lower() for text in clean_header(table).header.texts)
    if kind == "model" and layout.headers and words not in layout.headers:
        return False
    roles = {layout.columns[word] for word in words if word in layout.columns}
    return all(role in roles for role in _NEEDED[kind])
