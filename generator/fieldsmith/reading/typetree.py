"""What the grammar makes of a type's text: a tree in which names and link targets are still as they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fieldsmith.reading.notations.base import Role
from fieldsmith.schema import JsonScalar, ScalarKind


@dataclass(frozen=True, slots=True)
class Word:
    """A word that the notation knows; `kind` is None for a type from outside."""

    text: str
    kind: ScalarKind | None


@dataclass(frozen=True, slots=True)
class Name:
    """A dotted name that may be the one of a definition."""

    text: str


@dataclass(frozen=True, slots=True)
class Constant:
    value: JsonScalar


@dataclass(frozen=True, slots=True)
class Group:
    role: Role
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """`inner` is None where the label is no type, in notations that let it be any text."""

    inner: Node | None
    label: str
    target: str


Node = Word | Name | Constant | Group | Link


def core_of(node: Node) -> Node:
    """What a link around `node` leads to: the element of containers and wrappers, a union as a whole."""
    while isinstance(node, Group) and node.role != "union":
        node = node.parts[-1]
    return node


def names_in(node: Node) -> Iterator[Name]:
    if isinstance(node, Name):
        yield node
    elif isinstance(node, Group):
        for part in node.parts:
            yield from names_in(part)
