"""All layouts of pages by name, in the order in which they are asked whether a page is theirs."""

from __future__ import annotations

from collections.abc import Mapping

from fieldsmith.reading.dialects.fieldsmith import FIELDSMITH
from fieldsmith.reading.dialects.speakeasy import SPEAKEASY
from fieldsmith.reading.records import Dialect

DIALECTS: Mapping[str, Dialect] = {dialect.name: dialect for dialect in (FIELDSMITH, SPEAKEASY)}
