"""Folders of pages to run over: copies of the example, and any number of invented pages that lead to each other."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

SPEC = Path(__file__).parents[2] / "spec"
COPIES = 45
FOLDER_SIZE = 50
WORDS = (
    *(["account", "address", "agent", "amount", "answer", "attempt", "batch", "budget", "canal", "cargo", "channel", "city", "code", "color", "count", "country"]),
    *(["course", "credit", "customer", "date", "depth", "device", "draft", "email", "engine", "entry", "error", "event", "file", "flag", "format", "group", "height"]),
    *(["image", "index", "input", "invoice", "label", "language", "level", "limit", "link", "list", "locale", "model", "name", "note", "number", "object", "offset"]),
    *(["order", "output", "owner", "page", "parcel", "parent", "part", "phone", "place", "plan", "point", "price", "product", "quota", "range", "reason", "record"]),
)
MARKS = (":heavy_check_mark:", ":heavy_minus_sign:")
DATE = "[Date](https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Date)"
SCALARS = ("*string*", "*string*", "*string*", "*number*", "*boolean*", DATE, "*string*[]", "Record<string, *number*>")
HEAD = "## Fields\n\n| Field | Type | Required | Description | Example |\n| --- | --- | --- | --- | --- |\n"


def copies(folder: Path) -> Path:
    """About a thousand pages; makes `folder`/spec and gives it back."""
    for number in range(COPIES):
        shutil.copytree(SPEC, folder / "spec" / f"part{number}")
    return folder / "spec"


def invented(folder: Path, count: int) -> Path:
    """`count` pages of the size of real ones: of ten, two are enums, one is a union, the rest are models."""
    for path, text in _pages(count):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def _pages(count: int) -> Iterator[tuple[str, str]]:
    dice = random.Random(count)
    for number in range(count):
        match number % 10:
            case 3 | 6:
                text = _enum(number, dice)
            case 9:
                text = _union(number)
            case _:
                text = _model(number, count, dice)
        yield _path(number), text


def _path(number: int) -> str:
    return f"area{number // FOLDER_SIZE}/{_title(number).lower()}.md"


def _title(number: int) -> str:
    return f"{WORDS[number % len(WORDS)].title()}{WORDS[number // 7 % len(WORDS)].title()}{number}"


def _link(number: int, other: int) -> str:
    """The type that page `other` defines, as page `number` names it."""
    area = f"area{other // FOLDER_SIZE}"
    folder = "" if area == f"area{number // FOLDER_SIZE}" else f"../{area}/"
    return f"[{area}.{_title(other)}]({folder}{_title(other).lower()}.md)"


def _sentence(dice: random.Random) -> str:
    return " ".join(dice.choices(WORDS, k=dice.randint(4, 20))).capitalize() + "."


def _model(number: int, count: int, dice: random.Random) -> str:
    kind = f'| `type` | *"{_title(number).lower()}"* | {MARKS[0]} | N/A | |\n'
    rows = []
    for name in dice.sample(WORDS, dice.randint(3, 12)):
        near = max(0, min(count - 1, number + dice.randint(-80, 40)))
        type_ = _link(number, near) + dice.choice(("", "[]")) if dice.random() < 0.4 else dice.choice(SCALARS)
        rows.append(f"| `{name}Of` | {type_} | {dice.choice(MARKS)} | {_sentence(dice)} | |\n")
    return f"# {_title(number)}\n\n{_sentence(dice)}\n\n\n{HEAD}{kind}{''.join(rows)}"


def _enum(number: int, dice: random.Random) -> str:
    rows = (f"| `{word.title()}` | {word} |\n" for word in dice.sample(WORDS, dice.randint(3, 9)))
    return f"# {_title(number)}\n\n{_sentence(dice)}\n\n\n## Values\n\n| Name | Value |\n| --- | --- |\n{''.join(rows)}"


def _union(number: int) -> str:
    """One of the models above it, which their constant `type` tells apart."""
    members = (
        f"### `area{other // FOLDER_SIZE}.{_title(other)}`\n\n```typescript\n"
        f'const value: area{other // FOLDER_SIZE}.{_title(other)} = {{\n  type: "{_title(other).lower()}",\n}};\n```\n\n'
        for other in range(number - 5, number)
        if other % 10 not in (3, 6)
    )
    return f"# {_title(number)}\n\n\n## Supported Types\n\n{''.join(members)}"
