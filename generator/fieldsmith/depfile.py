"""A job and what it read -> the text of a depfile: what an output depends on, for Make and Ninja alike."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from fieldsmith.jobs import Job
from fieldsmith.pipeline import Build
from fieldsmith.reading.sources import folders
from fieldsmith.writing import templates
from fieldsmith.writing.paths import MANIFEST

# What one of the two takes for something else, however it is spelled: Make expands wildcards, splits at `;`, `|` and
# `=`, and reads a name that ends in `)` or `&` in a way of its own; Ninja ends a name at the rest. A backslash before
# `#` or `:`, or at the end, means one thing to Make and another to Ninja.
_UNSAYABLE = re.compile(r"[\x00-\x1f\x7f*?\[;=|<>^`]|\\(?=[#:]|$)|^~|[)&]$")
_ESCAPED = re.compile(r"(\\*)([ #:])")
_ESCAPED_IN_TARGETS = re.compile(r"(\\*)(%)")  # a pattern's there, and nothing elsewhere
_BY_BACKSLASH = r"\1\1\\\2"


class Rule(NamedTuple):
    """`target` is to be made anew when one of `needs` has changed; folders end in `/`."""

    target: str
    needs: tuple[str, ...]


def rule(job: Job, made: Build, settings: Path | None, output: str | None) -> Rule:
    """What the manifest of a job depends on: settings and overlays, pages, templates, and the folders of these two.

    Paths are as seen from the working folder; `output` is the output folder as the command line spells it.
    """
    files = [*([] if settings is None else [settings]), *job.files()]
    files += [made.root / path for path in made.inputs] if made.root else []
    listed = [Path(folder) for folder in folders(job.pages)]
    for at, names in templates.visited(job.templates) if job.templates else ():
        listed.append(at)
        files += [at / name for name in names]
    needs = {_seen(file) for file in files} | {_seen(folder, "/") for folder in listed}
    target = _seen(job.output) if output is None else Path(output).as_posix()
    return Rule(f"{target}/{MANIFEST}", tuple(sorted(needs)))


def unsayable(path: str) -> str | None:
    """The character for which a depfile cannot name `path`; None where it can."""
    found = _UNSAYABLE.search(path)
    return found and found[0]


def depfile(rules: Sequence[Rule]) -> str:
    """The rules, and an empty one for all that they need: without it, Make stops where one of these is gone.

    A folder is written with its `/`, so that it is not taken for a target of its name, such as `docs`.
    """
    texts = [" \\\n ".join((f"{_target(each.target)}:", *map(_escaped, each.needs))) for each in rules]
    texts += [f"{_target(path)}:" for path in sorted({path for each in rules for path in each.needs})]
    return "".join(f"{text}\n" for text in texts)


def _target(path: str) -> str:
    return _ESCAPED_IN_TARGETS.sub(_BY_BACKSLASH, _escaped(path))


def _escaped(path: str) -> str:
    return _ESCAPED.sub(_BY_BACKSLASH, path).replace("$", "$$")


def _seen(path: Path, end: str = "") -> str:
    """The path from the working folder, in which Make or Ninja runs as well."""
    try:
        seen = Path(os.path.relpath(path)).as_posix()
    except ValueError:  # on another drive
        seen = path.absolute().as_posix()
    return seen if seen == "." else seen + end  # of `./`, Make leaves nothing
