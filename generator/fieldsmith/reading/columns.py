"""Table + words of its header -> cells by role, one line a row; every row is handed on or is a finding."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.limits import lift
from fieldsmith.reading.accounts import Accounts, Kind
from fieldsmith.reading.cells import quote
from fieldsmith.reading.records import FieldRecord, ValueRecord
from fieldsmith.reading.tables import Row, Table, header_words, is_pipe_line

Roles = Mapping[str, int]
Record = TypeVar("Record")
# Columns whose cells are never taken for marks.
_UNLIKE_MARKS = ("name", "wire", "pattern", "type", "doc")


class Form(NamedTuple):
    """A kind of table: the words of its header and their roles, which of these there should be, and which must be."""

    kind: Kind
    roles: Mapping[str, str]
    needed: Sequence[str]
    essential: Sequence[str]


def read_table(
    form: Form,
    table: Table,
    lines: Sequence[str],
    read: Callable[[Row, Roles], Record | str | None],
    accounts: Accounts,
) -> Iterator[Record]:
    """What `read` makes of each row. Where it makes no record, it gives a reason, or None and adds a finding.

    Raises AssertionError for a row that is neither.
    """
    accounts.took(table)
    known = len(accounts)
    roles = _find_roles(table, form, accounts)
    if not all(role in roles for role in form.essential):
        accounts.told(form.kind, known, len(table.rows))
        return
    bare = not is_pipe_line(lines[table.first])
    for row in table.rows:
        known = len(accounts)
        if not bare and not is_pipe_line(row.source):
            message = f"line {quote(row.source.strip())} belongs to no row of the table above it"
            accounts.add("FS034", row.span(0), message)
            continue
        full = _full(row, len(table.header.texts), accounts)
        record = None if full is None else read(full, roles)
        yield from handed_on(record, form.kind, known, accounts)


def handed_on(record: Record | str | None, kind: Kind, known: int, accounts: Accounts) -> Iterator[Record]:
    """A record, counted as one; a reason why there is none, noted; for None, a finding beyond the first `known`."""
    if record is None:
        accounts.told(kind, known)
    elif isinstance(record, str):
        accounts.noted(kind, record)
    else:
        accounts.kept(kind)
        yield record


def _find_roles(table: Table, form: Form, accounts: Accounts) -> Roles:
    """Which column has which role, by the words of the header; findings for those missing, unknown, or there twice."""
    found: dict[str, int] = {}
    words = header_words(table)
    most = accounts.limits.columns
    if len(table.header.texts) > most:
        message = f"table has {len(table.header.texts)} columns, more than {most}"
        accounts.add("FS036", table.span, message, lift("make it smaller", "columns"))
        return found
    if table.delimiters != len(table.header.texts):
        message = f"header has {len(table.header.texts)} cells, the line below it {table.delimiters}"
        accounts.add("FS027", table.span, message, "give both lines as many cells")
    for index, word in enumerate(words):
        role = form.roles.get(word)
        if role is not None and role not in found:
            found[role] = index
            continue
        text = quote(table.header.texts[index])
        if role is None:
            accounts.add("FS028", table.header.span(index), f"column {text} is not known; it is not kept")
        elif words[found[role]] == word:
            accounts.add("FS027", table.header.span(index), f"column {text} is there twice")
        else:
            message = f"column {text} is for what column {quote(table.header.texts[found[role]])} holds already"
            accounts.add("FS027", table.header.span(index), message, "give only one of them such a header")
    known = {role: word for word, role in form.roles.items()}
    for role in form.needed:
        if role not in found:
            accounts.add("FS027", table.span, f"table has no column {known[role].capitalize()!r}")
    return found


def _full(row: Row, width: int, accounts: Accounts) -> Row | None:
    """A row with as many cells as the header: short ones are filled up, long ones cut, and both are findings.

    None and a finding where a cell is over the limit.
    """
    longest = accounts.limits.cell
    if len(row.source) > longest and any(len(text) > longest for text in row.texts):
        message = f"row has a cell of more than {longest} characters"
        accounts.add("FS036", row.span(0), message, lift("shorten it", "cell"))
        return None
    return row if len(row.texts) == width else _mend(row, width, accounts)


def _mend(row: Row, width: int, diagnostics: Diagnostics) -> Row:
    first = row.texts[0] if row.texts else ""
    count = len(row.texts)
    if count < width:
        diagnostics.add("FS029", row.span(count), f"row {quote(first)} has {count} of {width} cells")
    else:
        message = f"row {quote(first)} has {count} cells where the header has {width}"
        diagnostics.add("FS030", row.span(width), message)
    return row._replace(texts=row.texts[:width] + ("",) * (width - count), ragged=count - width)


def in_place(row: Row, roles: Roles, marks: Container[str], key: str = "name") -> Row:
    """A ragged row of fields without cells that are likely another column's.

    A mark in the column of marks shows that what stands before it is in place, and in a row that is too long so is the
    beginning of a description right behind it. Without one, only the cell with the role `key` can be told.
    """
    at = roles.get("required")
    kept = {roles[key]}
    if at is not None and row.texts[at] in marks and not _may_have_moved(row, roles, at):
        kept.update(range(at + 1))
        kept.update([at + 1] if row.ragged > 0 and roles.get("doc") == at + 1 else [])
    return row._replace(texts=tuple(text if index in kept else "" for index, text in enumerate(row.texts)))


def _may_have_moved(row: Row, roles: Roles, at: int) -> bool:
    """Whether a mark may be the cell of a column beside its own, and stand here for what its row lacks or has too much.

    `yes` may be a default or an example, or say that a field is deprecated; `:heavy_check_mark:` is nothing else.
    """
    mark = row.texts[at]
    if len(mark) > 1 and not mark.isalpha():
        return False
    beside = range(at - row.ragged, at) if row.ragged > 0 else range(at + 1, at + 1 - row.ragged)
    unlike = {roles.get(role) for role in _UNLIKE_MARKS}
    return any(index not in unlike for index in beside if 0 <= index < len(row.texts))


def only_field(
    field: FieldRecord, row: Row, seen: dict[tuple[str, bool], int], diagnostics: Diagnostics
) -> FieldRecord | None:
    """A field with a name that none before it has; else None and a finding. `seen` has the lines of those before it."""
    if not field.name.strip():
        if not row.ragged:
            diagnostics.add("FS032", field.span, "this field has no name")
        return None
    key = field.name, field.further
    if key in seen:
        diagnostics.add("FS033", field.span, f"field {quote(field.name)} stands in line {seen[key]} too")
        return None
    seen[key] = row.line
    return field


Seen = dict[tuple[bool, str], int]


def only_value(value: ValueRecord, span: Span, seen: Seen, diagnostics: Diagnostics) -> ValueRecord | None:
    """A value with a name that none before it has, or without one and another than those; else None and a finding.

    `seen` has the lines of those before it, by names and, for values without one, by texts.
    """
    named = value.name is not None
    called = named, value.name or value.value.text
    if called in seen:
        message = f"{'name' if named else 'value'} {quote(called[1])} stands in line {seen[called]} too"
        diagnostics.add("FS041", span, message)
        return None
    seen[called] = span.line
    return value


def loose_rows(path: str, lines: Sequence[str], first: int, last: int, accounts: Accounts) -> int:
    """A finding for the lines of a stretch that look like rows but are in no table; says how many there are."""
    rows = [at for at in range(first, last) if is_pipe_line(lines[at].lstrip(" \t>"))]
    if rows:
        known, line = len(accounts), lines[rows[0]]
        span = Span(path, rows[0] + 1, len(line) - len(line.lstrip()) + 1, len(line.strip()))
        accounts.add("FS034", span, f"row {quote(line.strip())} is in no table")
        accounts.told("line", known, len(rows))
    return len(rows)


def stray_tables(tables: Sequence[Table], accounts: Accounts) -> None:
    """A finding for each table that stands in a section and is not the one that is read."""
    for extra in tables:
        known = len(accounts)
        accounts.add("FS034", extra.span, "a second table in one section is not read", "join the two")
        accounts.told("line", known, extra.last - extra.first)
