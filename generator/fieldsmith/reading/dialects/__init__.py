"""All layouts of pages by name. Of those that are equally sure of a page, the earlier one reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from fieldsmith.reading.codedialects import Code, load
from fieldsmith.reading.dialects.crd_ref_docs import CRD_REF_DOCS
from fieldsmith.reading.dialects.discord import DISCORD
from fieldsmith.reading.dialects.fieldsmith import FIELDSMITH
from fieldsmith.reading.dialects.oas import OAS
from fieldsmith.reading.dialects.openapi_generator import OPENAPI_GENERATOR
from fieldsmith.reading.dialects.plain import PLAIN
from fieldsmith.reading.dialects.protoc_gen_doc import PROTOC_GEN_DOC
from fieldsmith.reading.dialects.speakeasy import SPEAKEASY
from fieldsmith.reading.dialects.speakeasy_operations import SPEAKEASY_OPERATIONS
from fieldsmith.reading.dialects.terraform_docs import TERRAFORM_DOCS
from fieldsmith.reading.lacking import lack
from fieldsmith.reading.layout import Layout
from fieldsmith.reading.layouts import dialect_of
from fieldsmith.reading.records import Dialect

_ALL = (
    *(PLAIN, FIELDSMITH, SPEAKEASY, SPEAKEASY_OPERATIONS, OPENAPI_GENERATOR, DISCORD, OAS),
    *(PROTOC_GEN_DOC, CRD_REF_DOCS, TERRAFORM_DOCS),
)
DIALECTS: Mapping[str, Dialect] = {dialect.name: dialect for dialect in _ALL}


def dialects_with(own: Sequence[Layout | Code]) -> Mapping[str, Dialect]:
    """All dialects there are, those of the settings first. Raises Fault for code that gives none."""
    return {**{one.name: _made(one) for one in own}, **DIALECTS} if own else DIALECTS


def _made(own: Layout | Code) -> Dialect:
    """A dialect of the settings; of such, a page that is nearly one of theirs is told what it lacks."""
    return load(own) if isinstance(own, Code) else dialect_of(own)._replace(lacks=partial(lack, layout=own))
