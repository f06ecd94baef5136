"""A row and the rules that count -> the default of its field, and findings where it is no value of the field's type."""

from __future__ import annotations

from typing import NamedTuple

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.leaves import leaves
from fieldsmith.reading.names import shorten
from fieldsmith.reading.phrases import default_in
from fieldsmith.reading.records import FieldRecord, Rule
from fieldsmith.schema import Const, Constraints, Enum, Ref, Scalar, TypeExpr
from fieldsmith.values import Misfit, Types, Value, value_of, value_within


class Default(NamedTuple):
    text: str
    span: Span


def choose(
    row: FieldRecord,
    type_: TypeExpr,
    bounds: Constraints,
    rules: tuple[Rule, ...],
    types: Types,
    diagnostics: Diagnostics,
) -> Default | None:
    """The default that an overlay, a column or a note of the row says, else the one that its description states.

    One that does not fit the type, or is beyond the bounds of the field, is a finding at its place, and so is a phrase
    that contradicts the column.
    """
    overlaid = row.default_by == "overlay"
    counts = row.default is not None and (overlaid or row.default_by in rules)
    written = Default(row.default, row.default_at) if counts and row.default is not None else None
    stated = _stated(row, type_, types) if "phrase" in rules and not overlaid else None
    value = value_within(written.text, type_, bounds, types) if written else None
    if written and isinstance(value, Misfit):
        message = f"default {shorten(written.text)} of {shorten(row.name)} {value.reason}"
        diagnostics.add("FS114", written.span, message, _advice(written, type_, types))
    other = value_within(stated.text, type_, bounds, types) if stated else None
    if written and stated and isinstance(value, Value) and isinstance(other, Value) and value.json != other.json:
        here, there = shorten(written.text), shorten(stated.text)
        message = f"{shorten(row.name)} has the default {here}, and its description says {there}"
        diagnostics.add("FS117", stated.span, message)
    if written or not stated:
        return written
    if isinstance(other, Misfit):
        message = f"default {shorten(stated.text)} of {shorten(row.name)}, as its description has it, {other.reason}"
        diagnostics.add("FS114", stated.span, message, _advice(stated, type_, types))
    return stated if isinstance(other, Value) else None


def _advice(default: Default, type_: TypeExpr, types: Types) -> str | None:
    """What to do about a misfit that is a value of its type: so it is beyond the bounds."""
    return "correct it, or the bounds" if isinstance(value_of(default.text, type_, types), Value) else None


def _stated(row: FieldRecord, type_: TypeExpr, types: Types) -> Default | None:
    """The default that the description states; a bare word only where it is one of the values that there are."""
    phrase = default_in(row.doc)
    if phrase is None or (phrase.bare and not _is_listed(phrase.text, type_, types)):
        return None
    return Default(phrase.text, row.doc_at or row.span)


def _is_listed(text: str, type_: TypeExpr, types: Types) -> bool:
    options = leaves([type_], types.aliases)
    listed = all(_lists(option, types) for option in options)
    return listed and isinstance(value_of(text, type_, types), Value)


def _lists(option: TypeExpr, types: Types) -> bool:
    """Whether a type lists its values."""
    match option:
        case Const() | Scalar("null"):
            return True
        case Ref(key=str(key)):
            definition = types.definitions.get(key)
            return isinstance(definition, Enum) and not definition.open
        case _:
            return False
