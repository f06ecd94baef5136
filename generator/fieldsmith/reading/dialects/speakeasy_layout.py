"""The layout of Speakeasy's model pages, as data; what data cannot say of them is in the files beside this one."""

from __future__ import annotations

from dataclasses import replace

from fieldsmith.reading.layout import Layout, Mark
from fieldsmith.reading.notations import SDKS

LAYOUT = Layout(
    name="speakeasy",
    columns={"field": "name", "type": "type", "required": "required", "description": "doc", "example": "example"},
    value_columns={"value": "value", "name": "name"},
    headings={"model": ("## Fields",), "enum": ("## Values",), "union": ("## Supported Types",)},
    titles=("# *",),
    marks={
        "required": Mark(words=(":heavy_check_mark:",)),
        "optional": Mark(words=(":heavy_minus_sign:",)),
    },
    notations=SDKS,
    nothing=("N/A",),
    expected={"model": ("name", "type", "required", "doc"), "enum": ("value", "name")},
    deprecation=r": warning: \*\* DEPRECATED \*\*:(?P<message>.*?)(?:\n\n|\Z)",
)
# Parameters of operations are written as fields are, below a header of their own.
OPERATIONS = replace(
    LAYOUT,
    name="speakeasy_operations",
    columns={"parameter": "name", "type": "type", "required": "required", "description": "doc", "example": "example"},
    headings={"model": ("### Parameters",)},
    titles=("## *",),
)
