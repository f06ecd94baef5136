"""What changes of two states of pages are, and what they are for readers and writers: held to the table in EVOLUTION.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import emitted
import strategies
from edits import WIDER, edit
from emitted import alias, enum, made_of, model, ref
from fieldsmith.comparing.definitions import changes
from fieldsmith.comparing.judging import advice, judged, verdict
from fieldsmith.comparing.kinds import RULES, Kind
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading.canonical import make_nullable, make_union
from fieldsmith.reading.graph import break_cycles
from fieldsmith.schema import Alias, Definition, Enum, ListOf, MapOf, Model, Nullable, OneOf, Scalar, Schema, TypeExpr

TABLE = Path(__file__).parents[1] / "EVOLUTION.md"
Row = tuple[str, str, str, str, str]


def table() -> dict[str, Row]:
    """The rows of the table of kinds: what is said, readers, writers, version, and what counts where keys are refused."""
    text = TABLE.read_text("utf-8").partition("\n## All kinds of change\n")[2]
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*?) \| (\w+) \| (\w+) \| (\w+) \| (.*?) ?\|$", text, re.MULTILINE)
    return {kind: (said, readers, writers, version, strict) for kind, said, readers, writers, version, strict in rows}


DOCUMENTED = table()


def test_the_table_names_every_kind() -> None:
    assert list(DOCUMENTED) == list(RULES) == list(get_args(Kind))


@pytest.mark.parametrize("kind", RULES)
def test_the_table_is_the_rule(kind: Kind) -> None:
    said, readers, writers, version, strict = DOCUMENTED[kind]
    assert RULES[kind].said == said
    assert verdict(kind, strict=False) == (readers, writers, version)
    refused = tuple(strict.split(" / ")) if strict else (readers, writers)
    assert verdict(kind, strict=True)[:2] == refused
    assert verdict(kind, strict=True)[2] == ("major" if "breaking" in refused else version)


@pytest.mark.parametrize("kind", RULES)
def test_what_breaks_is_major(kind: Kind) -> None:
    readers, writers, version = verdict(kind, strict=False)
    assert version == "major" or "breaking" not in (readers, writers)


def told(old: Schema, new: Schema) -> list[tuple[str, str]]:
    return sorted((change.kind, str(change.place)) for change in changes(old, new))


@pytest.mark.parametrize("kind", RULES)
@settings(max_examples=15)
@given(data=st.data())
def test_an_edit_is_what_the_table_says(kind: Kind, data: st.DataObject) -> None:
    """One edit among pages of any kind: it alone is told, and judged as the table has it."""
    around = data.draw(strategies.schemas()).definitions
    made = data.draw(edit(kind, "Subject"))
    found = judged(changes(made_of(*around, *made.before), made_of(*made.after, *around)), strict=False)
    assert [(each.change.kind, str(each.change.place)) for each in found] == list(made.told)
    assert made.told[-1][0] == kind
    for each in found:
        assert (each.readers, each.writers, each.version) == DOCUMENTED[each.change.kind][1:4]


@settings(max_examples=60)
@given(st.data())
def test_many_edits_at_once(data: st.DataObject) -> None:
    around = data.draw(strategies.schemas()).definitions
    kinds = data.draw(st.lists(st.sampled_from(list(RULES)), min_size=2, max_size=8))
    edits = [data.draw(edit(kind, f"Subject{at}")) for at, kind in enumerate(kinds)]
    old = made_of(*around, *(one for each in edits for one in each.before))
    new = made_of(*(one for each in edits for one in each.after), *around)
    assert told(old, new) == sorted(one for each in edits for one in each.told)
    expected = {DOCUMENTED[kind][3] for each in edits for kind, _ in each.told}
    assert advice(judged(changes(old, new), strict=False)) == next(part for part in ("major", "minor", "patch") if part in expected)


@settings(max_examples=60)
@given(strategies.schemas(pets=True))
def test_nothing_changes_from_a_state_to_itself(schema: Schema) -> None:
    assert changes(schema, schema) == ()
    assert changes(schema, Schema(schema.definitions[::-1])) == ()


@settings(max_examples=40)
@given(strategies.schemas(), strategies.schemas())
def test_there_and_back(one: Schema, other: Schema) -> None:
    """What is told on the way there is told on the way back, the other way round."""
    places = [{str(change.place) for change in changes(*pair) if change.kind not in ("definition-renamed",)} for pair in ((one, other), (other, one))]
    assert places[0] == places[1]


def hints(old: Schema, new: Schema) -> dict[str, str]:
    return {str(change.place): change.hint for change in changes(old, new) if change.hint}


def test_what_was_perhaps_renamed_is_a_hint() -> None:
    """A field or definition that came has the shape of one that went, and no other has; it is removed and added all the same."""
    old = made_of(model("A", ("one", "string"), ("two", "integer"), ("three", "integer")), model("B", ("b", "string"))._replace(doc="Old."))
    new = made_of(model("A", ("uno", "string"), ("due", "integer"), ("tre", "integer")), model("C", ("b", "string"))._replace(doc="New."))
    assert hints(old, new) == {
        "A.uno": "perhaps renamed: `one`", "A.one": "perhaps renamed: `uno`",
        "B": "perhaps renamed: `C`", "C": "perhaps renamed: `B`",
    }  # fmt: skip
    assert [kind for kind, _ in told(old, new)].count("definition-renamed") == 0


def test_a_change_is_told_where_it_is_and_not_where_it_is_used() -> None:
    """Also of a definition that no other refers to."""
    user = model("User", ("kind", ref("Kind")), ("all", ListOf(ref("Kind"))))
    for others in ((user,), ()):
        assert told(made_of(enum("Kind", "a"), *others), made_of(enum("Kind", "a", "b"), *others)) == [("value-added-closed", 'Kind."b"')]


def test_openness_is_that_of_those_who_read_and_of_those_who_are_written_to() -> None:
    """A new value surprises readers by the old pages; a value that is gone is refused by the new ones."""
    old, new = enum("Kind", "a", "b", is_open=True), enum("Kind", "a", "c", is_open=False)
    assert told(made_of(old), made_of(new)) == [("enum-closed", "Kind"), ("value-added-open", 'Kind."c"'), ("value-removed-closed", 'Kind."b"')]


def test_types_that_go_round_in_circles() -> None:
    """An alias may stand for lists of itself; two such are held against each other once."""
    old = alias("J", OneOf((Scalar("string"), ListOf(ref("J")))))
    new = alias("K", OneOf((Scalar("integer"), ListOf(ref("K")))))
    users = [model("User", ("of", ListOf(ref(name)))) for name in ("J", "K")]
    assert told(made_of(old, users[0]), made_of(new, users[1])) == [
        ("definition-added", "K"),
        ("definition-removed", "J"),
        ("option-added", "User.of[]"),
        ("option-removed", "User.of[]"),
    ]
    same = alias("K", OneOf((Scalar("string"), ListOf(ref("K", "inner/")))), "inner/")
    user = model("User", ("of", ListOf(ref("K", "inner/"))))
    assert told(made_of(old, users[0]), made_of(same, user)) == [("definition-renamed", "K")]


# What is not called breaking does not break: asked of the packages that are made of the two states.

_TURNS: tuple[tuple[TypeExpr, TypeExpr], ...] = (*WIDER, *((new, old) for old, new in WIDER))


@st.composite
def turned(draw: st.DrawFn, type_: TypeExpr) -> TypeExpr:
    """The type with something in it a little wider or narrower, or nothing."""
    match type_:
        case ListOf(item) if draw(st.booleans()):
            return ListOf(draw(turned(item)))
        case MapOf(key, value) if draw(st.booleans()):
            return MapOf(key, draw(turned(value)))
        case Nullable(inner):
            return draw(st.sampled_from([inner, type_]))
        case OneOf(options):
            left_out = draw(st.integers(0, len(options)))
            return make_union([draw(turned(one)) for at, one in enumerate(options) if at != left_out])
    ways = [make_nullable(type_), make_union([type_, Scalar("boolean")]), type_]
    return draw(st.sampled_from([*ways, *(new for old, new in _TURNS if old == type_)]))


@st.composite
def neighbours(draw: st.DrawFn) -> tuple[Schema, Schema]:
    """A schema, and one in which fields, values and aliases are a little other."""
    old = draw(strategies.schemas(strategies.tame))
    made: list[Definition] = []
    for one in old.definitions:
        match one:
            case Model(fields=fields, additional=None):
                kept = fields[: draw(st.integers(max(0, len(fields) - 1), len(fields)))]
                rows = [field._replace(type=draw(turned(field.type)), required=draw(st.sampled_from([field.required, True]))) for field in kept]
                made.append(one._replace(fields=tuple(rows)))
            case Alias(type=type_):
                made.append(one._replace(type=draw(turned(type_))))
            case Enum(values=values):
                left = values[: draw(st.integers(1, len(values)))]
                made.append(one._replace(values=left, open=draw(st.sampled_from([one.open, False]))))
            case _:
                made.append(one)
    return old, Schema(tuple(break_cycles(made, Diagnostics())))


@settings(max_examples=25, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.data(), neighbours(), st.booleans())
def test_what_is_not_breaking_breaks_nothing(data: st.DataObject, pair: tuple[Schema, Schema], back: bool) -> None:
    """Data by the new pages is read by the old package where no change breaks readers; and by the new one likewise."""
    old, new = reversed(pair) if back else pair
    found = judged(changes(old, new), strict=False)
    broken = {who for each in found for who, verdict_ in (("readers", each.readers), ("writers", each.writers)) if verdict_ == "breaking"}
    assume(len(broken) < 2 and found)
    for who, source, reader in (("readers", new, old), ("writers", old, new)):
        if who in broken:
            continue
        with emitted.emitted(source) as sent, emitted.emitted(reader) as package:
            values = strategies.Values(source, sent)
            root = next(one for one in source.definitions if one.name == "Root")
            assume(root.key in values.depths)
            document = data.draw(values.objects(root)).json
            assert package.Root.from_dict(document) is not None
