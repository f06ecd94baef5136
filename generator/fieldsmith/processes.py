"""Tasks -> a pool of processes that have them already; a module of its own, heavy to load and needed by large runs."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from multiprocessing.process import BaseProcess
from typing import Any

__all__ = ["BrokenProcessPool", "do_task", "pool"]

_tasks: list[tuple[Callable[..., Any], tuple[Any, ...]]] = []  # in a process of a pool: what it was begun for


def pool(number: int, function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]]) -> ProcessPoolExecutor:
    """Processes to which `do_task` is sent with the number of a task: what a copy of this process has, it has for free.

    With other threads about, a copy could hold a lock for ever: then the processes are begun from nothing.
    """
    can_copy = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if can_copy else "spawn")
    return ProcessPoolExecutor(number, context, _settle_in, (function, tasks))


def do_task(number: int) -> Any:
    """The result of one of the tasks that this process was begun for."""
    function, arguments = _tasks[number]
    return function(*arguments)


def _settle_in(function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]]) -> None:
    """What a new process does first: it leaves signals to the one that began it, and ends when that one is no more."""
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _tasks[:] = [(function, task) for task in tasks]
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
