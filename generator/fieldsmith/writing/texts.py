"""A page's definitions -> the texts that literals in its modules may say; a text beyond them has no reason to be there.

Told anew from the schema, beside the encoders, by the rules that ARCHITECTURE.md states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import get_args

from fieldsmith.schema import (
    SCHEMA_WORDS,
    Alias,
    Const,
    Definition,
    Enum,
    ListOf,
    MapOf,
    Model,
    Nullable,
    OneOf,
    TypeExpr,
)
from fieldsmith.schema import ScalarKind as Kind
from fieldsmith.values import Value, default_of
from fieldsmith.writing.layout import INDENT
from fieldsmith.writing.naming import ADDITIONAL
from fieldsmith.writing.plans import Extra
from fieldsmith.writing.python import Package, Presence

# Words of our own: kinds of shapes, what metadata is filed under, the marks of a date-time, the dot before a module.
_OWN = frozenset(
    ("model", "enum", "alias", "ref", "list", "map", "nullable", "const", "union")
    + get_args(Kind) + get_args(Presence) + get_args(Extra)
    + ("wire", "additional", ADDITIONAL, "-T::.", "Z", ".")
    + ("Values under keys that are not documented, by key.",)
    + ("default", "constraints", *SCHEMA_WORDS)
)  # fmt: skip
_PROMPT = re.compile(r"^([ \t]*)>>>", re.MULTILINE)


def texts(package: Package, definitions: Sequence[Definition]) -> set[str]:
    """What nearly all literals in the modules of a page say."""
    names = package.names
    found = set(_OWN)
    for definition in definitions:
        found.add(definition.span.path)
        for key in (definition.key, *package.edges[definition.key]):
            found |= {names.classes[key], names.modules[key], f".{names.modules[key]}"}
        rows: Sequence[tuple[str, str | None]] = ()
        if isinstance(definition, Model):
            for field in definition.fields:
                at = definition.key, field.name
                found |= {names.wires[at], names.attributes[at], field.constraints.pattern or ""}
                found.update(_strings(default_of(field, package.types)))
            rows = [(field.doc, field.deprecation) for field in definition.fields]
        elif isinstance(definition, Enum):
            found.update(value.value for value in definition.values if isinstance(value.value, str))
            rows = [(value.doc, None) for value in definition.values]
        indent = INDENT if isinstance(definition, Model | Enum) else ""
        for doc, deprecation in ((definition.doc, definition.deprecation), *rows):
            found.update(_docstrings(doc, deprecation, indent))
    return found


def _strings(value: object) -> Iterator[str]:
    """The strings and keys in a value of JSON, or in what holds one."""
    match value:
        case str():
            yield value
        case dict():
            for key, each in value.items():
                yield key
                yield from _strings(each)
        case list() | Value():
            for each in value:
                yield from _strings(each)
        case _:
            pass


def constants(definitions: Sequence[Definition]) -> set[str]:
    """What is said of constants in types, and of the tags of unions."""
    return {text for definition in definitions for expr in _types(definition) for text in _constants(expr)}


def names_around(package: Package, definitions: Sequence[Definition]) -> set[str]:
    """What is said of definitions that these lead to, also through aliases: unions know the keys of their options."""
    names = package.names
    found: set[str] = set()
    near: dict[str, None] = {}
    waiting = [key for definition in definitions for key in package.edges[definition.key]]
    while waiting:
        key = waiting.pop()
        if key in near:
            continue
        near[key] = None
        found |= {names.classes[key], names.modules[key]}
        definition = package.definitions[key]
        if isinstance(definition, Model):
            rows = [(key, field.name) for field in definition.fields]
            found |= {names.wires[at] for at in rows} | {names.attributes[at] for at in rows}
        elif isinstance(definition, Alias):
            found |= constants([definition])
            waiting += package.edges[key]
    return found


def _docstrings(doc: str, deprecation: str | None, indent: str) -> Iterator[str]:
    """A description as its literal says it: indented where it has lines, and ended by a line of its own if it is long.

    A prompt of the interpreter is no prompt any more, lines of blanks are empty, and none stand at the end.
    """
    if deprecation is not None:
        mark = f"Deprecated: {deprecation}" if deprecation else "Deprecated."
        doc = f"{mark}\n\n{doc}" if doc else mark
    if ">>>" in doc:
        doc = _PROMPT.sub(r"\1\\>>>", doc)
    if "\n" not in doc:
        yield doc if doc.strip() else ""
        return
    lines = doc.split("\n")
    while len(lines) > 1 and not lines[-1].strip():
        lines.pop()
    first, *others = [line if line.strip(" ") else "" for line in lines]
    text = "\n".join([first, *(indent + line if line else "" for line in others)])
    yield text if text.strip() else ""
    yield f"{text}\n{indent}"


def _types(definition: Definition) -> Iterator[TypeExpr]:
    if isinstance(definition, Model):
        yield from (field.type for field in definition.fields)
        if definition.additional is not None:
            yield definition.additional
    elif isinstance(definition, Alias):
        yield definition.type


def _constants(expr: TypeExpr) -> Iterator[str]:
    match expr:
        case Const(str(value)):
            yield value
        case ListOf(inner) | Nullable(inner):
            yield from _constants(inner)
        case MapOf(value=value):
            yield from _constants(value)
        case OneOf(options, discriminator):
            for option in options:
                yield from _constants(option)
            if discriminator is not None:
                yield from (tag for tag, _ in discriminator.mapping)
        case _:
            pass
