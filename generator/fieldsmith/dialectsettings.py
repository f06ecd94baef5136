"""The tables `dialects.NAME` of the settings -> layouts: dialects of one's own, described and not programmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module

from fieldsmith.diagnostics import Span
from fieldsmith.reading.codedialects import CODE_KEYS, Code
from fieldsmith.reading.layout import COLUMNS, YES_AND_NO, Kind, Layout, Mark, MarkName, Role
from fieldsmith.reading.notations import NOTATIONS, Notation
from fieldsmith.reading.notations.base import Role as Head
from fieldsmith.reading.notations.fieldsmith import KINDS
from fieldsmith.reading.typetokens import TypeTrouble, tokens_of
from fieldsmith.tables import Table, unknown_value

_HEADINGS: Mapping[str, Kind] = {"models": "model", "enums": "enum", "unions": "union"}
_MARKS: tuple[MarkName, ...] = ("required", "optional", "nullable", "deprecated", "repeated")
_KEYS = ("notation", "titles", "columns", "types", *_HEADINGS, *_MARKS)
_WAYS = ("words", "name_prefix", "name_suffix", "type_prefix", "type_suffix", "phrase")
_HEADS: tuple[Head, ...] = ("list", "map")


def own_dialects(table: Table, taken: Sequence[str]) -> tuple[Layout | Code, ...]:
    """The dialects that the key `dialects` describes or, as code, names; each name must be none of those `taken`."""
    members = table.values.get("dialects", {})
    if not isinstance(members, dict):
        table.wrong_type("dialects", "a table of dialects, [tool.fieldsmith.dialects.NAME]")
        return ()
    found = (_dialect(name, table.inside(each, "dialects", name), taken) for name, each in members.items())
    return tuple(one for one in found if one is not None)


def heading_places(table: Table, own: Sequence[Layout | Code]) -> dict[tuple[str, str], Span]:
    """Where the headings stand that these dialects of a table name: by dialect and heading."""
    return {
        (one.name, pattern): table.places.of((*table.at, "dialects", one.name, key), pattern)
        for one in own
        if isinstance(one, Layout)
        for key in ("titles", *_HEADINGS)
        for pattern in (one.headings[_HEADINGS[key]] if key in _HEADINGS else one.titles)
    }


def _dialect(name: str, table: Table, taken: Sequence[str]) -> Layout | Code | None:
    if name in taken:
        table.add_here("FS304", f"a dialect {name!r} is there already")
    return _code(name, table) if table.values.keys() & set(CODE_KEYS) else _layout(name, table)


def _code(name: str, table: Table) -> Code | None:
    """Looked for by a module that takes a while to load, and that most runs do not need."""
    found: Code | None = import_module("fieldsmith.codesettings").find_code(name, table)
    return found


def _layout(name: str, table: Table) -> Layout:
    table.refuse_unknown((*_KEYS, *CODE_KEYS))
    headings = {kind: _patterns(table, key) for key, kind in _HEADINGS.items()}
    if not any(headings.values()):
        place = table.places.of(table.at)
        help = 'name headings under `models`, `enums` or `unions`: `"## * object"`, or `"*"` for any'
        table.diagnostics.add("FS304", place, f"dialect {name!r} names no heading that opens a definition", help)
    marks = {mark: _mark(table, mark) for mark in _MARKS}
    silent = marks["required"] is None and marks["optional"] is None
    return Layout(
        name,
        _columns(table),
        headings,
        (_notation(table),),
        titles=_patterns(table, "titles") or ("*",),
        marks={
            mark: one or (YES_AND_NO[mark] if silent or mark not in ("required", "optional") else Mark())
            for mark, one in marks.items()
        },
    )


def _patterns(table: Table, key: str) -> tuple[str, ...]:
    """Headings, in which one `*` may stand for the name."""
    patterns = table.texts(key) or ()
    for one in patterns:
        if not one.strip("# ") or one.count("*") > 1:
            table.add("FS304", key, f"`{key}`: {one!r} is no heading", "a heading holds one `*` at most", one)
    return patterns


def _columns(table: Table) -> dict[str, Role]:
    """Words of headers -> roles. Words that the settings give for a role stand in place of the usual ones."""
    inner = table.inside(_table(table, "columns", '{ name = "..." }'), "columns")
    inner.refuse_unknown(tuple(COLUMNS))
    given = {key: words for key in COLUMNS if (words := inner.texts(key)) is not None}
    found: dict[str, Role] = {}
    for key, words in given.items():
        for word in words:
            if word.lower() in found:
                same = found[word.lower()] == COLUMNS[key][0]
                message = f"a column {word!r} {'stands there twice' if same else 'has another role already'}"
                inner.add("FS304", key, f"`{key}`: {message}", "take one of the two out", word)
            found[word.lower()] = COLUMNS[key][0]
    for key, (role, usual) in COLUMNS.items():
        if key not in given:
            found.update({word: role for word in usual if word not in found})
    return found


def _mark(table: Table, name: MarkName) -> Mark | None:
    if name not in table.values:
        return None
    inner = table.inside(_table(table, name, '{ phrase = "..." }'), name)
    inner.refuse_unknown(_WAYS)
    ways = {way: inner.texts(way) or () for way in _WAYS}
    for way, texts in ways.items():
        if way != "words" and not all(texts):
            inner.add("FS304", way, f"`{way}` is empty", "a mark has at least one character")
    return Mark(*(tuple(filter(None, texts)) if way != "words" else texts for way, texts in ways.items()))


def _notation(table: Table) -> Notation:
    """The notation of the settings, with the words that they add."""
    base = NOTATIONS[_known(table, "notation", table.text("notation") or "plain", tuple(NOTATIONS), "plain")]
    words = dict(_words(table.inside(_table(table, "types", '{ text = "string" }'), "types"), base))
    scalars = {word: kind for word, meant in words.items() for kind in KINDS if kind == meant}
    heads = {word: head for word, meant in words.items() for head in _HEADS if head == meant}
    phrases = tuple(sorted((word for word in scalars if " " in word), key=len, reverse=True))
    scalars, heads = {**base.scalars, **scalars}, {**base.heads, **heads}
    return replace(base, scalars=scalars, heads=heads, phrases=phrases, told_apart=False)


def _words(table: Table, base: Notation) -> Iterator[tuple[str, str]]:
    for word in table.values:
        text = table.text(word)
        if text is None or not _known(table, word, text, (*KINDS, *_HEADS), ""):
            continue
        try:
            tokens = tokens_of(word.lower() if base.caseless else word)[:-1]
        except TypeTrouble as trouble:
            table.add("FS304", word, f"{word!r} is no word for a type: {trouble}", "write letters, digits and brackets")
        else:
            yield " ".join(token.text for token in tokens), text


def _known(table: Table, key: str, value: str, options: Sequence[str], default: str) -> str:
    if value in options:
        return value
    table.add("FS304", key, *unknown_value(key, value, options), value)
    return default


def _table(table: Table, key: str, example: str) -> Mapping[str, object]:
    value = table.values.get(key, {})
    if isinstance(value, dict):
        return value
    table.wrong_type(key, f"a table such as `{example}`")
    return {}
