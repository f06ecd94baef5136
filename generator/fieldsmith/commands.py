"""Flags -> what each command does and prints, and its exit code."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click

from fieldsmith import explaining, report
from fieldsmith.config import CODE_HELP, Config, Job, Known, load, refuse_several
from fieldsmith.diagnostics import CODES, Diagnostic, Diagnostics, Span
from fieldsmith.differences import describe, summary
from fieldsmith.flags import Flags
from fieldsmith.ir import to_json
from fieldsmith.pipeline import Build, Stage, build, has_errors
from fieldsmith.progress import watching
from fieldsmith.reading.dialects import DIALECTS
from fieldsmith.reading.notations import NOTATIONS
from fieldsmith.schema import Schema
from fieldsmith.suggest import near
from fieldsmith.wording import counted, shown
from fieldsmith.writing import TARGETS, naming
from fieldsmith.writing.compare import Changes, check_folder, check_paths, compare
from fieldsmith.writing.files import note_failure, write, write_one

WRONG, DIFFERS = 2, 1


class _Run:
    """One run of a command: its findings, shown together at its end, and the exit code they ask for."""

    def __init__(self, flags: Flags) -> None:
        self.flags = flags
        self.found: list[Diagnostic] = []
        known = Known(tuple(DIALECTS), tuple(NOTATIONS), tuple(TARGETS))
        diagnostics = Diagnostics()
        self.config: Config = load(flags, known, diagnostics)
        self.note(diagnostics)
        self.jobs: tuple[Job, ...] = () if has_errors(self.found) else self.config.jobs

    def note(self, found: Iterable[Diagnostic]) -> None:
        """Add findings whose paths are as seen from the working folder."""
        self.found.extend(report.placed(found, None))

    def build(self, job: Job, upto: Stage) -> Build:
        with watching(self.flags.quiet) as watch:
            made = build(job, watch, upto=upto, processes=self.flags.jobs)
        self.found.extend(made.found)
        return made

    def stops(self, job: Job, diagnostics: Diagnostics) -> Callable[[], bool]:
        """Whether findings about the output forbid to go on, by what the job's settings make of them."""
        return lambda: has_errors(report.settle(diagnostics, job.ignore, {}, strict=job.strict))

    def end(self, code: int = 0) -> int:
        """Show all findings; the exit code is theirs, else `code`."""
        found = sorted(set(self.found), key=lambda each: (each.span, each.code, each.message))
        colour = wants_colour(self.flags, err=True)
        click.echo(report.as_text(found, colour=colour), nl=False, err=True, color=colour)
        return report.exit_code(found) or code


def wants_colour(flags: Flags, *, err: bool = False) -> bool:
    stream = sys.stderr if err else sys.stdout
    wanted = flags.colour == "auto" and not os.environ.get("NO_COLOR") and stream is not None and stream.isatty()
    return wanted or flags.colour == "always"


def generate(flags: Flags, *, force: bool) -> int:
    """Write what changed of every job; nothing of any where the pages of one hold an error."""
    run = _Run(flags)
    builds: list[tuple[Job, Build]] = []
    for job in run.jobs:
        diagnostics = Diagnostics()
        check_folder(job.output, job.pages, diagnostics)
        run.note(diagnostics)
        if not len(diagnostics):
            builds.append((job, run.build(job, "files")))
    if has_errors(run.found):
        return run.end()
    for job, made in builds:
        diagnostics = Diagnostics()
        changes = write(job.output, made.files, made.inputs, diagnostics, run.stops(job, diagnostics), force=force)
        run.note(report.settle(diagnostics, job.ignore, {}, strict=job.strict))
        if changes is None:
            break
        _summarize(flags, job, made, changes)
    return run.end()


def _summarize(flags: Flags, job: Job, made: Build, changes: Changes) -> None:
    if flags.verbose:
        for each in changes.files:
            click.echo(f"{'write' if each.new is not None else 'remove'} {report.escape(each.path)}")
    if flags.quiet:
        return
    written = sum(each.new is not None for each in changes.files)
    removed = len(changes.files) - written
    counts = f"{counted(len(made.files), 'file')} ({written} written, {changes.unchanged} unchanged, {removed} removed)"
    click.echo(f"{_read(made)} -> {report.escape(shown(job.output))}: {counts}")


def _read(made: Build) -> str:
    skipped = sum(page.dialect is None or bool(page.skipped) for page in made.pages)
    definitions = len(made.schema.definitions) if made.schema else 0
    pages = f"{counted(len(made.pages), 'page')}{f' ({skipped} skipped)' if skipped else ''}"
    return f"{pages}, {counted(definitions, 'definition')}"


def check(flags: Flags) -> int:
    """Say how the output differs from what the pages say; nothing is written."""
    run = _Run(flags)
    code = 0
    for job in run.jobs:
        made = run.build(job, "files")
        if not made.sound:
            continue
        diagnostics = Diagnostics()
        check_paths(job.output, made.files, diagnostics)
        try:
            changes = None
            if not len(diagnostics):
                changes = compare(job.output, made.files, made.inputs, diagnostics, extra=True)
        except OSError as error:
            note_failure(job.output, error, diagnostics)
        run.note(report.settle(diagnostics, job.ignore, {}, strict=job.strict))
        if changes is None:
            continue
        colour = wants_colour(flags)
        text = describe(job.output, changes, colour=colour)
        click.echo(text, nl=False, color=colour)
        code = DIFFERS if text else code
        if not flags.quiet:
            state = summary(changes) if text else "up to date"
            folder = report.escape(shown(job.output))
            click.echo(f"{_read(made)} -> {folder}: {counted(len(made.files), 'file')}, {state}")
    return run.end(code)


def ir(flags: Flags, *, file: str | None) -> int:
    """Print the schema of one job."""
    run = _Run(flags)
    if len(run.jobs) > 1:
        diagnostics = Diagnostics()
        refuse_several(run.jobs, diagnostics)
        run.note(diagnostics)
        return run.end()
    made = run.build(run.jobs[0], "schema") if run.jobs else None
    if made is None or made.schema is None:
        return run.end(WRONG)
    data = ir_text(made.schema).encode("ascii")
    if file is None:
        click.echo(data, nl=False)
        return run.end()
    try:
        write_one(Path(file), data)
    except OSError as error:
        run.note([Diagnostic(Span(file, 1, 1), "FS400", "error", error.strerror or str(error))])
    return run.end()


def ir_text(schema: Schema) -> str:
    """The IR as JSON, a definition a line: ASCII, so that any terminal and any pipe takes it."""
    content = to_json(schema)
    definitions = content.pop("definitions")
    head = json.dumps(content)[:-1]
    lines = [json.dumps(one).replace("\x7f", "\\u007f") for one in definitions] if isinstance(definitions, list) else []
    return f'{head},\n "definitions": [\n  ' + ",\n  ".join(lines) + "]}\n"


def lint(flags: Flags, *, form: str, select: Sequence[str], ignore: Sequence[str], coverage: bool) -> int:
    """Findings alone, or what became of every table; other forms than text go to stdout, and that to stderr then."""
    _check_codes("--select", select)
    _check_codes("--ignore", ignore)
    run = _Run(flags)
    for job in run.jobs:
        made = run.build(job, "plans")
        for line in _coverage(made, flags) if coverage else ():
            click.echo(line, err=form != "text")
    chosen = [
        each
        for each in run.found
        if (not select or each.code.startswith(tuple(select))) and not (ignore and each.code.startswith(tuple(ignore)))
    ]
    wrong = any(each.code in report.INPUT_CODES for each in run.found)
    run.found = sorted(set(chosen), key=lambda each: (each.span, each.code, each.message))
    code = DIFFERS if run.found else 0
    if form == "text":
        run.end()
    else:
        click.echo(report.FORMATS[form](run.found), nl=False)
    return WRONG if wrong else code


def _check_codes(flag: str, given: Iterable[str]) -> None:
    """Wrong use, unless each is a code or the beginning of some."""
    for code in given:
        if not any(known.startswith(code) for known in CODES):
            help_text = near(code.upper(), CODES) or CODE_HELP
            message = f"{flag}: there is no code {report.escape(code)!r}: {help_text}"
            raise click.UsageError(message, click.get_current_context(silent=True))


def _coverage(made: Build, flags: Flags) -> Iterable[str]:
    """A line for each table and each page without one: was it read, and if not why."""
    read = tables = 0
    for page in made.pages:
        if page.skipped:
            place = report.placed([Diagnostic(Span(page.path, 1, 1), "FS020", "warning", "")], made.root)[0].span
            yield f"{report.escape(str(place))}: page skipped: {report.escape(page.skipped)}"
        for use in page.tables:
            tables += 1
            read += not use.reason
            place = report.placed([Diagnostic(use.span, "FS020", "warning", "")], made.root)[0].span
            if use.reason or flags.verbose:
                state = f"skipped: {report.escape(use.reason)}" if use.reason else "read"
                yield f"{report.escape(str(place))}: table {state}"
    skipped = sum(bool(page.skipped) for page in made.pages)
    pages = f"{len(made.pages) - skipped} of {counted(len(made.pages), 'page')} read"
    yield f"{pages}; {read} of {counted(tables, 'table')} read"


def explain(flags: Flags, *, name: str) -> int:
    """How a definition, a field or a value was read, and what it is called; of several jobs, in all that have it."""
    run = _Run(flags)
    texts: list[str] = []
    schemas: list[Schema] = []
    for job in run.jobs:
        made = run.build(job, "plans")
        if made.schema is None:
            continue
        schemas.append(made.schema)
        names = naming.name_all(made.schema, job.settings, Diagnostics())
        label = f"{job.name} -> {shown(job.output)}" if len(run.jobs) > 1 else ""
        for each in explaining.subjects(name, made.schema, names):
            texts.append(explaining.explain(each, job, made, names, label))
    if texts:
        click.echo("\n".join(texts), nl=False)
        return 0
    if not schemas or len(schemas) < len(run.jobs):
        return run.end(WRONG)
    message = f"no page defines {report.escape(name)!r}: {explaining.suggestion(name, schemas)}"
    raise click.UsageError(message, click.get_current_context(silent=True))
