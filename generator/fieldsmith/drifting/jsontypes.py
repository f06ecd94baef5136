"""A schema in a document -> the type it says, with references to what is defined elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Protocol

from fieldsmith.drifting.documents import Node
from fieldsmith.drifting.keywords import SHAPES, UNREAD, scalar_of
from fieldsmith.reading.canonical import ANY, make_const, make_nullable, make_union
from fieldsmith.schema import Discriminator, ListOf, MapOf, Nullable, OneOf, Ref, Scalar, TypeExpr

DEEPEST = 64  # steps of a pointer
_STRING = Scalar("string")
_CONDITIONS = {"required", "not"}


class Definer(Protocol):
    """Where references lead, and where what cannot be read is noted."""

    def follow(self, node: Node, reference: object) -> Node | None: ...
    def refer(self, node: Node) -> Ref: ...
    def inline(self, node: Node) -> Ref: ...
    def is_model(self, node: Node) -> bool: ...
    def unread(self, node: Node, what: str) -> TypeExpr: ...


def type_of(node: Node, definer: Definer) -> TypeExpr:
    """The type of a schema. What cannot be said as a type is any value, and is noted."""
    schema = node.value
    if schema is True:
        return ANY
    if not isinstance(schema, Mapping):
        return definer.unread(node, "it is no schema")
    if node.pointer.count("/") > DEEPEST:
        return definer.unread(node, "it is nested too deeply")
    found = _shape(node, definer)
    return make_nullable(found) if schema.get("nullable") is True else found


def _shape(node: Node, definer: Definer) -> TypeExpr:
    schema = node.value
    if "$ref" in schema:
        target = definer.follow(node, schema["$ref"])
        return ANY if target is None else definer.refer(target)
    for word in ("anyOf", "oneOf"):
        options = [option for option in parts(node, word) if not _is_condition(option)]
        if options:
            return _union(node, [type_of(option, definer) for option in options], definer)
    if "const" in schema or "enum" in schema:
        return _constants(node, [schema["const"]] if "const" in schema else schema["enum"], definer)
    inner = [part for part in parts(node, "allOf") if has_shape(part)]
    if len(inner) == 1 and not schema.keys() & {"type", "properties"}:
        return type_of(inner[0], definer)
    if definer.is_model(node):
        model = definer.inline(node)
        return make_nullable(model) if "null" in _kinds(schema) else model
    if inner or any(word in schema for word in UNREAD):
        return definer.unread(node, "it asks for several things at once")
    return _by_kind(node, definer)


def parts(node: Node, word: str) -> Iterator[Node]:
    """The schemas listed under a keyword."""
    listed = node.value.get(word)
    if isinstance(listed, list):
        yield from (node.at(word, at) for at in range(len(listed)))


def has_shape(node: Node) -> bool:
    """Whether a schema says of which values it is; conditions and words for people do not."""
    return node.value is True or (
        isinstance(node.value, Mapping)
        and (not node.value or bool(SHAPES & node.value.keys()))
        and "if" not in node.value
    )


def _is_condition(node: Node) -> bool:
    """Whether an option says which keys go together, and no more: `anyOf: [{required: [a]}, {required: [b]}]`."""
    return isinstance(node.value, Mapping) and bool(node.value) and node.value.keys() <= _CONDITIONS


def _union(node: Node, options: list[TypeExpr], definer: Definer) -> TypeExpr:
    union = make_union(options)
    bare = union.inner if isinstance(union, Nullable) else union
    if not isinstance(bare, OneOf):
        return union
    tied = replace(bare, discriminator=_discriminator(node, bare, definer))
    return Nullable(tied) if isinstance(union, Nullable) else tied


def _discriminator(node: Node, union: OneOf, definer: Definer) -> Discriminator | None:
    """That of OpenAPI, or the same under a word of ours; where it maps nothing, tags are the names of the schemas."""
    said = node.value.get("discriminator", node.value.get("x-fieldsmith-discriminator"))
    if not isinstance(said, Mapping) or not isinstance(said.get("propertyName"), str):
        return None
    refs = [option for option in union.options if isinstance(option, Ref) and option.key is not None]
    tags = [(one.name, str(one.key)) for one in refs]
    mapping = said.get("mapping")
    if isinstance(mapping, Mapping) and mapping:
        tags = []
        for tag, target in mapping.items():
            found = definer.follow(node, target)
            if found is not None:
                tags.append((str(tag), str(definer.refer(found).key)))
    return Discriminator(said["propertyName"], tuple(tags)) if tags else None


def _constants(node: Node, values: object, definer: Definer) -> TypeExpr:
    if not isinstance(values, list) or not all(isinstance(value, str | int | float | None) for value in values):
        return definer.unread(node, "it lists values that are no scalars")
    return make_union(map(make_const, values))


def _by_kind(node: Node, definer: Definer) -> TypeExpr:
    schema = node.value
    kinds = _kinds(schema) or (["object"] if _is_map(schema) else ["array"] if "items" in schema else [])
    if not kinds:
        return ANY
    if schema.get("format") == "decimal" and {"string", "number"} <= set(kinds):
        kinds = ["number", *(kind for kind in kinds if kind == "null")]
    return make_union(_single(node, kind, definer) for kind in kinds)


def _kinds(schema: Mapping[str, Any]) -> list[Any]:
    """The JSON types that a schema names."""
    said = schema.get("type", [])
    return said if isinstance(said, list) else [said]


def _is_map(schema: Mapping[str, Any]) -> bool:
    return isinstance(schema.get("additionalProperties"), Mapping)


def _single(node: Node, kind: object, definer: Definer) -> TypeExpr:
    """The type under one JSON type."""
    scalar = scalar_of(node.value, kind) if isinstance(kind, str) else None
    if scalar is not None:
        return Scalar(scalar)
    if kind == "array":
        return ListOf(_items(node, definer))
    if kind == "object":
        further = node.value.get("additionalProperties", True)
        keys = "x-fieldsmith-keys" if "x-fieldsmith-keys" in node.value else "propertyNames"
        key = type_of(node.at(keys), definer) if keys in node.value else _STRING
        value = ANY if isinstance(further, bool) else type_of(node.at("additionalProperties"), definer)
        return MapOf(_STRING if key == ANY else key, value)
    return definer.unread(node, f"its type {kind!r:.40} is not known")


def _items(node: Node, definer: Definer) -> TypeExpr:
    word = "prefixItems" if "prefixItems" in node.value else "items"
    if isinstance(node.value.get(word), list):  # a tuple: a list of all that may be in it
        return make_union(type_of(part, definer) for part in parts(node, word))
    return type_of(node.at("items"), definer) if "items" in node.value else ANY


def open_values(node: Node, definer: Definer) -> Node | None:
    """The enum in a schema that lists values and takes others of their kind, too: `anyOf` an enum and bare scalars."""
    for word in ("anyOf", "oneOf"):
        options = [option for option in parts(node, word) if isinstance(option.value, Mapping)]
        enums = [option for option in options if "enum" in option.value]
        scalars = [option for option in options if "enum" not in option.value]
        if len(enums) == 1 and scalars:
            kinds = {
                scalar_of({}, str(option.value.get("type"))) for option in scalars if option.value.keys() == {"type"}
            }
            if len(kinds) == len(scalars) and None not in kinds:
                return enums[0]
    return None
