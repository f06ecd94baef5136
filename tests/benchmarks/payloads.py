"""Documents for the families of models in families/: made from the schema of their pages, the same in every run."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldsmith.jobs import Job
from fieldsmith.pipeline import build
from fieldsmith.schema import (
    Alias,
    Const,
    Definition,
    Enum,
    Field,
    ListOf,
    MapOf,
    Model,
    Nullable,
    OneOf,
    Ref,
    Scalar,
    Schema,
    TypeExpr,
)
from fieldsmith.writing.identifiers import snake_case

PAGES = Path(__file__).parent / "families"
ROOTS = {"users": "UserList", "orders": "OrderPage", "chat": "Completion"}
# How many items the lists of these names have; about 90, 70 and 11 KB of JSON come of it. Others have up to two.
LENGTHS = {
    "data": (25, 25),
    "orders": (32, 32),
    "items": (1, 3),
    "discounts": (0, 1),
    "choices": (2, 2),
    "tool_calls": (1, 2),
    "content": (17, 17),
    "top_logprobs": (2, 3),
    "emails": (1, 2),
    "approved_scopes": (1, 3),
    "permissions": (1, 4),
}
PRESENT = {"logprobs", "bytes", "usage", "tool_calls", "memberships"}  # neither absent nor null: the documents are about these
ABSENT = 0.4  # how often an optional field is
NULL = 0.35  # how often a nullable one is, where it is there
MISTAKES = 5  # in a spoilt document
OFFSETS = ("+02:00", "-07:00", "+05:30")
WORDS = (
    "amber", "basil", "cedar", "delta", "ember", "fjord", "grove", "harbour", "indigo", "juniper", "kestrel",
    "lantern", "meadow", "nettle", "orchard", "pebble", "quarry", "river", "saffron", "thistle", "umbra", "velvet",
    "willow", "yarrow", "zephyr", "Käthe", "señal", "été", "naïve", "brûlée",
)


@dataclass(frozen=True, slots=True)
class Family:
    """Models of one trade, a document of theirs (`document` parsed, `text` compact JSON), and a folder to work in."""

    name: str
    schema: Schema
    root: str
    document: dict[str, Any]
    text: bytes
    work: Path


def family(name: str, work: Path) -> Family:
    """The family whose pages are in families/`name`."""
    schema = build(Job(pages=(PAGES / name,)), upto="schema").schema
    assert schema is not None, f"the pages of {name} hold errors"
    maker = _Maker(schema, random.Random(name))
    document = maker.model(next(one for one in maker.models.values() if one.name == ROOTS[name]))
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return Family(name, schema, ROOTS[name], document, text, work)


class _Maker:
    """Makes values of types; what texts and numbers look like goes by the names of their fields."""

    def __init__(self, schema: Schema, rng: random.Random) -> None:
        self.models: dict[str, Definition] = {one.key: one for one in schema.definitions}
        self.rng = rng

    def model(self, model: Definition) -> dict[str, Any]:
        assert isinstance(model, Model)
        made = {field.name: self.value(field.name, field.type) for field in model.fields if self._is_there(field)}
        if made.get("bytes") is not None:
            made["bytes"] = list(made["token"].encode())
        return made

    def _is_there(self, field: Field) -> bool:
        return field.required or field.name in PRESENT or self.rng.random() > ABSENT

    def value(self, name: str, expr: TypeExpr) -> Any:
        """A value for a field of this name."""
        match expr:
            case Nullable(inner):
                return None if self.rng.random() < NULL and name not in PRESENT else self.value(name, inner)
            case ListOf(item):
                return [self.value(name, item) for _ in range(self.rng.randint(*LENGTHS.get(name, (0, 2))))]
            case MapOf(value=value):
                return {word: self.value(word, value) for word in self.rng.sample(WORDS, self.rng.randint(0, 3))}
            case OneOf(options):
                return self.value(name, self.rng.choice(options))
            case Const(constant):
                return constant
            case Scalar(kind):
                return self.scalar(name, kind)
            case Ref(key=key):
                return self.definition(name, self.models[key or ""])

    def definition(self, name: str, definition: Definition) -> Any:
        match definition:
            case Model():
                return self.model(definition)
            case Enum(values=values):
                return self.rng.choice(values).value
            case Alias(type=expr):
                return self.value(name, expr)

    def scalar(self, name: str, kind: str) -> Any:
        last = snake_case(name).rpartition("_")[2]
        rng = self.rng
        match kind:
            case "string":
                return TEXTS.get(last, TEXTS[""])(rng)
            case "integer":
                return NUMBERS.get(last, NUMBERS[""])(rng)
            case "number":
                return -round(rng.expovariate(1), 8) if last == "logprob" else rng.choice((7.7, 8.1, 19.0, 25.0, 2.5))
            case "boolean":
                return rng.random() < 0.5
            case "date":
                return f"{rng.randint(1950, 2006)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
            case "datetime":
                return _instant(rng)
            case "any":
                return rng.choice((_word(rng), _sentence(rng), rng.randrange(10_000), True, None, [1, 2, 3], {"on": "web"}))
        raise ValueError(f"no pages here have a {kind}")


def _instant(rng: random.Random) -> str:
    """A date-time: most are in UTC with a fraction of a second, one in eight has another offset."""
    day = f"202{rng.randrange(6)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    time = f"{rng.randrange(24):02}:{rng.randrange(60):02}:{rng.randrange(60):02}"
    if rng.random() < 0.125:
        return f"{day}T{time}{rng.choice(OFFSETS)}"
    fraction = f"{rng.randrange(1000):03}" if rng.random() < 0.7 else f"{rng.randrange(1_000_000):06}"
    return f"{day}T{time}.{fraction}Z"


def _word(rng: random.Random) -> str:
    return rng.choice(WORDS)


def _sentence(rng: random.Random) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randint(5, 12))).capitalize() + "."


def _id(rng: random.Random) -> str:
    return f"{rng.choice(WORDS[:25])[:3]}_{rng.getrandbits(128):032x}"


def _email(rng: random.Random) -> str:
    return f"{rng.choice(WORDS[:25])}.{rng.choice(WORDS[:25])}@example.com"


def _url(rng: random.Random) -> str:
    return f"https://files.example.com/{rng.getrandbits(64):016x}/{rng.choice(WORDS[:25])}.webp"


def _phone(rng: random.Random) -> str:
    return f"+4179{rng.randrange(10_000_000):07}"


def _name(rng: random.Random) -> str:
    return f"{_word(rng)} {_word(rng)}".title()


# By the last word of a field's name; "" for all others.
TEXTS: dict[str, Callable[[random.Random], str]] = {
    "": _word,
    "id": _id,
    "by": _id,
    "nonce": _id,
    "email": _email,
    "address": _email,
    "url": _url,
    "phone": _phone,
    "number": _phone,
    "name": _name,
    "title": _name,
    "line": _name,
    "bio": _sentence,
    "note": _sentence,
    "message": _sentence,
    "content": _sentence,
    "arguments": lambda rng: json.dumps({"city": _name(rng), "days": rng.randrange(9)}),
    "code": lambda rng: f"{rng.randrange(100_000):05}",
    "codes": lambda rng: f"{rng.getrandbits(40):010x}",
    "country": lambda rng: rng.choice(("CH", "FR", "SE", "GB")),
    "locale": lambda rng: rng.choice(("de-CH", "fr-FR", "sv-SE", "en-GB")),
    "zone": lambda rng: rng.choice(("Europe/Zurich", "Europe/Stockholm")),
    "token": lambda rng: f" {_word(rng)}",
}
NUMBERS: dict[str, Callable[[random.Random], int]] = {
    "": lambda rng: rng.randrange(500),
    "at": lambda rng: rng.randrange(1_500_000_000_000, 1_750_000_000_000),
    "until": lambda rng: rng.randrange(1_750_000_000_000, 1_760_000_000_000),
    "created": lambda rng: rng.randrange(1_500_000_000, 1_750_000_000),
    "cents": lambda rng: rng.randrange(100, 200_000),
    "attempts": lambda rng: rng.randrange(5),
    "index": lambda rng: rng.randrange(5),
    "quantity": lambda rng: rng.randrange(1, 9),
}

Place = tuple[str | int, ...]


def spoilt(of: Family) -> dict[str, Any]:
    """The document with a value of the wrong type in some places: spread evenly, the last of them the shallowest."""
    document = copy.deepcopy(of.document)
    opaque = {
        field.name
        for one in of.schema.definitions
        if isinstance(one, Model)
        for field in one.fields
        if field.type in (_OPEN, Nullable(_OPEN))
    }
    places = list(_leaves(document, opaque, ()))
    last = len(places) - 1
    for number in range(1, MISTAKES + 1):
        *way, key = places[last * number // MISTAKES]
        _inside(document, way)[key] = {"no": "scalar"}
    return document


_OPEN = MapOf(Scalar("string"), Scalar("any"))


def _leaves(value: Any, opaque: set[str], path: Place) -> Iterator[Place]:
    """Where the texts, numbers and truths of a document stand; not those that may be anything."""
    items: Sequence[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        items = [(key, inner) for key, inner in value.items() if key not in opaque]
    elif isinstance(value, list):
        items = list(enumerate(value))
    elif value is not None:
        yield path
    for key, inner in items:
        yield from _leaves(inner, opaque, (*path, key))


def _inside(value: Any, way: Sequence[str | int]) -> Any:
    for key in way:
        value = value[key]
    return value
