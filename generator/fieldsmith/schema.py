"""The narrow waist: everything that field tables say, and nothing of how a page said it.

`reading` makes a `Schema`, `writing` sees only a `Schema`. All nouns are frozen; there is next to no logic here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from fieldsmith.diagnostics import NOWHERE, Span

ScalarKind = Literal[
    "string",
    "integer",
    "number",
    "boolean",
    "bytes",
    "date",
    "datetime",
    "time",
    "duration",
    "decimal",
    "uuid",
    "null",
    "any",
]
JsonScalar = str | int | float | bool | None
JsonValue = JsonScalar | list["JsonValue"] | dict[str, "JsonValue"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A type without parts. `null` stands alone only where null is the one thing allowed; `any` is any JSON value."""

    kind: ScalarKind


@dataclass(frozen=True, slots=True)
class ListOf:
    item: TypeExpr


@dataclass(frozen=True, slots=True)
class MapOf:
    key: TypeExpr
    value: TypeExpr


@dataclass(frozen=True, slots=True)
class Discriminator:
    """Which member of a union a value is: the text under `field` names it.

    `field` is the documented name; `mapping` pairs each tag with the key of the definition it selects.
    """

    field: str
    mapping: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """A union of two or more distinct options in documented order; never nested, never with a null among them."""

    options: tuple[TypeExpr, ...]
    discriminator: Discriminator | None = None


@dataclass(frozen=True, slots=True)
class Nullable:
    """`inner` or null; never around another Nullable, `null` or `any`."""

    inner: TypeExpr


@dataclass(frozen=True, slots=True, eq=False)
class Const:
    """One JSON value alone. `1`, `1.0` and `true` are three, though Python holds them for equal."""

    value: JsonScalar

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Const) and (type(self.value), self.value) == (type(other.value), other.value)

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a definition; `key` is None where its page is not there or the type is an outside one."""

    key: str | None
    name: str


TypeExpr = Scalar | ListOf | MapOf | OneOf | Nullable | Const | Ref


class Constraints(NamedTuple):
    """What the values of a field keep to beyond their type, in the words of JSON Schema; None where nothing is said.

    They speak of the field's own value, never of null or of the items of a list. `pattern` is a regular expression as
    the page spells it; nothing here has compiled it.
    """

    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None
    exclusive_minimum: int | float | None = None
    exclusive_maximum: int | float | None = None
    multiple_of: int | float | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool | None = None

    def said(self) -> dict[str, JsonScalar]:
        """What is said, under the words of JSON Schema: `minLength`, `pattern`, `uniqueItems`."""
        return {word: value for word, value in zip(SCHEMA_WORDS, self, strict=True) if value is not None}


SCHEMA_WORDS = tuple(re.sub("_(.)", lambda found: found[1].upper(), name) for name in Constraints._fields)
UNCONSTRAINED = Constraints()


class Field(NamedTuple):
    """One row of a field table. `required` speaks of presence, a `Nullable` type of null; nothing else says either.

    `doc` is Markdown with `\\n` for line ends ("" where there is none); `example` and `default` are texts as the page
    has them, `values.default_of` gives the JSON value of a default; `deprecation` is None for a living field, else the
    message of the mark ("" where it has none). `example_at` and `default_at` are the places of these texts. `wire` is
    the name in the JSON where somebody has said it; else it comes from `name`.
    """

    name: str
    type: TypeExpr
    required: bool
    doc: str
    example: str | None
    default: str | None
    deprecation: str | None
    span: Span
    constraints: Constraints = UNCONSTRAINED
    example_at: Span = NOWHERE
    default_at: Span = NOWHERE
    wire: str | None = None


class Model(NamedTuple):
    """`additional` is the type of the values under any further keys, None where a model takes none."""

    key: str
    name: str
    namespace: str
    doc: str
    deprecation: str | None
    span: Span
    fields: tuple[Field, ...]
    additional: TypeExpr | None = None


class EnumValue(NamedTuple):
    """`name` is the documented constant, None where the page lists values alone."""

    name: str | None
    value: JsonScalar
    doc: str
    span: Span


class Enum(NamedTuple):
    """`open` where the page says that other values may come."""

    key: str
    name: str
    namespace: str
    doc: str
    deprecation: str | None
    span: Span
    values: tuple[EnumValue, ...]
    open: bool


class Alias(NamedTuple):
    """A name for a type; a page of union members is one."""

    key: str
    name: str
    namespace: str
    doc: str
    deprecation: str | None
    span: Span
    type: TypeExpr


Definition = Model | Enum | Alias


class Schema(NamedTuple):
    """Definitions by page path, and as they stand on the page. `key` is `page/path.md#Title`; keys are distinct."""

    definitions: tuple[Definition, ...]


def page_of(key: str, name: str) -> str:
    """The path of the page in the key of a definition of that name."""
    return key[: -len(name) - 1]
