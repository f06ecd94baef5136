"""A package -> JSON Schema 2020-12 of its definitions: what the pages say of JSON, and as `x-` keywords the rest."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fieldsmith.leaves import leaves
from fieldsmith.schema import (
    Alias,
    Const,
    Definition,
    Discriminator,
    Enum,
    Field,
    JsonScalar,
    ListOf,
    MapOf,
    Model,
    Nullable,
    OneOf,
    Ref,
    Scalar,
    ScalarKind,
    TypeExpr,
)
from fieldsmith.values import Types, Value, default_of, value_of
from fieldsmith.writing.jsontext import DIALECT, MARK
from fieldsmith.writing.python import Package, raw_types
from fieldsmith.writing.validity import is_valid, keeps

Json = dict[str, Any]

TAG = "x-fieldsmith-discriminator"
SCALARS: Mapping[ScalarKind, Json] = {
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
TYPES = {"str": "string", "int": "integer", "float": "number", "bool": "boolean", "NoneType": "null"}


def bundle(package: Package) -> Json:
    """All definitions in one document, each below `$defs`; it says nothing of a value by itself."""
    names = definition_names(package)
    schemas = Schemas(package, {key: f"#/$defs/{name}" for key, name in names.items()}, TAG, SCALARS)
    definitions = {names[one.key]: schemas.definition(one) for one in package.schema.definitions}
    return {"$schema": DIALECT, "$comment": MARK, "$defs": definitions}


def definition_names(package: Package) -> dict[str, str]:
    """What each definition is called in a document, by key: as its class, the folders before it where two agree."""
    classes, modules = package.names.classes, package.names.modules
    count = Counter(classes.values())
    return {
        key: name if count[name] == 1 else ".".join((*modules[key].split(".")[:-1], name))
        for key, name in classes.items()
    }


@dataclass(frozen=True, slots=True)
class Schemas:
    """Makes the schemas of a document, in which `refs` says how each definition is referred to, by key.

    `discriminator` is the keyword under which the document holds what tells the members of a union apart; `scalars` are
    what it says for each kind of scalar.
    """

    package: Package
    refs: Mapping[str, str]
    discriminator: str
    scalars: Mapping[ScalarKind, Json]

    def definition(self, one: Definition) -> Json:
        """The schema of a definition, with its title, its words and its place."""
        match one:
            case Model():
                schema = self.model(one)
            case Enum():
                schema = self.enum(one)
            case Alias():
                schema = self.type(one.type)
        names = self.package.names
        return {
            "title": one.name,
            **words(one.doc, one.deprecation),
            **schema,
            "x-fieldsmith-key": one.key,
            "x-fieldsmith-python": names.classes[one.key],
            "x-fieldsmith-module": names.modules[one.key],
            "x-fieldsmith-source": str(one.span),
        }

    def model(self, model: Model) -> Json:
        names = self.package.names
        required = [names.wires[model.key, row.name] for row in model.fields if row.required]
        schema: Json = {
            "type": "object",
            "properties": {names.wires[model.key, row.name]: self.property(model, row) for row in model.fields},
        }
        if required:
            schema["required"] = required
        additional = self.package.additional(model)
        if additional is not None:
            schema["additionalProperties"] = self.type(additional)
        elif self.package.settings.extra == "forbid":
            schema["additionalProperties"] = False
        return schema

    def property(self, model: Model, row: Field) -> Json:
        """The schema of a field; `null` is in it only where the type says so, whether the field is required or not."""
        names = self.package.names
        schema = {**self.type(row.type), **words(row.doc, row.deprecation)}
        schema |= self._facts(row)
        if names.wires[model.key, row.name] != row.name:
            schema["x-fieldsmith-name"] = row.name
        schema["x-fieldsmith-python"] = names.attributes[model.key, row.name]
        schema["x-fieldsmith-source"] = str(row.span)
        return schema

    def _facts(self, row: Field) -> Json:
        """Constraints, and the texts of default and example, each behind the value that it says, if it says one."""
        types = Types(self.package.definitions, self.package.aliases)
        facts: Json = {**row.constraints.said()}
        if row.constraints.pattern is not None and not is_pattern(row.constraints.pattern):
            facts["x-fieldsmith-pattern"] = facts.pop("pattern")
        if row.default is not None:
            value = default_of(row, types)
            if (
                isinstance(value, Value)
                and is_valid(value.json, row.type, self.package, types)
                and keeps(value.json, row.constraints)
            ):
                facts["default"] = value.json
            facts["x-fieldsmith-default"] = row.default
        if row.example is not None:
            value = value_of(row.example, row.type, types)
            facts |= {"examples": [value.json]} if isinstance(value, Value) else {}
            facts["x-fieldsmith-example"] = row.example
        return facts

    def enum(self, enum: Enum) -> Json:
        """The values with their names. Of an open one any value of their JSON types is valid."""
        names = self.package.names
        schema: Json = {**type_of(value.value for value in enum.values), "enum": [one.value for one in enum.values]}
        schema["x-enum-varnames"] = [names.members[enum.key, index] for index in range(len(enum.values))]
        if any(value.doc for value in enum.values):
            schema["x-enum-descriptions"] = [value.doc for value in enum.values]
        if any(value.name is not None for value in enum.values):
            schema["x-fieldsmith-names"] = [value.name for value in enum.values]
        if not self.package.is_open(enum):
            return schema
        return {"anyOf": [schema, *({"type": TYPES[kind]} for kind in raw_types(enum))]}

    def type(self, expr: TypeExpr) -> Json:
        """The schema of a type."""
        match expr:
            case Scalar(kind):
                return dict(self.scalars[kind])
            case ListOf(item):
                return {"type": "array", "items": self.type(item)}
            case MapOf(key, value):
                keys = {} if key == Scalar("string") else {"x-fieldsmith-keys": self.type(key)}
                return {"type": "object", "additionalProperties": self.type(value), **keys}
            case Nullable(inner):
                return self.nullable(inner)
            case Const(value):
                return {**type_of([value]), "const": value}
            case Ref(key=str(key)):
                return self.reference(key)
            case Ref(name=name):
                return {"x-fieldsmith-outside": name}
            case OneOf():
                return self.union(expr)

    def nullable(self, inner: TypeExpr) -> Json:
        """A type or null: as one more `type` where there are no values or parts that null would have to be among."""
        schema = self.type(inner)
        types = schema.get("type")
        if types is not None and not schema.keys() & {"enum", "const", "allOf", "anyOf", "oneOf"}:
            return {**schema, "type": [*([types] if isinstance(types, str) else types), "null"]}
        return {"anyOf": [schema, {"type": "null"}]}

    def reference(self, key: str) -> Json:
        """What stands for a definition where a type refers to it."""
        return {"$ref": self.refs[key]}

    def union(self, union: OneOf) -> Json:
        """`oneOf` where a constant of each member tells it from the others, else `anyOf`.

        Where the tag alone selects the member, conditions say so: the members may look alike.
        """
        options = [self.type(option) for option in union.options]
        found = union.discriminator
        if found is None:
            return {"anyOf": options}
        wire = self.package.names.wires[found.mapping[0][1], found.field]
        members = {tag: self.refs[key] for tag, key in found.mapping}
        told: Json = {self.discriminator: {"propertyName": wire, "mapping": members}}
        if is_pinned(union, found, self.package):
            return {"oneOf": options, **told}
        return {
            "type": "object",
            "properties": {wire: {"type": "string", "enum": [*members]}},
            "required": [wire],
            "anyOf": options,
            **told,
            "allOf": [
                {"if": {"properties": {wire: {"const": tag}}}, "then": {"$ref": ref}} for tag, ref in members.items()
            ],
        }


def is_pinned(union: OneOf, found: Discriminator, package: Package) -> bool:
    """Whether each member of a union requires its own tag and no other, so that no value is of two of them."""
    members = {leaf.key for leaf in leaves(union.options, package.aliases) if isinstance(leaf, Ref)}
    return members == {key for _, key in found.mapping} and all(
        isinstance(model := package.definitions[key], Model)
        and any(
            row.required and row.name == found.field and _texts(row.type, package) == {tag} for row in model.fields
        )
        for tag, key in found.mapping
    )


def _texts(expr: TypeExpr, package: Package) -> set[JsonScalar]:
    """The values that a type of constants may have; empty for any other."""
    texts: set[JsonScalar] = set()
    for leaf in leaves([expr], package.aliases):
        enum = package.definitions[leaf.key] if isinstance(leaf, Ref) and leaf.key is not None else None
        if isinstance(leaf, Const):
            texts.add(leaf.value)
        elif isinstance(enum, Enum) and not package.is_open(enum):
            texts |= {value.value for value in enum.values}
        else:
            return set()
    return texts


def is_pattern(text: str) -> bool:
    """Whether a pattern can be read; pages spell patterns for any language, and what none here reads is no pattern."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(text)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


def words(doc: str, deprecation: str | None) -> Json:
    found: Json = {"description": doc} if doc else {}
    if deprecation is not None:
        found["deprecated"] = True
    if deprecation:
        found["x-fieldsmith-deprecation"] = deprecation
    return found


def type_of(values: Iterable[JsonScalar]) -> Json:
    """The JSON type that all values have, where they have one."""
    kinds = {TYPES[type(value).__name__] for value in values}
    return {"type": kinds.pop()} if len(kinds) == 1 else {}
