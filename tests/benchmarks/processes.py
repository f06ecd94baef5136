"""Whole processes: how long one takes, and what memory it takes with all that it starts.

    python tests/benchmarks/processes.py COMMAND...    prints seconds and memory as JSON; small, so as not to be measured
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

# Modules are to be compiled once and found compiled, as they are for users.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
MIB = 1 << 20


def seconds(command: list[str], folder: Path, codes: tuple[int, ...] = (0,)) -> float:
    """How long a process takes in `folder`; it must end with one of the codes."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - start
    if done.returncode not in codes:
        raise SystemExit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return taken


def memory(command: list[str], folder: Path) -> dict[str, float]:
    """`seconds`, and in MiB the peak of the `largest process` and of `all processes` together (0 where not known)."""
    watcher = [sys.executable, __file__, *command]
    done = subprocess.run(watcher, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _watch(command: list[str]) -> dict[str, float]:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0
    while True:
        before = time.perf_counter()
        number, status, usage = os.wait4(process.pid, os.WNOHANG)
        if number:
            break
        most = max(most, _together(process.pid))
        time.sleep(max(0.005, 10 * (time.perf_counter() - before)))
    if status:
        raise SystemExit(f"{' '.join(command)}: failed")
    unit = 1 if sys.platform == "darwin" else 1024
    taken = time.perf_counter() - start
    return {"seconds": taken, "largest process": usage.ru_maxrss * unit / MIB, "all processes": most / MIB}


def _together(process: int) -> int:
    """Bytes of a process and all below it now, what they share counted once; 0 where there is no /proc."""
    total, numbers = 0, [str(process)]
    while numbers:
        folder = Path("/proc") / numbers.pop()
        try:
            numbers += (folder / "task" / folder.name / "children").read_text().split()
            rollup = (folder / "smaps_rollup").read_text()
        except OSError:  # it has ended meanwhile
            continue
        total += sum(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
    return total


if __name__ == "__main__":
    print(json.dumps(_watch(sys.argv[1:])))
