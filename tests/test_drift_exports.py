"""What is made of pages for everybody else does not drift from them: JSON Schema, OpenAPI, pydantic and msgspec."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import strategies
from drifting import Parcels
from fieldsmith import cli
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.drifting import jsonschema
from fieldsmith.schema import Schema
from fieldsmith.writing import jsonschema as export
from fieldsmith.writing import openapi, printing
from fieldsmith.writing.plans import Settings
from test_drift_random import found

SPEC = Path(__file__).parents[1] / "spec"
SETTINGS = f'[tool.fieldsmith]\npages = {json.dumps(str(SPEC))}\noutput = "written_out"\nwire_names = "snake_case"\n'


@pytest.mark.parametrize("form", ["jsonschema", "openapi"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(schema=strategies.schemas(pets=True))
def test_exported_documents(tmp_path: Path, form: str, schema: Schema) -> None:
    package = printing.prepare(schema, Settings(), Diagnostics())
    assert package is not None
    document = export.bundle(package) if form == "jsonschema" else openapi.document(package)
    file = tmp_path / "api.json"
    file.write_text(json.dumps(document), "utf-8")
    diagnostics = Diagnostics()
    other = jsonschema.read("api.json", str(file), 10**7, diagnostics)
    assert other is not None and not list(diagnostics), list(diagnostics)
    assert found(schema, other) == []


@pytest.mark.parametrize("form", ["jsonschema", "openapi"])
def test_the_example_against_its_exported_schema(parcels: Parcels, form: str) -> None:
    parcels.write("pyproject.toml", SETTINGS)
    assert cli._run(["schema", "--format", form, "-o", "api.json"]) == 0
    assert parcels.against("api.json") == []


@pytest.mark.parametrize("target, other", [
    ("jsonschema", "written_out/jsonschema"),
    ("openapi", "written_out/openapi.json"),
    ("pydantic", "written_out.pydantic_models"),
    ("msgspec", "written_out.msgspec_models"),
])  # fmt: skip
def test_the_example_against_its_other_outputs(parcels: Parcels, target: str, other: str) -> None:
    parcels.write("pyproject.toml", SETTINGS)
    assert cli._run(["generate", "-q", "--targets", target]) == 0
    parcels.capsys.readouterr()
    assert parcels.against(other) == []
