"""Tasks -> a pool of processes that have them already; a module of its own, heavy to load and needed by large runs."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import Any

__all__ = ["BrokenProcessPool", "begin", "do_task"]

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_tasks: list[tuple[Callable[..., Any], tuple[Any, ...]]] = []  # in a process of a pool: what it was begun for


def begin(
    number: int, function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]]
) -> tuple[ProcessPoolExecutor, Callable[[int], Future[Any]]]:
    """That many processes, and the way to give them a task by its number: a copy of this process has the tasks already.

    With other threads about, a copy could hold a lock for ever: then the processes are begun from nothing.
    """
    can_copy = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if can_copy else "spawn")
    pool = ProcessPoolExecutor(number, context, _settle_in, (function, tasks))

    def submit(at: int) -> Future[Any]:
        with _signals_held():  # a pool that is interrupted at its beginning can wait for itself for ever
            try:
                return pool.submit(do_task, at)
            except BrokenProcessPool as error:
                future: Future[Any] = Future()
                future.set_exception(error)
                return future

    return pool, submit


@contextmanager
def _signals_held() -> Iterator[None]:
    """Let signals wait, where the system can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def do_task(number: int) -> Any:
    """The result of one of the tasks that this process was begun for."""
    function, arguments = _tasks[number]
    return function(*arguments)


def _settle_in(function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]]) -> None:
    """What a new process does first: it leaves signals to the one that began it, and ends when that one is no more.

    If it ended while it sends a result, the other would wait for the rest of that for ever.
    """
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    _tasks[:] = [(function, task) for task in tasks]
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
