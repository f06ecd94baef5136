"""Document + Layout -> the stretches of a page that hold definitions, each with its title and what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from fieldsmith.diagnostics import Span
from fieldsmith.reading.cells import read_name
from fieldsmith.reading.layout import Kind, Layout, Role, match_heading, role_of
from fieldsmith.reading.markdown import Block, Bullets, Document, Heading, plain_text
from fieldsmith.reading.names import fragment_key, split_name
from fieldsmith.reading.records import Cell
from fieldsmith.reading.tables import Table

KINDS: tuple[Kind, ...] = ("model", "enum", "union")
Names = Literal["definition", "part", ""]
_WIDEST = 1024
# `<a name="x"></a>`, `<a id="x">`, or a component: `<Anchor id="x" />`.
_ANCHOR = re.compile(r"""<(?:a|[A-Z]\w*) +(?:name|id)=["']([^"'<>]+)["'] */?>(?: *</a>)? *""")
# What else names a place on a page: the tag of any element, and `{#x}` behind a heading.
_PLACE = re.compile(r"""\b(?:name|id)=["']([^"'<>]+)["']|\{ ?#([^{}\s]+) ?\}""")
_NO_ANCHOR = re.compile(r"[^\w\- ]")


class Title(NamedTuple):
    """`name` is what it calls the definition, `heading` where it stands; `struck`: what it names is deprecated.

    `anchor` is the one above it, in layouts where each title has one.
    """

    name: str
    struck: bool
    heading: Heading
    anchor: str = ""


class Section(NamedTuple):
    """What stands below a heading, up to the next one. `title` is None where there is none that could be meant.

    `tables` are those with the columns that the kind needs; `bullets` count where there are none.
    `inside` is the title that the heading stands under, `names` what the heading itself names, if anything: a part has
    its name from both. `loose`: the heading is none that pages are known by.
    `alias` is a type that the title is another name for, or that the values of an enum have; `listed` are these values
    where no table has them; `hollow`: the title stands for a model without fields.
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
    alias: Cell | None = None
    listed: Cell | None = None
    hollow: bool = False

    @property
    def defines(self) -> Literal["model", "enum", "union", "alias"]:
        return "alias" if self.kind == "model" and self.alias and not self.tables else self.kind

    @property
    def holds(self) -> bool:
        return bool(self.tables or self.bullets or self.alias or self.listed or self.hollow)


def could_hold(document: Document, layout: Layout) -> bool:
    """Whether a page has anything that a stretch may hold: quick to say, and mostly it has not."""
    if layout.alias or layout.listed or layout.hollow:
        return True
    lists = bool({"enum", "union"} & (layout.headings.keys() | layout.loose.keys()))
    return any(
        any(has_columns(block, layout, kind) for kind in KINDS) if isinstance(block, Table) else lists
        for block in document.blocks
        if isinstance(block, Table | Bullets)
    )


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
    heads = [at for at, block in enumerate(document.blocks) if _divides(document, block, layout)]
    outer: list[Title] = []  # the titles that what follows may belong to, the nearest last
    for at, after in pairwise([*heads, len(document.blocks)]):
        heading = document.blocks[at]
        if not isinstance(heading, Heading):
            continue
        while outer and not layout.single and outer[-1].heading.level >= heading.level:
            outer.pop()
        text, struck = read_name(without_anchor(heading.text))
        inside = outer[-1] if outer and outer[-1].heading.level < heading.level else None
        head = Title(text, struck, heading, _anchor_above(document, heading, layout) if layout.anchors else "")
        found = _section(document, layout, head, document.blocks[at + 1 : after], inside)
        if found is not None:
            yield found
        if not (outer and layout.single):
            text, variant = _varied(text, layout)
            names = (match_heading(each, heading.level, text) for each in layout.titles)
            name = next((name for name in names if name is not None), None)
            outer += [head._replace(name=_called(name or text, layout) + variant)] if name is not None else []


def _divides(document: Document, block: Block, layout: Layout) -> bool:
    """Whether a stretch begins with a block: with any heading, but where that may be mere text."""
    if not isinstance(block, Heading) or not layout.ends:
        return isinstance(block, Heading)
    patterns = (pattern for _, pattern, _ in _openings(layout))
    fits = any(match_heading(each, block.level, block.text) is not None for each in patterns)
    return fits and (not layout.anchors or _anchor_above(document, block, layout) != "")


def _anchor_above(document: Document, heading: Heading, layout: Layout) -> str:
    """The anchor in the line above a heading, blank ones aside; "" where there is none.

    A model that a directive names needs none: its name stands for it.
    """
    at = heading.first - 1
    while at >= 0 and not document.lines[at].strip():
        at -= 1
    match = re.fullmatch(layout.anchors, document.lines[at].strip()) if at >= 0 else None
    return match["anchor"] if match else document.model


def _section(
    document: Document, layout: Layout, head: Title, blocks: tuple[Block, ...], inside: Title | None
) -> Section | None:
    """What a heading opens, if anything; it is the title itself where it gives a name, else that is the one above."""
    empty: Section | None = None
    named: Section | None = None
    text, variant = _varied(head.name, layout)
    head = head._replace(name=text + variant)
    part = inside is not None and any(match_heading(each, head.heading.level, text) == "" for each in layout.parts)
    for kind, pattern, loose in _openings(layout):
        name = match_heading(pattern, head.heading.level, text)
        if name is None:
            continue
        titled = _titled(layout, head, name + variant, inside, part) if name or part else None
        title = titled or (inside if layout.titles else head)
        tables = tuple(block for block in blocks if isinstance(block, Table) and has_columns(block, layout, kind))
        lists = tuple(block for block in blocks if isinstance(block, Bullets)) if kind != "model" else ()
        lists = () if tables or loose or (kind == "enum" and not layout.bullet) else lists
        names: Names = "part" if part else "definition" if name else ""
        section = Section(kind, title, head.heading, blocks, tables, lists, inside, names, loose)
        if section.holds:
            return section._replace(alias=_cell_in(document, section, layout.alias, "type"))
        empty, named = empty or (None if names else section), named or section
    bare = _without_table(document, layout, named) if named is not None else None
    return bare if bare is not None and bare.holds else empty


def text_of(heading: Heading, layout: Layout) -> str:
    """What the headings of a layout are compared with."""
    return _varied(read_name(without_anchor(heading.text))[0], layout)[0]


def _varied(text: str, layout: Layout) -> tuple[str, str]:
    """A heading without what tells it from others of the same words, and that as it stands behind a name."""
    found = re.search(layout.variants, text) if layout.variants else None
    return (text[: found.start()], f" {found[1].strip(' ')}") if found and found.start() else (text, "")


def _without_table(document: Document, layout: Layout, section: Section) -> Section:
    """A stretch that has no table of its own, and what its lines say of it."""
    listed = _cell_in(document, section, layout.listed, "values")
    tables = [block for block in section.blocks if isinstance(block, Table)]
    beside = all(table.header.texts[0].lower() in layout.beside for table in tables)
    hollow = beside and layout.hollow != ""
    return section._replace(
        kind="enum" if listed else section.kind,
        alias=_cell_in(document, section, layout.alias, "type"),
        listed=listed,
        hollow=hollow and any(re.match(layout.hollow, document.lines[at]) for at in _lines(section)),
    )


def _lines(section: Section) -> range:
    """The lines of a stretch, by index, its heading among them."""
    return range(section.heading.first, section.blocks[-1].last if section.blocks else section.heading.last)


def _cell_in(document: Document, section: Section, pattern: str, group: str) -> Cell | None:
    """What a group of a pattern holds in the first line of a stretch that fits it."""
    for at in _lines(section) if pattern else ():
        if match := re.match(pattern, document.lines[at]):
            return Cell(match[group], Span(document.path, at + 1, match.start(group) + 1, len(match[group])))
    return None


@lru_cache(maxsize=64)
def _openings(layout: Layout) -> tuple[tuple[Kind, str, bool], ...]:
    """The headings that open a definition, each with its kind and whether pages are not known by it.

    Those with more text of their own go first: what fits `* kinds` fits `*`, too.
    """
    both = ((layout.headings, False), (layout.loose, True))
    found = [(kind, pattern, loose) for kind in KINDS for each, loose in both for pattern in each.get(kind, ())]
    return tuple(sorted(found, key=lambda one: -len(one[1].strip("#* "))))


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


def fragments_of(document: Document) -> frozenset[str]:
    """What links name the places on a page by, as `fragment_key` has it."""
    heads = (name for block in document.blocks if isinstance(block, Heading) for name in anchors_of(document, block))
    marked = (line for line in document.lines if '="' in line or "='" in line or "#" in line)
    tags = (tag for line in marked for found in _PLACE.findall(line) for tag in found)
    return frozenset(map(fragment_key, (*heads, *tags)))


def without_anchor(text: str) -> str:
    """The text of a cell or heading without a tag that names it."""
    return _ANCHOR.sub("", text).strip(" ") if "<" in text else text


def clean_header(table: Table) -> Table:
    """A table whose header is plain text; one that is wider than any that people write is left as it is."""
    if len(table.header.texts) > _WIDEST:
        return table
    if all(map(str.isalnum, table.header.texts)):
        return table
    texts = tuple(text if text.isalnum() else plain_text(text) for text in table.header.texts)
    return table._replace(header=table.header._replace(texts=texts))


def roles_in(table: Table, layout: Layout, kind: Kind) -> tuple[Role | None, ...]:
    """The roles of a table's columns, in their order; None for those that are not known."""
    return _roles(layout, clean_header(table).header.texts, kind)


@lru_cache(maxsize=4096)
def _roles(layout: Layout, texts: tuple[str, ...], kind: Kind) -> tuple[Role | None, ...]:
    return tuple(role_of(layout, text.lower(), kind) for text in texts)


def has_columns(table: Table, layout: Layout, kind: Kind) -> bool:
    """Whether the header of a table has what a definition of this kind needs."""
    headers = layout.headers.get(kind)
    if headers and tuple(text.lower() for text in clean_header(table).header.texts) not in headers:
        return False
    roles = roles_in(table, layout, kind)
    if kind == "model" and layout.joined and "type" not in roles and "name" in roles and table.rows:
        at, others = roles.index("name"), layout.headers.get("enum", ())
        unsure = None in roles or tuple(text.lower() for text in table.header.texts) in others
        if unsure and not any(at < len(row.texts) and re.fullmatch(layout.joined, row.texts[at]) for row in table.rows):
            return False
    if layout.first and roles[:1] == (None,):
        return False
    return all(role in roles or (role == "name" and "pattern" in roles) for role in layout.needed(kind))
