"""What is to be done: jobs, each a set of pages and what is made of them. Only data; `config` makes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from fieldsmith.diagnostics import Span
from fieldsmith.driftsettings import DriftSettings
from fieldsmith.limits import LIMITS, Limits
from fieldsmith.overlays import Location
from fieldsmith.reading.codedialects import Code
from fieldsmith.reading.layout import Layout
from fieldsmith.reading.records import Rules
from fieldsmith.writing.plans import Layout as Format
from fieldsmith.writing.plans import Settings

Nulls = Literal["as-said", "accept-unsaid"]
Examples = Literal["off", "check"]

DEFAULT_OUTPUT = "generated"
COMMAND_LINE = Span("command line", 1, 1)
NEEDS = {"serializers": "dataclasses"}  # a target without which another's files cannot work


class Known(NamedTuple):
    """The names there are to choose from: the open registries of the stages."""

    dialects: tuple[str, ...]
    notations: tuple[str, ...]
    targets: tuple[str, ...]


class Ignore(NamedTuple):
    """Codes to leave out on the pages whose path matches `glob` (`*` matches `/` too).

    `place` is where the settings say so, None where a pattern that matches no page is no mistake.
    """

    glob: str
    codes: frozenset[str]
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One set of pages and the one folder made of it. `places` says where some keys stand, "" the table of them all.

    `headings` says it of those that dialects name which are this job's alone: by dialect and heading.
    """

    name: str = ""
    pages: tuple[Path, ...] = ()
    output: Path = Path(DEFAULT_OUTPUT)
    dialect: str | None = None
    dialects: tuple[Layout | Code, ...] = ()
    headings: Mapping[tuple[str, str], Span] = field(default_factory=dict)
    notation: str | None = None
    nulls: Nulls = "as-said"
    rules: Rules = Rules()
    examples: Examples = "off"
    strict: bool = False
    ignore: tuple[Ignore, ...] = ()
    overlays: tuple[Location, ...] = ()
    templates: Path | None = None
    format: Format | None = None
    limits: Limits = LIMITS
    drift: DriftSettings = DriftSettings()
    settings: Settings = field(default_factory=Settings)
    places: Mapping[str, Span] = field(default_factory=dict)

    def place(self, *keys: str) -> Span | None:
        """Where the first of the keys stands that the settings hold."""
        return next((self.places[key] for key in keys if key in self.places), None)

    def files(self) -> tuple[Path, ...]:
        """The files beside pages and templates that the job depends on."""
        code = (Path(file) for each in self.dialects if isinstance(each, Code) for file in each.files)
        return tuple(dict.fromkeys((*(each.file for each in self.overlays), *code)))


class Config(NamedTuple):
    """`file` is the settings file, None where there is none."""

    file: Path | None
    jobs: tuple[Job, ...]


def lacking(chosen: Sequence[str]) -> list[tuple[str, str]]:
    """The targets chosen that need one which is not, each with that one."""
    return [(target, needed) for target, needed in NEEDS.items() if target in chosen and needed not in chosen]


def needs(key: str, target: str, needed: str) -> tuple[str, str]:
    return f"`{key}`: {target} needs {needed}", f"add {needed}, or take {target} out"


def ordered(chosen: Iterable[str], known: Sequence[str]) -> tuple[str, ...]:
    """The chosen names once each, in the order of the known ones: the order they were written in changes nothing."""
    wanted = set(chosen)
    return tuple(name for name in known if name in wanted)


def unchecked(rules: Iterable[Ignore]) -> tuple[Ignore, ...]:
    """Rules of which none has to match a page."""
    return tuple(rule._replace(place=None) for rule in rules)
