"""OpenAPI Generator's pages: ten languages say the same of one service, but for what each of them cannot say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.jobs import Job
from fieldsmith.pipeline import build
from fieldsmith.reading import markdown
from fieldsmith.reading.dialects import DIALECTS
from fieldsmith.reading.dialects.openapi_generator import OPENAPI_GENERATOR
from fieldsmith.reading.pages import claimant, read_page
from fieldsmith.reading.records import PageRecords
from fieldsmith.schema import Model

CASES = Path(__file__).parent / "cases"
FLAVOURS = sorted(folder.name.removeprefix("openapi_") for folder in CASES.glob("openapi_*"))
LOST_ENUMS = {"typescript_fetch", "php", "ruby", "csharp", "dart"}
LOST_UNIONS = {"rust"}  # ruby alone says the members, the others make one model of them
NO_PRESENCE = {"typescript_fetch"}
ONE_NUMBER = {"typescript_axios", "typescript_fetch"}
DATES_AS_TEXT = {"typescript_axios", "rust"}
SAYS_NULL = {"go"}


def facts(flavour: str) -> dict[str, Any]:
    """What a flavour says of the fields of its models, by names in one style."""
    ir = json.loads((CASES / f"openapi_{flavour}" / "ir.json").read_text("utf-8"))
    return {
        f"{one['name']}.{_snake(field['name'])}": (_type(field["type"]), field["required"])
        for one in ir["definitions"]
        if one["kind"] == "model" and one["name"] in ("Plant", "Bed")
        for field in one["fields"]
    }


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _type(type_: dict[str, Any]) -> str:
    match type_["kind"]:
        case "list":
            return f"list<{_type(type_['item'])}>"
        case "map":
            return f"map<{_type(type_['value'])}>"
        case "nullable":
            return f"{_type(type_['inner'])}?"
        case "ref":
            return str(type_["name"])
        case kind:
            return str(kind)


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_flavours_agree(flavour: str) -> None:
    """Each says what Python's pages say, names and presence included."""
    expected = facts("python")
    if flavour in SAYS_NULL:
        expected["Plant.seeds"] = ("integer?", False)
    if flavour in ONE_NUMBER:
        expected["Plant.seeds"] = ("number", False)
    if flavour in DATES_AS_TEXT:
        expected["Plant.sown_at"] = ("string", False)
    if flavour == "java":
        expected["Bed.soil"] = ("BedSoilEnum", False)
    if flavour == "rust":  # a word of the language, which Rust's pages escape
        expected = {{"Bed.bed_id": "Bed.type"}.get(name, name): fact for name, fact in expected.items()}
    if flavour in NO_PRESENCE:
        expected = {name: (type_, False) for name, (type_, _) in expected.items()}
    assert facts(flavour) == expected


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_enums_and_unions(flavour: str) -> None:
    ir = json.loads((CASES / f"openapi_{flavour}" / "ir.json").read_text("utf-8"))
    found = {one["name"]: one for one in ir["definitions"]}
    if flavour in LOST_ENUMS:
        assert found["Season"]["type"] == {"kind": "any"}
    else:
        assert [value["value"] for value in found["Season"]["values"]] == ["spring", "early-summer", "2nd_spring"]
    if flavour == "ruby":
        assert [option["name"] for option in found["Harvest"]["type"]["options"]] == ["Plant", "Bed"]
    elif flavour in LOST_UNIONS:
        assert found["Harvest"]["type"] == {"kind": "any"}
    else:
        assert [_snake(field["name"]) for field in found["Harvest"]["fields"]] == ["plant_id", "bed_id"]


def read(text: str) -> tuple[PageRecords, list[str]]:
    diagnostics = Diagnostics()
    page = read_page(markdown.parse("Page.md", text, diagnostics), [OPENAPI_GENERATOR], False, diagnostics)
    return page, [f"{one.span.line} {one.code}" for one in diagnostics]


def table(*rows: str) -> str:
    head = "Name | Type | Description | Notes\n------------ | ------------- | ------------- | -------------\n"
    return "# Page\n\n## Properties\n\n" + head + "".join(f"{row}\n" for row in rows)


@pytest.mark.parametrize(
    ("row", "doc", "required", "default"),
    [
        ("**a** | **str** | One | two | [optional] ", "One | two", False, None),
        ("**a** | **str** | One|two | ", "One|two", True, None),
        ("**a** | **str** | || both | ", "|| both", True, None),
        (r"**a** | **str** | One \| two|three | [optional]", "One | two|three", False, None),
        ("**a** | **str** |  | [optional] [default to []]", "", False, "[]"),
        ("**a** | **str** |  | [optional][default to 'x']", "", False, "x"),
        ("**a** | **str** |  | [readonly] [default to undefined]", "", True, None),
        ("**a** | **str** |  | [default to RoleEnum_Developer]", "", True, "RoleEnum_Developer"),
        ("**a** | **str** |  | [default to 'AEnum_One']", "", True, "AEnum_One"),
        ("**a** | **str** |  | [optional] [enum: a, b]", "", False, None),
        ("**a** | **str** | it&#39;s \\&quot;so\\&quot; &lt;b&gt; | ", 'it\'s "so" <b>', True, None),
    ],
)
def test_rows(row: str, doc: str, required: bool, default: str | None) -> None:
    page, found = read(table(row))
    ((field,),) = [one.fields for one in page.definitions]
    assert not found
    assert (field.name, field.type.text, field.doc) == ("a", "**str**", doc)
    assert (field.required, field.default) == (required, default)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("**a** | **str** | One | [often]", ["7 FS031"]),
        ("**a** | **str** | One | two | three", ["7 FS030"]),
        ("**a** | **str**", ["7 FS029"]),
        ("**a** | **str** |  | [optional", ["7 FS031"]),
        (" | **str** |  | ", ["7 FS029"]),
    ],
)
def test_what_tells_nothing_is_a_finding(row: str, expected: list[str]) -> None:
    assert read(table(row))[1] == expected


@pytest.mark.parametrize(
    ("row", "default", "expected"),
    [
        ("**status** | **string** |  | [default to StatusEnum_Open]", None, ["7 FS114"]),
        ("**E911** | **int** |  | [optional] [default to E911Enum.NUMBER_0]", None, ["7 FS114"]),
        ("**orderState** | **string?** |  | [optional] [default to OrderStateEnum.SENT]", None, ["7 FS114"]),
        ("**order_state** | **string** |  | [default to OrderStateEnum_Sent]", None, ["7 FS114"]),
        ("**status** | **string** |  | [default to 'StatusEnum_Open']", "StatusEnum_Open", []),
        ("**state** | **string** |  | [default to StatusEnum_Open]", "StatusEnum_Open", []),
        ("**status** | **string** |  | [default to StatusEnum]", "StatusEnum", []),
        ("**status** | [**StatusEnum**](#StatusEnum) |  | [default to StatusEnum.OPEN]", "StatusEnum.OPEN", []),
    ],
)
def test_members_of_a_clients_enum_are_no_defaults(row: str, default: str | None, expected: list[str]) -> None:
    """They are called by the field; where the page of the enum may say their value, they are kept."""
    page, found = read(table(row))
    assert (page.definitions[0].fields[0].default, found) == (default, expected)


@pytest.mark.parametrize(
    ("row", "type_", "doc", "default"),
    [
        ("**state** | **State** | Where. (enum: a, b) | ", '**"a" | "b"**', "Where.", None),
        ("**state** | Option<**State**> |  (enum: a, ) | [optional]", 'Option<**"a" | ""**>', "", None),
        ("**my_tags** | **Vec<MyTags>** |  (enum: a:b, c (d)) | ", '**Vec<"a:b" | "c (d)">**', "", None),
        ("**r#type** | **Type** |  (enum: IN_PARTS, b) | [default to InParts]", '**"IN_PARTS" | "b"**', "", "IN_PARTS"),
        ("**state** | **State** |  (enum: a-b, a_b) | [default to AB]", '**"a-b" | "a_b"**', "", "AB"),
        ("**state** | **State** |  (enum: a, unknown_default_open_api) | ", '**"a"**', "", None),
        ("**state** | **Vec<String>** |  (enum: a, b) | ", "**Vec<String>**", "(enum: a, b)", None),
        ("**state** | **Other** |  (enum: a, b) | ", "**Other**", "(enum: a, b)", None),
        ("**State** | **State** |  (enum: a, b) | ", "**State**", "(enum: a, b)", None),
        ("**state** | **State** | (enum: a, b) or none | ", "**State**", "(enum: a, b) or none", None),
        ("**state** | [**State**](State.md) |  (enum: a, b) | ", "[**State**](State.md)", "(enum: a, b)", None),
    ],
)
def test_enums_of_rust(row: str, type_: str, doc: str, default: str | None) -> None:
    """The values that a page lists behind the text of a field count where its type is called by the field."""
    page, found = read(table(row))
    field = page.definitions[0].fields[0]
    assert (field.type.text, field.doc, field.default, found) == (type_, doc, default, [])


def test_numbers_in_enums_of_rust_are_a_guess() -> None:
    page, found = read(table("**size** | **Size** |  (enum: 1, 2) | "))
    assert (page.definitions[0].fields[0].type.text, found) == ("**1 | 2**", ["7 FS110"])


@pytest.mark.parametrize("value", ["'unknown_default_open_api'", '"unknown_default_open_api"', "11184809", "'11184809'"])
def test_what_the_program_adds_to_enums_is_left_out(value: str) -> None:
    page, found = read(f"# Page\n\n## Enum\n\n* `A` (value: `'a'`)\n\n* `UNKNOWN` (value: `{value}`)\n")
    assert ([each.value.text for each in page.definitions[0].values], found) == (["'a'"], [])


def test_a_row_apart_from_its_table_is_a_finding() -> None:
    page, found = read(table("**a** | **str** |  | ", "", "**b** | **str** |  | "))
    assert ([field.name for field in page.definitions[0].fields], found) == (["a"], ["9 FS034"])


def test_integers_of_enums_are_no_guess() -> None:
    page, found = read("# Page\n\n## Enum\n\n* `ONE` (value: `1`)\n\n* `TWO` (value: `'2'`)\n\nnot a value\n\n* `x`\n")
    (record,) = page.definitions
    assert [(value.value.text, value.literal) for value in record.values] == [("1", True), ("'2'", True)]
    assert found == ["11 FS042"]


def test_operations_are_skipped() -> None:
    page, found = read(
        "# PageApi\n\nMethod | HTTP request | Description\n--- | --- | ---\n[**x**](#x) | **GET** /x | X\n"
    )
    assert (page.definitions, found, page.skipped) == ((), [], "it documents operations, and is no model")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (table("**a** | **str** |  | "), "openapi_generator"),
        ("# Page\n\n## Properties\n\n| Name | Type | Required |\n| --- | --- | --- |\n| a | str | yes |\n", None),
        ("# Page\n\n## Fields\n\n| Name | Type |\n| --- | --- |\n| a | str |\n", "speakeasy"),
        ("# Notes\n\nName | Type\n--- | ---\na | str\n", None),
    ],
)
def test_claims(text: str, expected: str | None) -> None:
    chosen = claimant(markdown.parse("Page.md", text, Diagnostics()), list(DIALECTS.values()))
    assert (chosen.name if chosen else None) == expected


KUBERNETES = Path(__file__).parents[2] / "shared" / "corpus" / "k8s-python-openapigen"


@pytest.mark.skipif(not KUBERNETES.exists(), reason="the pages are not there")
def test_kubernetes() -> None:
    """Every page is a model, and names and presence are those of the API, rows with pipes in their text included.

    Three defaults are in octal, which is no number of JSON.
    """
    made = build(Job(pages=(KUBERNETES,)), upto="schema")
    assert made.schema is not None and {one.code for one in made.found} == {"FS103", "FS114"}
    models = {one.name.lower(): one for one in made.schema.definitions if isinstance(one, Model)}
    assert len(models) == len(made.pages) == 150
    truth = json.loads((KUBERNETES / "truth-openapi.json").read_text("utf-8"))
    compared = 0
    for key, wanted in truth.items():  # `io.k8s.api.core.v1.Event` is `CoreV1Event` or `V1Event`
        parts = key.lower().split(".")
        model = models.get("".join(parts[-3:])) or models.get("".join(parts[-2:]))
        if model is not None and wanted["kind"] == "model":
            compared += 1
            expected = {_bare(name): field["required"] for name, field in wanted["fields"].items()}
            assert {_bare(field.name): field.required for field in model.fields} == expected, key
    assert compared == 150


def _bare(name: str) -> str:
    """A name in letters and digits alone: Python's pages write those of the API in snake_case."""
    return re.sub("[^a-z0-9]", "", name.lower())
