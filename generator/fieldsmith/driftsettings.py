"""`[tool.fieldsmith.drift]` -> what the pages are compared with, and the differences that are allowed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from fieldsmith.diagnostics import CODES, Span
from fieldsmith.places import places
from fieldsmith.tables import Table

DRIFT_CODES = tuple(code for code in CODES if "FS503" <= code <= "FS516")
_KEYS = ("at", "code", "reason", "against")


class Allowed(NamedTuple):
    """Differences that are as they should be: of these codes, at `at` (`Thread.id`; `*` stands for any text).

    `against` is the other side that it is about, None for any; `place` is where it was written.
    """

    at: str
    codes: frozenset[str]
    against: str | None
    place: Span


class DriftSettings(NamedTuple):
    """`against` is as seen from `folder`, where it is a file."""

    against: str | None = None
    allow: tuple[Allowed, ...] = ()
    folder: Path = Path()


def drift_settings(table: Table, base: DriftSettings) -> DriftSettings:
    """The key `drift` of a table of settings, over the defaults of `base`."""
    value = table.values.get("drift")
    if value is None:
        return base
    if not isinstance(value, dict):
        table.wrong_type("drift", "a table, [tool.fieldsmith.drift]")
        return base
    inner = table.inside(value, "drift")
    inner.refuse_unknown(("against", "allow"))
    listed = inner.values.get("allow", [])
    allowed = _from_file(inner, listed) if isinstance(listed, str) else _entries(inner, "allow", listed)
    return DriftSettings(inner.text("against") or base.against, (*base.allow, *allowed), table.folder)


def _from_file(table: Table, name: str) -> tuple[Allowed, ...]:
    """The entries `[[allow]]` of a file of their own; its path is as seen from the settings file."""
    path = table.folder / name
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        document = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        table.add("FS518", "allow", f"`allow`: {name!r} cannot be read: {said}", value=name)
        return ()
    whole = Table(document, (), path.parent, places(str(path), text), table.diagnostics)
    whole.refuse_unknown(("allow",))
    return _entries(whole, "allow", document.get("allow", []))


def _entries(table: Table, key: str, listed: Any) -> tuple[Allowed, ...]:
    if not isinstance(listed, list) or not all(isinstance(each, Mapping) for each in listed):
        table.wrong_type(key, "a list of tables, [[tool.fieldsmith.drift.allow]], or the path of a file")
        return ()
    entries = (_entry(table.inside(each, key, str(number))) for number, each in enumerate(listed))
    return tuple(entry for entry in entries if entry is not None)


def _entry(table: Table) -> Allowed | None:
    table.refuse_unknown(_KEYS)
    at, codes, reason = table.text("at"), table.texts("code"), table.text("reason")
    has_header = table.at in table.places.keys  # `[[allow]]`; members of a list in brackets are found by their text
    place = table.places.of(table.at) if has_header else table.places.of(table.at[:-1], at)
    if not at:
        table.diagnostics.add("FS518", place, "an entry of `allow` has no `at`", 'name a definition or `"Title.field"`')
    if not codes or not set(codes) <= set(DRIFT_CODES):
        message = f"an entry of `allow` needs `code`: one or several of {DRIFT_CODES[0]} to {DRIFT_CODES[-1]}"
        table.diagnostics.add("FS518", place, message)
    if not (reason or "").strip():
        table.diagnostics.add("FS518", place, "an entry of `allow` has no `reason`", "say why the two may differ")
    return Allowed(at or "", frozenset(codes or ()), table.text("against"), place)
