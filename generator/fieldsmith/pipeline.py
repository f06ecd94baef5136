"""The whole walk on one page: pages -> records -> schema -> plans -> files' text. Reads the disk, never writes it."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, NamedTuple

from fieldsmith.config import COMMAND_LINE, Job
from fieldsmith.crew import Crew
from fieldsmith.diagnostics import Diagnostic, Diagnostics, Span
from fieldsmith.reading import sources
from fieldsmith.reading.readall import read_all
from fieldsmith.reading.records import PageRecords
from fieldsmith.reading.resolve import leave_out, resolve
from fieldsmith.reading.sources import Source
from fieldsmith.report import placed, settle
from fieldsmith.schema import Schema
from fieldsmith.suggest import near
from fieldsmith.wording import counted
from fieldsmith.writing import templates
from fieldsmith.writing.manifest import digest
from fieldsmith.writing.plans import Rendered
from fieldsmith.writing.templates import TemplateFault

Stage = Literal["schema", "names", "files"]
Watch = Callable[[str, int, int], None]
Meanwhile = Callable[[], object]

# Fewer pages than this are printed before another process has been begun.
_ENOUGH_PAGES = 100


class Build(NamedTuple):
    """What became of one job: all findings that count, with their paths as seen from the working folder.

    `schema` is None where the pages hold an error; `files` is empty where it was not asked for or where an error stands
    before it. `inputs` are the digests of the pages' texts.
    """

    root: Path | None
    sources: tuple[Source, ...]
    inputs: Mapping[str, str]
    pages: tuple[PageRecords, ...]
    found: tuple[Diagnostic, ...]
    schema: Schema | None = None
    files: tuple[Rendered, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether there is no error."""
        return not has_errors(self.found)


def build(
    job: Job, watch: Watch = lambda stage, done, total: None, *, upto: Stage = "files", crew: Crew | None = None
) -> Build:
    """Walk from the pages of `job` up to a stage; `watch` hears how far the walk has come.

    A mistake in the pages ends it at the next gate, after the schema or after the names, with all findings so far.
    """
    crew = crew or Crew()
    diagnostics = Diagnostics()
    root, found = sources.find([page.absolute() for page in job.pages], diagnostics)
    with_names = upto != "schema"
    pages = _read(found, job, crew, diagnostics, watch, meanwhile=_printing if with_names else lambda: None)
    inputs = {source.path: digest(source.text.encode("utf-8", "surrogatepass")) for source in found}
    suppressed = {page.path: page.suppressed for page in pages}

    def settled() -> tuple[Diagnostic, ...]:
        return placed(settle(diagnostics, job.ignore, suppressed, strict=job.strict), root)

    _check_settings(job, list(inputs), diagnostics)
    schema = resolve(pages, job.notation, job.nulls, diagnostics)
    pages = leave_out(pages, schema)
    if not schema.definitions and not has_errors(settled()):
        _nothing_found(job, pages, diagnostics)
    if has_errors(settled()):
        return Build(root, found, inputs, pages, settled())
    package = _printing().prepare(schema, job.settings, diagnostics) if with_names else None
    files: tuple[Rendered, ...] = ()
    if upto == "files" and package is not None and not has_errors(settled()):
        files = _render(package, job, crew, diagnostics, watch)
    return Build(root, found, inputs, pages, settled(), schema, files)


def has_errors(found: Iterable[Diagnostic]) -> bool:
    return any(each.severity == "error" for each in found)


def _printing() -> Any:
    """The other wing, `writing.printing`; heavy to load, so it is while other processes read, and only if needed."""
    return import_module("fieldsmith.writing.printing")


def _read(
    found: Sequence[Source], job: Job, crew: Crew, diagnostics: Diagnostics, watch: Watch, meanwhile: Meanwhile
) -> tuple[PageRecords, ...]:
    pages = []

    def done(number: int) -> None:
        watch("reading", number, len(found))

    for records, findings in read_all(found, job.dialect, crew, done, meanwhile):
        pages.append(records)
        diagnostics.extend(findings)
    return tuple(pages)


def _render(package: Any, job: Job, crew: Crew, diagnostics: Diagnostics, watch: Watch) -> tuple[Rendered, ...]:
    """Print all files; what a user's own template breaks is a finding, what one of ours breaks is our bug."""
    try:
        printing, texts = _printing(), templates.load(job.templates)
        files: list[Rendered] = list(printing.print_package(package, texts, job.format))
        shares = crew.shares(list(package.pages), _ENOUGH_PAGES)
        done = 0
        for share in crew.do(printing.print_pages, [(package, texts, job.format, share) for share in shares]):
            files += [file for page in share for file in page]
            done += len(share)
            watch("rendering", done, len(package.pages))
        return tuple(files)
    except ImportError:
        why = "`format` asks for" if job.format == "black" else "lays out what templates of your own print"
        message = f"black, which {why}, is not installed"
        asked = ("format", "templates") if job.format == "black" else ("templates", "")
        diagnostics.add("FS308", job.place(*asked) or COMMAND_LINE, message)
    except TemplateFault as fault:
        if job.templates is None:
            raise
        diagnostics.add("FS309", Span(str(Path(fault.file).absolute()), fault.line, 1), fault.reason)
    return ()


def _check_settings(job: Job, paths: Sequence[str], diagnostics: Diagnostics) -> None:
    """Warn of patterns that match no page, and of templates that replace none of ours."""
    for rule in job.ignore if paths else ():
        if rule.place is None or any(map(re.compile(fnmatch.translate(rule.glob)).match, paths)):
            continue
        close = None if set("*?[") & set(rule.glob) else near(rule.glob, paths)
        help_text = close or "patterns are of paths below the folder of pages; `*` matches `/` too"
        diagnostics.add("FS203", rule.place, f"`ignore` names `{rule.glob}`, and no page matches that", help_text)
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
        diagnostics.add("FS002", Span(str(given.absolute()), 1, 1), message)
