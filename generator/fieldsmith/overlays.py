"""Overlay files -> what they say, every mistake a finding with its line."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.places import places, toml_mistake
from fieldsmith.reading.corrections import Entry, Facts, Overlay, Told
from fieldsmith.schema import JsonScalar
from fieldsmith.tables import Table
from fieldsmith.wording import shown

_FACTS = Facts._fields
_OF_DEFINITIONS = ("type", "nullable", "values", "discriminator", "rename", "drop")
_OF_FIELDS = tuple(fact for fact in _FACTS if fact != "values")
_LARGEST = 8_000_000  # bytes; a file of people, or of a program that compares


class Location(NamedTuple):
    """An overlay file, and the place of the setting that names it."""

    file: Path
    place: Span


def read_overlays(locations: Iterable[Location], diagnostics: Diagnostics) -> tuple[Overlay, ...]:
    """The overlays that can be read; findings for the others, and for all in them that cannot be."""
    return tuple(one for each in locations if (one := _read(each, diagnostics)) is not None)


def _read(location: Location, diagnostics: Diagnostics) -> Overlay | None:
    try:
        if not location.file.is_file():
            raise FileNotFoundError(2, "there is no such file")
        with location.file.open("rb") as opened:
            data = opened.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise OSError(27, f"it has more than {_LARGEST} bytes")
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, ValueError) as error:
        why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else getattr(error, "strerror", None)
        diagnostics.add("FS325", location.place, f"overlay {shown(location.file)!r} cannot be read: {why or error}")
        return None
    return from_text(str(location.file.absolute()), text, diagnostics)


def from_text(file: str, text: str, diagnostics: Diagnostics) -> Overlay:
    """What the text of an overlay says; the rest of a file in which something is wrong counts all the same."""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line, column, message = toml_mistake(error, text)
        diagnostics.add("FS301", Span(file, line, column), message)
        return Overlay(file, ())
    table = Table(document, (), Path(file).parent, places(file, text), diagnostics)
    table.refuse_unknown(("definitions",))
    return Overlay(file, tuple(_entries(table)))


def _entries(table: Table) -> Iterator[Entry]:
    for name, one in table.tables("definitions"):
        if entry := _entry(name, None, one, (*_OF_DEFINITIONS, "fields"), _OF_DEFINITIONS):
            yield entry
        for field, inner in one.tables("fields"):
            if entry := _entry(name, field, inner, _OF_FIELDS, _OF_FIELDS):
                yield entry


def _entry(name: str, field: str | None, table: Table, keys: Sequence[str], facts: Sequence[str]) -> Entry | None:
    """The facts of one table; None where it holds none."""
    table.refuse_unknown(("reason", *keys))
    said = [fact for fact in facts if fact in table.values]
    if not said:
        if "fields" not in table.values:
            table.add_here("FS324", "nothing is said here", f"facts are: {', '.join(facts)}")
        return None
    reason = table.text("reason") or _inner_reason(table)
    if not reason.strip():
        table.add_here("FS322", f"there is no reason for {', '.join(f'`{fact}`' for fact in said)}")
    found = Facts(
        type=_text(table, "type"),
        required=_flag(table, "required"),
        nullable=_flag(table, "nullable"),
        default=_default(table),
        wire_name=_text(table, "wire_name"),
        values=_values(table),
        discriminator=_told(table),
        rename=_text(table, "rename"),
        drop=_only_true(table, "drop"),
        add=_only_true(table, "add"),
    )
    given = found.said()
    where = {fact: table.place(fact) for fact in said if fact in given}
    return Entry(name, field, found, reason, table.place(), where) if where else None


def _text(table: Table, key: str) -> str | None:
    text = table.text(key)
    if text is not None and not text.strip():
        table.add("FS304", key, f"`{key}` is empty")
        return None
    return text


def _flag(table: Table, key: str) -> bool | None:
    value = table.values.get(key)
    if value is None or isinstance(value, bool):
        return value
    table.wrong_type(key, "true or false")
    return None


def _only_true(table: Table, key: str) -> bool:
    value = table.values.get(key, False)
    if value is not True and key in table.values:
        table.add("FS304", key, f"`{key}` can only be true", "take the line out")
    return value is True


def _default(table: Table) -> str | None:
    """A default as pages write it: texts as they are, all else as JSON."""
    value = table.values.get("default")
    if value is None or isinstance(value, str):
        return value
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError):
        table.wrong_type("default", "what JSON can say; write dates and times as texts")
        return None


def _values(table: Table) -> tuple[JsonScalar, ...] | None:
    values = table.values.get("values")
    if values is None:
        return None
    if isinstance(values, list) and all(_is_scalar(each) for each in values):
        return tuple(values)
    table.wrong_type("values", "a list of texts, numbers and truth values")
    return None


def _is_scalar(value: object) -> bool:
    return isinstance(value, (str, int, bool)) or (isinstance(value, float) and math.isfinite(value))


def _told(table: Table) -> Told | None:
    if "discriminator" not in table.values:
        return None
    value = table.values["discriminator"]
    if not isinstance(value, Mapping):
        table.wrong_type("discriminator", "a table of `field` and `mapping`")
        return None
    inner = table.inside(value, "discriminator")
    inner.refuse_unknown(("field", "mapping", "reason"))
    field, mapping = inner.text("field"), inner.pairs("mapping")
    if not field or not mapping:
        table.add("FS304", "discriminator", "`discriminator` needs a `field`, and a `mapping` from texts to titles")
        return None
    return Told(field, tuple(mapping.items()))


def _inner_reason(table: Table) -> str:
    """The reason in a discriminator's own table, where TOML makes it easy to write one."""
    inner = table.values.get("discriminator")
    return (table.inside(inner, "discriminator").text("reason") if isinstance(inner, Mapping) else None) or ""
