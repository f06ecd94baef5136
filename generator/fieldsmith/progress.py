"""How far the walk has come -> a bar on a terminal, once a run has taken long enough for somebody to wonder."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from fieldsmith.stretches import Watch

_PATIENCE = 1.0


@contextmanager
def watching(quiet: bool) -> Iterator[Watch]:
    """A listener for `pipeline.build`; it shows nothing where stderr is no terminal or the run is short."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    bar = _Bar()
    try:
        yield bar
    finally:
        bar.close()


class _Bar:
    """rich's bar, loaded and begun when the patience is over."""

    def __init__(self) -> None:
        self.begin = time.monotonic()
        self.stage = ""
        self.live: _Live | None = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        if self.live is None:
            if time.monotonic() - self.begin < _PATIENCE or done >= total:
                return
            self.live = _Live()
        self.live.show(stage, done, total)

    def close(self) -> None:
        if self.live is not None:
            self.live.progress.stop()


class _Live:
    def __init__(self) -> None:
        from rich.console import Console  # heavy, and of use to a terminal alone
        from rich.progress import Progress

        self.progress = Progress(console=Console(stderr=True), transient=True)
        self.task = self.progress.add_task("", total=1)
        self.progress.start()

    def show(self, stage: str, done: int, total: int) -> None:
        self.progress.update(self.task, description=stage, completed=done, total=total)
