"""Document -> records, for the reference pages of Discord's API: several objects a page, each under a small heading.

All is data. Tables hang under headings such as `Badge Structure`, which belong to the `Badge Object` above them, or
`JSON Params`, which have their name from the request above. See discord.md.
"""

from __future__ import annotations

from fieldsmith.reading.layout import Layout, Mark
from fieldsmith.reading.layouts import dialect_of
from fieldsmith.reading.notations.discord import DISCORD as NOTATION

_PARTS = (
    "JSON Params", "Form Params", "JSON/Form Params", "Query String Params", "Query Params", "Response",
    "Response Body", "Response Structure",
)  # fmt: skip
_NAMES = r"[`'][^`']+[`'](?:(?:,|,? and) [`'][^`']+[`'])*"
_EXCUSE = (
    r"All (?:(?P<of>JSON|form|query(?: string)?) )?(?:parameters|fields)(?: (?:to|for) this endpoint)?"
    rf"(?: except for (?P<but>{_NAMES}))? are optional(?P<nullable> and nullable)?"
    rf"(?: excluding (?P<excluding>{_NAMES}))?(?=\.| *(?:<|$))"
)
LAYOUT = Layout(
    name="discord",
    columns={
        "field": "name", "name": "name", "property": "name", "key": "name", "param": "name", "parameter": "name",
        "type": "type", "description": "doc", "required": "required", "default": "default", "event types": "applies",
        "associated trigger types": "applies", "associated action types": "applies",
    },
    value_columns={
        "value": "value", "id": "value", "integer": "value", "code": "value", "enum": "value", "type": "name",
        "* type": "name", "name": "name", "* name": "name", "flag": "name", "level": "name", "event": "name",
        "description": "doc",
    },
    headings={"model": ("* Object Structure", "* Structure", "* Object", *_PARTS), "enum": ()},
    loose={"model": ("*",), "enum": ("*",)},
    titles=("* Object", "*"),
    parts=_PARTS,
    marks={
        "required": Mark(words=("true", "yes")),
        "optional": Mark(words=("false", "no"), name_suffixes=("?",)),
        "nullable": Mark(type_prefixes=("?",)),
    },
    notations=(NOTATION,),
    first=True,
    kept=True,
    variants=r" \(([^()]+)\)$",
    excuse=_EXCUSE,
    doubt=r"\bAll (?:\w+ ){0,2}(?:parameters|fields)\b[^.]{0,200}\boptional\b[^.\n]{0,200}",
    signs=("<ManualAnchor ", "snowflake"),
    footnotes=r" *\\?\*| *\\\[[0-9]+\\\]| +\[[0-9]+\]",
    remarks=r" \(([^()]*)\)|,? (with keys (?:in|of) \[[^\[\]]*\]\([^()]*\))|, (\[[^\[\]]*\]\([^()]*\) IDs)",
    unset=("absent",),
    conditions=True,
    numbers=True,
    components=True,
)
DISCORD = dialect_of(LAYOUT)
