"""A package -> an OpenAPI 3.1 document of its definitions: components, a JSON Schema each."""

from __future__ import annotations

from fieldsmith.writing.jsonschema import SCALARS, Json, Schemas, definition_names
from fieldsmith.writing.jsontext import MARK
from fieldsmith.writing.python import Package

VERSION = "3.1.0"


def document(package: Package) -> Json:
    """All definitions below `components/schemas`; there are no paths, as pages of fields speak of none."""
    names = definition_names(package)
    refs = {key: f"#/components/schemas/{name}" for key, name in names.items()}
    schemas = Schemas(package, refs, "discriminator", SCALARS)
    return {
        "openapi": VERSION,
        "info": {"title": "Definitions", "version": "0", "description": MARK},
        "paths": {},
        "components": {"schemas": {names[one.key]: schemas.definition(one) for one in package.schema.definitions}},
    }
