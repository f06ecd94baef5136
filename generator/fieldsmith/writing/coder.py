"""Type expression -> the statements and expressions that read it from JSON values, or write it to them.

The form is straight-line code: exact class checks in place, no bookkeeping on the way; whatever is wrong raises, and a
second pass over the shape of the type says what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from fieldsmith.schema import Const, Enum, JsonScalar, ListOf, MapOf, Nullable, OneOf, Ref, Scalar, TypeExpr
from fieldsmith.writing import layout, literals
from fieldsmith.writing.identifiers import snake_case
from fieldsmith.writing.layout import INDENT, Group
from fieldsmith.writing.python import Package

Direction = Literal["decode", "encode"]

# By scalar: the check that settles it in place, and the runtime's function for all else (decode, encode). Floats beyond
# the bounds are left to it: some libraries make them of integers beyond 64 bits.
_CHECKED = {
    "any": ("{0}.__class__ is str", "anything", "sayable"),
    "string": ("{0}.__class__ is str", "mismatch", "string"),
    "integer": ("{0}.__class__ is int", "integer", "whole"),
    "number": ("{0}.__class__ is float and -9.2e18 < {0} < 9.2e18", "number", "real"),
    "boolean": ("{0}.__class__ is bool", "mismatch", "mismatch"),
    "null": ("{0} is None", "mismatch", "mismatch"),
}
# By scalar: the class that settles it alone, so that a list of it is checked first and then copied as a whole.
_PLAIN = {"string": "str", "integer": "int", "boolean": "bool"}
_LONG = 40  # a name beyond which what stands around its use may not fit a line
_LONG_LITERAL = 20  # beyond which one that stands twice may not fit a line
_FORMATS = {"bytes", "date", "datetime", "time", "duration", "decimal", "uuid"}


@dataclass(slots=True)
class Coder:
    """Writes the code of one direction in one module; notes what the module has to import and to define for it."""

    package: Package
    direction: Direction
    local: Mapping[str, str]
    runtime: set[str] = field(default_factory=set)
    formats: set[str] = field(default_factory=set)
    used: dict[str, None] = field(default_factory=dict)
    classes: dict[str, None] = field(default_factory=dict)
    members: dict[str, None] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    helpers: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)  # the last one behind each name
    unions: dict[OneOf, str] = field(default_factory=dict)
    make_union: Callable[[Coder, OneOf, str, str], str] | None = None

    def own(self, name: str) -> str:
        """A name for a helper or table of the module: fields' names put together may give one name twice."""
        number = self.numbers.get(name, 1)
        free = name if number == 1 else f"{name}_{number}"
        while free in self.taken:
            number += 1
            free = f"{name}_{number}"
        self.numbers[name] = number
        self.taken.add(free)
        return free

    def function(self, key: str) -> str:
        """The name of the function that reads or writes a definition."""
        return f"{self.direction}_{snake_case(self.local[key])}"

    def block(self, expr: TypeExpr, path: str, indent: str, lead: str = "v = ") -> Iterator[str]:
        """Statements that turn `v` into what the type makes of it; `path` names helpers that it may need.

        With "return " for a lead, the last of them returns what it makes; under a condition it never does.
        """
        match expr:
            case Nullable(inner):
                yield from guarded("v is not None", list(self.block(inner, path, indent + INDENT)), indent)
            case ListOf(item):
                yield from self.class_check("list", indent)
                yield from self.items(item, path, indent, lead)
            case MapOf(value=value):
                yield from self.class_check("dict", indent)
                yield from self.values(value, path, indent, lead)
            case Scalar("datetime") if self.direction == "decode" and lead != "return ":
                yield from self._instant(indent, lead)
            case _:
                yield layout.led(lead, self.node(self.expression(expr, path, "v")), indent)

    def body(self, expr: TypeExpr, path: str) -> str:
        """The body of a function that takes `v` and returns what the type makes of it."""
        statements = list(self.block(expr, path, INDENT, "return "))
        returns = bool(statements) and statements[-1].startswith(f"{INDENT}return ")
        return "\n".join(statements if returns else [*statements, f"{INDENT}return v"])

    def in_place(self, expr: TypeExpr, room: int) -> str | None:
        """The expression that turns `v` in one go, without a function of the module's own; None where there is none.

        It has at most `room` columns.
        """
        found = self._in_place(expr)
        if self.direction == "encode" and isinstance(expr, Ref) and expr.key and self._is_plain(expr.key):
            quick = f"v._value_ if v.__class__ is {self.local[expr.key]} else {found}"
            if len(quick) <= room:
                self.classes[expr.key] = None
                return quick
        return found if found is not None and len(found) <= room else None

    def _in_place(self, expr: TypeExpr) -> str | None:
        match expr:
            case Nullable(Scalar(kind)) if kind in _CHECKED:
                return self.expression(expr, "", "v")
            case Scalar("datetime") if self.direction == "decode":
                return None
            case Scalar() | Const() | Ref():
                return self.expression(expr, "", "v")
            case _:
                return None

    def path(self, target: str) -> str:
        """The part that a field plays in the names of helpers: `o.thread_id` and `r["threadId"]` as `thread_id`."""
        return snake_case(target.partition(".")[2] if target.startswith("o.") else target[2:-1]) or "value"

    def node(self, expression: str, lead: str = "") -> layout.Node:
        """What stands behind `lead`; a plain call as a group, so that it can be opened up where it is too long."""
        head, bracket, rest = expression.partition("(")
        if bracket and head.isidentifier() and rest.count(")") == 1 and rest.endswith(")"):
            return Group(lead + head, "()", (rest[:-1],), call=True)
        return lead + expression

    def is_opaque(self, expr: TypeExpr) -> bool:
        """Whether any JSON value will do, so that there is nothing to check and nothing to turn."""
        return expr == Scalar("any") or (isinstance(expr, Ref) and expr.key is None)

    def class_check(self, name: str, indent: str) -> Iterator[str]:
        """Statements that stop where `v` is of another class."""
        self.runtime.add("Mismatch")
        yield f"{indent}if v.__class__ is not {name}:"
        yield f"{indent}{INDENT}raise Mismatch(v)"

    def items(self, item: TypeExpr, path: str, indent: str, lead: str = "v = ") -> Iterator[str]:
        """Statements that turn the items of the list `v`: a loop, as a comprehension costs a call in Python 3.11."""
        if isinstance(item, Scalar) and item.kind in _PLAIN:
            yield from self._plain_items(item.kind, indent, lead)
            return
        made = self.own("made")
        yield f"{indent}{made} = []"
        yield f"{indent}for i in v:"
        turned = self.node(self.inside(item, f"{path}_item"))
        yield layout.fold(Group(f"{made}.append", "()", (turned,), call=True), indent + INDENT)
        yield f"{indent}{lead}{made}"

    def _plain_items(self, kind: str, indent: str, lead: str) -> Iterator[str]:
        """Statements that copy the list `v`, once each of its items is of the class; else they turn them one by one."""
        otherwise = _CHECKED[kind][1 if self.direction == "decode" else 2]
        yield f"{indent}for i in v:"
        yield f"{indent}{INDENT}if i.__class__ is not {_PLAIN[kind]}:"
        if otherwise == "mismatch":
            self.runtime.add("Mismatch")
            yield f"{indent}{INDENT * 2}raise Mismatch(i)"
            yield f"{indent}{lead}[*v]"
            return
        self.runtime.add(otherwise)
        yield f"{indent}{INDENT * 2}v = list(map({otherwise}, v))"
        yield f"{indent}{INDENT * 2}break"
        yield f"{indent}else:"
        yield f"{indent}{INDENT}v = [*v]"
        if lead != "v = ":
            yield f"{indent}{lead}v"

    def _instant(self, indent: str, lead: str) -> Iterator[str]:
        """Statements that read a date-time: the most common form is told in place, as a call would cost as much."""
        self.formats |= {"MARKS", "parse_datetime", "read_datetime"}
        yield f'{indent}if v[MARKS] == "-T::." and v[-1] == "Z" and len(v) in (24, 27):'
        yield f"{indent}{INDENT}{lead}read_datetime(v)"
        yield f"{indent}else:"
        yield f"{indent}{INDENT}{lead}parse_datetime(v)"

    def values(self, value: TypeExpr, path: str, indent: str, lead: str = "v = ") -> Iterator[str]:
        """Statements that turn the values of the dict `v`. Keys are text: JSON knows no other, whatever pages say.

        A map of anything stays the dict that it is.
        """
        if self.is_opaque(value):
            checker = "anything" if self.direction == "decode" else "sayable"
            self.runtime |= {"is_json", checker}
            yield f"{indent}{lead}v if not v or is_json(v) else {checker}(v)"
            return
        self.runtime.add("Mismatch")
        made, inner = self.own("made"), indent + INDENT
        yield f"{indent}{made} = {{}}"
        yield f"{indent}for k, i in v.items():"
        yield f"{inner}if k.__class__ is not str:"
        yield f"{inner}{INDENT}raise Mismatch(k)"
        yield layout.assigned(f"{made}[k]", self.node(self.inside(value, f"{path}_value")), inner)
        yield f"{indent}{lead}{made}"

    def inside(self, expr: TypeExpr, path: str) -> str:
        """The expression for an item `i` of a loop; a long condition moves into a helper function."""
        match expr:
            case Nullable(Ref(key=str(key))) if len(self.function(key)) > _LONG:
                return f"{self._helper(expr, path)}(i)"
            case _:
                return self.expression(expr, path, "i")

    def expression(self, expr: TypeExpr, path: str, var: str) -> str:
        """One expression for the value under `var`; types that need statements get a helper function."""
        match expr:
            case Ref(key=None):
                return self._checked(*_CHECKED["any"], var)
            case Scalar(kind) if kind in _FORMATS:
                return f"{self._format(kind)}({var})"
            case Scalar(kind):
                return self._checked(*_CHECKED[kind], var)
            case Const(value):
                return self._const(value, var)
            case Ref(key=str(key)):
                return self._reference(key, var)
            case Nullable(Scalar("any")):
                return self.expression(Scalar("any"), path, var)
            case Nullable(Scalar(kind)) if kind in _CHECKED:
                check, decode, encode = _CHECKED[kind]
                return self._checked(f"{{0}} is None or {check}", decode, encode, var)
            case Nullable(Ref(key=str()) as inner):
                return f"None if {var} is None else {self.expression(inner, path, var)}"
            case _:
                return f"{self._helper(expr, path)}({var})"

    def _reference(self, key: str, var: str) -> str:
        """A call of the definition's function; where an enum's members can be looked up in place, without one."""
        table = members(self.local[key])
        if self.direction == "decode" and self._is_plain(key) and len(table) <= _LONG:
            self.members[key] = None
            return f"{table}[{var}]"
        self.used[key] = None
        return f"{self.function(key)}({var})"

    def _is_plain(self, key: str) -> bool:
        definition = self.package.definitions[key]
        return isinstance(definition, Enum) and self.package.is_plain(definition)

    def callable(self, expr: TypeExpr, path: str) -> str:
        """The name of a function that takes one value of the type."""
        match expr:
            case Ref(key=str(key)):
                self.used[key] = None
                return self.function(key)
            case Scalar(kind) if kind in _FORMATS:
                return self._format(kind)
            case OneOf() | ListOf() | MapOf():
                return self._helper(expr, path)
            case _:
                name = self.own(f"_{self.direction}_{path}")
                value = layout.fold(self.node(self.expression(expr, f"{path}_value", "v")), INDENT, lead="return ")
                self.helpers.append(f"{layout.signature(name, 'v: Any', 'Any')}\n{value}")
                return name

    def _format(self, kind: str) -> str:
        """The name of the function that reads or writes the text of a scalar."""
        name = ("parse_" if self.direction == "decode" else "format_") + kind
        self.formats.add(name)
        return name

    def _checked(self, check: str, decode: str, encode: str, var: str) -> str:
        otherwise = decode if self.direction == "decode" else encode
        self.runtime.add(otherwise)
        return f"{var} if {check.format(var)} else {otherwise}({var})"

    def _const(self, value: JsonScalar, var: str) -> str:
        self.runtime.add("mismatch")
        literal = literals.scalar(value)
        if len(literal) > _LONG_LITERAL:
            name = self.own(f"_CONSTANT_{self.direction.upper()}")
            self.tables.append(layout.assigned(name, literal))
            literal = name
        if value is None or isinstance(value, bool):
            return f"{var} if {var} is {literal} else mismatch({var})"
        if isinstance(value, str):
            taken = var if self.direction == "decode" else literal  # what is written has no class of its own
            return f"{taken} if {var} == {literal} else mismatch({var})"
        _, decode, encode = _CHECKED["integer" if isinstance(value, int) else "number"]
        plain = decode if self.direction == "decode" else encode
        self.runtime.add(plain)
        return f"{literal} if {plain}({var}) == {literal} else mismatch({var})"

    def _helper(self, expr: TypeExpr, path: str) -> str:
        """A function of the module's own for a type inside another."""
        if isinstance(expr, OneOf) and expr in self.unions:
            return self.unions[expr]
        name = self.own(f"_{self.direction}_{path}")
        if isinstance(expr, OneOf):
            assert self.make_union is not None
            self.unions[expr] = name
            self.helpers.append(self.make_union(self, expr, name, path))
        else:
            self.helpers.append(f"{layout.signature(name, 'v: Any', 'Any')}\n{self.body(expr, path)}")
        return name


def members(name: str) -> str:
    """The name of an enum's table from values to members."""
    return f"{snake_case(name)}_members"


def guarded(test: str, statements: Sequence[str], indent: str) -> Iterator[str]:
    """Statements (one level deeper) under a condition; with one that is all there is, the two become one."""
    if len(statements) == 2 and statements[0].lstrip().startswith("if "):
        yield f"{indent}if {test} and {statements[0].lstrip().removeprefix('if ')}"
        yield statements[1].removeprefix(INDENT)
    elif statements:
        yield f"{indent}if {test}:"
        yield from statements
