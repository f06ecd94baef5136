"""Pages as Speakeasy writes them, each trap on a small page: text in, records and findings out."""

from __future__ import annotations

import pytest

from fieldsmith.diagnostics import Diagnostic, Diagnostics
from fieldsmith.reading.dialects.speakeasy import SPEAKEASY
from fieldsmith.reading.markdown import parse
from fieldsmith.reading.pages import read_page
from fieldsmith.reading.records import DefinitionRecord, FieldRecord, PageRecords
from fieldsmith.reading.sources import decode

FIELDS = "\n\n## Fields\n\n| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n"
ROW = "| `id` | *str* | :heavy_check_mark: | N/A |"
VALUES = "# A\n\n\n## Values\n\n"
UNION = "# A\n\n\n## Supported Types\n"


def page(text: str, path: str = "models/a.md", named: bool = False) -> tuple[PageRecords, list[Diagnostic]]:
    diagnostics = Diagnostics()
    decoded = decode(path, text.encode(), diagnostics)
    assert decoded is not None
    records = read_page(parse(path, decoded, diagnostics), [SPEAKEASY], named, diagnostics)
    return records, list(diagnostics)


def one(text: str, path: str = "models/a.md") -> DefinitionRecord:
    records, found = page(text, path)
    assert not found, found
    (definition,) = records.definitions
    return definition


def field(row: str) -> FieldRecord:
    return one("# A" + FIELDS + row).fields[0]


def codes(text: str, path: str = "models/a.md", named: bool = False) -> list[str]:
    return [finding.code for finding in page(text, path, named)[1]]


# Models


def test_a_row_in_its_parts() -> None:
    header = FIELDS.replace(" Description |", " Description | Example |").replace("| --- |\n", "| --- | --- |\n")
    row = "| `limit` | *Optional[int]*   | :heavy_minus_sign: | How many.<br/><br/>At most 9. | 5<br/>6 |"
    (record,) = one("# Query" + header + row).fields
    assert (record.name, record.required, record.example) == ("limit", False, "5\n6")
    assert record.doc == "How many.\n\nAt most 9."
    assert (record.type.text, record.type.span.line, record.type.span.column) == ("*Optional[int]*", 7, 13)
    assert str(record.span) == "models/a.md:7:3"


def test_no_row_at_all_is_a_model_without_fields() -> None:
    assert one("# A" + FIELDS.rstrip("\n")).fields == ()


def test_empty_example_is_none() -> None:
    header = FIELDS.replace(" Description |", " Description | Example |").replace("| --- |\n", "| --- | --- |\n")
    assert one("# A" + header + ROW + " |").fields[0].example is None


@pytest.mark.parametrize(
    ("cell", "doc"),
    [
        ("N/A", ""),
        ("", ""),
        ("N/Ax", "N/Ax"),
        ("a<br/>b<br>c<br />d<br/><br/>", "a\nb\nc\nd"),
        ("a \\| b `c\\|d`", "a | b `c|d`"),
        ("the <worker> & \\n *x*", "the <worker> & \\n *x*"),
        ("```json<br/>{}<br/>```", "```json\n{}\n```"),
        ("of it. \r<br/>\r<br/>For", "of it. \n\nFor"),
        ("a\rb", "a\nb"),
    ],
)
def test_descriptions(cell: str, doc: str) -> None:
    assert field(f"| `a` | *str* | :heavy_check_mark: | {cell} |").doc == doc


@pytest.mark.parametrize(
    ("cell", "name"),
    [("`a_b`", "a_b"), ("a_b", "a_b"), ("**a**", "a"), ("[a](#x)", "a"), ("`` a`b ``", "a`b"), ("`a\\|b`", "a|b")],
)
def test_names(cell: str, name: str) -> None:
    assert field(f"| {cell} | *str* | :heavy_check_mark: | N/A |").name == name


def test_pseudo_fields_are_fields_here() -> None:
    assert field("| `__pydantic_extra__` | Dict[str, *Any*] | :heavy_minus_sign: | N/A |").name == "__pydantic_extra__"


def test_deprecated_field() -> None:
    mark = ": warning: ** DEPRECATED **: Use `b` instead.."
    record = field(f"| ~~`a`~~ | *str* | :heavy_minus_sign: | {mark}<br/><br/>What a is.<br/><br/>More. |")
    assert (record.name, record.deprecation, record.doc) == ("a", "Use `b` instead..", "What a is.\n\nMore.")
    assert field(f"| ~~`a`~~ | *str* | :heavy_minus_sign: | {mark} |").doc == ""
    assert field("| ~~`a`~~ | *str* | :heavy_minus_sign: | N/A |").deprecation == ""
    assert field("| `a` | *str* | :heavy_minus_sign: | DEPRECATED. Use b. |").deprecation is None


def test_deprecated_page() -> None:
    definition = one("# ~~Old~~\n\nWhat it was.\n\n\n> :warning: **DEPRECATED**: Use New.\n" + FIELDS + ROW)
    assert (definition.title, definition.doc, definition.deprecation) == ("Old", "What it was.", "Use New.")
    assert one("# ~~Old~~" + FIELDS + ROW).deprecation == ""


# Prose


def test_prose_may_look_like_a_page() -> None:
    prose = "# Data\n\n## Overview\n\n- a\n  b\n\n| Token | Name |\n|:---|:---|\n| a | A |\n\n```\n## Fields\n```\n<table>\n<td>x</td>\n</table>"
    records, found = page("# A\n\n" + prose + "\n\n\n" + FIELDS + ROW)
    assert not found
    assert records.definitions[0].doc == prose
    uses = [(use.what, bool(use.reason)) for use in records.uses]
    assert uses == [("table", True), ("table", True), ("heading", False), ("table", False)]


def test_usage_example_is_no_prose() -> None:
    usage = "\n\n## Example Usage\n\n```typescript\n## Values\nlet value: A = {};\n```"
    definition = one("# A\n\nText.\n" + usage + FIELDS + ROW)
    assert (definition.kind, definition.doc) == ("model", "Text.")


def test_comments_for_the_tool_are_no_prose() -> None:
    records, _ = page("# A\n\nText.\n\n<!-- fieldsmith: off FS028 -->\n" + FIELDS + ROW)
    assert records.suppressed == {"FS028"} and records.definitions[0].doc == "Text."


def test_hidden_characters_leave_prose_with_a_warning() -> None:
    records, found = page("# A\n\na\ufeffb\u202e\n" + FIELDS + "| `a` | *str* | :heavy_check_mark: | x\x1b[0my |")
    assert [(one.code, one.span.line, one.span.column) for one in found] == [("FS023", 3, 2), ("FS023", 10, 38)]
    assert (records.definitions[0].doc, records.definitions[0].fields[0].doc) == ("ab", "x[0my")


def test_emoji_and_foreign_joiners_stay() -> None:
    assert one("# A\n\n👩\u200d🚀 ❤\ufe0f می\u200cخواهم\n" + FIELDS + ROW).doc == "👩\u200d🚀 ❤\ufe0f می\u200cخواهم"


# Enums


def test_table_of_values() -> None:
    rows = "| `ONE` | 1 |\n| `NOTHING` |  |\n| `NULL` | null |\n| `NIL` | <nil> |\n| `STAR` | * |\n| `BAR` | a\\|b |"
    definition = one(VALUES + "| Name | Value |\n| --- | --- |\n" + rows)
    assert [(v.name, v.value.text, v.literal) for v in definition.values] == [
        ("ONE", "1", False),
        ("NOTHING", "", False),
        ("NULL", "null", False),
        ("NIL", "<nil>", False),
        ("STAR", "*", False),
        ("BAR", "a|b", False),
    ]
    assert not definition.open and str(definition.values[0].value.span) == "models/a.md:8:11"


def test_open_table() -> None:
    note = "This is an open enum. Unrecognized values will be captured as the `Unrecognized<number>` branded type.\n\n"
    definition = one(VALUES + note + "| Name | Value |\n| --- | --- |\n| `A` | 0 |\n| - | `Unrecognized<number>` |")
    assert definition.open and [value.name for value in definition.values] == ["A"]


def test_typescript_values() -> None:
    definition = one(VALUES + '```typescript\n"a|b" | "c\\"d" | 200 | -1.5 | Unrecognized<string>\n```\n')
    assert [value.value.text for value in definition.values] == ['"a|b"', '"c\\"d"', "200", "-1.5"]
    assert definition.open and definition.values[1].literal
    assert str(definition.values[1].value.span) == "models/a.md:7:9"


@pytest.mark.parametrize("line", ['"a" | f()', '"a" "b"', "`a`", '"a', "1x", "(1)"])
def test_other_code_is_no_value(line: str) -> None:
    assert "FS042" in codes(VALUES + f"```typescript\n{line}\n```\n")


def test_bullets() -> None:
    note = "This is an open enum. Unrecognized values will not fail type checks.\n\n"
    definition = one(VALUES + note + '- `"a"`\n- `200`\n')
    assert [(v.name, v.value.text, v.literal) for v in definition.values] == [(None, '"a"', True), (None, "200", True)]
    assert definition.open and str(definition.values[0].value.span) == "models/a.md:8:4"
    assert not one(VALUES + '- `"a"`\n').open
    assert codes(VALUES + "- `a`\n- f()\n") == ["FS042", "FS042", "FS040"]


@pytest.mark.parametrize("comment", ["# Open enum: x", "// Open enum: x", " // Open enum: x"])
def test_usage_example_says_open(comment: str) -> None:
    usage = f"\n## Example Usage\n\n```x\na = 1\n{comment}\n```\n\n"
    assert one(VALUES.replace("\n\n", usage, 1) + "| Name | Value |\n| --- | --- |\n| `A` | 0 |").open


def test_findings_about_values() -> None:
    table = "| Name | Value |\n| --- | --- |\n"
    assert codes(VALUES + table) == ["FS040"]
    assert codes(VALUES + table + "| `A` | a |\n| `A` | b |") == ["FS041"]
    assert codes(VALUES + table + "| `` | a |") == ["FS032"]
    assert codes(VALUES + table + "| `A` | a\u200b |") == ["FS022"]


# Unions


@pytest.mark.parametrize(
    ("body", "member", "place"),
    [
        ("\n### `models.X`\n\n```python\nvalue: models.X = /* values here */\n```\n", "models.X", "6:6"),
        ("\n### `{ [k: string]: any }`\n\n```typescript\nconst value: x = 1;\n```\n", "{ [k: string]: any }", "6:6"),
        ("\n### X\n\n```python\na: shared.X = /* values here */\n```\n", "shared.X", "9:4"),
        ("\n### \n\n```python\na: List[str] = /* values here */\n```\n", "List[str]", "9:4"),
        ("\n### \n\n```go\na := s.CreateAArr([]string{/* values here */})\n```\n", "[]string", "9:19"),
        ("\n### Y\n\n```go\na := s.CreateAY(s.Y{/* values here */})\n```\n", "s.Y", "9:17"),
        ("\n### `A\\B|C`\n\n```php\n/**\n* @var A\\B|C\n*/\n```\n", "A\\B|C", "6:6"),
        ("\n### \n\n```php\n/**\n* @var string\n*/\n```\n", "string", "10:8"),
    ],
)
def test_union_members(body: str, member: str, place: str) -> None:
    definition = one(UNION + body)
    (cell,) = definition.members
    assert (definition.kind, cell.text, str(cell.span)) == ("union", member, "models/a.md:" + place)


def test_csharp_variants_are_no_types() -> None:
    assert one(UNION + "\n### Str\n\n```csharp\nA.CreateStr(/* values here */);\n```\n").members == ()


def test_union_discrimination_is_left_alone() -> None:
    body = "\n### `X`\n\n```go\nx\n```\n\n## Union Discrimination\n\nText.\n\n```go\nswitch\n```\n"
    assert [cell.text for cell in one(UNION + body).members] == ["X"]


def test_findings_about_members() -> None:
    assert codes(UNION) == ["FS045"]
    assert codes(UNION + "\n### \n\n```go\n\n```\n") == ["FS046"]


def test_title_and_prose_alone_are_a_union() -> None:
    definition = one("# EventTime\n\nWhen it was.\n\n\n", "Models/EventTime.md")
    assert (definition.kind, definition.members, definition.doc) == ("union", (), "When it was.")
    assert one("# Format\n", "models/format_.md").kind == "union"
    assert definition.bare and not one(UNION + "\n### `X`\n").bare
    named, found = page("# EventTime\n\nWhen it was.\n", "EventTime.md", named=True)
    assert not found and not named.definitions[0].bare


# Pages that are none


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("# README\n\nText.\n", "README.md"),
        ("# How it works\n\nText.\n", "how.md"),
        ("# Guide\n\nText.\n\n## More\n", "guide.md"),
        ("# Other\n\nText.\n", "page.md"),
        ("Text.\n", "text.md"),
        ("", "empty.md"),
        (" \t\n\x0c\n", "blank.md"),
        ("# Options\n\n## Global Options\n\n### WithX\n", "operations/option.md"),
        ("## Options\n\n### WithX\n", "operations/option.md"),
        (
            "# RetryConfig\n\n## Fields\n\n| Name | Type |\n| --- | --- |\n| `a` | `*str*` |\n\n## BackoffStrategy\n\n### Fields\n",
            "utils/retryconfig.md",
        ),
    ],
)
def test_other_pages_are_skipped_unless_named(text: str, path: str) -> None:
    records, found = page(text, path)
    assert records.skipped and not records.definitions and not found
    assert codes(text, path, named=True) == ["FS020"]


# Findings about tables


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FIELDS + ROW, ["FS021"]),
        ("#" + FIELDS + ROW, ["FS021"]),
        ("    # A" + FIELDS + ROW, ["FS021"]),
        ("# A\u200b" + FIELDS + ROW, ["FS022"]),
        ("# A&#10;B" + FIELDS + ROW, ["FS022"]),
        ("# A" + FIELDS + ROW.replace("id", "i\u00a0d"), ["FS022"]),
        ("# A" + FIELDS + ROW.replace("`id`", "a&#10;b"), ["FS022"]),
        ("# A" + FIELDS + ROW + "\n\n# B" + FIELDS + ROW, ["FS024"]),
        ("# A" + FIELDS + ROW + '\n\n## Values\n\n- `"x"`\n', ["FS024"]),
        ("# A\n\n## Fields\n", ["FS025"]),
        ("# A\n\n## Fields\n\nNone yet.\n", ["FS035", "FS025"]),
        ("# A" + FIELDS.replace("| --- | --- | --- | --- |\n", "") + ROW, ["FS034", "FS025"]),
        ("# A" + FIELDS.replace("| Field", "```\n| Field") + ROW + "\n```\n", ["FS034", "FS025"]),
        ("# A" + FIELDS.replace("| Field", "<div>\n| Field") + ROW + "\n</div>\n", ["FS034", "FS025"]),
        (
            "# A" + FIELDS.replace("| Field", "> | Field").replace("| ---", "> | ---", 1) + "> " + ROW,
            ["FS034", "FS025"],
        ),
        ("# A" + FIELDS.replace("## Fields", "Text") + ROW, ["FS026"]),
        ("# A" + FIELDS.replace("## Fields", "### Fields") + ROW, ["FS026"]),
        ("# A" + FIELDS.replace(" Type |", "").replace("| ---", "", 1) + "| `a` | :heavy_check_mark: | x |", ["FS027"]),
        ("# A" + FIELDS.replace("Required", "Type") + ROW, ["FS027", "FS027"]),
        ("# A" + FIELDS.replace("| --- |", "|", 1) + ROW, ["FS027"]),
        ("# A" + FIELDS.replace("n |\n", "n | Since |\n").replace("- |\n", "- | --- |\n") + ROW + " 1 |", ["FS028"]),
        ("# A" + FIELDS + "| `a` | *str* | :heavy_check_mark: |", ["FS029"]),
        ("# A" + FIELDS + "| `a` | *str* | :heavy_check_mark: | a `b|c` |", ["FS030"]),
        ("# A" + FIELDS + "| `a` | *str* |  | x |", ["FS031"]),
        ("# A" + FIELDS + "| `a` | *str* | :heavy_check_mark: :heavy_minus_sign: | x |", ["FS031"]),
        ("# A" + FIELDS + "|   | *str* | :heavy_check_mark: | x |", ["FS032"]),
        ("# A" + FIELDS + "| ` ` | *str* | :heavy_check_mark: | x |", ["FS032"]),
        ("# A" + FIELDS + ROW + "\n" + ROW, ["FS033"]),
        ("# A" + FIELDS + "| `a` | *str* | :heavy_check_mark: | one\ntwo |", ["FS034"]),
        ("# A" + FIELDS + ROW + "\n\n" + ROW, ["FS034"]),
        ("# A" + FIELDS + ROW + "\n\nText.\n", ["FS035"]),
        ("# A" + FIELDS + ROW + "\n\n## More\n\nText.\n", ["FS035"]),
        ("# A" + FIELDS + ROW.replace("N/A", "x" * ((1 << 20) + 1)), ["FS036"]),
    ],
)
def test_findings(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_short_and_long_rows_are_still_read() -> None:
    records, _ = page(
        "# A" + FIELDS + "| `a` | *str* | :heavy_check_mark: |\n| `b` | *str* | :heavy_minus_sign: | x | y |"
    )
    assert [(f.name, f.required, f.doc) for f in records.definitions[0].fields] == [("a", True, ""), ("b", False, "x")]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| `b` | *str* |", ["FS029"]),
        ("| `b` | *List[str* :heavy_check_mark: | x |", ["FS029"]),
        ("| `b` | *Union[str | int]* | :heavy_check_mark: | x |", ["FS030"]),
        ("| `b` | *str* | maybe | x\u200b | y |", ["FS030"]),
        ("| |", ["FS029"]),
        ("| `\u200bb` |", ["FS029", "FS022"]),
        ("| `id` |", ["FS029", "FS033"]),
    ],
)
def test_what_is_odd_in_a_ragged_row_comes_from_that(row: str, expected: list[str]) -> None:
    records, found = page("# A" + FIELDS + ROW + "\n" + row)
    assert [finding.code for finding in found] == expected
    for record in records.definitions[0].fields[1:]:
        assert (record.type.text, record.type.told, record.required, record.doc) == ("", True, None, "")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("", ("*str*", True, "", None)),
        (" x |", ("*str*", True, "", None)),  # either of the two
        (" x | y | z |", ("*str*", True, "x", None)),
        (" `x | y` | z |", ("*str*", True, "`x", None)),
    ],
)
def test_behind_the_mark_of_a_ragged_row_nothing_is_an_example(
    cells: str, expected: tuple[str, bool, str, str | None]
) -> None:
    header = FIELDS.replace(" Description |", " Description | Example |").replace("| --- |\n", "| --- | --- |\n")
    records, _ = page(f"# A{header}| `a` | *str* | :heavy_check_mark: |{cells}")
    (record,) = records.definitions[0].fields
    assert (record.type.text, record.required, record.doc, record.example) == expected


def test_a_ragged_row_of_values_without_a_name_is_one_finding() -> None:
    assert codes(VALUES + "| Name | Value |\n| --- | --- |\n| `A` | a |\n| |\n") == ["FS029"]


def test_a_ragged_row_of_values_is_no_value() -> None:
    records, found = page(VALUES + "| Name | Value |\n| --- | --- |\n| `A` | a |\n| `B` |\n| `C` | x | y |\n")
    assert [value.name for value in records.definitions[0].values] == ["A"]
    assert [finding.code for finding in found] == ["FS029", "FS030"]


def test_values_may_have_descriptions() -> None:
    values = one(VALUES + "| Name | Value | Description |\n| --- | --- | --- |\n| `A` | a | What<br/>a is. |\n").values
    assert [(value.name, value.doc) for value in values] == [("A", "What\na is.")]


def test_findings_say_where() -> None:
    (finding,) = page("# A" + FIELDS + ROW + "\n| `b` | *int* | maybe | x |")[1]
    assert str(finding.span) == "models/a.md:8:17" and "'maybe'" in finding.message


def test_very_wide_tables_are_refused() -> None:
    wide = FIELDS.replace("n |\n", "n |" + " X |" * 70 + "\n").replace("- |\n", "- |" + " --- |" * 70 + "\n")
    assert codes("# A" + wide + ROW)[0] == "FS036"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(ends: str) -> None:
    assert len(one(("# A" + FIELDS + ROW + "\n" + ROW.replace("id", "b")).replace("\n", ends)).fields) == 2
