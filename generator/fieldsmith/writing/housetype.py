"""Type expression -> the house spelling of types: code spans for what has no reference in it, links for references."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from fieldsmith.schema import (
    Const,
    Definition,
    JsonScalar,
    ListOf,
    MapOf,
    Nullable,
    OneOf,
    Ref,
    Scalar,
    TypeExpr,
    page_of,
)
from fieldsmith.writing.mdtext import is_fit_for_code

_NO_LABEL = re.compile(r"[^A-Za-z0-9_.?: -]")
_SIMPLE = re.compile(r"[A-Za-z0-9_./-]+")
_ODD = re.compile(r"[^ -_a-~]")
_STEEP = re.compile(r"[<{|\]`]")


def json_literal(value: JsonScalar) -> str:
    """`value` as JSON that can stand in a code span: marks with a meaning of their own there are `\\u` escapes."""
    text = json.dumps(value, ensure_ascii=False)
    if "`" not in text and text.isprintable() and is_fit_for_code(text):
        return text
    text = _ODD.sub(lambda found: json.dumps(found[0])[1:-1] if found[0] != "`" else "\\u0060", text)
    return text if is_fit_for_code(text) else _STEEP.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class Speller:
    """Spells the types of one schema, with links relative to the page they stand on; remembers the links.

    `definitions` are those of the schema by key, `pages` by the path of their page.
    """

    def __init__(self, definitions: Mapping[str, Definition], pages: Mapping[str, Sequence[Definition]]) -> None:
        self._definitions = definitions
        self._pages = pages
        self._links: dict[tuple[str, str], str] = {}

    def prose(self, expr: TypeExpr, page: str) -> str:
        """`expr` as a line of text on `page`."""
        if isinstance(expr, Ref):
            return self._mixed(expr, page)
        plain = _plain(expr)
        return f"`{plain}`" if plain is not None else self._mixed(expr, page)

    def cell(self, expr: TypeExpr, page: str) -> str:
        """`expr` as a cell of a table on `page`."""
        text = self.prose(expr, page)
        return text.replace("|", "\\|") if "|" in text else text

    def link(self, key: str, page: str) -> str:
        """A link on `page` to a definition; its label is the definition's title."""
        link = self._links.get((page, key))
        if link is None:
            link = self._links[page, key] = f"[{_label(self._definitions[key].name)}]({self._target(key, page)})"
        return link

    def _target(self, key: str, page: str) -> str:
        name = self._definitions[key].name
        place = page_of(key, name)
        fragment = f"#{quote(name, safe='')}" if len(self._pages[place]) > 1 else ""
        if place == page and fragment:
            return fragment
        path = _relative(place, page.rpartition("/")[0])
        return f"{path if _SIMPLE.fullmatch(path) else quote(path)}{fragment}"

    def _mixed(self, expr: TypeExpr, page: str) -> str:
        """A type with a reference in it; each part that has none is a code span."""
        match expr:
            case Ref(None, name):
                return f"[{_label(name)}]()"
            case Ref(str(key)):
                return self.link(key, page)
            case ListOf(item):
                return f"list[{self.prose(item, page)}]"
            case MapOf(key_type, value):
                return f"map[{self.prose(key_type, page)}, {self.prose(value, page)}]"
            case Nullable(inner):
                return f"{self._mixed(inner, page)} | `null`"
            case OneOf(options):
                return " | ".join(self.prose(option, page) for option in options)
            case _:
                raise AssertionError(f"not a type with a reference in it: {expr!r}")


def _plain(expr: TypeExpr) -> str | None:
    """A type without references as it stands in a code span; None where there is one."""
    match expr:
        case Scalar(kind):
            return kind
        case Const(value):
            return json_literal(value)
        case Ref():
            return None
        case ListOf(item):
            inner = _plain(item)
            return None if inner is None else f"list[{inner}]"
        case MapOf(key, value):
            parts = _plain(key), _plain(value)
            return None if None in parts else f"map[{parts[0]}, {parts[1]}]"
        case Nullable(inner_type):
            inner = _plain(inner_type)
            return None if inner is None else f"{inner} | null"
        case OneOf(options):
            spelled = [_plain(option) for option in options]
            return None if None in spelled else " | ".join(text for text in spelled if text is not None)


def _label(name: str) -> str:
    """A title as the text of a link; only its looks count, as the target says which definition is meant."""
    return _NO_LABEL.sub("_", name)


def _relative(path: str, folder: str) -> str:
    """`path` as seen from `folder`; both are relative to the root."""
    if path.rpartition("/")[0] == folder:
        return path[len(folder) + 1 :] if folder else path
    here = folder.split("/") if folder else []
    there = path.split("/")
    same = 0
    while same < min(len(here), len(there) - 1) and here[same] == there[same]:
        same += 1
    return "/".join([".."] * (len(here) - same) + there[same:])
