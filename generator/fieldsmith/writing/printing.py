"""Schema -> files: names, then plans by target, then text; the whole of this wing, up to the disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.schema import Schema
from fieldsmith.writing import naming, python, render, selfcheck
from fieldsmith.writing.fingerprints import fingerprints
from fieldsmith.writing.jsoncheck import check_json
from fieldsmith.writing.plans import FilePlan, Layout, Rendered, Settings
from fieldsmith.writing.python import Package
from fieldsmith.writing.targets import Target
from fieldsmith.writing.templates import Templates

__all__ = ["fingerprints", "package_plans", "page_plans", "prepare", "print_package", "print_pages"]


def target(name: str) -> Target:
    """The target of a name, loaded when it is asked for: most runs have no use for most of them."""
    found: Target = import_module(f"fieldsmith.writing.targets.{name}").TARGET
    return found


def prepare(schema: Schema, settings: Settings, diagnostics: Diagnostics) -> Package | None:
    """The schema with its names, ready for the targets; None where a name gives an error."""
    before = len(diagnostics)
    names = naming.name_all(schema, settings, diagnostics)
    if any(found.severity == "error" for found in list(diagnostics)[before:]):
        return None
    return python.package(schema, names, settings)


def page_plans(package: Package, path: str) -> Iterator[FilePlan]:
    """The files that the chosen targets make of one page."""
    for name in package.settings.targets:
        yield from target(name).of_page(package, path, package.pages[path])


def package_plans(package: Package) -> Iterator[FilePlan]:
    """The files that all pages share."""
    for name in package.settings.targets:
        yield from target(name).of_package(package)


def print_package(package: Package, templates: Templates, layout: Layout | None) -> tuple[Rendered, ...]:
    """The files that all pages share, finished and checked; see `render` and `selfcheck` for what is raised."""
    plans = [*package_plans(package)]
    files = render.render(plans, templates, layout)
    selfcheck.check_package(package, plans, _as_printed(files, plans, templates, layout), templates)
    check_json(package, package.schema.definitions, plans, files, templates)
    return files


def print_pages(
    package: Package, templates: Templates, layout: Layout | None, paths: Sequence[str]
) -> list[tuple[Rendered, ...]]:
    """The finished and checked files of each of some pages; see `render` and `selfcheck` for what is raised.

    All arguments can be sent to another process: what one page becomes does not depend on who else is printed.
    """
    return [_print_page(package, templates, layout, path) for path in paths]


def _print_page(package: Package, templates: Templates, layout: Layout | None, path: str) -> tuple[Rendered, ...]:
    plans = [*page_plans(package, path)]
    files = render.render(plans, templates, layout)
    selfcheck.check_page(package, path, plans, _as_printed(files, plans, templates, layout), templates)
    check_json(package, package.pages[path], plans, files, templates)
    return files


def _as_printed(
    files: tuple[Rendered, ...], plans: Sequence[FilePlan], templates: Templates, layout: Layout | None
) -> tuple[Rendered, ...]:
    """What the templates printed, before another program laid it out: any version of that may have ways of its own."""
    return files if layout != "black" else render.render(plans, templates, "builtin")
