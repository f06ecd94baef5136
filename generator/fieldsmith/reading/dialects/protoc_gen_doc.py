"""Document -> records, for the pages that protoc-gen-doc writes of `.proto` files, by its own template and Cosmos's.

A page has many messages and enums, each `### Name` below an anchor that is its full name. All is data but defaults,
which stand at the end of descriptions, and what shows only across definitions: maps, and two of one name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.layout import Layout, Mark, Role
from fieldsmith.reading.layout_cells import Hooks
from fieldsmith.reading.layouts import dialect_of
from fieldsmith.reading.notations.protobuf import PROTOBUF
from fieldsmith.reading.records import Cell, DefinitionRecord, FieldRecord
from fieldsmith.reading.tables import spilled

LAYOUT = Layout(
    name="protoc_gen_doc",
    columns={"field": "name", "type": "type", "label": "required", "description": "doc"},
    headings={"model": ("### *",), "enum": ("### *",)},
    notations=(PROTOBUF,),
    marks={
        "required": Mark(words=("required",)),
        "optional": Mark(words=("", "optional", "repeated")),
        "repeated": Mark(words=("repeated",)),
        "deprecated": Mark(phrases=("**Deprecated.**",)),
    },
    bullet="",
    signatures=("| Field | Type | Label | Description |", "| .proto Type |"),
    headers={
        "model": (("field", "type", "label", "description"),),
        "enum": (("name", "number", "description"),),
    },
    value_columns={"name": "name", "number": "value", "description": "doc"},
    anchors=r'<a name="(?P<anchor>[A-Za-z0-9_./-]+)"></a>',
    ends=r'[ ]*(?:<a name="|<!-- end |<p align="right">|## Scalar Value Types)',
    hollow=r"### [\w.]+\s*$",
    beside=("extension", ".proto type"),
    entities=True,
    literals=True,
)

_DEFAULT = "Default: "
_LINK = re.compile(r"\[([^\]]*)\]\(#([^()\s]*)\)")
_TEXTS = ("string", "bytes")


def _field(field: FieldRecord, cell: Callable[[Role], Cell], accounts: Accounts) -> FieldRecord:
    """A field with the default at the end of its description. Repeated fields and those without a label have none; nor
    has any but text one of several words."""
    before, mark, default = field.doc.rpartition(_DEFAULT)
    link = _LINK.fullmatch(field.type.text)
    one_word = " " not in default or (link is not None and link[1] in _TEXTS)
    if not mark or field.repeated or not cell("required").text or not one_word or not (before or " ").endswith(" "):
        return field
    return field._replace(doc=before.rstrip(), default=default, default_at=cell("doc").span, default_by="note")


def _settle(records: tuple[DefinitionRecord, ...], accounts: Accounts) -> tuple[DefinitionRecord, ...]:
    """Maps in place of the messages that stand for their entries, and full names where two have the same one."""
    entries = {_full(one): one for one in records if [field.name for field in one.fields] == ["key", "value"]}
    spent: set[str] = set()
    found: list[DefinitionRecord] = []
    for one in records:
        fields = list(one.fields)
        for at, field in enumerate(fields):
            entry = f"{_full(one)}.{_entry_name(field.name)}"
            if field.repeated and entry in entries and _full_of(field.type) == entry:
                spent.add(entry)
                fields[at] = _map(field, entries[entry])
        found.append(one._replace(fields=tuple(fields)))
    accounts.renoted("field", "it says what a map holds", 2 * len(spent))
    kept = [one for one in found if _full(one) not in spent]
    times = Counter(one.title for one in kept)
    return tuple(one._replace(title=_full(one)) if times[one.title] > 1 else one for one in kept)


def _full(record: DefinitionRecord) -> str:
    """Names in `.proto` files have no hyphens: the template writes them for dots."""
    return record.anchors[0].replace("-", ".")


def _full_of(type_: Cell) -> str:
    link = _LINK.fullmatch(type_.text)
    return link[2].replace("-", ".") if link else ""


def _entry_name(field: str) -> str:
    """How protoc calls the message for the entries of a map."""
    return "".join(word[:1].upper() + word[1:] for word in field.split("_")) + "Entry"


def _map(field: FieldRecord, entry: DefinitionRecord) -> FieldRecord:
    key, value = entry.fields
    text = f"map<{key.type.text}, {value.type.text}>"
    return field._replace(type=field.type._replace(text=text), repeated=False)


HOOKS = Hooks(mend=spilled, field=_field, settle=_settle)
PROTOC_GEN_DOC = dialect_of(LAYOUT, HOOKS)
