"""A number -> a pool of that many processes; a module of its own, for it is heavy to load and small runs need none."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from multiprocessing.process import BaseProcess

__all__ = ["BrokenProcessPool", "pool"]


def pool(number: int) -> ProcessPoolExecutor:
    """Processes that are copies of this one, with all that it has loaded, where the system can make such.

    With other threads about, a copy could hold a lock for ever: then they are begun from nothing. OSError where the
    system gives none.
    """
    can_copy = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    return ProcessPoolExecutor(number, multiprocessing.get_context("fork" if can_copy else "spawn"), _settle_in)


def _settle_in() -> None:
    """What a new process does first: it leaves signals to the one that began it, and ends when that one is no more."""
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
