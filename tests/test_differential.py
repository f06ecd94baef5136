"""Dataclasses, pydantic, msgspec and JSON Schema over the same documents: they agree, but for what is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from causes import Causes
from differing import KNOWN, Engines, engines, everything, unexplained
from fieldsmith.schema import Ref
from fieldsmith.writing.plans import Extra
from run_roundtrips import EXTRAS, root
from strategies import WRONG, Values, schemas, spoilt, tame, wild

# Forms that some reader or other takes for a value of some type.
FORMS: tuple[Any, ...] = (
    "2024-02-29T12:00:00", "2024-02-29 12:00:00Z", "2024-02-29t12:00:00z", "2024-02-29T12:00:00+05:30", "20240229",
    "2024-2-9", "2023-02-29", "2016-12-31T23:59:60Z", "0000-01-01", "12:00", "12:00:00Z", "24:00:00", "P1Y", "P1M",
    "P2W", "PT1H30M", "-P1D", "PT0.5S", "P1DT2H", "1 day", "12345678123456781234567812345678",
    "12345678-1234-5678-9ABC-123456789ABC", "1e5", "NaN", "+1", "01", ".5", "1_0", "YQ=", "YQ", "YQ==", "_-8=", "YR==",
    "YQ==\n", 2**70, 2**53 + 1, -(2**63) - 1, 1.5, 100.0, 0.1, -0.0, 1e-300, "1", "true", "\u00e9", "red", "blue", 2, 3,
)  # fmt: skip
OBJECTS: tuple[Any, ...] = (
    {"kind": "cat"}, {"kind": "cat", "n": 1}, {"kind": "dog", "n": "x"}, {"kind": "cow"}, {"n": 1}, {"x": 1},
    {"k": "1"}, {"k": "1", "x": 1}, {"k": "1", "x": "a"}, {"k": "2", "x": 1}, {"k": "2", "x": "a"}, {"k": "3"},
    {"a": 1}, {"a": 1, "b": "x"}, {"a": 1, "b": None}, {"a": 1, "b": 2}, {"a": "1"}, {"a": 1, "c": 2}, {"a": None},
    [1], [1.0], ["a"], [None, 1],
)  # fmt: skip
# Every example makes and imports models: nothing is made smaller after a failure, which would take minutes.
FEW = settings(max_examples=25, deadline=None, derandomize=True, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def things() -> Iterator[Engines]:
    with engines(everything()) as made:
        yield made


@pytest.mark.parametrize("known", KNOWN, ids=lambda one: f"{one['reader']}-{one['says']}-{one['cause']}")
def test_known_differences_are_there(known: dict[str, str], things: Engines) -> None:
    """An entry whose witness does not differ as it says has to go."""
    thing = root(things.package.schema, "Thing")
    document = {known["field"]: json.loads(known["value"])}
    assert (known["reader"], known["says"]) in [*things.differences(thing, json.dumps(document))]
    assert known["cause"] in Causes(things.package, things.found).of(Ref(thing.key, ""), document)
    assert known["reason"].endswith(".")


@pytest.mark.parametrize("field", [one.name for one in root(everything(), "Thing").fields])
def test_each_type_against_each_value(field: str, things: Engines) -> None:
    """Some thousand documents in all, each with one value in one field."""
    thing = root(things.package.schema, "Thing")
    for value in (*WRONG, *FORMS, *OBJECTS):
        assert not unexplained(things, thing, {field: value}), value


@FEW
@given(st.one_of(schemas(tame, pets=True), schemas(wild, pets=True)), EXTRAS, st.data())
def test_random_schemas(schema: Any, extra: Extra, data: st.DataObject) -> None:
    one = root(schema)
    with engines(schema, extra) as made:
        values = Values(schema, made.dataclasses)
        for _ in range(12 if one.key in values.depths else 0):
            document = data.draw(values.objects(one)).json
            for _ in range(data.draw(st.integers(0, 2))):
                document = data.draw(spoilt(document, st.sampled_from((*WRONG, *FORMS))))
            assert not unexplained(made, one, document), document
