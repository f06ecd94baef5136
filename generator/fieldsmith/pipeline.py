"""The whole walk on one page: pages -> records -> schema -> plans -> files' text. Reads the disk, never writes it."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from fieldsmith.crew import Crew
from fieldsmith.diagnostics import Diagnostic, Diagnostics, Span
from fieldsmith.examples import check_examples
from fieldsmith.jobs import Job
from fieldsmith.limits import Limits
from fieldsmith.memory import Memory
from fieldsmith.overlays import read_overlays
from fieldsmith.reading import sources
from fieldsmith.reading.corrections import Applied, hushed
from fieldsmith.reading.dialects import dialects_with
from fieldsmith.reading.overlay import lay_over
from fieldsmith.reading.records import PageRecords
from fieldsmith.reading.resolve import draft, finish, leave_out
from fieldsmith.reading.sources import Source
from fieldsmith.report import placed, settle
from fieldsmith.schema import Schema
from fieldsmith.stretches import Printed, Walk, Watch, printing
from fieldsmith.suggest import near
from fieldsmith.wording import counted
from fieldsmith.writing import templates
from fieldsmith.writing.manifest import digest
from fieldsmith.writing.plans import Rendered

Stage = Literal["schema", "names", "files"]
Lap = Callable[[str], None]
Find = Callable[[Sequence[Path], Diagnostics, Limits], tuple[Path | None, tuple[Source, ...]]]


class Build(NamedTuple):
    """What became of one job: all findings that count, with their paths as seen from the working folder.

    `schema` is None where the pages hold an error; `files` is empty where it was not asked for or where an error stands
    before it. `unprinted` are the digests of the files that an earlier run has made and that would be no others now;
    `origins` says which page a file was made of, where it is one. `inputs` are the digests of the pages' texts.
    `applied` says which facts of overlays are in the schema.
    """

    root: Path | None
    sources: tuple[Source, ...]
    inputs: Mapping[str, str]
    pages: tuple[PageRecords, ...]
    found: tuple[Diagnostic, ...]
    schema: Schema | None = None
    files: tuple[Rendered, ...] = ()
    unprinted: Mapping[str, str] = MappingProxyType({})
    origins: Mapping[str, str] = MappingProxyType({})
    applied: tuple[Applied, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether there is no error."""
        return not has_errors(self.found)


def build(
    job: Job,
    watch: Watch = lambda stage, done, total: None,
    *,
    upto: Stage = "files",
    crew: Crew | None = None,
    memory: Memory | None = None,
    lap: Lap = lambda stage: None,
    find: Find = sources.find,
    past_errors: bool = False,
) -> Build:
    """Walk from the pages of `job` up to a stage; `watch` hears how far the walk has come, `lap` which stage it leaves.

    A mistake in the pages ends it at the next gate, after the schema or after the names, with all findings so far.
    `memory` spares what earlier runs have done; `find` gets the pages' texts from elsewhere than the disk. With
    `past_errors` the walk goes on to the names, and the schema is as far as the pages can be read.
    """
    walk = Walk(job, watch, crew or Crew(), memory)
    root, found = find([page.absolute() for page in job.pages], walk.diagnostics, job.limits)
    lap("find")
    with_names = upto != "schema"
    pages = walk.read(found, meanwhile=printing if with_names else lambda: None)
    lap("read")
    inputs = {source.path: digest(source.text.encode("utf-8", "surrogatepass")) for source in found}
    suppressed = {page.path: page.suppressed for page in pages}

    def settled() -> tuple[Diagnostic, ...]:
        return placed(settle(walk.diagnostics, job.ignore, suppressed, strict=job.strict), root)

    _check_settings(job, pages, walk.diagnostics)
    schema, applied = _resolve(job, pages, walk.diagnostics)
    pages = leave_out(pages, schema)
    lap("resolve")
    if not schema.definitions and not has_errors(settled()):
        _nothing_found(job, pages, walk.diagnostics)
    if has_errors(settled()) and not past_errors:
        return Build(root, found, inputs, pages, settled())
    package = printing().prepare(schema, job.settings, walk.diagnostics) if with_names else None
    lap("name")
    if job.examples == "check" and package is not None:
        check_examples(printing(), package, walk.diagnostics)
        lap("examples")
    goes_on = upto == "files" and not has_errors(settled())
    printed = walk.print(package) if goes_on and package is not None else Printed()
    lap("print")
    return Build(root, found, inputs, pages, settled(), schema, *printed, applied)


def _resolve(
    job: Job, pages: tuple[PageRecords, ...], diagnostics: Diagnostics
) -> tuple[Schema, tuple[Applied, ...]]:
    """The schema of the pages, with the facts of the overlays in it."""
    overlays = read_overlays(job.overlays, diagnostics)
    dialects, wires = dialects_with(job.dialects), job.settings.wire_names == "as-documented"
    drafted = draft(hushed(pages, overlays), job.notation, job.nulls, diagnostics, dialects, job.limits)
    laid = lay_over(drafted, overlays, diagnostics, wires=wires, limits=job.limits)
    return finish(laid.draft, diagnostics, job.limits, job.rules), laid.applied


def has_errors(found: Iterable[Diagnostic]) -> bool:
    return any(each.severity == "error" for each in found)


def _check_settings(job: Job, pages: Sequence[PageRecords], diagnostics: Diagnostics) -> None:
    """Warn of patterns that match no page, or no heading of any, and of templates that replace none of ours."""
    paths = [page.path for page in pages]
    for rule in job.ignore if paths else ():
        if rule.place is None or any(map(re.compile(fnmatch.translate(rule.glob)).match, paths)):
            continue
        close = None if set("*?[") & set(rule.glob) else near(rule.glob, paths)
        help_text = close or "patterns are of paths below the folder of pages; `*` matches `/` too"
        diagnostics.add("FS203", rule.place, f"`ignore` names `{rule.glob}`, and no page matches that", help_text)
    fits = {pattern for page in pages for pattern in page.fits}
    for (dialect, pattern), place in job.headings.items() if pages else ():
        if pattern not in fits:
            message = f"the dialect {dialect} names `{pattern}`, and no heading of these pages fits that"
            diagnostics.add("FS203", place, message, "correct it, or take it out; `*` stands for the name")
    own, ours = templates.strays(job.templates) if job.templates else ((), ())
    for path in own:
        alike = [each for each in ours if each.rpartition("/")[2] == path.rpartition("/")[2]]
        close = near(path, alike or ours) or (f"did you mean `{alike[0]}`?" if alike else None)
        if close or path.endswith(".jinja"):
            place = Span(str((job.templates or Path()).absolute() / path), 1, 1)
            diagnostics.add("FS310", place, f"no template of ours is called `{path}`", close)


def _nothing_found(job: Job, pages: tuple[PageRecords, ...], diagnostics: Diagnostics) -> None:
    skipped = next((f"; {page.path}: {page.skipped}" for page in pages if page.skipped), "")
    for given in job.pages:
        message = f"no field table in {counted(len(pages), 'page')}{skipped}" if pages else "there is no Markdown page"
        diagnostics.add("FS002", Span(os.path.abspath(given), 1, 1), message)
