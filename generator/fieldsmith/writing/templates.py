"""Folders of templates -> their texts, as a value; what of a user's own replaces nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_ENDING = ".jinja"


class Template(NamedTuple):
    """The text of a template and the file that holds it; `own` where it is a user's."""

    text: str
    file: str
    own: bool


Templates = tuple[tuple[str, Template], ...]  # by name, sorted; a value, so that it can be sent and remembered


class TemplateFault(Exception):
    """A template that cannot be printed: its file and line, and why."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(file, line, reason)  # as it was called: so it can be sent from another process
        self.file = file
        self.line = line
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


def built_in_templates() -> Path:
    """The folder of our templates: inside an installed package, else beside the source root."""
    packaged = Path(__file__).parents[1] / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "templates"


def load(folder: Path | None) -> Templates:
    """All templates: ours, and before them the ones in a user's `folder`, file by file. TemplateFault for bad text."""
    found: dict[str, Template] = {}
    for root, own in ((built_in_templates(), False), *([(folder, True)] if folder else [])):
        for name in _below(root):
            file = root / name
            try:
                found[name] = Template(file.read_text("utf-8"), str(file), own)
            except (OSError, UnicodeDecodeError) as error:
                if name.endswith(_ENDING):
                    raise TemplateFault(str(file), 1, f"it cannot be read: {error}") from error
    return tuple(sorted(found.items()))


def files(folder: Path | None) -> tuple[Path, ...]:
    """Where a change of templates shows: our files, those in a user's `folder`, and the folders themselves."""
    found: list[Path] = []
    for root in (built_in_templates(), *([folder.absolute()] if folder else [])):
        for at, names in visited(root):
            found += [at, *(at / name for name in names)]
    return tuple(found)


def visited(folder: Path) -> Iterator[tuple[Path, list[str]]]:
    """Every folder of templates with its files, both sorted, hidden ones aside. Links are followed."""
    been: set[str] = set()
    for at, below, names in os.walk(folder, followlinks=True):
        below[:] = sorted(name for name in below if not name.startswith("."))
        if os.path.realpath(at) in been:  # a link that leads back
            below.clear()
            continue
        been.add(os.path.realpath(at))
        yield Path(at), sorted(name for name in names if not name.startswith("."))


def strays(templates: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files of a user's own folder that replace no template of ours and that no other one names; and all of ours.

    Hidden files, and what is neither called like a template nor lies in a folder called like ours, are no concern.
    """
    ours = _below(built_in_templates())
    folders = {path.partition("/")[0] for path in ours}
    names = {path.rpartition("/")[2].removesuffix(_ENDING) for path in ours}
    own = _below(templates)
    texts = {path: _text(templates / path) for path in own if path.endswith(_ENDING)}

    def is_meant(path: str) -> bool:
        return path.endswith(_ENDING) or path.partition("/")[0] in folders or path.rpartition("/")[2] in names

    def is_used(path: str) -> bool:
        return path in ours or any(path in text for other, text in texts.items() if other != path)

    return tuple(path for path in own if is_meant(path) and not is_used(path)), ours


def _below(folder: Path) -> tuple[str, ...]:
    found = [(at / name) for at, names in visited(folder) for name in names]
    return tuple(sorted(path.relative_to(folder).as_posix() for path in found if path.is_file()))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
