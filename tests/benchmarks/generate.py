"""Whole processes side by side: fieldsmith over a folder of pages, datamodel-code-generator over the same types.

    python tests/benchmarks/generate.py [FOLDER] [--rounds N] [--sizes N,N] [--json FILE]

FOLDER holds documented models (of several the last counts; default: copies of the example, about a thousand pages).
The JSON Schema that the other generator reads is made of the same definitions. fieldsmith writes dataclasses,
serializers and docs; cold it is timed with dataclasses alone as well, which is what the other one writes. Rounds
alternate between all, each in a folder of its own, so that output and cache are new; the figures are medians. Of a cold
run, and of cold runs over 1,000, 10,000 and 50,000 invented pages (`--sizes`, `--sizes ""` for none), the memory is
taken as well, each in a single run.

`--json` writes {operation: {tool: seconds}}, and beside the operations (`start`, `cold`, `prose edited`, `type edited`,
`nothing to do`, `check`):

    "types"    how many definitions there are
    "self-check"  {"run": s, "self-check": s, "share": part} of processor time, cold, in one process
    "memory"   {tool: {"largest process": MiB, "all processes": MiB}} of cold runs
    "scaling"  {pages: {"seconds": s, "largest process": MiB, "all processes": MiB}}
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from pages import copies, invented
from peer import commands, flat
from processes import ENVIRONMENT, memory, seconds

from edits import edits

OURS = "fieldsmith"
ALONE = "fieldsmith, dataclasses alone"
FIELDSMITH = [sys.executable, "-m", "fieldsmith"]
GENERATE = [*FIELDSMITH, "generate", "spec", "-q", "-o", "package"]
CHECK = [*FIELDSMITH, "check", "spec", "-q", "-o", "package"]
Times = dict[str, dict[str, list[float]]]


class Bench:
    """The pages and what is known of them, and a folder to work in: each round gets a new one in it."""

    def __init__(self, pages: Path, work: Path) -> None:
        self.pages, self.work = pages, work
        self.ir: dict[str, Any] = json.loads(self.printed("ir"))
        self.schema = work / "schema.json"
        self.schema.write_text(flat(self.printed("schema")), "utf-8")
        self.edits = edits(pages, self.ir)
        self.times: Times = {}

    def printed(self, command: str) -> str:
        run = [*FIELDSMITH, command, str(self.pages), "-q"]
        return subprocess.run(run, env=ENVIRONMENT, check=True, capture_output=True, text=True).stdout

    def fresh(self, name: str) -> Path:
        """A new working folder with the pages in it. Nothing is deleted: disks are slow for a while after that."""
        shutil.copytree(self.pages, self.work / name / "spec")
        return self.work / name

    def time(self, operation: str, tool: str, command: list[str], folder: Path, *codes: int) -> None:
        taken = seconds(command, folder, codes or (0,))
        self.times.setdefault(operation, {}).setdefault(tool, []).append(taken)

    def round(self, name: str) -> None:
        """Everything once."""
        folder = self.fresh(name)
        self.time("start", "python -c pass", [sys.executable, "-c", "pass"], folder)
        for command in ("ir", "schema"):
            self.time("print", f"{OURS} {command}", [*FIELDSMITH, command, "spec", "-q", "-o", f"{command}.json"], folder)
        self.time("cold", OURS, GENERATE, folder)
        self.time("cold", ALONE, [*GENERATE, "--targets", "dataclasses"], self.fresh(f"{name}alone"))
        for tool, command in commands(self.schema, folder).items():
            self.time("cold", tool, command, folder)
        self.time("nothing to do", OURS, GENERATE, folder)
        self.time("check", OURS, CHECK, folder)
        for tool, command in commands(self.schema, folder).items():
            self.time("check", tool, [*command, "--check"], folder)
        for operation, edit in self.edits.items():
            edit.do(folder / "spec")
            self.time(operation, OURS, GENERATE, folder)

    def memories(self) -> dict[str, dict[str, float]]:
        folder = self.fresh("memory")
        found = {OURS: memory(GENERATE, folder)}
        for tool, command in commands(self.schema, folder / "package").items():
            found[tool] = memory(command, folder)
        return {tool: {kind: value for kind, value in each.items() if kind != "seconds"} for tool, each in found.items()}


def share(bench: Bench, rounds: int) -> dict[str, float]:
    """What the self-check takes of a cold run: medians of processor time, which others on the machine hardly change."""
    measured = []
    for number in range(rounds):
        command = [sys.executable, str(Path(__file__).with_name("selfcheck.py")), "spec", "package"]
        done = subprocess.run(
            command, cwd=bench.fresh(f"check{number}"), env=ENVIRONMENT, check=True, capture_output=True, text=True
        )
        measured.append(json.loads(done.stdout))
    found = {name: statistics.median(each[name] for each in measured) for name in measured[0]}
    return {**found, "share": found["self-check"] / found["run"]}


def scaling(work: Path, sizes: list[int]) -> dict[str, dict[str, float]]:
    """A cold run over invented pages, for each of the sizes."""
    found = {}
    for size in sizes:
        folder = work / f"pages{size}"
        invented(folder / "spec", size)
        found[str(size)] = memory(GENERATE, folder)
        print(f"  {size:6} pages {_line(found[str(size)])}", flush=True)
    return found


def _line(found: dict[str, float]) -> str:
    taken = f"{found['seconds']:7.2f} s  " if "seconds" in found else ""
    return f"{taken}{found['largest process']:6.0f} MiB in the largest process, {found['all processes']:.0f} in all"


def _print(medians: dict[str, dict[str, float]], types: int) -> None:
    start = medians["start"]["python -c pass"]
    for operation, tools in medians.items():
        for tool, median in tools.items():
            beside = f"{median / tools[OURS]:7.2f} x" if OURS in tools and tool != OURS else " " * 9
            each = f"{median * 1e6 / types:7.0f} us a type, {median / start:6.1f} x python -c pass"
            print(f"  {operation:14} {tool:44} {median * 1000:7.0f} ms {beside} {each}")


def _print_doubling(found: dict[str, dict[str, float]]) -> None:
    sizes = list(found)
    for small, large in zip(sizes, sizes[1:], strict=False):
        growth = math.log(found[large]["seconds"] / found[small]["seconds"]) / math.log(int(large) / int(small))
        print(f"  from {small} to {large}, twice the pages take {2**growth:.2f} times as long")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="*")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", default="1000,10000,50000")
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        bench = Bench((arguments.folder or [copies(work)])[-1].absolute(), work)
        bench.round("first")  # compiles the modules; does not count
        bench.times.clear()
        for number in range(arguments.rounds):
            bench.round(f"round{number}")
        medians = {
            operation: {tool: statistics.median(found) for tool, found in tools.items()}
            for operation, tools in bench.times.items()
        }
        types = len(bench.ir["definitions"])
        print(f"{types} types, {arguments.rounds} rounds, medians of whole processes")
        _print(medians, types)
        checked = share(bench, arguments.rounds)
        print(f"  self-check: {checked['self-check']:.3f} of {checked['run']:.3f} s of processor time, {checked['share']:.0%}")
        memories = bench.memories()
        for tool, found in memories.items():
            print(f"  {'cold':14} {tool:44} {_line(found)}")
        sizes = scaling(work, [int(size) for size in arguments.sizes.split(",") if size])
        _print_doubling(sizes)
    if arguments.json:
        content = {**medians, "types": types, "self-check": checked, "memory": memories, "scaling": sizes}
        arguments.json.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
