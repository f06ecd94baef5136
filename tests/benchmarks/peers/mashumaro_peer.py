"""mashumaro: dataclasses with its JSON mixin, aliases, and unions told apart by its Discriminator.

Its mixin writes JSON by the `json` module; the encoder given makes compact text, as all others do, and that becomes
the bytes which all others give. It checks few scalars (a text may be anything), so it does less than it seems.
"""

from __future__ import annotations

import dataclasses
import json
from typing import Annotated, Any

from mashumaro import field_options
from mashumaro.config import BaseConfig
from mashumaro.mixins.json import DataClassJSONMixin
from mashumaro.types import Discriminator
from payloads import Family

from peers.shapes import Maker, Ops, Slot, Tag, root

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class _Config(BaseConfig):
    serialize_by_alias = True
    omit_default = True


class _Mixins(Maker):
    def model(self, name: str, slots: list[Slot], tag: Tag | None) -> type:
        fields = [(slot.name, slot.type if slot.required else slot.type | None, _field(slot)) for slot in slots]
        bases, body = (DataClassJSONMixin,), {"Config": _Config, "__module__": self.module}
        return dataclasses.make_dataclass(name, fields, bases=bases, namespace=body, kw_only=True, slots=True)

    def union(self, union: Any, members: dict[Tag, Any]) -> Any:
        tags = {cls.__name__: tag.text for tag, cls in members.items()}
        wire = next(iter(members)).wire
        how = Discriminator(wire, include_supertypes=True, variant_tagger_fn=lambda cls: tags[cls.__name__])
        return Annotated[union, how]


def _field(slot: Slot) -> Any:
    metadata = field_options(alias=slot.wire) if slot.renamed else {}
    if slot.required:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(default=None, metadata=metadata)


def ops(family: Family) -> Ops:
    cls = root(family, _Mixins(family))
    return {
        "decode_dict": cls.from_dict,
        "decode_json": cls.from_json,
        "encode_dict": cls.to_dict,
        "encode_json": lambda value: value.to_json(encoder=_ENCODE).encode(),
    }
