"""What `drift` makes of documents and classes: forms of schemas, references, marks of libraries, and what it cannot read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import drifting
from drifting import Found, Parcels
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.drifting import classes, jsonschema
from fieldsmith.ir import type_to_json
from fieldsmith.schema import Alias, Enum, Model, Schema

ANY = {"kind": "any"}
STRING = {"kind": "string"}


def read(tmp_path: Path, *schemas: dict[str, Any], container: str = "$defs") -> tuple[Schema, list[str]]:
    """The schema of a document with these definitions, `T0` and so on, and the messages."""
    file = tmp_path / "a.json"
    file.write_text(json.dumps({container: {f"T{at}": schema for at, schema in enumerate(schemas)}}), "utf-8")
    diagnostics = Diagnostics()
    other = jsonschema.read("a.json", str(file), 10**6, diagnostics)
    assert other is not None
    return other.schema, [each.message for each in diagnostics]


# A schema, and the type that it is read as, as in the IR; references go by the end of their pointers.
TYPES: list[tuple[Any, Any]] = [
    ({}, ANY),
    (True, ANY),
    ({"description": "Any."}, ANY),
    ({"type": "string"}, STRING),
    ({"type": "string", "format": "email"}, STRING),
    ({"type": "string", "format": "date"}, {"kind": "date"}),
    ({"type": "string", "format": "byte"}, {"kind": "bytes"}),
    ({"type": "string", "contentEncoding": "base64"}, {"kind": "bytes"}),
    ({"type": "integer", "format": "int64"}, {"kind": "integer"}),
    ({"type": "number", "format": "decimal"}, {"kind": "decimal"}),
    ({"type": ["string", "number"], "format": "decimal"}, {"kind": "decimal"}),
    ({"type": ["integer", "null"]}, {"kind": "nullable", "inner": {"kind": "integer"}}),
    ({"type": "integer", "nullable": True}, {"kind": "nullable", "inner": {"kind": "integer"}}),
    ({"type": ["integer", "string"]}, {"kind": "union", "options": [{"kind": "integer"}, STRING]}),
    ({"anyOf": [{"type": "string"}, {"type": "null"}]}, {"kind": "nullable", "inner": STRING}),
    ({"oneOf": [{"type": "string"}, {"oneOf": [{"type": "boolean"}, {"type": "null"}]}]},
     {"kind": "nullable", "inner": {"kind": "union", "options": [STRING, {"kind": "boolean"}]}}),
    ({"const": None}, {"kind": "null"}),
    ({"enum": ["a", 1]}, {"kind": "union", "options": [{"kind": "const", "value": "a"}, {"kind": "const", "value": 1}]}),
    ({"enum": ["a", None]}, {"kind": "nullable", "inner": {"kind": "const", "value": "a"}}),
    ({"type": "array"}, {"kind": "list", "item": ANY}),
    ({"items": {"type": "string"}}, {"kind": "list", "item": STRING}),
    ({"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}]},
     {"kind": "list", "item": {"kind": "union", "options": [STRING, {"kind": "integer"}]}}),
    ({"type": "array", "items": [{"type": "string"}]}, {"kind": "list", "item": STRING}),
    ({"type": "object"}, {"kind": "map", "key": STRING, "value": ANY}),
    ({"type": "object", "additionalProperties": {"type": "integer"}}, {"kind": "map", "key": STRING, "value": {"kind": "integer"}}),
    ({"additionalProperties": {"type": "integer"}}, {"kind": "map", "key": STRING, "value": {"kind": "integer"}}),
    ({"type": "object", "propertyNames": {"format": "uuid", "type": "string"}}, {"kind": "map", "key": {"kind": "uuid"}, "value": ANY}),
    ({"type": "object", "propertyNames": {"maxLength": 3}}, {"kind": "map", "key": STRING, "value": ANY}),
    ({"$ref": "#/$defs/T0"}, {"kind": "ref", "key": "T0", "name": "T0"}),
    ({"allOf": [{"$ref": "#/$defs/T0"}], "description": "Described."}, {"kind": "ref", "key": "T0", "name": "T0"}),
    ({"$ref": "#/$defs/T0", "nullable": True}, {"kind": "nullable", "inner": {"kind": "ref", "key": "T0", "name": "T0"}}),
    ({"type": "object", "properties": {}}, {"kind": "ref", "key": "a", "name": "T0.a"}),
    ({"type": ["object", "null"], "properties": {"b": True}}, {"kind": "nullable", "inner": {"kind": "ref", "key": "a", "name": "T0.a"}}),
]  # fmt: skip


def _short(type_: Any) -> Any:
    """A type with the ends of the pointers that its references are."""
    if isinstance(type_, dict):
        return {key: value.rpartition("/")[2] if key == "key" and isinstance(value, str) else _short(value) for key, value in type_.items()}
    return [_short(one) for one in type_] if isinstance(type_, list) else type_


@pytest.mark.parametrize("schema, expected", TYPES, ids=lambda one: json.dumps(one)[:60])
def test_types(tmp_path: Path, schema: Any, expected: Any) -> None:
    read_, said = read(tmp_path, {"type": "object", "properties": {"a": schema}})
    model = read_.definitions[0]
    assert isinstance(model, Model)
    assert _short(type_to_json(model.fields[0].type)) == expected
    assert said == []


@pytest.mark.parametrize("schema, what", [
    (False, "it is no schema"),
    (7, "it is no schema"),
    ({"type": "text"}, "its type 'text' is not known"),
    ({"enum": [["a"]]}, "it lists values that are no scalars"),
    ({"not": {"type": "string"}}, "it asks for several things at once"),
    ({"allOf": [{"type": "string"}, {"type": "integer"}]}, "it asks for several things at once"),
    ({"$ref": "#/$defs/None"}, "its reference '#/$defs/None' leads to nothing"),
    ({"$ref": "#thing"}, "its reference '#thing' leads to an anchor, which is not followed"),
    ({"$ref": "https://example.invalid/a.json"}, "its reference 'https://example.invalid/a.json' leads to a network"),
    ({"$ref": "../a.json"}, "its reference '../a.json' leads out of the folder"),
    ({"$ref": "none.json#/a"}, "its reference 'none.json#/a' cannot be read: No such file or directory"),
    ({"$ref": 7}, "its reference '7' is no text"),
], ids=str)  # fmt: skip
def test_what_is_not_understood_is_said(tmp_path: Path, schema: Any, what: str) -> None:
    read_, said = read(tmp_path, {"type": "object", "properties": {"a": schema}})
    model = read_.definitions[0]
    assert isinstance(model, Model) and type_to_json(model.fields[0].type) == ANY
    assert said == [f"#/$defs/T0/properties/a: {what}; any value is taken"]


def test_definitions(tmp_path: Path) -> None:
    schema, said = read(
        tmp_path,
        {"type": "string", "enum": ["a", "b"]},
        {"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "string"}]},
        {"type": "string", "enum": ["a"], "nullable": True},
        {"type": "array", "items": {"$ref": "#/$defs/T0"}},
        {"allOf": [{"$ref": "#/$defs/T5"}, {"properties": {"own": {"type": "string"}}, "required": ["own", "base"]}]},
        {"type": "object", "properties": {"base": True, "own": {"type": "integer"}}, "discriminator": {"propertyName": "base"}},
        {"$ref": "#/$defs/T5"},
        {"type": "object", "properties": {"a": {"type": "integer", "minimum": 1, "exclusiveMinimum": True, "maximum": 9}}},
        container="$defs",
    )
    assert said == []
    kinds = [type(one) for one in schema.definitions[:8]]
    assert kinds == [Enum, Enum, Alias, Alias, Model, Model, Alias, Model]
    assert [one.open for one in schema.definitions if isinstance(one, Enum)] == [False, True]
    merged, limited = schema.definitions[4], schema.definitions[7]
    assert isinstance(merged, Model) and isinstance(limited, Model)
    assert [(field.name, field.required, field.span.path.rpartition("#")[2]) for field in merged.fields] == [
        ("base", True, "/$defs/T5/properties/base"), ("own", True, "/$defs/T4/allOf/1/properties/own"),
    ]  # fmt: skip
    assert (limited.fields[0].constraints.exclusive_minimum, limited.fields[0].constraints.minimum, limited.fields[0].constraints.maximum) == (1, None, 9)


def test_references_between_files(parcels: Parcels) -> None:
    """By path, by the identifier of a document that was read, and to a file as a whole; a circle is none of our business."""
    parcels.document({"$id": "https://example.invalid/all.json", "$ref": "parts/parcel.json"}, "api/all.json")
    parcels.document({"type": "object", "properties": {"of": {"$ref": "../all.json#"}, "id": {"$ref": "https://example.invalid/all.json"}}}, "api/parts/parcel.json")
    diagnostics = Diagnostics()
    other = jsonschema.read("api/all.json", "api/all.json", 10**6, diagnostics)
    assert other is not None and list(diagnostics) == []
    assert [(one.name, type(one)) for one in other.schema.definitions] == [("all", Alias), ("parcel", Model)]


def test_a_document_without_end(parcels: Parcels) -> None:
    """What nests beyond all reason is any value; YAML may even contain itself."""
    pytest.importorskip("yaml")
    parcels.write("api.yaml", "$defs:\n  A: &a\n    type: array\n    items: *a\n")
    diagnostics = Diagnostics()
    assert jsonschema.read("api.yaml", "api.yaml", 10**6, diagnostics) is not None
    assert ["it is nested too deeply" in each.message for each in diagnostics] == [True]


def test_inline_models_are_held_against_the_model_at_their_place(parcels: Parcels) -> None:
    """An object that is written out where it is used has no name; what it says is compared all the same."""
    document = drifting.openapi()
    schemas = document["components"]["schemas"]
    party = schemas.pop("Party")
    schemas["Parcel"]["properties"]["sender"] = party
    parcels.document(document)
    assert parcels.against("api.json") == []
    party["properties"]["name"]["type"] = "integer"
    parcels.document(document)
    there = "api.json#/components/schemas/Parcel/properties/sender/properties/name"
    assert parcels.against("api.json") == [("FS508", f"`Party.name`: string; {there}: integer")]


def test_enums_and_aliases_may_be_written_out(parcels: Parcels) -> None:
    document = drifting.openapi()
    schemas = document["components"]["schemas"]
    schemas["Parcel"]["properties"]["state"] = schemas.pop("State")
    schemas["Parcel"]["properties"]["payment"] = schemas.pop("Payment")
    parcels.document(document)
    assert parcels.against("api.json") == []
    schemas["Parcel"]["properties"]["state"]["enum"].append("lost")
    parcels.document(document)
    there = "api.json#/components/schemas/Parcel/properties/state"
    assert parcels.against("api.json") == [("FS508", f'`Parcel.state` cannot be "lost"; {there} can')]


def test_tags_are_names_where_a_discriminator_maps_none(parcels: Parcels) -> None:
    document = drifting.openapi()
    del document["components"]["schemas"]["Payment"]["discriminator"]["mapping"]
    parcels.document(document)
    assert [code for code, _ in parcels.against("api.json")] == ["FS513"] * 4  # Card and Cash in place of card and cash


def test_limits_are_compared_where_both_state_some(tmp_path: Path) -> None:
    """Pages seldom state limits, so that a document that has more of them is no drift."""
    from fieldsmith.comparing.definitions import Comparison
    from fieldsmith.drifting.findings import _of_change
    from fieldsmith.drifting.others import Other
    from fieldsmith.schema import Constraints

    there, _ = read(tmp_path, {"type": "object", "properties": {"a": {"type": "integer", "minimum": 2, "maximum": 5}}})
    (one,) = there.definitions
    assert isinstance(one, Model)
    page = one._replace(fields=(one.fields[0]._replace(constraints=Constraints(minimum=1)),))
    other = Other("a.json", "a.json", there, {})
    changes = list(Comparison(Schema((page,)), there).definition(page, one))
    assert [change.kind for change in changes] == ["constraint-tightened", "constraint-tightened"]
    found = [drift for change in changes for drift in _of_change(change, other, page, one)]
    assert [(drift.code, drift.at) for drift in found] == [("FS514", "T0.a")]
    assert found[0].message.startswith("`T0.a`: minimum 1; ") and found[0].message.endswith("/properties/a: minimum 2")


@pytest.mark.parametrize("name, text, said", [
    ("a.json", "{", "this is not JSON: Expecting property name enclosed in double quotes in line 1"),
    ("a.json", "[" * 100000, "this is nested too deeply"),
    ("a.json", "[]", "this holds no schema"),
    ("a.json", '{"openapi": "3.1.0"}', "this holds no schema"),
    ("a.yaml", "a: [", "this is not YAML:"),
    ("none.json", None, "`none.json`: there is no such file or folder"),
    ("a.py", "", "`a.py` is the file of a module\n  = help: name it as Python imports it: `a`"),
    ("shop/b.py", "", "`shop/b.py` is the file of a module\n  = help: name it as Python imports it: `shop.b`"),
    ("no/such/module", None, "`no/such/module`: there is no such file or folder"),
    ("nosuchmodule", None, "`nosuchmodule` cannot be imported: ModuleNotFoundError: No module named 'nosuchmodule'"),
])  # fmt: skip
def test_another_side_that_cannot_be_read(parcels: Parcels, name: str, text: str | None, said: str) -> None:
    if text is not None:
        parcels.write(name, text)
    code, out, err = parcels.run("--against", name)
    assert code == 2 and out == "" and "error[FS501]" in err and said in err, err


def test_a_document_over_the_limit_is_not_read(parcels: Parcels) -> None:
    parcels.settings("limits.page = 600\n")
    parcels.document(drifting.openapi())
    code, _, err = parcels.run("--against", "api.json")
    assert code == 2 and "api.json:1:1: error[FS501]: this has more than 600 bytes" in err


def test_without_yaml(parcels: Parcels, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "yaml", None)
    parcels.write("api.yaml", "{}")
    assert "PyYAML is needed: pip install 'fieldsmith[yaml]'" in parcels.run("--against", "api.yaml")[2]


# Classes


def read_classes(parcels: Parcels, source: str) -> tuple[dict[str, Any], list[str]]:
    """Fields by `Class.name` (aliases by name), each with its type and whether it is required; and the messages."""
    name = parcels.module(source)
    diagnostics = Diagnostics()
    other = classes.read(name, diagnostics)
    assert other is not None, [each.message for each in diagnostics]
    found: dict[str, Any] = {}
    for one in other.schema.definitions:
        if isinstance(one, Alias):
            found[one.name] = _short(type_to_json(one.type))
        elif isinstance(one, Model):
            found |= {f"{one.name}.{field.name}": (_short(type_to_json(field.type)), field.required) for field in one.fields}
        else:
            found[one.name] = [value.value for value in one.values]
    return found, [each.message.replace(name, "M") for each in diagnostics]


def test_annotations(parcels: Parcels) -> None:
    found, said = read_classes(parcels, """
from __future__ import annotations
import datetime as dt, decimal, enum, ipaddress, uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NewType, Optional, TypeVar

UserId = NewType("UserId", str)
T = TypeVar("T")

class Level(enum.IntEnum):
    LOW = 1

class Text(str):
    pass

@dataclass
class A:
    a: bytes
    b: Optional[int]
    c: Sequence[dt.date]
    d: Mapping[uuid.UUID, dt.timedelta]
    e: tuple[int, str]
    f: tuple[int, ...]
    g: Literal[1, "a", Level.LOW]
    h: UserId
    i: Text
    j: T
    k: Level
    l: list
    m: dict
    n: decimal.Decimal
    o: object
    p: ipaddress.IPv4Address
    q: A | None = None
    r: list[A] = field(default_factory=list)
    s: complex = 1j
""")  # fmt: skip
    integer, text = {"kind": "integer"}, STRING
    assert found == {
        "A.a": ({"kind": "bytes"}, True),
        "A.b": ({"kind": "nullable", "inner": integer}, True),
        "A.c": ({"kind": "list", "item": {"kind": "date"}}, True),
        "A.d": ({"kind": "map", "key": {"kind": "uuid"}, "value": {"kind": "duration"}}, True),
        "A.e": ({"kind": "list", "item": {"kind": "union", "options": [integer, text]}}, True),
        "A.f": ({"kind": "list", "item": integer}, True),
        "A.g": ({"kind": "union", "options": [{"kind": "const", "value": 1}, {"kind": "const", "value": "a"}]}, True),
        "A.h": (text, True),
        "A.i": (text, True),
        "A.j": (ANY, True),
        "A.k": ({"kind": "ref", "key": found_key(found, "Level"), "name": "Level"}, True),
        "A.l": ({"kind": "list", "item": ANY}, True),
        "A.m": ({"kind": "map", "key": text, "value": ANY}, True),
        "A.n": ({"kind": "decimal"}, True),
        "A.o": (ANY, True),
        "A.p": (text, True),
        "A.q": ({"kind": "nullable", "inner": {"kind": "ref", "key": found_key(found, "A"), "name": "A"}}, False),
        "A.r": ({"kind": "list", "item": {"kind": "ref", "key": found_key(found, "A"), "name": "A"}}, False),
        "A.s": (ANY, False),
        "Level": [1],
    }
    assert said == ["M.A.s: builtins.complex is no type that is read; any value is taken"]


def found_key(found: dict[str, Any], name: str) -> str:
    """The key that references to a class have."""
    text = json.dumps(found)
    start = text.index('"key": "', text.rindex('{"kind": "ref"', 0, text.index(f'"name": "{name}"'))) + len('"key": "')
    return text[start : text.index('"', start)]


def test_libraries_have_words_of_their_own(parcels: Parcels) -> None:
    found, said = read_classes(parcels, """
from typing import Annotated, Literal, Union
import msgspec, pydantic

class Cat(msgspec.Struct, tag_field="kind", tag="cat", rename="camel"):
    lives_left: int | msgspec.UnsetType = msgspec.UNSET

class Names(pydantic.RootModel[list[str]]):
    pass

class Dog(pydantic.BaseModel):
    kind: Literal["dog"]
    names: Names
    site: pydantic.AnyUrl
    mail: pydantic.SecretStr
    seen: pydantic.AwareDatetime
    age: Annotated[int, pydantic.Field(ge=0)]
    model_config = {"extra": "allow"}

class Base64(pydantic.BaseModel):
    data: pydantic.Base64Bytes
    gone: int | pydantic.MISSING = pydantic.MISSING

Pet = Annotated[Union[Dog, Base64], pydantic.Field(discriminator="kind")]
""")  # fmt: skip
    assert said == []
    short = {key: value[0]["kind"] if isinstance(value, tuple) else value["kind"] for key, value in found.items()}
    assert short == {
        "Cat.kind": "const", "Cat.livesLeft": "integer", "Names": "list", "Dog.kind": "const", "Dog.names": "ref", "Dog.site": "string",
        "Dog.mail": "string", "Dog.seen": "datetime", "Dog.age": "integer", "Base64.data": "bytes", "Base64.gone": "integer", "Pet": "union",
    }  # fmt: skip
    assert found["Pet"]["discriminator"] == {"field": "kind", "mapping": {"dog": found["Pet"]["options"][0]["key"]}}


LIMITS = """
import dataclasses
from typing import Annotated, Optional
import annotated_types, msgspec, pydantic

class P(pydantic.BaseModel):
    a: int = pydantic.Field(ge=1, lt=9)
    b: Annotated[str, pydantic.Field(min_length=2, pattern="^a")] | None = None
    c: list[str] = pydantic.Field(max_length=3)
    d: dict[str, int] = pydantic.Field(min_length=3)
    e: pydantic.conint(gt=0, multiple_of=5)
    f: Annotated[str, pydantic.StringConstraints(max_length=4)]
    g: bool = True

class M(msgspec.Struct):
    a: Annotated[int, msgspec.Meta(ge=1, le=9)]
    b: Annotated[str, msgspec.Meta(min_length=2)] | None = None

@dataclasses.dataclass
class D:
    a: Annotated[float, annotated_types.Gt(0.5)]
    b: Optional[Annotated[list[int], annotated_types.Len(1, 3)]] = None
    c: Annotated[int, annotated_types.Interval(ge=1, le=2)] = 1
"""


def test_limits_of_classes(parcels: Parcels) -> None:
    other = classes.read(parcels.module(LIMITS), Diagnostics())
    assert other is not None
    said = {f"{one.name}.{field.name}": field.constraints.said() for one in other.schema.definitions if isinstance(one, Model) for field in one.fields}
    assert said == {
        "P.a": {"minimum": 1, "exclusiveMaximum": 9},
        "P.b": {"minLength": 2, "pattern": "^a"},
        "P.c": {"maxItems": 3},
        "P.d": {},
        "P.e": {"exclusiveMinimum": 0, "multipleOf": 5},
        "P.f": {"maxLength": 4},
        "P.g": {},
        "M.a": {"minimum": 1, "maximum": 9},
        "M.b": {"minLength": 2},
        "D.a": {"exclusiveMinimum": 0.5},
        "D.b": {"minItems": 1, "maxItems": 3},
        "D.c": {"minimum": 1, "maximum": 2},
    }


def test_what_classes_have_in_common_is_no_definition(parcels: Parcels) -> None:
    """A class without fields that others are made of is not missed on the pages; one that stands alone is."""
    source = "import pydantic\nclass Base(pydantic.BaseModel):\n    pass\nclass Party(Base):\n    name: str\nclass Alone(pydantic.BaseModel):\n    pass\n"
    name = parcels.module(source)
    _, _, err = parcels.run("--against", name)
    assert f"{name}.Alone is on no page" in err and f"{name}.Base" not in err


def test_classes_that_name_later_ones(parcels: Parcels) -> None:
    """pydantic leaves such a class unfinished until it is used."""
    found, said = read_classes(parcels, """
from __future__ import annotations
import pydantic
from pydantic import Base64Bytes

class First(pydantic.BaseModel):
    of: Annotated[list[Second] | None, pydantic.Field(description="later")] = None
    data: Base64Bytes

class Second(pydantic.BaseModel):
    pass

from typing import Annotated
""")  # fmt: skip
    assert said == [] and found["First.of"][0]["inner"]["item"]["name"] == "Second"


@pytest.mark.parametrize("source, said", [
    ("raise RuntimeError('no')", "cannot be imported: RuntimeError: no"),
    ("raise SystemExit(3)", "cannot be imported: SystemExit: 3"),
    ("a = (", "cannot be imported: SyntaxError: "),
    ("x = 1", "this holds no dataclass, no class of attrs, pydantic or msgspec, and no enum"),
])  # fmt: skip
def test_modules_that_hold_nothing_or_fail(parcels: Parcels, source: str, said: str) -> None:
    code, out, err = parcels.run("--against", parcels.module(source))
    assert code == 2 and out == "" and said in err


def test_annotations_that_cannot_be_found(parcels: Parcels) -> None:
    source = "from __future__ import annotations\nfrom dataclasses import dataclass\n@dataclass\nclass Party:\n    name: Missing\n"
    found, said = read_classes(parcels, source)
    assert found == {"Party.name": (ANY, True)}
    assert "its annotations name what cannot be found" in said[0]


def test_what_a_module_prints_is_not_the_answer(parcels: Parcels) -> None:
    name = parcels.module("print('hello')\n" + drifting.classes("dataclasses"))
    code, out, err = parcels.run("--against", name, "--format", "json")
    assert (code, json.loads(out)) == (0, []) and "hello" in err


def test_the_folder_of_a_package_is_a_module(parcels: Parcels) -> None:
    name = parcels.module("")
    parcels.write(f"{name}a/__init__.py", drifting.classes("attrs"))
    assert parcels.against(f"{name}a") == []


def test_the_modules_of_a_package_are_read(parcels: Parcels) -> None:
    """All that are public; where two classes have one name, that of the folder counts. One that fails is said."""
    name = parcels.module("")
    source = drifting.classes("dataclasses")
    head, _, extra = source.rpartition("@dataclass")
    parcels.write(f"{name}a/__init__.py", "")
    parcels.write(f"{name}a/parcels/__init__.py", "")
    parcels.write(f"{name}a/parcels/first.py", head)
    parcels.write(f"{name}a/second.py", f"from dataclasses import dataclass\nfrom .parcels.first import Parcel, Parcel as Box, Payment\n\n@dataclass{extra}")
    parcels.write(f"{name}a/_private.py", "raise RuntimeError")
    assert parcels.against(f"{name}a") == []
    parcels.write(f"{name}b/__init__.py", "")
    parcels.write(f"{name}b/wrong.py", "raise RuntimeError('no')")
    assert f"`{name}b` cannot be imported: RuntimeError: no" in parcels.run("--against", f"{name}b")[2]


def test_an_alias_inside_itself(parcels: Parcels) -> None:
    found, said = read_classes(parcels, 'from __future__ import annotations\nfrom typing import Union\nTree = Union[str, list["Tree"]]\n')
    assert said == [] and found["Tree"]["options"][1]["item"]["name"] == "Tree"


def test_only_what_is_asked_for_is_imported(parcels: Parcels) -> None:
    """A module is run when it is named, and not because a page or a file bears its name."""
    name = parcels.module("raise RuntimeError")
    parcels.document(drifting.openapi(), name)
    assert parcels.against(name) == []


# Which is which


def _two(parcels: Parcels, *names: str) -> Found:
    """The findings where the document has several definitions in place of `Extra`."""
    document = drifting.openapi()
    extra = document["components"]["schemas"].pop("Extra")
    document["components"]["schemas"].update(dict.fromkeys(names, extra))
    parcels.document(document)
    return parcels.against("api.json")


def test_names_match_as_spelled_and_else_without_case_and_punctuation(parcels: Parcels) -> None:
    assert _two(parcels, "extra") == []
    assert _two(parcels, "EX-TRA") == []
    assert [code for code, _ in _two(parcels, "Extra", "extra")] == ["FS505"]  # the other one is on no page
    assert [code for code, _ in _two(parcels, "EXTRA", "extra")] == ["FS503"]
    assert [code for code, _ in _two(parcels, "Other")] == ["FS505", "FS504"]


def test_titles_in_several_folders(parcels: Parcels) -> None:
    (parcels.folder / "spec/extra.md").unlink()
    for folder in ("inner", "outer"):
        parcels.write(f"spec/{folder}/extra.md", drifting.PAGES["extra.md"].replace("parcel.md", "../parcel.md"))
    assert [code for code, _ in _two(parcels, "Extra")] == ["FS503", "FS503"]
    assert _two(parcels, "outer.Extra", "inner.Extra") == []
    assert _two(parcels, "OuterExtra", "INNER_Extra") == []
    parcels.settings('names = { "inner/extra.md#Extra" = "Other" }\n')
    assert _two(parcels, "Extra", "Other") == []
    assert [code for code, _ in _two(parcels, "Extra")] == ["FS504"]
