"""A JSON Schema to a schema of fieldsmith, where our types can say it; else the reason why not.

A keyword of JSON Schema speaks of one JSON type and lets values of the others pass: `{"format": "date"}` takes numbers.
So a JSON Schema becomes a table from JSON types to what is taken of each, and the table becomes a union: of the date,
numbers, booleans, lists, maps and null. Where the table takes all of each, the type is `any`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

from emitted import CODE, alias, enum, model, ref
from fieldsmith.schema import (
    Const,
    Definition,
    JsonScalar,
    ListOf,
    MapOf,
    Model,
    Nullable,
    OneOf,
    Scalar,
    ScalarKind,
    Schema,
    TypeExpr,
)
from fieldsmith.writing.plans import Extra, Json, Settings

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NOTES = {"$schema", "$comment", "$defs", "title", "description"}  # these say nothing of what is taken
NOTES |= {"default", "examples", "deprecated", "readOnly", "writeOnly"}
OBJECTS = ("properties", "required", "additionalProperties")
KEYWORDS = {"type", "enum", "const", "anyOf", "format", "items", "$ref", *OBJECTS}
FORMATS: dict[str, ScalarKind] = {
    "date": "date",
    "date-time": "datetime",
    "duration": "duration",
    "time": "time",
    "uuid": "uuid",
}
ANY, STRING = Scalar("any"), Scalar("string")

# What is taken, by JSON type. Under LISTED stand enums and references, which may be of several JSON types.
Taken = dict[str, tuple[TypeExpr, ...]]
LISTED = "listed"
ALL: Taken = {
    "null": (Scalar("null"),),
    "boolean": (Scalar("boolean"),),
    "number": (Scalar("number"),),
    "string": (STRING,),
    "array": (ListOf(ANY),),
    "object": (MapOf(STRING, ANY),),
}


class Unsayable(Exception):
    """Our types cannot say this; the text is the reason."""


def translated(root: Any, library: Json, formats: bool) -> tuple[Schema, Settings]:
    """A schema whose model `Holder` has what the JSON Schema takes as its `value`, and the settings it needs.

    `formats`: whether a format is an assertion; it is a mere note elsewhere. Raises Unsayable.
    """
    translation = _Translation(root, formats)
    holder = model("Holder", ("value", translation.type(root)))
    definitions = tuple(map(translation.opened, translation.definitions))
    extra: Extra = "forbid" if translation.closed else "ignore"
    return Schema((holder, *definitions)), Settings(targets=CODE, json=library, extra=extra, names=translation.names)


@dataclass(slots=True)
class _Translation:
    """Definitions made on the way; `closed` are the models that take no further keys."""

    root: Any
    formats: bool
    definitions: list[Definition] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    references: dict[str, TypeExpr] = field(default_factory=dict)
    count: int = 0

    def title(self, word: str) -> str:
        self.count += 1
        return f"{word}{self.count}"

    def opened(self, definition: Definition) -> Definition:
        """Further keys are a setting of the package: where one model forbids them, the others say that they may come."""
        if not self.closed or not isinstance(definition, Model) or definition.name in self.closed:
            return definition
        return definition if definition.additional else replace(definition, additional=ANY)

    def type(self, schema: Any) -> TypeExpr:
        taken = self.taken(schema)
        if taken.items() >= ALL.items():
            return ANY
        options = tuple(dict.fromkeys(each for kind, some in taken.items() if kind != "null" for each in some))
        if not options:
            if "null" in taken:
                return Scalar("null")
            raise Unsayable("a type without values")
        inner = options[0] if len(options) == 1 else OneOf(options)
        return Nullable(inner) if "null" in taken else inner

    def taken(self, schema: Any) -> Taken:
        if isinstance(schema, bool):
            return ALL if schema else {}
        if schema.get("$schema", DIALECT) != DIALECT:
            raise Unsayable("another dialect of JSON Schema")
        said = {keyword: value for keyword, value in schema.items() if keyword not in NOTES}
        for keyword in said:
            if keyword not in KEYWORDS:
                raise Unsayable(f"the keyword {keyword}")
        wholes = {"$ref": self.reference, "anyOf": self.any_of, "enum": self.values, "const": self.values}
        for keyword, read in wholes.items():
            if keyword in said:
                if said.keys() - {keyword, "type"}:
                    raise Unsayable(f"{keyword} beside other keywords")
                return self.narrowed(said, read(said))
        return self.narrowed(said, self.parts(said))

    def narrowed(self, said: Mapping[str, Any], taken: Taken) -> Taken:
        """What is left when `type` is looked at too."""
        if "type" not in said:
            return taken
        kinds = _types(said)
        if taken.get(LISTED) and "enum" not in said:
            raise Unsayable("a type beside a reference")
        left = {kind: some for kind, some in taken.items() if kind in (*kinds, LISTED)}
        if "integer" in kinds and "number" not in kinds and "number" in taken:
            if taken["number"] != ALL["number"]:
                raise Unsayable("integer beside other keywords")
            left["number"] = (Scalar("integer"),)
        return left

    def parts(self, said: Mapping[str, Any]) -> Taken:
        """The keywords that each speak of one JSON type."""
        taken = dict(ALL)
        if "format" in said:
            taken["string"] = (self.format(said["format"]),)
        if "items" in said:
            taken["array"] = (ListOf(self.type(said["items"])),)
        if any(keyword in said for keyword in OBJECTS):
            taken["object"] = (self.object(said),)
        return taken

    def format(self, name: str) -> Scalar:
        if not self.formats:
            raise Unsayable("a format that is a mere note")
        if name not in FORMATS:
            raise Unsayable(f"the format {name}")
        return Scalar(FORMATS[name])

    def values(self, said: Mapping[str, Any]) -> Taken:
        """Constants: `const` alone as such, `enum` as an enum."""
        values = said["enum"] if "enum" in said else [said["const"]]
        if any(isinstance(value, list | dict) for value in values):
            raise Unsayable("a constant that is a list or an object")
        kept = [_exactly(value) for value in values if "type" not in said or _is_of(value, _types(said))]
        taken: Taken = {"null": ALL["null"]} if None in kept else {}
        scalars = [value for value in kept if value is not None]
        if scalars and "const" in said:
            taken[_kind(scalars[0])] = (Const(scalars[0]),)
        elif scalars:
            title = self.title("Enum")
            self.definitions.append(enum(title, *scalars, names=tuple(f"V{at}" for at, _ in enumerate(scalars))))
            taken[LISTED] = (ref(title),)
        return taken

    def any_of(self, said: Mapping[str, Any]) -> Taken:
        """All that one of the options takes; of a JSON type that is taken as a whole, nothing else need be said."""
        taken: Taken = {}
        for option in said["anyOf"]:
            for kind, some in self.taken(option).items():
                both = tuple(dict.fromkeys(taken.get(kind, ()) + some))
                whole = ALL.get(kind, ())
                taken[kind] = whole if whole and whole[0] in both else both
        return taken

    def object(self, said: Mapping[str, Any]) -> TypeExpr:
        properties, required = said.get("properties", {}), said.get("required", [])
        further = said.get("additionalProperties", True)
        if not properties and not required and further is not False:
            return MapOf(STRING, self.type(further))
        if False in properties.values():
            raise Unsayable("a property that must not be there")
        title = self.title("Model")
        fields: list[tuple[str, TypeExpr, bool]] = []
        for name in dict.fromkeys([*properties, *required]):
            self.names[f"{title}.{name}"] = f"field{len(fields)}"
            fields.append((name, self.type(properties.get(name, True)), name in required))
        if further is False:
            self.closed.add(title)
        additional = None if isinstance(further, bool) else self.type(further)
        self.definitions.append(model(title, *fields, additional=additional))
        return ref(title)

    def reference(self, said: Mapping[str, Any]) -> Taken:
        """An alias for what a pointer within the document leads to; made once, so that references may go round."""
        pointer = said["$ref"]
        if pointer not in self.references:
            target = _target(self.root, pointer)
            title = self.title("Alias")
            self.references[pointer] = ref(title)
            self.definitions.append(alias(title, self.type(target)))
        return {LISTED: (self.references[pointer],)}


def _target(root: Any, pointer: str) -> Any:
    if pointer != "#" and not pointer.startswith("#/"):
        raise Unsayable("a reference to another document or an anchor")
    found = root
    for step in unquote(pointer).split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        try:
            found = found[int(step)] if isinstance(found, list) else found[step]
        except (LookupError, TypeError, ValueError):
            raise Unsayable("a reference that leads nowhere") from None
    return found


def _types(said: Mapping[str, Any]) -> list[str]:
    types = said["type"]
    return [types] if isinstance(types, str) else list(types)


def _is_of(value: JsonScalar, types: list[str]) -> bool:
    """Whether a constant is of one of the types; a number without a fraction is an integer too."""
    whole = isinstance(value, float) and value.is_integer() or isinstance(value, int)
    return _kind(value) in types or ("integer" in types and whole and not isinstance(value, bool))


def _kind(value: JsonScalar) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    return "string" if isinstance(value, str) else "number"


def _exactly(value: JsonScalar) -> JsonScalar:
    """The value without what the reader of the suite remembers of it."""
    return float(value) if isinstance(value, float) else value
