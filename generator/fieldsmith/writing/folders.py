"""An output folder -> what stands in it; no link is followed on the way. Nothing here writes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from fieldsmith.stamps import stamp

Kind = Literal["file", "folder", "link", "other"]

# Names below an open folder cannot be led astray by a link that is put in place meanwhile; Windows has no such calls.
_BY_HANDLE = os.open in os.supports_dir_fd and os.scandir in os.supports_fd
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _NO_LINK
_READ = os.O_RDONLY | _NO_LINK | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Folder(NamedTuple):
    """An open folder: what `os` takes for a name in it is `folder.at(name), dir_fd=folder.fd`."""

    path: str
    fd: int | None

    def at(self, name: str) -> str:
        return name if self.fd is not None else os.path.join(self.path, name)

    def close(self) -> None:
        if self.fd is not None:
            os.close(self.fd)

    def child(self, name: str) -> Folder:
        """Open a folder in this one; NotADirectoryError or another OSError where it is a link or no folder."""
        path = os.path.join(self.path, name)
        if self.fd is not None:
            return Folder(path, os.open(name, _FOLDER, dir_fd=self.fd))
        return _by_path(path)

    def kinds(self) -> dict[str, Kind]:
        """What stands in the folder, by name."""
        with os.scandir(self.path if self.fd is None else self.fd) as entries:
            return {entry.name: _kind(entry) for entry in entries}

    def stamp(self, name: str) -> str:
        """The stamp of a file, of a link itself; OSError where there is none."""
        return stamp(os.stat(self.at(name), dir_fd=self.fd, follow_symlinks=False))

    def read(self, name: str) -> bytes:
        """The bytes of a file; OSError where it is none."""
        handle = os.open(self.at(name), _READ, dir_fd=self.fd)
        try:
            size = os.fstat(handle)
            if not stat.S_ISREG(size.st_mode):
                raise OSError(f"{name} is not a file")
            parts = [os.read(handle, size.st_size + 1)]
            while parts[-1]:
                parts.append(os.read(handle, 1 << 20))
            return b"".join(parts)
        finally:
            os.close(handle)


def _by_path(path: str) -> Folder:
    if not stat.S_ISDIR(os.lstat(path).st_mode):
        raise NotADirectoryError(20, "is not a folder", path)
    return Folder(path, None)


def _kind(entry: os.DirEntry[str]) -> Kind:
    if entry.is_symlink():
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "other"


@contextmanager
def opened(out: Path) -> Iterator[Folder]:
    """The output folder, open; OSError where it is not there, is a link or no folder."""
    folder = Folder(os.fspath(out), os.open(out, _FOLDER)) if _BY_HANDLE else _by_path(os.fspath(out))
    try:
        yield folder
    finally:
        folder.close()


@contextmanager
def below(top: Folder, path: str) -> Iterator[Folder]:
    """The folder at `path` (with `/`, "" for the top itself) below an open one."""
    opened_here: list[Folder] = []
    folder = top
    try:
        for name in path.split("/") if path else ():
            folder = folder.child(name)
            opened_here.append(folder)
        yield folder
    finally:
        for each in opened_here:
            each.close()
