"""`[tool.fieldsmith]` of a pyproject.toml -> Config: one or more jobs, every value checked."""

from __future__ import annotations

import os
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Literal

from fieldsmith.diagnostics import CODES, Diagnostics, Span
from fieldsmith.dialectsettings import heading_places, own_dialects
from fieldsmith.driftsettings import drift_settings
from fieldsmith.flags import Flags
from fieldsmith.jobs import (
    DEFAULT_OUTPUT,
    Config,
    Examples,
    Ignore,
    Job,
    Known,
    Nulls,
    lacking,
    needs,
    ordered,
    unchecked,
)
from fieldsmith.limits import MOST, Limits
from fieldsmith.overlays import Location
from fieldsmith.overriding import with_flags
from fieldsmith.places import places, toml_mistake
from fieldsmith.reading.records import RULES, Rule, Rules
from fieldsmith.suggest import near_code, near_name
from fieldsmith.tables import Table, unknown_value
from fieldsmith.writing.plans import Extra, Json, Settings, WireStyle
from fieldsmith.writing.plans import Layout as Format

WIRE_STYLES: tuple[WireStyle, ...] = ("as-documented", "snake_case", "camelCase")
EXTRAS: tuple[Extra, ...] = ("ignore", "keep", "forbid")
ENUMS: tuple[Literal["closed", "open"], ...] = ("closed", "open")
JSON: tuple[Json, ...] = ("standard", "orjson", "msgspec")
NULLS: tuple[Nulls, ...] = ("as-said", "accept-unsaid")
EXAMPLES: tuple[Examples, ...] = ("off", "check")
FORMATS: tuple[Format, ...] = ("builtin", "black")
KEYS = (
    *("pages", "output", "targets", "dialect", "dialects", "notation", "wire_names", "wire_overrides", "names"),
    *("overlays", "extra", "enums", "json", "nulls", "defaults", "constraints", "examples", "strict", "ignore"),
    *("templates", "format", "limits", "drift"),
)
_PLACED = ("pages", "templates", "format", "targets")  # keys that findings of later stages point at
CODE_HELP = "FINDINGS.md lists all codes"


def load(flags: Flags, known: Known, diagnostics: Diagnostics) -> Config:
    """The jobs that the settings file and the flags ask for; flags win over the file, the file over the defaults.

    Every mistake is a finding with its place in the file; a job is sound only where none was added.
    """
    file = Path(flags.config).absolute() if flags.config else _nearest(Path.cwd())
    jobs: tuple[Job, ...] = (Job(),)
    if file is not None:
        jobs = _from_file(file, known, diagnostics, required=flags.config is not None)
    return Config(file, with_flags(jobs, file, flags, known, diagnostics))


def _nearest(folder: Path) -> Path | None:
    for place in (folder, *folder.parents):
        if (place / "pyproject.toml").is_file():
            return place / "pyproject.toml"
    return None


def _from_file(file: Path, known: Known, diagnostics: Diagnostics, *, required: bool) -> tuple[Job, ...]:
    try:
        text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        diagnostics.add("FS300", Span(str(file), 1, 1), f"cannot be read: {error.strerror}")
        return ()
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        diagnostics.add("FS300", Span(str(file), line, 1), "is not UTF-8")
        return ()
    return from_text(str(file), text, file.parent, known, diagnostics, required=required)


def from_text(
    file: str, text: str, folder: Path, known: Known, diagnostics: Diagnostics, *, required: bool = False
) -> tuple[Job, ...]:
    """The jobs of a settings file's text; `folder` is what its paths are relative to."""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line, column, message = toml_mistake(error, text)
        diagnostics.add("FS301", Span(file, line, column), message)
        return ()
    tool = document.get("tool")
    table = tool.get("fieldsmith") if isinstance(tool, dict) else None
    where = places(file, text)
    close = near_name("fieldsmith", tool) if table is None and isinstance(tool, dict) else None
    if close is not None:
        message = f"unknown table `[tool.{close}]`"
        diagnostics.add("FS302", where.of(("tool", close)), message, "did you mean `[tool.fieldsmith]`?")
    elif table is None and required:
        diagnostics.add("FS300", Span(file, 1, 1), "has no table [tool.fieldsmith]")
    if table is None:
        return (Job(),)
    return _jobs(Table(table, ("tool", "fieldsmith"), folder, where, diagnostics), known)


def _jobs(table: Table, known: Known) -> tuple[Job, ...]:
    """The job of the one table, or those of `[[tool.fieldsmith.jobs]]`; the one table then sets their defaults."""
    table.refuse_unknown((*KEYS, "jobs"))
    base = _job(table, known, Job(output=table.folder / DEFAULT_OUTPUT))
    members = table.values.get("jobs")
    if members is None:
        return (base,)
    base = replace(base, ignore=unchecked(base.ignore))  # what matches in one job need not in another
    if not isinstance(members, list) or not members or not all(isinstance(member, dict) for member in members):
        table.wrong_type("jobs", "a list of tables, [[tool.fieldsmith.jobs]]")
        return (base,)
    jobs: dict[str, Job] = {}
    outputs: dict[str, str] = {}
    for number, member in enumerate(members):
        inner = table.inside(member, "jobs", str(number))
        inner.refuse_unknown(("name", *KEYS))
        name = inner.text("name")
        if not name or name in jobs:
            inner.add("FS305", "name", f"name {name!r} is taken by another job" if name else "the job has no `name`")
            continue
        jobs[name] = job = replace(_job(inner, known, base), name=name)
        output = os.path.normpath(job.output).casefold()
        if output in outputs:
            message = f"jobs {outputs[output]!r} and {name!r} write to one folder, {job.output.name!r}"
            inner.add("FS305", "output", message)
        outputs[output] = name
    return tuple(jobs.values())


def _job(table: Table, known: Known, base: Job) -> Job:
    """The job of one table over the defaults of `base`."""
    pages, output, templates = table.texts("pages"), table.text("output"), table.text("templates")
    folder = table.folder / templates if templates else base.templates
    if templates and folder is not None and not folder.is_dir():
        message = f"`templates`: there is no folder {templates!r}"
        table.add("FS304", "templates", message, "create the folder, or correct its name", templates)
    names, overrides = table.pairs("names"), table.pairs("wire_overrides")
    written = {
        f"{key}.{name}": table.places.of((*table.at, key, name))
        for key, pairs in (("names", names), ("wire_overrides", overrides))
        for name in pairs
    }
    own = own_dialects(table, (*known.dialects, *(one.name for one in base.dialects)))
    dialects = (*base.dialects, *own)
    known = known._replace(dialects=(*known.dialects, *(one.name for one in dialects)))
    old = base.settings
    settings = Settings(
        targets=_targets(table, known.targets, old.targets),
        wire_names=table.choice("wire_names", WIRE_STYLES, old.wire_names),
        wire_overrides={**old.wire_overrides, **overrides},
        names={**old.names, **names},
        extra=table.choice("extra", EXTRAS, old.extra),
        enums=table.choice("enums", ENUMS, "closed") if "enums" in table.values else old.enums,
        json=table.choice("json", JSON, old.json),
        places={**old.places, **written},
    )
    return Job(
        pages=base.pages if pages is None else tuple(table.folder / page for page in pages),
        output=table.folder / output if output else base.output,
        dialect=table.name("dialect", known.dialects) or base.dialect,
        dialects=dialects,
        headings=heading_places(table, own),
        notation=table.name("notation", known.notations) or base.notation,
        nulls=table.choice("nulls", NULLS, base.nulls),
        rules=Rules(
            _rules(table, "defaults", base.rules.defaults), _rules(table, "constraints", base.rules.constraints)
        ),
        examples=table.choice("examples", EXAMPLES, base.examples),
        strict=table.flag("strict", base.strict),
        ignore=(*base.ignore, *_ignores(table)),
        overlays=_overlays(table, base.overlays),
        templates=folder,
        format=_layout(table) or base.format,
        limits=_limits(table, base.limits),
        drift=drift_settings(table, base.drift),
        settings=settings,
        places={**base.places, "": table.places.of(table.at), **table.written(_PLACED)},
    )


def _overlays(table: Table, default: tuple[Location, ...]) -> tuple[Location, ...]:
    files = table.texts("overlays")
    if files is None:
        return default
    return tuple(Location(table.folder / file, table.place("overlays", file)) for file in files)


def _limits(table: Table, base: Limits) -> Limits:
    value = table.values.get("limits")
    if value is None:
        return base
    if not isinstance(value, dict):
        table.wrong_type("limits", "a table from limit to number")
        return base
    inner = table.inside(value, "limits")
    inner.refuse_unknown(Limits._fields)
    return Limits(*(inner.number(key, getattr(base, key), getattr(MOST, key)) for key in Limits._fields))


def _targets(table: Table, known: tuple[str, ...], default: tuple[str, ...]) -> tuple[str, ...]:
    chosen = table.texts("targets")
    for target in chosen or ():
        if target not in known:
            table.add("FS304", "targets", *unknown_value("targets", target, known), target)
    if chosen == ():
        table.add("FS304", "targets", "`targets` is empty", f"choose from {', '.join(known)}")
    for target, needed in lacking(chosen or ()):
        table.add("FS304", "targets", *needs("targets", target, needed), target)
    return ordered(chosen, known) if chosen else default


def _rules(table: Table, key: str, default: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules by which something is read off rows; none where the list is empty."""
    chosen = table.texts(key)
    if chosen is None:
        return default
    for each in chosen:
        if each not in RULES:
            table.add("FS304", key, *unknown_value(key, each, RULES), each)
    return tuple(rule for rule in RULES if rule in chosen)


def _layout(table: Table) -> Format | None:
    given = table.name("format", FORMATS)
    return next((layout for layout in FORMATS if layout == given), None)


def _ignores(table: Table) -> tuple[Ignore, ...]:
    value = table.values.get("ignore")
    if isinstance(value, dict):
        inner = table.inside(value, "ignore")
        rules = [(inner, glob, glob) for glob in value]
    else:
        rules = [(table, "ignore", "*")] if value is not None else []
    return tuple(Ignore(glob, _codes(where, key), where.places.of((*where.at, key))) for where, key, glob in rules)


def _codes(table: Table, key: str) -> frozenset[str]:
    codes = table.texts(key) or ()
    for code in codes:
        if code not in CODES:
            table.add("FS304", key, f"there is no code {code!r}", near_code(code, CODES) or CODE_HELP, code)
        elif CODES[code].fatal:
            table.add("FS304", key, f"{code} cannot be switched off: {CODES[code].summary}", CODES[code].advice, code)
    return frozenset(codes)
