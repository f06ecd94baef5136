"""Type expression -> the Python that says it; and the package, in which a schema is made ready for the targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from fieldsmith.cycles import cycles
from fieldsmith.leaves import Leaves, aliases_opened, direct, leaves
from fieldsmith.schema import (
    Alias,
    Const,
    Definition,
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
    Schema,
    TypeExpr,
    page_of,
)
from fieldsmith.values import Types
from fieldsmith.writing import graph, layout, literals
from fieldsmith.writing.identifiers import snake_case
from fieldsmith.writing.layout import Group, Node
from fieldsmith.writing.naming import Names
from fieldsmith.writing.plans import Settings

SCALARS: dict[ScalarKind, str] = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "bytes": "bytes",
    "date": "dt.date",
    "datetime": "dt.datetime",
    "time": "dt.time",
    "duration": "dt.timedelta",
    "decimal": "Decimal",
    "uuid": "UUID",
    "null": "None",
    "any": "Any",
}


_NULLS = (Scalar("null"), Const(None))
Presence = Literal["required", "optional", "three-state"]


class Package(NamedTuple):
    """A schema with all that the targets share: names, references, cycles, settings.

    `definitions` go by key, `pages` by the path of the page they stand on, `aliases` from key to what they come to.
    """

    schema: Schema
    names: Names
    settings: Settings
    definitions: Mapping[str, Definition]
    pages: Mapping[str, Sequence[Definition]]
    edges: Mapping[str, tuple[str, ...]]
    cycles: Mapping[str, int]
    aliases: Leaves

    @property
    def types(self) -> Types:
        """What types stand for."""
        return Types(self.definitions, self.aliases)

    def is_open(self, enum: Enum) -> bool:
        """Whether values beyond the documented ones are taken: the setting rules, else the page."""
        return enum.open if self.settings.enums is None else self.settings.enums == "open"

    def is_plain(self, enum: Enum) -> bool:
        """Whether a text is looked up among the values and that is all: no other value is taken, and no other kind."""
        return not self.is_open(enum) and all(isinstance(value.value, str) for value in enum.values)

    def additional(self, model: Model) -> TypeExpr | None:
        """The type of the further keys that objects of a model hold; None where they hold none."""
        if model.additional is None and self.settings.extra == "keep":
            return Scalar("any")
        return model.additional

    def takes_null(self, expr: TypeExpr) -> bool:
        """Whether null is a value of its own under a type, seen through aliases."""
        return any(leaf in _NULLS for leaf in leaves([expr], self.aliases))

    def presence(self, field: Field) -> Presence:
        """Absent is None where null cannot be meant, and UNSET where it can."""
        if field.required:
            return "required"
        return "three-state" if self.takes_null(field.type) else "optional"

    def are_mates(self, key: str, other: str) -> bool:
        """Whether two definitions are part of one cycle."""
        return key in self.cycles and self.cycles.get(other) == self.cycles[key]

    def is_cyclic(self, key: str) -> bool:
        return key in self.cycles or key in self.edges[key]


def package(schema: Schema, names: Names, settings: Settings) -> Package:
    """The schema made ready for the targets."""
    edges = graph.dependencies(schema)
    definitions = {definition.key: definition for definition in schema.definitions}
    pages = by_page(schema)
    return Package(schema, names, settings, definitions, pages, edges, cycles(edges), aliases_opened(definitions))


def by_page(schema: Schema) -> dict[str, list[Definition]]:
    """The definitions by the path of their page."""
    pages: dict[str, list[Definition]] = {}
    for definition in schema.definitions:
        pages.setdefault(page_of(definition.key, definition.name), []).append(definition)
    return pages


@dataclass(slots=True)
class Speller:
    """Spells types inside one module and keeps account of what the module has to import for them."""

    package: Package
    key: str
    words: set[str] = field(default_factory=set)
    used: dict[str, None] = field(default_factory=dict)
    local: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.local = local_names(self.package, self.key)

    def parts(self, expr: TypeExpr) -> tuple[Node, ...]:
        """The options of a type as they stand between bars; `("Any",)` swallows all others."""
        words, used = set(self.words), dict(self.used)
        found = tuple(dict.fromkeys(_merge_literals(self._parts(expr))))
        if "Any" not in found:
            return found
        self.words, self.used = words | {"Any"}, used
        return ("Any",)

    def spell(self, expr: TypeExpr) -> Node:
        """A type as it stands in an annotation."""
        return layout.union(self.parts(expr))

    def _parts(self, expr: TypeExpr) -> tuple[Node, ...]:
        match expr:
            case Scalar(kind):
                word = SCALARS[kind]
                self.words.add(word.split(".")[0])
                return (word,)
            case ListOf(item):
                return (Group("list", "[]", (self.spell(item),), call=True),)
            case MapOf(value=value):  # whatever a page says of its keys, JSON has text there
                return (Group("dict", "[]", ("str", self.spell(value)), call=True),)
            case Nullable(inner):
                return (*self._parts(inner), "None")
            case OneOf(options):
                return tuple(part for option in options for part in self._parts(option))
            case Const(value):
                return (self._const(value),)
            case Ref(key=str(key)):
                return self._reference(key)
            case Ref():
                self.words.add("Any")
                return ("Any",)

    def _const(self, value: JsonScalar) -> Node:
        if value is None:
            return "None"
        if isinstance(value, float):
            return "float"
        self.words.add("Literal")
        return Group("Literal", "[]", (literals.scalar(value),), call=True)

    def _reference(self, key: str) -> tuple[Node, ...]:
        self.used[key] = None
        name = self.local[key]
        definition = self.package.definitions[key]
        if isinstance(definition, Enum) and self.package.is_open(definition):
            return (name, *raw_types(definition))
        return (name,)


def raw_types(enum: Enum) -> tuple[str, ...]:
    """The Python types of an open enum's other values."""
    kinds = {type(value.value) for value in enum.values}
    return tuple(kind.__name__ for kind in (str, int, float, bool) if kind in kinds)


def raw_classes(enum: Enum) -> tuple[str, ...]:
    """The classes that these values have in JSON, where whole numbers may stand among fractions."""
    kinds = raw_types(enum)
    return (*kinds, "int") if "float" in kinds and "int" not in kinds else kinds


def _merge_literals(parts: Iterable[Node]) -> Iterator[Node]:
    """Neighbouring `Literal`s as one."""
    run: list[Group] = []
    for part in (*parts, None):
        if isinstance(part, Group) and part.head == "Literal":
            run.append(part)
            continue
        if run:
            yield run[0]._replace(items=tuple(item for each in run for item in each.items))
            run = []
        if part is not None:
            yield part


def local_names(package: Package, key: str) -> dict[str, str]:
    """What a module calls each definition that it refers to: its class name, with the folder before it where two agree.

    Two agree, too, whose functions would: names count in snake case.
    """
    names = package.names
    local = {key: names.classes[key]}
    taken = {snake_case(names.classes[key])}
    for other in _near(package, key):
        if other == key:
            continue
        name = names.classes[other]
        if snake_case(name) in taken:
            name = "".join(part.capitalize() for part in names.modules[other].split(".")[:-1]) + name
        while snake_case(name) in taken:
            name += "X"
        taken.add(snake_case(name))
        local[other] = name
    return local


def _near(package: Package, key: str) -> dict[str, None]:
    """What a definition refers to, and what the aliases in its unions refer to: where it writes one, it opens these."""
    found = dict.fromkeys(package.edges[key])
    waiting = [other for expr in graph.types_of(package.definitions[key]) for other in graph.mixed(expr)]
    opened: set[str] = set()
    while waiting:
        other = waiting.pop()
        alias = package.definitions[other]
        if isinstance(alias, Alias) and other not in opened:
            opened.add(other)
            found.update(dict.fromkeys(package.edges[other]))
            waiting += (*direct(alias.type), *graph.mixed(alias.type))
    return found
