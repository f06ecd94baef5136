"""One small API said in many ways: as pages, as JSON Schema and OpenAPI, and as classes of four libraries."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest

from fieldsmith import cli
from fieldsmith.diagnostics import CODES

PAGES = {
    "parcel.md": """# Parcel

## Fields

| Field | Type | Required | Description | Example | Default |
| --- | --- | --- | --- | --- | --- |
| `id` | `uuid` | yes | | | |
| `kind` | `"parcel"` | yes | | | |
| `weight` | `number` | no | | | |
| `state` | [State](state.md) | yes | | | |
| `sender` | [Party](party.md) | yes | | | |
| `notes` | `list[string]` | no | | | |
| `sentAt` | `datetime` | no | | | |
| `seenAt` | `datetime \\| null` | no | | | |
| `size` | `integer` | no | | | `3` |
| `payment` | [Payment](payment.md) | no | | | |
| `rates` | `map[string, number]` | no | | | |
""",
    "state.md": "# State\n\n## Values\n\n- `\"open\"`\n- `\"shut\"`\n",
    "party.md": "# Party\n\n## Fields\n\n| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n| `name` | `string` | yes | |\n",
    "payment.md": "# Payment\n\n## Type\n\n[Card](card.md) | [Cash](cash.md)\n",
    "card.md": '# Card\n\n## Fields\n\n| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n| `type` | `"card"` | yes | |\n| `number` | `string` | yes | |\n',
    "cash.md": '# Cash\n\n## Fields\n\n| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n| `type` | `"cash"` | yes | |\n',
    "extra.md": "# Extra\n\n## Fields\n\n| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n| `of` | [Parcel](parcel.md) | yes | |\n",
}


def _tagged(tag: str, **more: Any) -> Any:
    return {"type": "object", "properties": {"type": {"const": tag}, **more}, "required": ["type", *more]}


def definitions(at: str) -> dict[str, Any]:
    """The schemas, which refer to each other below `at`; new ones each time, so that a test may change them."""

    def ref(name: str) -> Any:
        return {"$ref": f"{at}/{name}"}

    return {
        "Parcel": {
            "type": "object",
            "required": ["id", "kind", "state", "sender"],
            "properties": {
                "id": {"type": "string", "format": "uuid"},
                "kind": {"const": "parcel"},
                "weight": {"type": "number"},
                "state": ref("State"),
                "sender": ref("Party"),
                "notes": {"type": "array", "items": {"type": "string"}},
                "sentAt": {"type": "string", "format": "date-time"},
                "seenAt": {"type": ["string", "null"], "format": "date-time"},
                "size": {"type": "integer", "default": 3},
                "payment": ref("Payment"),
                "rates": {"type": "object", "additionalProperties": {"type": "number"}},
            },
        },
        "State": {"type": "string", "enum": ["open", "shut"]},
        "Party": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]},
        "Payment": {
            "oneOf": [ref("Card"), ref("Cash")],
            "discriminator": {"propertyName": "type", "mapping": {"card": f"{at}/Card", "cash": f"{at}/Cash"}},
        },
        "Card": _tagged("card", number={"type": "string"}),
        "Cash": _tagged("cash"),
        "Extra": {"type": "object", "properties": {"of": ref("Parcel")}, "required": ["of"]},
    }


def jsonschema(container: str = "$defs") -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", container: definitions(f"#/{container}")}


def openapi(version: str = "3.1.0") -> dict[str, Any]:
    """The same; before 3.1 null is a mark, and a constant an enum of one value."""
    schemas = definitions("#/components/schemas")
    if version < "3.1":
        text = json.dumps(schemas)
        for value in ("parcel", "card", "cash"):
            text = text.replace(f'{{"const": "{value}"}}', f'{{"type": "string", "enum": ["{value}"]}}')
        schemas = json.loads(text.replace('"type": ["string", "null"]', '"nullable": true, "type": "string"'))
    return {"openapi": version, "info": {"title": "Parcels", "version": "1"}, "paths": {}, "components": {"schemas": schemas}}


# Classes: one body, and what each library wants around it.

_HEADS = {
    "dataclasses": "from dataclasses import dataclass, field",
    "attrs": "from attrs import define, field",
    "pydantic": "from pydantic import BaseModel, Field",
    "msgspec": "from msgspec import Struct, field, UNSET, UnsetType",
}
_OPENINGS = {
    "dataclasses": "@dataclass(kw_only=True)\nclass {name}:",
    "attrs": "@define(kw_only=True)\nclass {name}:",
    "pydantic": "class {name}(BaseModel):",
    "msgspec": "class {name}(Struct, kw_only=True):",
}
_OPTIONS = {
    "pydantic": 'Payment: TypeAlias = Annotated[Card | Cash, Field(discriminator="type")]',
    "msgspec": "Payment: TypeAlias = Card | Cash",
}
_SEEN = {
    "pydantic": "datetime.datetime | None = None",
    "msgspec": "datetime.datetime | None | UnsetType = UNSET",
}
LIBRARIES = tuple(_HEADS)
_BODY = """
import datetime
import enum
import uuid
from typing import Annotated, Literal, TypeAlias
{head}


class Unset(enum.Enum):
    UNSET = "UNSET"


class State(enum.StrEnum):
    OPEN = "open"
    SHUT = "shut"


{Party}
    name: str


{Card}
    type: Literal["card"]
    number: str


{Cash}
    type: Literal["cash"]


{options}


{Parcel}
    id: uuid.UUID
    kind: Literal["parcel"]
    weight: float | None = None
    state: State
    sender: Party
    notes: list[str] | None = None
    sentAt: datetime.datetime | None = None
    seenAt: {seen}
    size: int = 3
    payment: Payment | None = None
    rates: dict[str, float] | None = None


{Extra}
    of: Parcel
"""


def classes(library: str) -> str:
    """The source of a module with the classes of one library."""
    names = ("Party", "Card", "Cash", "Parcel", "Extra")
    openings = {name: _OPENINGS[library].format(name=name) for name in names}
    return _BODY.format(
        head=_HEADS[library],
        options=_OPTIONS.get(library, "Payment: TypeAlias = Card | Cash"),
        seen=_SEEN.get(library, "datetime.datetime | None | Unset = Unset.UNSET"),
        **openings,
    )


# A project with the pages, and the tool in it

_FINDING = re.compile(r"^(?:.*?)(?::\d+:\d+)?: (?:error|warning)\[(FS\d+)\]: (.*)$", re.MULTILINE)
_numbers = itertools.count()
Found = list[tuple[str, str]]


class Parcels:
    """The pages in a folder `spec` of the working folder, and `fieldsmith drift`, run in this process."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.settings("")
        for name, text in PAGES.items():
            self.write(f"spec/{name}", text)

    def write(self, path: str, text: str) -> str:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, "utf-8")
        return path

    def settings(self, text: str) -> None:
        self.write("pyproject.toml", f'[tool.fieldsmith]\npages = "spec"\n{text}')

    def document(self, content: object, path: str = "api.json") -> str:
        return self.write(path, json.dumps(content))

    def module(self, source: str) -> str:
        """A module of its own name each time, as Python remembers what it has imported."""
        name = f"written{next(_numbers)}"
        self.write(f"{name}.py", source)
        return name

    def run(self, *arguments: str) -> tuple[int, str, str]:
        code = cli._run(["drift", *arguments])
        done = self.capsys.readouterr()
        return code, done.out, done.err

    def against(self, other: str, *arguments: str) -> Found:
        """The findings, as codes and messages; and that the exit code is theirs."""
        code, out, err = self.run("-q", "--against", other, *arguments)
        found = _FINDING.findall(err)
        assert code == (1 if any(CODES[each].severity == "error" for each, _ in found) else 0), err
        assert out == ""
        return found
