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
    above: list[Heading] = []
    heads = [at for at, block in enumerate(document.blocks) if isinstance(block, Heading)]
    for at, after in pairwise([*heads, len(document.blocks)]):
        heading = document.blocks[at]
        if not isinstance(heading, Heading):
            continue
        found = _section(layout, heading, document.blocks[at + 1 : after], above)
        if found is not None:
            yield found
        above.append(heading)


def _section(layout: Layout, heading: Heading, blocks: tuple[Block, ...], above: list[Heading]) -> Section | None:
    named, struck = read_name(heading.text)
    fitting = [
        (kind, name)
        for kind in KINDS
        for pattern in layout.headings.get(kind, ())
        if (name := match_heading(pattern, heading.level, named)) is not None
    ]
    empty: Section | None = None
    for kind, name in fitting:
        title = Title(_called(name, layout, above), struck, heading) if name else _title(layout, heading, above)
        tables = tuple(block for block in blocks if isinstance(block, Table) and has_columns(block, layout, kind))
        bullets = tuple(block for block in blocks if isinstance(block, Bullets)) if kind != "model" else ()
        section = Section(kind, title, heading, blocks, tables, () if tables else bullets)
        if section.holds:
            return section
        empty = empty or (None if name else section)
    return empty


def _title(layout: Layout, heading: Heading, above: list[Heading]) -> Title | None:
    """The heading that a section without a name belongs to: the first of the page, or the nearest one above it."""
    for one in above if layout.single else reversed(above):
        if one.level < heading.level:
            text, struck = read_name(one.text)
            name = next((name for each in layout.titles if (name := match_heading(each, one.level, text))), None)
            if name is not None:
                return Title(_called(name, layout, []), struck, one)
    return None


def _called(name: str, layout: Layout, above: list[Heading]) -> str:
    """A title without what it is qualified by; the name of a part of another definition follows on that one's."""
    if layout.qualified:
        name = (split_name(name) or [name])[-1]
    if layout.single and above:
        outer, _ = read_name(above[0].text)
        return f"{_called(outer, layout, [])}{name}"
    return name


def anchor_of(heading: Heading) -> str:
    """What links name a heading by, as GitHub and others make it of its text."""
    return _NO_ANCHOR.sub("", plain_text(heading.text).lower()).replace(" ", "-")


def clean_header(table: Table) -> Table:
    """A table whose header is plain text."""
    return table._replace(header=table.header._replace(texts=tuple(map(plain_text, table.header.texts))))


def has_columns(table: Table, layout: Layout, kind: Kind) -> bool:
    """Whether the header of a table has what a definition of this kind needs."""
    words = tuple(text.lower() for text in clean_header(table).header.texts)
    if kind == "model" and layout.headers and words not in layout.headers:
        return False
    roles = {layout.columns[word] for word in words if word in layout.columns}
    return all(role in roles for role in _NEEDED[kind])
