"""Emitted serializers side by side with other libraries, over documents of the models in families/.

    python tests/benchmarks/serializers.py [--json FILE] [--rounds N]

Every library is derived from one schema and held to correctness first: what it decodes and encodes again must be the
document. Then all take turns, a few calls at a time, for many rounds; the tables show medians of the seconds a call.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, get_args

import payloads
from payloads import Family
from peers import PEERS, operations
from peers.checking import census, keeps_null
from peers.fieldsmith_peer import emit
from peers.shapes import Op, Ops

OURS = "fieldsmith"
MISSING = "-"
TURN = 0.005  # seconds that a library has for its turn; whoever takes longer sits out rounds
ALOUD = {
    "decode_dict": "dictionaries -> objects",
    "decode_json": "JSON -> objects",
    "encode_dict": "objects -> dictionaries",
    "encode_json": "objects -> JSON",
}
Times = dict[str, dict[str, dict[str, float]]]


@dataclass(slots=True)
class Contest:
    """Who takes part with which family, and why the others do not."""

    families: dict[str, Family]
    ops: dict[tuple[str, str], Ops] = field(default_factory=dict)
    absent: dict[tuple[str, str], str] = field(default_factory=dict)
    lossy: dict[str, None] = field(default_factory=dict)


def enter(families: dict[str, Family]) -> Contest:
    """All libraries that are installed and do their work right."""
    contest = Contest(families)
    for family in families.values():
        expected = census(operations(OURS, family)["decode_dict"](family.document))
        for library in PEERS:
            try:
                ops = operations(library, family)
                kept = keeps_null(ops, family)
                _require_objects(ops, family, expected)
            except Exception as error:  # whatever a library cannot do: it is shown, and the others go on
                contest.absent[library, family.name] = f"{type(error).__name__}: {error}"
                continue
            contest.ops[library, family.name] = ops
            if not kept:
                contest.lossy[library] = None
    return contest


def _require_objects(ops: Ops, family: Family, expected: dict[str, int]) -> None:
    if "decode_dict" not in ops:
        return
    for found in (ops["decode_dict"](family.document), ops["decode_json"](family.text)):
        if census(found) != expected:
            raise ValueError(f"it makes {dict(census(found))} of the document, not {dict(expected)}")


class Turn:
    """One library with one operation on one document: how often it is called, and how long that took."""

    def __init__(self, call: Callable[[Any], Any], argument: Any) -> None:
        self.call, self.argument, self.times = call, argument, list[float]()
        self.calls, self.every = 1, 1
        self.take(0)
        took = self.times.pop()
        self.calls = max(1, int(TURN / took))
        self.every = max(1, math.ceil(took / TURN / 2))

    def take(self, number: int) -> None:
        """The turn of a round."""
        if number % self.every:
            return
        call, argument, calls = self.call, self.argument, range(self.calls)
        if self.calls > 1:
            call(argument)  # warm caches: what ran before must not matter
        start = time.perf_counter()
        for _ in calls:
            call(argument)
        self.times.append((time.perf_counter() - start) / self.calls)

    @property
    def median(self) -> float:
        return statistics.median(self.times)


def play(turns: Sequence[Turn], rounds: int) -> None:
    """Rounds in which all have their turn, in another order each time, so that nobody has the same neighbour always."""
    order = list(turns)
    shuffle = random.Random(rounds).shuffle
    for number in range(rounds):
        shuffle(order)
        for turn in order:
            turn.take(number)


def measure(contest: Contest, rounds: int) -> Times:
    """Medians of the seconds a call, by operation, family and library."""
    turns = {
        (op, family.name, library): Turn(ops[op], _argument(op, ops, family))
        for op in get_args(Op)
        for family in contest.families.values()
        for library in PEERS
        if op in (ops := contest.ops.get((library, family.name), {}))
    }
    play(list(turns.values()), rounds)
    times: Times = {}
    for (op, family, library), turn in turns.items():
        times.setdefault(op, {}).setdefault(family, {})[library] = turn.median
    return times


def _argument(op: Op, ops: Ops, family: Family) -> Any:
    match op:
        case "decode_dict":
            return family.document
        case "decode_json":
            return family.text
        case _:
            return ops["decode_json"](family.text)


def rejections(contest: Contest) -> list[list[str]]:
    """How long it takes to say all that is wrong with a document, and how that is to decoding the right one."""
    rows = []
    for library in (OURS, "pydantic"):
        row = [library]
        for name, family in contest.families.items():
            if (library, name) not in contest.ops:
                row.append(MISSING)
                continue
            decode = contest.ops[library, name]["decode_dict"]
            good, bad = Turn(decode, family.document), Turn(partial(_refused, decode), payloads.spoilt(family))
            play((good, bad), 30)
            row.append(_cell(bad.median, good.median))
        rows.append(row)
    return rows


def _refused(decode: Callable[[Any], Any], document: Any) -> None:
    """Decoding of a document that does not fit. Each of its mistakes must be reported."""
    try:
        decode(document)
    except ValueError as error:  # DecodeError is one, and so is pydantic's ValidationError
        found = len(error.problems) if hasattr(error, "problems") else getattr(error, "error_count", int)()
        if found != payloads.MISTAKES:
            raise AssertionError(f"{found} mistakes reported, not {payloads.MISTAKES}") from error
        return
    raise AssertionError("a wrong document was taken")


def sizes(contest: Contest) -> list[list[str]]:
    """Memory of what is decoded from a dictionary that stays: its texts are not counted, as they are shared."""
    rows = []
    for library in PEERS:
        row = [library]
        for name, family in contest.families.items():
            decode = contest.ops.get((library, name), {}).get("decode_dict")
            ours = _size(contest.ops[OURS, name]["decode_dict"], family.document)
            size = _size(decode, family.document) if decode else 0
            row.append(f"{size / 1024:.0f} KB{size / ours:8.2f}" if decode else MISSING)
        rows.append(row)
    return rows


def _size(decode: Callable[[Any], Any], document: Any) -> int:
    gc.collect()
    tracemalloc.start()
    decoded = decode(document)
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del decoded
    return size


def starts(contest: Contest, rounds: int = 15) -> list[list[str]]:
    """Whole processes above `python -c pass`: the emitted package imported; its topmost model used for the first time.

    The packages have been compiled, and the processes may use that, whatever the environment says.
    """
    codes = {("", ""): "pass"}
    for family in contest.families.values():
        package = emit(family)
        small = {key: [] if isinstance(value, list) else value for key, value in family.document.items()}
        codes["import of the package", family.name] = f"import {package}"
        codes["first use of a model", family.name] = (
            f"from {package} import {family.root}; {family.root}.from_dict({small})"
        )
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    times: dict[tuple[str, str], list[float]] = {key: [] for key in codes}
    folder = next(iter(contest.families.values())).work
    for _ in range(rounds):
        for key, code in codes.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, cwd=folder, env=environment)
            times[key].append(time.perf_counter() - start)
    bare = statistics.median(times.pop(("", "")))
    rows: dict[str, list[str]] = {}
    for (label, _), found in times.items():
        rows.setdefault(label, [label]).append(f"{(statistics.median(found) - bare) * 1000:.1f} ms")
    return list(rows.values())


def _cell(seconds: float, unit: float) -> str:
    return f"{seconds * 1e6:.0f} us{seconds / unit:8.2f}"


def table(title: str, families: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows of a label and a cell for each family; a row in which all is missing is left out."""
    print(f"\n{title}")
    print(f"  {'':22}" + "".join(f"{name:>20}" for name in families))
    for label, *cells in rows:
        if set(cells) != {MISSING}:
            print(f"  {label:22}" + "".join(f"{cell:>20}" for cell in cells))


def show(contest: Contest, times: Times) -> None:
    """The tables of all operations, and what has to be said about them."""
    for op, by_family in times.items():
        rows = []
        for library in PEERS:
            found = [(by_library.get(library), by_library[OURS]) for by_library in by_family.values()]
            cells = [_cell(seconds, ours) if seconds is not None else MISSING for seconds, ours in found]
            rows.append([library + " *" * (library in contest.lossy), *cells])
        table(f"{op}: {ALOUD[op]}, and relative to fieldsmith", list(by_family), rows)
    if contest.lossy:
        print("\n  * makes one of absent and null")
    why: dict[str, list[str]] = {}
    for (library, family), reason in contest.absent.items():
        why.setdefault(f"{library}: {reason.splitlines()[0]:.160}", []).append(family)
    for reason, missing in why.items():
        print(f"  - no {', '.join(missing)} of {reason}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the medians there, by operation, family, library")
    parser.add_argument("--rounds", type=int, default=100)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        families = {family: payloads.family(family, Path(name)) for family in payloads.ROOTS}
        contest = enter(families)
        times = measure(contest, arguments.rounds)
        texts = ", ".join(f"{family.name} {len(family.text) / 1000:.0f} KB" for family in families.values())
        print(f"{texts}; {arguments.rounds} rounds, medians")
        show(contest, times)
        table(f"{payloads.MISTAKES} mistakes in a document, all reported, and relative to a good one", list(families), rejections(contest))
        table("memory of the decoded objects, and relative to fieldsmith", list(families), sizes(contest))
        table("emitted package, above bare Python", list(families), starts(contest))
    if arguments.json:
        arguments.json.write_text(json.dumps(times, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
