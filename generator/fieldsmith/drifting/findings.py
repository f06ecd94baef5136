"""Pages and another side, aligned -> what differs: each with a code, the page's place and the other side's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fieldsmith.comparing.changes import Change
from fieldsmith.comparing.definitions import Comparison
from fieldsmith.comparing.kinds import Kind
from fieldsmith.comparing.rekeying import retyped
from fieldsmith.comparing.spelling import literal, shortened
from fieldsmith.diagnostics import Span
from fieldsmith.drifting.aligning import Aligned
from fieldsmith.drifting.others import Other
from fieldsmith.reading.canonical import ANY, refs_in, types_of
from fieldsmith.schema import Alias, Const, Definition, Model, Scalar, Schema, TypeExpr
from fieldsmith.writing.naming import Names

_LIMITS: tuple[Kind, ...] = ("constraint-tightened", "constraint-loosened", "constraint-changed")
_RENAME = "set `wire_names` or `wire_overrides`, or let `--learn wire_names` write an overlay; or allow it"
_ADDED: tuple[Kind, ...] = ("value-added-closed", "value-added-open")
_REMOVED: tuple[Kind, ...] = ("value-removed-closed", "value-removed-open")
# Of a change from the pages to the other side: its code, and what is said of it.
_SAID: Mapping[Kind, tuple[str, str]] = {
    **dict.fromkeys(("field-removed-optional", "field-removed-required"), ("FS506", "`{at}` is not at {there}")),
    **dict.fromkeys(("field-added-optional", "field-added-required"), ("FS507", "{there} is not on the page: {after}")),
    **dict.fromkeys(("type-widened", "type-narrowed", "type-changed"), ("FS508", "`{at}`: {before}; {there}: {after}")),
    "const-changed": ("FS508", "`{at}`: {before}; {there}: {after}"),
    "option-added": ("FS508", "`{at}` cannot be {after}; {there} can"),
    "option-removed": ("FS508", "`{at}` can be {before}; {there} cannot"),
    "required-added": ("FS509", "`{at}` may be absent; {there} is required"),
    "required-removed": ("FS509", "`{at}` is required; {there} may be absent"),
    "null-added": ("FS510", "`{at}` cannot be null; {there} can"),
    "null-removed": ("FS510", "`{at}` can be null; {there} cannot"),
    **dict.fromkeys(_ADDED, ("FS511", "`{at}` is no value on the page; {there} has it")),
    **dict.fromkeys(_REMOVED, ("FS511", "`{at}` is no value at {there}")),
    "enum-opened": ("FS511", "`{at}` takes its values alone; {there} takes others, too"),
    "enum-closed": ("FS511", "`{at}` takes other values, too; {there} does not"),
    "default-changed": ("FS512", "`{at}` has the default {before}; {there}: {after}"),
    "discriminator-changed": ("FS513", "`{at}` is told by the field {before}; {there} by {after}"),
    "tag-added": ("FS513", "`{at}` has no tag {after}; {there} has"),
    "tag-removed": ("FS513", "`{at}` has the tag {before}; {there} has not"),
    "tag-moved": ("FS513", "`{at}` has the tag {before}; {there}: {after}"),
    **dict.fromkeys(_LIMITS, ("FS514", "`{at}`: {before}; {there}: {after}")),
    "additional-added": ("FS515", "`{at}` has no further keys; {there}: {after}"),
}  # fmt: skip


class Drift(NamedTuple):
    """One difference: `at` is the definition or `definition.field` that an allow-list names it by."""

    code: str
    at: str
    span: Span
    message: str
    help: str | None = None


def drifts(pages: Schema, names: Names, other: Other, sides: Aligned) -> Iterator[Drift]:
    """All differences, in the order of the pages; what only the other side has at the end."""
    paired = {mine.key for mine, _ in sides.pairs}
    used = _used(pages)
    if other.is_python:
        pages = Schema(tuple(retyped(one, _as_python) for one in pages.definitions))
    comparison = Comparison(pages, sides.schema)
    waiting = dict.fromkeys(one.key for one in pages.definitions)
    by_page: dict[str, list[Definition]] = {key: [] for key in waiting}
    for mine, one in sides.pairs:
        by_page[mine.key].append(one)
    for mine in pages.definitions:
        if mine.key in sides.ambiguous:
            fits = shortened(", ".join(sides.ambiguous[mine.key]))
            yield Drift("FS503", mine.name, mine.span, f"`{mine.name}` may be any of {fits}")
        elif mine.key not in paired and _is_missed(mine, used):
            yield Drift("FS504", mine.name, mine.span, f"`{mine.name}` is not in {other.name}")
        for one in by_page[mine.key]:
            for change in comparison.definition(mine, one):
                yield from _of_change(change, other, mine, one)
            yield from _wire_names(mine, one, names, sides)
    fitting = {key for some in sides.ambiguous.values() for key in some}
    their_used = _used(sides.schema)
    for one in sides.added:
        hidden = one.key in fitting or one.key in other.inline or one.key in other.quiet
        if not hidden and _is_missed(one, their_used):
            yield Drift("FS505", one.name, Span(other.file, 1, 1), f"{one.span.path} is on no page")


def _as_python(type_: TypeExpr) -> TypeExpr:
    """A type as far as annotations can say it: `Literal` takes no floats."""
    return Scalar("number") if isinstance(type_, Const) and isinstance(type_.value, float) else type_


def _used(schema: Schema) -> set[str]:
    return {ref.key for one in schema.definitions for type_ in types_of(one) for ref in refs_in(type_) if ref.key}


def _is_missed(one: Definition, used: set[str]) -> bool:
    """Models are; an alias or enum that others refer to may be written out there, and is compared where it is used, and
    an alias of any value says nothing."""
    return isinstance(one, Model) or (one.key not in used and not (isinstance(one, Alias) and one.type == ANY))


def _of_change(change: Change, other: Other, mine: Definition, one: Definition) -> Iterator[Drift]:
    """The difference that a change from the page to the other side is, where the other side can say such a thing."""
    said = _SAID.get(change.kind)
    place = change.place
    at = f"{place.definition}.{place.member}" if place.member else place.definition
    if said is None or (change.kind in ("enum-opened", "enum-closed") and other.is_python):
        return
    if change.kind.startswith("constraint-") and not (change.before and change.after):
        return
    if change.kind == "additional-added" and isinstance(one, Model) and one.additional == ANY:
        return
    code = "FS515" if place.at.startswith(".*") else said[0]
    there = (place.new or one.span).path
    message = said[1].format(at=place, there=there, before=change.before, after=change.after)
    yield Drift(code, at, place.old or mine.span, message)


def _wire_names(mine: Definition, one: Definition, names: Names, sides: Aligned) -> Iterator[Drift]:
    """Fields that are the same but for the name in the JSON."""
    if not isinstance(mine, Model) or not isinstance(one, Model):
        return
    places = {field.name: field.span.path for field in one.fields}
    for field in mine.fields:
        wire, theirs = names.wires[mine.key, field.name], sides.wires.get((mine.key, field.name))
        if theirs is not None and theirs != wire and field.name in places:
            at, there = f"{mine.name}.{field.name}", places[field.name]
            message = f"`{at}` is {literal(wire)} in the JSON; {there} says {literal(theirs)}"
            yield Drift("FS516", at, field.span, message, _RENAME)
