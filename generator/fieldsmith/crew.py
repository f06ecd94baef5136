"""Work in shares -> its results in order: done side by side by an executor, or by processes of our own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any, Protocol, Self, TypeVar

_SHARES_EACH = 8
_MOST_ITEMS = 500  # in a share: who is interrupted has to wait until those that are begun are done
Result = TypeVar("Result")
Item = TypeVar("Item")


class Future(Protocol):
    """What an executor promises."""

    def result(self) -> Any: ...

    def done(self) -> bool: ...


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
        """`work` in shares, some for each process so that all end at about one time; none of less than `least` items.

        One share means that it is not worth anybody else's while, unless there is nobody else.
        """
        number = min(self.hands * _SHARES_EACH, len(work) // max(1, least)) if self.hands > 1 else 1
        number = max(number, 2 if self._given is not None else 1, len(work) // _MOST_ITEMS)
        number = max(1, min(number, len(work)))
        ends = [len(work) * at // number for at in range(number + 1)]
        return [work[start:end] for start, end in zip(ends, ends[1:], strict=False)]

    def do(
        self,
        function: Callable[..., Result],
        tasks: Sequence[tuple[Any, ...]],
        meanwhile: Callable[[], object] = lambda: None,
    ) -> Iterator[Result]:
        """The result of each task, in order.

        The others begin at the first; this process does `meanwhile`, and then its part, from the last task on. Function
        and arguments must be such that they can be sent to another process. Where the system gives none, or ends one,
        all is done here: slower, but the result is the same.
        """
        submit = self._submitter(function, tasks)
        others = 0 if submit is None else len(tasks)
        if self._given is None:
            others = others * (self.hands - 1) // (self.hands + 1)  # of the rest, who is first takes more
        futures = [submit(number) for number in range(others)] if submit else []
        meanwhile()
        own: dict[int, Result] = {}
        for number in reversed(range(len(tasks))):
            idle = sum(not each.done() for each in futures) < self.hands
            if submit and idle and len(futures) < number:
                futures.append(submit(len(futures)))  # before somebody has nothing to do
            if len(futures) <= number:
                own[number] = function(*tasks[number])
        for number, task in enumerate(tasks):
            yield own.pop(number) if number in own else self._wait_for(futures[number], function, task)

    def _submitter(
        self, function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]]
    ) -> Callable[[int], Future] | None:
        """Hands out the task of a number; None where nobody is there to take one."""
        if self._given is not None:
            executor = self._given
            return lambda number: executor.submit(function, *tasks[number])
        if len(tasks) == 1 or self.hands == 1:
            return None
        self._dismiss()
        try:
            self._own, submit = import_module("fieldsmith.processes").begin(self.hands - 1, function, tasks)
        except OSError:  # a limit on processes or memory
            return None
        given: Callable[[int], Future] = submit
        return given

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
            self._own = None


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
