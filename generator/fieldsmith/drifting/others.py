"""What pages are compared with: a schema read from elsewhere, and what its kind of source cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fieldsmith.schema import Schema

At = tuple[str, str]


class Other(NamedTuple):
    """The other side. Its keys, and the paths of its spans, are places: a JSON pointer, or a class and its attribute.

    `name` is what the user called it, `file` the file it begins in. `titles` are further names of definitions, by key;
    `inline` are the keys of those without a name of their own, `quiet` of those that are not meant as definitions.
    Fields are pairs of key and name: of the `loose` ones the name in the JSON is not known, of the `unsaid` ones it is
    not whether they may be null. `is_python` where enums have no way of saying that other values may come, and types
    none of saying that a number is constant.
    """

    name: str
    file: str
    schema: Schema
    titles: Mapping[str, tuple[str, ...]]
    inline: frozenset[str] = frozenset()
    quiet: frozenset[str] = frozenset()
    loose: frozenset[At] = frozenset()
    unsaid: frozenset[At] = frozenset()
    is_python: bool = False
