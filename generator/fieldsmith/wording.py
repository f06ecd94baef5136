"""Paths and numbers -> as what a person reads says them."""

from __future__ import annotations

import os
from pathlib import Path


def shown(path: Path) -> str:
    """A path as seen from the working folder where it lies below it, else as it is; always with `/`."""
    text = os.fspath(path)
    if os.path.isabs(text):
        below = os.path.relpath(text) if os.path.splitdrive(text)[0] == os.path.splitdrive(os.getcwd())[0] else text
        text = text if below.startswith("..") else below
    return Path(text).as_posix()


def counted(number: int, noun: str) -> str:
    """`1 page`, `2 pages`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
