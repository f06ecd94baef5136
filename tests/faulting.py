"""A run of the tool whose N-th call of one kind fails or brings a signal, by a hook in it or by strace from outside.

    python tests/faulting.py CALL WHAT N ARGUMENTS...    as `fieldsmith ARGUMENTS` in the working folder

CALL is a key of `SYSTEM_CALLS`, or `read` for an open that only reads; WHAT is the name of an error or of a signal.
Only calls that touch the working folder count. The last line on stderr says how many there were.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from running import environment

SYSTEM_CALLS = {
    "open": "open,openat",
    "write": "write,pwrite64,writev",
    "fsync": "fsync,fdatasync",
    "rename": "rename,renameat,renameat2",
    "unlink": "unlink,unlinkat,rmdir",
    "mkdir": "mkdir,mkdirat",
}
EVENTS = {"os.rename": "rename", "os.remove": "unlink", "os.rmdir": "unlink", "os.mkdir": "mkdir"}
SIGNALS = ("KILL", "TERM", "INT", "HUP")
STRACE = shutil.which("strace")
GENERATE = ("generate", "--config", "pyproject.toml")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_COUNT = "calls counted: "


@dataclass(frozen=True, slots=True)
class Faulted:
    """How a run went: `fired` says whether it came as far as the fault, `calls` how many calls it made."""

    fired: bool
    code: int
    err: str
    calls: int = 0


def by_hook(folder: Path, call: str, what: str, number: int) -> Faulted:
    """Run in `folder`, with the fault made by a hook in the process."""
    command = [sys.executable, __file__, call, what, str(number), *GENERATE]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    err, _, count = done.stderr.rpartition(_COUNT)
    calls = int(count) if count.strip().isdecimal() else number  # a killed one says nothing
    return Faulted(calls >= number, done.returncode, err if count else done.stderr, calls)


def by_strace(folder: Path, call: str, what: str, number: int) -> Faulted:
    """Run in `folder`, with the fault made by the system; all calls of the process count."""
    assert STRACE
    log, calls = folder.parent / "strace.log", SYSTEM_CALLS[call]
    fault = f"signal=SIG{what}" if what in SIGNALS else f"error={what}"
    command = [STRACE, "-f", "-qq", "-o", str(log), "-e", f"trace={calls}", "-e", f"inject={calls}:{fault}:when={number}"]
    command += [sys.executable, "-m", "fieldsmith", *GENERATE]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    seen = log.read_text("utf-8", errors="replace")
    fired = "(INJECTED)" in seen or f"SIG{what} " in seen or "+++ killed" in seen
    return Faulted(fired, done.returncode, done.stderr)


class _Fault:
    """Counts calls, and makes the N-th of them fail."""

    def __init__(self, call: str, what: str, number: int) -> None:
        self.call, self.what, self.number = call, what, number
        self.root = os.getcwd() + os.sep
        self.count = 0

    def hear(self, event: str, values: tuple[Any, ...]) -> None:
        """The audit hook."""
        if event == "open" and isinstance(values[0], (str, bytes)) and self._below(values[0]):
            mode, flags = values[1:]
            self.meet("open" if set(mode or "") & set("wax+") or flags & _WRITES else "read")
        elif event in EVENTS and self._below(values[0]):
            self.meet(EVENTS[event])

    def _below(self, path: str | bytes) -> bool:
        return os.path.abspath(os.fsdecode(path)).startswith(self.root)

    def meet(self, call: str) -> None:
        self.count += call == self.call
        if call == self.call and self.count == self.number:
            if self.what in SIGNALS:
                os.kill(os.getpid(), getattr(signal, f"SIG{self.what}"))
            else:
                code = getattr(errno, self.what)
                raise OSError(code, os.strerror(code))

    def wrap(self, name: str) -> None:
        """Calls that no audit hook hears of."""
        real: Callable[..., Any] = getattr(os, name)

        def wrapped(*values: Any) -> Any:
            self.meet(name)
            return real(*values)

        setattr(os, name, wrapped)


def main() -> None:
    from fieldsmith.__main__ import main as tool

    call, what, number, *arguments = sys.argv[1:]
    fault = _Fault(call, what, int(number))
    fault.wrap("write")
    fault.wrap("fsync")
    sys.addaudithook(fault.hear)
    sys.argv[1:] = arguments
    try:
        tool()
    finally:
        sys.stderr.write(f"{_COUNT}{fault.count}\n")


if __name__ == "__main__":
    main()
