"""Field of an OpenAPI Generator's page -> the same with the values that its service knows, not the client's names for
them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.cells import quote
from fieldsmith.reading.layout import Role
from fieldsmith.reading.records import Cell, FieldRecord

# What clients put in place of values that they do not know: no value of the service.
_UNKNOWN = ("11184809", "unknown_default_open_api")
INVENTED = tuple(f"{mark}{value}{mark}" for value in _UNKNOWN for mark in ("", "'", '"'))

_LISTING = "(enum: "
# Rust's types of fields with an enum of their own, around its name.
_OWN_ENUM = re.compile(r"(?P<before>(?:Option<)?\*\*(?:Vec<)?)(?P<name>\w+)(?P<after>>?\*\*>?)")
# A member of such an enum in TypeScript and C#, and the types that their pages give its field.
_MEMBER = re.compile(r"(?P<enum>\w+?)Enum[._]\w+")
_PLAIN_TYPE = re.compile(r"\*\*[a-z]+\??\*\*")
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_JOINTS = re.compile(r"[\W_]+")


def with_values(field: FieldRecord, cell: Callable[[Role], Cell], accounts: Accounts) -> FieldRecord:
    """A field with the values that its description lists as those of an enum of its own, and without a default that is
    a member of an enum whose values its page does not say."""
    field = _listed(field, accounts)
    if field.default is None or not _is_member(field, field.default, cell("required").text):
        return field
    message = f"default {quote(field.default)} of {quote(field.name)} is the client's name for a value; no page has it"
    accounts.add("FS114", field.default_at, message, "say the default in an overlay; until then there is none")
    return field._replace(default=None)


def _listed(field: FieldRecord, accounts: Accounts) -> FieldRecord:
    """Rust's pages end the description of such a field with `(enum: open, sent)`, and call its type by the field; names
    in capitals are C#'s, whose types have pages of their own."""
    match = _OWN_ENUM.fullmatch(field.type.text)
    doc, listing, rest = field.doc.rpartition(_LISTING)
    if match is None or not listing or rest[-1:] != ")" or field.name != field.name.lower():
        return field
    if not _is_called(match["name"], field.name):
        return field
    values = [value for value in rest[:-1].split(", ") if value not in INVENTED]
    numbers = all(map(_INTEGER.fullmatch, values))
    if numbers:
        message = f"the values of {quote(field.name)} may be integers or strings; they are read as integers"
        accounts.add("FS110", field.type.span, message, "say the type in an overlay, if they are strings")
    text = " | ".join(values if numbers else map(json.dumps, values))
    type_ = field.type._replace(text=f"{match['before']}{text}{match['after']}")
    return field._replace(type=type_, doc=doc.rstrip(" "), default=field.default and _value(field.default, values))


def _value(member: str, values: Sequence[str]) -> str:
    """The value that a member of an enum is named after: `Paused` is `PAUSED`. Where none or several are, the name."""
    named = [value for value in values if _is_called(member, value)]
    return named[0] if len(named) == 1 else member


def _is_member(field: FieldRecord, default: str, notes: str) -> bool:
    """Whether a default is a member of the client's enum for the field: `StatusEnum_Open`. Values stand in quotes."""
    match = _MEMBER.fullmatch(default)
    if match is None or f"[default to {default}]" not in notes:
        return False
    return _PLAIN_TYPE.fullmatch(field.type.text) is not None and _is_called(match["enum"], field.name)


def _is_called(name: str, origin: str) -> bool:
    """Whether the generator may have made a name of another: letters and digits are the same but for their case."""
    return _JOINTS.sub("", name).lower() == _JOINTS.sub("", origin).lower()
