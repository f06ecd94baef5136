"""A package and a model library -> the JSON Schema that the generator of models is given, and what it leaves out.

It is the exported schema, with what the library cannot say put in words that it can. So what gets lost is lost here,
where it becomes a finding, and not in the generator.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from fieldsmith.cycles import cycles
from fieldsmith.diagnostics import CODES, Diagnostic, Span
from fieldsmith.leaves import leaves
from fieldsmith.schema import (
    Alias,
    Const,
    Definition,
    Enum,
    Field,
    JsonScalar,
    Model,
    OneOf,
    Ref,
    Scalar,
    TypeExpr,
)
from fieldsmith.writing.jsonschema import TYPES, Json, Schemas, is_pinned, type_of
from fieldsmith.writing.libraries import Library
from fieldsmith.writing.literals import with_deprecation
from fieldsmith.writing.python import Package, raw_types
from fieldsmith.writing.structs import Structs

# Before the name of a definition in the document: so the generator's own names for what has none can be told from it.
OURS = "fieldsmith-"
_UNNAMABLE = re.compile(r'["\\\x00-\x1f]')
# The generator is to write these values themselves, and no enum of them.
_AS_LITERAL = "x-enum-field-as-literal"


class Fed(NamedTuple):
    """What the generator is given: a document, the class of each definition and the attribute of each field.

    `attributes` goes from (definition key, wire name) to the attribute. `found` is what could not be said.
    """

    document: Json
    classes: Mapping[str, str]
    attributes: Mapping[tuple[str, str], str]
    found: tuple[Diagnostic, ...]


def feed(package: Package, library: Library) -> Fed:
    """The document for a library. Findings: FS413 what is called otherwise, FS414 a type that is wider."""
    classes = class_names(package, library)
    attributes, found = _attributes(package, library)
    maker = _Feed(
        package,
        {key: f"#/$defs/{OURS}{name}" for key, name in classes.items()},
        "discriminator",
        library.scalars,
        library,
        Structs(package),
        frozenset(_endless(package)),
    )
    definitions = {OURS + classes[one.key]: maker.definition(one) for one in package.schema.definitions}
    renamed = (
        finding("FS413", one.span, f"`{name}` is {library.name}'s own: the class is `{name}_` there")
        for one in package.schema.definitions
        if (name := package.names.classes[one.key]) in library.classes and classes[one.key] == f"{name}_"
    )
    return Fed({"$defs": definitions}, classes, attributes, (*renamed, *found, *maker.found))


def class_names(package: Package, library: Library) -> dict[str, str]:
    """One name a definition, as all stand in one module: its class, the folders before it where two agree.

    An underscore stands behind a name that the module imports for the library.
    """
    count = Counter(package.names.classes.values())
    names: dict[str, str] = {}
    taken = {name for name in count if count[name] == 1} | library.classes
    for key, name in package.names.classes.items():
        if name in library.classes and count[name] == 1:
            name += "_"
        elif count[name] > 1:
            name = "".join(part.capitalize() for part in package.names.modules[key].split(".")[:-1]) + name
            while name in taken:
                name += "X"
            taken.add(name)
        names[key] = name
    return names


def _attributes(package: Package, library: Library) -> tuple[dict[tuple[str, str], str], list[Diagnostic]]:
    """The attributes of all fields: those of the package, an underscore behind what the library needs itself."""
    names = package.names
    attributes: dict[tuple[str, str], str] = {}
    found: list[Diagnostic] = []
    for model in package.schema.definitions:
        if not isinstance(model, Model) or not library.has_attributes:
            continue
        taken = {names.attributes[model.key, row.name] for row in model.fields}
        for row in model.fields:
            name = own = names.attributes[model.key, row.name]
            while name in library.reserved or (name != own and name in taken):
                name += "_"
            wire = names.wires[model.key, row.name]
            attributes[model.key, wire] = name
            if library.name == "msgspec" and _UNNAMABLE.search(wire):
                message = f"msgspec has no names with quotes, backslashes or control characters: `{wire}`"
                found.append(finding("FS412", row.span, message, "leave msgspec out of `targets`"))
            if name != own:
                message = f"`{own}` is {library.name}'s own: the attribute is `{name}` there"
                found.append(finding("FS413", row.span, message))
    return attributes, found


def finding(code: str, span: Span, message: str, help: str | None = None) -> Diagnostic:
    """A finding of a code, with the severity that the code has."""
    return Diagnostic(span, code, CODES[code].severity, message, help)


def _is_map(package: Package, one: Definition) -> bool:
    """Whether a model is but its further keys: the generator makes a dictionary of it."""
    return isinstance(one, Model) and not one.fields and package.additional(one) is not None


def _endless(package: Package) -> Iterable[str]:
    """The aliases that lead back to themselves through aliases alone, and the models that are no more than that."""
    aliases = {one.key for one in package.schema.definitions if isinstance(one, Alias) or _is_map(package, one)}
    edges = {key: tuple(other for other in package.edges[key] if other in aliases) for key in aliases}
    return {*cycles(edges), *(key for key in aliases if key in edges[key])}


@dataclass(frozen=True, slots=True)
class _Feed(Schemas):
    """Makes the schemas of the document. `lost` collects what the type at hand cannot say there, `found` all of it."""

    library: Library
    structs: Structs
    endless: frozenset[str]
    lost: dict[str, None] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    def definition(self, one: Definition) -> Json:
        match one:
            case Model():
                schema = self._model(one)
            case Enum():
                schema = self.enum(one)
                if self.library.name == "msgspec" and not self.structs.is_enum(one):
                    self.lost["it cannot read this enum; any value of its types is taken"] = None
            case Alias():
                schema = self.type(one.type)
        if self.library.name == "msgspec" and one.key in self.endless:
            self.lost["it has no types that stand for themselves; any value is taken"] = None
            schema = {}
        self._note(one.span)
        return {**_description(one.doc, one.deprecation), **schema}

    def _model(self, model: Model) -> Json:
        schema = self.model(model)
        has_further = self.package.additional(model) is not None and not _is_map(self.package, model)
        if has_further and self.library.name != "pydantic":
            self.lost["it holds no further keys"] = None
            del schema["additionalProperties"]
        return schema

    def property(self, model: Model, row: Field) -> Json:
        schema = {**self.type(row.type), **_description(row.doc, row.deprecation)}
        self._note(row.span)
        return schema

    def _note(self, span: Span) -> None:
        for reason in self.lost:
            self.found.append(finding("FS414", span, f"{self.library.name}: {reason}"))
        self.lost.clear()

    def enum(self, enum: Enum) -> Json:
        members = [self.package.names.members[enum.key, index] for index in range(len(enum.values))]
        values = [one.value for one in enum.values]
        return {**type_of(values), "enum": values, "x-enum-varnames": members}

    def reference(self, key: str) -> Json:
        one = self.package.definitions[key]
        if isinstance(one, Enum):
            raw = [{"type": TYPES[kind]} for kind in raw_types(one)]
            if self.library.name == "msgspec" and (self.package.is_open(one) or not self.structs.is_enum(one)):
                return _any_of(raw)
            if self.package.is_open(one):
                return _any_of([{"$ref": self.refs[key]}, *raw])
        return {"$ref": self.refs[key]}

    def nullable(self, inner: TypeExpr) -> Json:
        schema = self.type(inner)
        return _any_of([schema, {"type": "null"}]) if schema else {}

    def type(self, expr: TypeExpr) -> Json:
        match expr:
            case Const(value) if isinstance(value, float) or (
                isinstance(value, bool) and self.library.name == "msgspec"
            ):
                self.lost[f"it has no constant {value!r}; any {TYPES[type(value).__name__]} is taken"] = None
                return type_of([value])
            case Const(value) if value is not None:
                return _literals([value])
            case _:
                return Schemas.type(self, expr)

    def union(self, union: OneOf) -> Json:
        options = leaves([union], self.package.aliases)
        if any(leaf == Scalar("any") or (isinstance(leaf, Ref) and leaf.key is None) for leaf in options):
            return {}
        found = union.discriminator
        pinned = found is not None and is_pinned(union, found, self.package)
        if self.library.name == "msgspec" and not self.structs.can_tell(union):
            self.lost["it cannot tell the options of the union apart; any value is taken"] = None
            return {}
        members = [*_merged([self.type(option) for option in union.options])]
        if found is None or not self.library.has_attributes:
            return _any_of(members)
        if not pinned:
            self.lost[f"`{found.field}` does not select the member of the union; each is tried"] = None
            return _any_of(members)
        wire = self.package.names.wires[found.mapping[0][1], found.field]
        mapping = {tag: self.refs[key] for tag, key in found.mapping}
        return {"oneOf": members, self.discriminator: {"propertyName": wire, "mapping": mapping}}


def _literals(values: list[JsonScalar]) -> Json:
    return {**type_of(values), "enum": values, _AS_LITERAL: True}


def _merged(options: list[Json]) -> Iterator[Json]:
    """The options of a union, all constants among them as one."""
    values = [value for option in options if _AS_LITERAL in option for value in option["enum"]]
    if values:
        yield _literals(values)
    yield from (option for option in options if _AS_LITERAL not in option)


def _any_of(options: list[Json]) -> Json:
    return options[0] if len(options) == 1 else {"anyOf": options}


def _description(doc: str, deprecation: str | None) -> Json:
    text = with_deprecation(doc, deprecation)
    return {"description": text} if text.strip() else {}

