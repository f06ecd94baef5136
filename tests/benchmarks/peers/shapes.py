"""A family's schema -> the classes of a peer: one walk for all peers, so that all of them type the same fields alike."""

from __future__ import annotations

import datetime as dt
import enum
import functools
import operator
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from types import GenericAlias, ModuleType
from typing import Any, Literal

from payloads import Family

from fieldsmith import schema
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.schema import Alias, Const, ListOf, MapOf, Nullable, OneOf, Ref, Scalar, TypeExpr
from fieldsmith.writing import naming, python
from fieldsmith.writing.plans import Settings
from fieldsmith.writing.python import Presence

Op = Literal["decode_dict", "decode_json", "encode_dict", "encode_json"]
Ops = dict[Op, Callable[[Any], Any]]
SCALARS: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "date": dt.date,
    "datetime": dt.datetime,
    "any": Any,
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A field as a peer declares it: identifier, JSON name, annotation (with None where null is allowed), presence."""

    name: str
    wire: str
    type: Any
    presence: Presence

    @property
    def required(self) -> bool:
        return self.presence == "required"

    @property
    def renamed(self) -> bool:
        return self.name != self.wire


@dataclass(frozen=True, slots=True)
class Tag:
    """The constant that tells a model from others in a union: its field, both ways, and its text."""

    name: str
    wire: str
    text: str


class Maker(ABC):
    """What a peer brings: how it declares a model, and a union of models told apart by a tag.

    `module` is the name of a module that holds all that is made: some libraries look their classes up.
    """

    def __init__(self, family: Family) -> None:
        self.module = f"{family.name}{type(self).__name__}"

    @abstractmethod
    def model(self, name: str, slots: list[Slot], tag: Tag | None) -> Any:
        """The class of a model; `tag` is the field among the slots that tells it from others of its union."""

    def union(self, union: Any, members: dict[Tag, Any]) -> Any:
        """The annotation for a union of models, which all have their tag in one field."""
        return union


def root(family: Family, maker: Maker) -> Any:
    """The class of the family's documents, as the maker makes it and all that it refers to."""
    return _Walk(family, maker).definition(next(one.key for one in family.schema.definitions if one.name == family.root))


class _Walk:
    """From definition to definition, each made once; the families hold no cycles."""

    def __init__(self, family: Family, maker: Maker) -> None:
        names = naming.name_all(family.schema, Settings(), Diagnostics())
        self.package = python.package(family.schema, names, Settings())
        self.maker = maker
        self.made: dict[str, Any] = {}
        self.module = sys.modules[maker.module] = ModuleType(maker.module)
        self.tags: dict[str, Tag] = {}
        for definition in family.schema.definitions:
            if isinstance(definition, Alias):
                self.tags |= self._tags(definition.type)

    def _tags(self, union: TypeExpr) -> dict[str, Tag]:
        """The tags of a union's members, by key."""
        assert isinstance(union, OneOf) and union.discriminator is not None, "unions of models bear a tag here"
        field, names = union.discriminator.field, self.package.names
        pairs = union.discriminator.mapping
        return {key: Tag(names.attributes[key, field], names.wires[key, field], text) for text, key in pairs}

    def definition(self, key: str) -> Any:
        if key not in self.made:
            made = self.made[key] = self._make(self.package.definitions[key])
            setattr(self.module, self.package.names.classes[key], made)
        return self.made[key]

    def _make(self, definition: schema.Definition) -> Any:
        name = self.package.names.classes[definition.key]
        match definition:
            case schema.Model():
                slots = [self._slot(definition.key, field) for field in definition.fields]
                return self.maker.model(name, slots, self.tags.get(definition.key))
            case schema.Enum():
                return enum.StrEnum(name, [(one.name, one.value) for one in definition.values], module=self.maker.module)
            case Alias():
                members = {tag: self.definition(key) for key, tag in self._tags(definition.type).items()}
                return self.maker.union(functools.reduce(operator.or_, members.values()), members)

    def _slot(self, key: str, field: schema.Field) -> Slot:
        names = self.package.names
        name, wire = names.attributes[key, field.name], names.wires[key, field.name]
        return Slot(name, wire, self.annotation(field.type), self.package.presence(field))

    def annotation(self, expr: TypeExpr) -> Any:
        match expr:
            case Scalar(kind):
                return SCALARS[kind]
            case ListOf(item):
                return GenericAlias(list, self.annotation(item))
            case MapOf(value=value):
                return GenericAlias(dict, (str, self.annotation(value)))
            case Nullable(inner):
                return self.annotation(inner) | None
            case Const(constant):
                return Literal[constant]
            case OneOf(options):
                return Literal[tuple(option.value for option in options if isinstance(option, Const))]
            case Ref(key=str(key)):
                return self.definition(key)
        raise ValueError(f"no pages here have a {expr}")
