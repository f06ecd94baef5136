"""Document + Layout -> what nearly is a definition and is not read, and what it lacks for that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.cells import quote
from fieldsmith.reading.layout import Kind, Layout, Role, match_heading
from fieldsmith.reading.markdown import Block, Document, Fence, Heading
from fieldsmith.reading.records import Lack
from fieldsmith.reading.sections import KINDS, clean_header, has_columns, roles_in, text_of
from fieldsmith.reading.tables import Table
from fieldsmith.suggest import near

_MOST_WORDS = 20  # of a header that are held against those that are known


class _Gap(NamedTuple):
    """A column that a table lacks; `help` says which one may be meant for it, where a word is near."""

    column: Role
    help: str | None


class _Stretch(NamedTuple):
    """A heading, None before the first one, with what stands between it and the next.

    `opened` are the kinds of definitions that the heading opens, each with whether pages are known by that, and it fits
    more than a mere `*`.
    """

    heading: Heading | None
    opened: Mapping[Kind, bool]
    blocks: list[Block]

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]


def lack(document: Document, layout: Layout, near_only: bool = False) -> Lack | None:
    """The first table below a heading that opens definitions which has not the columns of one, or None; if asked for,
    only one that has the columns of a model but for wrong letters."""
    for one in _stretches(document, layout):
        for table in one.tables:
            missing = _gaps(table, layout, one.opened.keys() & {"model"} if near_only else one.opened)
            if missing and one.heading is not None and (_all_near(missing) or not near_only):
                what = f"{quote(one.heading.text)} opens a definition of the dialect {layout.name}"
                return Lack(table.span, f"{what}, but the table below it {_said(missing)}", _help(missing))
    return None


def lacking_in(blocks: Iterable[Block], layout: Layout, kind: Kind) -> str | None:
    """What the first table among some blocks lacks, as advice; None where there is none, or it lacks nothing."""
    table = next((block for block in blocks if isinstance(block, Table)), None)
    missing = _gaps(table, layout, (kind,)) if table is not None else ()
    return "; ".join(filter(None, (f"the table below it {_said(missing)}", _help(missing)))) if missing else None


def tell_unread(document: Document, layout: Layout, accounts: Accounts) -> None:
    """Why each table was left out, and a finding for what looks like a definition and was not read.

    That is a table with columns for names and types, one below a heading that opens a definition, one whose header is
    a letter away from that of a model, and such a heading with nothing but text below it. A heading that fits but a
    mere `*` is none.
    """
    stretches = list(_stretches(document, layout))
    for at, one in enumerate(stretches):
        for table in one.tables:
            if not accounts.has_read(table):
                _tell_table(table, one, layout, accounts)
        if one.heading is not None and any(one.opened.values()) and _is_empty(stretches, at, accounts):
            message = f"{quote(one.heading.text)} opens a definition of the dialect {layout.name}; no table is below it"
            accounts.add("FS056", one.heading.span, message, "put its table below the heading, or skip it")


def _tell_table(table: Table, stretch: _Stretch, layout: Layout, accounts: Accounts) -> None:
    heading, opened = stretch.heading, stretch.opened
    fits = {kind for kind in KINDS if _is_described(layout, kind) and has_columns(table, layout, kind)}
    nearly = _gaps(table, layout, opened.keys() & {"model"})
    close = bool(nearly) and _all_near(nearly)
    missing = nearly if close else _gaps(table, layout, opened)
    if fits & opened.keys():
        return  # what keeps it from being read is a finding already
    if missing and (close or any(opened.values())):
        reason, help_text = f"it {_said(missing)}", _help(missing)
        is_read = heading is not None and accounts.has_read(heading)
        told = not is_read or (close and any(map(accounts.has_read, stretch.tables)))
    elif fits:
        reason, help_text = "there is no heading above it", None
        if heading is not None:
            reason = f"the heading above it, {quote(heading.text)}, opens no definition of its kind"
            help_text = near(heading.text, _fixed(layout))
        told = "model" in fits and _has_names_and_types(table, layout)
    else:
        columns = " | ".join(clean_header(table).header.texts)
        reason, help_text, told = f"its columns, {quote(columns)}, are those of no definition", None, False
    accounts.left(table, reason)
    if told:
        accounts.add("FS056", table.span, f"this table is not read: {reason}", help_text)


def _is_empty(stretches: Sequence[_Stretch], at: int, accounts: Accounts) -> bool:
    """Whether a heading and those that stand below it have nothing but text: no table, no example in a fence, and
    nothing that was read."""
    level = _level(stretches[at])
    below = takewhile(lambda one: _level(one) > level, (stretches[after] for after in range(at + 1, len(stretches))))
    return not any(
        any(isinstance(block, Table | Fence) for block in one.blocks)
        or (one.heading is not None and accounts.has_read(one.heading))
        for one in (stretches[at], *below)
    )


def _level(stretch: _Stretch) -> int:
    return stretch.heading.level if stretch.heading is not None else 0


def _is_described(layout: Layout, kind: Kind) -> bool:
    return bool(layout.headings.get(kind) or layout.loose.get(kind))


def _fixed(layout: Layout) -> list[str]:
    """The headings without a name in them that open definitions."""
    patterns = (pattern for kind in KINDS for pattern in layout.headings.get(kind, ()))
    return [pattern.lstrip("# ") for pattern in patterns if "*" not in pattern]


def _has_names_and_types(table: Table, layout: Layout) -> bool:
    roles = roles_in(table, layout, "model")
    return "name" in roles and ("type" in roles or layout.joined != "")


def _stretches(document: Document, layout: Layout) -> Iterator[_Stretch]:
    found = _Stretch(None, {}, [])
    for block in document.blocks:
        if isinstance(block, Heading):
            yield found
            found = _Stretch(block, _opened(block, layout), [])
        else:
            found.blocks.append(block)
    yield found


def _opened(heading: Heading, layout: Layout) -> dict[Kind, bool]:
    text = text_of(heading, layout)
    found: dict[Kind, bool] = {}
    for kind in KINDS:
        for patterns, sure in ((layout.headings.get(kind, ()), True), (layout.loose.get(kind, ()), False)):
            for pattern in patterns:
                if match_heading(pattern, heading.level, text) is not None:
                    found[kind] = found.get(kind, False) or (sure and pattern.strip("#* ") != "")
    return found


def _gaps(table: Table, layout: Layout, kinds: Iterable[Kind]) -> tuple[_Gap, ...]:
    """What a definition needs a column for and a table has none for: of these kinds, that of the nearest one."""
    found = [tuple(_gaps_of(table, layout, kind)) for kind in kinds]
    return min(found, key=lambda gaps: (sum(gap.help is None for gap in gaps), len(gaps)), default=())


def _gaps_of(table: Table, layout: Layout, kind: Kind) -> Iterator[_Gap]:
    roles = roles_in(table, layout, kind)
    texts = clean_header(table).header.texts
    unknown = [text for text, role in zip(texts, roles, strict=True) if role is None][:_MOST_WORDS]
    columns = {**layout.columns, **layout.value_columns} if kind == "enum" else layout.columns
    for role in layout.needed(kind):
        if role not in roles and not (role == "name" and "pattern" in roles):
            words = [word for word, meant in columns.items() if meant == role]
            closest = ((text, near(text.lower(), words)) for text in unknown)
            yield _Gap(role, next((f"{quote(text)}: {help_text}" for text, help_text in closest if help_text), None))


def _all_near(gaps: Iterable[_Gap]) -> bool:
    return all(gap.help for gap in gaps)


def _said(gaps: Iterable[_Gap]) -> str:
    return f"has no column for {' and '.join(gap.column for gap in gaps)}"


def _help(gaps: Iterable[_Gap]) -> str | None:
    return "; ".join(filter(None, (gap.help for gap in gaps))) or None
