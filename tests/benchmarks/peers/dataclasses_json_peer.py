"""dataclasses-json: dataclasses with a configuration for each field that needs one.

It reads date-times as numbers unless told how, and tries the members of a union in turn without a look at constants,
so that both get an encoder and a decoder, its way for what it does not know. `encode_json=True` makes values of JSON
out of enums, as all others do.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

from dataclasses_json import config, dataclass_json
from payloads import Family

from peers.shapes import Maker, Ops, Slot, Tag, root


class _Configured(Maker):
    def __init__(self, family: Family) -> None:
        super().__init__(family)
        self.readers: dict[Any, Callable[[Any], Any]] = {
            dt.datetime: dt.datetime.fromisoformat,
            dt.date: dt.date.fromisoformat,
        }

    def model(self, name: str, slots: list[Slot], tag: Tag | None) -> type:
        fields = [(slot.name, slot.type if slot.required else slot.type | None, self._field(slot)) for slot in slots]
        return dataclass_json(dataclasses.make_dataclass(name, fields, kw_only=True, slots=True))

    def _field(self, slot: Slot) -> Any:
        options: dict[str, Any] = {"field_name": slot.wire} if slot.renamed else {}
        for type_, read in self.readers.items():
            if slot.type in (type_, type_ | None):
                options["decoder"] = read
                if type_ in (dt.datetime, dt.date):
                    options["encoder"] = _iso
        if not slot.required:
            options["exclude"] = _is_none
        metadata = config(**options) if options else None
        if slot.required:
            return dataclasses.field(metadata=metadata)
        return dataclasses.field(default=None, metadata=metadata)

    def union(self, union: Any, members: dict[Tag, Any]) -> Any:
        wire = next(iter(members)).wire
        readers = {tag.text: cls.from_dict for tag, cls in members.items()}
        self.readers[union] = lambda value: readers[value[wire]](value)
        return union


def _iso(value: Any) -> str | None:
    return None if value is None else value.isoformat()


def _is_none(value: Any) -> bool:
    return value is None


def ops(family: Family) -> Ops:
    cls = root(family, _Configured(family))
    return {
        "decode_dict": cls.from_dict,
        "decode_json": cls.from_json,
        "encode_dict": lambda value: value.to_dict(encode_json=True),
        "encode_json": lambda value: value.to_json(ensure_ascii=False, separators=(",", ":")).encode(),
    }
