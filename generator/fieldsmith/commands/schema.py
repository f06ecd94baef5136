"""`schema`: print the definitions of one job as JSON Schema or as OpenAPI components."""

from __future__ import annotations

from typing import Literal

from fieldsmith.commands.printed import print_one
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.flags import Flags
from fieldsmith.jobs import Job
from fieldsmith.schema import Schema
from fieldsmith.writing import jsonschema, naming, openapi, python
from fieldsmith.writing.jsontext import json_text

Form = Literal["jsonschema", "openapi"]


def schema(flags: Flags, *, form: Form, file: str | None) -> int:
    """Print the definitions of one job in one document."""

    def text(job: Job, found: Schema) -> str:
        names = naming.name_all(found, job.settings, Diagnostics())
        package = python.package(found, names, job.settings)
        return json_text(jsonschema.bundle(package) if form == "jsonschema" else openapi.document(package)) + "\n"

    return print_one(flags, "names", text, file)
