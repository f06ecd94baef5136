"""What emitted classes promise beside their JSON: as dataclasses, to `copy`, `pickle` and `typing`, at import."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
import typing
from pathlib import Path
from typing import Any

import pytest

import emitted
from emitted import alias, enum, made_of, model, ref
from fieldsmith.schema import ListOf, MapOf, Nullable, OneOf, Scalar
from fieldsmith.writing.plans import Settings

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


def problems(package: Any, cls: Any, document: Any) -> list[str]:
    with pytest.raises(package.DecodeError) as caught:
        cls.from_dict(document)
    return str(caught.value).split("\n")


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


def test_open_enums_are_hinted_with_their_raw_values() -> None:
    schema = made_of(
        model("Box", ("it", ref("Color")), ("all", ListOf(ref("Level")))),
        enum("Color", "red", is_open=True),
        enum("Level", 1, 2.5, names=("ONE", "MORE"), is_open=True),
    )
    with emitted.emitted(schema) as package:
        hints = typing.get_type_hints(package.Box)
        assert hints["it"] == package.Color | str
        assert set(typing.get_args(typing.get_args(hints["all"])[0])) == {package.Level, int, float}


def test_dataclasses_alone() -> None:
    with emitted.emitted(THREAD, Settings(targets=("dataclasses",))) as package:
        made = package.Request(assistant_id="a", thread=package.Thread(messages=[]))
        assert made.note is package.UNSET and not hasattr(made, "to_dict")
        message: Any = package.Message
        assert typing.get_type_hints(package.Thread)["messages"] == list[message] | None
        assert "DecodeError" not in dir(package)
        assert pickle.loads(pickle.dumps(made)) == made
