"""The recipes of BUILDING.md, a project to try them in, and the tool installed as users have it, without a network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
OUTPUT = Path("src/shop/models")
PAGE = """# Parcel

A parcel on its way.

## Fields

| Field | Type | Required | Description |
| --- | --- | --- | --- |
| `id` | `string` | yes | Its number. |
"""


def recipe(title: str, language: str) -> str:
    """The block of `language` below a heading of BUILDING.md; before the first heading where there is no title."""
    text = (ROOT / "BUILDING.md").read_text("utf-8")
    part = next(part for part in re.split(r"^#+ ", text, flags=re.MULTILINE) if part.startswith(f"{title}\n"))
    (block,) = re.findall(rf"^```{language}\n(.*?)^```$", part, re.MULTILINE | re.DOTALL)
    return str(block)


def project(folder: Path, settings: str = "") -> Path:
    """A project with one page and the settings of BUILDING.md, and what `settings` adds to its pyproject.toml."""
    (folder / "spec").mkdir(parents=True)
    (folder / "spec" / "parcel.md").write_text(PAGE, "utf-8")
    (folder / "pyproject.toml").write_text(recipe("Where people build", "toml") + settings, "utf-8")
    (folder / OUTPUT.parent).mkdir(parents=True)
    return folder


def environment(**more: str) -> dict[str, str]:
    """This one, with the commands of the tests' interpreter first, and `fieldsmith` from the source."""
    path = os.pathsep.join((str(BIN), os.environ["PATH"]))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "MAKE", "MFLAGS"))}
    return {**kept, "PATH": path, "PYTHONPATH": str(ROOT / "generator"), "PYTHONDONTWRITEBYTECODE": "1", **more}


def run(*command: str, cwd: Path, env: dict[str, str] | None = None, code: int | None = 0) -> str:
    """What a command prints, on both streams; its exit code has to be `code`."""
    done = subprocess.run(
        command, cwd=cwd, env=env or environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert code is None or done.returncode == code, done.stdout
    return done.stdout


def installed(folder: Path, *names: str) -> Path:
    """A folder that holds, as links, the distributions named and all that they need: what PYTHONPATH shows to pip.

    So pip finds everything there already and asks no index. The project itself is not among them.
    """
    folder.mkdir()
    for each in _needed(names):
        for file in each.files or ():
            top = file.parts[0]
            if top not in ("..", "__pycache__") and not (folder / top).exists():
                (folder / top).symlink_to(Path(str(each.locate_file(top))))
    return folder


def _needed(names: Iterable[str]) -> Iterator[Distribution]:
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        wanted, _, marker = waiting.pop().partition(";")
        name = re.split(r"[^\w.-]", wanted)[0]
        if name in seen or "extra" in marker:
            continue
        seen.add(name)
        with suppress(PackageNotFoundError):  # of another platform
            found = distribution(name)
            waiting += found.requires or ()
            if name != "fieldsmith":
                yield found
