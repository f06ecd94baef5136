"""Changes -> what `check` prints: the files that are missing, changed or extra, and how the changed ones differ."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import click

from fieldsmith.diagnostics import Span
from fieldsmith.report import escape, workflow_command
from fieldsmith.wording import shown
from fieldsmith.writing.compare import JOURNAL, Change, Changes

_MOST_LINES = 20_000
_MOST_SHOWN = 20
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}
_HUNK = re.compile(r"@@ -(\d+)")


class Difference(NamedTuple):
    """A file that is not what the pages say: its path, the word for it, what more there is to say, and the change."""

    path: str
    word: str
    note: str = ""
    change: Change | None = None


def describe(out: Path, changes: Changes, *, colour: bool) -> str:
    """Lists and diffs, "" where nothing differs."""
    differences = list(_differences(shown(out), changes))
    lines = [f"{each.word}: {escape(each.path)}{each.note and f' ({each.note})'}" for each in differences]
    for each in differences:
        for line in _diff(each):
            shade = _COLOURS.get(line[:1]) if colour else None
            lines.append(click.style(line, fg=shade) if shade else line)
    return "".join(f"{line}\n" for line in lines)


def annotate(out: Path, changes: Changes) -> str:
    """A workflow command of GitHub's for each file that differs, with the beginning of its diff; "" where none does.

    The diff stands inside the command: on a line of its own, text of a page could pass for a command.
    """
    texts = []
    for each in _differences(shown(out), changes):
        diff = list(islice(_diff(each), _MOST_SHOWN + 1))
        first = next((int(hunk[1]) for line in diff if (hunk := _HUNK.match(line))), 1)
        if len(diff) > _MOST_SHOWN:
            diff[_MOST_SHOWN:] = ["..."]
        note = each.note or "run `fieldsmith generate`"
        texts.append(
            workflow_command("error", Span(each.path, max(first, 1), 1), each.word, [f"{each.word}; {note}", *diff])
        )
    return "".join(texts)


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


def _differences(folder: str, changes: Changes) -> Iterator[Difference]:
    for each in changes.files:
        path = f"{folder}/{each.path}"
        if each.old is None:
            yield Difference(path, "missing")
        elif each.new is None:
            yield Difference(path, "extra", "no page makes it any more")
        else:
            yield Difference(path, "changed", change=each)
    if changes.manifest:
        yield Difference(f"{folder}/{changes.manifest.path}", "missing" if changes.manifest.old is None else "changed")
    for left in (*changes.leftovers, *((JOURNAL,) if changes.journal else ())):
        yield Difference(f"{folder}/{left}", "extra", "left by a run that was killed; the next one removes it")
    for left in changes.extra:
        yield Difference(f"{folder}/{left}", "extra", "not an output of fieldsmith")


def _diff(difference: Difference) -> Iterator[str]:
    path, change = difference.path, difference.change
    if change is None or change.old is None or change.new is None:
        return
    old, new = (text.decode("utf-8", "backslashreplace").split("\n") for text in (change.old, change.new))
    if len(old) + len(new) > _MOST_LINES:
        yield f"--- {escape(path)}: too long for a diff"
        return
    for line in difflib.unified_diff(old, new, f"{path} (on the disk)", f"{path} (as the pages say)", lineterm=""):
        yield escape(line)
