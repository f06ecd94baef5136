"""Holds emitted packages against outside suites of JSON, where their data is there; exit code 1 for a failure.

    python tests/run_suites.py FOLDER

FOLDER is searched for JSONTestSuite, JSON-Schema-Test-Suite and json_cases.json. Each is run with a package for each
library that can read and write JSON, and the verdicts must be the same. A failure is in order where
`suites/known_failures.toml` has it, with the reason; an entry that no longer fails must go.
"""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import get_args

from fieldsmith.writing.plans import Json
from suites import known, process
from suites.base import Verdict
from suites.process import Outcome
from suites.registry import SUITES

LIBRARIES: tuple[str, ...] = get_args(Json)
Outcomes = dict[str, list[Outcome]]


def installed(library: str) -> bool:
    return library == "standard" or find_spec(library) is not None


def main(folder: Path, decisions: Path = known.FILE, libraries: Sequence[str] = LIBRARIES) -> int:
    """Run all suites below the folder; the exit code."""
    reasons = known.load(decisions)
    unknown = [name for name in reasons if name not in SUITES]
    for name in unknown:
        print(f"BAD {decisions.name}: there is no suite {name}")
    there = [library for library in libraries if installed(library)]
    for library in libraries:
        if library not in there:
            print(f"{library} is not installed: nothing is run with it")
    failed = bool(unknown)
    for name, suite in SUITES.items():
        paths = sorted(folder.glob(f"**/{suite.place}"))
        if not paths:
            print(f"--- {name}: no {suite.place} below {folder}")
        for path in paths:
            failed |= not _passes(name, path, there, reasons.get(name, {}))
    return 1 if failed else 0


def _passes(name: str, path: Path, libraries: Sequence[str], reasons: Mapping[str, str]) -> bool:
    """Run one suite and print what came of it; whether all is in order."""
    try:
        found = {library: list(process.outcomes(name, library, path)) for library in libraries}
    except RuntimeError as failure:
        print(f"BAD {name}: {path}: {failure}")
        return False
    failures = _failures(found)
    ran = {outcome.name for outcomes in found.values() for outcome in outcomes}
    against = known.compare(failures, ran, reasons)
    passes = bool(ran) and not against.unlisted and not against.stale
    print(f"{'ok ' if passes else 'BAD'} {name}: {path}")
    for library, outcomes in found.items():
        print(f"      {library:9} {_counts(outcomes)}")
    for reason, (groups, tests) in SUITES[name].unsayable(path).items():
        print(f"      not run: {reason} ({groups} groups, {tests} tests)")
    for reason, number in Counter(reasons[case] for case in against.listed).items():
        print(f"      known: {number} cases: {reason}")
    for case in against.absent:
        print(f"      not in this copy, though listed: {case}")
    for case in against.stale:
        print(f"  STALE {case}: listed, but no longer fails")
    for case in against.unlisted:
        print(f"  FAIL {case}: {failures[case]}")
    return passes


def _failures(found: Outcomes) -> dict[str, str]:
    """What is wrong with each case that fails with any library, or in which the libraries do not say the same."""
    verdicts: dict[str, dict[str, Verdict]] = {}
    for library, outcomes in found.items():
        for outcome in outcomes:
            verdicts.setdefault(outcome.name, {})[library] = outcome.verdict
    described = {name: _wrong(by, len(found)) for name, by in verdicts.items()}
    return {name: wrong for name, wrong in described.items() if wrong}


def _wrong(verdicts: dict[str, Verdict], libraries: int) -> str:
    """What is wrong with the verdicts on one case, by library; "" where nothing is."""
    by_wrong: dict[str, list[str]] = {}
    for library, verdict in verdicts.items():
        if verdict.wrong is not None:
            by_wrong.setdefault(verdict.wrong, []).append(library)
    parts = [f"{', '.join(some)}: {wrong}" for wrong, some in by_wrong.items()]
    words = {library: verdict.said for library, verdict in verdicts.items()}
    if len(words) < libraries or len(set(words.values())) > 1:
        parts.append(f"the libraries differ: {', '.join(f'{library}: {text[:80]}' for library, text in words.items())}")
    return "; ".join(parts)


def _counts(outcomes: list[Outcome]) -> str:
    """How many cases there are of each kind, how many of them were accepted, and how many fail."""
    kinds = Counter(outcome.kind for outcome in outcomes)
    accepted = Counter(outcome.kind for outcome in outcomes if outcome.verdict.said.startswith("accepted"))
    wrong = sum(outcome.verdict.wrong is not None for outcome in outcomes)
    parts = ", ".join(f"{number} {kind} ({accepted[kind]} accepted)" for kind, number in sorted(kinds.items()))
    return f"{len(outcomes)} cases: {parts}; {len(outcomes) - wrong} as expected, {wrong} not"


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("python tests/run_suites.py FOLDER")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # ids are any text, and a terminal may know little of it
    sys.exit(main(Path(sys.argv[1]).resolve()))
