"""Sources -> records, page by page, in shares that a crew does side by side: what one page says depends on no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from os.path import basename

from fieldsmith.crew import Crew
from fieldsmith.diagnostics import Diagnostic, Diagnostics, Span
from fieldsmith.limits import Limits
from fieldsmith.reading import markdown
from fieldsmith.reading.cells import read_name
from fieldsmith.reading.codedialects import Code
from fieldsmith.reading.dialects import dialects_with
from fieldsmith.reading.layout import Layout, match_heading, patterns_of
from fieldsmith.reading.markdown import Document, Heading
from fieldsmith.reading.pages import read_page
from fieldsmith.reading.records import Dialect, Fault, PageRecords
from fieldsmith.reading.sections import without_anchor
from fieldsmith.reading.sources import Source

# Fewer pages than this are read before another process has been begun and has sent back what it read.
_ENOUGH_PAGES = 64
Read = tuple[PageRecords, tuple[Diagnostic, ...]]


def read_all(
    sources: Sequence[Source],
    dialect: str | None,
    own: Sequence[Layout | Code],
    limits: Limits,
    crew: Crew,
    watch: Callable[[int], None],
    meanwhile: Callable[[], object],
) -> Iterator[Read]:
    """The records of all pages in their order, each with its findings, by `dialect` or by what each page's look tells.

    `own` are the dialects that the settings describe or name.
    `watch` hears how many pages are done; `meanwhile` is done here while others read.
    """
    done = 0
    if not sources:
        meanwhile()
        return
    shares = crew.shares(sources, _ENOUGH_PAGES)
    for share in crew.do(read_share, [(share, dialect, limits, own) for share in shares], meanwhile):
        yield from share
        done += len(share)
        watch(done)


def read_share(
    sources: Sequence[Source], dialect: str | None, limits: Limits, own: Sequence[Layout | Code] = ()
) -> list[Read]:
    """The records and findings of some pages."""
    dialects = list(dialects_with(own).values())
    patterns = [pattern for each in own if isinstance(each, Layout) for pattern in patterns_of(each)]
    return [_read(source, dialects, limits, dialect, patterns) for source in sources]


def _read(
    source: Source, dialects: Sequence[Dialect], limits: Limits, chosen: str | None, patterns: Sequence[str]
) -> Read:
    diagnostics = Diagnostics(limits.findings)
    document = markdown.parse(source.path, source.text, diagnostics)
    try:
        page = read_page(document, dialects, source.named, diagnostics, limits, chosen)
    except Fault as fault:
        place = f"{basename(fault.file)}:{fault.line}"
        message = f"the code of a dialect fails on this page: {fault.reason} ({place})"
        diagnostics.add("FS327", Span(source.path, 1, 1), message)
        page = PageRecords(source.path, None, (), (), document.suppressed, "the code of a dialect fails")
    return page._replace(fits=_fitting(document, patterns)), tuple(diagnostics)


def _fitting(document: Document, patterns: Sequence[str]) -> tuple[str, ...]:
    """Those of the headings of layouts that a heading of the page fits."""
    heads = [block for block in document.blocks if isinstance(block, Heading)] if patterns else []
    texts = [(head.level, read_name(without_anchor(head.text))[0]) for head in heads]
    return tuple(each for each in patterns if any(match_heading(each, *head) is not None for head in texts))
