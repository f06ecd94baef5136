"""What a change is, and the list in which those of two schemas are noted."""

from __future__ import annotations

from typing import NamedTuple

from fieldsmith.comparing.kinds import Kind
from fieldsmith.diagnostics import Span


class Place(NamedTuple):
    """Where something stands in two states: the definition, a field or value of it, and where in its type.

    `key` is the definition's key, the new one where there is one; `at` is "" for the type as a whole, `[]` for items
    of a list, `{}` for values of a map, `*` for the values of further keys. The spans are None where there is none.
    """

    key: str
    definition: str
    member: str
    at: str
    old: Span | None
    new: Span | None

    def inside(self, step: str) -> Place:
        return self._replace(at=self.at + step)

    def __str__(self) -> str:
        return f"{self.definition}.{self.member}{self.at}" if self.member else f"{self.definition}{self.at}"


class Change(NamedTuple):
    """One change; `before` and `after` are what stood and stands there, "" for nothing. `hint` is a guess, as such."""

    kind: Kind
    place: Place
    before: str = ""
    after: str = ""
    hint: str = ""
