"""Moments between the stages of a run -> a table of how long each took."""

from __future__ import annotations

import time


class Timings:
    """A watch that is read at the end of each stage."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._seconds: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """A stage has ended; what comes again, job by job, adds up."""
        now = time.perf_counter()
        self._seconds[stage] = self._seconds.get(stage, 0.0) + now - self._last
        self._last = now

    def table(self) -> str:
        """A line a stage, in milliseconds and as a share of the whole."""
        whole = sum(self._seconds.values())
        rows = [*self._seconds.items(), ("in all", whole)]
        return "".join(f"{stage:<12}{taken * 1000:9.1f} ms{taken / whole:7.0%}\n" for stage, taken in rows)
