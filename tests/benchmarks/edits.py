"""A folder of pages and its printed IR -> two edits of one page, in prose alone and in a type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = dict[str, Any]
_BAR = re.compile(r"(?<!\\)\|")
_TYPE_COLUMN = 2


@dataclass(frozen=True, slots=True)
class Edit:
    """What a page, by its path below the folder, is to hold."""

    path: str
    text: str

    def do(self, folder: Path) -> None:
        (folder / self.path).write_text(self.text, "utf-8")


def edits(folder: Path, ir: Json) -> dict[str, Edit]:
    """One more sentence above the fields of a model in the middle; and of two of its fields, the one's type at the other."""
    models = [each for each in ir["definitions"] if each["kind"] == "model"]
    page, one, other = next(found for each in _outwards(models) if (found := _two_fields(each)))
    text = (folder / page).read_text("utf-8")
    lines = text.split("\n")
    cells = _BAR.split(lines[one - 1])
    cells[_TYPE_COLUMN] = _BAR.split(lines[other - 1])[_TYPE_COLUMN]
    lines[one - 1] = "|".join(cells)
    return {"prose edited": Edit(page, _told_more(text)), "type edited": Edit(page, _told_more("\n".join(lines)))}


def _told_more(text: str) -> str:
    return text.replace("## Fields", "One more sentence.\n\n## Fields", 1)


def _outwards(models: list[Json]) -> list[Json]:
    """The models, from the middle on."""
    half = len(models) // 2
    return [*models[half:], *models[:half]]


def _two_fields(model: Json) -> tuple[str, int, int] | None:
    """The page and the lines of a string and of another scalar, both required."""
    found: dict[bool, int] = {}
    for field in model["fields"]:
        page, line, _ = field["source"].rsplit(":", 2)
        if field["required"] and field["type"]["kind"] in ("string", "integer", "number", "boolean"):
            found[field["type"]["kind"] == "string"] = int(line)
    return (page, found[True], found[False]) if len(found) == 2 else None
