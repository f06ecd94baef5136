"""Whatever pages say, what is made of them does not drift from them."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

import emitted
import strategies
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.drifting import classes
from fieldsmith.drifting.aligning import aligned
from fieldsmith.drifting.findings import Drift, drifts
from fieldsmith.drifting.others import Other
from fieldsmith.schema import Schema
from fieldsmith.writing.naming import name_all
from fieldsmith.writing.plans import Settings


def found(schema: Schema, other: Other) -> list[Drift]:
    names = name_all(schema, Settings(), Diagnostics())
    return list(drifts(schema, names, other, aligned(schema, names, other)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.schemas(pets=True))
def test_emitted_packages_do_not_drift(schema: Schema) -> None:
    diagnostics = Diagnostics()
    with emitted.emitted(schema) as package:
        other = classes.read(package.__name__, diagnostics)
    assert other is not None and not list(diagnostics), list(diagnostics)
    assert found(schema, other) == []
