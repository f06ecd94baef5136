"""Schema -> the printed IR."""

from __future__ import annotations

import json

from building import enum, model, page, resolved, union
from fieldsmith.diagnostics import Span
from fieldsmith.ir import to_json, type_to_json
from fieldsmith.schema import (
    Alias,
    Const,
    Discriminator,
    Field,
    MapOf,
    Model,
    Nullable,
    OneOf,
    Ref,
    Scalar,
    Schema,
)


def test_whole_ir() -> None:
    pages = [
        page(
            model(
                "sub/deep/a.md", "A", ("f", "*Optional[str]*", False), ("__pydantic_extra__", "Dict[str, *Any*]", False)
            )
        ),
        page(enum("sub/e.md", "E", "x", is_open=True)),
        page(union("u.md", "U", "A", "E")),
    ]
    schema, _ = resolved(pages, "python")
    assert to_json(schema) == {
        "fieldsmith_ir": 1,
        "definitions": [
            {
                "kind": "model",
                "key": "sub/deep/a.md#A",
                "name": "A",
                "namespace": "sub.deep",
                "doc": "",
                "source": "sub/deep/a.md:1:3",
                "fields": [
                    {
                        "name": "f",
                        "type": {"kind": "string"},
                        "required": False,
                        "doc": "",
                        "source": "sub/deep/a.md:9:3",
                    }
                ],
                "additional": {"kind": "any"},
            },
            {
                "kind": "enum",
                "key": "sub/e.md#E",
                "name": "E",
                "namespace": "sub",
                "doc": "",
                "source": "sub/e.md:1:3",
                "open": True,
                "values": [{"name": "V0", "value": "x"}],
            },
            {
                "kind": "alias",
                "key": "u.md#U",
                "name": "U",
                "namespace": "",
                "doc": "",
                "source": "u.md:1:3",
                "type": {
                    "kind": "union",
                    "options": [
                        {"kind": "ref", "key": "sub/deep/a.md#A", "name": "A"},
                        {"kind": "ref", "key": "sub/e.md#E", "name": "E"},
                    ],
                },
            },
        ],
    }


def test_members_that_are_not_at_their_default() -> None:
    span = Span("a.md", 7, 3)
    one = Field("f", Const(True), True, "text", "1", "", "use g", span)
    struck = Field("g", Nullable(Ref(None, "Gone")), False, "", None, None, "", span)
    schema = Schema(
        (
            Model("a.md#A", "A", "", "doc", "old", span, (one, struck)),
            Alias("a.md#B", "B", "", "", None, span, Scalar("any")),
        )
    )
    definition = json.loads(json.dumps(to_json(schema)))["definitions"][0]
    assert (definition["deprecated"], definition["deprecation"], "additional" in definition) == (True, "old", False)
    assert definition["fields"] == [
        {
            "name": "f",
            "type": {"kind": "const", "value": True},
            "required": True,
            "doc": "text",
            "example": "1",
            "default": "",
            "deprecated": True,
            "deprecation": "use g",
            "source": "a.md:7:3",
        },
        {
            "name": "g",
            "type": {"kind": "nullable", "inner": {"kind": "ref", "key": None, "name": "Gone"}},
            "required": False,
            "doc": "",
            "deprecated": True,
            "source": "a.md:7:3",
        },
    ]


def test_discriminators_and_maps() -> None:
    told = Discriminator("kind", (("a", "a.md#A"), ("b", "b.md#B")))
    type_ = MapOf(Scalar("string"), OneOf((Ref("a.md#A", "A"), Ref("b.md#B", "B")), told))
    assert type_to_json(type_) == {
        "kind": "map",
        "key": {"kind": "string"},
        "value": {
            "kind": "union",
            "options": [{"kind": "ref", "key": "a.md#A", "name": "A"}, {"kind": "ref", "key": "b.md#B", "name": "B"}],
            "discriminator": {"field": "kind", "mapping": {"a": "a.md#A", "b": "b.md#B"}},
        },
    }
