"""Texts of defaults and examples to JSON values, by type."""

from __future__ import annotations

import json

import pytest

import emitted
from fieldsmith.diagnostics import NOWHERE, Diagnostics
from fieldsmith.reading.canonical import make_nullable
from fieldsmith.reading.names import Names
from fieldsmith.reading.notations import NOTATIONS
from fieldsmith.reading.records import Cell
from fieldsmith.reading.typereading import TypeReader
from fieldsmith.schema import Constraints, Field, OneOf, Scalar, Schema
from fieldsmith.values import Misfit, Value, default_of, types_in, value_of

SCHEMA = Schema(
    (
        emitted.enum("State", "open", "shut", names=("OPEN", "SHUT")),
        emitted.enum("Level", 1, 2, names=("LOW", "HIGH")),
        emitted.enum("Shade", "dark", is_open=True, names=("DARK",)),
        emitted.model("Box", ("size", "integer", True)),
        emitted.alias("Amount", OneOf((Scalar("integer"), Scalar("string")))),
    )
)
TYPES = types_in(SCHEMA)
TITLES = [(one.span.path, (one.name,)) for one in SCHEMA.definitions]
READER = TypeReader(NOTATIONS["plain"], Names(TITLES), Diagnostics(), frozenset())
# type, text, JSON (or the misfit's reason behind `!`, or `nothing`)
ROWS = """
string => 10 => "10"
string => "10" => "10"
string => 'it' => "it"
string => `x` => "x"
string => true => "true"
string => 'tis => "'tis"
string => "tis => "\\"tis"
string => - => nothing
string => `-` => "-"
string => null => nothing
string | null => None => null
integer => 10 => 10
integer => `10` => 10
integer => 1.0 => 1.0
integer => 1.5 ! is no integer
integer => "10" ! is no integer
integer => ten ! is no integer
integer => true ! is no integer
integer => undefined => nothing
number => 1e400 ! is no number
number => NaN ! is no number
number => 0.5 => 0.5
boolean => True => true
boolean => `false` => false
boolean => yes ! is no boolean
decimal => 1.10 => "1.10"
decimal => 3 => 3
date => 2024-02-29 => "2024-02-29"
date => today ! is no date
date => 2023-02-29 ! is no date
datetime => 2023-02-29T10:00:00Z ! is no datetime
datetime => 2024-02-29T10:00:00Z => "2024-02-29T10:00:00Z"
uuid => 12345678-1234-5678-9ABC-123456789ABC => "12345678-1234-5678-9ABC-123456789ABC"
duration => P1D => "P1D"
duration => 1 day ! is no duration
bytes => YQ== => "YQ=="
any => 10 => 10
any => some => "some"
any => {} => {}
list[string] => [] => []
list[string] => ["a"] => ["a"]
list[string] => ['a', "it's"] => ["a", "it's"]
list[string] => [1] ! has 1 at [0], which is no string
list[map[string, string]] => [{a: 'x'}, {a: 'x', b: 0}] ! has 0 at [1].b, which is no string
list[string] => a ! is no list
list[boolean] => [True, False] => [true, false]
map[string, integer] => {a: 1, b: 2} => {"a": 1, "b": 2}
map[string, integer] => {"a" => 1} => {"a": 1}
map[string, integer] => {'a' => nil} ! has null at .a, which is no integer
State => open => "open"
State => "open" => "open"
State => OPEN => "open"
State => State.SHUT => "shut"
State => State_SHUT => "shut"
State => State::SHUT => "shut"
State => Other.SHUT ! is no State
State => ajar ! is no State
Shade => grey => "grey"
Level => 2 => 2
Level => HIGH => 2
Level => 3 ! is no Level
Box => {} => {}
Box => 1 ! is no Box
Amount => 10 => 10
Amount => ten => "ten"
integer | boolean => ten ! is no integer or boolean
"a" | "b" => b => "b"
"a" => b ! is no "a"
"""


@pytest.mark.parametrize("row", ROWS.strip().splitlines())
def test_texts_by_type(row: str) -> None:
    type_, _, rest = row.partition(" => ")
    text, mark, result = rest.rpartition(" ! " if " ! " in rest else " => ")
    read = READER.read(Cell(type_, NOWHERE), "state.md", "cell")
    assert list(READER.diagnostics) == []
    found = value_of(text, make_nullable(read.type) if read.nullable else read.type, TYPES)
    if mark == " ! ":
        assert isinstance(found, Misfit) and found.reason == result
    elif result == "nothing":
        assert found is None
    else:
        assert isinstance(found, Value) and json.dumps(found.json) == result


@pytest.mark.parametrize(
    ("type_", "text", "bounds", "broken"),
    [
        ("integer", "5", Constraints(minimum=5, maximum=5), ""),
        ("integer", "4", Constraints(minimum=5), "minimum: 5"),
        ("number", "5", Constraints(exclusive_minimum=5), "exclusiveMinimum: 5"),
        ("number", "5.5", Constraints(exclusive_maximum=5.5), "exclusiveMaximum: 5.5"),
        ("string", "12345", Constraints(max_length=4, maximum=3), "maxLength: 4"),
        ("string", "12345", Constraints(maximum=3, min_items=9), ""),
        ("list[string]", '["a"]', Constraints(min_items=2), "minItems: 2"),
        ("integer", "7", Constraints(multiple_of=5), "multipleOf: 5"),
        ("number", "0.3", Constraints(multiple_of=0.1), ""),
        ("number", "0.35", Constraints(multiple_of=0.1), "multipleOf: 0.1"),
        ("string", "1234567", Constraints(multiple_of=5), ""),
        ("boolean", "true", Constraints(minimum=5), ""),
        ("string", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", Constraints(pattern="(a+)+$"), ""),
    ],
)
def test_defaults_keep_to_bounds(type_: str, text: str, bounds: Constraints, broken: str) -> None:
    read = READER.read(Cell(type_, NOWHERE), "state.md", "cell")
    field = Field("a", read.type, False, "", None, text, None, NOWHERE, constraints=bounds)
    found = default_of(field, TYPES)
    assert (found.reason if isinstance(found, Misfit) else "") == (f"does not keep to `{broken}`" if broken else "")


def test_what_is_very_long_or_deep_is_no_literal() -> None:
    assert isinstance(value_of("[" * 100_000, Scalar("integer"), TYPES), Misfit)
    assert isinstance(value_of("9" * 100_000, Scalar("boolean"), TYPES), Misfit)
