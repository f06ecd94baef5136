"""What the self-check raises: a file of ours that must not be written."""

from __future__ import annotations

_SHORT = 200


class Surprise(Exception):
    """A file that this program has printed and must not write: its path below the output folder, and what it holds."""

    def __init__(self, path: str, what: str) -> None:
        super().__init__(path, what)  # as it was called: so it can be sent from another process
        self.path, self.what = path, what

    def __str__(self) -> str:
        return f"{self.path}: {self.what[:_SHORT]}"
