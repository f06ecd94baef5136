"""The house spelling of types, in which written pages give back the very schema they were written from."""

from typing import get_args

from fieldsmith.reading.notations.base import Notation
from fieldsmith.schema import ScalarKind

KINDS: tuple[ScalarKind, ...] = get_args(ScalarKind)

FIELDSMITH = Notation(
    name="fieldsmith",
    scalars={kind: kind for kind in KINDS},
    heads={"list": "list", "map": "map"},
    unions=True,
    literals=True,
    constants={"true": True, "false": False},
    free_labels=True,
    extra="*\n",  # what the row `*` is called: a name that no field has
    silent="never",
)
