"""Lines of a page -> tables: cells cut at the pipes, each with its line and column; what is in a cell stays unread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fieldsmith.diagnostics import Span

_OPEN_PIPE = re.compile(r"(?<!\\)\|")
_BLANK = " \t"
_DELIMITER = "|-: \t"


class Row(NamedTuple):
    """One line of a table. `texts` are cut of outer blanks and have `|` for `\\|`.

    `source` is the whole line: places are asked for few cells, and found when they are. `lead` counts the pieces of
    the line before the first cell. `ragged` says how many cells more than its header a row had, below zero how many
    fewer; either is a finding already.
    """

    path: str
    line: int
    texts: tuple[str, ...]
    source: str
    lead: int
    ragged: int = 0

    def span(self, cell: int) -> Span:
        """The place of a cell; past the last one, the end of the line."""
        source, at = self.source, 0
        for _ in range(cell + self.lead):
            at = source.find("|", at)
            while at > 0 and source[at - 1] == "\\":
                at = source.find("|", at + 1)
            if at < 0:
                return Span(self.path, self.line, len(source.rstrip(_BLANK)) + 1)
            at += 1
        end = len(source)
        while at < end and source[at] in _BLANK:
            at += 1
        return Span(self.path, self.line, at + 1, len(self.texts[cell]) if cell < len(self.texts) else 0)


class Table(NamedTuple):
    """A pipe table. Rows keep as many cells as they have; `delimiters` counts those of the line of dashes.

    `first` and `last` are line indices from 0, `last` is the line after the table.
    """

    header: Row
    rows: tuple[Row, ...]
    delimiters: int
    first: int
    last: int

    @property
    def span(self) -> Span:
        """The place of the first cell of the header."""
        return self.header.span(0)


def is_pipe_line(line: str) -> bool:
    """Whether a line begins as a row with outer pipes does."""
    return line.startswith("|") or line.lstrip(_BLANK).startswith("|")


def split_row(path: str, number: int, line: str, width: int = 0) -> Row:
    """Cut a line at every pipe that has no backslash before it.

    The pipes at both ends are optional; in a row without a leading one, an empty last cell counts while the row has
    no more than `width` cells.
    """
    escaped = "\\|" in line
    texts = [piece.strip(_BLANK) for piece in (_OPEN_PIPE.split(line) if escaped else line.split("|"))]
    lead = 1 if len(texts) > 1 and not texts[0] else 0
    last = len(texts)
    if last - lead > 1 and not texts[-1] and (lead or last > width):
        last -= 1
    cut = texts[lead:last]
    if escaped:
        cut = [text.replace("\\|", "|") for text in cut]
    return Row(path, number, tuple(cut), line, lead)


def pieces_of(row: Row) -> list[str]:
    """What stands between the pipes of a row that have no backslash before them, blanks and all."""
    line = row.source.strip(_BLANK)
    return _OPEN_PIPE.split(line[1:].removesuffix("|") if row.lead else line)


def spilled(row: Row, width: int) -> Row | None:
    """A row whose last cell holds pipes without backslashes, put together again; None for any other."""
    if len(row.texts) <= width:
        return None
    pieces = pieces_of(row)
    texts = (*pieces[: width - 1], "|".join(pieces[width - 1 :]))
    return row._replace(texts=tuple(text.strip(_BLANK).replace("\\|", "|") for text in texts))


def delimiters(line: str) -> int:
    """How many cells a line of dashes has; 0 for any other line."""
    if line.strip(_DELIMITER) or "-" not in line:
        return 0
    cells = split_row("", 0, line).texts
    dashes = (cell.removeprefix(":").removesuffix(":") for cell in cells)
    return len(cells) if all(text and not text.strip("-") for text in dashes) else 0


def find_table(path: str, lines: Sequence[str], first: int, last: int) -> Table | None:
    """The table that begins in a run of lines without a blank one, if any; it reaches to the end of the run."""
    for index, dashes in _candidates(lines, first, last):
        header = split_row(path, index, lines[index - 1])
        if len(header.texts) != dashes and not is_pipe_line(lines[index - 1]):
            continue
        width = len(header.texts)
        rows = tuple(split_row(path, at + 1, lines[at], width) for at in range(index + 1, last))
        return Table(header, rows, dashes, index - 1, last)
    return None


def _candidates(lines: Sequence[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    for index in range(first + 1, last):
        if "|" in lines[index - 1]:
            dashes = delimiters(lines[index])
            if dashes:
                yield index, dashes


def header_words(table: Table) -> tuple[str, ...]:
    """The words of a table's header, in lower case."""
    return tuple(text.lower() for text in table.header.texts)
