"""Changes -> what each does to readers and to writers of the data, and which part of a version number it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from fieldsmith.comparing.changes import Change
from fieldsmith.comparing.kinds import RULES, Kind, Part, Verdict

Advice = Part | Literal["none"]
FailOn = Literal["breaking", "warning", "any"]
_RANKS: Mapping[Verdict, int] = {"breaking": 0, "warning": 1, "compatible": 2}
PARTS: tuple[Part, ...] = ("major", "minor", "patch")


class Judged(NamedTuple):
    """A change, and what it does: to those who read the data by the old pages, and to those who write it by them."""

    change: Change
    readers: Verdict
    writers: Verdict
    version: Part

    @property
    def worst(self) -> Verdict:
        return min(self.readers, self.writers, key=_RANKS.__getitem__)


def judged(changes: Iterable[Change], *, strict: bool) -> tuple[Judged, ...]:
    """Each change with its verdicts; `strict` where undocumented keys are refused (`extra = "forbid"`)."""
    return tuple(Judged(change, *verdict(change.kind, strict=strict)) for change in changes)


def verdict(kind: Kind, *, strict: bool) -> tuple[Verdict, Verdict, Part]:
    """What a kind of change does to readers, to writers and to the version number."""
    rule = RULES[kind]
    readers, writers = rule.strict if strict and rule.strict else (rule.readers, rule.writers)
    return readers, writers, "major" if "breaking" in (readers, writers) else rule.version


def advice(found: Sequence[Judged]) -> Advice:
    """The part of the version number to raise: the highest that any change asks for."""
    return min((each.version for each in found), key=PARTS.index, default="none")


def fails(found: Sequence[Judged], fail_on: FailOn | None) -> bool:
    """Whether a change is as bad as that."""
    if fail_on is None:
        return False
    return any(fail_on == "any" or _RANKS[each.worst] <= _RANKS[fail_on] for each in found)
