"""`drift`: how the pages differ from a JSON Schema, an OpenAPI document, or classes that somebody wrote."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from fieldsmith import report
from fieldsmith.commands.running import DIFFERS, WRONG, Run
from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.drifting import classes, jsonschema
from fieldsmith.drifting.aligning import Aligned, aligned
from fieldsmith.drifting.allowing import allowed
from fieldsmith.drifting.findings import drifts
from fieldsmith.drifting.learning import LEARNED, Fact, Learned, facts
from fieldsmith.drifting.others import Other
from fieldsmith.drifting.overlays import as_toml, overlay
from fieldsmith.driftsettings import DRIFT_CODES
from fieldsmith.flags import Flags
from fieldsmith.jobs import COMMAND_LINE, Job
from fieldsmith.pipeline import Build
from fieldsmith.suggest import near
from fieldsmith.wording import counted, shown
from fieldsmith.writing import naming
from fieldsmith.writing.files import write_one

_EXPECTED = frozenset((*DRIFT_CODES, "FS517"))


class Compared(NamedTuple):
    """The pages of one job, the other side, and the two aligned."""

    job: Job
    made: Build
    names: naming.Names
    other: Other
    sides: Aligned


def drift(flags: Flags, *, against: str | None, form: str, learn: Sequence[str], output: str | None) -> int:
    """Say how the pages differ from another side; exit code 1 where they do. With `learn`, what that side knows."""
    wanted = _wanted(learn)
    if output is not None and not wanted:
        raise _wrong("--output is for what is learned: say what, with --learn")
    run = Run(flags)
    compared = list(_compared(run, against))
    if wanted:
        return _learn(run, compared, wanted, output)
    for one in compared:
        diagnostics = _differences(one)
        if not flags.quiet and form == "text":
            found = counted(len(diagnostics), "difference") if len(diagnostics) else "no drift"
            click.echo(
                f"{counted(len(one.sides.pairs), 'definition')} compared with {report.escape(one.other.name)}: {found}"
            )
        suppressed = {page.path: page.suppressed for page in one.made.pages}
        settled = report.settle(diagnostics, one.job.ignore, suppressed, strict=one.job.strict)
        run.found += report.placed(settled, one.made.root)
    code = run.end(0 if run.jobs else WRONG, form)
    errors = {each.code for each in run.found if each.severity == "error"}
    return DIFFERS if errors and errors <= _EXPECTED else code


def _compared(run: Run, against: str | None) -> Iterator[Compared]:
    """Each job that has a schema and another side which can be read."""
    for job in run.jobs:
        target = against or job.drift.against
        if target is None:
            raise _wrong("name the other side with --against: a JSON Schema, an OpenAPI document or a module")
        made = run.build(job, "names")
        if made.schema is None or not made.sound:
            continue
        diagnostics = Diagnostics(job.limits.findings)
        other = _other(target, job, given=against is not None, diagnostics=diagnostics)
        run.note(report.settle(diagnostics, job.ignore, {}, strict=job.strict))
        if other is not None:
            names = naming.name_all(made.schema, job.settings, Diagnostics())
            yield Compared(job, made, names, other, aligned(made.schema, names, other))


def _other(target: str, job: Job, *, given: bool, diagnostics: Diagnostics) -> Other | None:
    """A file or folder, where there is one; else a module, as a package's folder is. The settings name files as seen
    from where they stand."""
    file = target if given else str(job.drift.folder / target)
    if target.endswith(".py") and os.path.exists(file):
        dotted = os.path.relpath(file).removesuffix(".py").replace(os.sep, ".").lstrip(".")
        help_text = f"name it as Python imports it: `{dotted}`"
        diagnostics.add("FS501", COMMAND_LINE, f"`{target}` is the file of a module", help_text)
        return None
    if os.path.exists(file) and not os.path.exists(os.path.join(file, "__init__.py")):
        return jsonschema.read(target, file, job.limits.page, diagnostics)
    if os.sep in target or target.endswith((".json", ".yaml", ".yml")):
        diagnostics.add("FS501", COMMAND_LINE, f"`{target}`: there is no such file or folder")
        return None
    return classes.read(target, diagnostics)


def _differences(one: Compared) -> Diagnostics:
    assert one.made.schema is not None
    found = drifts(one.made.schema, one.names, one.other, one.sides)
    left, unused = allowed(found, one.job.drift.allow, one.other.name)
    diagnostics = Diagnostics(one.job.limits.findings)
    for each in left:
        diagnostics.add(each.code, each.span, each.message, each.help)
    for entry in unused:
        codes = ", ".join(sorted(entry.codes))
        message = f"`{entry.at}` ({codes}) is allowed, and does not differ from {one.other.name}"
        diagnostics.add("FS517", entry.place, message)
    return diagnostics


def _learn(run: Run, compared: Sequence[Compared], wanted: Sequence[Learned], output: str | None) -> int:
    """Print what the other sides know as an overlay, or add it to a file; nothing where there is an error."""
    if run.end(0 if compared else WRONG):
        return run.end(WRONG)
    learned: list[Fact] = []
    for one in compared:
        assert one.made.schema is not None
        learned += facts(one.made.schema, one.names, one.sides, wanted)
    if output is None:
        click.echo(as_toml(learned), nl=False)
        return 0
    return _write(run, learned, Path(output))


def _write(run: Run, learned: Sequence[Fact], file: Path) -> int:
    """Add facts to a file. What stands in it stays; facts whose table is there already are printed instead."""
    diagnostics = Diagnostics()
    try:
        old = file.read_bytes().decode("utf-8") if file.exists() else ""
        added = overlay(learned, old)
        if added.facts:
            write_one(file, added.text.encode("utf-8"))
    except ValueError as error:  # it is not UTF-8, or not TOML
        diagnostics.add("FS301", Span(str(file.absolute()), 1, 1), f"nothing can be added: {error}")
    except OSError as error:
        diagnostics.add("FS400", Span(str(file.absolute()), 1, 1), error.strerror or str(error))
    else:
        if added.left:
            click.echo(as_toml(added.left), nl=False)
            click.echo(
                f"{counted(len(added.left), 'fact')} not written: their tables are there, with reasons of their own",
                err=True,
            )
        if not run.flags.quiet:
            click.echo(f"{counted(len(added.facts), 'fact')} added to {report.escape(shown(file))}", err=True)
    run.note(diagnostics)
    return run.end()


def _wanted(learn: Sequence[str]) -> tuple[Learned, ...]:
    for each in learn:
        if each not in LEARNED:
            raise _wrong(f"--learn: {each!r} is not one of {', '.join(LEARNED)}{_close(each)}")
    return tuple(one for one in LEARNED if one in learn)


def _close(word: str) -> str:
    help_text = near(word, LEARNED)
    return f"; {help_text}" if help_text else ""


def _wrong(message: str) -> click.UsageError:
    return click.UsageError(message, click.get_current_context(silent=True))
