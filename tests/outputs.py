"""Two outputs, the writing of some to a folder, and what stands in it then."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.recall import FOLDER
from fieldsmith.writing import files
from fieldsmith.writing.compare import Changes
from fieldsmith.writing.paths import MANIFEST
from fieldsmith.writing.plans import Rendered

ONE = (Rendered("__init__.py", "a = 1\n"), Rendered("models/thread.py", "b = 2\n"))


def run(out: Path, rendered: Sequence[Rendered], *, force: bool = False) -> tuple[Changes | None, list[str]]:
    diagnostics = Diagnostics()

    def stops() -> bool:
        return any(each.severity == "error" for each in diagnostics)

    changes = files.write(out, rendered, {"page.md": "0" * 64}, diagnostics, stops, force=force)
    return changes, [each.code for each in diagnostics]


def tree(folder: Path) -> dict[str, str]:
    every = (path for path in folder.rglob("*") if FOLDER not in path.parts)
    found = sorted(path for path in every if path.is_file() or path.is_symlink())
    return {
        path.relative_to(folder).as_posix(): f"-> {os.readlink(path)}" if path.is_symlink() else path.read_text("utf-8")
        for path in found
    }


def outputs(folder: Path) -> dict[str, str]:
    return {path: text for path, text in tree(folder).items() if path != MANIFEST}
