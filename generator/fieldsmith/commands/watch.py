"""`watch`: generate, and again after each change of the pages, the settings or the templates."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import click

from fieldsmith import report
from fieldsmith.commands.generate import Written, write_all
from fieldsmith.commands.running import WRONG, Run, wants_colour
from fieldsmith.flags import Flags
from fieldsmith.inputs import Inputs, Mark, Sight, inputs_of, look
from fieldsmith.jobs import COMMAND_LINE
from fieldsmith.news import Findings, news
from fieldsmith.pipeline import has_errors
from fieldsmith.settling import await_change
from fieldsmith.signals import Signals, noted
from fieldsmith.wording import counted, shown

_NEEDED = "watch needs watchfiles, which is not installed: pip install 'fieldsmith[watch]'"
_LISTED = 5  # as many findings that are gone are named; of more, the number is enough


@dataclass(frozen=True, slots=True)
class Round:
    """What a round depended on, how that looked before it began, and what it found."""

    inputs: Inputs = field(default_factory=Inputs)
    seen: Sight = field(default_factory=lambda: Sight({}, {}))
    found: Findings = ()

    @property
    def hopeless(self) -> bool:
        """Whether no change of a file can help: the command line itself is wrong."""
        return any(each.span.path == COMMAND_LINE.path and each.code == "FS304" for each in self.found)

    @property
    def stuck(self) -> bool:
        """Whether the disk, or what stands in the output, kept it from writing: that may pass unheard."""
        codes = {each.code for each in self.found if each.severity == "error"}
        return any(code.startswith("FS4") or code in report.DISK_CODES for code in codes)


def watch(flags: Flags) -> int:
    """Generate, and again after each change, until a signal comes; returns only where the command line is wrong."""
    if find_spec("watchfiles") is None:
        raise click.UsageError(_NEEDED, click.get_current_context(silent=True))
    with noted() as signals:
        return _watch(flags, signals)


def _watch(flags: Flags, signals: Signals) -> int:
    last = _round(flags, None)
    if last.hopeless:
        return WRONG
    if not flags.quiet:
        click.echo("watching for changes; Ctrl-C ends it")
    while True:
        signals.check()
        gc.collect()  # the command line has switched it off, as a single run is quicker without
        await_change(last.inputs, last.seen, signals, again=last.stuck)
        last = _round(flags, last)


def _round(flags: Flags, last: Round | None) -> Round:
    """Generate, and say what is new.

    A run knows what it depends on when it has read its settings. It goes on only where just that was looked at before:
    no change between the look and the reading is missed.
    """
    before = last or Round()
    inputs = before.inputs
    while True:
        seen, run = look(inputs), Run(flags)
        wanted = inputs_of(run.config, flags)
        if wanted == inputs:
            break
        inputs = wanted
    changed = _differing(before.seen.files, seen.files) if last else []
    _name(flags, "changed", changed)
    written = tuple(_note(flags, each, always=last is None) for each in write_all(run, force=False))
    found = run.findings()
    if not run.jobs:  # no page was read: what was found in them may be there still
        found += tuple(each for each in before.found if not each.code.startswith("FS30"))
    told = _tell(flags, before.found, found)
    if told or changed or last is None or any(written):
        _sum_up(flags, tuple(filter(None, written)), found)
    return Round(inputs, seen, found)


def _differing(before: Mapping[str, Mark], now: Mapping[str, Mark]) -> list[str]:
    """The files that were changed, came or went."""
    return [path for path in sorted({*before, *now}) if before.get(path) != now.get(path)]


def _name(flags: Flags, verb: str, paths: Sequence[str]) -> None:
    """With `--verbose`, name each file."""
    for path in paths if flags.verbose else ():
        click.echo(f"{verb} {report.escape(shown(Path(path)))}")


def _note(flags: Flags, written: Written, *, always: bool) -> str:
    """What became of a job in a few words; none where nothing did, unless they are wanted `always`."""
    output, changes = written.job.output, written.changes
    fresh = [str(output / each.path) for each in changes.files if each.new is not None]
    removed = [str(output / each.path) for each in changes.files if each.new is None]
    _name(flags, "write", fresh)
    _name(flags, "remove", removed)
    if not changes.files and not always:
        return ""
    counts = f"{len(fresh)} written, {len(removed)} removed, {changes.unchanged} unchanged"
    return f"{report.escape(shown(output))}: {counts}"


def _tell(flags: Flags, before: Findings, found: Findings) -> bool:
    """Show the findings that are new, and say which are gone; whether there were any."""
    new, gone = news(before, found)
    colour = wants_colour(flags, err=True)
    label = click.style("gone:", "green", bold=True) if colour else "gone:"
    lines = report.as_text(gone, colour=False).splitlines()[::2]  # every second one is advice
    if len(lines) > _LISTED:
        lines = [counted(len(lines), "finding")]
    text = "".join(f"{label} {line}\n" for line in lines) + report.as_text(new, colour=colour)
    click.echo(text, nl=False, err=True, color=colour)
    return bool(new or gone)


def _sum_up(flags: Flags, written: Sequence[str], found: Findings) -> None:
    """One line on the round: what was written, and how many findings there are by now."""
    if flags.quiet:
        return
    there = report.tally(found)
    done = "; ".join(written) or ("nothing was written" if has_errors(found) else "nothing to write")
    click.echo(f"{done}; {there}" if there else done)
