"""TOML text -> the line and column of every key, which `tomllib` does not tell."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

from fieldsmith.diagnostics import Span

_PART = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*""")
_MISTAKE = re.compile(r"\(at line (\d+), column (\d+)\)$")
_FENCES = ('"""', "'''")

Path = tuple[str, ...]


class Places(NamedTuple):
    """Where the keys of one file stand; an array of tables counts its members: `("tool", "x", "jobs", "1", "name")`."""

    file: str
    lines: tuple[str, ...]
    keys: dict[Path, tuple[int, int]]

    def of(self, path: Sequence[str], value: object = None) -> Span:
        """The place of a key, of the text `value` behind it where it is found, else of what is around it."""
        for length in range(len(path), 0, -1):
            found = self.keys.get(tuple(path[:length]))
            if found is not None:
                inner = list(path[length:]) + ([value] if isinstance(value, str) else [])
                return self._within(found, path[length - 1], inner)
        return Span(self.file, 1, 1)

    def _within(self, start: tuple[int, int], key: str, texts: Sequence[str]) -> Span:
        """Look for `texts`, one behind the other, in the value of the key that stands at `start`."""
        line, column = start
        after = column - 1 + len(key)
        for text in texts:
            for number in range(line, min(line + 200, len(self.lines) + 1)):
                at = self.lines[number - 1].find(text, after if number == line else 0)
                if at >= 0:
                    quoted = at > 0 and self.lines[number - 1][at - 1] in "\"'"
                    line, column, after = number, at + 1 - quoted, at + len(text)
                    break
        return Span(self.file, line, column)


def places(file: str, text: str) -> Places:
    """Find the keys of TOML that `tomllib` has taken: one walk over the lines, nothing inside long strings."""
    keys: dict[Path, tuple[int, int]] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    fence = ""
    lines = tuple(text.split("\n"))
    for number, line in enumerate(lines, 1):
        if fence:
            fence = "" if line.count(fence) % 2 else fence
            continue
        bare = line.lstrip()
        column = len(line) - len(bare) + 1
        if bare.startswith("["):
            header, after = _key(bare, 2 if bare.startswith("[[") else 1)
            if header and bare.startswith("]", after):
                table = _numbered(header, counts, member=bare.startswith("[["))
                keys.setdefault(table, (number, column))
                continue
        key, after = _key(bare, 0)
        if key and bare.startswith("=", after):
            for length in range(1, len(key) + 1):
                keys.setdefault(table + key[:length], (number, column))
        fence = next((mark for mark in _FENCES if line.count(mark) % 2), "")
    return Places(file, lines, keys)


def _key(text: str, at: int) -> tuple[Path, int]:
    """The dotted key at `at`, and where it ends; nothing where there is none."""
    parts: list[str] = []
    while match := _PART.match(text, at):
        parts.append(_unquoted(match))
        at = match.end()
        if not text.startswith(".", at):
            break
        at += 1
    return tuple(parts), at


def _unquoted(match: re.Match[str]) -> str:
    basic, literal, bare = match.groups()
    if basic is None:
        return bare if literal is None else literal
    try:
        return str(json.loads(f'"{basic}"'))  # TOML's escapes are JSON's, but for \U
    except ValueError:
        return str(basic)


def _numbered(header: Path, counts: dict[Path, int], *, member: bool) -> Path:
    """The header with the number of the member behind each array of tables it passes through."""
    if member:
        counts[header] = counts.get(header, -1) + 1
    path: Path = ()
    for length in range(1, len(header) + 1):
        path += (header[length - 1],)
        if header[:length] in counts:
            path += (str(counts[header[:length]]),)
    return path


def toml_mistake(error: Exception, text: str) -> tuple[int, int, str]:
    """The line, the column and the words of what `tomllib` says of a text that is no TOML."""
    place = _MISTAKE.search(str(error))
    line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
    return line, column, _MISTAKE.sub("", str(error)).strip()
