"""`fieldsmith drift`: one API said in many ways shows none; one difference of each kind shows just that."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import drifting
from drifting import Found, Parcels
from fieldsmith.diagnostics import CODES

ROOT = Path(__file__).parents[1]
# No drift


@pytest.mark.parametrize("document", [
    drifting.jsonschema(), drifting.jsonschema("definitions"), drifting.openapi(), drifting.openapi("3.0.3"),
])  # fmt: skip
@pytest.mark.parametrize("form", ["json", "yaml"])
def test_documents_that_say_the_same(parcels: Parcels, document: Any, form: str) -> None:
    text = json.dumps(document) if form == "json" else yaml.safe_dump(document)
    parcels.write(f"api.{form}", text)
    assert parcels.against(f"api.{form}") == []


@pytest.mark.parametrize("library", drifting.LIBRARIES)
def test_classes_that_say_the_same(parcels: Parcels, library: str) -> None:
    assert parcels.against(parcels.module(drifting.classes(library))) == []


def test_a_file_a_model(parcels: Parcels) -> None:
    """A folder of schemas that refer to each other by path; nothing else in it counts."""
    for name, schema in drifting.definitions("#").items():
        text = re.sub(r'"#/(\w+)"', r'"\1.json"', json.dumps(schema))
        parcels.write(f"api/{name}.json", text)
    parcels.write("api/notes.txt", "none")
    assert parcels.against("api") == []


def test_the_example_against_its_own_package(parcels: Parcels, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert parcels.against("generated.assistants") == []


def test_what_was_compared_is_said(parcels: Parcels) -> None:
    parcels.document(drifting.openapi())
    assert parcels.run("--against", "api.json")[:2] == (0, "7 definitions compared with api.json: no drift\n")


# One difference of each kind: in a document

Schemas = dict[str, Any]
Edit = Callable[[Schemas], object]


def _parcel(**more: Any) -> Edit:
    return lambda all_: all_["Parcel"]["properties"].update(more)


_REF = {"$ref": "#/components/schemas/Party"}
DOCUMENTS: dict[str, tuple[Edit, Found]] = {
    "gone": (lambda all_: all_.pop("Extra"), [("FS504", "`Extra` is not in api.json")]),
    "come": (lambda all_: all_.update(Added=all_["Party"]), [("FS505", "api.json#/components/schemas/Added is on no page")]),
    "field gone": (lambda all_: all_["Parcel"]["properties"].pop("weight"), [("FS506", "`Parcel.weight` is not at api.json#/components/schemas/Parcel")]),
    "field come": (_parcel(**{"a/b": {"type": "string"}}), [("FS507", "api.json#/components/schemas/Parcel/properties/a~1b is not on the page: string")]),
    "type": (_parcel(weight={"type": "string"}), [("FS508", "`Parcel.weight`: number; api.json#/components/schemas/Parcel/properties/weight: string")]),
    "format": (_parcel(sentAt={"type": "string"}), [("FS508", "`Parcel.sentAt`: datetime; api.json#/components/schemas/Parcel/properties/sentAt: string")]),
    "item": (_parcel(notes={"type": "array", "items": {"type": "integer"}}), [("FS508", "`Parcel.notes[]`: string; api.json#/components/schemas/Parcel/properties/notes: integer")]),
    "constant": (_parcel(kind={"const": "packet"}), [("FS508", '`Parcel.kind`: "parcel"; api.json#/components/schemas/Parcel/properties/kind: "packet"')]),
    "option": (lambda all_: all_["Payment"].update(oneOf=[{"$ref": "#/components/schemas/Card"}, _REF, {"$ref": "#/components/schemas/Cash"}]), [("FS508", "`Payment` cannot be Party; api.json#/components/schemas/Payment can")]),
    "no option": (lambda all_: all_["Payment"].update(oneOf=all_["Payment"]["oneOf"][:1], discriminator=None), [("FS508", "`Payment` can be Cash; api.json#/components/schemas/Payment cannot")]),
    "optional": (lambda all_: all_["Parcel"]["required"].remove("id"), [("FS509", "`Parcel.id` is required; api.json#/components/schemas/Parcel/properties/id may be absent")]),
    "required": (lambda all_: all_["Parcel"]["required"].append("size"), [("FS509", "`Parcel.size` may be absent; api.json#/components/schemas/Parcel/properties/size is required")]),
    "null": (_parcel(sender={"anyOf": [_REF, {"type": "null"}]}), [("FS510", "`Parcel.sender` cannot be null; api.json#/components/schemas/Parcel/properties/sender can")]),
    "no null": (_parcel(seenAt={"type": "string", "format": "date-time"}), [("FS510", "`Parcel.seenAt` can be null; api.json#/components/schemas/Parcel/properties/seenAt cannot")]),
    "value": (lambda all_: all_["State"]["enum"].append("ajar"), [("FS511", '`State."ajar"` is no value on the page; api.json#/components/schemas/State has it')]),
    "no value": (lambda all_: all_["State"]["enum"].remove("shut"), [("FS511", '`State."shut"` is no value at api.json#/components/schemas/State')]),
    "open": (lambda all_: all_.update(State={"anyOf": [all_["State"], {"type": "string"}]}), [("FS511", "`State` takes its values alone; api.json#/components/schemas/State takes others, too")]),
    "default": (_parcel(size={"type": "integer", "default": 4}), [("FS512", "`Parcel.size` has the default 3; api.json#/components/schemas/Parcel/properties/size: 4")]),
    "discriminator": (lambda all_: all_["Payment"]["discriminator"]["mapping"].update(coins="Cash"), [("FS513", '`Payment` has no tag "coins" for Cash; api.json#/components/schemas/Payment has')]),
    "further": (lambda all_: all_["Parcel"].update(additionalProperties={"type": "string"}), [("FS515", "`Parcel` has no further keys; api.json#/components/schemas/Parcel: string")]),
    "name": (lambda all_: all_["Parcel"]["properties"].update(sent_at=all_["Parcel"]["properties"].pop("sentAt")), [("FS516", '`Parcel.sentAt` is "sentAt" in the JSON; api.json#/components/schemas/Parcel/properties/sent_at says "sent_at"')]),
    "ambiguous": (lambda all_: all_.update({"EXTRA": all_["Extra"], "extra_": all_.pop("Extra")}), [("FS503", "`Extra` may be any of api.json#/components/schemas/EXTRA, api.json#/components/schemas/extra_")]),
    "unread": (_parcel(weight={"not": {"type": "string"}}), [("FS502", "#/components/schemas/Parcel/properties/weight: it asks for several things at once; any value is taken"), ("FS508", "`Parcel.weight`: number; api.json#/components/schemas/Parcel/properties/weight: any")]),
}  # fmt: skip


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_one_difference_in_a_document(parcels: Parcels, kind: str) -> None:
    edit, found = DOCUMENTS[kind]
    document = drifting.openapi()
    edit(document["components"]["schemas"])
    parcels.document(document)
    assert parcels.against("api.json") == found


def test_every_kind_of_difference_is_tried() -> None:
    codes = {code for _, found in DOCUMENTS.values() for code, _ in found}
    drift = {code for code in CODES if "FS502" <= code <= "FS516"}
    assert drift - codes == {"FS514"}  # limits, which the pages of this API do not have: below


# The same in classes: (what stands there, what stands there instead, findings)

CLASSES: dict[str, tuple[str, str, Found]] = {
    "gone": ("class Extra", "class _Extra", [("FS504", "`Extra` is not in {0}")]),
    "come": ("    of: Parcel\n", "    of: Parcel\n\n\nclass Added(Party):\n    pass\n", [("FS505", "{0}.Added is on no page")]),
    "field gone": ("    weight: float | None = None\n", "", [("FS506", "`Parcel.weight` is not at {0}.Parcel")]),
    "field come": ("    state: State\n", "    state: State\n    colour: str | None = None\n", [("FS507", "{0}.Parcel.colour is not on the page: string | null")]),
    "type": ("weight: float", "weight: str", [("FS508", "`Parcel.weight`: number; {0}.Parcel.weight: string")]),
    "integer": ("weight: float", "weight: int", [("FS508", "`Parcel.weight`: number; {0}.Parcel.weight: integer")]),
    "item": ("list[str]", "list[int]", [("FS508", "`Parcel.notes[]`: string; {0}.Parcel.notes: integer")]),
    "value of a map": ("dict[str, float]", "dict[str, bool]", [("FS508", "`Parcel.rates{{}}`: number; {0}.Parcel.rates: boolean")]),
    "constant": ('Literal["parcel"]', 'Literal["packet"]', [("FS508", '`Parcel.kind`: "parcel"; {0}.Parcel.kind: "packet"')]),
    "optional": ("    sender: Party\n", "    sender: Party | None = None\n", [("FS509", "`Parcel.sender` is required; {0}.Parcel.sender may be absent")]),
    "required": ("weight: float | None = None", "weight: float", [("FS509", "`Parcel.weight` may be absent; {0}.Parcel.weight is required")]),
    "null": ("    sender: Party\n", "    sender: Party | None\n", [("FS510", "`Parcel.sender` cannot be null; {0}.Parcel.sender can")]),
    "value": ('    SHUT = "shut"\n', '    SHUT = "shut"\n    AJAR = "ajar"\n', [("FS511", '`State."ajar"` is no value on the page; {0}.State has it')]),
    "no value": ('    SHUT = "shut"\n', "", [("FS511", '`State."shut"` is no value at {0}.State')]),
    "default": ("size: int = 3", "size: int = 4", [("FS512", "`Parcel.size` has the default 3; {0}.Parcel.size: 4")]),
}  # fmt: skip
_NAMES = {
    "dataclasses": ("sentAt: datetime.datetime | None = None", 'sentAt: datetime.datetime | None = field(default=None, metadata={"wire": "sent_at"})'),
    "attrs": ("sentAt: datetime.datetime | None = None", 'sentAt: datetime.datetime | None = field(default=None, metadata={"alias": "sent_at"})'),
    "pydantic": ("sentAt: datetime.datetime | None = None", 'sentAt: datetime.datetime | None = Field(default=None, alias="sent_at")'),
    "msgspec": ("sentAt: datetime.datetime | None = None", 'sentAt: datetime.datetime | None = field(default=None, name="sent_at")'),
}  # fmt: skip


@pytest.mark.parametrize("library", drifting.LIBRARIES)
@pytest.mark.parametrize("kind", CLASSES)
def test_one_difference_in_classes(parcels: Parcels, library: str, kind: str) -> None:
    old, new, found = CLASSES[kind]
    source = drifting.classes(library)
    assert source.count(old) == 1
    name = parcels.module(source.replace(old, new))
    assert parcels.against(name) == [(code, message.format(name)) for code, message in found]


@pytest.mark.parametrize("library", drifting.LIBRARIES)
def test_a_name_in_the_json_of_classes(parcels: Parcels, library: str) -> None:
    name = parcels.module(drifting.classes(library).replace(*_NAMES[library]))
    assert parcels.against(name) == [("FS516", f'`Parcel.sentAt` is "sentAt" in the JSON; {name}.Parcel.sentAt says "sent_at"')]


@pytest.mark.parametrize("library", ["dataclasses", "attrs"])
def test_attributes_are_no_names_in_the_json(parcels: Parcels, library: str) -> None:
    """A class that says nothing of the JSON may call its attributes as Python does."""
    name = parcels.module(drifting.classes(library).replace("sentAt", "sent_at").replace("seenAt", "seen_at"))
    assert parcels.against(name) == []
