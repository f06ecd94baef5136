"""Document -> records, for specifications that list `Fixed Fields` of objects, as the OpenAPI Specification does.

All is data. `#### Badge Object` has one table of fixed fields or several, which add up, and one of patterned fields,
which say what further keys hold. See oas.md.
"""

from __future__ import annotations

from fieldsmith.reading.layout import Layout, Mark
from fieldsmith.reading.layouts import dialect_of
from fieldsmith.reading.notations.oas import OAS as NOTATION

LAYOUT = Layout(
    name="oas",
    columns={
        "field name": "name", "field pattern": "pattern", "type": "type", "description": "doc", "applies to": "applies",
        "validity": "applies",
    },
    headings={
        "model": (
            "Fixed Fields", "Common Fixed Fields", "Fixed Fields for use with schema",
            "Fixed Fields for use with content", "Fixed Fields for RFC6570-style Serialization", "Patterned Fields",
            "Patterned Objects",
        ),
    },
    loose={"model": ("* Object",)},
    titles=("* Object",),
    marks={"required": Mark(phrases=("**REQUIRED**", "**Required.**"))},
    notations=(NOTATION,),
    stands_for={"<span>&#124;</span>": "|"},
    everywhere=("any",),
)  # fmt: skip
OAS = dialect_of(LAYOUT)
