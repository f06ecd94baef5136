"""Definitions -> shapes: plain tuples from which the emitted package explains what is wrong with a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fieldsmith.schema import (
    Alias,
    Const,
    Definition,
    Discriminator,
    Enum,
    Field,
    ListOf,
    MapOf,
    Model,
    Nullable,
    OneOf,
    Ref,
    Scalar,
    TypeExpr,
)
from fieldsmith.writing import literals
from fieldsmith.writing.layout import Group, Node
from fieldsmith.writing.python import Package

_SHORT = 50  # what fits a line however deep a shape stands, so that its text is all that matters


def _tuple(*items: Node) -> Node:
    if all(isinstance(item, str) for item in items):
        text = f"({', '.join(map(str, items))}{',' if len(items) == 1 else ''})"
        if len(text) <= _SHORT:
            return text
    return Group("", "()", items)


class Shaper(NamedTuple):
    """Makes the shapes of one module.

    `decoders` and `encoders` name the module's functions for the unions in it: the second pass asks them what fits.
    """

    package: Package
    decoders: Mapping[OneOf, str]
    encoders: Mapping[OneOf, str]

    def definition(self, definition: Definition) -> Node:
        """The shape of a definition, as source of a tuple: `(kind, name, ...)`."""
        name = literals.string(self.package.names.classes[definition.key])
        match definition:
            case Model():
                fields = _tuple(*(self._field(definition, field) for field in definition.fields))
                additional = self.package.additional(definition)
                extra = "keep" if additional is not None else self.package.settings.extra
                further = self._type(additional) if additional is not None else "None"
                page = literals.string(definition.span.path)
                return _tuple('"model"', name, page, fields, further, literals.string(extra))
            case Enum():
                values = _tuple(*(literals.scalar(value.value) for value in definition.values))
                return _tuple('"enum"', name, values, str(self.package.is_open(definition)))
            case Alias():
                return _tuple('"alias"', name, self._type(definition.type))

    def _field(self, model: Model, field: Field) -> Node:
        """`(wire name, attribute, type, presence, line)`."""
        names = self.package.names
        return _tuple(
            literals.string(names.wires[model.key, field.name]),
            f'"{names.attributes[model.key, field.name]}"',
            self._type(field.type),
            f'"{self.package.presence(field)}"',
            str(field.span.line),
        )

    def _type(self, expr: TypeExpr) -> Node:
        match expr:
            case Scalar(kind):
                return f'"{kind}"'
            case ListOf(item):
                return _tuple('"list"', self._type(item))
            case MapOf(_, value):
                return _tuple('"map"', self._type(value))
            case Nullable(inner):
                return _tuple('"nullable"', self._type(inner))
            case Const(value):
                return _tuple('"const"', literals.scalar(value))
            case Ref(key=str(key)):
                names = self.package.names
                return _tuple('"ref"', f'"{names.modules[key]}"', f'"{names.classes[key]}"')
            case Ref():
                return '"any"'
            case OneOf(options, discriminator):
                shapes = _tuple(*map(self._type, options))
                tag = "None" if discriminator is None else self._tag(discriminator)
                return _tuple('"union"', shapes, tag, self.decoders[expr], self.encoders[expr])

    def _tag(self, discriminator: Discriminator) -> Node:
        """`(wire name, attribute, pairs of value and type)`."""
        names = self.package.names
        at = discriminator.mapping[0][1], discriminator.field
        pairs = (_tuple(literals.string(value), self._type(Ref(key, ""))) for value, key in discriminator.mapping)
        return _tuple(literals.string(names.wires[at]), f'"{names.attributes[at]}"', _tuple(*pairs))
