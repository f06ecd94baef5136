"""Schema -> the JSON that `fieldsmith ir` prints; members at their default are left out."""

from __future__ import annotations

from typing import assert_never

from fieldsmith.schema import (
    UNCONSTRAINED,
    Alias,
    Const,
    Definition,
    Discriminator,
    Enum,
    EnumValue,
    Field,
    JsonValue,
    ListOf,
    MapOf,
    Model,
    Nullable,
    OneOf,
    Ref,
    Scalar,
    Schema,
    TypeExpr,
)
from fieldsmith.values import Types, Value, default_of, types_in

VERSION = 1


def to_json(schema: Schema) -> dict[str, JsonValue]:
    """`schema` as JSON: definitions and fields in their order, every member in a fixed one."""
    types = types_in(schema)
    return {"fieldsmith_ir": VERSION, "definitions": [_definition(one, types) for one in schema.definitions]}


def _definition(one: Definition, types: Types) -> JsonValue:
    match one:
        case Model():
            json = {**_head("model", one), "fields": [_field(field, types) for field in one.fields]}
            if one.additional is not None:
                json["additional"] = type_to_json(one.additional)
        case Enum():
            json = _head("enum", one)
            if one.open:
                json["open"] = True
            json["values"] = [_value(value) for value in one.values]
        case Alias():
            json = {**_head("alias", one), "type": type_to_json(one.type)}
        case _:
            assert_never(one)
    return json


def _head(kind: str, one: Definition) -> dict[str, JsonValue]:
    head: dict[str, JsonValue] = {
        "kind": kind,
        "key": one.key,
        "name": one.name,
        "namespace": one.namespace,
        "doc": one.doc,
        "source": str(one.span),
    }
    return head | _deprecation(one.deprecation)


def _deprecation(message: str | None) -> dict[str, JsonValue]:
    """Whether, and with what words where there are any."""
    if message is None:
        return {}
    return {"deprecated": True, "deprecation": message} if message else {"deprecated": True}


def _field(field: Field, types: Types) -> JsonValue:
    """`default` is the page's text, `default_value` what it means; the latter is left out where it means nothing."""
    json: dict[str, JsonValue] = {
        "name": field.name,
        "type": type_to_json(field.type),
        "required": field.required,
        "doc": field.doc,
    }
    if field.wire is not None:
        json["wire"] = field.wire
    if field.example is not None:
        json["example"] = field.example
    if field.default is not None:
        json["default"] = field.default
        value = default_of(field, types)
        if isinstance(value, Value):
            json["default_value"] = value.json
    if field.constraints != UNCONSTRAINED:
        json["constraints"] = {**field.constraints.said()}
    return json | _deprecation(field.deprecation) | {"source": str(field.span)}


def _value(value: EnumValue) -> JsonValue:
    json: dict[str, JsonValue] = {} if value.name is None else {"name": value.name}
    json["value"] = value.value
    if value.doc:
        json["doc"] = value.doc
    return json


def type_to_json(type_: TypeExpr) -> JsonValue:
    """A type expression in the same form as the IR holds it."""
    match type_:
        case Scalar(kind):
            return {"kind": kind}
        case ListOf(item):
            return {"kind": "list", "item": type_to_json(item)}
        case MapOf(key, value):
            return {"kind": "map", "key": type_to_json(key), "value": type_to_json(value)}
        case OneOf(options, discriminator):
            json: dict[str, JsonValue] = {"kind": "union", "options": [type_to_json(option) for option in options]}
            if discriminator is not None:
                json["discriminator"] = _discriminator(discriminator)
            return json
        case Nullable(inner):
            return {"kind": "nullable", "inner": type_to_json(inner)}
        case Const(constant):
            return {"kind": "const", "value": constant}
        case Ref(None, name):
            return {"kind": "ref", "key": None, "name": name}
        case Ref(target, name):
            return {"kind": "ref", "key": target, "name": name}
        case _:
            assert_never(type_)


def _discriminator(discriminator: Discriminator) -> JsonValue:
    return {"field": discriminator.field, "mapping": dict(discriminator.mapping)}
