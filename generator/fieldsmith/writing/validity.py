"""A default and its type -> whether the exported schema takes it, as a document with one that it refuses is not valid.

`values.fits` does not look into objects; here that is done, and what validators ask for beyond a type counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from fieldsmith.leaves import leaves
from fieldsmith.schema import Constraints, JsonValue, ListOf, MapOf, Model, Ref, Scalar, TypeExpr
from fieldsmith.values import Types, fits
from fieldsmith.writing.python import Package

_OFFSET = re.compile(r"(?:[Zz]|[+-][0-9]{2}:[0-9]{2})\Z")  # RFC 3339 asks for one


def is_valid(value: JsonValue, expr: TypeExpr, package: Package, types: Types) -> bool:
    """Whether a value is one of a type through and through."""
    return any(_is_one(value, leaf, package, types) for leaf in leaves([expr], package.aliases))


def keeps(value: JsonValue, constraints: Constraints) -> bool:
    """Whether a value keeps to what is said. A pattern is not tried, as a page's may take forever: that is a no."""
    said = constraints
    if isinstance(value, str):
        return said.pattern is None and _within(len(value), said.min_length, said.max_length)
    if isinstance(value, list):
        return not said.unique_items and _within(len(value), said.min_items, said.max_items)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return True
    above = said.exclusive_minimum is None or value > said.exclusive_minimum
    below = said.exclusive_maximum is None or value < said.exclusive_maximum
    return above and below and said.multiple_of is None and _within(value, said.minimum, said.maximum)


def _within(number: float, least: float | None, most: float | None) -> bool:
    return (least is None or number >= least) and (most is None or number <= most)


def _is_one(value: JsonValue, leaf: TypeExpr, package: Package, types: Types) -> bool:
    if not fits(value, leaf, types):
        return False
    match leaf:
        case Scalar("time"):
            return False  # validators differ about them
        case Scalar("datetime") if isinstance(value, str):
            return _OFFSET.search(value) is not None
        case ListOf(item) if isinstance(value, list):
            return all(is_valid(each, item, package, types) for each in value)
        case MapOf(value=inner) if isinstance(value, dict):
            return all(is_valid(each, inner, package, types) for each in value.values())
        case Ref(key=str(key)) if isinstance(model := package.definitions[key], Model) and isinstance(value, dict):
            return _is_object(value, model, package, types)
    return True


def _is_object(value: Mapping[str, JsonValue], model: Model, package: Package, types: Types) -> bool:
    rows = {package.names.wires[model.key, row.name]: row for row in model.fields}
    if any(row.required and wire not in value for wire, row in rows.items()):
        return False
    if not value.keys() <= rows.keys():
        return False
    return all(
        is_valid(each, rows[wire].type, package, types) and keeps(each, rows[wire].constraints)
        for wire, each in value.items()
    )
