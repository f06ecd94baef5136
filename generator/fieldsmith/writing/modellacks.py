"""The tree of models and the schema that they were made of -> a finding for each name and type that they lack."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from fieldsmith.diagnostics import Diagnostic
from fieldsmith.schema import Definition, Enum, Field, Model
from fieldsmith.writing.jsonschema import Json
from fieldsmith.writing.libraries import Library
from fieldsmith.writing.modelfeed import OURS, Fed, finding
from fieldsmith.writing.python import Package


class _Row(NamedTuple):
    """A field as it was made: the name it has in JSON, and its annotation."""

    wire: str
    annotation: ast.expr


def lacks(tree: ast.Module, package: Package, library: Library, fed: Fed) -> Iterator[Diagnostic]:
    """Findings: FS412 where a class, a field or a value is not there under its name, FS414 where a type is wider."""
    made = {name: node for node in tree.body if (name := _name(node))}
    others = {name: node for name, node in made.items() if OURS + name not in fed.document["$defs"]}
    for one in package.schema.definitions:
        name = fed.classes[one.key]
        schema, node = fed.document["$defs"][OURS + name], made.get(name)
        if node is None:
            yield finding("FS412", one.span, f"`{name}` is not among the models of {library.name}")
            continue
        match one:
            case Model():
                yield from _fields(one, node, others, package, library, fed)
            case Enum() if isinstance(node, ast.ClassDef):
                values = {_name(each): each.value for each in node.body if isinstance(each, ast.Assign)}
                for index, value in enumerate(one.values):
                    member = package.names.members[one.key, index]
                    if member not in values or not _is(values[member], value.value):
                        message = f"`{member}` is not among the values of {name} of {library.name}"
                        yield finding("FS412", value.span, message)
            case _:
                yield from _wider(one, name, _value(node), others, schema, library, fed.document["$defs"])


def _name(node: ast.stmt) -> str | None:
    match node:
        case ast.ClassDef(name=name):
            return name
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
    return None


def _value(node: ast.stmt) -> ast.AST:
    """What an alias stands for, without its own name."""
    match node:
        case ast.AnnAssign(value=ast.expr() as value) | ast.Assign(value=ast.Call(args=[_, value])):
            return value
    return node


def _fields(
    model: Model, node: ast.stmt, others: Mapping[str, ast.stmt], package: Package, library: Library, fed: Fed
) -> Iterator[Diagnostic]:
    rows = dict(_rows(node))
    schema = fed.document["$defs"][OURS + fed.classes[model.key]]
    tag = _tag_field(node)
    for field in model.fields:
        wire = package.names.wires[model.key, field.name]
        name = fed.attributes.get((model.key, wire), wire)
        row = rows.get(name)
        if row is None and wire == tag:
            continue
        if row is None or row.wire != wire:
            message = f"`{name}` is not a field of {fed.classes[model.key]} of {library.name}"
            yield finding("FS412", field.span, message)
        else:
            wanted = schema["properties"][wire]
            yield from _wider(field, name, row.annotation, others, wanted, library, fed.document["$defs"])


def _rows(node: ast.stmt) -> Iterator[tuple[str, _Row]]:
    """The fields of a class by their attributes, or by their keys where it has none."""
    match node:
        case ast.ClassDef(body=body):
            for each in body:
                if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
                    name = each.target.id
                    yield name, _Row(_alias(each) or name, each.annotation)
        case ast.Assign(value=ast.Call(args=[_, ast.Dict(keys=keys, values=values)])):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant):
                    yield str(key.value), _Row(str(key.value), value)


def _alias(node: ast.AnnAssign) -> str | None:
    """What `Field(alias=...)` or `field(name=...)` says."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name):
            for keyword in each.keywords:
                if keyword.arg in ("alias", "name") and isinstance(keyword.value, ast.Constant):
                    return str(keyword.value.value)
    return None


def _tag_field(node: ast.stmt) -> str | None:
    """The key under which msgspec finds the tag of a class."""
    for keyword in node.keywords if isinstance(node, ast.ClassDef) else ():
        if keyword.arg == "tag_field" and isinstance(keyword.value, ast.Constant):
            return str(keyword.value.value)
    return None


def _wider(
    one: Definition | Field,
    name: str,
    node: ast.AST,
    others: Mapping[str, ast.stmt],
    schema: Json,
    library: Library,
    known: Mapping[str, Any],
) -> Iterator[Diagnostic]:
    """A finding where a type mentions a definition or a constant, and what was made of it does not.

    `others` are types that the generator gave a name to: what they mention is mentioned.
    """
    said = {*_said(node)}
    said |= {inner for other in said & others.keys() for inner in _said(others[other])}
    for wanted in dict.fromkeys(_wanted(schema)):
        if wanted not in said and not _is_spelled_out(wanted, said, known):
            message = f"{library.name}: the type of `{name}` does not say {wanted!r} any more; it is wider"
            yield finding("FS414", one.span, message)
            return


def _wanted(schema: Json) -> Iterator[Any]:
    """The classes and constants that a type mentions."""
    if "$ref" in schema:
        yield schema["$ref"].rpartition(OURS)[2]
    yield from schema.get("enum", ())
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from _wanted(schema[key])
    for key in ("anyOf", "oneOf"):
        for each in schema.get(key, ()):
            yield from _wanted(each)


def _said(node: ast.AST) -> Iterator[Any]:
    """Names and constants below a node, also those in quoted types."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            yield each.id
        elif isinstance(each, ast.Constant):
            yield each.value
            if isinstance(each.value, str):
                yield from _in_quotes(each.value)


def _in_quotes(text: str) -> Iterator[str]:
    try:
        inner = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    yield from (each.id for each in ast.walk(inner) if isinstance(each, ast.Name))


def _is_spelled_out(wanted: Any, said: set[Any], known: Mapping[str, Any]) -> bool:
    """Whether the values of an enum stand in its place, as they do for the tag of a union."""
    target = known.get(OURS + wanted) if isinstance(wanted, str) else None
    return isinstance(target, dict) and "enum" in target and {*target["enum"]} <= said


def _is(node: ast.expr, value: Any) -> bool:
    try:
        found = ast.literal_eval(node)
    except ValueError:
        return False
    return type(found) is type(value) and found == value
