"""Definition -> the functions that read it from JSON values and write it to them, and what their module needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fieldsmith.schema import Alias, Definition, Enum, Field, Model, Nullable, OneOf, TypeExpr
from fieldsmith.writing import layout, literals, unions
from fieldsmith.writing.coder import Coder, guarded, members
from fieldsmith.writing.identifiers import snake_case
from fieldsmith.writing.imports import Modules, import_lines, relative_module, standard_imports
from fieldsmith.writing.layout import INDENT, WIDTH, Group
from fieldsmith.writing.naming import ADDITIONAL
from fieldsmith.writing.python import Package, local_names, raw_classes

FOLDER = "_serializers"


class Functions:
    """One module while it is written: a coder for each direction and what the module imports."""

    def __init__(self, package: Package, definition: Definition) -> None:
        self.package = package
        self.definition = definition
        self.module = f"{FOLDER}.{package.names.modules[definition.key]}"
        self.local = local_names(package, definition.key)
        self.decoder = Coder(package, "decode", self.local, make_union=unions.function)
        self.encoder = Coder(package, "encode", self.local, make_union=unions.function)
        self.runtime = {"Codec"}
        self.unset = False
        self.tables: list[str] = []

    def of(self, definition: Definition) -> list[str]:
        """The sources of the two functions: the one that reads, and the one that writes."""
        match definition:
            case Model():
                return [self._decode_model(definition), self._encode_model(definition)]
            case Enum():
                return [_decode_enum(self, definition), _encode_enum(self, definition)]
            case Alias():
                return [_alias(self.decoder, definition), _alias(self.encoder, definition)]

    def _decode_model(self, model: Model) -> str:
        name = self.package.names.classes[model.key]
        self.runtime |= {"Mismatch", "new"}
        lines = [layout.signature(self.decoder.function(model.key), "d: Any", name)]
        lines += ["    if d.__class__ is not dict:", "        raise Mismatch(d)"]
        if self.package.settings.extra == "forbid" and model.additional is None:
            lines += ["    if not d.keys() <= _KEYS:", "        raise Mismatch(d)"]
            self._keys(model)
        lines.append(layout.assigned("o", Group("new", "()", (name,), call=True), INDENT))
        for field in model.fields:
            lines += self._decode_field(model, field)
        lines += self._decode_additional(model)
        return "\n".join([*lines, "    return o"])

    def _decode_field(self, model: Model, field: Field) -> Iterator[str]:
        names = self.package.names
        wire = literals.string(names.wires[model.key, field.name])
        target = f"o.{names.attributes[model.key, field.name]}"
        match self.package.presence(field):
            case "required":
                yield layout.assigned("v", Group("d", "[]", (wire,), call=True), INDENT)
                yield from _converted(self.decoder, field.type, target)
            case "optional":
                yield layout.assigned("v", Group("d.get", "()", (wire,), call=True), INDENT)
                yield from _converted(self.decoder, Nullable(field.type), target)
            case "three-state":
                self.unset = True
                yield layout.assigned("v", Group("d.get", "()", (wire, "UNSET"), call=True), INDENT)
                yield from _unless_unset(self.decoder, field.type, target)

    def _decode_additional(self, model: Model) -> Iterator[str]:
        additional = self.package.additional(model)
        if additional is None:
            return
        self._keys(model)
        self.runtime.add("further")
        yield "    v = further(d, _KEYS)"
        yield from self.decoder.values(additional, ADDITIONAL, INDENT)
        yield f"    o.{ADDITIONAL} = v"

    def _keys(self, model: Model) -> None:
        keys = tuple(literals.string(self.package.names.wires[model.key, field.name]) for field in model.fields)
        value = Group("frozenset", "()", (Group("", "()", keys),) if keys else (), call=True)
        self.tables = [layout.fold(value, lead="_KEYS: frozenset[str] = ")]

    def _encode_model(self, model: Model) -> str:
        name = self.package.names.classes[model.key]
        self.runtime.add("instance")
        lines = [layout.signature(self.encoder.function(model.key), "o: Any", "dict[str, Any]")]
        lines.append(layout.if_class("o", f"is not {name}", INDENT))
        lines.append(layout.fold(Group("instance", "()", ("o", name), call=True), INDENT * 2))
        lines.append("    r: dict[str, Any] = {}")
        for field in model.fields:
            lines += self._encode_field(model, field)
        additional = self.package.additional(model)
        if additional is None:
            return "\n".join([*lines, "    return r"])
        self.runtime.add("merged")
        lines.append(f"    v = o.{ADDITIONAL}")
        lines += self.encoder.class_check("dict", INDENT)
        lines += self.encoder.values(additional, ADDITIONAL, INDENT)
        return "\n".join([*lines, "    return merged(r, v, _KEYS)"])

    def _encode_field(self, model: Model, field: Field) -> Iterator[str]:
        names = self.package.names
        target = f"r[{literals.string(names.wires[model.key, field.name])}]"
        yield f"{INDENT}v = o.{names.attributes[model.key, field.name]}"
        match self.package.presence(field):
            case "required":
                yield from _converted(self.encoder, field.type, target)
            case "optional":
                yield f"{INDENT}if v is not None:"
                yield from _converted(self.encoder, field.type, target, INDENT * 2)
            case "three-state":
                self.unset = True
                yield f"{INDENT}if v is not UNSET:"
                yield from _converted(self.encoder, field.type, target, INDENT * 2)

    def library(self) -> tuple[str, ...]:
        """Import lines of the standard library."""
        return standard_imports(self.encoder.words, {"typing": {"Any"}})

    def imports(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Import lines of the package's own, above and below the functions."""
        root = "." * (self.module.count(".") + 1)
        runtime = self.runtime | self.decoder.runtime | self.encoder.runtime
        above: Modules = {f"{root}_runtime": sorted(runtime - {"Mismatch"})}
        if "Mismatch" in runtime:
            above[f"{root}_errors"] = ["Mismatch"]
        formats = self.decoder.formats | self.encoder.formats
        if formats:
            above[f"{root}_formats"] = sorted(formats)
        if self.unset:
            above[f"{root}_unset"] = ["UNSET"]
        for key in self._classes():
            name, local = self.package.names.classes[key], self.local[key]
            module = relative_module(self.module, self.package.names.modules[key])
            above.setdefault(module, []).append(name if name == local else f"{name} as {local}")
        below = self._functions(above)
        return import_lines(above), import_lines(below, INDENT)

    def _classes(self) -> Iterable[str]:
        own = () if isinstance(self.definition, Alias) else (self.definition.key,)
        return dict.fromkeys((*own, *self.encoder.classes))

    def _functions(self, above: Modules) -> Modules:
        """Adds the functions used to the imports above; gives those that must stand below."""
        below: Modules = {}
        for key in self.decoder.members:
            name, local = members(self.package.names.classes[key]), members(self.local[key])
            module = relative_module(self.module, f"{FOLDER}.{self.package.names.modules[key]}")
            above.setdefault(module, []).append(name if name == local else f"{name} as {local}")
        for coder in (self.decoder, self.encoder):
            for key in coder.used:
                if key == self.definition.key:
                    continue
                name, local = f"{coder.direction}_{snake_case(self.package.names.classes[key])}", coder.function(key)
                module = relative_module(self.module, f"{FOLDER}.{self.package.names.modules[key]}")
                modules = below if self.package.are_mates(self.definition.key, key) else above
                modules.setdefault(module, []).append(name if name == local else f"{name} as {local}")
        return below


def _converted(coder: Coder, expr: TypeExpr, target: str, indent: str = INDENT) -> Iterator[str]:
    """Statements that put `v`, turned, under the target: one expression where it fits a line, else in steps."""
    simple = coder.in_place(expr, WIDTH - len(f"{indent}{target} = "))
    if simple is not None:
        yield f"{indent}{target} = {simple}"
    elif isinstance(expr, Nullable) or len(f"{indent}{target} = [") > WIDTH:
        yield from coder.block(expr, coder.path(target), indent)
        yield layout.assigned(target, "v", indent)
    else:
        yield from coder.block(expr, coder.path(target), indent, f"{target} = ")


def _unless_unset(coder: Coder, expr: TypeExpr, target: str) -> Iterator[str]:
    """Statements that put `v`, turned where it is not UNSET, under the target."""
    unset = "v is UNSET or "
    simple = coder.in_place(expr, WIDTH - len(f"{INDENT}{target} = {unset}"))
    if simple is not None and simple.startswith("v if "):
        yield f"{INDENT}{target} = v if {unset}{simple.removeprefix('v if ')}"
        return
    inner = expr.inner if isinstance(expr, Nullable) else expr
    test = "v is not UNSET and v is not None" if isinstance(expr, Nullable) else "v is not UNSET"
    yield from guarded(test, list(coder.block(inner, coder.path(target), INDENT * 2)), INDENT)
    yield f"{INDENT}{target} = v"


def _alias(coder: Coder, alias: Alias) -> str:
    name = coder.function(alias.key)
    if isinstance(alias.type, OneOf):
        coder.unions[alias.type] = name
        return unions.function(coder, alias.type, name, "")
    path = snake_case(coder.package.names.classes[alias.key])
    return f"{layout.signature(name, 'v: Any', 'Any')}\n{coder.body(alias.type, path)}"


def _decode_enum(module: Functions, enum: Enum) -> str:
    name = module.package.names.classes[enum.key]
    kinds = {type(value.value) for value in enum.values}
    is_open = module.package.is_open(enum)
    lines = [layout.signature(module.decoder.function(enum.key), "v: Any", "Any" if is_open else name)]
    if kinds == {int}:
        module.runtime.add("integer")
        lines.append("    v = v if v.__class__ is int else integer(v)")
    elif kinds & {int, float}:
        module.runtime.add("plain")
        lines.append("    v = v if v.__class__ is str else plain(v)")
    if len(kinds) == 1 and kinds <= {str, int}:
        module.tables.append(_members(name, "m._value_"))
        key = "v"
    else:  # 1 and 1.0 are one JSON value, 1 and true are two
        module.tables.append(_members(name, "(m._value_.__class__ is bool, m._value_)"))
        key = "v.__class__ is bool, v"
    if not is_open:
        found = Group(members(name), "[]", (key,), call=True)
        return "\n".join([*lines, layout.led("return ", found, INDENT)])
    module.runtime.add("Mismatch")
    tests = [f"v.__class__ is not {kind}" for kind in raw_classes(enum)]
    lines += [layout.if_all(tests, INDENT), "        raise Mismatch(v)"]
    found = Group(f"{members(name)}.get", "()", (key if key == "v" else f"({key})", "v"), call=True)
    return "\n".join([*lines, layout.led("return ", found, INDENT)])


def _members(name: str, key: str) -> str:
    return layout.fold(layout.Comprehension("{}", f"{key}: m", f"for m in {name}"), lead=f"{members(name)} = ")


def _encode_enum(module: Functions, enum: Enum) -> str:
    name = module.package.names.classes[enum.key]
    lines = [layout.signature(module.encoder.function(enum.key), "v: Any", "Any")]
    lines += [layout.if_class("v", f"is {name}", INDENT), "        return v._value_"]
    if module.package.is_open(enum):
        return "\n".join([*lines, *_encode_others(module, raw_classes(enum))])
    module.runtime.add("Mismatch")
    return "\n".join([*lines, "    raise Mismatch(v)"])


def _encode_others(module: Functions, kinds: Sequence[str]) -> Iterator[str]:
    """Statements that write a value that is not documented, of one of the kinds of those that are."""
    number = "real" if "float" in kinds else "whole" if "int" in kinds else None
    if "bool" in kinds:
        yield from ("    if v.__class__ is bool:", "        return v")
    if "str" in kinds:
        module.runtime.add("string")
        yield from ("    if isinstance(v, str):", "        return string(v)")
    if number is not None:
        module.runtime.add(number)
        yield f"    return {number}(v)"
    else:
        module.runtime.add("Mismatch")
        yield "    raise Mismatch(v)"
