"""What earlier runs have read of pages and made of them, by digest; so a run does again only what an edit concerns.

All of it can be found out anew: what is damaged, or was kept by another version, is as if it were not there.
"""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from fieldsmith import cache, recall
from fieldsmith.reading.readall import Read
from fieldsmith.reading.remembered import packed, unpacked
from fieldsmith.reading.sources import Source
from fieldsmith.stamps import stamp_at
from fieldsmith.writing.manifest import digest
from fieldsmith.writing.plans import Rendered

_FILE = "memory.cache"
_MARSHAL = 4  # the format in which Python keeps its own compiled modules: as quick to load, and no code
_CHECK = 8
_UNUSED = 4  # for each thing in use, so many more are kept: those of other branches, say
_DAMAGE = (ValueError, TypeError, KeyError, IndexError, AttributeError)
Prints = Mapping[str, str]


class Memory:
    """Pages by the digest of their text, and the digests of files by what they were made of."""

    def __init__(self, pages: dict[str, Any], prints: dict[str, Prints], tool: str) -> None:
        self._pages, self._prints, self._tool = pages, prints, tool
        self._used_pages: dict[str, Any] = {}
        self._used_prints: dict[str, Prints] = {}

    def read(self, source: Source, dialect: str | None) -> Read | None:
        """What was read of such a page."""
        key = self._page_key(source, dialect)
        known = self._pages.get(key)
        if known is None:
            return None
        try:
            read = unpacked(known)
        except _DAMAGE:
            return None
        self._used_pages[key] = known
        return read

    def keep_read(self, source: Source, dialect: str | None, read: Read) -> None:
        self._used_pages[self._page_key(source, dialect)] = packed(read)

    @property
    def has_prints(self) -> bool:
        return bool(self._prints)

    def printed(self, fingerprint: str) -> Prints | None:
        """The files that were made of a page with such a fingerprint, with their digests."""
        known = self._prints.get(fingerprint)
        if known is not None:
            self._used_prints[fingerprint] = known
        return known

    def keep_printed(self, fingerprint: str, files: Sequence[Rendered]) -> None:
        self._used_prints[fingerprint] = {file.path: digest(file.text.encode("utf-8")) for file in files}

    def save(self) -> None:
        """Keep it for later runs, where anything is new: what this run has used, and some of what it has not."""
        pages = _bounded(self._used_pages, self._pages)
        prints = _bounded(self._used_prints, self._prints)
        if pages.keys() != self._pages.keys() or prints.keys() != self._prints.keys():
            data = marshal.dumps((self._tool, pages, prints), _MARSHAL)
            cache.keep(_place(), b"%08x%b" % (zlib.crc32(data), data))

    def _page_key(self, source: Source, dialect: str | None) -> str:
        return f"{digest(source.text.encode('utf-8', 'surrogatepass'))} {dialect or ''} {source.named:d} {source.path}"


def load() -> Memory:
    """What was kept for this folder, by this very program."""
    tool = tool_stamp()
    found = cache.kept(_place()) or b""
    check, data = found[:_CHECK], memoryview(found)[_CHECK:]
    if check == b"%08x" % zlib.crc32(data):  # what is damaged would not be loaded with care
        kept_by, pages, prints = marshal.loads(data)
        if kept_by == tool:
            return Memory(pages, prints, tool)
    return Memory({}, {}, tool)


def tool_stamp() -> str:
    """What changes when the program does, a library that shapes its output, or Python."""
    return digest("\n".join([sys.version, *(f"{file} {stamp_at(file)}" for file in cache.program_files())]).encode())


def _place() -> str:
    return os.path.join(recall.cache_folder(), _FILE)


def _bounded(used: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """All that was used, and of the rest as much as is kept, the latest first."""
    rest = [key for key in known if key not in used][: len(used) * _UNUSED]
    return {**used, **{key: known[key] for key in rest}}
