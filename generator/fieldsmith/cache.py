"""The cache folder: what may be known from an earlier run. Safe to delete; where it cannot be written, it is not."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from fieldsmith.writing.files import write_one

_LIBRARIES = ("black", "click", "jinja2", "markupsafe", "mistune")


def program_files() -> list[str]:
    """The files of this program, and one of each library that shapes its output: what is kept holds while they do.

    A library counts whether or not it has been loaded by now.
    """
    own = map(str, Path(__file__).parent.rglob("*.py"))
    libraries = (found.origin for name in _LIBRARIES if (found := find_spec(name)) is not None)
    return sorted([*own, *filter(None, libraries)])


def put(path: str, data: bytes, most: int) -> None:
    """Keep `data` at a path in the cache folder, and of those named alike, up to a dash, the `most` newest."""
    folder, name = os.path.split(path)
    with suppress(OSError):
        _make(folder)
        _clear(path)
        write_one(Path(path), data)
        _prune(folder, name.partition("-")[0], most)


def keep(path: str, data: bytes) -> None:
    """Keep `data` under a path inside the cache folder so that `kept` takes it for what this very folder has seen."""
    with suppress(OSError):
        _make(os.path.dirname(path))
        _clear(path)
        write_one(Path(path), lambda number: b"%d\n%b" % (number, data))


def kept(path: str) -> bytes | None:
    """What `keep` has kept; None where there is nothing, or something that came from elsewhere.

    A cache that a checkout or an archive brings along could say that outputs are right which are not. The number that
    the disk gives a file is in the file, and no copy has the same.
    """
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):  # a pipe would be waited for
            return None
        with open(path, "rb") as file:
            about = os.fstat(file.fileno())
            number, _, data = file.read().partition(b"\n")
    except OSError:
        return None
    mine = not hasattr(os, "geteuid") or about.st_uid == os.geteuid()
    return data if mine and number == b"%d" % about.st_ino else None


def _make(folder: str) -> None:
    """The cache folder, where it is not there; it is for no repository, where there is one.

    OSError where something else stands in its place: a link that a checkout brought along may lead anywhere.
    """
    try:
        if stat.S_ISDIR(os.lstat(folder).st_mode):
            return
        raise NotADirectoryError(folder)
    except FileNotFoundError:
        os.makedirs(folder)
    if any(Path(above, ".git").exists() for above in Path(folder).parents):
        write_one(Path(folder, ".gitignore"), b"*\n")


def _clear(path: str) -> None:
    """Take away what is no file: to write into a pipe would be to wait for its reader."""
    if os.path.lexists(path) and not stat.S_ISREG(os.lstat(path).st_mode):
        os.unlink(path)


def _prune(folder: str, kind: str, most: int) -> None:
    with os.scandir(folder) as found:
        alike = [each for each in found if each.name.startswith(f"{kind}-")]
    files = sorted(alike, key=lambda each: each.stat().st_mtime_ns, reverse=True)
    for each in files[most:]:
        with suppress(FileNotFoundError):  # another run was quicker
            os.unlink(each.path)
