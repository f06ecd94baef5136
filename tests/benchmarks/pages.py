"""A folder of about a thousand pages: copies of the example side by side."""

from __future__ import annotations

import shutil
from pathlib import Path

SPEC = Path(__file__).parents[2] / "spec"
COPIES = 45


def copies(folder: Path) -> Path:
    """Makes `folder`/spec and gives it back."""
    for number in range(COPIES):
        shutil.copytree(SPEC, folder / "spec" / f"part{number}")
    return folder / "spec"
