"""cattrs: dataclasses, renames by its generated hooks, tagged unions by its strategy, without detailed validation.

The converter for JSON is the one preconfigured for orjson. That one leaves date-times to orjson, so the dictionaries
are made by the one preconfigured for `json`, which writes them out as everyone else does here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import Any

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.preconf import json as cattrs_json
from cattrs.preconf import orjson as cattrs_orjson
from cattrs.strategies import configure_tagged_union
from payloads import Family

from peers.shapes import Maker, Ops, Slot, Tag, root


class _Dataclasses(Maker):
    def __init__(self, family: Family, converters: tuple[Converter, ...]) -> None:
        super().__init__(family)
        self.converters = converters

    def model(self, name: str, slots: list[Slot], tag: Tag | None) -> type:
        fields = [
            (slot.name, slot.type) if slot.required else (slot.name, slot.type | None, dataclasses.field(default=None))
            for slot in slots
        ]
        cls = dataclasses.make_dataclass(name, fields, kw_only=True, slots=True)
        renames: Any = {slot.name: override(rename=slot.wire) for slot in slots if slot.renamed}
        if renames:
            for converter in self.converters:
                read: Any = make_dict_structure_fn(cls, converter, _cattrs_detailed_validation=False, **renames)
                write: Any = make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True, **renames)
                converter.register_structure_hook(cls, read)
                converter.register_unstructure_hook(cls, write)
        return cls

    def union(self, union: Any, members: dict[Tag, Any]) -> Any:
        """The tagged union; the strategy knows no null, so that the union with null is registered beside it."""
        tag = next(iter(members))
        tags = {cls: tag.text for tag, cls in members.items()}
        for converter in self.converters:
            configure_tagged_union(union, converter, tags.__getitem__, tag.wire)
            read, write = converter.get_structure_hook(union), converter.get_unstructure_hook(union)
            converter.register_structure_hook(union | None, partial(_read_or_none, read))
            converter.register_unstructure_hook(union | None, partial(_write_or_none, write))
        return union


def _read_or_none(read: Callable[[Any, Any], Any], value: Any, type_: Any) -> Any:
    return None if value is None else read(value, type_)


def _write_or_none(write: Callable[[Any], Any], value: Any) -> Any:
    return None if value is None else write(value)


def ops(family: Family) -> Ops:
    plain = cattrs_json.make_converter(detailed_validation=False, omit_if_default=True)
    quick = cattrs_orjson.make_converter(detailed_validation=False, omit_if_default=True)
    cls = root(family, _Dataclasses(family, (plain, quick)))
    return {
        "decode_dict": lambda document: plain.structure(document, cls),
        "decode_json": lambda text: quick.loads(text, cls),
        "encode_dict": plain.unstructure,
        "encode_json": quick.dumps,
    }
