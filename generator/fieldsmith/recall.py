"""A command line whose files are all as they were -> what it said then; loads next to nothing, for it runs each time.

`remember.py` writes down what a run of `generate` has read and written. Where every stamp is the same, there is nothing
to do, and `generate` says so. `check` takes no stamp's word for pages and outputs: it reads them all. Whatever differs
or is odd is left to the program itself.
"""

from __future__ import annotations

import os
import stat
import sys
import zlib

from fieldsmith.stamps import stamp_at

FOLDER = ".fieldsmith-cache"
SETTINGS = "pyproject.toml"
VERSION = "fieldsmith answer 1"
QUIET = ("-q", "--quiet")
_WRITING = ("--depfile", "--force")  # options that `check` does not have
PAGE, OUTPUT, INSIDE, OTHER = "page", "output", "inside", "other"
Entry = tuple[str, str, str, str]  # one of these kinds, path, stamp, digest of the content (of pages and outputs)


def answer(arguments: list[str]) -> tuple[str, str] | None:
    """What a command has to say on stdout and on stderr; None where it has to find out."""
    command, *rest = arguments or [""]
    if command not in ("generate", "check") or (command == "check" and any(each.startswith(_WRITING) for each in rest)):
        return None
    said, found, entries = kept(rest)
    try:
        if not entries or not (_same if command == "generate" else _same_content)(entries):
            return None
    except (OSError, ValueError):
        return None
    ending = " (0 written, {0} unchanged, 0 removed)" if command == "generate" else ", up to date"
    jobs = [line.rpartition("\t") for line in said.splitlines()]
    lines = [f"{line}{ending.format(files)}\n" for line, _, files in jobs]
    return "" if any(each in QUIET for each in rest) else "".join(lines), found


def kept(rest: list[str]) -> tuple[str, str, list[Entry]]:
    """What was kept for the words behind a command: a line a job, the findings, the entries; none where nothing was."""
    if sys.platform == "win32":  # there, no stamp tells of every change
        return "", "", []
    file = place(rest)
    try:
        if not stat.S_ISREG(os.lstat(file).st_mode):  # a pipe would be waited for
            return "", "", []
        with open(file, "rb") as opened:
            version, known, said, found, *flat = opened.read().decode("utf-8", "surrogateescape").split("\0")
        entries = list(zip(flat[0::4], flat[1::4], flat[2::4], flat[3::4], strict=True))
    except (OSError, ValueError):
        return "", "", []
    return (said, found, entries) if version == VERSION and known == key(rest) else ("", "", [])


def key(rest: list[str]) -> str:
    """All that an answer depends on and that is no file: the words behind the command, folder, Python and looks."""
    words = [each for each in rest if each not in QUIET]
    looks = [str(sys.stderr is not None and sys.stderr.isatty()), os.environ.get("NO_COLOR", "")]
    return "\n".join([*words, os.getcwd(), sys.version, sys.executable or "", *looks])


def place(rest: list[str]) -> str:
    """The file in which the answer to a command line is kept."""
    number = zlib.crc32(key(rest).encode("utf-8", "surrogateescape"))
    return os.path.join(cache_folder(), f"answer-{number:08x}.cache")


def cache_folder() -> str:
    """Beside the nearest pyproject.toml, else in the working folder."""
    nearest = settings_files()[-1]
    return os.path.join(os.path.dirname(nearest) if os.path.isfile(nearest) else os.getcwd(), FOLDER)


def settings_files() -> list[str]:
    """Where settings may stand, from the working folder up to the first that is there."""
    folder, found = os.getcwd(), []
    while True:
        found.append(os.path.join(folder, SETTINGS))
        above = os.path.dirname(folder)
        if above == folder or os.path.isfile(found[-1]):
            return found
        folder = above


def identity(path: str) -> str:
    """What a folder of ours keeps while things come and go in it; "" for a link or no folder."""
    found = os.lstat(path)
    return str(found.st_ino) if stat.S_ISDIR(found.st_mode) else ""


def _same(entries: list[Entry]) -> bool:
    return all((identity(path) if kind == INSIDE else stamp_at(path)) == then for kind, path, then, _ in entries)


def _same_content(entries: list[Entry]) -> bool:
    """Whether pages and outputs hold what they held, all else is the same, and nothing has come into the output."""
    from hashlib import sha256  # takes a while to load, and `generate` does not need it

    for kind, path, _, digest in entries:
        if kind in (PAGE, OUTPUT):
            file = os.open(path, os.O_RDONLY | (os.O_NOFOLLOW if kind == OUTPUT else 0))
            try:
                data = os.read(file, os.fstat(file).st_size + 1)
            finally:
                os.close(file)
            if sha256(data).hexdigest() != digest:
                return False
    return _same([each for each in entries if each[0] in (INSIDE, OTHER)]) and _nothing_new(entries)


def _nothing_new(entries: list[Entry]) -> bool:
    """Whether all that stands in our folders is ours; what is hidden is nobody's business, unless it is of our kind."""
    known: dict[str, set[str]] = {path: set() for kind, path, _, _ in entries if kind == INSIDE}
    for kind, path, _, _ in entries:
        folder, name = os.path.split(path)
        if kind in (OUTPUT, INSIDE) and folder in known:
            known[folder].add(name)
    return all(
        name in names or name == "__pycache__" or (name.startswith(".") and not name.startswith(".fieldsmith"))
        for folder, names in known.items()
        for name in os.listdir(folder)
    )
