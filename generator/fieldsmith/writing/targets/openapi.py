"""Schema -> `openapi.json`, the components of all definitions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fieldsmith.schema import Definition
from fieldsmith.writing.jsontext import JsonView
from fieldsmith.writing.openapi import document
from fieldsmith.writing.plans import FilePlan
from fieldsmith.writing.python import Package
from fieldsmith.writing.targets import Target


def _of_page(package: Package, path: str, definitions: Sequence[Definition]) -> Iterator[FilePlan]:
    """Nothing: there is one file for all pages."""
    return iter(())


def _of_package(package: Package) -> Iterator[FilePlan]:
    yield FilePlan("openapi.json", "openapi/openapi.json.jinja", JsonView(document(package)))


TARGET = Target(_of_page, _of_package)
