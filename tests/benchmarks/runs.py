"""Times `fieldsmith` over many copies of the example: from nothing, again, and after one page has changed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pages import copies


def timed(label: str, *arguments: str, cwd: Path) -> None:
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "fieldsmith", *arguments], cwd=cwd, capture_output=True, text=True)
    seconds = time.perf_counter() - begin
    assert done.returncode == 0, done.stderr
    print(f"{label:24} {seconds:6.2f} s   {done.stdout.strip().splitlines()[-1] if done.stdout else ''}")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies(folder)
        run = ("generate", "spec", "-o", "client")
        timed("--version", "--version", cwd=folder)
        timed("generate from nothing", *run, cwd=folder)
        timed("generate again", *run, cwd=folder)
        page = next((folder / "spec" / "part7").rglob("*.md"))
        page.write_text(page.read_text("utf-8").replace("## ", "One more sentence.\n\n## ", 1), "utf-8")
        timed("generate after an edit", *run, cwd=folder)
        timed("check", "check", *run[1:], cwd=folder)


if __name__ == "__main__":
    main()
