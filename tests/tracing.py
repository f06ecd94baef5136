"""A run of the tool -> what it asked of the system: the places it would write to, the programs and sockets it would open.

    python tests/tracing.py ARGUMENTS...    as `fieldsmith ARGUMENTS`; what an audit hook hears of, as JSON lines at the end

`by_strace` sees every call of the process and its children; `by_hook` what Python itself tells, where there is no strace.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from running import environment

STRACE = shutil.which("strace")
_CALLS = "%network,execve,execveat,%file,%desc,truncate,ftruncate,mknod,mknodat"
_CALL = re.compile(r"(?:\d+ +)?(\w+)\((.*)")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_FOLDER = re.compile(r"(?:AT_FDCWD|\d+)<([^>]*)>, \Z")
_OPENING = ("open", "openat", "openat2", "creat")
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_TMPFILE")
# Calls that change what stands on a disk, by name or by a file that is open.
_CHANGING = re.compile(
    r"creat|mkdir(at)?|rmdir|rename(at2?)?|unlink(at)?|link(at)?|symlink(at)?|truncate|mknod(at)?|f?chmod(at2?)?|[fl]?chown(at)?"
    r"|utimes?|utimensat|futimesat|[fl]?setxattr|[fl]?removexattr"
)
_NETWORK = re.compile(r"socket(pair)?|connect|bind|listen|accept4?|send(to|m?msg)|recv(from|m?msg)")
_MARK = "asked: "
_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
# Where the names stand in what an audit hook hears, and for each the open folder that it is below.
_HEARD: dict[str, tuple[tuple[int, int | None], ...]] = {
    "os.mkdir": ((0, 2),), "os.rename": ((0, 2), (1, 3)), "os.remove": ((0, 1),), "os.rmdir": ((0, 1),), "os.link": ((1, 3),),
    "os.symlink": ((1, 2),), "os.truncate": ((0, None),), "os.chmod": ((0, 2),), "os.chown": ((0, 3),), "os.utime": ((0, 3),),
}  # fmt: skip
_REACHING = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.spawn", "urllib.", "ctypes.", "ftplib.", "smtplib.")


class Asked(NamedTuple):
    """What a run asked for: absolute paths to write to, and other calls in words."""

    code: int
    err: str
    writes: tuple[str, ...]
    reaches: tuple[str, ...]

    def outside(self, *folders: Path) -> list[str]:
        """The places to write to that are not inside one of `folders`, themselves aside."""
        return sorted({path for path in self.writes if not {Path(path), *Path(path).parents} & {*folders}})


def by_strace(folder: Path, *arguments: str) -> Asked:
    """Run `fieldsmith ARGUMENTS` in `folder` under strace."""
    assert STRACE
    log = folder.parent / "strace.log"
    command = [STRACE, "-f", "-y", "-qq", "-s", "4096", "-o", str(log), "-e", f"trace={_CALLS}", sys.executable, "-m", "fieldsmith"]
    done = _run([*command, *arguments], folder)
    writes: list[str] = []
    reaches: list[str] = []
    for line in log.read_text("utf-8", errors="replace").splitlines():
        found = _CALL.match(line)
        if found is None:
            continue
        call, rest = found.groups()
        if call in _OPENING and not (call == "creat" or _WRITES.search(rest)):
            continue
        if call in _OPENING or _CHANGING.fullmatch(call):
            writes += _paths(rest, folder)
        elif call in ("execve", "execveat") or _NETWORK.fullmatch(call):
            reaches.append(line)
    return Asked(done.returncode, done.stderr, tuple(writes), tuple(reaches[1:]))  # the first one starts the tool itself


def _paths(rest: str, folder: Path) -> Iterator[str]:
    """The paths among the arguments of a call, each below the open folder that stands before it."""
    names = list(_TEXT.finditer(rest))
    for name in names:
        before = _FOLDER.search(rest[: name.start()])
        yield os.path.normpath(os.path.join(before[1] if before else folder, name[1]))
    if not names:  # a file that is open
        yield from re.findall(r"\A\d+<([^>]*)>", rest)


def by_hook(folder: Path, *arguments: str) -> Asked:
    """Run `fieldsmith ARGUMENTS` in `folder` with an audit hook."""
    done = _run([sys.executable, __file__, *arguments], folder)
    err, _, said = done.stderr.rpartition(_MARK)
    writes, reaches = json.loads(said)
    return Asked(done.returncode, err, tuple(writes), tuple(reaches))


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, errors="replace", timeout=300, check=False)


class _Ear:
    """The audit hook: names below an open folder come with its number, and are looked up at once."""

    def __init__(self) -> None:
        self.writes: list[str] = []
        self.reaches: list[str] = []

    def hear(self, event: str, values: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(values[0], (str, bytes)):
            mode, flags = values[1:]
            # os.open says no mode, and not in which folder: `files.py` and `folders.py` ask it for plain names there
            if set(mode or "") & set("wax+") or (mode is None and flags & _WRITE_FLAGS and os.sep in os.fsdecode(values[0])):
                self.writes.append(os.path.abspath(os.fsdecode(values[0])))
        for at, folder in _HEARD.get(event, ()):
            below = values[folder] if folder is not None else -1
            self.writes.append(os.path.normpath(os.path.join(_folder(below), os.fsdecode(values[at]))))
        if event.startswith(_REACHING):
            self.reaches.append(f"{event} {values!r:.200}")


def _folder(handle: int) -> str:
    """The path of an open folder; the working folder where none is given."""
    return os.readlink(f"/proc/self/fd/{handle}") if handle >= 0 else os.getcwd()


if __name__ == "__main__":
    from fieldsmith import cli

    ear = _Ear()
    sys.addaudithook(ear.hear)
    try:
        cli.main(sys.argv[1:])
    finally:
        sys.stderr.write(_MARK + json.dumps([ear.writes, ear.reaches]))
