"""The two long stretches of the walk, reading and printing: shared among processes, and spared by what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from fieldsmith import rereading
from fieldsmith.crew import Crew
from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.jobs import COMMAND_LINE, Job
from fieldsmith.memory import Memory
from fieldsmith.reading.codedialects import Code
from fieldsmith.reading.layout import as_read
from fieldsmith.reading.readall import read_all
from fieldsmith.reading.records import PageRecords
from fieldsmith.reading.sources import Source
from fieldsmith.writing import templates
from fieldsmith.writing.manifest import digest
from fieldsmith.writing.plans import WHOLE, Layout, NotInstalled, Rendered
from fieldsmith.writing.templates import TemplateFault, Templates

Watch = Callable[[str, int, int], None]

# Fewer pages than this are printed before another process has been begun.
_ENOUGH_PAGES = 64


def printing() -> Any:
    """The wing of writing, `writing.printing`: heavy, so it is loaded while others read, and only if needed."""
    return import_module("fieldsmith.writing.printing")


def print_share(
    package: Any, texts: Templates, layout: Layout | None, paths: Sequence[str]
) -> list[tuple[Rendered, ...]]:
    """The files of some pages, finished and checked. Raises Surprise for one of ours that is not what it should be."""
    made: list[tuple[Rendered, ...]] = printing().print_pages(package, texts, layout, paths)
    rereading.check_pages(package, paths, made, texts)
    return made


class Printed(NamedTuple):
    """All files, finished; of those that would be as they were, the digests by path; and by path the page of each."""

    files: tuple[Rendered, ...] = ()
    unprinted: Mapping[str, str] = MappingProxyType({})
    origins: Mapping[str, str] = MappingProxyType({})


class Walk:
    """One job on its way: what is found goes to `diagnostics`, how far it has come to `watch`."""

    def __init__(self, job: Job, watch: Watch, crew: Crew, memory: Memory | None) -> None:
        self.job, self.watch, self.crew, self.memory = job, watch, crew, memory
        self.diagnostics = Diagnostics(job.limits.findings)

    def read(self, found: Sequence[Source], meanwhile: Callable[[], object]) -> tuple[PageRecords, ...]:
        """The records of all pages; their findings are noted in the order of the pages."""
        dialect, own, limits = self.job.dialect, self.job.dialects, self.job.limits
        # All that a page's records depend on but the page.
        described = (repr(each) if isinstance(each, Code) else as_read(each) for each in own)
        manner = digest(" ".join([dialect or "any", *map(str, limits), *described]).encode())
        known = [self.memory.read(source, manner) if self.memory else None for source in found]
        fresh = [source for source, read in zip(found, known, strict=True) if read is None]
        made = read_all(
            fresh, dialect, own, limits, self.crew, lambda done: self.watch("reading", done, len(fresh)), meanwhile
        )
        pages = []
        for source, read in zip(found, known, strict=True):
            if read is None:
                read = next(made)
                if self.memory and not any(each.code == "FS327" for each in read[1]):  # code may yet find what it lacks
                    self.memory.keep_read(source, manner, read)
            pages.append(read[0])
            self.diagnostics.extend(read[1])
        return tuple(pages)

    def print(self, package: Any) -> Printed:
        """All files, or their digests where these tell enough.

        What a user's own template breaks is a finding, what one of ours breaks is our bug.
        """
        try:
            texts = templates.load(self.job.templates)
            prints: dict[str, str] = {}

            def note() -> None:
                if self.memory and not prints:
                    prints.update(printing().fingerprints(package, texts, self.job.format))

            if self.memory and self.memory.has_prints:  # else there is time for it while others print
                note()
            known = {page: self.memory.printed(prints[page]) for page in prints} if self.memory else {}
            files: list[Rendered] = []
            origins: dict[str, str] = {}
            parts = [page for page in (*package.pages, WHOLE) if not known.get(page)]
            for page, made in self._print(package, texts, parts, note):
                files += made
                told = [each for file in made for each in file.found]
                self.diagnostics.extend(told)
                origins.update((file.path, page) for file in made if page != WHOLE)
                if self.memory and not told:  # what is remembered is not printed, and what it lacks would not be told
                    self.memory.keep_printed(prints[page], made)
            unprinted = {path: one for each in known.values() if each for path, one in each.items()}
            return Printed(tuple(files), unprinted, origins)
        except NotInstalled as lack:
            self.diagnostics.add("FS411", self.job.place("targets", "") or COMMAND_LINE, str(lack))
        except ImportError:
            self._no_formatter()
        except TemplateFault as fault:
            if self.job.templates is None:
                raise
            self.diagnostics.add("FS309", Span(str(Path(fault.file).absolute()), fault.line, 1), fault.reason)
        return Printed()

    def _print(
        self, package: Any, texts: Templates, parts: Sequence[str], note: Callable[[], None]
    ) -> Iterator[tuple[str, tuple[Rendered, ...]]]:
        """The files of these parts of the package, part by part; `note` is called while others print."""
        whole: list[Rendered] = []

        def meanwhile() -> None:
            note()
            if WHOLE in parts:
                whole.extend(printing().print_package(package, texts, self.job.format))
                rereading.check_index(package, whole, texts)

        pages = [part for part in parts if part != WHOLE]
        shares = self.crew.shares(pages, _ENOUGH_PAGES)
        tasks = [(package, texts, self.job.format, share) for share in shares]
        done = 0
        for share, made in zip(shares, self.crew.do(print_share, tasks, meanwhile), strict=True):
            yield from zip(share, made, strict=True)
            done += len(share)
            self.watch("printing", done, len(pages))
        if whole:
            yield WHOLE, tuple(whole)

    def _no_formatter(self) -> None:
        job = self.job
        why = "`format` asks for" if job.format == "black" else "lays out what templates of your own print"
        message = f"black, which {why}, is not installed"
        asked = ("format", "templates") if job.format == "black" else ("templates", "")
        self.diagnostics.add("FS308", job.place(*asked) or COMMAND_LINE, message)
