"""A statement's syntax tree -> whether it is one of ours: the allow-list of shapes and calls that our templates print.

Identifiers come in as `statements` has masked them: the words of our own code stand for themselves, and what was made
of a page is one of MASKS.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

FUNCTION, MEMBERS, TABLE, CLASS, OTHER = "decode_n", "n_members", "_N", "N", "n"
MASKS = frozenset({FUNCTION, MEMBERS, TABLE, CLASS, OTHER})

_LIBRARY = {
    "__future__": {"annotations"},
    "dataclasses": {"dataclass", "field"},
    "decimal": {"Decimal"},
    "enum": {"Enum", "IntEnum", "StrEnum"},
    "typing": {"Any", "ForwardRef", "Literal", "TYPE_CHECKING", "TypeAlias"},
    "uuid": {"UUID"},
}
_BASES = {"Model", "Enum", "IntEnum", "StrEnum"}
_DATACLASS = "dataclass(slots=True, kw_only=True)"
_BUILT_IN = {"frozenset", "isinstance", "len", "list", "map", "type"}
_CALLED = {FUNCTION, "f", "field", "ForwardRef", "new", *_BUILT_IN}
_METHODS = {"append", "get", "items", "keys", "rsplit"}
_KEYWORDS = {"default", "default_factory", "metadata", "module"}
_TYPES = {"bool", "bytes", "dict", "dt", "float", "int", "str"}
_LOCAL = {"v", "d", "o", "r", "i", "k", "m", "f", "tag", "made", "_SHAPE", "_KEYS", "CODECS", "_package", "__name__"}
_VISIBLE = MASKS | _LOCAL | _TYPES | _BUILT_IN | _BASES | set().union(*_LIBRARY.values())
_SEEN_ON_ALL = {"__class__", "_value_"}
_SEEN_ON_DT = {"date", "datetime", "time", "timedelta"}
_OPERATORS = (ast.BitOr, ast.Add, ast.Not, ast.USub, ast.And, ast.Or)
_TESTS = (ast.Is, ast.IsNot, ast.Eq, ast.In, ast.Lt, ast.LtE)

# Every word with a meaning of its own in what is printed for a page, the names that our runtime defines aside.
_OTHERS = _LIBRARY.keys() | {"slots", "kw_only"}
WORDS = (_VISIBLE | _CALLED | _METHODS | _KEYWORDS | _SEEN_ON_ALL | _SEEN_ON_DT | _OTHERS) - MASKS


class Odd(Exception):
    """What a module holds that none of ours does."""


def judge(statement: ast.stmt, runtime: frozenset[str]) -> None:
    """Raise Odd where a statement is none that our templates print.

    A compound statement comes with `pass` for its body. `runtime` has the names that our runtime defines.
    """
    _Judge(runtime).statement(statement)


class _Judge:
    """Raises Odd at the first node that is none of ours."""

    def __init__(self, runtime: frozenset[str]) -> None:
        self.visible, self.called = _VISIBLE | runtime, _CALLED | runtime

    def statement(self, node: ast.stmt) -> None:
        if getattr(node, "type_params", None):  # Python 3.12 has them
            raise Odd(ast.unparse(node))
        match node:
            case ast.ImportFrom(module=str(module), names=names, level=level) if not level:
                self._known((name.name for name in names if name.asname is None), _LIBRARY.get(module, set()), node)
                self._known((name.asname for name in names if name.asname), set(), node)
            case ast.ImportFrom(module=str(), names=names) if all(name.name != "*" for name in names):
                pass
            case ast.Pass() | ast.Break():
                pass
            case ast.Import(names=[ast.alias("datetime", "dt")]):
                pass
            case ast.ClassDef(bases=bases, keywords=[], decorator_list=decorators, body=[ast.Pass()]):
                self._known(map(ast.unparse, bases), _BASES, node)
                self._known(map(ast.unparse, decorators), {_DATACLASS}, node)
            case ast.FunctionDef(name=name, args=arguments, returns=ast.expr() as returns, decorator_list=[]):
                self._known([name], {FUNCTION}, node)
                self._parameter(arguments)
                self.expressions(returns)
            case ast.Assign(targets=[target], value=value):
                self._target(target)
                self.expressions(value)
            case ast.AnnAssign(target=target, annotation=annotation, value=ast.expr() as value):
                self._target(target)
                self.expressions(annotation, value)
            case ast.Expr(ast.Constant(str())):
                pass
            case ast.Expr(ast.Call() as value) | ast.Return(ast.expr() as value):
                self.expressions(value)
            case ast.Raise(ast.Call(ast.Name("Mismatch"), [ast.Name()], []), None):
                pass
            case ast.If(test=test, body=[ast.Pass()], orelse=[]):
                self.expressions(test)
            case ast.For(target=target, iter=values, body=[ast.Pass()], orelse=[]):
                for each in target.elts if isinstance(target, ast.Tuple) else [target]:
                    self._target(each)
                self.expressions(values)
            case _:
                raise Odd(type(node).__name__)

    def expressions(self, *nodes: ast.expr | None) -> None:
        for node in nodes:
            if node is not None:
                self._expression(node)

    def _expression(self, node: ast.expr) -> None:
        match node:
            case ast.Constant(str() | int() | float() | None):
                pass
            case ast.Name(name):
                self._known([name], self.visible, node)
            case ast.Attribute(value, name):
                self._attribute(value, name, node)
            case ast.Call(function, arguments, keywords):
                self._call(function, node)
                self._known((str(each.arg) for each in keywords), _KEYWORDS, node)
                self.expressions(*arguments, *(each.value for each in keywords))
            case ast.Subscript(value, index):
                self.expressions(value, index)
            case ast.Tuple(items) | ast.List(items) | ast.BoolOp(ast.And() | ast.Or(), items):
                self.expressions(*items)
            case ast.Dict(keys, values):
                if None in keys:
                    raise Odd("**")
                self.expressions(*keys, *values)
            case ast.Starred(ast.Name("v")):
                pass
            case ast.BinOp(left, operator, right) if isinstance(operator, _OPERATORS):
                while isinstance(left, ast.BinOp) and isinstance(left.op, _OPERATORS):  # unions may be long
                    self.expressions(left.right)
                    left = left.left
                self.expressions(left, right)
            case ast.UnaryOp(operator, operand) if isinstance(operator, _OPERATORS):
                self.expressions(operand)
            case ast.Compare(left, tests, others) if all(isinstance(test, _TESTS) for test in tests):
                self.expressions(left, *others)
            case ast.IfExp(test, body, otherwise):
                self.expressions(test, body, otherwise)
            case ast.DictComp(key, value, [ast.comprehension(ast.Name("m"), ast.Name() as values, [], 0)]):
                self.expressions(key, value, values)
            case _:
                raise Odd(type(node).__name__)

    def _attribute(self, value: ast.expr, name: str, node: ast.expr) -> None:
        """A field of the object that is made or written, or one of the few attributes that all code looks at."""
        match value:
            case ast.Name("o") if not name.startswith("__") or name == "__class__":
                pass
            case ast.Name("dt"):
                self._known([name], _SEEN_ON_DT, node)
            case ast.Name(owner):
                self._known([owner], self.visible, node)
                self._known([name], _SEEN_ON_ALL, node)
            case ast.Attribute(ast.Name("m"), "_value_"):
                self._known([name], {"__class__"}, node)
            case _:
                raise Odd(ast.unparse(node))

    def _call(self, function: ast.expr, node: ast.expr) -> None:
        match function:
            case ast.Name(name):
                self._known([name], self.called, node)
            case ast.Attribute(ast.Name(owner), method):
                self._known([owner], self.visible, node)
                self._known([method], _METHODS, node)
            case ast.Subscript(ast.Name("frozenset"), ast.Name("str")):
                pass
            case ast.Subscript(ast.Name(name), ast.Name("tag")):  # the function that a table has for a tag
                self._known([name], {TABLE}, node)
            case _:
                raise Odd(ast.unparse(node))

    def _target(self, node: ast.expr) -> None:
        match node:
            case ast.Name():
                pass
            case ast.Attribute(ast.Name("o"), name) if not name.startswith("_"):
                pass
            case ast.Subscript(ast.Name("r" | "made"), index):
                self.expressions(index)
            case _:
                raise Odd(ast.unparse(node))

    def _parameter(self, arguments: ast.arguments) -> None:
        match arguments:
            case ast.arguments([], [ast.arg(annotation=ast.Name("Any"))], None, [], [], None, []):
                pass
            case _:
                raise Odd(ast.unparse(arguments))

    def _known(self, names: Iterable[str], known: Iterable[str], node: ast.AST) -> None:
        if not set(names) <= set(known):
            raise Odd(ast.unparse(node))
