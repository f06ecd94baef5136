"""Strategies for random schemas that have a package, and for values of their types."""

from __future__ import annotations

import base64
import datetime as dt
import string
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args

from hypothesis import strategies as st

import emitted
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading.canonical import make_const, make_nullable, make_union
from fieldsmith.reading.discriminators import Discriminators
from fieldsmith.reading.graph import break_cycles
from fieldsmith.schema import (
    Alias,
    Const,
    Definition,
    Enum,
    ListOf,
    MapOf,
    Model,
    Nullable,
    OneOf,
    Ref,
    Scalar,
    ScalarKind,
    Schema,
    TypeExpr,
)
from fieldsmith.writing.identifiers import class_name, folder

KINDS: tuple[ScalarKind, ...] = get_args(ScalarKind)
TITLES = ("Alpha", "BetaTwo", "HTTPMeta", "Run", "RunStatus", "Zed9")
FOLDERS = ("", "shared/", "shared/inner/", "ops/")
# Names whose helper functions would meet if they went by the fields' names alone.
FIELDS = ("id", "a", "aItem", "a_value", "a_0", "a_option0", "a_0_option", "value", "kind", "x-y", "class", "v", "o")
TEXTS = st.one_of(
    st.sampled_from(["", "user", "a b", '"', "\\", "\u00e9", "\u2028", "\U0001f600"]),
    st.text(string.printable, max_size=6),
)
NUMBERS = st.integers(-(10**20), 10**20)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
CONSTANTS = st.one_of(TEXTS, st.integers(-9, 9), st.booleans(), st.sampled_from([0.5, -1.25, 2.0]))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, FLOATS, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=4,
)


# Schemas


def types(refs: Sequence[Ref], unions: Callable[[st.SearchStrategy[TypeExpr]], st.SearchStrategy[TypeExpr]]) -> st.SearchStrategy[TypeExpr]:
    """Types of all sorts; `unions` says how the options of a union are put together."""
    leaves = st.one_of(
        st.sampled_from(KINDS).map(Scalar), CONSTANTS.map(make_const), st.sampled_from([*refs, Ref(None, "Outside")])
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            inner.map(ListOf), st.builds(MapOf, st.just(Scalar("string")), inner), inner.map(make_nullable), unions(inner)
        ),
        max_leaves=4,
    )


def wild(inner: st.SearchStrategy[TypeExpr]) -> st.SearchStrategy[TypeExpr]:
    """Unions of anything with anything."""
    return st.lists(inner, min_size=2, max_size=3).map(make_union)


def tame(inner: st.SearchStrategy[TypeExpr]) -> st.SearchStrategy[TypeExpr]:
    """Unions whose options no JSON value can be mistaken for one another."""
    words: tuple[ScalarKind, ...] = ("string", "bytes", "date", "datetime", "time", "duration", "uuid")
    numbers: tuple[ScalarKind, ...] = ("integer", "number")
    parts = st.tuples(
        st.sampled_from(words).map(Scalar),
        st.sampled_from(numbers).map(Scalar),
        st.just(Scalar("boolean")),
        inner.map(ListOf),
        inner.map(lambda value: MapOf(Scalar("string"), value)),
    )
    chosen = st.lists(st.integers(0, 4), min_size=2, max_size=4, unique=True)
    return st.builds(lambda all_, some: make_union([all_[at] for at in some]), parts, chosen)


@st.composite
def definitions(draw: st.DrawFn, title: str, folder: str, each: st.SearchStrategy[TypeExpr]) -> Definition:
    kind = draw(st.sampled_from(["model", "model", "enum", "alias"]))
    if kind == "model":
        names = draw(st.lists(st.sampled_from(FIELDS), max_size=4, unique=True))
        rows = [(name, draw(each), draw(st.booleans())) for name in names]
        return emitted.model(title, *rows, additional=draw(st.none() | each), folder=folder)
    if kind == "enum":
        pools: list[st.SearchStrategy[Any]] = [TEXTS, st.integers(-9, 9), CONSTANTS, st.sampled_from([0.5, 1.0, 2.5])]
        values = draw(st.lists(draw(st.sampled_from(pools)), min_size=1, max_size=4, unique=True))
        members = tuple(f"VALUE_{at}" for at in range(len(values)))
        return emitted.enum(title, *values, is_open=draw(st.booleans()), names=members, folder=folder)
    return emitted.alias(title, draw(each), folder=folder)


@st.composite
def tagged(draw: st.DrawFn, each: st.SearchStrategy[TypeExpr]) -> list[Definition]:
    """A union `Pet` of models that a constant tells apart, and the models."""
    titles = draw(st.lists(st.sampled_from(["Cat", "Dog", "Eel"]), min_size=2, max_size=3, unique=True))
    made: list[Definition] = [emitted.alias("Pet", make_union(map(emitted.ref, titles)))]
    for title in titles:
        names = draw(st.lists(st.sampled_from(FIELDS), max_size=2, unique=True))
        rows = ((name, draw(each), draw(st.booleans())) for name in names)
        made.append(emitted.model(title, ("the-tag", make_const(title.lower())), *rows))
    return made


@st.composite
def schemas(
    draw: st.DrawFn,
    unions: Callable[[st.SearchStrategy[TypeExpr]], st.SearchStrategy[TypeExpr]] = wild,
    pets: bool = False,
) -> Schema:
    """A few definitions that refer to one another at will, and to a tagged union if so said; at least one is a model."""
    titles = draw(st.lists(st.sampled_from(TITLES), min_size=1, max_size=4, unique=True))
    folders = {title: draw(st.sampled_from(FOLDERS)) for title in titles}
    refs = [emitted.ref(title, folder) for title, folder in folders.items()]
    each = types([*refs, emitted.ref("Pet")] if pets else refs, unions)
    made = [draw(definitions(title, folder, each)) for title, folder in folders.items()]
    made += draw(tagged(each)) if pets else []
    root = emitted.model("Root", *((f"f{at}", draw(each), draw(st.booleans())) for at in range(draw(st.integers(1, 3)))))
    ended = break_cycles([root, *made], Diagnostics())
    return Schema(tuple(map(Discriminators(ended, {}, Diagnostics()).complete, ended)))


# Values: each with the JSON that says it


@dataclass(frozen=True, slots=True)
class Said:
    """A Python value and its JSON."""

    value: Any
    json: Any


ABSENT = object()
MINUTES = st.integers(-720, 720).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))


def _moment(value: dt.datetime | dt.time) -> Said:
    text = value.isoformat()
    return Said(value, text[:-6] + "Z" if text.endswith("+00:00") else text)


def _span(value: dt.timedelta) -> Said:
    sign, size = ("-", -value) if value < dt.timedelta() else ("", value)
    seconds = Decimal(size.seconds) + Decimal(size.microseconds) / 1_000_000
    days = f"{size.days}D" if size.days else ""
    rest = f"T{seconds.normalize():f}S" if seconds else ""
    return Said(value, f"{sign}P{days}{rest}" if days or rest else "PT0S")


SAID: Mapping[ScalarKind, st.SearchStrategy[Said]] = {
    "string": TEXTS.map(lambda v: Said(v, v)),
    "integer": NUMBERS.map(lambda v: Said(v, v)),
    "number": st.one_of(NUMBERS, FLOATS).map(lambda v: Said(v, v)),
    "boolean": st.booleans().map(lambda v: Said(v, v)),
    "bytes": st.binary(max_size=5).map(lambda v: Said(v, base64.b64encode(v).decode())),
    "date": st.dates().map(lambda v: Said(v, v.isoformat())),
    "datetime": st.datetimes(timezones=st.none() | MINUTES).map(_moment),
    "time": st.times(timezones=st.none() | MINUTES).map(_moment),
    "duration": st.timedeltas().map(_span),
    "decimal": st.decimals(allow_nan=False, allow_infinity=False).map(lambda v: Said(v, str(v))),
    "uuid": st.uuids().map(lambda v: Said(v, str(v))),
    "null": st.just(Said(None, None)),
    "any": JSON.map(lambda v: Said(v, v)),
}


class Values:
    """Values of a schema's types, with the classes of its package."""

    def __init__(self, schema: Schema, package: Any) -> None:
        self.definitions = {one.key: one for one in schema.definitions}
        self.package = package
        self.depths = self._depths()
        self.made: dict[tuple[TypeExpr, int], st.SearchStrategy[Said]] = {}

    def _depths(self) -> dict[str, int]:
        """How deep the smallest value of each definition is; a definition without finite values is left out."""
        depths: dict[str, int] = {}
        for _ in range(len(self.definitions) + 1):
            for key, one in self.definitions.items():
                parts: Iterable[TypeExpr] = ()
                if isinstance(one, Model):
                    parts = [field.type for field in one.fields if field.required]
                elif isinstance(one, Alias):
                    parts = [one.type]
                found = [self._least(part, depths) for part in parts]
                if all(depth is not None for depth in found):
                    depths[key] = min(depths.get(key, 99), 1 + max((d for d in found if d is not None), default=0))
        return depths

    def _least(self, expr: TypeExpr, depths: Mapping[str, int]) -> int | None:
        match expr:
            case Ref(key=str(key)):
                return depths.get(key)
            case OneOf(options):
                return min((d for d in (self._least(o, depths) for o in options) if d is not None), default=None)
            case _:
                return 0

    def exists(self, expr: TypeExpr) -> bool:
        return self._least(expr, self.depths) is not None

    def said(self, expr: TypeExpr, room: int = 3) -> st.SearchStrategy[Said]:
        """Values of a type; where `room` is used up only small ones. Made once: making them takes longer than drawing."""
        if (expr, room) not in self.made:
            self.made[expr, room] = self._said(expr, room)
        return self.made[expr, room]

    def _said(self, expr: TypeExpr, room: int) -> st.SearchStrategy[Said]:
        match expr:
            case Scalar(kind):
                return SAID[kind]
            case Const(value):
                return st.just(Said(value, value))
            case Nullable(inner):
                null = st.just(Said(None, None))
                return null | self.said(inner, room) if room > 0 and self.exists(inner) else null
            case ListOf(item):
                size = 2 if room > 0 and self.exists(item) else 0
                parts = st.lists(self.said(item, room - 1), max_size=size) if size else st.just([])
                return parts.map(lambda all_: Said([one.value for one in all_], [one.json for one in all_]))
            case MapOf(value=value):
                size = 2 if room > 0 and self.exists(value) else 0
                pairs = st.dictionaries(TEXTS, self.said(value, room - 1), max_size=size) if size else st.just({})
                return pairs.map(
                    lambda all_: Said({k: one.value for k, one in all_.items()}, {k: one.json for k, one in all_.items()})
                )
            case OneOf(options):
                found = [option for option in options if self.exists(option)]
                if room <= 0:
                    found = [min(found, key=lambda option: self._least(option, self.depths) or 0)]
                return st.one_of([self.said(option, room) for option in found])
            case Ref(key=str(key)):
                return self._definition(self.definitions[key], room - 1)
            case Ref():
                return SAID["any"]

    def class_of(self, one: Model | Enum) -> Any:
        """The class of a definition, out of its own folder: the package as a whole has none that is there twice."""
        path = ".".join(folder(part) or part for part in one.namespace.split(".") if part)
        home = emitted.module_of(self.package, path) if path else self.package
        return getattr(home, class_name(one.name) or one.name)

    def _definition(self, one: Definition, room: int) -> st.SearchStrategy[Said]:
        match one:
            case Alias(type=inner):
                return self.said(inner, room)
            case Enum(values=values):
                cls = self.class_of(one)
                return st.sampled_from(values).map(lambda found: Said(cls(found.value), found.value))
            case Model():
                return self.objects(one, room)

    @st.composite
    @staticmethod
    def _object(draw: st.DrawFn, self: Values, one: Model, room: int) -> Said:
        cls, attributes = self.class_of(one), {}
        document = {}
        hints = [field for field in cls.__dataclass_fields__.values() if "wire" in field.metadata]
        for field, emitted_field in zip(one.fields, hints, strict=True):
            assert emitted_field.metadata["wire"] == field.name
            if field.required or (room > 0 and self.exists(field.type) and draw(st.booleans())):
                said = draw(self.said(field.type, room))
                if not field.required and said.json is None and emitted_field.default is None:
                    continue
                attributes[emitted_field.name], document[field.name] = said.value, said.json
        if one.additional is not None and room > 0 and self.exists(one.additional) and draw(st.booleans()):
            said = draw(self.said(one.additional, room))
            attributes["additional_properties"], document["further"] = {"further": said.value}, said.json
        return Said(cls(**attributes), document)

    def objects(self, one: Model, room: int = 3) -> st.SearchStrategy[Said]:
        return self._object(self, one, room)


# What is wrong


WRONG: tuple[Any, ...] = (
    None, True, False, 0, 1, -7, 1.0, 0.5, 2.5, 1e300, float("inf"), float("nan"), "", "user", "2024-02-29",
    "2024-02-29T12:00:00Z", "12:00:00", "P1D", "abcd", "1.50", "0" * 36, "\ud800", [], [None], {}, {"kind": 1}, {"a": {}},
)  # fmt: skip
ODD: tuple[Any, ...] = (
    *WRONG, object(), b"x", bytearray(b"y"), (), {1: 2}, {None: 1}, dt.date(2024, 2, 29), dt.datetime(2024, 2, 29),
    dt.timedelta(1), dt.time(1), Decimal("1.5"), Decimal("NaN"), uuid.UUID(int=0), 10**5000, {"a": object()}, [object()],
    dt.datetime(2024, 1, 1, tzinfo=dt.timezone(dt.timedelta(seconds=1))), [float("nan")], int, Ellipsis,
    dt.time(1, tzinfo=dt.timezone(dt.timedelta(seconds=1))),
)  # fmt: skip


WRONG_VALUES = st.sampled_from(WRONG)


@st.composite
def spoilt(draw: st.DrawFn, document: Any, wrong: st.SearchStrategy[Any] = WRONG_VALUES) -> Any:
    """A document with one thing in it replaced, left out or added."""
    if isinstance(document, dict) and document and draw(st.integers(0, 3)):
        at = draw(st.sampled_from(sorted(document)))
        if draw(st.integers(0, 3)) == 0:
            return {key: value for key, value in document.items() if key != at}
        return {**document, at: draw(spoilt(document[at], wrong))}
    if isinstance(document, list) and document and draw(st.integers(0, 3)):
        at = draw(st.integers(0, len(document) - 1))
        return [*document[:at], draw(spoilt(document[at], wrong)), *document[at + 1 :]]
    if isinstance(document, dict) and draw(st.booleans()):
        return {**document, draw(st.sampled_from(FIELDS)): draw(wrong)}
    return draw(wrong)
