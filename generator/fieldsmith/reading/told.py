"""Record of a discriminator + the type of its union -> the discriminator, and a finding where the two do not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fieldsmith.reading.cells import check_value
from fieldsmith.reading.enumvalues import read_literal
from fieldsmith.reading.names import shorten
from fieldsmith.reading.records import DefinitionRecord, DiscriminatorRecord
from fieldsmith.reading.typereading import TypeReader
from fieldsmith.schema import Discriminator, Nullable, OneOf, Ref, TypeExpr


def read_told(
    record: DiscriminatorRecord, type_: TypeExpr, reader: TypeReader, models: Mapping[str, DefinitionRecord]
) -> Discriminator | None:
    """The discriminator that a page states for its union `type_`; None, and a finding, where it does not make sense.

    `models` are those of all pages, by their keys.
    """
    mapping: dict[str, str] = {}
    union = type_.inner if isinstance(type_, Nullable) else type_
    if record.printed:
        return _printed(record, union, reader, models)
    if not isinstance(union, OneOf) or not record.mapping:
        reader.diagnostics.add("FS112", record.span, "the type is no union, or no value selects a member of it")
        return None
    for tag, cell in record.mapping:
        target = reader.read(cell, record.span.path, "cell").type
        try:
            value = read_literal(tag.text)
        except ValueError:
            value = None
        if not isinstance(value, str) or value in mapping or not isinstance(target, Ref) or target.key is None:
            message = f"{shorten(tag.text)} for {shorten(cell.text)} is no text of its own for a definition"
            reader.diagnostics.add("FS112", tag.span, message)
            return None
        mapping[value] = target.key
    return Discriminator(record.field, tuple(mapping.items()))


def _printed(
    record: DiscriminatorRecord, union: TypeExpr, reader: TypeReader, models: Mapping[str, DefinitionRecord]
) -> Discriminator | None:
    """One that a program has printed. It counts where its values tell all members, each a model that has the field:
    programs leave out fields, and forget members."""
    if not isinstance(union, OneOf) or not all(isinstance(one, Ref) and one.key for one in union.options):
        return None  # a member that is not there is a finding already
    tags = [str(read_literal(tag.text)) for tag, _ in record.mapping]
    selected = [reader.read(cell, record.span.path, "cell").type for _, cell in record.mapping]
    for text, (tag, _) in zip(tags, record.mapping, strict=True):
        check_value(text, tag.span, reader.diagnostics)
    lack = next(_lacks(record.field, union, selected, models), "")
    if lack or len(set(tags)) < len(tags):
        lack = lack or "one value stands twice"
        reader.diagnostics.add("FS119", record.span, f"{shorten(record.field)} cannot tell the members: {lack}")
        return None
    keys = [one.key for one in selected if isinstance(one, Ref) and one.key is not None]
    return Discriminator(record.field, tuple(zip(tags, keys, strict=True)))


def _lacks(
    field: str, union: OneOf, selected: list[TypeExpr], models: Mapping[str, DefinitionRecord]
) -> Iterator[str]:
    """What keeps a field from telling the members of a union by the definitions that its values select."""
    members, chosen = set(union.options), set(selected)
    for one in (*union.options, *selected):
        model = models.get(one.key or "") if isinstance(one, Ref) else None
        name = shorten(one.name) if isinstance(one, Ref) else "one of them"
        if model is None:
            yield f"{name} is no model"
        elif all(each.name != field for each in model.fields):
            yield f"{name} has no such field"
        elif one not in members:
            yield f"{name}, which a value selects, is none"
        elif one not in chosen:
            yield f"no value selects {name}"
