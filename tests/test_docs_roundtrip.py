"""Schema -> written docs -> schema: the very same, whatever stands in it; the worked example shows every idea."""

from __future__ import annotations

import json
import string
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import emitted
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading.canonical import make_const, make_nullable, make_union
from fieldsmith.reading.discriminators import Discriminators
from fieldsmith.reading.graph import break_cycles
from fieldsmith.reading.sources import find
from fieldsmith.schema import (
    UNCONSTRAINED,
    Alias,
    Definition,
    Discriminator,
    Enum,
    EnumValue,
    Field,
    ListOf,
    MapOf,
    Model,
    OneOf,
    Ref,
    Scalar,
    ScalarKind,
    Schema,
    TypeExpr,
)
from fieldsmith.writing import naming, python
from fieldsmith.writing.plans import Rendered, Settings
from readback import NOWHERE, read, without_places
from rendering import active
from test_mdtext import BITS

SPEC = Path(__file__).parents[1] / "spec"


def write(schema: Schema) -> tuple[Rendered, ...]:
    names = naming.Names({}, {}, {}, {}, {})
    package = python.package(schema, names, Settings(targets=("docs",)))
    return tuple(emitted.print_package(package))


def pages_of(written: Iterable[Rendered]) -> list[tuple[str, str]]:
    return [(file.path.removeprefix("docs/"), file.text) for file in written]


# The worked example


def spec_pages() -> list[tuple[str, str]]:
    diagnostics = Diagnostics()
    _, sources = find([SPEC], diagnostics)
    assert len(diagnostics) == 0
    return [(source.path, source.text) for source in sources]


def test_example_is_read_without_findings_and_written_alike() -> None:
    diagnostics = Diagnostics()
    schema = read(spec_pages(), diagnostics)
    again = read(pages_of(write(schema)), diagnostics)
    assert list(diagnostics) == []
    assert without_places(again) == without_places(schema)


def test_written_docs_are_written_alike_from_themselves() -> None:
    written = write(read(spec_pages(), Diagnostics()))
    assert write(read(pages_of(written), Diagnostics())) == written


def test_example_shows_every_idea() -> None:
    text = repr(read(spec_pages(), Diagnostics()))
    for idea in ("Model(", "Enum(", "Alias(", "OneOf(", "Discriminator(", "Nullable(", "Const(", "MapOf(", "ListOf(", "minimum=0"):
        assert idea in text
    assert "deprecation='" in text and "open=True" in text and "additional=Scalar(" in text
    for kind in ("datetime", "date", "integer", "number", "uuid", "bytes", "any"):
        assert f"kind='{kind}'" in text


def test_links_of_written_docs_lead_to_written_pages() -> None:
    written = write(read(spec_pages(), Diagnostics()))
    paths = {Path("/") / file.path for file in written}
    for file in written:
        for part in file.text.split("](")[1:]:
            target = part.partition(")")[0].partition("#")[0]
            if target and "://" not in target:
                assert (Path("/") / file.path).parent.joinpath(target).resolve() in paths, f"{file.path}: {target}"


# Schemas of all sorts

HIDDEN = {"\u200b", "\ufe0f", "\u2028", "\r"}  # taken out, or refused, when pages are read
KINDS: tuple[ScalarKind, ...] = get_args(ScalarKind)
TEXT = st.one_of(
    st.lists(st.sampled_from([bit for bit in BITS if bit not in HIDDEN]), max_size=8).map("".join),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=20),
)
LINE = st.one_of(st.just("*"), TEXT.filter(lambda text: bool(text.strip())))
TITLES = st.text(string.ascii_letters + string.digits + "_", min_size=1, max_size=8).map("T".__add__)
SCALARS = st.one_of(TEXT, st.integers(-(10**14), 10**14), st.booleans(), st.sampled_from([0.5, -1.25, 1e-7, 2.0]))
PATHS = ("a.md", "b c.md", "x/d.md", "x/y/e.md", "x/\u00fc(1).md", "z/f.md")


def types(refs: list[Ref]) -> st.SearchStrategy[TypeExpr]:
    leaves = st.one_of(
        st.sampled_from(KINDS).map(Scalar),
        SCALARS.map(make_const),
        st.sampled_from([*refs, Ref(None, "http.Response")]),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            inner.map(ListOf),
            st.builds(MapOf, inner, inner),
            inner.map(make_nullable),
            st.lists(inner, min_size=2, max_size=4).map(make_union),
        ),
        max_leaves=6,
    )


COUNTS = st.integers(0, 10**9)
NUMBERS = st.one_of(st.integers(-(10**20), 10**20), st.floats(allow_nan=False, allow_infinity=False))
BOUNDS: dict[str, dict[str, st.SearchStrategy[object]]] = {
    "text": {"min_length": COUNTS, "pattern": TEXT},
    "number": {"minimum": NUMBERS, "exclusive_maximum": NUMBERS, "multiple_of": NUMBERS.filter(lambda n: n > 0)},
    "list": {"max_items": COUNTS, "unique_items": st.booleans()},
}


def constrained(field: Field) -> st.SearchStrategy[Field]:
    """The field with some constraints that its type has a measure for."""
    kinds = {Scalar("string"): "text", Scalar("integer"): "number", Scalar("decimal"): "number"}
    kind = "list" if isinstance(field.type, ListOf) else kinds.get(field.type, "")
    some = st.fixed_dictionaries({}, optional=BOUNDS.get(kind, {}))
    return some.map(lambda found: field._replace(constraints=UNCONSTRAINED._replace(**found)))


@st.composite
def definitions(draw: st.DrawFn, key: str, title: str, refs: list[Ref]) -> Definition:
    space = key.partition("#")[0].rpartition("/")[0].replace("/", ".")
    head = (key, title, space, draw(TEXT), draw(st.none() | TEXT), NOWHERE)
    kind = draw(st.sampled_from(["model", "enum", "alias", "union"]))
    if kind == "model":
        columns = (
            types(refs),
            st.booleans(),
            TEXT,
            st.none() | LINE,
            st.none() | LINE,
            st.none() | TEXT,
            st.just(NOWHERE),
        )
        places = {"example_at": st.just(NOWHERE), "default_at": st.just(NOWHERE), "wire": st.none() | LINE}
        row = st.builds(Field, LINE, *columns, st.just(UNCONSTRAINED), **places).flatmap(constrained)
        rows = draw(st.lists(row, max_size=4, unique_by=lambda field: field.name))
        return Model(*head, tuple(rows), draw(st.none() | types(refs)))
    if kind == "enum":
        value = st.builds(EnumValue, LINE, st.none() | SCALARS, TEXT, st.just(NOWHERE))
        values = draw(st.lists(value, min_size=1, max_size=4, unique_by=lambda value: value.name))
        if draw(st.booleans()):
            values = list({json.dumps(value.value): value._replace(name=None) for value in values}.values())
        return Enum(*head, tuple(values), draw(st.booleans()))
    if kind == "union" and len(refs) > 1:
        tags = draw(st.lists(TEXT, min_size=len(refs), max_size=len(refs), unique=True))
        mapping = tuple((tag, ref.key) for tag, ref in zip(tags, refs, strict=True) if ref.key is not None)
        field = draw(LINE.filter(lambda text: "\n" not in text))
        return Alias(*head, OneOf(tuple(refs), Discriminator(field, mapping)))
    return Alias(*head, draw(types(refs)))


def _telling(one: Definition, made: list[Definition]) -> Definition:
    """A model with the fields by which unions tell it from others, for else their discriminators make no sense."""
    unions = [other.type for other in made if isinstance(other, Alias) and isinstance(other.type, OneOf)]
    found = (union.discriminator for union in unions if union.discriminator is not None)
    names = {each.field for each in found if any(key == one.key for _, key in each.mapping)}
    if not isinstance(one, Model):
        return one
    missing = sorted(names - {field.name for field in one.fields})
    more = (Field(name, Scalar("string"), True, "", None, None, None, NOWHERE) for name in missing)
    return one._replace(fields=(*one.fields, *more))


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    titles = draw(st.lists(TITLES, min_size=1, max_size=5, unique_by=str.lower))
    paths = sorted(draw(st.sampled_from(PATHS)) for _ in titles)
    refs = [Ref(f"{path}#{title}", title) for path, title in zip(paths, titles, strict=True)]
    made = [draw(definitions(str(ref.key), ref.name, refs)) for ref in refs]
    ended = break_cycles([_telling(one, made) for one in made], Diagnostics())
    told = {one.key: one.type.discriminator for one in ended if isinstance(one, Alias) and isinstance(one.type, OneOf)}
    stated = {key: found for key, found in told.items() if found is not None}
    return Schema(tuple(map(Discriminators(ended, stated, Diagnostics()).complete, ended)))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(schemas())
def test_any_schema_comes_back(schema: Schema) -> None:
    written = write(schema)
    diagnostics = Diagnostics()
    again = read(pages_of(written), diagnostics)
    assert without_places(again) == without_places(schema)
    assert [found for found in diagnostics if found.code in ("FS100", "FS101", "FS103", "FS104", "FS105")] == []
    for file in written:
        assert active(file.text).hits == []


def test_a_field_may_be_called_what_stands_for_further_keys() -> None:
    star = Field("*", Scalar("string"), True, "", None, None, None, NOWHERE)
    struck = star._replace(deprecation="")
    for rows, further in (((star,), None), ((struck,), None), ((star,), Scalar("any"))):
        schema = Schema((Model("a.md#A", "A", "", "", None, NOWHERE, rows, further),))
        assert without_places(read(pages_of(write(schema)), Diagnostics())) == without_places(schema)
