"""The arrows between the rooms, and the one door of each: read off the source by `ast`, nothing is imported."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "generator" / "fieldsmith"
MODULES = {".".join(path.relative_to(SOURCE).with_suffix("").parts): path for path in sorted(SOURCE.rglob("*.py"))}
PACKAGE = {f"fieldsmith.{module}".removesuffix(".__init__"): module for module in MODULES}

# What a room may import beside itself: data flows from reading through the schema to writing, and never back.
ROOMS = {
    "crew": set(),
    "cycles": set(),
    "diagnostics": {"limits"},
    "entities": set(),
    "flags": set(),
    "leaves": {"schema"},
    "limits": set(),
    "schema": {"diagnostics"},
    "stamps": set(),
    "suggest": set(),
    "reading": {"crew", "cycles", "diagnostics", "leaves", "limits", "schema", "entities", "stamps", "suggest", "values"},
    "ir": {"schema", "values"},
    "values": {"leaves", "limits", "schema"},
    "comparing": {"diagnostics", "leaves", "schema", "report", "values", "wording", "writing"},
    "writing": {"cycles", "diagnostics", "leaves", "schema", "entities", "stamps", "values"},
}
# The only modules that may know a library, or write to the disk.
DOORS = {
    "mistune": {"reading.markdown"},
    "jinja2": {"writing.render"},
    "black": {"writing.render"},
    "tomllib": {"config", "driftsettings", "drifting.overlays", "overlays"},
    "rich": {"progress"},
    "hatchling": {"hatching"},
    "watchfiles": {"wakeups"},
    "datamodel_code_generator": {"writing.modelgen"},
}
WRITERS = {"cache", "writing.files"}  # each below a folder of its own
WRITING = {"mkdir", "makedirs", "rename", "replace", "unlink", "rmdir", "remove", "symlink", "link", "rmtree"}
METHODS = {"write_text", "write_bytes", "touch", "unlink", "rmdir", "mkdir", "rename", "symlink_to", "hardlink_to"}


def _tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in PACKAGE else node.module or "" for name in names)


@pytest.mark.parametrize("module", MODULES)
def test_arrows(module: str) -> None:
    room = module.split(".")[0]
    for name in _imports(_tree(module)):
        if room in ROOMS and name.startswith("fieldsmith."):
            assert name.split(".")[1] in ROOMS[room] | {room}, f"{module} must not know {name}"
        if room != "__main__" and name.startswith("fieldsmith."):
            assert name != "fieldsmith.cli", f"{module} must not know the command line"


@pytest.mark.parametrize("module", MODULES)
def test_doors(module: str) -> None:
    for name in _imports(_tree(module)):
        library = name.split(".")[0]
        assert library not in DOORS or module in DOORS[library], f"{module} must not know {library}"
        if library == "subprocess" and module == "revisions":  # git, for `diff`
            continue
        assert library not in ("subprocess", "socket", "urllib.request", "http", "pickle"), f"{module}: {name}"


@pytest.mark.parametrize("module", sorted(set(MODULES) - WRITERS))
def test_only_files_writes(module: str) -> None:
    for node in ast.walk(_tree(module)):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        if isinstance(function, ast.Attribute):
            owner = function.value.id if isinstance(function.value, ast.Name) else ""
            assert not (owner in ("os", "shutil") and function.attr in WRITING), f"{module}:{node.lineno}"
            assert function.attr not in METHODS, f"{module}:{node.lineno}"
        if isinstance(function, ast.Name) and function.id == "open":
            modes = [each.value for each in node.args[1:2] if isinstance(each, ast.Constant)]
            assert modes and not set(modes[0]) & set("wax+"), f"{module}:{node.lineno}"


@pytest.mark.parametrize("module", MODULES)
def test_names(module: str) -> None:
    name = module.rpartition(".")[2]
    if module not in ("writing.targets.dataclasses",):  # a target bears the name that the settings give it
        assert name.startswith("__") or name not in sys.stdlib_module_names, f"{module} has a standard library's name"


def test_every_target_has_its_templates() -> None:
    targets = {module.rpartition(".")[2] for module in MODULES if module.startswith("writing.targets.")} - {"__init__"}
    folders = {folder.name for folder in (SOURCE.parents[1] / "templates").iterdir() if folder.is_dir()}
    assert folders == targets


def test_no_cycles() -> None:
    edges = {module: {PACKAGE[name] for name in _imports(_tree(module)) if name in PACKAGE} for module in MODULES}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, f"cycle: {' -> '.join((*path, module))}"
        if module not in done:
            for other in sorted(edges[module]):
                visit(other, (*path, module))
            done.add(module)

    for module in MODULES:
        visit(module, ())
