"""Generates and checks every set of pages `FOLDER/*/docs`; a line a set, and exit code 1 where one was not done.

A set whose pages hold mistakes of their own is done when that is what it says: findings, and nothing written.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path


def one(pages: Path, out: Path) -> tuple[bool, str]:
    begin = time.perf_counter()
    run = [sys.executable, "-m", "fieldsmith"]
    made = subprocess.run([*run, "generate", str(pages), "-o", str(out)], capture_output=True, text=True)
    seconds = time.perf_counter() - begin
    if made.returncode == 2 and "error[FS" in made.stderr:
        errors = [line for line in made.stderr.splitlines() if ": error[FS" in line]
        return not out.exists(), f"{seconds:6.2f} s   {len(errors)} errors, first: {errors[0]}"
    checked = subprocess.run([*run, "check", str(pages), "-o", str(out)], capture_output=True, text=True)
    good = (made.returncode, checked.returncode) == (0, 0)
    lines = (made.stdout if good else made.stderr + checked.stdout + checked.stderr).strip().splitlines()
    return good, f"{seconds:6.2f} s   {lines[-1] if lines else ''}"


def main(folder: Path) -> int:
    failed = 0
    for pages in sorted(folder.glob("*/docs")):
        with tempfile.TemporaryDirectory() as name:
            good, line = one(pages, Path(name) / pages.parent.name.replace("-", "_"))
        failed += not good
        print(f"{'ok ' if good else 'BAD'} {pages.parent.name:28} {line}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
