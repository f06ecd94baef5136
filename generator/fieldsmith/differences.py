"""Changes -> what `check` prints: the files that are missing, changed or extra, and how the changed ones differ."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import click

from fieldsmith.report import escape
from fieldsmith.wording import shown
from fieldsmith.writing.compare import JOURNAL, Change, Changes

_MOST_LINES = 20_000
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def describe(out: Path, changes: Changes, *, colour: bool) -> str:
    """Lists and diffs, "" where nothing differs."""
    folder = shown(out)
    lines: list[str] = []
    for each in (*changes.files, *((changes.manifest,) if changes.manifest else ())):
        path = f"{folder}/{each.path}"
        if each.old is None:
            lines.append(f"missing: {escape(path)}")
        elif each.new is None:
            lines.append(f"extra: {escape(path)} (no page makes it any more)")
        else:
            lines.append(f"changed: {escape(path)}")
    journal = (JOURNAL,) if changes.journal else ()
    for left in (*changes.leftovers, *journal):
        lines.append(f"extra: {escape(f'{folder}/{left}')} (left by a run that was killed; the next one removes it)")
    for left in changes.extra:
        lines.append(f"extra: {escape(f'{folder}/{left}')} (not an output of fieldsmith)")
    for each in changes.files:
        for line in _diff(f"{folder}/{each.path}", each):
            shade = _COLOURS.get(line[:1]) if colour else None
            lines.append(click.style(line, fg=shade) if shade else line)
    return "".join(f"{line}\n" for line in lines)


def summary(changes: Changes) -> str:
    """How much differs and what to do about it: `2 missing, 1 changed; run `fieldsmith generate``."""
    files = changes.files or ((changes.manifest,) if changes.manifest else ())
    counts = {
        "missing": sum(each.old is None for each in files),
        "changed": sum(each.old is not None and each.new is not None for each in files),
        "extra": len([each for each in files if each.new is None] + [*changes.leftovers, *changes.extra])
        + changes.journal,
    }
    todo = [] if changes.none else ["run `fieldsmith generate`"]
    todo += ["move what is not an output out of the folder"] if changes.extra else []
    return f"{', '.join(f'{count} {kind}' for kind, count in counts.items() if count)}; {' and '.join(todo)}"


def _diff(path: str, change: Change) -> Iterator[str]:
    if change.old is None or change.new is None:
        return
    old, new = (text.decode("utf-8", "backslashreplace").split("\n") for text in (change.old, change.new))
    if len(old) + len(new) > _MOST_LINES:
        yield f"--- {escape(path)}: too long for a diff"
        return
    for line in difflib.unified_diff(old, new, f"{path} (on the disk)", f"{path} (as the pages say)", lineterm=""):
        yield escape(line)
