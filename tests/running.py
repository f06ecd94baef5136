"""The tool as a process of its own, in an environment that a test chooses."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parents[1] / "generator"
Done = subprocess.CompletedProcess[str]


def environment(**more: str | None) -> dict[str, str]:
    """That of this process, with some variables set and those taken out that are None."""
    every = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONDONTWRITEBYTECODE": "1", **more}
    return {name: value for name, value in every.items() if value is not None}


def tool(
    folder: str | bytes | os.PathLike[str],
    *arguments: str,
    flags: Sequence[str] = (),
    env: dict[str, str] | None = None,
    through: Sequence[str] = (),
    python: str = sys.executable,
    **more: Any,
) -> Done:
    """`python FLAGS -m fieldsmith ARGUMENTS` in a folder, by way of a program that starts it, where one is given.

    `more` is what `subprocess.run` takes.
    """
    command = [*through, python, *flags, "-m", "fieldsmith", *arguments]
    options = {"capture_output": True, "text": True, "errors": "replace", "timeout": 120, "check": False, **more}
    done: Done = subprocess.run(command, cwd=folder, env=env or environment(), **options)
    return done


def quiet(done: Done) -> Done:
    """The same, where it showed neither a traceback nor a bug of our own."""
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr and done.returncode != 70, done.stderr
    return done
