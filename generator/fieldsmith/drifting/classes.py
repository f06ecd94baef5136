"""A module that somebody wrote -> the models, enums and aliases in it, as a schema of ours. Importing it runs it."""

from __future__ import annotations

import enum
import json
import os
import sys
import typing
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.drifting.annotations import is_mark, tied, type_of
from fieldsmith.drifting.limits import limits_of
from fieldsmith.drifting.members import Member, is_model, is_root, members_of, value_of_map
from fieldsmith.drifting.others import At, Other
from fieldsmith.jobs import COMMAND_LINE
from fieldsmith.leaves import leaves
from fieldsmith.reading.canonical import ANY, refs_in
from fieldsmith.schema import Alias, Const, Definition, Enum, EnumValue, Field, Model, Ref, Schema, TypeExpr


def read(name: str, diagnostics: Diagnostics) -> Other | None:
    """The definitions of a module, which is imported as `python -m` would do it, its prints going to stderr.

    Of a package, all public modules are. None, with a finding, where it cannot be imported or holds none.
    """
    if os.getcwd() not in sys.path:
        sys.path.insert(0, os.getcwd())
    try:
        with redirect_stdout(sys.stderr):
            module = import_module(name)
            modules = [module, *(import_module(each) for each in _inner(module))]
            members = [_exported(each) for each in modules]
    except (Exception, SystemExit) as error:
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        diagnostics.add("FS501", COMMAND_LINE, f"`{name}` cannot be imported: {said[:300]}")
        return None
    file = os.path.abspath(getattr(module, "__file__", None) or name)
    classes = _Classes(name, file, diagnostics)
    for place, exported in zip(modules, members, strict=True):
        for each, value in exported.items():
            classes.begin(place.__name__, each, value)
    found = tuple(classes.definitions())
    if not found:
        message = "this holds no dataclass, no class of attrs, pydantic or msgspec, and no enum"
        diagnostics.add("FS501", Span(file, 1, 1), message)
        return None
    titles = {key: tuple(_below(each, name) for each in classes.places.get(key, [key])) for key in classes.names}
    quiet = {key for key in classes.names if any(part.startswith("_") for part in _below(key, name).split("."))}
    return Other(
        name,
        file,
        Schema(found),
        titles,
        quiet=frozenset(quiet | classes.quiet),
        loose=frozenset(classes.loose),
        unsaid=frozenset(classes.unsaid),
        is_python=True,
    )


def _inner(module: ModuleType) -> Iterator[str]:
    """The public modules below a package."""
    for found in walk_packages(getattr(module, "__path__", None) or (), f"{module.__name__}."):
        if not any(part.startswith("_") for part in found.name.split(".")):
            yield found.name


def _exported(module: ModuleType) -> dict[str, Any]:
    names = getattr(module, "__all__", None)
    names = [one for one in dir(module) if not one.startswith("_")] if names is None else names
    return {name: getattr(module, name) for name in sorted(names) if name.isidentifier()}


def _below(key: str, name: str) -> str:
    return key.removeprefix(f"{name}.")


class _Classes:
    """Goes from the classes of a module to those that their fields are of, each once; it is what `annotations` asks."""

    def __init__(self, module: str, file: str, diagnostics: Diagnostics) -> None:
        self.module, self.file, self.diagnostics = module, file, diagnostics
        self.names: dict[str, str] = {}
        self.classes: dict[str, type] = {}
        self.aliases: dict[str, Any] = {}
        self.imported: dict[tuple[str, int], str] = {}  # an alias is one, however many modules import it
        self.places: dict[str, list[str]] = {}
        self.waiting: deque[str] = deque()
        self.loose: set[At] = set()
        self.unsaid: set[At] = set()
        self.quiet: set[str] = set()
        self.at = self.around = module  # the place that is being read, and the module that it is in

    def begin(self, place: str, name: str, value: object) -> None:
        """Enter what a module exports, where it is its own: a class, or another name for a type."""
        own = getattr(value, "__name__", None) == name
        if isinstance(value, type) and own:
            if value.__module__.partition(".")[0] == self.module.partition(".")[0] and not is_mark(value):
                self.refer(value)
            return
        plain = value is None or value is Any or isinstance(value, type)
        if typing.get_args(value) or hasattr(value, "__value__") or (plain and not own):
            key = self.imported.setdefault((name, id(value)), f"{place}.{name}")
            self.places.setdefault(key, []).append(f"{place}.{name}")
            if key not in self.names:
                self.names[key] = name
                self.aliases[key] = value
                self.waiting.append(key)

    def refer(self, cls: type) -> Ref | None:
        if not is_model(cls) and not (issubclass(cls, enum.Enum) and len(cls)):
            return None
        key = f"{cls.__module__}.{cls.__qualname__}"
        if key not in self.names:
            self.names[key] = cls.__name__
            self.classes[key] = cls
            self.waiting.append(key)
        return Ref(key, self.names[key])

    def forward(self, module: str | None, name: str) -> TypeExpr:
        """What a name in an annotation that is still text stands for: an alias, which may go on for ever."""
        value = getattr(sys.modules.get(module or self.around), name, None)
        key = self.imported.get((name, id(value)))
        if key is not None:
            return Ref(key, name)
        return type_of(value, self) if isinstance(value, type) else self.unread(name)

    def tags(self, option: Ref, field: str) -> list[str]:
        """The texts that a class has under a field."""
        cls = self.classes[str(option.key)]
        found: list[str] = []
        for member in members_of(cls):
            if field in (member.name, member.wire):
                for leaf in leaves([self._type(member, self._hints(cls))], {}):
                    if isinstance(leaf, Const) and isinstance(leaf.value, str):
                        found.append(leaf.value)
        return found

    def unread(self, what: str) -> TypeExpr:
        message = f"{self.at}: {what[:200]} is no type that is read; any value is taken"
        self.diagnostics.add("FS502", Span(self.file, 1, 1), message)
        return ANY

    def definitions(self) -> Iterator[Definition]:
        while self.waiting:
            key = self.at = self.waiting.popleft()
            yield self._alias(key, self.aliases[key]) if key in self.aliases else self._class(key, self.classes[key])

    def _alias(self, key: str, value: object) -> Alias:
        self.around = key.rpartition(".")[0]
        holder = type("Holder", (), {"__annotations__": {"value": value}})
        hints = _resolved(holder) or {"value": value}
        type_ = type_of(hints["value"], self)
        if isinstance(value, type) or not any(refs_in(type_)):  # it may as well be some import
            self.quiet.add(key)
        return Alias(key, self.names[key], "", "", None, Span(key, 1, 1), type_)

    def _class(self, key: str, cls: Any) -> Definition:
        name, span = self.names[key], Span(key, 1, 1)
        self.around = cls.__module__
        if isinstance(cls, type) and issubclass(cls, enum.Enum):
            values = (one.value for one in cls)
            rows = tuple(EnumValue(None, one, "", span) for one in values if isinstance(one, str | int | float))
            return Enum(key, name, "", "", None, span, rows, open=False)
        hints = self._hints(cls)
        if is_root(cls):
            (root,) = members_of(cls)
            return Alias(key, name, "", "", None, span, self._type(root, hints))
        members = list(members_of(cls))
        further = [hints.get(one.name, one.annotation) for one in members if one.further]
        additional = type_of(value_of_map(further[0]), self) if further else None
        fields = tuple(self._field(key, one, hints) for one in members if not one.further)
        if not members and cls.__subclasses__():  # it holds what others have in common, and is no definition itself
            self.quiet.add(key)
        return Model(key, name, "", "", None, span, fields, additional)

    def _hints(self, cls: type) -> Mapping[str, Any]:
        """The annotations of a class, resolved: those that are texts name what its module holds."""
        hints = _resolved(cls)
        if hints is None:
            self.unread(f"{cls.__qualname__} (its annotations name what cannot be found)")
        return hints or {}

    def _field(self, key: str, member: Member, hints: Mapping[str, Any]) -> Field:
        self.at = f"{key}.{member.name}"
        name = member.wire or member.name
        if member.wire is None:
            self.loose.add((key, name))
        if member.has_default and member.default is None:
            self.unsaid.add((key, name))
        type_ = self._type(member, hints)
        limits = limits_of(self._annotation(member, hints), member.marks, type_)
        return Field(name, type_, member.required, "", None, _default(member), None, Span(self.at, 1, 1), limits)

    def _type(self, member: Member, hints: Mapping[str, Any]) -> TypeExpr:
        type_ = type_of(self._annotation(member, hints), self)
        return tied(type_, member.discriminator, self) if member.discriminator else type_

    def _annotation(self, member: Member, hints: Mapping[str, Any]) -> Any:
        return member.annotation if member.resolved else hints.get(member.name, member.annotation)


def _resolved(cls: type) -> dict[str, Any] | None:
    try:
        return typing.get_type_hints(cls, include_extras=True)
    except (NameError, TypeError, AttributeError, SyntaxError):
        return None


def _default(member: Member) -> str | None:
    """A default as JSON, where it is a value of JSON; None says that the field is absent."""
    value = member.default.value if isinstance(member.default, enum.Enum) else member.default
    if not member.has_default or is_mark(member.default) or not isinstance(value, str | int | float):
        return None
    return json.dumps(value, ensure_ascii=False)
