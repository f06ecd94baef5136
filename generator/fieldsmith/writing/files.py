"""Rendered files + output folder -> the folder as the pages say; the only file that writes to the disk.

All is known before the first write. New content goes to temporary files first, so that a full disk changes nothing;
then each file is renamed into place, and the manifest last. A failure puts back what was there; after a kill the next
run knows from the journal which files are ours.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.writing.compare import JOURNAL, Change, Changes, check_paths, compare, refuse
from fieldsmith.writing.folders import Folder, below, opened
from fieldsmith.writing.lock import holder, try_lock
from fieldsmith.writing.manifest import digest, journal
from fieldsmith.writing.paths import parents
from fieldsmith.writing.plans import Rendered

LOCK = ".fieldsmith.lock"
LOCK_SECONDS = 30.0
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_IN_THE_WAY = (errno.ELOOP, errno.ENOTDIR, errno.EISDIR)


Waits = Callable[[int | None], None]


class _Busy(Exception):
    """Another run, of the process given, has had the output folder all the time that we waited."""

    def __init__(self, process: int | None) -> None:
        self.process = process


def write(
    out: Path,
    rendered: Sequence[Rendered],
    inputs: Mapping[str, str],
    diagnostics: Diagnostics,
    stops: Callable[[], bool],
    *,
    unprinted: Mapping[str, str] = MappingProxyType({}),
    stamps: Mapping[str, str] = MappingProxyType({}),
    force: bool = False,
    waits: Waits = lambda process: None,
) -> Changes | None:
    """Make `out` hold `rendered` and `unprinted`; returns what was changed, None where nothing was because of findings.

    `unprinted` are the digests of files that should be there already: Unprinted where one is not; `stamps` are what
    they bore then. `inputs` are the digests of the pages, for the manifest. `stops` says whether the findings so far
    forbid to go on. `force` overwrites and removes what was edited. `waits` hears of it, once, where another run (of
    the process given, if that is known) is at work in the folder.
    """
    check_paths(out, sorted([*(each.path for each in rendered), *unprinted]), diagnostics)
    if stops():
        return None
    try:
        with _locked(out, waits):
            changes = compare(out, rendered, inputs, diagnostics, unprinted=unprinted, stamps=stamps)
            if not force:
                changes = refuse(out, changes, diagnostics)
            if stops():
                return None
            if not changes.none:
                _commit(out, changes)
            return changes
    except _Busy as busy:
        message = f"another run{by(busy.process)} has been writing here for {LOCK_SECONDS:.0f} s"
        diagnostics.add("FS407", Span(str(out), 1, 1), message)
    except OSError as error:
        note_failure(out, error, diagnostics)
    return None


def by(process: int | None) -> str:
    """`another run` and this say whose run it is."""
    return f" (process {process})" if process else ""


def note_failure(out: Path, error: OSError, diagnostics: Diagnostics) -> None:
    """The finding for a disk error."""
    code = "FS408" if error.errno in _IN_THE_WAY else "FS400"
    name = error.filename if isinstance(error.filename, str) else ""
    on_the_way = not name or Path(name) in (out, *out.parents)  # else it is a name below the folder
    place = (name or str(out)) if on_the_way else os.path.join(out, name)
    diagnostics.add(code, Span(place, 1, 1), f"{error.strerror or error}; nothing was changed")


def write_one(path: Path, data: bytes | Callable[[int], bytes]) -> None:
    """Write one file, whole or not at all; OSError where it cannot be. `data` may depend on the file's own number."""
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:  # a device or a pipe: there is nothing to rename
            stream.write(data if isinstance(data, bytes) else data(0))
        return
    folder = Folder(os.fspath(path.parent), None)
    temporary = f".fieldsmith-{os.getpid()}.tmp"
    try:
        _fill(folder, temporary, data)
        os.replace(folder.at(temporary), path)
    except BaseException:
        with suppress(OSError):
            os.unlink(folder.at(temporary))
        raise


def write_changed(path: Path, data: bytes) -> None:
    """Write one file that the user named, unless it holds `data` already; OSError where it cannot be."""
    if not path.is_file() or path.read_bytes() != data:
        write_one(path, data)


@contextmanager
def _locked(out: Path, waits: Waits) -> Iterator[None]:
    """Have the output folder, made where it is not there, to ourselves. A folder made and left empty goes again."""
    made = _make_folders(out)
    try:
        handle = _wait(out, waits)
        try:
            yield
        finally:
            os.close(handle)
            if sys.platform == "win32":
                with suppress(OSError):
                    os.unlink(out / LOCK)
    finally:
        for folder in reversed(made):
            with suppress(OSError):  # not empty: the run went well
                os.rmdir(folder)


def _make_folders(out: Path) -> list[Path]:
    made: list[Path] = []
    for folder in reversed((out, *out.parents)):
        if not folder.is_dir():
            with suppress(FileExistsError):
                os.mkdir(folder)
                made.append(folder)
    return made


def _wait(out: Path, waits: Waits) -> int:
    """The handle of the locked folder; on Windows, where folders cannot be locked, of a file in it."""
    ends = time.monotonic() + LOCK_SECONDS
    said = False
    while True:
        if sys.platform == "win32":
            handle = os.open(out / LOCK, os.O_RDWR | os.O_CREAT)
        else:
            handle = os.open(out, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        locked = try_lock(handle)
        if locked and (sys.platform == "win32" or _same(handle, out)):
            return handle
        process = None if locked else holder(handle)
        os.close(handle)
        if time.monotonic() > ends:
            raise _Busy(process)
        if not locked and not said:
            waits(process)
            said = True
        time.sleep(0.02)
        _make_folders(out)


def _same(handle: int, out: Path) -> bool:
    """Whether the folder that was opened is still the one under its name: a failing run may have removed it."""
    try:
        return os.path.samestat(os.fstat(handle), os.lstat(out))
    except FileNotFoundError:
        return False


def _commit(out: Path, changes: Changes) -> None:
    with opened(out) as top:
        run = _Run(top, changes)
        try:
            run.prepare()
            run.replace()
        except BaseException:
            run.undo()
            raise
        run.tidy()


class _Run:
    """One writing of an output folder, and how to take it back."""

    def __init__(self, top: Folder, changes: Changes) -> None:
        self.top = top
        self.changes = changes
        self.fresh = [each for each in changes.files if each.new is not None]
        self.gone = [each for each in changes.files if each.new is None]
        self.made: list[str] = []
        self.temporaries: list[str] = []
        self.begun: list[Change] = []

    def prepare(self) -> None:
        """The journal, the folders and all new content under temporary names: no output is touched yet."""
        self._remove(self.changes.leftovers)
        known = dict(self.changes.known)
        for each in self.fresh:
            known[each.path] |= {digest(each.new or b"")}
        if self.changes.files:
            self._put(Change(JOURNAL, None, journal(known)), "0")
        for path in sorted({parent for each in self.fresh for parent in parents(each.path)} - self.changes.folders):
            above, _, name = path.rpartition("/")
            with below(self.top, above) as folder:
                os.mkdir(folder.at(name), dir_fd=folder.fd)
            self.made.append(path)
        number = 0
        for place, group in groupby(self.fresh, key=_folder_of):
            with below(self.top, place) as folder:
                for each in group:
                    number += 1
                    temporary = f".fieldsmith-{number}.tmp"
                    self.temporaries.append(f"{place}/{temporary}" if place else temporary)
                    _fill(folder, temporary, each.new or b"")

    def replace(self) -> None:
        """Take the outputs that go away, put the new ones in place, and the manifest last."""
        for place, group in groupby(self.gone, key=_folder_of):
            with below(self.top, place) as folder:
                for each in group:
                    self.begun.append(each)
                    os.unlink(folder.at(_name(each.path)), dir_fd=folder.fd)
        temporaries = iter(self.temporaries)
        for place, group in groupby(self.fresh, key=_folder_of):
            with below(self.top, place) as folder:
                for each, temporary in zip(group, temporaries, strict=False):
                    self.begun.append(each)
                    _rename(folder, _name(temporary), _name(each.path))
        if self.changes.manifest is not None:
            self.begun.append(self.changes.manifest)
            self._put(self.changes.manifest, "0", sync=True)
        if self.changes.files or self.changes.journal:
            self._remove([JOURNAL])

    def tidy(self) -> None:
        """Remove the folders that hold nothing any more; one that does stays."""
        for path in self.changes.emptied:
            above, _, name = path.rpartition("/")
            with suppress(OSError), below(self.top, above) as folder:
                os.rmdir(folder.at(name), dir_fd=folder.fd)

    def undo(self) -> None:
        """Put back what was there. What cannot be put back stays known through the journal."""
        whole = True
        self._remove(self.temporaries)
        for each in reversed(self.begun):
            try:
                if each.old is None:
                    self._remove([each.path])
                else:
                    self._put(each, "0", back=True)
            except OSError:
                whole = False
        self._remove([".fieldsmith-0.tmp"])
        if whole and not self.changes.journal:
            self._remove([JOURNAL])
        for path in reversed(self.made):
            above, _, name = path.rpartition("/")
            with suppress(OSError), below(self.top, above) as folder:
                os.rmdir(folder.at(name), dir_fd=folder.fd)

    def _put(self, change: Change, number: str, *, sync: bool = False, back: bool = False) -> None:
        temporary = f".fieldsmith-{number}.tmp"
        with below(self.top, _folder_of(change)) as folder:
            try:
                _fill(folder, temporary, (change.old if back else change.new) or b"", sync=sync)
                _rename(folder, temporary, _name(change.path))
            except BaseException:
                with suppress(OSError):
                    os.unlink(folder.at(temporary), dir_fd=folder.fd)
                raise

    def _remove(self, paths: Iterable[str]) -> None:
        """Remove files that may be there."""
        for path in paths:
            place, _, name = path.rpartition("/")
            with suppress(FileNotFoundError), below(self.top, place) as folder:
                os.unlink(folder.at(name), dir_fd=folder.fd)


def _fill(folder: Folder, name: str, data: bytes | Callable[[int], bytes], *, sync: bool = False) -> None:
    """A new file with all of `data`; an error where anything bears the name, a link as well."""
    handle = os.open(folder.at(name), _NEW, 0o666, dir_fd=folder.fd)
    try:
        rest = memoryview(data if isinstance(data, bytes) else data(os.fstat(handle).st_ino))
        while rest:
            rest = rest[os.write(handle, rest) :]
        if sync:
            os.fsync(handle)
    finally:
        os.close(handle)


def _rename(folder: Folder, old: str, new: str) -> None:
    os.replace(folder.at(old), folder.at(new), src_dir_fd=folder.fd, dst_dir_fd=folder.fd)


def _folder_of(change: Change) -> str:
    return change.path.rpartition("/")[0]


def _name(path: str) -> str:
    return path.rpartition("/")[2]
