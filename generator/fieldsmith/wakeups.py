"""Folders -> a wait that ends when something happens in them; the one door to watchfiles.

What happens is a hint and no more: events get lost where too many come at once or a folder is replaced, and some disks
send none. So whoever waits looks for himself, when something is heard and every so often.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from fieldsmith.signals import Signals

Folders = Mapping[str, frozenset[str] | None]
Wait = Callable[[float], bool]
_STEP = 50


@contextmanager
def listening(folders: Folders, signals: Signals) -> Iterator[Wait]:
    """Listen to what happens right in these folders, to the names given with each or to all (None).

    The function that it gives waits for so many seconds, or until a signal comes, and says whether it heard something.
    Where the system hears nothing, for too many listen already, it just waits.
    """
    from watchfiles._rust_notify import RustNotify  # heavy, and of use to one command alone

    try:
        ears = RustNotify(sorted(folders), False, False, 0, False, True)
    except (OSError, RuntimeError):
        yield _deaf
        return

    def hears(seconds: float) -> bool:
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            try:
                told = ears.watch(_STEP, _STEP, math.ceil(left * 1000), signals)
            except (OSError, RuntimeError):
                return True  # what happened cannot be said: a name is no text, say
            signals.check()  # watchfiles swallows what a handler raises
            if isinstance(told, set) and any(_matters(path, folders) for _, path in told):
                return True
        return False

    try:
        yield hears
    finally:
        ears.close()


def _deaf(seconds: float) -> bool:
    time.sleep(seconds)
    return False


def _matters(path: str, folders: Folders) -> bool:
    folder, name = os.path.split(path)
    names = folders.get(folder, frozenset())
    return names is None or name in names or path in folders
