"""Union types -> functions that find the option a value belongs to.

By discriminator where there is one, else by JSON type, else by what fits best, in documented order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from fieldsmith.leaves import leaves
from fieldsmith.schema import Const, Enum, ListOf, MapOf, Model, OneOf, Ref, Scalar, TypeExpr
from fieldsmith.writing import layout, literals
from fieldsmith.writing.coder import Coder
from fieldsmith.writing.layout import Group
from fieldsmith.writing.python import Package, raw_classes

_JSON_CLASSES = ("str", "int", "float", "bool", "None", "list", "dict")
_BY_KIND: dict[str, tuple[str, ...]] = {
    "integer": ("int", "float"),
    "number": ("int", "float"),
    "boolean": ("bool",),
    "null": ("None",),
    "decimal": ("str", "int", "float"),
    "any": _JSON_CLASSES,
}
# Options that the test of the class alone settles.
_SETTLED = {
    (Scalar("string"), "str"),
    (Scalar("integer"), "int"),
    (Scalar("boolean"), "bool"),
    (Scalar("null"), "None"),
}
_PYTHON_CLASSES = {
    "bytes": "bytes",
    "date": "dt.date",
    "datetime": "dt.datetime",
    "time": "dt.time",
    "duration": "dt.timedelta",
    "decimal": "Decimal",
    "uuid": "UUID",
}


def json_classes(package: Package, expr: TypeExpr) -> frozenset[str]:
    """The Python classes of the JSON values (as `json.loads` makes them) that a type may take."""
    return frozenset(name for leaf in leaves([expr], package.aliases) for name in _leaf_classes(package, leaf))


def _leaf_classes(package: Package, leaf: TypeExpr) -> Iterable[str]:
    match leaf:
        case Scalar(kind):
            return _BY_KIND.get(kind, ("str",))
        case Const(value):
            return _value_classes([value])
        case ListOf():
            return ("list",)
        case Ref(key=str(key)) if isinstance(enum := package.definitions[key], Enum):
            return _value_classes(value.value for value in enum.values)
        case Ref(key=None):
            return _JSON_CLASSES
        case _:
            return ("dict",)


def _value_classes(values: Iterable[object]) -> Iterable[str]:
    for value in values:
        name = "None" if value is None else type(value).__name__
        yield name
        if name in ("int", "float"):
            yield from ("int", "float")


def known_keys(package: Package, expr: TypeExpr) -> frozenset[str]:
    """The wire names that a type's objects may have at their top."""
    refs = (leaf.key for leaf in leaves([expr], package.aliases) if isinstance(leaf, Ref) and leaf.key is not None)
    models = (model for key in refs if isinstance(model := package.definitions[key], Model))
    return frozenset(package.names.wires[model.key, field.name] for model in models for field in model.fields)


def _strictness(package: Package, expr: TypeExpr) -> int:
    """Among options for one JSON type the narrower is tried first."""
    match expr:
        case Const():
            return 0
        case Ref(key=str(key)):
            definition = package.definitions[key]
            return 3 if isinstance(definition, Enum) and package.is_open(definition) else 1
        case Scalar("integer"):
            return 2
        case Scalar("string" | "number"):
            return 4
        case Scalar("any") | Ref():
            return 6
        case MapOf():
            return 5
        case _:
            return 2


def function(coder: Coder, union: OneOf, name: str, path: str) -> str:
    """The source of a function `name(v)` for a union; what it needs beside it is noted in the coder.

    `path` is "" for the union that a module is for, else the field's part in the names of tables and helpers.
    """
    lines = _decode_lines(coder, union, path) if coder.direction == "decode" else _encode_lines(coder, union, path)
    return "\n".join([layout.signature(name, "v: Any", "Any"), *lines])


def _table(coder: Coder, what: str, *path: str) -> str:
    return coder.own("_".join(["", what, *filter(None, path)]).upper())


def _decode_lines(coder: Coder, union: OneOf, path: str) -> list[str]:
    if union.discriminator is not None:
        return _by_tag(coder, union, path)
    by_class: dict[str, list[TypeExpr]] = {}
    for option in union.options:
        for json_class in sorted(json_classes(coder.package, option), key=_JSON_CLASSES.index):
            by_class.setdefault(json_class, []).append(option)
    if by_class.get("float") and any(o == Scalar("number") for o in by_class["float"]):
        by_class["float"] = [o for o in by_class["float"] if o != Scalar("integer")]
    grouped: dict[tuple[TypeExpr, ...], list[str]] = {}
    for json_class in sorted(by_class, key=_JSON_CLASSES.index):
        ordered = sorted(by_class[json_class], key=lambda option: _strictness(coder.package, option))
        grouped.setdefault(tuple(ordered), []).append(json_class)
    lines = []
    for number, (options, classes) in enumerate(grouped.items()):
        if len(options) > 1 and (texts := _texts(options)):
            table = _texts_table(coder, texts)
            lines += [layout.if_all(["v.__class__ is str", f"v in {table}"], layout.INDENT), "        return v"]
            continue
        lines.append(layout.if_any(_class_tests(classes), layout.INDENT))
        lines.append(_choose(coder, options, classes, f"{path}_{number}".lstrip("_")))
    coder.runtime.add("Mismatch")
    return [*lines, "    raise Mismatch(v)"]


def _texts(options: Iterable[TypeExpr]) -> frozenset[str] | None:
    """The texts that the options are; None where one of them is anything else."""
    found = [option.value for option in options if isinstance(option, Const) and isinstance(option.value, str)]
    return frozenset(found) if len(found) == len(tuple(options)) else None


def _texts_table(coder: Coder, texts: Set[str]) -> str:
    table = _table(coder, "texts", coder.direction)
    coder.tables.append(layout.fold(_frozenset(texts), lead=f"{table} = "))
    return table


def _class_tests(classes: Sequence[str]) -> list[str]:
    others = {"None": "v is None", "float": "isinstance(v, float)"}  # a float may be one that remembers its text
    return [others.get(name, f"v.__class__ is {name}") for name in classes]


def _choose(coder: Coder, options: Sequence[TypeExpr], classes: Sequence[str], path: str) -> str:
    if len(options) == 1 and (options[0], *classes) in _SETTLED:
        return "        return v"
    if len(options) == 1 and coder.is_opaque(options[0]) and "str" not in classes:
        coder.runtime.add("anything")  # type checkers know by now that it is no text
        return "        return anything(v)"
    if len(options) == 1:
        return layout.fold(coder.node(coder.expression(options[0], f"{path}_option", "v")), "        ", lead="return ")
    table = _table(coder, "choices", coder.direction, path)
    if "dict" in classes and coder.direction == "decode":
        coder.runtime.add("best")
        functions = [coder.callable(option, f"{path}_option{n}") for n, option in enumerate(options)]
        keys = [_frozenset(known_keys(coder.package, option)) for option in options]
        items: tuple[layout.Node, ...] = tuple(Group("", "()", pair) for pair in zip(functions, keys, strict=True))
        chooser = "best"
    else:
        coder.runtime.add("first")
        items = tuple(coder.callable(option, f"{path}_option{n}") for n, option in enumerate(options))
        chooser = "first"
    coder.tables.append(layout.fold(Group("", "()", items), lead=f"{table} = "))
    return layout.fold(Group(chooser, "()", ("v", table), call=True), "        ", lead="return ")


def _frozenset(keys: Set[str]) -> layout.Node:
    if not keys:
        return "frozenset[str]()"
    names = Group("", "()", tuple(literals.string(key) for key in sorted(keys)))
    return Group("frozenset", "()", (names,), call=True)


def _by_tag(coder: Coder, union: OneOf, path: str) -> list[str]:
    assert union.discriminator is not None
    table = _table(coder, "tags", path)
    coder.runtime.add("mismatch")
    key = next(key for _, key in union.discriminator.mapping)
    wire = coder.package.names.wires[key, union.discriminator.field]
    items = []
    for tag, target in union.discriminator.mapping:
        coder.used[target] = None
        items.append(f"{literals.string(tag)}: {coder.function(target)}")
    coder.tables.append(layout.fold(Group("", "{}", tuple(items)), lead=f"{table} = "))
    return [
        f"    tag = v[{literals.string(wire)}] if v.__class__ is dict else mismatch(v)",
        f"    return {table}[tag](v)",
    ]


def _encode_lines(coder: Coder, union: OneOf, path: str) -> list[str]:
    options = leaves(union.options, coder.package.aliases)
    table = _table(coder, "types", path)
    by_class: dict[str, list[TypeExpr]] = {}
    for option in options:
        for python_class in _python_classes(coder, option):
            by_class.setdefault(python_class, []).append(option)
    items: list[str] = []
    for python_class, group in by_class.items():
        if len(group) > 1:
            target = _first_of(coder, group, f"{path}_{len(items)}".lstrip("_"))
        else:
            target = coder.callable(group[0], f"{path}_option{len(items)}".lstrip("_"))
        items.append(f"{python_class}: {target}")
    otherwise = "sayable" if any(map(coder.is_opaque, options)) else "inherited"
    coder.runtime |= {"Types", otherwise}
    coder.tables.append(layout.fold(Group("", "{}", tuple(items)), lead=f"{table}: Types = "))
    found = layout.assigned("f", Group(f"{table}.get", "()", ("v.__class__",), call=True), layout.INDENT)
    if otherwise == "sayable":
        return [found, "    return sayable(v) if f is None else f(v)"]
    nearest = Group("inherited", "()", (table, "v.__class__"), call=True)
    return [found, "    if f is None:", layout.assigned("f", nearest, layout.INDENT * 2), "    return f(v)"]


def _first_of(coder: Coder, group: Sequence[TypeExpr], path: str) -> str:
    """A function that writes what the first option that takes it makes of a value; texts are looked up."""
    if texts := _texts(group):
        table, name = _texts_table(coder, texts), coder.own(f"_encode_{path}")
        coder.runtime |= {"string", "mismatch"}
        body = f"    return string(v) if v in {table} else mismatch(v)"
        coder.helpers.append(f"{layout.signature(name, 'v: Any', 'Any')}\n{body}")
        return name
    coder.runtime.add("first")
    table = _table(coder, "choices", "encode", path)
    ordered = sorted(group, key=lambda option: _strictness(coder.package, option))
    items = tuple(coder.callable(option, f"{path}_choice{n}") for n, option in enumerate(ordered))
    coder.tables.append(layout.fold(Group("", "()", items), lead=f"{table} = "))
    name = coder.own(f"_encode_{path}")
    body = layout.fold(Group("first", "()", ("v", table), call=True), layout.INDENT, lead="return ")
    coder.helpers.append(f"{layout.signature(name, 'v: Any', 'Any')}\n{body}")
    return name


def _python_classes(coder: Coder, option: TypeExpr) -> tuple[str, ...]:
    match option:
        case Scalar(kind) if kind in _PYTHON_CLASSES:
            word = _PYTHON_CLASSES[kind]
            coder.words.add(word.split(".")[0])
            return (word,)
        case Scalar("any") | Ref(key=None):
            return ()
        case Ref(key=str(key)):
            coder.classes[key] = None
            definition = coder.package.definitions[key]
            own = coder.local[key]
            if isinstance(definition, Enum) and coder.package.is_open(definition):
                return (own, *raw_classes(definition))
            return (own,)
        case Scalar("number"):
            return ("float", "int")
        case Scalar("integer"):
            return ("int",)
        case _:
            return tuple(
                "type(None)" if c == "None" else c
                for c in sorted(_encodable(coder.package, option), key=_JSON_CLASSES.index)
            )


def _encodable(package: Package, option: TypeExpr) -> Iterable[str]:
    if isinstance(option, Const):
        return {"None" if option.value is None else type(option.value).__name__}
    return json_classes(package, option)
