"""Sources -> records, page by page, in this process or in several: what one page says depends on no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fieldsmith.diagnostics import Diagnostic, Diagnostics
from fieldsmith.reading import markdown
from fieldsmith.reading.dialects import DIALECTS
from fieldsmith.reading.records import PageRecords, read_page
from fieldsmith.reading.sources import Source

# Fewer pages than this are read before another process has started; a process is given as many at a time.
_ENOUGH_PAGES = 64
Batch = tuple[list[PageRecords], list[Diagnostic]]


def read_all(
    sources: Sequence[Source], dialect: str | None, jobs: int, diagnostics: Diagnostics, watch: Callable[[int], None]
) -> tuple[PageRecords, ...]:
    """The records of all pages in their order, by `dialect` or by the one that each page's look tells.

    With `jobs` above one, that many processes read; where the system gives none, this one does. `watch` hears how many
    pages are done.
    """
    pages: list[PageRecords] = []
    for records, found in _batches(sources, dialect, jobs):
        pages += records
        diagnostics.extend(found)
        watch(len(pages))
    return tuple(pages)


def _batches(sources: Sequence[Source], dialect: str | None, jobs: int) -> Iterator[Batch]:
    size = max(1, min(_ENOUGH_PAGES, len(sources) // (jobs * 4)))
    parts = [(sources[at : at + size], dialect) for at in range(0, len(sources), size)]
    if jobs > 1 and len(sources) >= _ENOUGH_PAGES:
        from concurrent.futures import ProcessPoolExecutor, process  # heavy, and seldom asked for

        try:
            with ProcessPoolExecutor(jobs) as pool:
                yield from list(pool.map(_read, parts))
                return
        except (OSError, process.BrokenProcessPool):
            pass  # a limit on processes or memory: slower, but the same result
    yield from map(_read, parts)


def _read(part: tuple[Sequence[Source], str | None]) -> Batch:
    sources, dialect = part
    diagnostics = Diagnostics()
    dialects = [DIALECTS[dialect]] if dialect else list(DIALECTS.values())
    records = [
        read_page(markdown.parse(source.path, source.text, diagnostics), dialects, source.named, diagnostics)
        for source in sources
    ]
    return records, list(diagnostics)
