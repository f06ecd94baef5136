"""Document -> records, for the tables of a Terraform module's inputs and outputs that terraform-docs writes.

`## Inputs` and `## Outputs` are models, so called. All is data but the objects in types, which become models of their
own, and defaults, which stand in code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import compress, product

from fieldsmith.diagnostics import Span
from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.cells import check_name, clean, code_span, quote
from fieldsmith.reading.layout import Layout, Mark, Role
from fieldsmith.reading.layout_cells import Hooks
from fieldsmith.reading.layouts import dialect_of
from fieldsmith.reading.notations.terraform import TERRAFORM
from fieldsmith.reading.records import Cell, DefinitionRecord, FieldRecord
from fieldsmith.reading.terraformtypes import Object, Trouble, taken, title_of, unfold

# Each column but these two can be left out.
_ALWAYS = ("name", "description")
_HEADERS = tuple(
    (*_ALWAYS, *compress(others, chosen))
    for others in (("type", "default", "required"), ("value", "sensitive"))
    for chosen in product((True, False), repeat=len(others))
)
LAYOUT = Layout(
    name="terraform_docs",
    columns={
        "name": "name",
        "description": "doc",
        "type": "type",
        "default": "default",
        "required": "required",
        "value": "example",
    },
    headings={"model": ("Inputs", "Outputs")},
    titles=(),
    notations=(TERRAFORM,),
    marks={
        "required": Mark(words=("yes",)),
        "optional": Mark(words=("no",), phrases=("(Optional)",)),
    },
    signatures=(
        "<!-- BEGIN_TF_DOCS",
        "<!-- BEGINNING OF PRE-COMMIT-TERRAFORM DOCS",
        '| <a name="input_',
        '| <a name="output_',
        "| Name | Description | Type | Default | Required |",
    ),
    headers={"model": _HEADERS},
    hollow=r"No (?:inputs?|outputs?)\.\s*$",
    untyped="any",
    nothing=("n/a",),
)

_PRE = re.compile(r"<pre>(.*)</pre>", re.DOTALL)
_ESCAPED = re.compile(r"\\([_*])")


def _settle(records: tuple[DefinitionRecord, ...], accounts: Accounts) -> tuple[DefinitionRecord, ...]:
    """The definitions, with models for the objects in their types behind them."""
    return tuple(each for one in records for each in _unfolded(one, accounts))


def _unfolded(record: DefinitionRecord, accounts: Accounts) -> Iterator[DefinitionRecord]:
    fields: list[FieldRecord] = []
    models: list[DefinitionRecord] = []
    for field in record.fields:
        try:
            found = unfold(field.type.text, title_of(record.title, field.name), accounts.limits.nesting)
        except Trouble as trouble:
            if not field.type.told:
                place = field.type.span._replace(column=field.type.span.column + trouble.at)
                accounts.add("FS076", place, f"type {quote(field.type.text)} cannot be read: {trouble}")
            field = field._replace(type=field.type._replace(text="", told=True))
        else:
            text = field.type.text if code_span(field.type.text) == found.type else found.type
            models += (_model(record, field.type, each, accounts) for each in found.objects)
            default = taken(field.default, found.type) if field.default else field.default
            field = field._replace(type=field.type._replace(text=text), default=default)
        fields.append(field)
    yield record._replace(fields=tuple(fields))
    yield from models


def _field(field: FieldRecord, cell: Callable[[Role], Cell], accounts: Accounts) -> FieldRecord:
    """A field whose default and description are as the module has them. Where no column says so, what has a default
    need not be given; where `null` is the default, it is a value."""
    default = _uncoded(field.default)
    told = default is None or cell("required").text != ""
    return field._replace(
        example=None if field.example in LAYOUT.nothing else _uncoded(field.example),
        default=default,
        doc=_ESCAPED.sub(r"\1", field.doc),
        required=told and field.required,
        nullable=field.nullable or default == "null",
    )


def _uncoded(text: str | None) -> str | None:
    """A text without the code span or block that it stands in."""
    block = _PRE.fullmatch(text or "")
    return block[1].strip("\n") if block else code_span(text or "") or text


def _model(record: DefinitionRecord, cell: Cell, found: Object, accounts: Accounts) -> DefinitionRecord:
    """A model for an object. An attribute that is optional and has no default is null where it is absent."""
    fields: dict[str, FieldRecord] = {}
    for one in found.attributes:
        place, type_ = _moved(cell, one.at), Cell(one.type, _moved(cell, one.type_at))
        nullable = one.default == "null" or not (one.required or one.default)
        check_name("name", one.name, place, accounts)
        if one.name in fields:
            known = len(accounts)
            accounts.add("FS033", place, f"attribute {quote(one.name)} stands twice in {quote(found.title)}")
            accounts.told("field", known)
            continue
        accounts.kept("field")
        default_at = _moved(cell, one.default_at)
        default = one.default and clean(one.default, default_at, accounts)
        texts = one.name, type_, one.required, "", None, default, None, place
        fields[one.name] = FieldRecord(*texts, nullable=nullable, default_at=default_at)
    return DefinitionRecord(record.page, found.title, "model", "", None, _moved(cell, found.at), tuple(fields.values()))


def _moved(cell: Cell, by: int) -> Span:
    return cell.span._replace(column=cell.span.column + by)


TERRAFORM_DOCS = dialect_of(LAYOUT, Hooks(field=_field, settle=_settle))
