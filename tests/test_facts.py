"""Defaults, constraints and examples beyond what the cases show: on their way into packages, and through the memory."""

from __future__ import annotations

import dataclasses
import re
import sys
from pathlib import Path
from typing import Any

import pytest

import emitted
from building import model, page
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.jobs import Job
from fieldsmith.pipeline import Build, build
from fieldsmith.reading.bounds import in_text
from fieldsmith.reading.dialects import DIALECTS
from fieldsmith.reading.names import Names
from fieldsmith.reading.phrases import Phrase, default_in
from fieldsmith.reading.records import Rules
from fieldsmith.reading.resolve import notations_of, resolve
from fieldsmith.schema import Constraints, Field, Model, Ref, Schema
from running import tool

HEAD = "# Tank\n\n## Fields\n\n| Field | Type | Required | Description | Example | Default | Constraints |\n|" + " --- |" * 7 + "\n"


def built(folder: Path, rows: str, **settings: Any) -> Build:
    (folder / "tank.md").write_text(HEAD + rows, "utf-8")
    return build(Job(pages=(folder / "tank.md",), **settings))


def only(made: Build) -> Field:
    assert made.schema is not None
    (tank,) = made.schema.definitions
    assert isinstance(tank, Model)
    return tank.fields[0]


@pytest.mark.parametrize(
    ("rules", "default", "maximum"),
    [
        (Rules(), "5", 9),
        (Rules(("note", "phrase"), ("note", "phrase")), "6", 8),
        (Rules(("phrase",), ("phrase",)), "6", 7),
        (Rules(("note",), ()), None, None),
        (Rules((), ()), None, None),
    ],
)
def test_each_rule_can_be_switched_off(tmp_path: Path, rules: Rules, default: str | None, maximum: int | None) -> None:
    doc = "How deep [maximum: 8]. Must be at most 7. Defaults to 6."
    field = only(built(tmp_path, f"| `depth` | `integer` | no | {doc} | | `5` | `maximum: 9` |\n", rules=rules))
    assert (field.default, field.constraints.maximum) == (default, maximum)


def test_metadata_tells_and_nothing_is_filled_in() -> None:
    """A default is the service's: an absent field stays absent, comes back as it came, and no constraint is checked."""
    tank = emitted.model("Tank", ("depth", "integer", False), ("name", "string"))
    depth, name = tank.fields
    fields = (
        depth._replace(default="5", constraints=Constraints(minimum=1, maximum=9)),
        name._replace(constraints=Constraints(pattern="^[A-Z]")),
    )
    with emitted.emitted(Schema((tank._replace(fields=fields),))) as package:
        first, second = dataclasses.fields(package.Tank)
        assert dict(first.metadata) == {"wire": "depth", "default": 5, "constraints": {"minimum": 1, "maximum": 9}}
        assert dict(second.metadata) == {"wire": "name", "constraints": {"pattern": "^[A-Z]"}}
        read = package.Tank.from_dict({"name": "lagoon"})
        assert (read.depth, read.to_dict()) == (None, {"name": "lagoon"})
        assert package.Tank.from_dict({"name": "x", "depth": 100}).depth == 100


def test_examples_are_not_looked_at_unless_asked(tmp_path: Path) -> None:
    rows = "| `depth` | `integer` | no | | `deep` | | |\n"
    assert not built(tmp_path, rows).found
    (found,) = built(tmp_path, rows, examples="check").found
    assert (found.code, found.span.line, found.span.column) == ("FS118", 7, 32)


def test_what_was_imported_for_a_check_is_gone(tmp_path: Path) -> None:
    before = set(sys.modules), list(sys.meta_path)
    built(tmp_path, "| `depth` | `integer` | no | | `1` | | |\n", examples="check")
    assert not [name for name in set(sys.modules) - before[0] if "examples_" in name]
    assert list(sys.meta_path) == before[1]


def test_examples_are_checked_again_on_pages_that_are_known(tmp_path: Path) -> None:
    """Reading and printing are spared by the memory; what a page says, and what is wrong with it, stays the same."""
    (tmp_path / "pyproject.toml").write_text('[tool.fieldsmith]\npages = "spec"\nexamples = "check"\n', "utf-8")
    (tmp_path / "spec").mkdir()
    text = HEAD + "| `depth` | `integer` | no | Defaults to `far`. | `deep` | | `minLength: 3` |\n"
    (tmp_path / "spec" / "tank.md").write_text(text, "utf-8")
    assert tool(tmp_path, "generate").returncode == 0
    (tmp_path / "spec" / "other.md").write_text(text.replace("Tank", "Other"), "utf-8")
    told = tool(tmp_path, "generate").stderr
    assert [told.count(code) for code in ("FS114", "FS116", "FS118")] == [2, 2, 2]


DOCUMENT = (Path(__file__).parents[1] / "FACTS.md").read_text("utf-8")
_CODE = re.compile(r"``? ?(.+?)(?: ``|(?<!`)`(?!`)|``)(?=,|$)")


def _documented(heading: str, column: int) -> list[str]:
    """The phrases in a column of the table that has such a header."""
    rows = DOCUMENT.partition(f"| {heading} |\n")[2].partition("\n\n")[0].splitlines()[1:]
    cells = (row.strip("| ").split(" | ")[column] for row in rows)
    return [match[1] for cell in cells for match in _CODE.finditer(cell)]


def test_the_document_says_which_phrases_state_a_default() -> None:
    counts, others = (_documented("Counts | Does not", column) for column in (0, 1))
    assert len(counts) > 6 and len(others) > 4
    assert {text: default_in(text) for text in counts} == dict.fromkeys(counts, Phrase("50", False))
    assert {text: default_in(text) for text in others} == dict.fromkeys(others)


def test_the_document_says_which_phrases_state_a_constraint() -> None:
    counts = _documented("Counts | Of", 0)
    assert len(counts) > 12 and all(list(in_text(f"It has {text}" if text.startswith("(") else text)) for text in counts)
    assert not [text for text in ("We recommend between 0 and 1.", "Less than 4MB", "Up to 4 seats where") if list(in_text(text))]


def test_explain_tells_what_is_known_of_values(tmp_path: Path) -> None:
    (tmp_path / "tank.md").write_text(HEAD + "| `depth` | `integer` | no | | | `5` | `minimum: 1, maximum: 9` |\n", "utf-8")
    told = tool(tmp_path, "explain", "Tank.depth", "tank.md").stdout
    assert "  default   5\n  keeps to  minimum 1, maximum 9\n" in told


def test_operations_are_read_in_the_notation_of_the_models_beside_them() -> None:
    """Alone, `*string*` is as good in Go and PHP, and the earlier notation would be taken."""
    operations = page(model("sdks/a.md", "AGetRequest", ("id", "*string*", True)), dialect="speakeasy_operations")
    for cell, notation in (("**string*", "go"), ("*?string*", "php"), ("*string*[]", "typescript")):
        pages = [page(model("models/b.md", "B", ("tags", cell, False))), operations]
        chosen = notations_of(pages, Names(()), None, DIALECTS)
        assert {name: one.name for name, one in chosen.items()} == dict.fromkeys(("speakeasy", "speakeasy_operations"), notation)


def test_no_type_refers_to_a_request_by_its_name() -> None:
    """A model of the name that an operation gives stays the only one of that name."""
    operations = page(model("sdks/a.md", "Card", ("id", "*str*", True)), dialect="speakeasy_operations")
    models = [page(model("models/card.md", "Card", ("id", "*str*", True))), page(model("api/b.md", "B", ("card", "*Card*", True)))]
    schema = resolve([models[1], models[0], operations], "python", "as-said", diagnostics := Diagnostics())
    (card,) = (one.fields[0].type for one in schema.definitions if isinstance(one, Model) and one.name == "B")
    assert card == Ref("models/card.md#Card", "Card") and not list(diagnostics)
