"""What the command line says; a module of its own so that `--help` and `--version` load nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Colour = Literal["auto", "always", "never"]


@dataclass(frozen=True, slots=True)
class Flags:
    """The options that commands share; None or empty where silent. Paths are relative to the working folder.

    `arguments` are the words behind the command, as they stand.
    """

    pages: tuple[str, ...] = ()
    output: str | None = None
    config: str | None = None
    dialect: str | None = None
    notation: str | None = None
    targets: str | None = None
    strict: bool = False
    jobs: int | None = None
    quiet: bool = False
    verbose: bool = False
    colour: Colour = "auto"
    arguments: tuple[str, ...] = ()
