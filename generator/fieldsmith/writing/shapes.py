"""Definitions -> shapes: plain tuples from which the emitted package explains what is wrong with a value."""

from __future__ import annotations

from fieldsmith.schema import (
    Alias,
    Const,
    Definition,
    Enum,
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


def shape(package: Package, definition: Definition) -> Node:
    """The shape of a definition, as source of a tuple: `(kind, name, ...)`."""
    name = literals.string(package.names.classes[definition.key])
    match definition:
        case Model():
            fields = tuple(_field(package, definition, index) for index in range(len(definition.fields)))
            additional = package.additional(definition)
            extra = "keep" if additional is not None else package.settings.extra
            further = _type(package, additional) if additional is not None else "None"
            page = literals.string(definition.span.path)
            return _tuple('"model"', name, page, _tuple(*fields), further, literals.string(extra))
        case Enum():
            values = _tuple(*(literals.scalar(value.value) for value in definition.values))
            return _tuple('"enum"', name, values, str(package.is_open(definition)))
        case Alias():
            return _tuple('"alias"', name, _type(package, definition.type))


_SHORT = 50  # what fits a line however deep a shape stands, so that its text is all that matters


def _tuple(*items: Node) -> Node:
    if all(isinstance(item, str) for item in items):
        text = f"({', '.join(map(str, items))}{',' if len(items) == 1 else ''})"
        if len(text) <= _SHORT:
            return text
    return Group("", "()", items)


def _field(package: Package, model: Model, index: int) -> Node:
    """`(wire name, attribute, type, presence, line)`."""
    field = model.fields[index]
    names = package.names
    return _tuple(
        literals.string(names.wires[model.key, field.name]),
        f'"{names.attributes[model.key, field.name]}"',
        _type(package, field.type),
        f'"{package.presence(field)}"',
        str(field.span.line),
    )


def _type(package: Package, expr: TypeExpr) -> Node:
    match expr:
        case Scalar(kind):
            return f'"{kind}"'
        case ListOf(item):
            return _tuple('"list"', _type(package, item))
        case MapOf(_, value):
            return _tuple('"map"', _type(package, value))
        case Nullable(inner):
            return _tuple('"nullable"', _type(package, inner))
        case Const(value):
            return _tuple('"const"', literals.scalar(value))
        case Ref(key=str(key)):
            return _tuple('"ref"', f'"{package.names.modules[key]}"', f'"{package.names.classes[key]}"')
        case Ref():
            return '"any"'
        case OneOf(options, discriminator):
            tag: Node = "None"
            if discriminator is not None:
                wire = package.names.wires[discriminator.mapping[0][1], discriminator.field]
                attribute = package.names.attributes[discriminator.mapping[0][1], discriminator.field]
                pairs = (
                    _tuple(literals.string(value), _type(package, Ref(key, ""))) for value, key in discriminator.mapping
                )
                tag = _tuple(literals.string(wire), f'"{attribute}"', _tuple(*pairs))
            return _tuple('"union"', _tuple(*(_type(package, option) for option in options)), tag)
