"""serpyco-rs: dataclasses with Alias and Discriminator; one Serializer, made once, also for JSON by its own codec."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

from payloads import Family
from serpyco_rs import JSON, Serializer
from serpyco_rs.metadata import Alias, Discriminator

from peers.shapes import Maker, Ops, Slot, Tag, root


class _Annotated(Maker):
    def model(self, name: str, slots: list[Slot], tag: Tag | None) -> type:
        return dataclasses.make_dataclass(name, map(_field, slots), kw_only=True, slots=True)

    def union(self, union: Any, members: dict[Tag, Any]) -> Any:
        return Annotated[union, Discriminator(next(iter(members)).name)]


def _field(slot: Slot) -> tuple[str, Any] | tuple[str, Any, Any]:
    annotation = slot.type if slot.required else slot.type | None
    if slot.renamed:
        annotation = Annotated[annotation, Alias(slot.wire)]
    return (slot.name, annotation) if slot.required else (slot.name, annotation, dataclasses.field(default=None))


def ops(family: Family) -> Ops:
    serializer: Any = Serializer(root(family, _Annotated(family)), omit_none=True)
    return {
        "decode_dict": serializer.load,
        "decode_json": lambda text: serializer.load(text, codec=JSON),
        "encode_dict": serializer.dump,
        "encode_json": lambda value: serializer.dump(value, codec=JSON),
    }
