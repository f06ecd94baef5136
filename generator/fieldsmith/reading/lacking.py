"""Document + Layout -> the table that a heading would make a definition, and the columns that it lacks for that."""

from __future__ import annotations

from fieldsmith.reading.cells import quote
from fieldsmith.reading.layout import Kind, Layout, match_heading
from fieldsmith.reading.markdown import Document, Heading
from fieldsmith.reading.records import Lack
from fieldsmith.reading.sections import KINDS, roles_in, without_anchor
from fieldsmith.reading.tables import Table


def lack(document: Document, layout: Layout) -> Lack | None:
    """The first table below a heading that opens definitions which has not the columns of one, or None."""
    heading: Heading | None = None
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = block
        elif isinstance(block, Table) and heading is not None:
            opened = [kind for kind in KINDS if _opens(heading, layout, kind)]
            missing = [_missing(block, layout, kind) for kind in opened]
            if missing and all(missing):
                what = f"{quote(heading.text)} opens a definition of the dialect {layout.name}"
                return Lack(block.span, f"{what}, but the table below it has no column for {' and '.join(missing[0])}")
    return None


def _opens(heading: Heading, layout: Layout, kind: Kind) -> bool:
    text = without_anchor(heading.text)
    return any(match_heading(each, heading.level, text) is not None for each in layout.headings.get(kind, ()))


def _missing(table: Table, layout: Layout, kind: Kind) -> list[str]:
    """What a definition of this kind needs a column for, and the table has none for."""
    roles = roles_in(table, layout, kind)
    return [role for role in layout.needed(kind) if role not in roles]
