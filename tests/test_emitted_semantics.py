"""What a generated package promises, promise by promise."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import json
import math
import pickle
import subprocess
import sys
import typing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import emitted
from emitted import CODE, Type, alias, enum, made_of, model, ref
from fieldsmith.schema import Const, Discriminator, ListOf, MapOf, Nullable, OneOf, Scalar, ScalarKind, Schema
from fieldsmith.writing.plans import Extra, Settings

STRING = Scalar("string")
THREAD = made_of(
    model("Request", ("assistantId", "string"), ("thread", ref("Thread"), False), ("note", Nullable(STRING), False)),
    model("Thread", ("messages", ListOf(ref("Message")), False)),
    model("Message", ("role", ref("Role")), ("content", "string")),
    enum("Role", "user", "assistant"),
)


@pytest.fixture(scope="module")
def thread() -> typing.Iterator[Any]:
    with emitted.emitted(THREAD) as package:
        yield package


def one(type_: Type, required: bool = True, settings: Settings | None = None) -> Any:
    """A package with a model `Box` that has one field, `it`."""
    return emitted.emitted(made_of(model("Box", ("it", type_, required))), settings)


def problems(package: Any, cls: Any, document: Any) -> list[str]:
    with pytest.raises(package.DecodeError) as caught:
        cls.from_dict(document)
    return str(caught.value).split("\n")


# Classes


def test_models_are_dataclasses(thread: Any) -> None:
    made = thread.Message(role=thread.Role.USER, content="hi")
    assert [field.name for field in dataclasses.fields(made)] == ["role", "content"]
    assert dataclasses.fields(thread.Request)[0].metadata["wire"] == "assistantId"
    assert dataclasses.replace(made, content="ho") == thread.Message(role=thread.Role.USER, content="ho")
    assert repr(made) == "Message(role=<Role.USER: 'user'>, content='hi')"
    assert dataclasses.asdict(made) == {"role": "user", "content": "hi"}
    with pytest.raises(TypeError):
        thread.Message("user", "hi")
    with pytest.raises(AttributeError):
        made.other = 1
    assert not hasattr(made, "__dict__")


def test_models_copy_pickle_and_match(thread: Any) -> None:
    made = thread.Request.from_dict({"assistantId": "a", "thread": {"messages": [{"role": "user", "content": ""}]}})
    assert copy.copy(made) == copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == made
    request, message, unset = thread.Request, thread.Message, thread.Unset
    match made:
        case request(assistant_id="a", thread=found, note=unset.UNSET):
            assert isinstance(found.messages[0], message)
        case _:
            raise AssertionError(made)


def test_unset_is_a_falsy_singleton(thread: Any) -> None:
    unset = thread.UNSET
    assert not unset and repr(unset) == "UNSET"
    assert pickle.loads(pickle.dumps(unset)) is copy.deepcopy(unset) is copy.copy(unset) is unset


def test_type_hints_of_every_class() -> None:
    node = model("Node", ("next", ref("Node"), False), ("value", ref("Tree")), ("far", ref("Far", "x/y/")))
    far = model("Far", ("node", ref("Node")), ("tree", Nullable(ref("Tree")), False), folder="x/y/")
    tree = alias("Tree", OneOf((STRING, ListOf(ref("Tree")), MapOf(STRING, ref("Node")))))
    with emitted.emitted(made_of(node, tree, far, alias("Plain", Nullable(ref("Node"))))) as package:
        hints = typing.get_type_hints(package.Node)
        assert hints["next"] == package.Node | None
        assert hints["far"] is package.Far
        assert typing.get_type_hints(package.Far)["node"] is package.Node
        assert set(typing.get_type_hints(package.Far)) == {"node", "tree"}
        document = {"next": {"value": "a", "far": {"node": {"value": ["b"], "far": None}}}, "value": {"k": None}}
        found = problems(package, package.Node, document)
        assert "$.far: expected a Far object, got nothing (node.md:9)" in found
        assert "$.value.k: expected a Node object, got null (node.md:8)" in found


def test_subclass_of_a_model(thread: Any) -> None:
    base: Any = thread.Message

    class Loud(base):  # type: ignore[misc]  # the base is only known when it runs
        def shout(self) -> str:
            return str(self.content).upper()

    made = Loud.from_dict({"role": "user", "content": "hi"})
    assert type(made) is Loud and made.shout() == "HI"
    assert made.to_dict() == {"role": "user", "content": "hi"}
    inside = thread.Thread(messages=[made])
    assert json.loads(inside.to_json()) == {"messages": [{"role": "user", "content": "hi"}]}


def test_import_is_lazy_and_names_what_there_is(thread: Any) -> None:
    texts = emitted.files(THREAD)
    assert "def __getattr__" in texts["__init__.py"]
    assert {"Request", "Thread", "Message", "Role", "UNSET", "DecodeError"} <= set(dir(thread))
    with pytest.raises(AttributeError, match="no attribute 'Missing'"):
        _ = thread.Missing
    namespace: dict[str, Any] = {}
    exec(f"from {thread.__name__} import *", namespace)
    assert namespace["Request"] is thread.Request


def test_import_of_the_package_imports_no_model(tmp_path: Path) -> None:
    emitted.save(emitted.files(THREAD), tmp_path / "lazy")
    code = "import sys, lazy; print(*sorted(m for m in sys.modules if m.startswith('lazy') or m in ('typing', 'json')))"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {code}"],
                          capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout == "lazy\n"


def test_model_without_fields() -> None:
    with emitted.emitted(made_of(model("Empty"), model("Open", additional="integer"))) as package:
        assert package.Empty().to_json() == b"{}" and package.Empty.from_dict({"a": 1}) == package.Empty()
        assert package.Open.from_dict({"a": 1}).additional_properties == {"a": 1}
        assert problems(package, package.Open, {"a": "x"}) == ["$.a: expected an integer, got 'x'"]


# Presence and null


def test_three_states_survive() -> None:
    with one(Nullable(STRING), required=False) as package:
        for document in ({}, {"it": None}, {"it": "x"}):
            made = package.Box.from_dict(document)
            assert made.to_dict() == document
            assert package.Box.from_json(made.to_json()) == made
        assert package.Box().it is package.UNSET
        assert package.Box(it=None).to_json() == b'{"it":null}'


def test_optional_null_reads_as_absent() -> None:
    with one("string", required=False) as package:
        assert package.Box.from_dict({"it": None}) == package.Box() == package.Box.from_dict({})
        assert package.Box(it=None).to_dict() == {}


@pytest.mark.parametrize("type_", [ref("Maybe"), OneOf((ref("Maybe"), Scalar("integer"))), Scalar("null"), Const(None)])
def test_null_is_seen_through_names(type_: Type) -> None:
    schema = made_of(model("Box", ("it", type_, False)), alias("Maybe", ref("Inner")), alias("Inner", Nullable(STRING)))
    with emitted.emitted(schema) as package:
        for document in ({}, {"it": None}):
            assert package.Box.from_dict(document).to_dict() == document


def test_optional_any_keeps_values() -> None:
    with one("any", required=False) as package:
        assert package.Box.from_dict({"it": [None, {"a": 1}]}).to_dict() == {"it": [None, {"a": 1}]}
        assert package.Box.from_dict({}).to_dict() == {}


# Further keys


NESTED = made_of(
    model("Outer", ("inner", ref("Inner")), ("all", ListOf(ref("Inner")), False)), model("Inner", ("a", "integer"))
)
SURPLUS = {"inner": {"a": 1, "x": [1]}, "all": [{"a": 2, "y": None}], "z": "z"}


def test_extra_ignored() -> None:
    with emitted.emitted(NESTED) as package:
        assert package.Outer.from_dict(SURPLUS).to_dict() == {"inner": {"a": 1}, "all": [{"a": 2}]}


def test_extra_kept() -> None:
    with emitted.emitted(NESTED, Settings(targets=CODE, extra="keep")) as package:
        made = package.Outer.from_dict(SURPLUS)
        assert made.to_dict() == SURPLUS and made.additional_properties == {"z": "z"}
        assert made.inner.additional_properties == {"x": [1]}
        made.additional_properties["all"] = 1
        with pytest.raises(package.EncodeError, match=r"^\$\.all: expected no documented key, got 1$"):
            made.to_dict()
        absent = package.Outer(inner=made.inner, additional_properties={"all": []})
        with pytest.raises(package.EncodeError, match="expected no documented key"):
            absent.to_json()


def test_extra_forbidden() -> None:
    with emitted.emitted(NESTED, Settings(targets=CODE, extra="forbid")) as package:
        assert problems(package, package.Outer, SURPLUS) == [
            "$.inner.x: expected no such key, got a list of 1 (outer.md:7)",
            "$.all[0].y: expected no such key, got null (outer.md:8)",
            "$.z: expected no such key, got 'z'",
        ]


@pytest.mark.parametrize("extra", ["ignore", "keep", "forbid"])
def test_documented_further_keys_are_typed(extra: Extra) -> None:
    schema = made_of(model("Box", ("a", Nullable(STRING), False), additional=ListOf(Scalar("date"))))
    with emitted.emitted(schema, Settings(targets=CODE, extra=extra)) as package:
        made = package.Box.from_dict({"b": ["2024-02-29"], "a": None})
        assert made.additional_properties == {"b": [dt.date(2024, 2, 29)]} and made.a is None
        assert made.to_dict() == {"a": None, "b": ["2024-02-29"]}
        assert problems(package, package.Box, {"b": ["x"]}) == [
            "$.b[0]: expected a date such as 2024-02-29, got 'x'"
        ]


# Enums


@pytest.mark.parametrize(
    ("said", "setting", "takes"),
    [(False, None, False), (True, None, True), (True, "closed", False), (False, "open", True)],
)
def test_open_and_closed_enums(said: bool, setting: typing.Literal["closed", "open"] | None, takes: bool) -> None:
    schema = made_of(model("Box", ("it", ref("Color"))), enum("Color", "red", "blue", is_open=said))
    with emitted.emitted(schema, Settings(targets=CODE, enums=setting)) as package:
        assert package.Box.from_dict({"it": "red"}).it is package.Color.RED
        if takes:
            made = package.Box.from_dict({"it": "green"})
            assert made.it == "green" and made.to_dict() == {"it": "green"}
            assert "Color | str" in emitted.files(schema, Settings(targets=CODE, enums=setting))["box.py"]
        else:
            assert problems(package, package.Box, {"it": "green"}) == ["$.it: expected 'red' or 'blue', got 'green' (box.md:7)"]
        assert len(problems(package, package.Box, {"it": 1})) == 1


def test_numbers_in_enums() -> None:
    schema = made_of(
        model("Box", ("level", ref("Level"), False), ("mixed", ref("Mixed"), False), ("open", ref("Ratio"), False)),
        enum("Level", 1, 2),
        enum("Mixed", 1, "one", 0.5, names=("A", "B", "D")),
        enum("Ratio", 0.5, is_open=True),
    )
    with emitted.emitted(schema) as package:
        made = package.Box.from_json('{"level": 1.0, "mixed": 5e-1, "open": 3}')
        assert made.level is package.Level.VALUE_1 and made.mixed is package.Mixed.D and made.open == 3
        assert made.to_json() == b'{"level":1,"mixed":0.5,"open":3}'
        assert package.Box.from_dict({"mixed": 1.0}).mixed is package.Mixed.A
        assert len(problems(package, package.Box, {"level": True, "open": math.inf})) == 2


def test_true_beside_one_in_an_enum_is_refused() -> None:
    found = emitted.findings(made_of(enum("Mixed", 1, True, names=("ONE", "YES"))))
    assert [(code, message.partition(":")[0]) for code, message, _ in found] == [
        ("FS201", "`true` and `1` become one member")
    ]


def test_constants_that_python_holds_for_equal() -> None:
    schema = made_of(model("Box", ("it", OneOf((Const(1), Const("1"), Const(True), Const(1.5)))), ("one", Const(1), False)))
    with emitted.emitted(schema) as package:
        for value in (1, "1", True, 1.5):
            made = package.Box.from_dict({"it": value})
            assert made.to_dict()["it"] is made.it and made.it.__class__ is value.__class__
        for wrong in (package.Box(it=1.0), package.Box(it=False), package.Box(it=1, one=1.0), package.Box(it=1, one=True)):
            with pytest.raises(package.EncodeError):
                wrong.to_json()


def test_integers_of_too_many_digits_are_no_numbers() -> None:
    with emitted.emitted(made_of(model("Box", ("it", "number")))) as package:
        for wrong in (10**5000, -(10**5000)):
            with pytest.raises(package.EncodeError):
                package.Box(it=wrong).to_json()

# Scalars

GOOD: list[tuple[ScalarKind, str, Any, str]] = [
    ("datetime", '"2024-02-29T12:30:00Z"', dt.datetime(2024, 2, 29, 12, 30, tzinfo=dt.UTC), '"2024-02-29T12:30:00Z"'),
    ("datetime", '"2024-02-29T12:30:00"', dt.datetime(2024, 2, 29, 12, 30), '"2024-02-29T12:30:00"'),
    ("datetime", '"2024-02-29t12:30:00.1234567z"', dt.datetime(2024, 2, 29, 12, 30, 0, 123456, dt.UTC),
     '"2024-02-29T12:30:00.123456Z"'),
    ("datetime", '"2024-02-29T12:30:00+05:30"',
     dt.datetime(2024, 2, 29, 12, 30, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30))),
     '"2024-02-29T12:30:00+05:30"'),
    ("bytes", '"YWI="', b"ab", '"YWI="'),
    ("bytes", '"YWI"', b"ab", '"YWI="'),
    ("decimal", "1.10", Decimal("1.10"), '"1.10"'),
    ("decimal", '"1.10"', Decimal("1.10"), '"1.10"'),
    ("decimal", "0.1234567890123456789012345", Decimal("0.1234567890123456789012345"), '"0.1234567890123456789012345"'),
    ("integer", "1.0", 1, "1"),
    ("integer", "1e2", 100, "100"),
    ("integer", "9007199254740993", 9007199254740993, "9007199254740993"),
    ("number", "1", 1, "1"),
    ("number", "0.5", 0.5, "0.5"),
    ("time", '"12:30:00Z"', dt.time(12, 30, tzinfo=dt.UTC), '"12:30:00Z"'),
    ("duration", '"P1DT2H"', dt.timedelta(days=1, hours=2), '"P1DT7200S"'),
    ("duration", '"-PT0.5S"', -dt.timedelta(seconds=0.5), '"-PT0.5S"'),
]  # fmt: skip
BAD: list[tuple[ScalarKind, str]] = [
    ("datetime", '"2016-12-31T23:59:60Z"'),
    ("datetime", '"2024-02-30T00:00:00Z"'),
    ("datetime", '"2024-02-29T24:00:00Z"'),
    ("datetime", '"2024-02-29"'),
    ("datetime", '"2024-02-29T12:30Z"'),
    ("datetime", "1"),
    ("date", '"20240229"'),
    ("date", '"2024-W01-1"'),
    ("date", '"2024-02-29T00:00:00"'),
    ("bytes", '"YW I="'),
    ("bytes", '"Y"'),
    ("bytes", '"YWI=="'),
    ("decimal", '"NaN"'),
    ("decimal", '"1_000"'),
    ("decimal", "true"),
    ("integer", "true"),
    ("integer", "1.5"),
    ("integer", '"1"'),
    ("integer", "1e999"),
    ("number", "false"),
    ("number", "1e999"),
    ("number", "-1e999"),
    ("boolean", "1"),
    ("string", "1"),
    ("string", "null"),
    ("uuid", '"urn:uuid:00000000-0000-0000-0000-000000000000"'),
    ("uuid", '"{00000000-0000-0000-0000-00000000000}"'),
    ("duration", '"P"'),
    ("duration", '"P1M"'),
    ("duration", '"PT"'),
    ("duration", '"P999999999999D"'),
]


@pytest.fixture(scope="module")
def boxes() -> typing.Iterator[Any]:
    kinds: tuple[ScalarKind, ...] = (
        "string", "integer", "number", "boolean", "bytes", "date", "datetime", "time", "duration", "decimal", "uuid",
        "null", "any",
    )  # fmt: skip
    with emitted.emitted(made_of(*(model(f"Box{kind}", ("it", kind)) for kind in kinds))) as package:
        yield package


@pytest.mark.parametrize(("kind", "said", "value", "again"), GOOD)
def test_scalars_read(boxes: Any, kind: ScalarKind, said: str, value: Any, again: str) -> None:
    made = getattr(boxes, f"Box{kind}").from_json(f'{{"it":{said}}}')
    assert made.it == value and made.it.__class__ is value.__class__
    assert getattr(made.it, "tzinfo", None) == getattr(value, "tzinfo", None)
    assert made.to_json().decode() == f'{{"it":{again}}}'


@pytest.mark.parametrize(("kind", "said"), BAD)
def test_scalars_refused(boxes: Any, kind: ScalarKind, said: str) -> None:
    with pytest.raises(boxes.DecodeError) as caught:
        getattr(boxes, f"Box{kind}").from_json(f'{{"it":{said}}}')
    (problem,) = caught.value.problems
    assert problem.path == "$.it" and problem.source == f"box{kind}.md:7"


@pytest.mark.parametrize("said", ["NaN", "Infinity", "-Infinity", "", "1", "{", '{"it": 1,}', "[" * 100_000, "\ufeff{}"])
def test_what_is_no_json_is_refused(boxes: Any, said: str) -> None:
    for data in (said, said.encode(), f'{{"it":{said}}}'):
        if data != '{"it":1}':
            with pytest.raises(boxes.DecodeError):
                boxes.Boxstring.from_json(data)
    with pytest.raises(boxes.DecodeError):
        boxes.Boxstring.from_json(b'{"it":"\xff"}')


WRONG: list[tuple[ScalarKind, Any]] = [
    ("number", math.nan), ("number", math.inf), ("any", math.nan), ("any", [math.inf]), ("any", object()), ("integer", True),
    ("integer", 1.0), ("string", b"x"), ("string", None), ("boolean", 1), ("decimal", 1.5), ("decimal", Decimal("NaN")),
    ("date", dt.datetime(2024, 1, 1)), ("datetime", "2024-01-01T00:00:00Z"), ("bytes", "YQ=="), ("uuid", "x"),
    ("datetime", dt.datetime(2024, 1, 1, tzinfo=dt.timezone(dt.timedelta(seconds=1)))), ("null", 0), ("integer", 10**5000),
    ("time", dt.time(1, tzinfo=dt.timezone(dt.timedelta(seconds=1)))),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), WRONG, ids=range(len(WRONG)))
def test_wrong_values_are_not_written(boxes: Any, kind: ScalarKind, value: Any) -> None:
    made = getattr(boxes, f"Box{kind}")(it=value)
    with pytest.raises(boxes.EncodeError) as caught:
        made.to_json()
    (problem,) = caught.value.problems
    assert problem.path == "$.it" and problem.source == f"box{kind}.md:7"
    assert isinstance(caught.value, boxes.DecodeError)


def test_lone_surrogates_are_written_as_escapes(boxes: Any) -> None:
    made = boxes.Boxstring(it="\ud800\u00e9")
    assert made.to_json() == b'{"it":"\\ud800\\u00e9"}'
    assert boxes.Boxstring.from_json(made.to_json()) == made


# Errors


def test_error_names_path_expectation_value_and_source(thread: Any) -> None:
    messages = [{"role": "user", "content": ""}] * 2 + [{"role": "robot", "content": ""}]
    document = {"assistantId": "a", "thread": {"messages": messages}}
    assert problems(thread, thread.Request, document) == [
        "$.thread.messages[2].role: expected 'user' or 'assistant', got 'robot' (message.md:7)"
    ]


def test_all_problems_come_at_once(thread: Any) -> None:
    document = {"thread": {"messages": [{"content": 1}, 7]}, "note": []}
    assert problems(thread, thread.Request, document) == [
        "$.assistantId: expected a string, got nothing (request.md:7)",
        "$.thread.messages[0].role: expected 'user' or 'assistant', got nothing (message.md:7)",
        "$.thread.messages[0].content: expected a string, got 1 (message.md:8)",
        "$.thread.messages[1]: expected a Message object, got 7 (thread.md:7)",
        "$.note: expected a string, got an empty list (request.md:9)",
    ]
    assert problems(thread, thread.Request, []) == ["$: expected a Request object, got an empty list"]


def test_errors_pickle(thread: Any) -> None:
    with pytest.raises(thread.DecodeError) as caught:
        thread.Request.from_dict({})
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.problems == caught.value.problems and str(again) == str(caught.value)
    assert isinstance(again, ValueError)


def test_wrong_attributes_are_explained(thread: Any) -> None:
    message = thread.Message(role="user", content=1)
    made = thread.Request(assistant_id=None, thread=thread.Thread(messages=[message, "x"]))
    with pytest.raises(thread.EncodeError) as caught:
        made.to_dict()
    assert str(caught.value).split("\n") == [
        "$.assistantId: expected a string, got null (request.md:7)",
        "$.thread.messages[0].role: expected a Role, got 'user' (message.md:7)",
        "$.thread.messages[0].content: expected a string, got 1 (message.md:8)",
        "$.thread.messages[1]: expected a Message, got 'x' (thread.md:7)",
    ]
    del made.assistant_id
    with pytest.raises(thread.EncodeError, match="assistantId"):
        made.to_dict()


TAGGED = made_of(
    model("Box", ("it", ref("Shape"))),
    alias("Shape", OneOf((ref("Circle"), ref("Square")), Discriminator("type", (("circle", ref("Circle").key or ""), ("square", ref("Square").key or ""))))),
    model("Circle", ("type", Const("circle")), ("radius", "number")),
    model("Square", ("type", Const("square")), ("side", "number")),
)  # fmt: skip


def test_tagged_unions() -> None:
    with emitted.emitted(TAGGED) as package:
        made = package.Box.from_dict({"it": {"type": "square", "side": 2}})
        assert made.it == package.Square(type="square", side=2)
        assert made.to_dict() == {"it": {"type": "square", "side": 2}}
        for value, said in [
            ({"side": 2}, "$.it.type: expected 'circle' or 'square', got nothing (box.md:7)"),
            ({"type": "cube"}, "$.it.type: expected 'circle' or 'square', got 'cube' (box.md:7)"),
            ({"type": []}, "$.it.type: expected 'circle' or 'square', got an empty list (box.md:7)"),
            ({"type": "circle"}, "$.it.radius: expected a number, got nothing (circle.md:8)"),
            ("circle", "$.it: expected a Circle object or a Square object, got 'circle' (box.md:7)"),
        ]:
            assert problems(package, package.Box, {"it": value}) == [said]


def test_unions_by_type_and_by_fit() -> None:
    small, large = model("Small", ("a", "integer")), model("Large", ("a", "integer"), ("b", "integer", False))
    options = (ref("Small"), ref("Large"), ListOf(STRING), ListOf(Scalar("integer")), Scalar("integer"), STRING, ref("Word"))
    with emitted.emitted(made_of(model("Box", ("it", OneOf(options))), small, large, enum("Word", "w"))) as package:
        for value, cls in [({"a": 1}, package.Small), ({"a": 1, "b": 2}, package.Large), ([1], list), (["x"], list),
                           (1, int), ("x", str), ("w", package.Word)]:  # fmt: skip
            made = package.Box.from_dict({"it": value})
            assert made.it.__class__ is cls and made.to_dict() == {"it": value}
        assert problems(package, package.Box, {"it": {"a": "x"}}) == ["$.it.a: expected an integer, got 'x' (small.md:7)"]
        assert problems(package, package.Box, {"it": True})[0].startswith("$.it: expected a Small object, a Large object")


def test_numbers_in_unions() -> None:
    with one(OneOf((Scalar("integer"), Scalar("number")))) as package:
        assert package.Box.from_json(b'{"it":1}').it.__class__ is int
        assert package.Box.from_json(b'{"it":1.5}').it == 1.5
        assert package.Box.from_json(b'{"it":1.0}').to_json() in (b'{"it":1}', b'{"it":1.0}')
    with one(OneOf((Scalar("decimal"), Scalar("boolean")))) as package:
        assert package.Box.from_json(b'{"it":1.10}').it == Decimal("1.10")
        assert package.Box.from_json(b'{"it":true}').it is True


def test_helpers_of_fields_with_like_names_stay_apart() -> None:
    either, other = OneOf((STRING, ListOf(STRING))), OneOf((Scalar("integer"), ListOf(Scalar("integer"))))
    fields: list[tuple[str, Type]] = [("a", ListOf(either)), ("aItem", other), ("a_value", MapOf(STRING, other)), ("b", ListOf(Nullable(other)))]
    with emitted.emitted(made_of(model("Box", *fields))) as package:
        document = {"a": ["x", ["y"]], "aItem": [1], "a_value": {"k": 1}, "b": [None, 1, [2]]}
        assert package.Box.from_dict(document).to_dict() == document


def test_deep_documents_are_refused_not_crashed_on() -> None:
    schema = made_of(model("Node", ("next", ref("Node"), False), ("any", "any", False)))
    with emitted.emitted(schema) as package:
        deep: Any = {}
        for _ in range(100_000):
            deep = {"next": deep}
        assert problems(package, package.Node, deep) == ["$: expected a document, got nesting that is too deep"]
        made = package.Node()
        made.next = made
        with pytest.raises(package.EncodeError, match="nesting that is too deep"):
            made.to_json()


# Names


def wired(settings: Settings, *names: str) -> dict[str, Any]:
    schema = made_of(model("Box", *((name, "integer") for name in names)))
    with emitted.emitted(schema, settings) as package:
        fields = dataclasses.fields(package.Box)
        made = package.Box(**{field.name: at for at, field in enumerate(fields)})
        assert package.Box.from_json(made.to_json()) == made
        assert list(made.to_dict()) == [field.metadata["wire"] for field in fields]
        return {field.name: field.metadata["wire"] for field in fields}


def test_wire_names_by_style_and_override() -> None:
    names = ("assistantId", "created_at", "x-foo")
    assert wired(Settings(targets=CODE), *names) == dict(zip(("assistant_id", "created_at", "x_foo"), names, strict=True))
    snake = wired(Settings(targets=CODE, wire_names="snake_case"), *names)
    assert list(snake.values()) == ["assistant_id", "created_at", "x-foo"]
    camel = Settings(targets=CODE, wire_names="camelCase", wire_overrides={"Box.created_at": "$at"})
    assert list(wired(camel, *names).values()) == ["assistantId", "$at", "x-foo"]


def test_names_by_setting() -> None:
    schema = made_of(model("Box", ("a b", ref("Kind"))), enum("Kind", "x", "y"))
    names = {"Box": "Crate", "Box.a b": "ab", "Kind.x": "CROSS"}
    with emitted.emitted(schema, Settings(targets=CODE, names=names)) as package:
        assert package.Crate.from_dict({"a b": "x"}) == package.Crate(ab=package.Kind.CROSS)
        assert package.Crate.__module__.endswith(".crate")


@pytest.mark.parametrize(
    ("schema", "code", "said", "setting"),
    [
        (made_of(model("Box", ("\u540d", "string"))), "FS200", ("`\u540d`",), '"Box.\u540d"'),
        (made_of(model("\u540d")), "FS200", ("`\u540d`",), '"\u540d"'),
        (made_of(model("Box", ("fooBar", "string"), ("foo_bar", "string"))), "FS201", ("`fooBar`", "`foo_bar`"), '"Box.foo_bar"'),
        (made_of(enum("Kind", "a", "b", names=("a-b", "a_b"))), "FS201", ("`a-b`", "`a_b`", "A_B"), '"Kind.a_b"'),
        (made_of(model("FooBar"), model("Foo_Bar")), "FS202", ("`Foo_Bar`", "foobar.md"), "foo_bar.md#Foo_Bar"),
        (made_of(model("Ops"), model("Box", folder="ops/")), "FS202", ("`Ops`", "ops"), "ops.md#Ops"),
    ],
)  # fmt: skip
def test_collisions_name_both_and_the_setting(schema: Schema, code: str, said: tuple[str, ...], setting: str) -> None:
    ((found, message, hint),) = emitted.findings(schema)
    assert found == code and all(word in message for word in said), message
    assert hint is not None and setting in hint


def test_two_wire_names_in_one() -> None:
    schema = made_of(model("Box", ("a", "string"), ("b", "string")))
    ((code, message, hint),) = emitted.findings(schema, Settings(targets=CODE, wire_overrides={"Box.b": "a"}))
    assert code == "FS201" and "`a` and `b`" in message and hint is not None and "wire_overrides" in hint


def test_further_keys_have_a_name_of_their_own() -> None:
    schema = made_of(model("Box", ("additionalProperties", "string"), additional="any"))
    ((code, message, _),) = emitted.findings(schema)
    assert code == "FS201" and "additional_properties" in message


# Without serializers


def test_dataclasses_alone() -> None:
    with emitted.emitted(THREAD, Settings(targets=("dataclasses",))) as package:
        made = package.Request(assistant_id="a", thread=package.Thread(messages=[]))
        assert made.note is package.UNSET and not hasattr(made, "to_dict")
        message: Any = package.Message
        assert typing.get_type_hints(package.Thread)["messages"] == list[message] | None
        assert "DecodeError" not in dir(package)
        assert pickle.loads(pickle.dumps(made)) == made


def test_unions_in_unions_are_read_once() -> None:
    """Each level has two options that fail late: trying both anew at each would take 2 ** 40 steps."""
    child = ("child", ref("Either"), False)
    first, second = model("First", child, ("end", "integer")), model("Second", child, ("end", "string"))
    with emitted.emitted(made_of(first, second, alias("Either", OneOf((ref("First"), ref("Second")))))) as package:
        for bottom in ("good", 1.5):
            document: dict[str, Any] = {"end": bottom}
            for _ in range(40):
                document = {"child": document, "end": "s"}
            if bottom == "good":
                assert package.Second.from_dict(document).to_dict() == document
            else:
                assert len(problems(package, package.Second, document)) == 1


@pytest.mark.parametrize("name", ["class", "1x", "a b", "x; import os", "to_dict", "_x", "größe", ""])
def test_names_chosen_must_be_usable(name: str) -> None:
    found = emitted.findings(made_of(model("Box", ("it", "string"))), Settings(names={"Box.it": name}))
    assert [code for code, *_ in found] == ["FS204"]
