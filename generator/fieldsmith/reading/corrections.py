"""What an overlay says, as nouns; and records of pages -> the same without findings that these facts make idle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fieldsmith.diagnostics import Span
from fieldsmith.reading.names import key_of
from fieldsmith.reading.records import DefinitionRecord, FieldRecord, PageRecords
from fieldsmith.schema import JsonScalar

_MARKS = ("drop", "add")


class Told(NamedTuple):
    """A discriminator as people write it: the field's name on the page, and pairs of a text and a title."""

    field: str
    mapping: tuple[tuple[str, str], ...]


class Facts(NamedTuple):
    """What is said of one definition or field; None, or for `drop` and `add` False, where nothing is."""

    type: str | None = None
    required: bool | None = None
    nullable: bool | None = None
    default: str | None = None
    wire_name: str | None = None
    values: tuple[JsonScalar, ...] | None = None
    discriminator: Told | None = None
    rename: str | None = None
    drop: bool = False
    add: bool = False

    def said(self) -> tuple[str, ...]:
        """The names of the facts that there are."""
        values = self._asdict().items()
        return tuple(name for name, value in values if value is not None and (name not in _MARKS or value))


class Entry(NamedTuple):
    """The facts about a definition (by title, or by key), or about a field of it; `places` are those of the facts."""

    definition: str
    field: str | None
    facts: Facts
    reason: str
    place: Span
    places: Mapping[str, Span]

    @property
    def called(self) -> str:
        """What it is about."""
        return self.definition if self.field is None else f"{self.definition}.{self.field}"


class Overlay(NamedTuple):
    """The entries of one file, in their order."""

    file: str
    entries: tuple[Entry, ...]


class Applied(NamedTuple):
    """Which facts of an overlay went into a definition (by its key) or a field (by its name) of the schema, and why."""

    key: str
    field: str | None
    facts: tuple[str, ...]
    reason: str
    place: Span


def hushed(pages: Sequence[PageRecords], overlays: Sequence[Overlay]) -> list[PageRecords]:
    """The pages; what is wrong with a type in place of which an overlay says another is no finding any more."""
    idle: dict[str, set[str | None]] = {}
    for entry in (entry for overlay in overlays for entry in overlay.entries):
        if entry.facts.type is not None or entry.facts.drop or entry.facts.values is not None:
            idle.setdefault(entry.definition, set()).add(entry.field)
    return [_hushed_page(page, idle) for page in pages] if idle else list(pages)


def _hushed_page(page: PageRecords, idle: Mapping[str, set[str | None]]) -> PageRecords:
    records = tuple(
        _hushed_record(one, idle.get(one.title, set()) | idle.get(key_of(page.path, one.title), set()))
        for one in page.definitions
    )
    return page._replace(definitions=records)


def _hushed_record(record: DefinitionRecord, fields: set[str | None]) -> DefinitionRecord:
    if not fields:
        return record
    rows = tuple(_hushed_row(row) if None in fields or row.name in fields else row for row in record.fields)
    members = tuple(one._replace(told=True) for one in record.members) if None in fields else record.members
    return record._replace(fields=rows, members=members)


def _hushed_row(row: FieldRecord) -> FieldRecord:
    return row._replace(type=row.type._replace(told=True))
