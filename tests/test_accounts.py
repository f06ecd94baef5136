"""Nothing on a page is lost in silence: rows and headings in its text are what was read of it, and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from counting import count
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading import markdown
from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.columns import Form, read_table
from fieldsmith.reading.dialects import DIALECTS
from fieldsmith.reading.pages import read_page
from fieldsmith.reading.records import PageRecords
from fieldsmith.reading.resolve import leave_out, resolve
from fieldsmith.reading.sources import Source, decode
from fieldsmith.reading.tables import Table
from fieldsmith.schema import Alias, Definition, Enum, Model

CASES = Path(__file__).parent / "cases"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
HEAD = "\n\n## Fields\n\n| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n"
ROW = "| `a` | *str* | :heavy_check_mark: | N/A |\n"


def read(text: str, path: str = "a.md") -> tuple[PageRecords, list[str]]:
    diagnostics = Diagnostics()
    document = markdown.parse(path, text, diagnostics)
    records = read_page(document, list(DIALECTS.values()), False, diagnostics)
    return records, [finding.code for finding in diagnostics]


def ends(records: PageRecords) -> Counter[str]:
    """How many there are of each kind, however they ended."""
    found: Counter[str] = Counter()
    for one in records.counts:
        found[one.kind] += one.number
    return found


def kept(records: PageRecords, kind: str) -> int:
    return sum(one.number for one in records.counts if one.kind == kind and not one.end)


def unaccounted(text: str, records: PageRecords) -> list[str]:
    """What of a page's text is neither read nor told of, in words."""
    counted, found = count(text), ends(records)
    uses = [use for use in records.uses if use.what == "heading"]
    wrong = []
    lines = text.split("\n")
    seen = [name for use in uses for name in counted.headings if lines[use.span.line - 1].strip(" #\t") == name][: len(uses)]
    if len(counted.headings) != len(seen) and records.dialect == "speakeasy":
        wrong.append(f"{len(counted.headings)} headings, {len(seen)} accounted for")
    if records.skipped or any(use.reason for use in uses) or records.dialect != "speakeasy":
        return wrong
    rows = sum(counted.pipes[name] - (2 * min(counted.dashes[name], 1) if name != "Supported Types" else 0) for name in counted.headings)
    listed = counted.items["Values"] if not counted.dashes["Values"] else 0
    for name, expected, actual in (
        ("rows", rows, found["field"] + found["value"] + found["line"] - listed),
        ("members", counted.marks["Supported Types"], found["option"]),
    ):
        if expected != actual:
            wrong.append(f"{expected} {name}, {actual} accounted for")
    return wrong


def in_schema(definition: Definition) -> tuple[str, int]:
    match definition:
        case Model():
            return "field", len(definition.fields) + (definition.additional is not None)
        case Enum():
            return "value", len(definition.values)
        case Alias():
            return "option", 0


def lost(sources: list[Source]) -> Iterator[str]:
    """What is lost between the text of pages and their schema, page by page."""
    pages = []
    for source in sources:
        records, _ = read(source.text, source.path)
        yield from (f"{source.path}: {each}" for each in unaccounted(source.text, records))
        pages.append(records)
    schema = resolve(pages, None, "as-said", Diagnostics())
    numbers: Counter[tuple[str, str]] = Counter()
    for definition in schema.definitions:
        kind, number = in_schema(definition)
        numbers[definition.span.path, kind] += number
    for page in leave_out(pages, schema):
        distinct = len({one.title for one in page.definitions}) == len(page.definitions)
        for kind in ("field", "value") if distinct else ():
            expected = kept(page, kind) - (joined(page) if kind == "field" else 0)
            if expected != numbers[page.path, kind]:
                yield f"{page.path}: {expected} {kind}s read, {numbers[page.path, kind]} in the schema"


def joined(page: PageRecords) -> int:
    """How many rows say what further keys hold, beside the first one of their table: all of these become one union."""
    rows = (sum(row.further for row in one.fields) for one in page.definitions)
    return sum(number - 1 for number in rows if number)


def sources_of(folder: Path) -> list[Source]:
    files = sorted(path for path in folder.rglob("*.md") if path.is_file())
    texts = ((file, decode(str(file), file.read_bytes(), Diagnostics())) for file in files)
    return [Source(file.relative_to(folder).as_posix(), text, False) for file, text in texts if text is not None]


def test_cases_are_accounted_for() -> None:
    folders = [folder for folder in CASES.iterdir() if folder.is_dir()]
    assert [each for folder in folders for each in lost(sources_of(folder))] == []


@pytest.mark.parametrize("folder", sorted(CORPUS.glob("*/")) if CORPUS.is_dir() else [], ids=lambda folder: folder.name)
def test_corpora_are_accounted_for(folder: Path) -> None:
    assert list(lost(sources_of(folder))) == []


def test_a_loss_would_be_found() -> None:
    text = "# A" + HEAD + ROW + ROW.replace("`a`", "`b`")
    records, _ = read(text)
    assert unaccounted(text, records) == []
    assert unaccounted(text + ROW, records) and unaccounted(text + "\n## Values\n", records)
    assert list(lost([Source("a.md", text, False)])) == []


def test_a_row_that_is_neither_a_record_nor_a_finding_is_a_bug() -> None:
    (table,) = (block for block in markdown.parse("a.md", HEAD + ROW, Diagnostics()).blocks if isinstance(block, Table))
    form = Form("field", {"field": "name"}, (), ())
    with pytest.raises(AssertionError, match="lost without a finding"):
        list(read_table(form, table, (HEAD + ROW).split("\n"), lambda row, roles: None, Accounts()))


VALUES = "\n\n## Values\n\n"
UNION = "\n\n## Supported Types\n\n"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("# A" + HEAD + ROW + ROW, ["FS033"]),
        ("# A" + HEAD + ROW.replace("`a`", " "), ["FS032"]),
        ("# A" + HEAD + ROW + "| `b` |\n", ["FS029"]),
        ("# A" + HEAD + ROW + "text\n" + ROW.replace("`a`", "`b`"), ["FS034"]),
        ("# A" + HEAD + ROW + "\n" + ROW + ROW, ["FS034"]),
        ("# A" + HEAD + ROW + "\n- item\n  " + ROW, ["FS034"]),
        ("# A" + HEAD + ROW + "\n> " + ROW, ["FS034"]),
        ("# A" + HEAD + ROW + "\n<div>\n" + ROW + "</div>\n", ["FS034"]),
        ("# A" + HEAD + ROW + "\n    " + ROW, ["FS034"]),
        ("# A" + HEAD + ROW + HEAD + ROW, ["FS024"]),
        ("# A" + HEAD.replace("Field |", "Name |") + ROW, ["FS028", "FS027"]),
        ("# A\n\n## Fields\n\n" + ROW, ["FS034", "FS025"]),
        ("# A" + VALUES + "| Name | Value |\n| --- | --- |\n| `A` | a |\n| `A` | b |\n", ["FS041"]),
        ("# A" + VALUES + "- `1`\n- text\n", ["FS042"]),
        ("# A" + VALUES + "```ts\n" + "x" * 1_048_577 + "\n```\n", ["FS036", "FS040"]),
        ("# A" + VALUES + "- `1`\n\na | b\n", ["FS035"]),
        ("# A" + VALUES + "- `1`\n\n### More\n\n- `2`\n", ["FS035"]),
        ("# A" + UNION + "### `str`\n\n| a |\n| - |\n", ["FS034"]),
        ("# A" + UNION + "### `str`\n\ntext\n", ["FS035"]),
        ("# A" + UNION + "### `str`\n\n###\n", ["FS046"]),
    ],
)
def test_what_is_not_read_is_a_finding(text: str, codes: list[str]) -> None:
    records, found = read(text)
    assert found == codes
    assert unaccounted(text, records) == []


HOUSE = "\n\n## Fields\n\n| Field | Type | Required |\n| --- | --- | --- |\n| `a` | `string` | no |\n"
TYPE = "\n\n## Type\n\n`string`\n"
TAGS = "\n\n## Discriminator\n\n`a`\n\n| Value | Type |\n| --- | --- |\n| `\"a\"` | [A](a.md) |\n"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (HOUSE + "\n# A" + HOUSE, ["FS021"]),
        ("# A" + HOUSE + TAGS, ["FS061"]),
        ("# A" + TYPE + TAGS + TAGS, ["FS061"]),
        ("# A" + HOUSE + HOUSE, ["FS024"]),
        ("# A" + TYPE + TAGS + TAGS[TAGS.index("| V") - 1 :], ["FS034"]),
        ("# A" + TYPE + "\n| a |\n| - |\n", ["FS034"]),
    ],
)
def test_what_is_not_read_of_house_pages_is_a_finding(text: str, codes: list[str]) -> None:
    assert read(text)[1] == codes
