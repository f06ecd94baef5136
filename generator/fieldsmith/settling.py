"""What a run depended on -> the moment when that has changed and has come to rest."""

from __future__ import annotations

import time
from collections.abc import Callable

from fieldsmith.inputs import Inputs, Sight, look
from fieldsmith.signals import Signals
from fieldsmith.wakeups import listening

QUIET, LONGEST = 0.1, 2.0  # seconds without a change, and how long we wait for such
PAUSE = 2.0  # seconds after which we look although nothing was heard
_SHARE = 20  # looking takes up at most this part of the time in which nothing happens
Look = Callable[[], Sight]


def await_change(inputs: Inputs, seen: Sight, signals: Signals, *, again: bool) -> None:
    """Return when the inputs look other than `seen` and have come to rest; with `again`, after a pause in any case.

    What counts is how they look: what is heard only makes us look at once.
    """
    now = seen
    while now.files == seen.files and not seen.fresh:
        listened = now.folders
        with listening(listened, signals) as hears:
            begin = time.monotonic()
            now = look(inputs)  # what happened before we listened shows here
            pause = max(PAUSE, _SHARE * (time.monotonic() - begin))
            while now.files == seen.files and now.folders == listened and not hears(pause):
                if again:
                    return
                now = look(inputs)
    settle(lambda: look(inputs))


def settle(
    look: Look, sleep: Callable[[float], None] = time.sleep, clock: Callable[[], float] = time.monotonic
) -> None:
    """Return when nothing has changed for a moment, or we have waited long, unless a page has just been emptied."""
    ends = clock() + LONGEST
    before = look()
    while True:
        sleep(QUIET)
        now = look()
        if (now.files == before.files or clock() > ends) and not now.hollow:
            return
        before = now
