"""Document + Layout -> the stretches of a page that hold definitions, each with its title and what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from fieldsmith.reading.cells import read_name
from fieldsmith.reading.layout import Kind, Layout, Role, match_heading, role_of
from fieldsmith.reading.markdown import Block, Bullets, Document, Heading, plain_text
from fieldsmith.reading.names import split_name
from fieldsmith.reading.tables import Table

KINDS: tuple[Kind, ...] = ("model", "enum", "union")
_NEEDED: dict[Kind, tuple[Role, ...]] = {"model": ("name", "type"), "enum": ("value",), "union": ("type",)}
Names = Literal["definition", "part", ""]
_WIDEST = 1024
# `<a name="x"></a>`, `<a id="x">`, or a component: `<Anchor id="x" />`.
_ANCHOR = re.compile(r"""<(?:a|[A-Z]\w*) +(?:name|id)=["']([^"'<>]+)["'] */?>(?: *</a>)? *""")
_NO_ANCHOR = re.compile(r"[^\w\- ]")


class Title(NamedTuple):
    """`name` is what it calls the definition, `heading` where it stands; `struck`: what it names is deprecated."""

    name: str
    struck: bool
    heading: Heading


class Section(NamedTuple):
    """What stands below a heading, up to the next one. `title` is None where there is none that could be meant.

    `tables` are those with the columns that the kind needs; `bullets` count where there are none.
    `inside` is the title that the heading stands under, `names` what the heading itself names, if anything: a part has
    its name from both. `loose`: the heading is none that pages are known by.
    """

    kind: Kind
    title: Title | None
    heading: Heading
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    bullets: tuple[Bullets, ...]
    inside: Title | None = None
    names: Names = ""
    loose: bool = False

    @property
    def holds(self) -> bool:
        return bool(self.tables or self.bullets)


def sections(document: Document, layout: Layout) -> Iterator[Section]:
    """All stretches that a heading of the layout opens; such as hold nothing only where the heading gives no name, and
    none below it opens another one."""
    empty: Section | None = None
    for found in _stretches(document, layout):
        if empty is not None and not (found.title == empty.title and found.heading.level > empty.heading.level):
            yield empty
        empty = None if found.holds else found
        if found.holds:
            yield found
    if empty is not None:
        yield empty


def _stretches(document: Document, layout: Layout) -> Iterator[Section]:
    heads = [at for at, block in enumerate(document.blocks) if isinstance(block, Heading)]
    outer: list[Title] = []  # the titles that what follows may belong to, the nearest last
    for at, after in pairwise([*heads, len(document.blocks)]):
        heading = document.blocks[at]
        if not isinstance(heading, Heading):
            continue
        while outer and not layout.single and outer[-1].heading.level >= heading.level:
            outer.pop()
        text, struck = read_name(without_anchor(heading.text))
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
    part = inside is not None and any(match_heading(each, head.heading.level, head.name) == "" for each in layout.parts)
    for kind in KINDS:
        for pattern, loose in _patterns(layout, kind):
            name = match_heading(pattern, head.heading.level, head.name)
            if name is None:
                continue
            title = _titled(layout, head, name, inside, part) if name or part else inside
            tables = tuple(block for block in blocks if isinstance(block, Table) and has_columns(block, layout, kind))
            lists = tuple(block for block in blocks if isinstance(block, Bullets)) if kind != "model" else ()
            lists = () if tables or loose else lists
            names: Names = "part" if part else "definition" if name else ""
            section = Section(kind, title, head.heading, blocks, tables, lists, inside, names, loose)
            if section.holds:
                return section
            empty = empty or (None if names else section)
    return empty


def _patterns(layout: Layout, kind: Kind) -> Iterator[tuple[str, bool]]:
    """The headings that open a definition, each with whether pages are not known by it."""
    yield from ((pattern, False) for pattern in layout.headings.get(kind, ()))
    yield from ((pattern, True) for pattern in layout.loose.get(kind, ()))


def _titled(layout: Layout, head: Title, name: str, inside: Title | None, part: bool) -> Title:
    """The title that a heading is, or the one above where that says the same name already."""
    name = _called(name, layout)
    if inside is None:
        return head._replace(name=name)
    if part:
        return head._replace(name=f"{inside.name} {head.name}")
    if layout.single:
        return head._replace(name=inside.name + name)
    return inside if inside.name == name else head._replace(name=name)


def _called(name: str, layout: Layout) -> str:
    """A title without what it is qualified by."""
    return (split_name(name) or [name])[-1] if layout.qualified else name


def anchors_of(document: Document, heading: Heading) -> Iterator[str]:
    """What links name a heading by: as GitHub and others make it of its text, and the tag in it or right above it."""
    yield _NO_ANCHOR.sub("", plain_text(without_anchor(heading.text)).lower()).replace(" ", "-")
    above = document.lines[heading.first - 1].strip() if heading.first else ""
    for tag in filter(None, (_ANCHOR.fullmatch(above), _ANCHOR.search(heading.text))):
        yield tag[1].lower()


def without_anchor(text: str) -> str:
    """The text of a cell or heading without a tag that names it."""
    return _ANCHOR.sub("", text).strip(" ") if "<" in text else text


def clean_header(table: Table) -> Table:
    """A table whose header is plain text; one that is wider than any that people write is left as it is."""
    if len(table.header.texts) > _WIDEST:
        return table
    texts = tuple(text if text.isalnum() else plain_text(text) for text in table.header.texts)
    return table._replace(header=table.header._replace(texts=texts))


def roles_in(table: Table, layout: Layout, kind: Kind) -> tuple[Role | None, ...]:
    """The roles of a table's columns, in their order; None for those that are not known."""
    return tuple(role_of(layout, text.lower(), kind) for text in clean_header(table).header.texts)


def has_columns(table: Table, layout: Layout, kind: Kind) -> bool:
    """Whether the header of a table has what a definition of this kind needs."""
    words = tuple(text.lower() for text in clean_header(table).header.texts)
    if kind == "model" and layout.headers and words not in layout.headers:
        return False
    roles = roles_in(table, layout, kind)
    if layout.first and roles[:1] == (None,):
        return False
    return all(role in roles or (role == "name" and "pattern" in roles) for role in _NEEDED[kind])
