"""A run of `generate` that went well -> the answer to the same command line, for as long as no file changes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from fieldsmith import recall
from fieldsmith.cache import program_files, put
from fieldsmith.recall import INSIDE, OTHER, OUTPUT, PAGE, Entry
from fieldsmith.stamps import ABSENT, TICK, changed, settled, stamp_at

_MOST_ANSWERS = 16


class Page(NamedTuple):
    """A page that was read: its file, what that file bore before, and the digest of its bytes."""

    file: str
    stamp: str
    digest: str


class Output(NamedTuple):
    """A file of ours: `fresh` where the run has written it."""

    file: str
    digest: str
    fresh: bool


class Session(NamedTuple):
    """What a run has read and written: pages, outputs and the folders they are in, and what else it has looked at.

    `begun` and `written` are the times (nanoseconds since 1970) when it began and when all was written.
    """

    begun: int
    written: int
    pages: Sequence[Page]
    outputs: Sequence[Output]
    folders: Iterable[str]
    others: Sequence[str]


def remember(arguments: Sequence[str], session: Session, said: str, found: str) -> None:
    """Keep the answer to `generate` with these words behind it.

    `said` has a line a job, with the number of its files behind a tab; `found` are the findings as they were shown.
    Where a file may have changed after it was read or written, nothing is kept: what is kept is true.
    """
    entries = list(_entries(session))
    if not entries:
        return
    words = list(arguments)
    flat = (part for entry in entries for part in entry)
    text = "\0".join((recall.VERSION, recall.key(words), said, found, *flat))
    put(recall.place(words), text.encode("utf-8", "surrogateescape"), _MOST_ANSWERS)


def _entries(session: Session) -> Iterator[Entry]:
    """What the answer depends on, pages first, as they are what changes; nothing where it cannot be told."""
    entries = [(PAGE, page.file, stamp_at(page.file), page.digest) for page in session.pages]
    if any(now != page.stamp for (_, _, now, _), page in zip(entries, session.pages, strict=True)):
        return
    others = (*session.others, *recall.settings_files(), *program_files())
    entries += [(OTHER, path, stamp_at(path), "") for path in others]
    if not all(settled(entry[2], session.begun) for entry in entries):
        return
    time.sleep(max(0, session.written + TICK - time.time_ns()) / 1e9)  # from now on, what changes has another stamp
    outputs = [(OUTPUT, each.file, stamp_at(each.file), each.digest) for each in session.outputs]
    for (_, _, now, _), each in zip(outputs, session.outputs, strict=True):
        latest = session.written if each.fresh else session.begun
        if now == ABSENT or changed(now) > latest or not settled(now, time.time_ns()):
            return
    yield from entries
    yield from outputs
    yield from ((INSIDE, folder, recall.identity(folder), "") for folder in session.folders)
