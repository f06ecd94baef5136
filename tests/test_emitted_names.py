"""Names in emitted packages: attributes, wire names, modules; chosen ones, and those that cannot be told apart."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

import emitted
from emitted import CODE, enum, made_of, model, ref
from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.schema import Schema
from fieldsmith.writing import printing
from fieldsmith.writing.plans import Settings


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


@pytest.mark.parametrize("override", ["Box.a", "box.md#Box.b"])
def test_a_wire_name_of_the_settings_that_clashes_is_told_there(override: str) -> None:
    place = Span("pyproject.toml", 7, 1)
    settings = Settings(
        targets=CODE,
        wire_overrides={override: "b" if override.endswith("a") else "a"},
        places={f"wire_overrides.{override}": place},
    )
    diagnostics = Diagnostics()
    printing.prepare(made_of(model("Box", ("a", "string"), ("b", "string"))), settings, diagnostics)
    assert [(found.code, found.span) for found in diagnostics] == [("FS201", place)]


def test_further_keys_have_a_name_of_their_own() -> None:
    schema = made_of(model("Box", ("additionalProperties", "string"), additional="any"))
    ((code, message, _),) = emitted.findings(schema)
    assert code == "FS201" and "additional_properties" in message


def test_true_beside_one_in_an_enum_is_refused() -> None:
    found = emitted.findings(made_of(enum("Mixed", 1, True, names=("ONE", "YES"))))
    assert [(code, message.partition(":")[0]) for code, message, _ in found] == [
        ("FS201", "`true` and `1` become one member")
    ]


@pytest.mark.parametrize("name", ["class", "1x", "a b", "x; import os", "to_dict", "_x", "größe", ""])
def test_names_chosen_must_be_usable(name: str) -> None:
    found = emitted.findings(made_of(model("Box", ("it", "string"))), Settings(names={"Box.it": name}))
    assert [code for code, *_ in found] == ["FS204"]
