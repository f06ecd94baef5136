"""Schema -> JSON Schema and OpenAPI: valid documents that say all that the pages say."""

from __future__ import annotations

import json
import posixpath
import re
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from emitted import alias, enum, made_of, model, print_package, ref
from fieldsmith import cli
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.schema import Const, Constraints, Discriminator, ListOf, MapOf, Nullable, OneOf, Ref, Scalar, Schema
from fieldsmith.writing import jsonschema, openapi, printing, templates
from fieldsmith.writing.jsoncheck import _WORDS, check_json
from fieldsmith.writing.jsontext import JsonView
from fieldsmith.writing.plans import FilePlan, Settings
from fieldsmith.writing.python import Package
from fieldsmith.writing.render import render
from fieldsmith.writing.surprise import Surprise
from strategies import schemas
from test_cases import CASES, built

OURS = "x-fieldsmith-"
ROOT = Path(__file__).parents[1]


def package(schema: Schema, chosen: Settings | None = None) -> Package:
    made: Package | None = printing.prepare(schema, chosen or Settings(), Diagnostics())
    assert made is not None
    return made


def definitions(*given_: Any, chosen: Settings | None = None) -> dict[str, Any]:
    found: dict[str, Any] = jsonschema.bundle(package(made_of(*given_), chosen))["$defs"]
    return found


def plain(value: Any) -> Any:
    """A schema without the keywords that tell of names and places."""
    if isinstance(value, dict):
        told = ("key", "python", "module", "source")
        return {k: plain(v) for k, v in value.items() if k not in [OURS + one for one in told] and k != "title"}
    return [plain(one) for one in value] if isinstance(value, list) else value


def fields(*rows: Any, others: tuple[Any, ...] = (), **more: Any) -> dict[str, Any]:
    """The properties of a model of these rows."""
    found: dict[str, Any] = plain(definitions(model("Thing", *rows), *others, **more)["Thing"]["properties"])
    return found


def hold_valid(made: Package) -> None:
    """Both documents are what their specifications ask for."""
    bundle, document = jsonschema.bundle(made), openapi.document(made)
    Draft202012Validator.check_schema(bundle)
    validate(document)
    for found, place in ((bundle, bundle["$defs"]), (document, document["components"]["schemas"])):
        assert len(place) == len(made.schema.definitions)
        for target in references(found):
            at: Any = found
            for part in target.removeprefix("#/").split("/"):
                at = at[part]


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [each for inner in value.values() for each in references(inner)]
    return [each for inner in value for each in references(inner)] if isinstance(value, list) else []


@settings(max_examples=60)
@given(schemas(pets=True))
def test_any_schema_is_exported_validly(schema: Schema) -> None:
    hold_valid(package(schema))
    hold_valid(package(schema, Settings(extra="forbid", enums="open")))


@settings(max_examples=40)
@given(schemas(pets=True))
def test_files_refer_to_each_other(schema: Schema) -> None:
    """Each file of the target is valid alone, and all that it refers to is there and is what the bundle has of it."""
    made = package(schema, Settings(targets=("jsonschema", "openapi")))
    texts = {file.path: json.loads(file.text) for file in print_package(made)}
    assert texts.pop("openapi.json") == openapi.document(made)
    bundle = jsonschema.bundle(made)["$defs"]
    assert len(texts) == len(bundle)
    by_key = {one["x-fieldsmith-key"]: one for one in bundle.values()}
    for path, found in texts.items():
        Draft202012Validator.check_schema(found)
        whole = by_key[found["x-fieldsmith-key"]]
        assert len(found) == len(whole) + 2
        theirs, ours = references(whole), references(found)
        assert len(theirs) == len(ours)
        for target, other in zip(ours, theirs, strict=True):
            file = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            assert texts[file]["x-fieldsmith-key"] == bundle[other.removeprefix("#/$defs/")]["x-fieldsmith-key"]


@pytest.mark.parametrize("wrong", ['"type": "string", "pattern": "(a+)+b"', '"type": "integer"', "", '"type": "string"]'])
def test_what_is_printed_is_read_again(wrong: str) -> None:
    """A document other than planned, and a text that no page says, must not be written."""
    made = package(made_of(model("Thing", ("a", "string"))), Settings(targets=("jsonschema",)))
    (plan,) = printing.page_plans(made, "thing.md")
    (file,) = render([plan], templates.load(None))
    spoilt = file._replace(text=file.text.replace('"type": "string"', wrong))
    for texts in (file, spoilt):
        with nullcontext() if texts is file else pytest.raises(Surprise):
            check_json(made, made.schema.definitions, [plan], [texts], templates.load(None))


def test_texts_that_no_page_says() -> None:
    made = package(made_of(model("Thing", ("a", "string"))), Settings(targets=("openapi",)))
    plan = FilePlan("openapi.json", "openapi/openapi.json.jinja", JsonView({"a": "rm -rf /"}))
    with pytest.raises(Surprise, match="a text that no page says: rm -rf /"):
        check_json(made, made.schema.definitions, [plan], render([plan], templates.load(None)), templates.load(None))


def test_scalars() -> None:
    kinds = ("string", "integer", "number", "boolean", "bytes", "date", "datetime", "time", "duration", "decimal", "uuid")
    assert fields(*((kind, kind) for kind in (*kinds, "null", "any"))) == {
        "string": {"type": "string"},
        "integer": {"type": "integer"},
        "number": {"type": "number"},
        "boolean": {"type": "boolean"},
        "bytes": {"type": "string", "contentEncoding": "base64"},
        "date": {"type": "string", "format": "date"},
        "datetime": {"type": "string", "format": "date-time"},
        "time": {"type": "string", "format": "time"},
        "duration": {"type": "string", "format": "duration"},
        "decimal": {"type": ["string", "number"], "format": "decimal"},
        "uuid": {"type": "string", "format": "uuid"},
        "null": {"type": "null"},
        "any": {},
    }


def test_lists_maps_and_what_is_outside() -> None:
    found = fields(
        ("a", ListOf(Scalar("integer"))),
        ("b", MapOf(Scalar("string"), Scalar("integer"))),
        ("c", MapOf(Scalar("integer"), Scalar("any"))),
        ("d", Ref(None, "Outside")),
        ("e", ref("Thing")),
    )
    assert found == {
        "a": {"type": "array", "items": {"type": "integer"}},
        "b": {"type": "object", "additionalProperties": {"type": "integer"}},
        "c": {"type": "object", "additionalProperties": {}, "x-fieldsmith-keys": {"type": "integer"}},
        "d": {"x-fieldsmith-outside": "Outside"},
        "e": {"$ref": "#/$defs/Thing"},
    }


def test_nullable_is_in_the_type() -> None:
    found = fields(
        ("a", Nullable(Scalar("string"))),
        ("b", Nullable(Scalar("decimal"))),
        ("c", Nullable(Const("x"))),
        ("d", Nullable(ref("Thing")), False),
    )
    assert found == {
        "a": {"type": ["string", "null"]},
        "b": {"type": ["string", "number", "null"], "format": "decimal"},
        "c": {"anyOf": [{"type": "string", "const": "x"}, {"type": "null"}]},
        "d": {"anyOf": [{"$ref": "#/$defs/Thing"}, {"type": "null"}]},
    }


def test_presence_and_further_keys() -> None:
    one = model("Thing", ("a", "string"), ("b", "string", False))
    assert plain(definitions(one))["Thing"] == {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        "required": ["a"],
    }
    assert definitions(one, chosen=Settings(extra="forbid"))["Thing"]["additionalProperties"] is False
    assert definitions(one, chosen=Settings(extra="keep"))["Thing"]["additionalProperties"] == {}
    counts = model("Counts", additional="integer")
    for extra in ("ignore", "keep", "forbid"):
        found = definitions(counts, chosen=Settings(extra=extra))["Counts"]
        assert plain(found) == {"type": "object", "properties": {}, "additionalProperties": {"type": "integer"}}


def test_enums_and_their_names() -> None:
    colour = enum("Colour", "red", "dark blue", names=("Red", "DarkBlue"))
    colour = colour._replace(values=(colour.values[0]._replace(doc="warm"), colour.values[1]))
    shade = enum("Shade", "dark", 2, 0.5, is_open=True)
    found = plain(definitions(colour, shade))
    assert found["Colour"] == {
        "type": "string",
        "enum": ["red", "dark blue"],
        "x-enum-varnames": ["RED", "DARK_BLUE"],
        "x-enum-descriptions": ["warm", ""],
        "x-fieldsmith-names": ["Red", "DarkBlue"],
    }
    assert found["Shade"] == {
        "anyOf": [
            {"enum": ["dark", 2, 0.5], "x-enum-varnames": ["DARK", "VALUE_2", "VALUE_0_5"]},
            {"type": "string"},
            {"type": "integer"},
            {"type": "number"},
        ]
    }
    assert "anyOf" in definitions(colour, chosen=Settings(enums="open"))["Colour"]


def test_unions_told_by_constants() -> None:
    one, two = model("One", ("kind", Const("one"))), model("Two", ("kind", Const("two")))
    told = Discriminator("kind", (("one", one.key), ("two", two.key)))
    pair = alias("Pair", Nullable(OneOf((ref("One"), ref("Two")), told)))
    mapping = {"one": "#/$defs/One", "two": "#/$defs/Two"}
    found = plain(definitions(one, two, pair)["Pair"])
    assert found == {
        "anyOf": [
            {
                "oneOf": [{"$ref": "#/$defs/One"}, {"$ref": "#/$defs/Two"}],
                "x-fieldsmith-discriminator": {"propertyName": "kind", "mapping": mapping},
            },
            {"type": "null"},
        ]
    }
    document = openapi.document(package(made_of(one, two, pair)))
    assert document["components"]["schemas"]["Pair"]["anyOf"][0]["discriminator"] == {
        "propertyName": "kind",
        "mapping": {"one": "#/components/schemas/One", "two": "#/components/schemas/Two"},
    }


def test_unions_told_by_the_page_alone() -> None:
    """Members that look alike: the tag selects, and what it selects has to fit."""
    one, two = model("One", ("kind", "string"), ("a", "integer")), model("Two", ("kind", "string"))
    told = Discriminator("kind", (("one", one.key), ("two", two.key)))
    pair = alias("Pair", OneOf((ref("One"), ref("Two")), told))
    bundle = jsonschema.bundle(package(made_of(one, two, pair)))
    check = Draft202012Validator({**bundle, "$ref": "#/$defs/Pair"}).is_valid
    assert check({"kind": "one", "a": 1}) and check({"kind": "two"}) and check({"kind": "two", "a": "x"})
    for wrong in ({"kind": "one"}, {"kind": "three", "a": 1}, {"a": 1}, {"kind": 1, "a": 1}, "one", []):
        assert not check(wrong)


def test_words_names_and_places() -> None:
    one = model("Thing", ("dueDate", "string"))._replace(doc="A thing.", deprecation="Use it no more.")
    row = one.fields[0]._replace(doc="When.", deprecation="", example="soon", default='"now"')
    found = definitions(one._replace(fields=(row,)), chosen=Settings(wire_names="snake_case"))["Thing"]
    assert found == {
        "title": "Thing",
        "description": "A thing.",
        "deprecated": True,
        "x-fieldsmith-deprecation": "Use it no more.",
        "type": "object",
        "properties": {
            "due_date": {
                "type": "string",
                "description": "When.",
                "deprecated": True,
                "default": "now",
                "x-fieldsmith-default": '"now"',
                "examples": ["soon"],
                "x-fieldsmith-example": "soon",
                "x-fieldsmith-name": "dueDate",
                "x-fieldsmith-python": "due_date",
                "x-fieldsmith-source": "thing.md:7:3",
            }
        },
        "required": ["due_date"],
        "x-fieldsmith-key": "thing.md#Thing",
        "x-fieldsmith-python": "Thing",
        "x-fieldsmith-module": "thing",
        "x-fieldsmith-source": "thing.md:1:3",
    }


@pytest.mark.parametrize(
    "type_, text, value",
    [
        (Scalar("string"), "abc", ["abc"]),
        (Scalar("string"), "12", ["12"]),
        (Scalar("string"), '"12"', ["12"]),
        (Scalar("integer"), "12", [12]),
        (Scalar("integer"), "twelve", None),
        (Scalar("integer"), "true", None),
        (Scalar("number"), "1.5", [1.5]),
        (Scalar("number"), "NaN", None),
        (Scalar("number"), "1e400", None),
        (Scalar("any"), "[1e400]", ["[1e400]"]),
        (Scalar("decimal"), "1.50", ["1.50"]),
        (Scalar("boolean"), "true", [True]),
        (Scalar("date"), "2024-02-29", ["2024-02-29"]),
        (Scalar("any"), "abc", ["abc"]),
        (Scalar("any"), "[1, null]", [[1, None]]),
        (ListOf(Scalar("integer")), "[1]", [[1]]),
        (ListOf(Scalar("integer")), "1, 2", None),
        (Nullable(Scalar("integer")), "null", [None]),
        (ref("Level"), "1", [1]),
        (ref("Level"), "3", None),
        (ref("Level"), "low", None),
        (ref("Thing"), '{"a": 1}', [{"a": 1}]),
        (Const("x"), "x", ["x"]),
        (Const("x"), "y", None),
        (Scalar("string"), "[" * 100_000, ["[" * 100_000]),
        (Scalar("integer"), "9" * 10_000, None),
    ],
)
def test_examples_are_values_of_their_type(type_: Any, text: str, value: list[Any] | None) -> None:
    one = model("Thing", ("a", type_))
    row = one.fields[0]._replace(example=text)
    found = definitions(one._replace(fields=(row,)), enum("Level", 1, 2))["Thing"]["properties"]["a"]
    assert found["x-fieldsmith-example"] == text
    assert found.get("examples") == value


def test_constraints() -> None:
    """In the words of JSON Schema; a pattern that nobody here can read is no pattern to be checked by."""
    one = model("Thing", ("a", "string"), ("b", Nullable(Scalar("string"))), ("c", ListOf(Scalar("integer"))))
    a, b, c = one.fields
    a = a._replace(constraints=Constraints(min_length=1, max_length=5, pattern="^[a-z]+$"))
    b = b._replace(constraints=Constraints(pattern="^(a{2"))
    c = c._replace(constraints=Constraints(min_items=1, unique_items=True))
    found = definitions(one._replace(fields=(a, b, c)))
    assert plain(found)["Thing"]["properties"] == {
        "a": {"type": "string", "minLength": 1, "maxLength": 5, "pattern": "^[a-z]+$"},
        "b": {"type": ["string", "null"], "x-fieldsmith-pattern": "^(a{2"},
        "c": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "uniqueItems": True},
    }
    hold_valid(package(made_of(one._replace(fields=(a, b, c)))))


@pytest.mark.parametrize(
    "type_, constraints, text, valid",
    [
        (Scalar("datetime"), Constraints(), "2024-02-29T10:00:00Z", True),
        (Scalar("datetime"), Constraints(), "2023-02-29T10:00:00Z", False),
        (Scalar("datetime"), Constraints(), "2024-02-29T10:00:00", False),
        (Scalar("date"), Constraints(), "2023-02-29", False),
        (Scalar("time"), Constraints(), "10:00:00Z", False),
        (Scalar("time"), Constraints(), "10:00:00", False),
        (Scalar("integer"), Constraints(minimum=1), "0", False),
        (Scalar("integer"), Constraints(minimum=1, exclusive_maximum=3), "2", True),
        (Scalar("integer"), Constraints(exclusive_maximum=3), "3", False),
        (Scalar("integer"), Constraints(exclusive_minimum=3), "3", False),
        (Scalar("string"), Constraints(max_length=2), "abc", False),
        (Scalar("string"), Constraints(pattern="(a+)+$"), "a" * 60 + "b", False),
        (ListOf(Scalar("integer")), Constraints(min_items=1), "[]", False),
        (ListOf(Scalar("date")), Constraints(), '["2023-02-29"]', False),
        (MapOf(Scalar("string"), Scalar("date")), Constraints(), '{"a": "2024-02-29"}', True),
        (ref("Part"), Constraints(), "{}", False),
        (ref("Part"), Constraints(), '{"n": 1}', True),
        (ref("Part"), Constraints(), '{"n": 7}', False),
        (ref("Part"), Constraints(), '{"n": 1, "m": 2}', False),
        (Nullable(Scalar("string")), Constraints(), "null", True),
    ],
)
def test_defaults_are_valid(type_: Any, constraints: Constraints, text: str, valid: bool) -> None:
    """What a validator of documents would refuse is no `default`; the text stays."""
    part = model("Part", ("n", "integer"))
    part = part._replace(fields=(part.fields[0]._replace(constraints=Constraints(maximum=5)),))
    one = model("Thing", ("a", type_))
    one = one._replace(fields=(one.fields[0]._replace(default=text, constraints=constraints),))
    found = definitions(one, part, chosen=Settings(extra="forbid"))["Thing"]["properties"]["a"]
    assert found["x-fieldsmith-default"] == text and ("default" in found) == valid
    hold_valid(package(made_of(one, part), Settings(extra="forbid")))


def test_definitions_of_one_name_bear_their_folders() -> None:
    here, there = model("Thing", ("a", ref("Thing", "sub/deep/")), folder="ops/"), model("Thing", folder="sub/deep/")
    found = definitions(here, there)
    assert list(found) == ["ops.Thing", "sub.deep.Thing"]
    assert found["ops.Thing"]["properties"]["a"]["$ref"] == "#/$defs/sub.deep.Thing"
    hold_valid(package(made_of(here, there)))


def test_definitions_keep_their_order() -> None:
    made = package(made_of(model("Beta"), model("Alpha")))
    assert list(openapi.document(made)["components"]["schemas"]) == list(jsonschema.bundle(made)["$defs"]) == ["Beta", "Alpha"]


@pytest.mark.parametrize("name", sorted(folder.name for folder in CASES.iterdir() if folder.is_dir()))
def test_cases_are_exported_validly(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of each case, unless they hold an error."""
    job, made = built(CASES / name, monkeypatch, "names")
    if made.sound and made.schema is not None:
        hold_valid(package(made.schema, job.settings))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli._run(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("form", ["jsonschema", "openapi"])
def test_command(form: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example's pages, under this project's own settings; into a file the same."""
    monkeypatch.chdir(ROOT)
    code, out, err = run(capsys, "schema", "--format", form)
    assert (code, err) == (0, "") and out.isascii()
    document = json.loads(out)
    if form == "openapi":
        validate(document)
    else:
        Draft202012Validator.check_schema(document)
    thing = (document["$defs"] if form == "jsonschema" else document["components"]["schemas"])["Attachment"]
    assert thing["properties"]["file_id"]["x-fieldsmith-name"] == "fileId"
    file = tmp_path / "schema.json"
    assert run(capsys, "schema", "--format", form, "-o", str(file)) == (0, "", "")
    assert file.read_text() == out


def test_every_keyword_of_ours_is_documented() -> None:
    text = (ROOT / "SCHEMAS.md").read_text("utf-8")
    ours = {word for word in _WORDS.split() if word.startswith("x-")}
    assert len(ours) > 10 and not {word for word in ours if f"`{word}`" not in text}
    assert {*re.findall(r"`(x-[\w-]+)`", text)} <= ours


def test_command_stops_at_errors(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    header = "| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n"
    (tmp_path / "a.md").write_text(f"# A\n\n## Fields\n\n{header}| `\u4e2d` | `string` | yes | |\n", "utf-8")
    code, out, err = run(capsys, "schema", "a.md")
    assert (code, out) == (2, "") and "FS200" in err
