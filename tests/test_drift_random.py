"""Whatever pages say, what is made of them does not drift from them."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import emitted
import strategies
from emitted import alias, enum, made_of, model, ref
from fieldsmith.comparing.rekeying import rekeyed, retyped
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.drifting import classes, jsonschema
from fieldsmith.drifting.aligning import aligned
from fieldsmith.drifting.allowing import allowed
from fieldsmith.drifting.findings import Drift, drifts
from fieldsmith.drifting.learning import LEARNED, facts
from fieldsmith.drifting.others import Other
from fieldsmith.drifting.overlays import overlay
from fieldsmith.driftsettings import Allowed
from fieldsmith.schema import Const, ListOf, OneOf, Scalar, Schema
from fieldsmith.writing.naming import name_all
from fieldsmith.writing.plans import Settings
from test_linear import grows_evenly, lines_run


def found(schema: Schema, other: Other) -> list[Drift]:
    names = name_all(schema, Settings(), Diagnostics())
    return list(drifts(schema, names, other, aligned(schema, names, other)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.schemas(pets=True))
def test_emitted_packages_do_not_drift(schema: Schema) -> None:
    diagnostics = Diagnostics()
    with emitted.emitted(schema) as package:
        other = classes.read(package.__name__, diagnostics)
    assert other is not None and not list(diagnostics), list(diagnostics)
    assert found(schema, other) == []


def _wide(size: int) -> Schema:
    """Fields, values, options and definitions by the number."""
    kinds = enum("Kind", *(f"v{at}" for at in range(size)))
    rows = model("Many", *((f"f{at}", ListOf(ref(f"M{at % 10}"))) for at in range(size)))
    others = (model(f"M{at}", (f"f{at}", Scalar("string")), ("kind", ref("Kind"))) for at in range(max(10, size // 10)))
    union = alias("Any", OneOf(tuple(Const(f"v{at}") for at in range(size))))
    return made_of(kinds, rows, union, *others)


def _other_side(schema: Schema) -> Other:
    """The same under other keys and names, and every field of another type."""
    keys = {one.key: one.key.upper() for one in schema.definitions}
    anew = [rekeyed(one, keys, {})._replace(key=keys[one.key], name=one.name.lower()) for one in schema.definitions]
    made = [retyped(one, lambda type_: Scalar("integer") if type_ == Scalar("string") else type_) for one in anew]
    return Other("other", "other", Schema(tuple(made)), {})


def test_work_grows_with_the_definitions() -> None:
    def compare(size: int) -> int:
        schema = _wide(size)
        other = _other_side(schema)
        names = name_all(schema, Settings(), Diagnostics())
        assert found(schema, other)

        def act() -> None:
            sides = aligned(schema, names, other)
            allow = [Allowed(each.at, frozenset({each.code}), None, each.span) for each in drifts(schema, names, other, sides)]
            assert allowed(drifts(schema, names, other, sides), allow, "other") == ([], [])
            overlay(facts(schema, names, sides, LEARNED))

        return lines_run(act)

    work = [compare(size) for size in (100, 200, 400)]
    assert grows_evenly(work), work


_WORDS = (
    *("$ref", "type", "enum", "const", "properties", "required", "items", "prefixItems", "additionalProperties", "allOf", "anyOf", "oneOf"),
    *("format", "nullable", "discriminator", "mapping", "propertyName", "default", "minimum", "exclusiveMinimum", "title", "not", "$id", "propertyNames"),
)  # fmt: skip
_TEXTS = st.sampled_from(["#", "#/$defs/A", "#/$defs/A/properties/b", "a.json", "%", "string", "object", "array", "null", "date", "A", "b", ""])
_DOCUMENTS = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-2, 9), _TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(_WORDS), inner, max_size=4), st.dictionaries(_TEXTS, inner, max_size=2)
    ),
    max_leaves=12,
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=_DOCUMENTS, second=_DOCUMENTS)
def test_no_document_is_too_much(tmp_path: Path, first: object, second: object) -> None:
    """Whatever stands in a document is read or is a finding."""
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"$defs": {"A": first, "B": {"properties": {"b": second, "c": {"$ref": "#/$defs/A"}}}}}), "utf-8")
    diagnostics = Diagnostics()
    other = jsonschema.read("a.json", str(file), 10**6, diagnostics)
    assert other is not None
    schema = made_of(model("A", ("b", "string")), model("B", ("b", "string"), ("c", ref("A"))))
    found(schema, other)
