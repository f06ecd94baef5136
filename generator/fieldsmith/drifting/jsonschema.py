"""JSON Schema (draft-04 to 2020-12) and OpenAPI (Swagger 2 to 3.1) -> the definitions in them, as a schema of ours."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.drifting.documents import Documents, Node, Unreadable
from fieldsmith.drifting.jsontypes import has_shape, open_values, parts, type_of
from fieldsmith.drifting.keywords import constraints_of
from fieldsmith.drifting.others import Other
from fieldsmith.reading.canonical import ANY
from fieldsmith.schema import Alias, Definition, Enum, EnumValue, Field, Model, Ref, Schema, TypeExpr

_CONTAINERS = (("$defs",), ("definitions",), ("components", "schemas"))
_SUFFIXES = (".json", ".yaml", ".yml")


def read(name: str, given: str, most: int, diagnostics: Diagnostics) -> Other | None:
    """The definitions of a document, or of all documents below a folder; None, with a finding, where none is read.

    `name` is what the user calls it. Of a document no more than `most` bytes are read.
    """
    path = os.path.realpath(given)
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    documents = Documents(folder, most)
    reader = _Reader(documents, diagnostics)
    for file in _files(path):
        try:
            reader.begin(documents.root(file))
        except Unreadable as error:
            diagnostics.add("FS501", Span(file, 1, 1), f"this {error}")
            return None
    found = tuple(reader.definitions())
    if not found:
        diagnostics.add("FS501", Span(path, 1, 1), "this holds no schema")
        return None
    return Other(name, path, Schema(found), reader.titles, frozenset(reader.unnamed))


def _files(path: str) -> list[str]:
    if not os.path.isdir(path):
        return [path]
    listed = (os.path.join(at, name) for at, _, names in sorted(os.walk(path)) for name in sorted(names))
    return [file for file in listed if file.lower().endswith(_SUFFIXES)]


class _Merged(NamedTuple):
    """What a model and all schemas that it is made of say of its keys."""

    properties: dict[str, Node]
    required: set[str]
    additional: list[Node]


class _Reader:
    """Goes from the definitions of documents to what they refer to, each once."""

    def __init__(self, documents: Documents, diagnostics: Diagnostics) -> None:
        self.documents, self.diagnostics = documents, diagnostics
        self.names: dict[str, str] = {}
        self.titles: dict[str, tuple[str, ...]] = {}
        self.unnamed: set[str] = set()
        self.waiting: deque[Node] = deque()

    def begin(self, root: Node) -> None:
        """Enter the definitions of a document, and the document where it is a schema itself."""
        if not isinstance(root.value, Mapping):
            raise Unreadable("holds no schema")
        for container in _CONTAINERS:
            try:
                schemas = root.at(*container)
            except (KeyError, TypeError):
                continue
            for name in schemas.value if isinstance(schemas.value, Mapping) else ():
                self._enter(schemas.at(name), name)
        if root.value and has_shape(root) and not {"openapi", "swagger"} & root.value.keys():
            self._enter(root, os.path.basename(root.file).partition(".")[0])

    def definitions(self) -> Iterator[Definition]:
        while self.waiting:
            yield self._definition(self.waiting.popleft())

    # what `jsontypes` asks for

    def follow(self, node: Node, reference: object) -> Node | None:
        try:
            if not isinstance(reference, str):
                raise Unreadable("is no text")
            if "#" not in reference and not reference.lower().endswith(_SUFFIXES):  # a tag that names a schema
                return self.documents.resolve(node, f"#/components/schemas/{reference}")
            return self.documents.resolve(node, reference)
        except Unreadable as error:
            self.unread(node, f"its reference {str(reference)[:100]!r} {error}")
            return None

    def refer(self, node: Node) -> Ref:
        name = node.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        return self._enter(node, name or os.path.basename(node.file).partition(".")[0])

    def inline(self, node: Node) -> Ref:
        self.unnamed.add(node.key)
        steps = [
            step for step in node.pointer.split("/") if step not in ("properties", "items", "anyOf", "oneOf", "allOf")
        ]
        return self._enter(node, ".".join(steps[-2:]))

    def is_model(self, node: Node) -> bool:
        merged = self._merged(node, set())
        return bool(merged.properties) or "properties" in node.value

    def unread(self, node: Node, what: str) -> TypeExpr:
        self.diagnostics.add("FS502", Span(node.file, 1, 1), f"#{node.pointer}: {what}; any value is taken")
        return ANY

    # definitions

    def _enter(self, node: Node, name: str) -> Ref:
        if node.key not in self.names:
            self.names[node.key] = name
            title = node.value.get("title") if isinstance(node.value, Mapping) else None
            self.titles[node.key] = (title,) if isinstance(title, str) else ()
            self.waiting.append(node)
        return Ref(node.key, self.names[node.key])

    def _definition(self, node: Node) -> Definition:
        key, name, span = node.key, self.names[node.key], Span(node.key, 1, 1)
        enum = self._enum(node)
        if enum is not None:
            values, is_open = enum
            return Enum(key, name, "", "", None, span, values, is_open)
        if isinstance(node.value, Mapping) and "$ref" not in node.value and self.is_model(node):
            return self._model(node, name)
        return Alias(key, name, "", "", None, span, type_of(node, self))

    def _enum(self, node: Node) -> tuple[tuple[EnumValue, ...], bool] | None:
        if not isinstance(node.value, Mapping):
            return None
        inner = open_values(node, self)
        listed = (inner or node).value.get("enum")
        nullable = node.value.get("nullable") is True
        if not isinstance(listed, list) or nullable or not all(isinstance(one, str | int | float) for one in listed):
            return None
        span = Span(node.key, 1, 1)
        return tuple(EnumValue(None, value, "", span) for value in listed), inner is not None

    def _model(self, node: Node, name: str) -> Model:
        merged = self._merged(node, set())
        fields = tuple(self._field(at, field, at in merged.required) for at, field in merged.properties.items())
        further = [type_of(one, self) for one in merged.additional]
        return Model(node.key, name, "", "", None, Span(node.key, 1, 1), fields, further[0] if further else None)

    def _field(self, name: str, node: Node, required: bool) -> Field:
        schema: Mapping[str, Any] = node.value if isinstance(node.value, Mapping) else {}
        default = json.dumps(schema["default"], ensure_ascii=False) if "default" in schema else None
        deprecation = "" if schema.get("deprecated") is True else None
        span = Span(node.key, 1, 1)
        type_ = type_of(node, self)
        return Field(name, type_, required, "", None, default, deprecation, span, constraints_of(schema))

    def _merged(self, node: Node, seen: set[str]) -> _Merged:
        """The keys of a schema and of those that it takes together under `allOf`, which may be elsewhere."""
        found = _Merged({}, set(), [])
        if not isinstance(node.value, Mapping) or node.key in seen:
            return found
        seen.add(node.key)
        for part in self._together(node):
            inner = self._merged(part, seen)
            found.properties.update(inner.properties)
            found.required.update(inner.required)
            found.additional.extend(inner.additional)
        properties, required = node.value.get("properties"), node.value.get("required")
        if isinstance(properties, Mapping):
            found.properties.update((str(name), node.at("properties", name)) for name in properties)
        if isinstance(required, list):
            found.required.update(filter(_is_text, required))
        if isinstance(node.value.get("additionalProperties"), Mapping):
            found.additional.append(node.at("additionalProperties"))
        return found

    def _together(self, node: Node) -> Iterable[Node]:
        for part in parts(node, "allOf"):
            if isinstance(part.value, Mapping) and "$ref" in part.value:
                target = self.follow(part, part.value["$ref"])
                if target is not None:
                    yield target
            elif has_shape(part) or "required" in (part.value if isinstance(part.value, Mapping) else ()):
                yield part


def _is_text(value: object) -> bool:
    return isinstance(value, str)
