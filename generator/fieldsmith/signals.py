"""The signals that a program handles -> the same, and none of them lost."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

Handler = Callable[[int, FrameType | None], Any]


class Signals:
    """The signals that came, and what was to be done about the first.

    A handler that raises ends a program as a rule. Where it interrupts a callback of the interpreter (before a fork,
    say) or a library that is written in another language, what it raises is lost; then the program has to ask.
    """

    def __init__(self) -> None:
        self.first: Callable[[], object] | None = None

    def is_set(self) -> bool:
        return self.first is not None

    def check(self) -> None:
        """Do again what was to be done about the first signal, where one came."""
        if self.first is not None:
            self.first()

    def noting(self, handler: Handler) -> Handler:
        def note(number: int, frame: FrameType | None) -> None:
            self.first = self.first or (lambda: handler(number, None))
            handler(number, frame)

        return note


@contextmanager
def noted() -> Iterator[Signals]:
    """Note the signals that the program handles itself, and handle them as before."""
    signals = Signals()
    handlers = {number: signal.getsignal(number) for number in signal.valid_signals()}
    ours = {number: handler for number, handler in handlers.items() if callable(handler)}
    for number, handler in ours.items():
        signal.signal(number, signals.noting(handler))
    try:
        yield signals
    finally:
        for number, handler in ours.items() if not signals.is_set() else ():
            signal.signal(number, handler)
