"""Schema -> an emitted package, imported under a name of its own; and schemas made by hand in few words."""

from __future__ import annotations

import importlib
import importlib.util
import itertools
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.schema import (
    Alias,
    Definition,
    Enum,
    EnumValue,
    Field,
    JsonScalar,
    Model,
    Ref,
    Scalar,
    ScalarKind,
    Schema,
    TypeExpr,
)
from fieldsmith.writing import printing, templates
from fieldsmith.writing.plans import Rendered, Settings
from fieldsmith.writing.python import Package

CODE = ("dataclasses", "serializers")
_numbers = itertools.count()


def files(schema: Schema, settings: Settings | None = None) -> dict[str, str]:
    """The files of the package, by path; a finding of naming fails the test."""
    diagnostics = Diagnostics()
    package = printing.prepare(schema, settings or Settings(targets=CODE), diagnostics)
    found = [f"{one.code} {one.message}" for one in diagnostics]
    assert not found and package is not None, found
    return {file.path: file.text for file in print_package(package)}


def print_package(package: Package) -> Iterator[Rendered]:
    """All files of the package, by our own templates."""
    texts = templates.load(None)
    yield from printing.print_package(package, texts, None)
    for page in printing.print_pages(package, texts, None, list(package.pages)):
        yield from page


def findings(schema: Schema, settings: Settings | None = None) -> list[tuple[str, str, str | None]]:
    """Code, message and help of what naming finds."""
    diagnostics = Diagnostics()
    printing.prepare(schema, settings or Settings(targets=CODE), diagnostics)
    return [(found.code, found.message, found.help) for found in diagnostics]


def save(texts: dict[str, str], folder: Path) -> None:
    for path, text in texts.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("ascii"))


@contextmanager
def imported(folder: Path, name: str | None = None) -> Iterator[ModuleType]:
    """The package in a folder, imported; it and its modules are forgotten afterwards."""
    name = name or f"emitted{next(_numbers)}"
    spec = importlib.util.spec_from_file_location(name, folder / "__init__.py", submodule_search_locations=[str(folder)])
    assert spec is not None and spec.loader is not None
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    package = sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(package)
        yield package
    finally:
        sys.dont_write_bytecode = writes
        for module in [each for each in sys.modules if each == name or each.startswith(f"{name}.")]:
            del sys.modules[module]


@contextmanager
def emitted(schema: Schema, settings: Settings | None = None) -> Iterator[Any]:
    """The schema's package, imported from a folder that is gone afterwards."""
    texts = files(schema, settings)
    with tempfile.TemporaryDirectory() as folder:
        save(texts, Path(folder))
        with imported(Path(folder)) as package:
            yield package


def module_of(package: Any, path: str) -> Any:
    return importlib.import_module(f"{package.__name__}.{path}")


# Schemas by hand: a definition `Thing` stands on the page `thing.md`; a type may be said by its scalar's name.

Type = TypeExpr | ScalarKind


def made_of(*definitions: Definition) -> Schema:
    return Schema(definitions)


def key(title: str, folder: str = "") -> str:
    return f"{folder}{title.lower()}.md#{title}"


def ref(title: str, folder: str = "") -> Ref:
    return Ref(key(title, folder), title)


def span(title: str, line: int = 1, folder: str = "") -> Span:
    return Span(f"{folder}{title.lower()}.md", line, 3)


def expr(type_: Type) -> TypeExpr:
    return Scalar(type_) if isinstance(type_, str) else type_


def model(
    title: str, *fields: tuple[str, Type] | tuple[str, Type, bool], additional: Type | None = None, folder: str = ""
) -> Model:
    """A model with a row from line 7 on for each (name, type, required=True)."""
    rows = tuple(
        Field(name, expr(type_), required[0] if required else True, "", None, None, None, span(title, 7 + at, folder))
        for at, (name, type_, *required) in enumerate(fields)
    )
    further = None if additional is None else expr(additional)
    space = folder.rstrip("/").replace("/", ".")
    return Model(key(title, folder), title, space, "", None, span(title, 1, folder), rows, further)


def enum(title: str, *values: JsonScalar, is_open: bool = False, names: tuple[str, ...] = (), folder: str = "") -> Enum:
    rows = tuple(
        EnumValue(names[at] if names else None, value, "", span(title, 7 + at, folder)) for at, value in enumerate(values)
    )
    return Enum(key(title, folder), title, folder.rstrip("/").replace("/", "."), "", None, span(title), rows, is_open)


def alias(title: str, type_: Type, folder: str = "") -> Alias:
    return Alias(key(title, folder), title, folder.rstrip("/").replace("/", "."), "", None, span(title), expr(type_))
