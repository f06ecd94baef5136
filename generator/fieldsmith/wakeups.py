"""Folders -> a wait that ends when something happens in them; the one door to watchfiles.

What happens is a hint and no more: events get lost where too many come at once or a folder is replaced, and some disks
send none. So whoever waits looks for himself, when something is heard and every so often.
"""

from __future__ import annotations

import math
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

Folders = Mapping[str, frozenset[str] | None]
Wait = Callable[[float], bool]
_STEP = 50


@contextmanager
def listening(folders: Folders) -> Iterator[Wait]:
    """Listen to what happens right in these folders, to the names given with each or to all (None).

    The function that it gives waits for so many seconds and says whether it heard something. Where the system hears
    nothing, for too many listen already, it just waits. ImportError where watchfiles is not installed.
    """
    from watchfiles._rust_notify import RustNotify  # heavy, and of use to one command alone

    try:
        ears = RustNotify(sorted(folders), False, False, 0, False, True)
    except (OSError, RuntimeError):
        yield _sleep
        return

    def hears(seconds: float) -> bool:
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            try:
                with _signals_kept() as kept:
                    told = ears.watch(_STEP, _STEP, math.ceil(left * 1000), kept)
            except (OSError, RuntimeError):
                return True  # what happened cannot be said: a name is no text, say
            if isinstance(told, set) and any(_matters(path, folders) for _, path in told):
                return True
        return False

    try:
        yield hears
    finally:
        ears.close()


def _sleep(seconds: float) -> bool:
    time.sleep(seconds)
    return False


def _matters(path: str, folders: Folders) -> bool:
    folder, name = os.path.split(path)
    names = folders.get(folder, frozenset())
    return names is None or name in names or path in folders


class _Kept:
    """The signals that came; as an event of watchfiles, it is set when there is one."""

    def __init__(self) -> None:
        self.numbers: list[int] = []

    def is_set(self) -> bool:
        return bool(self.numbers)

    def keep(self, number: int, frame: FrameType | None) -> None:
        self.numbers.append(number)


@contextmanager
def _signals_kept() -> Iterator[_Kept]:
    """Keep signals back, and send them again at the end: what a handler raises, watchfiles would swallow."""
    kept = _Kept()
    handlers = {number: signal.getsignal(number) for number in signal.valid_signals()}
    ours = {number: handler for number, handler in handlers.items() if callable(handler)}
    for number in ours:
        signal.signal(number, kept.keep)
    try:
        yield kept
    finally:
        for number, handler in ours.items():
            signal.signal(number, handler)
        for caught in kept.numbers:
            signal.raise_signal(caught)
