"""Texts of pages -> the schema they say, in memory; and a schema without the places that it was read from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.reading import markdown
from fieldsmith.reading.dialects import DIALECTS
from fieldsmith.reading.pages import read_page
from fieldsmith.reading.resolve import resolve
from fieldsmith.schema import Schema

NOWHERE = Span("", 1, 1)


def read(pages: Iterable[tuple[str, str]], diagnostics: Diagnostics) -> Schema:
    dialects = list(DIALECTS.values())
    records = [read_page(markdown.parse(path, text, diagnostics), dialects, False, diagnostics) for path, text in pages]
    return resolve(records, None, "as-said", diagnostics)


def without_places(noun: object) -> object:
    """A schema as nested tuples with all spans alike; a constant keeps its type, as 1 == True."""
    if isinstance(noun, Span):
        return NOWHERE
    if isinstance(noun, tuple):
        return (type(noun).__name__, *map(without_places, noun))
    if is_dataclass(noun):
        return (type(noun).__name__, *(without_places(getattr(noun, field.name)) for field in fields(noun)))
    return (type(noun).__name__, noun)
