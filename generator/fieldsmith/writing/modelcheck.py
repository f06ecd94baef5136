"""Models as a generator made them -> their text as it may be written, and what they lack; or Surprise.

The generator puts text of pages into Python by ways of its own. So its output is held against an allow-list, as ours
is: statements of a few shapes, names that are known, texts that it was given, no comment. Docstrings are written anew
by our own encoder, and every text in ASCII. Then it is held against the schema: a class for each definition, a field
for each field, and in each type the definitions and constants that the type has.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator

from fieldsmith.diagnostics import Diagnostic
from fieldsmith.writing import literals
from fieldsmith.writing.layout import INDENT
from fieldsmith.writing.libraries import Library
from fieldsmith.writing.modelfeed import Fed
from fieldsmith.writing.modelgen import HEADER
from fieldsmith.writing.modellacks import lacks
from fieldsmith.writing.python import Package
from fieldsmith.writing.surprise import Surprise

_MODULES = frozenset(
    ("__future__", "datetime", "decimal", "enum", "typing", "typing_extensions", "uuid", "pydantic", "msgspec")
)
_CALLS = frozenset(("Field", "field", "ConfigDict", "Meta", "TypeAliasType", "TypedDict"))
_BUILTINS = frozenset(("str", "int", "float", "bool", "bytes", "dict", "list", "object"))
_SHAPES = (
    *(ast.Module, ast.ImportFrom, ast.alias, ast.ClassDef, ast.AnnAssign, ast.Assign, ast.Expr, ast.Pass),
    *(ast.Constant, ast.Name, ast.Load, ast.Store, ast.Subscript, ast.Tuple, ast.List, ast.Dict, ast.keyword),
    *(ast.BinOp, ast.BitOr, ast.UnaryOp, ast.USub, ast.Call, ast.Attribute),
)
# What the generator says itself: names of configuration, the module variable that pydantic takes further keys by.
_OWN = frozenset(("allow", "forbid", "__pydantic_extra__"))


def finish(text: str, package: Package, library: Library, fed: Fed) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text as it may be written, and a finding for each definition and field that it does not say in full.

    Findings: FS412 a name that it lacks, FS414 a type that is wider. Raises Surprise.
    """
    path = f"{library.file}.py"
    try:
        text = _in_ascii(_with_docstrings(text, package, fed))
        tree = ast.parse(text)
        _check_comments(text, path)
        _check(tree, path, {*_texts(fed.document), *fed.classes.values(), *fed.attributes.values(), *_OWN})
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError) as error:
        raise Surprise(path, f"what is no Python: {error}") from None
    return text, tuple(lacks(tree, package, library, fed))


def _with_docstrings(text: str, package: Package, fed: Fed) -> str:
    """The docstrings of all classes by our own encoder, in whose lines no tool finds a remark to itself."""
    definitions = package.schema.definitions
    docs = {fed.classes[one.key]: literals.with_deprecation(one.doc, one.deprecation) for one in definitions}
    lines = text.split("\n")
    classes = [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
    for node in reversed(classes):
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
            doc = literals.docstring(docs.get(node.name, ""), INDENT)
            lines[first.lineno - 1 : first.end_lineno] = [INDENT + doc]
    return "\n".join(lines)


def _in_ascii(text: str) -> str:
    """Every string literal that has other characters spelled anew."""
    if text.isascii():
        return text
    lines = text.split("\n")
    tokens = [*tokenize.generate_tokens(io.StringIO(text).readline)]
    for token in reversed(tokens):
        if token.type == tokenize.STRING and not token.string.isascii():
            (first, start), (last, end) = token.start, token.end
            spelled = literals.string(ast.literal_eval(token.string))
            lines[first - 1 : last] = [lines[first - 1][:start] + spelled + lines[last - 1][end:]]
    return "\n".join(lines)


def _check_comments(text: str, path: str) -> None:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and token.string != HEADER:
            raise Surprise(path, f"a comment: {token.string}")
    if not text.isascii():
        raise Surprise(path, "characters beyond ASCII")


def _check(tree: ast.Module, path: str, texts: set[str]) -> None:
    """Raise Surprise for a statement, a call, a name or a text that there is no reason for."""
    docs = {id(node.body[0]) for node in tree.body if isinstance(node, ast.ClassDef)}
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    imported = {each.asname or each.name for node in imports for each in node.names}
    defined = {*_defined(tree)}
    for node in _walk(tree, docs):
        match node:
            case ast.ClassDef(decorator_list=[_, *_]):
                raise Surprise(path, f"a statement that is none of models: {ast.unparse(node.decorator_list[0])}")
            case ast.ImportFrom(module=str(module), level=0) if module.split(".")[0] in _MODULES:
                pass
            case ast.Name(id=name) if name in imported | defined | _BUILTINS or isinstance(node.ctx, ast.Store):
                pass
            case ast.Attribute(value=ast.Name(id=name), attr="model_rebuild") if name in defined:
                pass
            case ast.Call(func=ast.Name(id=name)) if _plain(name) in _CALLS:
                pass
            case ast.Call(func=ast.Attribute(), args=[], keywords=[]):
                pass
            case ast.Constant(value=str(said)) if said in texts:
                pass
            case ast.Constant(value=str(said)):
                _check_annotation(said, path, texts | imported | defined | _BUILTINS)
            case ast.ImportFrom() | ast.Name() | ast.Attribute() | ast.Call():
                raise Surprise(path, f"a statement that is none of models: {ast.unparse(node)}")
            case _ if not isinstance(node, _SHAPES):
                raise Surprise(path, f"a statement that is none of models: {type(node).__name__}")


def _walk(tree: ast.Module, docs: set[int]) -> Iterator[ast.AST]:
    """All nodes but for the docstrings, which are ours already."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if id(node) in docs and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        yield node
        waiting += ast.iter_child_nodes(node)


def _defined(tree: ast.Module) -> Iterator[str]:
    """What the module defines at its top."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id


def _plain(name: str) -> str:
    """A name as it was before it was imported under another."""
    return name.removesuffix("_aliased")


def _check_annotation(said: str, path: str, names: set[str]) -> None:
    """A text that no page says is a type, in quotes as it is not yet there: names and brackets, and nothing else."""
    try:
        inner = ast.parse(said, mode="eval")
    except SyntaxError:
        raise Surprise(path, f"a text that no page says: {said}") from None
    for node in ast.walk(inner):
        known = isinstance(node, ast.Name) and node.id in names
        quoted = isinstance(node, ast.Constant) and (node.value is None or node.value in names)
        shape = isinstance(node, ast.Expression | ast.Subscript | ast.Tuple | ast.BinOp | ast.BitOr | ast.Load)
        if not (known or quoted or shape):
            raise Surprise(path, f"a text that no page says: {said}")


def _texts(value: object) -> Iterator[str]:
    """All texts of a document, keys among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
