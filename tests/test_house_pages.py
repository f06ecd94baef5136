"""Pages in the house form, as people write them: what is read, what is a finding, which pages are taken for such."""

from __future__ import annotations

import pytest

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading import markdown
from fieldsmith.reading.dialects import DIALECTS
from fieldsmith.reading.pages import read_page
from fieldsmith.reading.records import PageRecords

HEAD = "| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n"


def read(text: str) -> tuple[PageRecords, list[str]]:
    diagnostics = Diagnostics()
    document = markdown.parse("a.md", text, diagnostics)
    page = read_page(document, list(DIALECTS.values()), False, diagnostics)
    return page, [f"{found.span.line}:{found.span.column} {found.code}" for found in diagnostics]


def test_a_page_of_several_definitions() -> None:
    page, found = read(
        "# A\n\nFirst &lt;b>.\n\n### Note\n\nmore\n\n## Fields\n\n"
        f"{HEAD}| `x` | `integer \\| null` | yes | One<br/>two |\n"
        "| ~~`y`~~ | `any` | no | Deprecated: use `x`.<br/>Old. |\n\n"
        "# ~~E~~\n\nDeprecated.\n\nProse.\n\n## Values\n\nOther values may come.\n\n"
        "| Name | Value | Description |\n| --- | --- | --- |\n"
        '| `ONE` | `1` | |\n| | `"a\\|b"` | Text. |\n\n# U\n\n## Type\n\n[A](#A) | `string`\n'
    )
    assert found == [] and page.dialect == "fieldsmith"
    model, enum, union = page.definitions
    assert (model.kind, model.doc, model.deprecation) == ("model", "First <b>.\n\n### Note\n\nmore", None)
    assert [(row.name, row.type.text, row.required, row.doc, row.deprecation) for row in model.fields] == [
        ("x", "`integer | null`", True, "One\ntwo", None),
        ("y", "`any`", False, "Old.", "use `x`."),
    ]
    assert (enum.kind, enum.doc, enum.deprecation, enum.open) == ("enum", "Prose.", "", True)
    assert [(value.name, value.value.text, value.doc) for value in enum.values] == [
        ("ONE", "1", ""),
        (None, '"a|b"', "Text."),
    ]
    assert union.kind == "alias" and union.members[0].text == "[A](#A) | `string`"
    assert (union.members[0].span.line, union.members[0].span.column) == (35, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"# A\n\n## Fields\n\n{HEAD}| `x` | `any` | yes | |\n| `z` | `any` | maybe | |\n", ["8:17 FS031"]),
        (f"# A\n\n## Fields\n\n{HEAD}| `x` | `any` | yes | |\n| `x` | `any` | no | |\n", ["8:3 FS033"]),
        (f"# A\n\n## Fields\n\n{HEAD}| `x` | `any` | yes | |\n| | `any` | no | |\n", ["8:3 FS032"]),
        (f"# A\n\n## Fields\n\n{HEAD}| `x` | `any` | yes | |\n\n# B\n\nNothing.\n", ["9:3 FS060"]),
        (f"# A\n\n## Fields\n\n{HEAD}| `x` | `any` | yes | |\n\n## Type\n\n`any`\n", ["9:4 FS024"]),
        (f"# A\n\n## Fields\n\nStray.\n\n{HEAD}| `x` | `any` | yes | |\n", ["5:1 FS035"]),
        ("# A\n\n## Values\n\n| Value | Description |\n| --- | --- |\n| one | |\n", ["7:3 FS042", "3:4 FS040"]),
        ("# A\n\n## Type\n\n`string`\n\n## Discriminator\n\nkind\n", ["7:4 FS061"]),
        ("# A\n\n## Fields\n\nNone.\n", []),
        ("# A\n\n## Type\n\n`any`\n\nmore\n", ["7:1 FS035"]),
    ],
)
def test_mistakes_are_findings(text: str, expected: list[str]) -> None:
    page, found = read(text)
    assert page.dialect == "fieldsmith"
    assert found == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| `x` | `list[string` |", ("", None, "8:24 FS029")),
        ("| `x` |", ("", None, "8:8 FS029")),
        ("| |", None),
        ("| `x` | `string | null` | yes | |", ("", None, "8:33 FS030")),
        ("| `x` | `string` | yes | one | two |", ("`string`", True, "8:32 FS030")),
        ("| `x` | `string` | yes |", ("`string`", True, "8:25 FS029")),
    ],
)
def test_a_ragged_row_is_one_finding(row: str, expected: tuple[str, bool | None, str] | None) -> None:
    page, found = read(f"# A\n\n## Fields\n\n{HEAD}| `w` | `any` | yes | |\n{row}\n")
    rest = page.definitions[0].fields[1:]
    if expected is None:
        assert [one.split()[1] for one in found] == ["FS029"] and not rest
    else:
        assert [(one.name, one.type.text, one.type.told, one.required) for one in rest] == [
            ("x", expected[0], True, expected[1])
        ]
        assert found == [expected[2]]


def test_ragged_rows_of_values_and_of_discriminators_are_one_finding() -> None:
    head = "# A\n\n## Values\n\n| Name | Value | Description |\n| --- | --- | --- |\n| `A` | `1` | |\n"
    page, found = read(f"{head}| `B` |\n| `C` | `2` | a | b |\n")
    assert found == ["8:8 FS029", "9:19 FS030"]
    assert [value.name for value in page.definitions[0].values] == ["A", "C"]
    told = "\n## Discriminator\n\n`kind`\n\n| Value | Type |\n| --- | --- |\n"
    page, found = read(f'# A\n\n## Type\n\n[B](#B)\n{told}| `"b"` | [B](#B) |\n| `"c"` |\n')
    assert [one.split()[1] for one in found] == ["FS029"]
    assert page.definitions[0].discriminator is not None and len(page.definitions[0].discriminator.mapping) == 1


def test_an_example_of_nothing_that_shows_is_none() -> None:
    head = HEAD.replace("Description |\n", "Description | Example |\n").replace("---", "--- | ---", 1)
    page, found = read(f"# A\n\n## Fields\n\n{head}| `x` | `any` | yes | | \x0b |\n")
    assert [one.split()[1] for one in found] == ["FS023"]
    assert page.definitions[0].fields[0].example is None


@pytest.mark.parametrize("word", ["yes", "no"])
def test_one_house_mark_does_not_make_a_house_page(word: str) -> None:
    page, found = read(
        f"# A\n\n## Fields\n\n{HEAD}| `x` | *str* | {word} | N/A |\n| `y` | *str* | :heavy_check_mark: | N/A |\n"
        "| `z` | *int* | :heavy_minus_sign: | N/A |\n"
    )
    assert page.dialect == "speakeasy" and found == ["7:17 FS031"]
    assert [field.required for field in page.definitions[0].fields] == [None, True, False]


@pytest.mark.parametrize(
    "text",
    [
        f"# A\n\n## Fields\n\n{HEAD}| `x` | *str* | :heavy_check_mark: | N/A |\n",
        f"# A\n\n## Type\n\n`prose`\n\n## Fields\n\n{HEAD}| `x` | *str* | :heavy_check_mark: | N/A |\n",
        f"# A\n\n## Fields\n\n{HEAD}",
        "# A\n\n## Values\n\n| Name | Value |\n| --- | --- |\n| `A` | a |\n",
        "# A\n\nText alone.\n",
        "## Type\n\n`string`\n",
    ],
)
def test_other_pages_are_not_taken_for_house_pages(text: str) -> None:
    page, _ = read(text)
    assert page.dialect != "fieldsmith"
