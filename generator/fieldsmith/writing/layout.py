"""Pieces of Python -> lines as black lays them out, for the few shapes that fieldsmith emits.

Widths are those of black's defaults. Tests hold black against all emitted code.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fieldsmith.schema import JsonValue
from fieldsmith.writing import literals

WIDTH = 88
INDENT = "    "


class Group(NamedTuple):
    """`head` + opening bracket + items + closing bracket.

    A call's (or subscript's) items may share one line of their own; those of a display (list, tuple, dict) each
    stand on one.
    """

    head: str
    brackets: str
    items: tuple[Node, ...]
    call: bool = False

    def __str__(self) -> str:
        inside = ", ".join(map(str, self.items))
        comma = "," if len(self.items) == 1 and self.brackets == "()" and not self.call else ""
        return f"{self.head}{self.brackets[0]}{inside}{comma}{self.brackets[1]}"


class Bar(NamedTuple):
    """Options with bars between them."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " | ".join(map(str, self.parts))


class Comprehension(NamedTuple):
    """A list or dict comprehension: what each item becomes, and the `for` clause."""

    brackets: str
    item: Node
    clause: str

    def __str__(self) -> str:
        return f"{self.brackets[0]}{self.item} {self.clause}{self.brackets[1]}"


Node = str | Group | Bar | Comprehension


def json_value(value: JsonValue, lead: str = "") -> Node:
    """A value of JSON as Python has it, behind `lead`."""
    match value:
        case list():
            return Group(lead, "[]", tuple(map(json_value, value)))
        case dict():
            return Group(
                lead, "{}", tuple(json_value(each, f"{literals.string(key)}: ") for key, each in value.items())
            )
        case _:
            return lead + literals.scalar(value)


def union(parts: Sequence[Node]) -> Node:
    """One option as it is, several with bars."""
    return parts[0] if len(parts) == 1 else Bar(tuple(parts))


def fold(node: Node, indent: str = "", tail: str = "", lead: str = "") -> str:
    """The node on one line where it fits, else opened up; `lead` and `tail` share its first and last line with it."""
    line = f"{indent}{lead}{node}{tail}"
    return line if len(line) <= WIDTH else opened(node, indent, tail, lead)


def opened(node: Node, indent: str, tail: str, lead: str) -> str:
    """The node over several lines, where it has parts."""
    inner = indent + INDENT
    match node:
        case Group(head, brackets, items, call) if items:
            if call and len(items) == 1:
                body = fold(items[0], inner)
            elif not call or len(body := inner + ", ".join(map(str, items))) > WIDTH:
                body = "\n".join(fold(item, inner, ",") for item in items)
            return f"{indent}{lead}{head}{brackets[0]}\n{body}\n{indent}{brackets[1]}{tail}"
        case Bar(parts):
            return "\n".join(fold(part, indent, lead="| " if n else lead) for n, part in enumerate(parts)) + tail
        case Comprehension(brackets, item, clause):
            body = f"{inner}{item} {clause}"
            if len(body) > WIDTH:
                body = f"{fold(item, inner)}\n{inner}{clause}"
            return f"{indent}{lead}{brackets[0]}\n{body}\n{indent}{brackets[1]}{tail}"
        case _:
            return f"{indent}{lead}{node}{tail}"


def import_line(module: str, names: Sequence[str], indent: str = "") -> str:
    """`from module import a, b as c`; an import that does not fit stands in parentheses, a name a line."""
    line = f"{indent}from {module} import {', '.join(names)}"
    if len(line) <= WIDTH:
        return line
    inner = "".join(f"{indent}{INDENT}{name},\n" for name in names)
    return f"{indent}from {module} import (\n{inner}{indent})"


def annotated(target: str, annotation: Node, call: Group, indent: str = INDENT) -> str:
    """`target: a | b = call(...)`: a field of a class.

    The call opens first; then the whole right side goes into parentheses; where the annotation itself is too long,
    that one opens.
    """
    head = f"{target}: {annotation} = "
    line = f"{indent}{head}{call}"
    if len(line) <= WIDTH:
        return line
    if len(indent + head + call.head + call.brackets[0]) <= WIDTH:
        return opened(call, indent, "", head)
    if len(indent + head) < WIDTH:
        return f"{indent}{head}(\n{fold(call, indent + INDENT)}\n{indent})"
    if isinstance(annotation, Group) and annotation.items:
        above = opened(annotation, indent, "", f"{target}: ").removesuffix(f"{indent}{annotation.brackets[1]}")
        return above + fold(call, indent, lead=f"{annotation.brackets[1]} = ")
    return f"{indent}{target}: (\n{fold(annotation, indent + INDENT)}\n{fold(call, indent, lead=') = ')}"


def assigned(target: str, value: Node, indent: str = "") -> str:
    """`target = a | b`, `target = call(...)`."""
    return led(f"{target} = ", value, indent)


def led(lead: str, value: Node, indent: str = "") -> str:
    """A value behind `target = ` or `return `: what does not fit opens its own brackets, or gets some."""
    line = f"{indent}{lead}{value}"
    if len(line) <= WIDTH:
        return line
    least = _least(value, f"{indent}{lead}")
    if least is not None and len(f"{indent}{INDENT}{least}") <= WIDTH:
        return f"{indent}{lead}(\n{fold(value, indent + INDENT)}\n{indent})"
    return opened(value, indent, "", lead)


def _least(value: Node, before: str) -> str | None:
    """What has to fit a line for brackets around a value; None for a value that opens its own instead."""
    match value:
        case str():
            return value
        case Group(head=head) if len(f"{before}{head}(") > WIDTH:
            return "" if "[" in before else str(value)
        case Bar():
            return ""
    return None


def alias(name: str, value: Node) -> str:
    """`name: TypeAlias = value`; a name that leaves no room opens the annotation."""
    line = f"{name}: TypeAlias = {value}"
    if len(line) <= WIDTH or len(f"{name}: TypeAlias = (") <= WIDTH:
        return assigned(f"{name}: TypeAlias", value)
    return f"{name}: (\n{INDENT}TypeAlias\n) = (\n{fold(value, INDENT)}\n)"


def signature(name: str, parameter: str, result: str) -> str:
    """`def name(parameter) -> result:`."""
    line = f"def {name}({parameter}) -> {result}:"
    if len(line) <= WIDTH:
        return line
    opening = f"def {name}(\n{INDENT}{parameter},\n) -> "
    if len(f") -> {result}:") <= WIDTH or len(f"{INDENT}{result}") > WIDTH:
        return f"{opening}{result}:"
    return f"{opening}(\n{INDENT}{result}\n):"


def class_header(name: str, *bases: str) -> str:
    """`class name(base):`."""
    return fold(Group(f"class {name}", "()", bases, call=True), tail=":") if bases else f"class {name}:"


def if_class(var: str, test: str, indent: str) -> str:
    """`if var.__class__ TEST:`, where the test is `is name` or `is not name`."""
    line = f"{indent}if {var}.__class__ {test}:"
    if len(line) <= WIDTH:
        return line
    inner = indent + INDENT
    return f"{indent}if (\n{inner}{var}.__class__\n{inner}{test}\n{indent}):"


def if_any(tests: Sequence[str], indent: str) -> str:
    """`if a or b:`."""
    return _if(" or ", tests, indent)


def if_all(tests: Sequence[str], indent: str) -> str:
    """`if a and b:`."""
    return _if(" and ", tests, indent)


def _if(word: str, tests: Sequence[str], indent: str) -> str:
    line = f"{indent}if {word.join(tests)}:"
    if len(line) <= WIDTH:
        return line
    inner = indent + INDENT
    return f"{indent}if (\n{inner}" + f"\n{inner}{word.lstrip()}".join(tests) + f"\n{indent}):"
