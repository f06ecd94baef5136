"""What a module uses -> its import lines, sorted as ruff sorts them; how one module of a package says another."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

from fieldsmith.writing import layout
from fieldsmith.writing.python import Package

_IMPORTS = {"Any": "typing", "Decimal": "decimal", "Literal": "typing", "UUID": "uuid"}
Modules = dict[str, list[str]]
_DIGITS = re.compile(r"([0-9]+)")


def relative_module(module: str, target: str) -> str:
    """How one module of the package says another in an import: `shared.a` says `operations.b` as `..operations.b`."""
    here, there = module.split(".")[:-1], target.split(".")
    common = 0
    while common < len(here) and common < len(there) - 1 and here[common] == there[common]:
        common += 1
    return "." * (len(here) - common + 1) + ".".join(there[common:])


def own_file(module: str, name: str) -> str:
    """How a module says a module at the package's root: `shared.a` says `_runtime` as `.._runtime`."""
    return "." * (module.count(".") + 1) + name


@functools.cache
def import_order(name: str) -> tuple[int, list[str | int]]:
    """Where a name or module stands among imports, as ruff sorts them: CONSTANTS, Classes, others; 9 before 10."""
    kind = 0 if len(name) > 1 and name.isupper() else 1 if name[:1].isupper() else 2
    return kind, [int(part) if part.isdigit() else part for part in _DIGITS.split(name.lower())]


def import_lines(modules: Mapping[str, Iterable[str]], indent: str = "") -> tuple[str, ...]:
    """`from ... import ...` for each module, sorted; a renamed name has a line of its own."""
    lines = []
    for module in sorted(modules, key=import_order):
        names = sorted(modules[module], key=import_order)
        plain = [name for name in names if " as " not in name]
        if plain:
            lines.append(layout.import_line(module, plain, indent))
        lines += [layout.import_line(module, [name], indent) for name in names if " as " in name]
    return tuple(lines)


def standard_imports(words: Iterable[str], more: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Import lines of the standard library for the words said; `more` adds names of further modules."""
    said = set(words)
    modules = {module: set(names) for module, names in more.items()}
    for word in said & _IMPORTS.keys():
        modules.setdefault(_IMPORTS[word], set()).add(word)
    plain = ("import datetime as dt",) if "dt" in said else ()
    return (*plain, *import_lines(modules))


def own_imports(package: Package, key: str, names: Mapping[str, Iterable[str]]) -> tuple[Modules, Modules]:
    """Imported names by module, above and below the definition: mates in a cycle are imported when it is there."""
    here = package.names.modules[key]
    above: Modules = {}
    below: Modules = {}
    for other, imported in names.items():
        module = relative_module(here, package.names.modules[other])
        (below if package.are_mates(key, other) else above).setdefault(module, []).extend(imported)
    return above, below
