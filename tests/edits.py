"""Edits of pages, of each kind that EVOLUTION.md names: what stood there, what stands there, and the changes to be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from hypothesis import strategies as st

import strategies
from emitted import alias, enum, model, ref
from fieldsmith.comparing.kinds import Kind
from fieldsmith.schema import (
    Const,
    Constraints,
    Definition,
    Discriminator,
    ListOf,
    MapOf,
    Nullable,
    OneOf,
    Ref,
    Scalar,
    TypeExpr,
)

STRING, INTEGER, NUMBER = Scalar("string"), Scalar("integer"), Scalar("number")
NAMES = st.sampled_from(strategies.FIELDS)
TYPES = strategies.types([], strategies.wild)
WORDS = st.text("abcde \"|`é", min_size=1, max_size=6)
VALUES = st.one_of(WORDS, st.integers(-9, 9), st.sampled_from([0.5, 1.0, True, None]))
_TEXTUAL = tuple(map(Scalar, ("bytes", "date", "datetime", "time", "duration", "uuid")))
# Types with the values of the first among those of the second, and none of them a union.
WIDER: tuple[tuple[TypeExpr, TypeExpr], ...] = (
    (INTEGER, NUMBER),
    (INTEGER, Scalar("decimal")),
    *((one, STRING) for one in _TEXTUAL),
    (Const("a"), STRING),
    (Const(1), INTEGER),
    (Const(1), NUMBER),
    (Const(True), Scalar("boolean")),
    (STRING, Scalar("any")),
    (Nullable(STRING), Scalar("any")),
    (ListOf(INTEGER), Scalar("any")),
)
OTHER = ((STRING, INTEGER), (Scalar("date"), Scalar("datetime")), (Const("a"), INTEGER), (ListOf(STRING), STRING), (NUMBER, Scalar("uuid")))


class Edit(NamedTuple):
    """Definitions before and after, and what is to be told: kinds and places."""

    before: tuple[Definition, ...]
    after: tuple[Definition, ...]
    told: tuple[tuple[Kind, str], ...]


Maker = Callable[[st.DrawFn, str], Edit]


def _own(title: str) -> tuple[str, TypeExpr]:
    """A field that no other definition has."""
    return f"only_{title}", STRING


def _fields(kind: Kind, pairs: st.SearchStrategy[tuple[Any, Any]], at: str = "", back: bool = False) -> Maker:
    """A field of one type that gets another."""

    def make(draw: st.DrawFn, title: str) -> Edit:
        name, required = draw(NAMES), draw(st.booleans())
        types = draw(pairs)
        old, new = reversed(types) if back else types
        return Edit(
            (model(title, _own(title), (name, old, required)),),
            (model(title, _own(title), (name, new, required)),),
            ((kind, f"{title}.{name}{at}"),),
        )

    return make


def _field(kind: Kind, **more: Any) -> Maker:
    """A field whose row says something else: `more` has pairs of what it said and what it says."""

    def make(draw: st.DrawFn, title: str) -> Edit:
        one = model(title, (draw(NAMES), draw(TYPES), draw(st.booleans())))
        both = [one._replace(fields=(one.fields[0]._replace(**{key: pair[at] for key, pair in more.items()}),)) for at in (0, 1)]
        return Edit((both[0],), (both[1],), ((kind, f"{title}.{one.fields[0].name}"),))

    return make


def _limits(kind: Kind, back: bool = False) -> Maker:
    narrower = (
        (Constraints(), Constraints(max_length=3)),
        (Constraints(min_length=1), Constraints(min_length=2)),
        (Constraints(maximum=2.5), Constraints(maximum=2)),
        (Constraints(pattern=None), Constraints(pattern="^a")),
        (Constraints(unique_items=False), Constraints(unique_items=True)),
        (Constraints(exclusive_minimum=0, max_items=3), Constraints(exclusive_minimum=1, max_items=3)),
    )

    def make(draw: st.DrawFn, title: str) -> Edit:
        old, new = draw(st.sampled_from(narrower))
        return _field(kind, constraints=(new, old) if back else (old, new))(draw, title)

    return make


def _row(kind: Kind, required: bool, removed: bool) -> Maker:
    """A field that comes or goes."""

    def make(draw: st.DrawFn, title: str) -> Edit:
        without = model(title, _own(title))
        name = draw(NAMES)
        having = model(title, _own(title), (name, draw(TYPES), required))
        both = (having, without) if removed else (without, having)
        return Edit((both[0],), (both[1],), ((kind, f"{title}.{name}"),))

    return make


def _whole(kind: Kind, removed: bool) -> Maker:
    def make(draw: st.DrawFn, title: str) -> Edit:
        one = (model(title, _own(title), (draw(NAMES), draw(TYPES))),)
        return Edit(one, (), ((kind, title),)) if removed else Edit((), one, ((kind, title),))

    return make


def _moved(draw: st.DrawFn, title: str) -> Edit:
    fields = (_own(title), (draw(NAMES), draw(TYPES)))
    user = model(f"{title}User", ("of", ref(title, "old/")))
    now = model(f"{title}User", ("of", ref(title, "new/")))
    old, new = (model(title, *fields, folder=folder) for folder in ("old/", "new/"))
    return Edit((old, user), (new, now), (("definition-moved", title),))


def _renamed(draw: st.DrawFn, title: str) -> Edit:
    """Renamed all over: where it refers to itself and where another refers to it."""
    further = (draw(NAMES), draw(TYPES))
    old, new = (model(name, _own(title), further, ("itself", ListOf(ref(name)))) for name in (title, f"{title}Anew"))
    users = [model(f"{title}User", ("of", ref(one.name))) for one in (old, new)]
    return Edit((old, users[0]), (new, users[1]), (("definition-renamed", f"{title}Anew"),))


def _options(kind: Kind, removed: bool) -> Maker:
    def make(draw: st.DrawFn, title: str) -> Edit:
        options = (STRING, INTEGER, Scalar("boolean"), ListOf(STRING))
        left_out = draw(st.integers(0, 3))
        few = OneOf(tuple(one for at, one in enumerate(options) if at != left_out))
        both = (OneOf(options), few) if removed else (few, OneOf(options))
        if draw(st.booleans()):
            return Edit((alias(title, both[0]),), (alias(title, both[1]),), ((kind, title),))
        inner = [model(title, ("f", MapOf(STRING, Nullable(one)))) for one in both]
        return Edit((inner[0],), (inner[1],), ((kind, f"{title}.f{{}}"),))

    return make


def _union(kind: Kind, old: Discriminator | None, new: Discriminator | None, turned: bool = False) -> Maker:
    """A union of two models with one discriminator and then another; {} in it is the definitions' title."""

    def make(draw: st.DrawFn, title: str) -> Edit:
        cat, dog = (model(f"{title}{one}", ("tag", STRING), ("kind", STRING), (one, STRING)) for one in ("Cat", "Dog"))

        def tied(discriminator: Discriminator | None) -> Discriminator | None:
            if discriminator is None:
                return None
            keys = {"Cat": cat.key, "Dog": dog.key}
            return Discriminator(discriminator.field, tuple((tag, keys[one]) for tag, one in discriminator.mapping))

        options = (ref(cat.name), ref(dog.name))
        unions = [alias(title, OneOf(options, tied(old))), alias(title, OneOf(options[::-1] if turned else options, tied(new)))]
        return Edit((unions[0], cat, dog), (unions[1], cat, dog), ((kind, title),))

    return make


def _tags(*tags: tuple[str, str], field: str = "tag") -> Discriminator:
    return Discriminator(field, tags)


def _values(kind: Kind, is_open: bool, removed: bool) -> Maker:
    def make(draw: st.DrawFn, title: str) -> Edit:
        values = draw(st.lists(VALUES, min_size=2, max_size=4, unique_by=repr))
        both = (values, values[:-1]) if removed else (values[:-1], values)
        old, new = (enum(title, *some, is_open=is_open) for some in both)
        return Edit((old,), (new,), ((kind, f"{title}.{_json(values[-1])}"),))

    return make


def _enum(kind: Kind, old: Mapping[str, Any], new: Mapping[str, Any], at: str = "") -> Maker:
    def make(draw: st.DrawFn, title: str) -> Edit:
        one = enum(title, "a", draw(st.integers(-9, 9)))
        return Edit((one._replace(**old),), (one._replace(**new),), ((kind, title + at),))

    return make


def _value_renamed(draw: st.DrawFn, title: str) -> Edit:
    value = draw(VALUES)
    names = draw(st.sampled_from([("ONE", "TWO"), (None, "TWO"), ("ONE", None)]))
    old, new = (enum(title, value, names=(name,)) for name in names)  # type: ignore[arg-type]  # a name may be missing
    return Edit((old,), (new,), (("value-renamed", f"{title}.{_json(value)}"),))


def _further(kind: Kind, old: TypeExpr | None, new: TypeExpr | None) -> Maker:
    def make(draw: st.DrawFn, title: str) -> Edit:
        both = [model(title, _own(title), (draw(NAMES), STRING), additional=one) for one in (old, new)]
        return Edit((both[0],), (both[1]._replace(fields=both[0].fields),), ((kind, title),))

    return make


def _claimed(draw: st.DrawFn, title: str) -> Edit:
    """A field in place of a further key, or the other way round."""
    without = model(title, additional=STRING)
    having = model(title, ("f", INTEGER, False), additional=STRING)
    if draw(st.booleans()):
        return Edit((without,), (having,), (("field-added-optional", f"{title}.f"), ("additional-retyped", f"{title}.f")))
    return Edit((having,), (without,), (("field-removed-optional", f"{title}.f"), ("additional-retyped", f"{title}.f")))


def _respelled(draw: st.DrawFn, title: str) -> Edit:
    """An alias or an enum opened where it is used, or written as the other of these."""
    inner = alias(f"{title}Name", draw(st.sampled_from([STRING, ListOf(INTEGER), Nullable(STRING)])))
    shut = enum(f"{title}Kind", "a", "b")
    ways: list[Edit] = []
    for one, said in ((inner, inner.type), (shut, OneOf((Const("a"), Const("b")))), (enum(f"{title}Any", "a", is_open=True), STRING)):
        named = model(title, ("f", ListOf(Ref(one.key, one.name))))
        opened = model(title, ("f", ListOf(said)))
        ways += [Edit((one, named), (one, opened), (("type-respelled", f"{title}.f[]"),))]
        ways += [Edit((one, opened), (one, named), (("type-respelled", f"{title}.f[]"),))]
    spelled = alias(shut.name, OneOf((Const("b"), Const("a"))))
    ways += [Edit((shut,), (spelled,), (("type-respelled", shut.name),)), Edit((spelled,), (shut,), (("type-respelled", shut.name),))]
    return draw(st.sampled_from(ways))


def _doc(draw: st.DrawFn, title: str) -> Edit:
    one = model(title, ("f", draw(TYPES)), ("g", STRING))
    field = one.fields[0]
    ways = [
        (one, one._replace(doc="Else."), title),
        (one._replace(deprecation=""), one._replace(deprecation="Go."), title),
        (*(one._replace(fields=(field, one.fields[1]._replace(default=text))) for text in ('"x"', "x")), f"{title}.g"),
        *((one, one._replace(fields=(field._replace(**{key: "x"}), one.fields[1])), f"{title}.f") for key in ("doc", "example")),
    ]
    old, new, place = draw(st.sampled_from(ways))
    return Edit((old,), (new,), (("docs-changed", place),))


def _json(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


_NULLS = st.sampled_from([STRING, ListOf(INTEGER), OneOf((STRING, INTEGER)), MapOf(STRING, NUMBER)]).map(lambda one: (one, Nullable(one)))
_BOTH = _tags(("cat", "Cat"), ("dog", "Dog"))
EDITS: Mapping[Kind, Maker] = {
    "definition-added": _whole("definition-added", removed=False),
    "definition-removed": _whole("definition-removed", removed=True),
    "definition-moved": _moved,
    "definition-renamed": _renamed,
    "field-added-optional": _row("field-added-optional", required=False, removed=False),
    "field-added-required": _row("field-added-required", required=True, removed=False),
    "field-removed-optional": _row("field-removed-optional", required=False, removed=True),
    "field-removed-required": _row("field-removed-required", required=True, removed=True),
    "required-added": _field("required-added", required=(False, True)),
    "required-removed": _field("required-removed", required=(True, False)),
    "null-added": _fields("null-added", _NULLS),
    "null-removed": _fields("null-removed", _NULLS, back=True),
    "type-widened": _fields("type-widened", st.sampled_from(WIDER)),
    "type-narrowed": _fields("type-narrowed", st.sampled_from(WIDER), back=True),
    "type-changed": _fields("type-changed", st.sampled_from(OTHER).map(lambda two: (ListOf(two[0]), ListOf(two[1]))), "[]"),
    "type-respelled": _respelled,
    "const-changed": _fields("const-changed", st.sampled_from([(Const("a"), Const("b")), (Const(1), Const(True)), (Const(1), Const(1.0))])),
    "option-added": _options("option-added", removed=False),
    "option-removed": _options("option-removed", removed=True),
    "options-reordered": _union("options-reordered", None, None, turned=True),
    "discriminator-added": _union("discriminator-added", None, _BOTH),
    "discriminator-removed": _union("discriminator-removed", _BOTH, None),
    "discriminator-changed": _union("discriminator-changed", _BOTH, _tags(*_BOTH.mapping, field="kind")),
    "tag-added": _union("tag-added", _BOTH, _tags(*_BOTH.mapping, ("tom", "Cat"))),
    "tag-removed": _union("tag-removed", _tags(*_BOTH.mapping, ("tom", "Cat")), _BOTH),
    "tag-moved": _union("tag-moved", _tags(*_BOTH.mapping, ("tom", "Cat")), _tags(*_BOTH.mapping, ("tom", "Dog"))),
    "value-added-closed": _values("value-added-closed", is_open=False, removed=False),
    "value-added-open": _values("value-added-open", is_open=True, removed=False),
    "value-removed-closed": _values("value-removed-closed", is_open=False, removed=True),
    "value-removed-open": _values("value-removed-open", is_open=True, removed=True),
    "value-renamed": _value_renamed,
    "enum-opened": _enum("enum-opened", {"open": False}, {"open": True}),
    "enum-closed": _enum("enum-closed", {"open": True}, {"open": False}),
    "additional-added": _further("additional-added", None, STRING),
    "additional-removed": _further("additional-removed", STRING, None),
    "additional-retyped": _claimed,
    "constraint-tightened": _limits("constraint-tightened"),
    "constraint-loosened": _limits("constraint-loosened", back=True),
    "constraint-changed": _field("constraint-changed", constraints=(Constraints(pattern="a+"), Constraints(pattern="b+"))),
    "default-added": _field("default-added", default=(None, "x"), type=(STRING, STRING)),
    "default-removed": _field("default-removed", default=("x", None), type=(STRING, STRING)),
    "default-changed": _field("default-changed", default=("x", "y"), type=(STRING, STRING)),
    "deprecated": _field("deprecated", deprecation=(None, "")),
    "undeprecated": _field("undeprecated", deprecation=("Gone soon.", None)),
    "docs-changed": _doc,
}  # fmt: skip


@st.composite
def edit(draw: st.DrawFn, kind: Kind, title: str) -> Edit:
    """A random edit that is one change of this kind, of a definition of this title and those beside it."""
    return EDITS[kind](draw, title)
