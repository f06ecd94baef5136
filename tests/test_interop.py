"""Other libraries take the emitted dataclasses as they are: what works, and what each cannot do by its nature.

They see dataclasses, and so go by the attributes' names; names and rules of JSON are those of `from_dict` and `to_dict`.
UNSET is a member of an enum to them: where they write JSON it is left out by their option for defaults, if they have one.
"""

# No `from __future__ import annotations`: FastAPI evaluates what handlers are annotated with, and here that is local.

import copy
import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, get_args
from uuid import UUID

import cattrs
import cattrs.preconf.json
import msgspec
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import PlainSerializer, PlainValidator, TypeAdapter, ValidationError

import emitted
from emitted import alias, enum, made_of, model, ref
from fieldsmith.schema import Const, Discriminator, ListOf, MapOf, Nullable, OneOf, Scalar

EXAMPLE = Path(__file__).parents[1] / "generated" / "assistants"
STRING = Scalar("string")
NODE = ref("Node", "people/")
TAGS = tuple((title.lower(), ref(title).key or "") for title in ("Circle", "Square"))
SCHEMA = made_of(
    model(
        "Box", ("id", "uuid"), ("kind", ref("Kind")), ("shape", ref("Shape")), ("created_at", "datetime"),
        ("owner", NODE), ("level", ref("Level"), False), ("shapes", ListOf(ref("Shape")), False),
        ("counts", MapOf(STRING, Scalar("integer")), False), ("day", "date", False), ("time", "time", False),
        ("took", "duration", False), ("price", "decimal", False), ("blob", "bytes", False),
        ("note", Nullable(STRING), False), ("anything", "any", False),
        ("either", OneOf((STRING, ListOf(STRING), Scalar("integer"))), False),
    ),
    enum("Kind", "small", "large"),
    enum("Level", 1, 2),
    alias("Shape", OneOf((ref("Circle"), ref("Square")), Discriminator("type", TAGS))),
    model("Circle", ("type", Const("circle")), ("radius", "number")),
    model("Square", ("type", Const("square")), ("side", "number")),
    model(
        "Node", ("name", "string"), ("nodes", ListOf(NODE), False), ("mate", ref("Mate"), False), folder="people/"
    ),
    model("Mate", ("since", "datetime"), ("kind", ref("Kind")), ("nodes", MapOf(STRING, NODE), False)),
    model("Wired", ("assistantId", "string"), ("x-note", Nullable(STRING), False)),
)  # fmt: skip
MATE: dict[str, Any] = {"since": "2024-02-29T12:30:00+05:30", "kind": "large", "nodes": {"k": {"name": "c"}}}
OWNER: dict[str, Any] = {"name": "a", "nodes": [{"name": "b", "mate": MATE}], "mate": {**MATE, "nodes": {}}}
LEAST: dict[str, Any] = {
    "id": "12345678-1234-5678-1234-567812345678", "kind": "small", "shape": {"type": "square", "side": 2},
    "created_at": "2024-02-29T12:30:00Z", "owner": OWNER,
}  # fmt: skip
FULL: dict[str, Any] = LEAST | {
    "level": 2, "shapes": [{"type": "circle", "radius": 1.5}, {"type": "square", "side": 1}], "counts": {"a": 1, "b": 0},
    "day": "2024-02-29", "time": "12:30:00", "took": "P1DT3600S", "price": "1.10", "blob": "YWI=", "note": None,
    "anything": {"x": [1, None]}, "either": ["x"],
}  # fmt: skip
DOCUMENTS = pytest.mark.parametrize("document", [LEAST, FULL], ids=["least", "full"])


@pytest.fixture(scope="module")
def package() -> Iterator[Any]:
    with emitted.emitted(SCHEMA) as package:
        yield package


# dataclasses


def test_asdict_and_astuple(package: Any) -> None:
    """Nested models become dicts and tuples; UNSET stays the one that it is."""
    made = package.Box.from_dict(FULL)
    said = dataclasses.asdict(made)
    assert said["shapes"] == FULL["shapes"] and said["owner"]["mate"]["kind"] is package.Kind.LARGE
    assert said["price"] == Decimal("1.10") and said["counts"] == {"a": 1, "b": 0} and said["note"] is None
    assert list(said) == [field.name for field in dataclasses.fields(made)]
    assert dataclasses.astuple(made.shape) == ("square", 2)
    assert dataclasses.astuple(package.Box.from_dict(LEAST).owner)[1] == [
        ("b", None, (made.owner.mate.since, package.Kind.LARGE, {"k": ("c", None, None)}))
    ]
    absent = dataclasses.asdict(package.Box.from_dict(LEAST))
    assert absent["note"] is package.UNSET and absent["level"] is None
    assert package.Circle(**said["shapes"][0]) == made.shapes[0]


def test_replace_and_fields(package: Any) -> None:
    made = package.Box.from_dict(FULL)
    changed = dataclasses.replace(made, kind=package.Kind.LARGE, note=package.UNSET)
    assert changed.to_dict() == {key: value for key, value in (FULL | {"kind": "large"}).items() if key != "note"}
    assert made == package.Box.from_dict(FULL) and changed.owner is made.owner
    assert dataclasses.replace(made) == copy.copy(made) == made
    assert [field.metadata["wire"] for field in dataclasses.fields(package.Wired)] == ["assistantId", "x-note"]
    required = [field.name for field in dataclasses.fields(made) if field.default is dataclasses.MISSING]
    assert required == list(LEAST)
    with pytest.raises(TypeError, match="colour"):
        dataclasses.replace(made, colour="red")


# pydantic


@DOCUMENTS
def test_pydantic_takes_and_gives_objects(package: Any, document: Any) -> None:
    adapter = TypeAdapter(package.Box)
    made = package.Box.from_dict(document)
    assert adapter.validate_python(made) is made
    said = adapter.dump_python(made)
    assert said["kind"] is package.Kind.SMALL and said["shape"] == {"type": "square", "side": 2}
    again = adapter.validate_python(said)
    assert again == made and again.to_dict() == document
    lists = TypeAdapter(list[package.Shape])
    assert lists.validate_python(FULL["shapes"]) == package.Box.from_dict(FULL).shapes


@DOCUMENTS
def test_pydantic_reads_and_writes_json(package: Any, document: Any) -> None:
    """Left to itself pydantic writes UNSET as the text "UNSET", and reads text back; so defaults are left out.

    Bytes are UTF-8 text to it, not base64, and its own rules say what fits: `"1"` is an integer to it.
    """
    adapter = TypeAdapter(package.Box)
    made = package.Box.from_dict(document)
    text = adapter.dump_json(made, exclude_defaults=True)
    assert json.loads(text).keys() == document.keys()
    assert adapter.validate_json(text) == made
    said = adapter.dump_python(made, mode="json", exclude_defaults=True)
    assert said == json.loads(text) and said["owner"] == {**OWNER, "nodes": [{"name": "b", "mate": MATE}]}


def test_pydantic_says_json_schema(package: Any) -> None:
    """UNSET shows in it as an option of fields that may be absent or null; all else is as documented."""
    schema = TypeAdapter(package.Box).json_schema()
    assert {"Node", "Mate", "Circle", "Square", "Kind", "Level"} <= set(schema["$defs"])
    assert schema["required"] == list(LEAST)
    assert schema["$defs"]["Kind"]["enum"] == ["small", "large"] and schema["$defs"]["Level"]["enum"] == [1, 2]
    assert schema["$defs"]["Circle"]["properties"]["type"]["const"] == "circle"
    nodes = schema["$defs"]["Mate"]["properties"]["nodes"]["anyOf"][0]
    assert nodes["additionalProperties"] == {"$ref": "#/$defs/Node"}
    assert schema["properties"]["created_at"]["format"] == "date-time"
    assert {"type": "null"} in schema["properties"]["note"]["anyOf"]
    written = TypeAdapter(package.Box).json_schema(mode="serialization")
    assert written["$defs"].keys() == schema["$defs"].keys()


def test_pydantic_refuses_what_does_not_fit(package: Any) -> None:
    wrong = FULL | {"kind": "huge", "shapes": [{"type": "circle"}], "id": "x"}
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(package.Box).validate_python(wrong)
    places = {error["loc"][:2] for error in caught.value.errors()}
    assert places == {("kind",), ("shapes", 0), ("id",)}


def wired(cls: Any) -> Any:
    """A type by which pydantic reads and writes a model as the model itself does."""
    reading = PlainValidator(lambda value: value if isinstance(value, cls) else cls.from_dict(value))
    return Annotated[cls, reading, PlainSerializer(cls.to_dict)]


def test_pydantic_by_the_names_of_the_json(package: Any) -> None:
    """Alone it takes attributes' names; told to use `from_dict` and `to_dict`, it goes by those of the JSON."""
    made = package.Wired(assistant_id="a")
    plain = TypeAdapter(package.Wired)
    assert plain.validate_python({"assistant_id": "a"}) == made
    adapter = TypeAdapter(wired(package.Wired))
    for document in ({"assistantId": "a"}, {"assistantId": "a", "x-note": None}):
        read = adapter.validate_python(document)
        assert read == package.Wired.from_dict(document) == adapter.validate_python(read)
        assert adapter.dump_python(read) == document == json.loads(adapter.dump_json(read))
    with pytest.raises(ValidationError, match=r"\$\.assistantId: expected a string, got 1 \(wired\.md:7\)"):
        adapter.validate_python({"assistantId": 1})


def test_pydantic_takes_the_example() -> None:
    messages = [{"role": "user", "content": [{"type": "text", "text": "Hi"}]}]
    run = {"assistant_id": "a", "thread": {"messages": messages}}
    with emitted.imported(EXAMPLE) as package:
        adapter = TypeAdapter(package.CreateThreadAndRunRequest)
        request = package.CreateThreadAndRunRequest.from_dict(run)
        assert adapter.validate_python(adapter.dump_python(request)) == request
        assert "MessageNode" in TypeAdapter(package.MessageNode).json_schema()["$defs"]


# FastAPI


@pytest.fixture(scope="module")
def client(package: Any) -> Iterator[TestClient]:
    app, box, exact = FastAPI(), package.Box, wired(package.Box)

    @app.get("/full", response_model=box)
    def full() -> Any:
        return package.Box.from_dict(FULL)

    @app.get("/least", response_model=box, response_model_exclude_defaults=True)
    def least() -> Any:
        return package.Box.from_dict(LEAST)

    @app.post("/echo", response_model_exclude_defaults=True)
    def echo(given: box) -> box:
        assert isinstance(given, package.Box)
        return given

    @app.post("/exact")
    def exactly(given: exact) -> exact:
        assert isinstance(given, package.Box)
        return given

    with TestClient(app) as client:
        yield client


def test_fastapi_answers_with_objects(package: Any, client: TestClient) -> None:
    """As pydantic writes them: durations in its own form, bytes as text."""
    full = client.get("/full")
    said = full.json()
    assert full.status_code == 200
    assert said | {key: FULL[key] for key in ("took", "blob", "owner")} == FULL
    assert package.Box.from_dict(client.get("/least").json()) == package.Box.from_dict(LEAST)


@DOCUMENTS
def test_fastapi_takes_objects(package: Any, client: TestClient, document: Any) -> None:
    """A body is read by pydantic's rules, or, where the type says so, by those of `from_dict`."""
    answer = client.post("/echo", json=document)
    assert answer.status_code == 200, answer.text
    assert answer.json() | {"took": 0} == document | {"took": 0}
    assert client.post("/exact", json=document).json() == document


def test_fastapi_says_what_is_wrong(client: TestClient) -> None:
    wrong = FULL | {"kind": "huge"}
    for path, loc, said in [
        ("/echo", ["body", "kind"], "small"),
        ("/exact", ["body"], "$.kind: expected 'small' or 'large'"),
    ]:
        answer = client.post(path, json=wrong)
        (error,) = answer.json()["detail"]
        assert answer.status_code == 422 and error["loc"] == loc and said in error["msg"]


def test_fastapi_documents_the_classes(client: TestClient) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert {"Kind", "Level"} <= set(schemas)
    assert {name.partition("-")[0] for name in schemas} >= {"Box", "Node", "Mate", "Circle", "Square"}


# cattrs


def three_states(converter: cattrs.Converter, package: Any) -> None:
    """Tells a converter of UNSET: cattrs asks for a hook for each union but those of classes and null."""

    def made(union: Any) -> Any:
        inner = next(part for part in get_args(union) if part not in (package.Unset, type(None)))

        def structure(value: Any, _: Any) -> Any:
            return value if value is None or value is package.UNSET else converter.structure(value, inner)

        return structure

    converter.register_structure_hook_factory(lambda hint: package.Unset in get_args(hint), made)


def as_it_is(value: Any, _: Any) -> Any:
    return value


@DOCUMENTS
def test_cattrs_to_and_from_plain_values(package: Any, document: Any) -> None:
    """Unions of models go by their constants; other unions, and classes unknown to cattrs, need hooks."""
    converter = cattrs.Converter(omit_if_default=True)
    for known in (UUID, Decimal, dt.datetime, dt.date, dt.time, dt.timedelta, str | list[str] | int | None):
        converter.register_structure_hook(known, as_it_is)
    three_states(converter, package)
    made = package.Box.from_dict(document)
    said = converter.unstructure(made)
    assert said.keys() == document.keys() and said["shape"] == {"type": "square", "side": 2}
    assert said["owner"]["nodes"][0]["mate"]["nodes"] == {"k": {"name": "c"}}
    assert converter.structure(said, package.Box) == made
    with pytest.raises(cattrs.ClassValidationError):
        converter.structure(said | {"kind": "huge"}, package.Box)


@DOCUMENTS
def test_cattrs_to_and_from_json(package: Any, document: Any) -> None:
    """The converter for JSON knows date-times, dates and bytes (as base85); the other classes are told to it."""
    converter = cattrs.preconf.json.make_converter(omit_if_default=True)
    for known in (UUID, Decimal):
        converter.register_unstructure_hook(known, str)
        converter.register_structure_hook(known, lambda text, cls: cls(text))
    converter.register_unstructure_hook(dt.time, dt.time.isoformat)
    converter.register_structure_hook(dt.time, lambda text, cls: cls.fromisoformat(text))
    converter.register_unstructure_hook(dt.timedelta, dt.timedelta.total_seconds)
    converter.register_structure_hook(dt.timedelta, lambda seconds, cls: cls(seconds=seconds))
    converter.register_structure_hook(str | list[str] | int | None, as_it_is)
    three_states(converter, package)
    made = package.Box.from_dict(document)
    text = converter.dumps(made)
    assert json.loads(text).keys() == document.keys()
    assert converter.loads(text, package.Box) == made


def test_cattrs_by_the_rules_of_the_package(package: Any) -> None:
    """One pair of hooks for all models hands them to `from_dict` and `to_dict`."""
    base = package.Wired.__base__

    def is_model(hint: Any) -> bool:
        return isinstance(hint, type) and issubclass(hint, base)

    converter = cattrs.Converter()
    converter.register_structure_hook_func(is_model, lambda value, cls: cls.from_dict(value))
    converter.register_unstructure_hook_func(is_model, base.to_dict)
    documents = [{"assistantId": "a"}, {"assistantId": "b", "x-note": None}]
    made = converter.structure(documents, list[package.Wired])
    assert made == [package.Wired(assistant_id="a"), package.Wired(assistant_id="b", x_note=None)]
    assert converter.unstructure(made) == documents


# msgspec


def test_msgspec_writes_objects(package: Any) -> None:
    """What is absent it writes too, as null, and UNSET as the text "UNSET": it leaves nothing out of dataclasses."""
    made = package.Box.from_dict(FULL)
    said = msgspec.to_builtins(made)
    assert said | {"owner": OWNER} == FULL and package.Box.from_dict(said) == made
    text = msgspec.json.encode(made)
    assert json.loads(text) == said and package.Box.from_json(text) == made
    assert list(said) == list(json.loads(made.to_json())) == list(FULL)


def test_msgspec_reads_objects(package: Any) -> None:
    """It refuses unions of several models, and of several types said as text, which UNSET is one of; all else it reads.

    So `Box` is not for it, but the models that refer to each other are.
    """
    made = package.Node.from_dict(OWNER)
    assert msgspec.convert(OWNER, package.Node) == made
    assert msgspec.convert(made, package.Node) is made
    assert msgspec.json.decode(made.to_json(), type=package.Node) == made
    circle = msgspec.json.decode(b'{"type":"circle","radius":2}', type=package.Circle)
    assert circle == package.Circle(type="circle", radius=2)
    assert set(msgspec.json.schema(package.Node)["$defs"]) == {"Node", "Mate", "Kind"}
    with pytest.raises(msgspec.ValidationError, match=r"Invalid enum value 'huge' - at `\$\.mate\.kind`"):
        msgspec.convert(OWNER | {"mate": MATE | {"kind": "huge"}}, package.Node)
    with pytest.raises(msgspec.ValidationError, match="missing required field `name`"):
        msgspec.convert({"nodes": []}, package.Node)
