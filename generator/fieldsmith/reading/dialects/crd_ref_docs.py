"""Document -> records, for the pages that crd-ref-docs writes of Kubernetes' custom resources, by its own template and
by Envoy Gateway's.

A page has many types, each `#### Name`: a table of fields, with the type behind the name or in a column of its own; a
table of values; or `_Underlying type:_` alone. All is data but the marks among validations, and the values that name
the kind of a resource.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.cells import check_name, code_span
from fieldsmith.reading.layout import Layout, Mark, Role
from fieldsmith.reading.layout_cells import Hooks, Noted
from fieldsmith.reading.layouts import dialect_of
from fieldsmith.reading.notations.kubernetes import KUBERNETES
from fieldsmith.reading.records import Cell, DefinitionRecord, FieldRecord, Stated
from fieldsmith.reading.tables import Row

LAYOUT = Layout(
    name="crd_ref_docs",
    columns={
        "field": "name",
        "type": "type",
        "required": "required",
        "default": "default",
        "description": "doc",
        "validation": "notes",
    },
    headings=dict.fromkeys(("model", "enum"), ("#### *", "### *", "## *")),
    titles=("## *",),
    notations=(KUBERNETES,),
    marks={
        "required": Mark(words=("true", "required")),
        "optional": Mark(words=("", "false")),
    },
    bullet="",
    signatures=(
        "_Underlying type:_",
        "_Appears in:_",
        "| `apiVersion` _string_ | `",
        "| `apiVersion` | _string_ | |`",
    ),
    headers={"enum": (("field", "description"), ("value", "description"))},
    value_columns={"field": "value", "value": "value", "description": "doc"},
    ends=r"_(?:Validation|Appears in):_",
    alias=r"_Underlying type:_ [_`](?P<type>.+)[_`]\s*$",
    hollow=r"_Appears in:_",
    listed=r"- Enum: \[(?P<values>[^\]]*)\]\s*$",
    joined=r"`(?P<name>[^`]+)` (?P<type>_.+_)",
    around="_",
    deprecation=r"[*_]*(?i:Deprecated):[*_]* *(?P<message>.*?)(?:\n\n|\Z)",
)

_REQUIRED = "Required: "
_OF_THE_KIND = ("apiVersion", "kind")
_LISTED = re.compile(r"^[ \t]*Enum: \[([^\]\n]*)\]", re.MULTILINE)
_BLANK = re.compile(r"[ \t]")  # other blanks are characters of values
# Types that are defined elsewhere, and values that can be nothing but texts.
_FOREIGN = re.compile(r"\[[^\[\]]+\]\([a-z]+://[^()\s]+\)")
_TEXT = re.compile(r"(?!(?:true|false|null)\Z)[A-Za-z_].*|", re.DOTALL)
_NUMBERED = r"(?:(?:Min|Max)(?:imum|Length|Items)|MultipleOf): -?[0-9.]+"
_CONSTRAINT = re.compile(rf"{_NUMBERED}|Pattern: `[^`]+`|UniqueItems: true")
_EXCLUSIVE = re.compile(r"Exclusive(?:Min|Max)imum: true")
_BRACE = re.compile(r"\\([{}])")
_TARGET = re.compile(r"\]\(#([^()\s]+)\)")


def _notes(text: str) -> Noted:
    """What a cell of marks, or of validations, says: `true`, or one in each line."""
    lines = [line.strip() for line in text.split("\n")]
    if any(line.startswith(_REQUIRED) for line in lines):
        return Noted(("required",))
    return Noted((text.strip().lower(),) if ":" not in text else ("",))


def _field(field: FieldRecord, cell: Callable[[Role], Cell], accounts: Accounts) -> FieldRecord:
    """A field without the backslashes before braces, and with what its validations say. Its values are those that one
    of them lists; for `apiVersion` and `kind` of a resource the one that their description is."""
    doc = _BRACE.sub(r"\1", field.doc)
    default, deprecation = (text and _BRACE.sub(r"\1", text) for text in (field.default, field.deprecation))
    notes, text = cell("notes"), field.type.text
    kind = code_span(doc) if field.name in _OF_THE_KIND and text == "string" else None
    literals = [json.dumps(kind)] if kind is not None else _literals(text, _LISTED.search(notes.text))
    return field._replace(
        type=field.type._replace(text=" | ".join(literals) or text),
        doc=doc if kind is None else "",
        default=default,
        deprecation=deprecation,
        stated=tuple(_constraints(notes)),
    )


def _literals(type_: str, listed: re.Match[str] | None) -> list[str]:
    """The values that a validation lists, as literals of a type; none where it does not show what they are. One blank
    separates two, so that a text without characters is two blanks, or one at an end."""
    if listed is None or not listed[1].strip():
        return []
    words = list(dict.fromkeys(_BLANK.split(listed[1])))
    if type_ == "integer":
        return list(filter(None, words))
    foreign = _FOREIGN.fullmatch(type_) is not None and all(map(_TEXT.fullmatch, words))
    return list(map(json.dumps, words)) if type_ == "string" or foreign else []


def _whole(first: FieldRecord, second: FieldRecord) -> FieldRecord | None:
    """The constant of a resource, with what the row of the same name says of it where its Go type has that field."""
    constant = first.type.text[:1] == '"' and '" | "' not in first.type.text
    alone = not (first.doc or first.default or first.stated)
    if first.name not in _OF_THE_KIND or not constant or not alone or second.type.text != "string":
        return None
    return second._replace(type=first.type, span=first.span, required=first.required or second.required)


def _constraints(notes: Cell) -> Iterator[Stated]:
    """The validations that are constraints in JSON Schema's words, too. `ExclusiveMinimum: true` says how `Minimum`
    is meant; those of the items of a list, and some that few have, are not kept."""
    lines = [line.strip() for line in _BRACE.sub(r"\1", notes.text).split("\n")]
    exclusive = {line.split(":")[0] for line in lines if _EXCLUSIVE.fullmatch(line)}
    found = [line for line in lines if _CONSTRAINT.fullmatch(line)]
    found = [f"Exclusive{line}" if f"Exclusive{line.split(':')[0]}" in exclusive else line for line in found]
    if found:
        yield Stated("constraints", "\n".join(found), notes.span)


def _mend(row: Row, width: int) -> Row | None:
    """The rows of `apiVersion` and `kind`, which Envoy Gateway's template writes with a cell too few."""
    cells = row.texts
    if not 1 < len(cells) < width or code_span(cells[0]) not in _OF_THE_KIND or code_span(cells[-1]) is None:
        return None
    return row._replace(texts=(*cells[:-1], *[""] * (width - len(cells)), cells[-1]))


def _settle(records: tuple[DefinitionRecord, ...], accounts: Accounts) -> tuple[DefinitionRecord, ...]:
    """The definitions, those of one name told apart by the version that they are of; links lead to their own version's,
    else where Markdown has them lead, to the first."""
    times = Counter(one.title for one in records)
    versions = {one.within.rpartition("/")[2] for one in records}
    short = len(versions) == len({one.within for one in records})
    named: dict[tuple[str, str], str] = {}  # what stands below a title, by its anchor -> its new name
    found: list[DefinitionRecord] = []
    seen: Counter[str] = Counter()
    for one in records:
        if times[one.title] > 1 and one.within:
            version = one.within.rpartition("/")[2] if short else one.within.replace("/", ".")
            anchor = one.anchors[0]
            title, number = f"{version}.{one.title}", seen[anchor]
            check_name("title", title, one.span, accounts)
            named.setdefault((one.within, anchor), title)
            seen[anchor] += 1
            one = one._replace(title=title, anchors=(f"{anchor}-{number}",) if number else one.anchors)
        found.append(one)
    return tuple(_retied(one, named) for one in found) if named else tuple(found)


def _retied(record: DefinitionRecord, named: Mapping[tuple[str, str], str]) -> DefinitionRecord:
    """A definition whose links name the definitions of its own version."""

    def cell(given: Cell) -> Cell:
        return given._replace(text=_TARGET.sub(lambda link: _target(link, record.within, named), given.text))

    fields = tuple(one._replace(type=cell(one.type)) for one in record.fields)
    return record._replace(fields=fields, members=tuple(map(cell, record.members)))


def _target(link: re.Match[str], within: str, named: Mapping[tuple[str, str], str]) -> str:
    name = named.get((within, link[1]))
    return f"](#{name})" if name else link[0]


CRD_REF_DOCS = dialect_of(LAYOUT, Hooks(notes=_notes, mend=_mend, field=_field, whole=_whole, settle=_settle))
