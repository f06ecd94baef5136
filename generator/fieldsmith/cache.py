"""The cache folder: what may be known from an earlier run. Safe to delete; where it cannot be written, it is not."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from fieldsmith.recall import FOLDER
from fieldsmith.writing.files import write_one

_TAG = b"Signature: 8a477f597d28d172789f06886806bc55\n# See https://bford.info/cachedir/\n"


def put(path: str, data: bytes, most: int) -> None:
    """Keep `data` under a path inside the cache folder, and of the files beside it the `most` that are newest."""
    folder = os.path.dirname(path)
    with suppress(OSError):
        if not os.path.isdir(folder):
            _make(folder)
        write_one(Path(path), data)
        _prune(folder, most)


def _make(folder: str) -> None:
    """The folder with those above it; the cache folder is for no repository and for no backup."""
    top = folder
    while os.path.basename(top) != FOLDER:
        top = os.path.dirname(top)
    os.makedirs(folder, exist_ok=True)
    write_one(Path(top, ".gitignore"), b"*\n")
    write_one(Path(top, "CACHEDIR.TAG"), _TAG)


def _prune(folder: str, most: int) -> None:
    with os.scandir(folder) as found:
        files = sorted(found, key=lambda each: each.stat().st_mtime_ns, reverse=True)
    for each in files[most:]:
        with suppress(FileNotFoundError):  # another run was quicker
            os.unlink(each.path)
