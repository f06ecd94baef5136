"""Schema -> one module of functions a definition, that read it from JSON values and write it to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fieldsmith.schema import Alias, Definition
from fieldsmith.writing import layout
from fieldsmith.writing.functions import FOLDER, Functions
from fieldsmith.writing.graph import scalars
from fieldsmith.writing.layout import INDENT, Group
from fieldsmith.writing.plans import FilePlan
from fieldsmith.writing.python import Package
from fieldsmith.writing.shapes import Shaper
from fieldsmith.writing.targets import Target
from fieldsmith.writing.targets.dataclasses import header


class CodecView(NamedTuple):
    """A module of functions: import lines above and below them, functions, tables and the codec as source text."""

    header: str
    library: tuple[str, ...]
    own: tuple[str, ...]
    late: tuple[str, ...]
    functions: tuple[str, ...]
    tables: tuple[str, ...]
    codecs: str


class RuntimeView(NamedTuple):
    """Which of the heavier formats the package's types need, and which module reads and writes its JSON.

    `glances` says that it reads in haste first, by which big integers become floats.
    """

    decimal: bool
    uuid: bool
    json: str
    glances: bool


def _of_page(package: Package, path: str, definitions: Sequence[Definition]) -> Iterator[FilePlan]:
    """A module for each definition, below a folder of their own."""
    for definition in definitions:
        file = f"{FOLDER}/{package.names.modules[definition.key].replace('.', '/')}.py"
        yield FilePlan(file, "serializers/module.py.jinja", _view(package, definition))


def _of_package(package: Package) -> Iterator[FilePlan]:
    """The runtime that all modules share, and an `__init__` for each folder."""
    folders = {FOLDER: None}
    for module in package.names.modules.values():
        parts = module.split(".")
        folders.update(dict.fromkeys("/".join((FOLDER, *parts[:depth])) for depth in range(1, len(parts))))
    for folder in folders:
        yield FilePlan(f"{folder}/__init__.py", "serializers/package.py.jinja", None)
    kinds, engine = scalars(package.schema), package.settings.json
    engines = () if engine == "standard" else (engine,)
    glances = engine == "orjson" and "decimal" not in kinds
    runtime = RuntimeView("decimal" in kinds, "uuid" in kinds, f"_{engines[0] if engines else 'json'}", glances)
    for name in ("errors", "explain", "formats", "json", *engines, "lenient", "runtime"):
        yield FilePlan(f"_{name}.py", f"serializers/{name}.py.jinja", runtime)


def _view(package: Package, definition: Definition) -> CodecView:
    module = Functions(package, definition)
    functions = module.of(definition)
    name = package.names.classes[definition.key]
    decode, encode = module.decoder.function(definition.key), module.encoder.function(definition.key)
    own_type = "None" if isinstance(definition, Alias) else name
    shaper = Shaper(package, module.decoder.unions, module.encoder.unions)
    shape = layout.fold(shaper.definition(definition), lead="_SHAPE = ")
    items = (decode, encode, "_SHAPE", own_type)
    codec = layout.fold(Group("Codec", "()", items, call=True), INDENT, ",", f'"{name}": ')
    own, late = module.imports()
    return CodecView(
        header(definition.span.path),
        module.library(),
        own,
        late,
        (*module.decoder.helpers, *module.encoder.helpers, *functions),
        (*module.tables, *module.decoder.tables, *module.encoder.tables, shape),
        codec,
    )


TARGET = Target(_of_page, _of_package)
