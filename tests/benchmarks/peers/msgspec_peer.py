"""msgspec: once with its own Structs, once with plain dataclasses.

Structs bear renames and tags (the tag is no field then; msgspec checks and writes it), and leave defaults out. UNSET
stands for absent where null is a value of its own. Encoder and decoder are made once. `gc=False` is not used: nothing
else here keeps its objects from the collector.

Dataclasses have the JSON names for attributes, since msgspec renames none of theirs, and UNSET for all that is absent.
A union of two of them is beyond it.
"""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType
from payloads import Family

from peers.shapes import Maker, Ops, Slot, Tag, root


class _Structs(Maker):
    def model(self, name: str, slots: list[Slot], tag: Tag | None) -> type[msgspec.Struct]:
        fields = [_field(slot) for slot in slots if tag is None or slot.name != tag.name]
        return msgspec.defstruct(
            name,
            fields,
            kw_only=True,
            omit_defaults=True,
            module=self.module,
            rename={slot.name: slot.wire for slot in slots if slot.renamed},
            tag_field=tag.wire if tag else None,
            tag=tag.text if tag else None,
        )


def _field(slot: Slot) -> tuple[str, Any] | tuple[str, Any, Any]:
    match slot.presence:
        case "required":
            return slot.name, slot.type
        case "optional":
            return slot.name, slot.type | None, None
        case "three-state":
            return slot.name, slot.type | UnsetType, UNSET


class _Dataclasses(Maker):
    def model(self, name: str, slots: list[Slot], tag: Tag | None) -> type:
        fields = [
            (slot.wire, slot.type)
            if slot.required
            else (slot.wire, slot.type | None | UnsetType, dataclasses.field(default=UNSET))
            for slot in slots
        ]
        return dataclasses.make_dataclass(name, fields, kw_only=True, slots=True)


def structs(family: Family) -> Ops:
    return _ops(root(family, _Structs(family)))


def dataclass_ops(family: Family) -> Ops:
    return _ops(root(family, _Dataclasses(family)))


def _ops(cls: Any) -> Ops:
    return {
        "decode_dict": partial(msgspec.convert, type=cls),
        "decode_json": msgspec.json.Decoder(cls).decode,
        "encode_dict": msgspec.to_builtins,
        "encode_json": msgspec.json.Encoder().encode,
    }
