"""What was read of a page <-> plain tuples, such as marshal takes: so that it need not be read again."""

from __future__ import annotations

from typing import Any

from fieldsmith.diagnostics import Diagnostic, Span
from fieldsmith.reading.accounts import Count, Use
from fieldsmith.reading.readall import Read
from fieldsmith.reading.records import (
    Cell,
    DefinitionRecord,
    DiscriminatorRecord,
    FieldRecord,
    PageRecords,
    Stated,
    ValueRecord,
)


def packed(read: Read) -> Any:
    """Tuples of texts, numbers, true, false, None and such tuples, in place of the nouns."""
    page, found = read
    path, dialect, definitions, uses, suppressed, *rest, fragments = page
    sets = tuple(sorted(suppressed)), tuple(sorted(fragments))
    return _plain(((path, dialect, definitions, uses, *rest), sets, found))


def _plain(value: Any) -> Any:
    return tuple([_plain(each) for each in value]) if isinstance(value, tuple) else value


def unpacked(packed: Any) -> Read:
    """What was packed."""
    (path, dialect, definitions, uses, skipped, counts, asked, fits), (suppressed, fragments), found = packed
    page = PageRecords(
        path,
        dialect,
        tuple([_definition(*one) for one in definitions]),
        tuple([Use(what, Span(*span), reason) for what, span, reason in uses]),
        frozenset(suppressed),
        skipped,
        tuple([Count(*count) for count in counts]),
        asked,
        tuple(fits),
        frozenset(fragments),
    )
    return page, tuple([Diagnostic(Span(*span), *rest) for span, *rest in found])


def _definition(
    page: str,
    title: str,
    kind: Any,
    doc: str,
    deprecation: str | None,
    span: Any,
    fields: Any,
    values: Any,
    is_open: bool,
    members: Any,
    discriminator: Any,
    bare: bool,
    anchors: Any,
    within: str,
) -> DefinitionRecord:
    return DefinitionRecord(
        page,
        title,
        kind,
        doc,
        deprecation,
        Span(*span),
        tuple([_field(*one) for one in fields]),
        tuple([ValueRecord(name, _cell(cell), literal, doc) for name, cell, literal, doc in values]),
        is_open,
        tuple(map(_cell, members)),
        None if discriminator is None else _discriminator(*discriminator),
        bare,
        tuple(anchors),
        within,
    )


def _field(
    name: str,
    cell: Any,
    required: bool | None,
    doc: str,
    example: str | None,
    default: str | None,
    deprecation: str | None,
    span: Any,
    further: bool,
    nullable: bool,
    example_at: Any,
    default_at: Any,
    doc_at: Any,
    default_by: Any,
    stated: Any,
    repeated: bool,
    wire: str | None,
    ruled: Any,
) -> FieldRecord:
    return FieldRecord(
        *(name, _cell(cell), required, doc, example, default, deprecation, Span(*span), further, nullable),
        *(Span(*example_at), Span(*default_at), None if doc_at is None else Span(*doc_at), default_by),
        tuple([Stated(role, text, Span(*place)) for role, text, place in stated]),
        repeated,
        wire,
        ruled,
    )


def _discriminator(field: str, span: Any, mapping: Any, printed: bool) -> DiscriminatorRecord:
    return DiscriminatorRecord(field, Span(*span), tuple((_cell(tag), _cell(to)) for tag, to in mapping), printed)


def _cell(packed: Any) -> Cell:
    text, span, told = packed
    return Cell(text, Span(*span), told)
