"""How much of a page is read before it is a finding; each limit is a setting."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """Bytes and lines of a page, characters of a cell and of a name, columns of a table, types inside types, types that
    a union stands for by way of others, and findings of one code on a page before the rest is but counted.

    The defaults lie far above what real pages hold: 0.5 MB, 8,086 characters in a cell, 14 columns, 4 types, 17 types.
    """

    page: int = 16 << 20
    lines: int = 500_000
    cell: int = 1 << 20
    name: int = 400
    columns: int = 64
    nesting: int = 32
    members: int = 64
    findings: int = 1_000


LIMITS = Limits()
# What may be set; where types or unions are nested much deeper, Python itself ends.
MOST = Limits(1 << 30, 1 << 30, 1 << 30, 1 << 20, 1 << 20, 100, 80, 1 << 30)


def lift(else_do: str, limit: str) -> str:
    """What to do about a limit that is hit."""
    return f"{else_do}, or raise the limit: [tool.fieldsmith.limits] {limit} = ..."
