"""Settings and jobs -> what a run depends on, and how that looks on the disk at a moment. No file is opened."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fieldsmith.flags import Flags
from fieldsmith.jobs import Config
from fieldsmith.reading.sources import is_page

_FRESH = 50_000_000  # two changes of one file that are nearer than this may bear the same times, on a coarse clock
_FILLING = 2_000_000_000  # a file that has been empty for no longer is about to be written
_PASSING = re.compile(r"^#.*#$|^4913$|~$|\.sw[a-z]$|\.tmp$|___jb_\w+___$")  # editors' copies, gone in a moment


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run depends on, as absolute paths; they need not be there. No template lies below `outputs`.

    `settings` are the settings file, and the files that it names one by one.
    """

    settings: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    outputs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mark:
    """Tells one state of a file from another without its content. `changed` cannot be set by hand."""

    inode: int
    size: int
    modified: int
    changed: int


_FOLDER = Mark(0, 1, 0, 0)  # that it is there matters; what is in it is seen file by file


@dataclass(frozen=True, slots=True)
class Sight:
    """How the inputs look at a moment.

    `folders` are those in which a change of the inputs shows, each with the names that matter right in it, None for
    all. `fresh` says that a file was changed so lately that its mark may outlive one more change; `hollow`, that one
    has just been emptied.
    """

    files: Mapping[str, Mark]
    folders: Mapping[str, frozenset[str] | None]
    fresh: bool = False
    hollow: bool = False


def inputs_of(config: Config, flags: Flags) -> Inputs:
    """What a run by these settings depends on; a settings file that is nearer than the present one would count, too."""
    settings = [str(config.file)] if flags.config else []
    for folder in () if flags.config else (Path.cwd(), *Path.cwd().parents):
        settings.append(str(folder / "pyproject.toml"))
        if config.file is not None and config.file.parent == folder:
            break
    named = (os.path.abspath(path) for job in config.jobs for path in job.files())
    return Inputs(
        tuple(dict.fromkeys((*settings, *named))),
        tuple(os.path.abspath(page) for job in config.jobs for page in job.pages),
        tuple(os.path.abspath(job.templates) for job in config.jobs if job.templates),
        frozenset(os.path.abspath(job.output) for job in config.jobs),
    )


def look(inputs: Inputs) -> Sight:
    """How the inputs look now. Links are followed where a run follows them, and seen themselves where it does not."""
    now = time.time_ns()
    files: dict[str, Mark] = {}
    folders: dict[str, frozenset[str] | None] = {}
    for path in (*inputs.settings, *inputs.pages, *inputs.templates):
        folder, name = _holder(path)
        folders[folder] = (folders.get(folder) or frozenset()) | {name}
        if os.path.isdir(path):
            files[path] = _FOLDER
        else:
            _add(path, files)
    for root in inputs.pages:
        for folder in _folders(root, frozenset()):
            folders[folder] = None
            _add_all(folder, is_page, files)
    for root in inputs.templates:
        for folder in _folders(root, inputs.outputs):
            folders[folder] = None
            _add_all(folder, _is_template, files)
    ages = [(mark, min(abs(now - mark.modified), abs(now - mark.changed))) for mark in files.values()]
    fresh = any(age < _FRESH for _, age in ages)
    hollow = any(mark.size == 0 and age < _FILLING for mark, age in ages)
    return Sight(files, folders, fresh, hollow)


def _holder(path: str) -> tuple[str, str]:
    """The nearest folder above a path that is there, and the name in it that leads to the path."""
    folder, name = os.path.split(path)
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder, name = os.path.split(folder)
    return folder, name


def _folders(root: str, leave_out: frozenset[str]) -> Iterator[str]:
    """A folder and all below it, hidden ones aside; none where it is not there."""
    waiting = [root] if os.path.isdir(root) else []
    while waiting:
        folder = waiting.pop()
        yield folder
        below = (entry for entry in _entries(folder) if entry.is_dir(follow_symlinks=False))
        waiting += (entry.path for entry in below if entry.path not in leave_out and not entry.name.startswith("."))


def _add_all(folder: str, counts: Callable[[str], bool], files: dict[str, Mark]) -> None:
    for entry in _entries(folder):
        if not entry.is_dir(follow_symlinks=False) and (entry.is_symlink() or counts(entry.name)):
            _add(entry.path, files)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []  # gone meanwhile, or not for us to read: the run says so


def _add(path: str, files: dict[str, Mark]) -> None:
    for about in (os.stat, os.lstat):
        try:
            found = about(path)
        except OSError:
            continue  # a link that leads nowhere is there itself
        files[path] = Mark(found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        return


def _is_template(name: str) -> bool:
    return not name.startswith(".") and not _PASSING.search(name)
