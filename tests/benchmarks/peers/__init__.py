"""fieldsmith and the libraries beside it: each a function from a family to its four operations."""

from __future__ import annotations

from importlib import import_module

from payloads import Family

from peers.shapes import Ops

PEERS = {
    "fieldsmith": ("fieldsmith_peer", "standard"),
    "fieldsmith+orjson": ("fieldsmith_peer", "orjson"),
    "pydantic": ("pydantic_peer", "ops"),
    "msgspec_struct": ("msgspec_peer", "structs"),
    "msgspec_dataclass": ("msgspec_peer", "dataclass_ops"),
    "mashumaro": ("mashumaro_peer", "ops"),
    "cattrs": ("cattrs_peer", "ops"),
    "serpyco_rs": ("serpyco_peer", "ops"),
    "dataclasses_json": ("dataclasses_json_peer", "ops"),
    "floor": ("fieldsmith_peer", "floor"),
}


def operations(library: str, family: Family) -> Ops:
    """What a library does with a family; raises what its import, or its look at the models, raises."""
    module, function = PEERS[library]
    found: Ops = getattr(import_module(f"peers.{module}"), function)(family)
    return found
