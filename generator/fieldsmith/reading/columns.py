"""Table + words of its header -> cells by role, one line a row; every row is handed on or is a finding."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.reading.cells import quote
from fieldsmith.reading.tables import Row, Table, is_pipe_line

MOST_COLUMNS = 64
LONGEST_CELL = 1 << 20

Roles = Mapping[str, int]


def header_words(table: Table) -> tuple[str, ...]:
    """The words of a table's header, in lower case."""
    return tuple(text.lower() for text in table.header.texts)


def find_roles(table: Table, roles: Mapping[str, str], needed: Sequence[str], diagnostics: Diagnostics) -> Roles:
    """Which column has which role, by the words of the header; findings for those missing, unknown, or there twice."""
    found: dict[str, int] = {}
    if len(table.header.texts) > MOST_COLUMNS:
        diagnostics.add("FS036", table.span, f"table has {len(table.header.texts)} columns, more than {MOST_COLUMNS}")
        return found
    if table.delimiters != len(table.header.texts):
        message = f"header has {len(table.header.texts)} cells, the line below it {table.delimiters}"
        diagnostics.add("FS027", table.span, message, "give both lines as many cells")
    for index, word in enumerate(header_words(table)):
        role = roles.get(word)
        if role is not None and role not in found:
            found[role] = index
            continue
        text = quote(table.header.texts[index])
        if role is None:
            diagnostics.add("FS028", table.header.span(index), f"column {text} is not known; it is not kept")
        else:
            diagnostics.add("FS027", table.header.span(index), f"column {text} is there twice")
    words = {role: word for word, role in roles.items()}
    for role in needed:
        if role not in found:
            diagnostics.add("FS027", table.span, f"table has no column {words[role].capitalize()!r}")
    return found


def full_rows(table: Table, lines: Sequence[str], diagnostics: Diagnostics) -> Iterator[Row]:
    """Rows with as many cells as the header: short ones are filled up, long ones cut, and both are findings."""
    width = len(table.header.texts)
    bare = not is_pipe_line(lines[table.first])
    for row in table.rows:
        if not bare and not is_pipe_line(lines[row.line - 1]):
            message = f"line {quote(lines[row.line - 1].strip())} belongs to no row of the table above it"
            diagnostics.add("FS034", row.span(0), message)
            continue
        if len(row.texts) != width:
            row = _mend(row, width, diagnostics)
        if len(row.source) > LONGEST_CELL and any(len(text) > LONGEST_CELL for text in row.texts):
            diagnostics.add("FS036", row.span(0), f"row has a cell of more than {LONGEST_CELL} characters")
        yield row


def _mend(row: Row, width: int, diagnostics: Diagnostics) -> Row:
    first = row.texts[0] if row.texts else ""
    count = len(row.texts)
    if count < width:
        diagnostics.add("FS029", row.span(count), f"row {quote(first)} has {count} of {width} cells")
    else:
        message = f"row {quote(first)} has {count} cells where the header has {width}"
        diagnostics.add("FS030", row.span(width), message)
    return row._replace(texts=row.texts[:width] + ("",) * (width - count), ragged=True)


def in_place(row: Row, roles: Roles, marks: Container[str]) -> Row:
    """A ragged row of fields without cells that are likely another column's.

    A mark in the column of marks shows that what stands before it is in place; without one, only the name can be told.
    """
    at = roles.get("required")
    if at is not None and row.texts[at] in marks:
        return row
    name = roles["name"]
    return row._replace(texts=tuple(text if index == name else "" for index, text in enumerate(row.texts)))


def loose_rows(path: str, lines: Sequence[str], first: int, last: int, diagnostics: Diagnostics) -> int:
    """Findings for the lines of a stretch that look like rows but are in no table; says how many there are."""
    count = 0
    for index in range(first, last):
        line = lines[index]
        if is_pipe_line(line) or is_pipe_line(line.lstrip(" \t>")):
            if count == 0:
                span = Span(path, index + 1, len(line) - len(line.lstrip()) + 1, len(line.strip()))
                diagnostics.add("FS034", span, f"row {quote(line.strip())} is in no table")
            count += 1
    return count
