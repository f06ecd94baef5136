"""What becomes of the rows, members, tables and headings of a page, counted where it is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal, NamedTuple

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.limits import LIMITS, Limits
from fieldsmith.reading.markdown import Document, Heading
from fieldsmith.reading.nested import nested_tables
from fieldsmith.reading.tables import Table

# `option`: a member of a union; `tag`: a row that says which member a value selects; `line`: a row that is in no table.
Kind = Literal["field", "value", "option", "tag", "line"]
SECTIONS = frozenset({"Fields", "Values", "Supported Types", "Type", "Discriminator"})


class Use(NamedTuple):
    """What became of one heading of a section, or of one table: `reason` is "" where it was read."""

    what: Literal["heading", "table"]
    span: Span
    reason: str


class Count(NamedTuple):
    """How many of a kind came to one end: "" is a record, a code is a finding that stands for them, else a reason."""

    kind: Kind
    end: str
    number: int


class Accounts(Diagnostics):
    """The findings of one page, and what became of all that it lists; `limits` are those it is read under."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        super().__init__(limits.findings)
        self.limits = limits
        self._ends: Counter[tuple[Kind, str]] = Counter()
        self._read: set[int] = set()
        self._left: dict[int, str] = {}

    def kept(self, kind: Kind) -> None:
        """One has become a record."""
        self._ends[kind, ""] += 1

    def noted(self, kind: Kind, reason: str) -> None:
        """One is no record of its own, and need not be."""
        self._ends[kind, reason] += 1

    def renoted(self, kind: Kind, reason: str, number: int) -> None:
        """So many records have turned out to be none of their own, and need not be."""
        self._ends[kind, ""] -= number
        self._ends[kind, reason] += number

    def told(self, kind: Kind, since: int, number: int = 1) -> None:
        """The latest finding beyond the first `since` stands for so many; AssertionError where there is none."""
        if number and len(self) == since:
            raise AssertionError(f"a {kind} was lost without a finding")
        self._ends[kind, self.latest] += number

    def took(self, *blocks: Heading | Table) -> None:
        """These headings or tables were read."""
        self._read.update(block.first for block in blocks)

    def has_read(self, block: Heading | Table) -> bool:
        """Whether a heading or table was read."""
        return block.first in self._read

    def left(self, block: Heading | Table, reason: str) -> None:
        """A heading or a table was left out, for a reason."""
        self._left[block.first] = reason

    def absorb(self, other: Accounts) -> None:
        """Add what those of a part of the page hold."""
        self.extend(other)
        self._ends.update(other._ends)
        self._read |= other._read
        self._left |= other._left

    def counts(self) -> tuple[Count, ...]:
        """All ends there were."""
        return tuple(Count(kind, end, number) for (kind, end), number in self._ends.items() if number)

    def uses(self, document: Document, skipped: str) -> Iterator[Use]:
        """What became of each table, and of each heading that is a section's, in their order; `skipped` says why of the
        whole page."""
        found = [*self._uses(document, skipped), *(Use("table", *each) for each in nested_tables(document))]
        yield from sorted(found, key=lambda use: use.span.line)

    def _uses(self, document: Document, skipped: str) -> Iterator[Use]:
        for block in document.blocks:
            if isinstance(block, Table):
                yield Use("table", block.span, self._reason(block, skipped or "it stands in no section that is read"))
            elif isinstance(block, Heading) and (block.first in self._read or _is_section(block)):
                yield Use("heading", block.span, self._reason(block, skipped or "another section of the page is read"))

    def _reason(self, block: Heading | Table, reason: str) -> str:
        return "" if block.first in self._read else self._left.get(block.first, reason)


def _is_section(heading: Heading) -> bool:
    return heading.level == 2 and heading.text in SECTIONS
