"""Differences and those that are allowed -> the ones that are not, and the entries that are needed no longer."""

from __future__ import annotations

import fnmatch
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from fieldsmith.drifting.findings import Drift
from fieldsmith.driftsettings import Allowed


def allowed(found: Iterable[Drift], allow: Sequence[Allowed], against: str) -> tuple[list[Drift], list[Allowed]]:
    """(differences that no entry allows, entries about this other side that allow none)."""
    meant = [entry for entry in allow if entry.against in (None, against)]
    exact: dict[str, list[Allowed]] = defaultdict(list)
    patterns: list[tuple[re.Pattern[str], Allowed]] = []
    for entry in meant:
        exact[entry.at].append(entry)
        if "*" in entry.at:
            patterns.append((re.compile(fnmatch.translate(entry.at.replace("[", "[[]"))), entry))
    left: list[Drift] = []
    used: set[Allowed] = set()
    for drift in found:
        entries = exact.get(drift.at, []) + [entry for pattern, entry in patterns if pattern.match(drift.at)]
        fitting = [entry for entry in entries if drift.code in entry.codes]
        used.update(fitting)
        if not fitting:
            left.append(drift)
    return left, [entry for entry in meant if entry not in used]
