"""Work in shares -> its results in order: done side by side by an executor, or by processes of our own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any, Protocol, Self, TypeVar

Result = TypeVar("Result")
Item = TypeVar("Item")


class Future(Protocol):
    """What an executor promises."""

    def result(self) -> Any: ...


class Executor(Protocol):
    """All that is asked of an executor; those of `concurrent.futures` have it, and those that follow them."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future: ...


class Crew:
    """Those who work on one run: this process and others.

    `hands` is how many processes there may be, this one among them; None is one a core. An `executor` takes the place
    of the others, and is given work however little there is; it belongs to the caller.
    """

    def __init__(self, hands: int | None = 1, executor: Executor | None = None) -> None:
        self.hands = hands or _cores()
        self._given = executor
        self._own: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._dismiss()

    def shares(self, work: Sequence[Item], least: int) -> list[Sequence[Item]]:
        """`work` in shares, one a process; in fewer, where a share would hold less than `least` items."""
        number = max(2, self.hands) if self._given is not None else min(self.hands, len(work) // max(1, least))
        number = max(1, min(number, len(work)))
        ends = [len(work) * at // number for at in range(number + 1)]
        return [work[start:end] for start, end in zip(ends, ends[1:], strict=False)]

    def do(self, function: Callable[..., Result], tasks: Sequence[tuple[Any, ...]]) -> Iterator[Result]:
        """The result of each task, in order; the first is done here, while others do the rest.

        Function and arguments must be such that they can be sent to another process. Where the system gives none, or
        ends one, all is done here: slower, but the result is the same.
        """
        first, *rest = tasks
        futures = self._hand_out(function, rest)
        yield function(*first)
        for task, future in zip(rest, futures, strict=True):
            yield function(*task) if future is None else self._wait_for(future, function, task)

    def _hand_out(self, function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]]) -> list[Future | None]:
        if not tasks:
            return []
        if self._given is not None:
            return [self._given.submit(function, *task) for task in tasks]
        processes = import_module("fieldsmith.processes")
        try:
            self._dismiss()
            self._own = processes.pool(min(self.hands - 1, len(tasks)), function, tasks)
            return [self._own.submit(processes.do_task, number) for number in range(len(tasks))]
        except OSError:  # a limit on processes or memory
            return [None] * len(tasks)

    def _wait_for(self, future: Future, function: Callable[..., Result], task: tuple[Any, ...]) -> Result:
        broken = () if self._given is not None else import_module("fieldsmith.processes").BrokenProcessPool
        try:
            result: Result = future.result()
        except broken:
            return function(*task)
        return result

    def _dismiss(self) -> None:
        if self._own is not None:
            self._own.shutdown(cancel_futures=True)


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
