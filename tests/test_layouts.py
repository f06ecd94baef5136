"""What the layouts of dialects say as data, tried without the code that some dialects have beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading import markdown
from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.dialects import DIALECTS, plain
from fieldsmith.reading.dialects.speakeasy_layout import LAYOUT, OPERATIONS
from fieldsmith.reading.dialects.speakeasy_operations import HOOKS
from fieldsmith.reading.layout import Layout, Mark
from fieldsmith.reading.layout_cells import NO_HOOKS
from fieldsmith.reading.layouts import dialect_of
from fieldsmith.reading.markdown import Document
from fieldsmith.reading.pages import claimant
from fieldsmith.reading.records import Dialect, FieldRecord

CASES = Path(__file__).with_name("cases")
# Dialects whose pages are cut by code, and their layouts read by the engine alone.
ALONE = {"speakeasy": dialect_of(LAYOUT, NO_HOOKS), "speakeasy_operations": dialect_of(OPERATIONS, HOOKS)}


def fields(dialect: Dialect, document: Document) -> list[tuple[FieldRecord, ...]]:
    found = dialect.read(document, Accounts()).definitions
    return [one.fields for one in found if one.kind == "model" and one.fields]


def pages(name: str) -> Iterator[Document]:
    """The pages of the cases that a dialect claims and has nothing to say against."""
    for path in sorted(CASES.glob("*/page.md")) + sorted(CASES.glob("*/pages/**/*.md")):
        try:
            document = markdown.parse(path.name, path.read_text("utf-8"), Diagnostics())
        except UnicodeDecodeError:
            continue
        chosen = claimant(document, list(DIALECTS.values()), 2)
        accounts = Accounts()
        if chosen is DIALECTS[name] and not document.directives:
            chosen.read(document, accounts)
            if not len(accounts):
                yield document


@pytest.mark.parametrize("name", ALONE)
def test_the_layout_alone_reads_the_same_fields(name: str) -> None:
    found = [(fields(DIALECTS[name], page), fields(ALONE[name], page)) for page in pages(name)]
    assert sum(bool(by_code) for by_code, _ in found) >= 5
    assert [by_code for by_code, _ in found] == [by_data for _, by_data in found]


def findings(layout: Layout, table: str) -> list[str]:
    accounts = Accounts()
    dialect_of(layout).read(markdown.parse("page.md", f"# P\n\n{table}\n", accounts), accounts)
    return [f"{one.span.line}:{one.span.column} {one.code}" for one in accounts]


def test_names_in_the_json_hold_no_hidden_characters() -> None:
    layout = replace(plain.LAYOUT, columns={**plain.LAYOUT.columns, "json": "wire"})
    table = "| Name | Type | Required | JSON |\n| --- | --- | --- | --- |\n| a | text | yes | `a\u200b` |"
    assert findings(layout, table) == ["5:20 FS022"]


def test_a_contradiction_stands_at_the_name_where_no_column_has_the_marks() -> None:
    columns, marks = {"type": "type", "key": "pattern"}, {"required": Mark(type_prefixes=("!",)), "optional": Mark(type_prefixes=("?",))}
    layout = replace(plain.LAYOUT, columns=columns, marks=marks)
    assert findings(layout, "| Type | Key |\n| --- | --- |\n| ?!text | a |") == ["5:12 FS031"]
