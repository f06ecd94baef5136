"""pydantic: models with aliases and tagged unions, in the mode it starts in (lax), serialized in mode `json`.

`exclude_unset` keeps absent and null apart. What it calls fast is used: validation straight from JSON, unions by a
discriminator, `list` and `dict` rather than abstract classes.
"""

from __future__ import annotations

from typing import Annotated, Any

from payloads import Family
from pydantic import BaseModel, Field, create_model

from peers.shapes import Maker, Ops, Slot, Tag, root


class _Models(Maker):
    def model(self, name: str, slots: list[Slot], tag: Tag | None) -> type[BaseModel]:
        fields: dict[str, Any] = {slot.name: _field(slot) for slot in slots}
        return create_model(name, __module__=self.module, **fields)

    def union(self, union: Any, members: dict[Tag, Any]) -> Any:
        return Annotated[union, Field(discriminator=next(iter(members)).name)]


def _field(slot: Slot) -> tuple[Any, Any]:
    alias = slot.wire if slot.renamed else None
    if slot.required:
        return slot.type, Field(alias=alias)
    return slot.type | None, Field(default=None, alias=alias)


def ops(family: Family) -> Ops:
    model = root(family, _Models(family))
    return {
        "decode_dict": model.model_validate,
        "decode_json": model.model_validate_json,
        "encode_dict": lambda value: value.model_dump(mode="json", by_alias=True, exclude_unset=True),
        "encode_json": lambda value: value.model_dump_json(by_alias=True, exclude_unset=True),
    }
