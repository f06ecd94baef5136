"""The findings of two runs -> what came and what went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fieldsmith.diagnostics import Diagnostic

Findings = tuple[Diagnostic, ...]


def news(before: Sequence[Diagnostic], now: Sequence[Diagnostic]) -> tuple[Findings, Findings]:
    """(the new ones, the ones that are gone). A finding that has only moved to another line is neither."""
    return _without(now, before), _without(before, now)


def _without(found: Sequence[Diagnostic], others: Sequence[Diagnostic]) -> Findings:
    left = Counter(map(_what, others))
    kept: list[Diagnostic] = []
    for each in found:
        if left[_what(each)]:
            left[_what(each)] -= 1
        else:
            kept.append(each)
    return tuple(kept)


def _what(finding: Diagnostic) -> tuple[str, str, str, str, str | None]:
    return finding.span.path, finding.code, finding.severity, finding.message, finding.help
