"""A package -> which unions and enums msgspec can read, by the rules of its page "Supported Types"."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field

from fieldsmith.leaves import leaves
from fieldsmith.schema import Alias, Const, Enum, ListOf, MapOf, Model, Nullable, OneOf, Ref, Scalar, TypeExpr
from fieldsmith.writing.graph import types_of
from fieldsmith.writing.jsonschema import is_pinned
from fieldsmith.writing.python import Package, raw_types

_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "null"}


@dataclass(frozen=True, slots=True)
class Structs:
    """Knows the tag of each model: the union that comes first gives it, and no other can give it another one."""

    package: Package
    tags: dict[str, tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tags", {})
        for union in _unions(self.package):
            found = union.discriminator
            if found is None or not is_pinned(union, found, self.package):
                continue
            wanted = {key: (self._wire(key, found.field), tag) for tag, key in found.mapping}
            if all(self.tags.get(key, tag) == tag for key, tag in wanted.items()):
                self.tags.update(wanted)

    def _wire(self, key: str, name: str) -> str:
        return self.package.names.wires[key, name]

    def is_enum(self, enum: Enum) -> bool:
        """Whether the values of an enum are all texts, or all integers."""
        return {type(value.value) for value in enum.values} in ({str}, {int})

    def can_tell(self, union: OneOf) -> bool:
        """Whether one look at a JSON value says which option it is: at most one each of what looks alike."""
        options = leaves([union], self.package.aliases)
        count = Counter(kind for option in options for kind in self._kinds(option))
        texts, integers = count["text"] + count["str enum"], count["int enum"]
        if texts > 1 or (texts and count["str"]) or integers > 1 or (integers and count["int"]) or count["list"] > 1:
            return False
        if count["map"] and count["object"] + count["map"] > 1:
            return False
        if count["object"] < 2:
            return True
        models = [one.key for one in options if isinstance(one, Ref) and one.key is not None]
        tags = [self.tags.get(key) for key in models if isinstance(self.package.definitions[key], Model)]
        fields = {tag[0] if tag else None for tag in tags}
        found = union.discriminator
        wanted = fields if found is None else {self._wire(found.mapping[0][1], found.field)}
        return None not in fields and len(fields) == 1 and fields == wanted and len({*tags}) == len(tags)

    def _kinds(self, option: TypeExpr) -> tuple[str, ...]:
        """What a JSON value of an option looks like to msgspec."""
        match option:
            case Scalar(kind):
                return (_PLAIN.get(kind, "text"),)
            case Const(value):
                return ("null" if value is None else type(value).__name__,)
            case ListOf():
                return ("list",)
            case MapOf():
                return ("map",)
            case Ref(key=str(key)):
                match self.package.definitions[key]:
                    case Enum() as enum if self.package.is_open(enum) or not self.is_enum(enum):
                        return raw_types(enum)
                    case Enum(values=values):
                        return (f"{type(values[0].value).__name__} enum",)
                return ("object",)
        return ()


def _unions(package: Package) -> list[OneOf]:
    """All unions in types, those of aliases first: they have a name, and are what pages mean by a union."""
    found: list[OneOf] = []
    for one in sorted(package.schema.definitions, key=lambda one: not isinstance(one, Alias)):
        waiting = deque(types_of(one))
        while waiting:
            match waiting.popleft():
                case OneOf(options) as union:
                    found.append(union)
                    waiting += options
                case ListOf(inner) | Nullable(inner) | MapOf(value=inner):
                    waiting.append(inner)
    return found
