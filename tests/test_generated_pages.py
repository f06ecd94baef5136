"""Pages that programs write of messages, resources and modules: whose they are, and what their rows say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.jobs import Job
from fieldsmith.pipeline import build
from fieldsmith.reading import markdown
from fieldsmith.reading.dialects import DIALECTS
from fieldsmith.reading.notations import NOTATIONS
from fieldsmith.reading.notations.fieldsmith import FIELDSMITH
from fieldsmith.reading.pages import claimant, read_page
from fieldsmith.reading.records import DefinitionRecord, PageRecords
from fieldsmith.reading.resolve import resolve
from fieldsmith.reading.terraformtypes import Trouble, unfold
from fieldsmith.reading.typetext import parse_type
from fieldsmith.schema import Enum, ListOf, Model, Ref, Scalar, Schema, TypeExpr

CASES = Path(__file__).parent / "cases"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
OWN = {"protoc": "protoc_gen_doc", "crd": "crd_ref_docs", "tf": "terraform_docs", "openapi": "openapi_generator"}


def read(dialect: str, text: str) -> tuple[PageRecords, list[str]]:
    diagnostics = Diagnostics()
    page = read_page(markdown.parse("page.md", text, diagnostics), [DIALECTS[dialect]], False, diagnostics)
    return page, [f"{one.span.line} {one.code}" for one in diagnostics]


def only(page: PageRecords) -> DefinitionRecord:
    (record,) = page.definitions
    return record


# Whose a page is


def pages() -> Iterator[tuple[str, str]]:
    for start, dialect in OWN.items():
        for page in sorted(CASES.glob(f"{start}_*/**/*.md")):
            if "output" not in page.parts:
                yield dialect, str(page.relative_to(CASES))


@pytest.mark.parametrize(("dialect", "page"), list(pages()))
def test_a_page_is_claimed_by_its_own_dialect_alone(dialect: str, page: str) -> None:
    document = markdown.parse("page.md", (CASES / page).read_text("utf-8"), Diagnostics())
    sure = {name: one.claims(document).points for name, one in DIALECTS.items()}
    assert [name for name, points in sure.items() if points > 1] == [dialect]


@pytest.mark.parametrize(
    "text",
    [
        "# Shop\n\n## Inputs\n\n| Name | Type | Description | Default |\n|---|---|---|---|\n| a | String | x | y |\n",
        "# Action\n\n## Outputs\n\n| Name | Description |\n|---|---|\n| a | x |\n",
        "# Notes\n\n### Thing\n\n| Field | Description |\n| --- | --- |\n| `a` _string_ | x |\n",
        "# Notes\n\n### Thing\n\n| Field | Type | Label |\n| --- | --- | --- |\n| a | int32 | repeated |\n",
        "# Notes\n\n### Thing\n\n| Name | Number | Description |\n| --- | --- | --- |\n| A | 1 | |\n",
    ],
)
def test_other_tables_are_left_unclaimed(text: str) -> None:
    assert claimant(markdown.parse("README.md", text, Diagnostics()), list(DIALECTS.values())) is None


@pytest.mark.skipif(not CORPUS.exists(), reason="the pages are not there")
@pytest.mark.parametrize("folder", ["chartjs", "css-loader"])
def test_pages_of_people_are_left_unclaimed(folder: str) -> None:
    for page in sorted((CORPUS / "handwritten" / folder).rglob("*.md")):
        assert claimant(markdown.parse("page.md", page.read_text("utf-8"), Diagnostics()), list(DIALECTS.values())) is None


@pytest.mark.parametrize("name", NOTATIONS)
def test_what_labels_stand_for_can_be_read(name: str) -> None:
    for text in NOTATIONS[name].labels.values():
        parse_type(text, FIELDSMITH, "inner")


# protoc-gen-doc


def message(*rows: str, anchor: str = "x-Thing", above: str = "", title: str = "Thing") -> str:
    head = "| Field | Type | Label | Description |\n| ----- | ---- | ----- | ----------- |\n"
    return f'<a name="{anchor}"></a>\n\n### {title}\n{above}\n\n{head}' + "".join(f"{row}\n" for row in rows)


@pytest.mark.parametrize(
    ("row", "doc", "required", "default", "deprecated", "repeated"),
    [
        ("| a | [int32](#int32) |  | It. |", "It.", False, None, False, False),
        ("| a | [int32](#int32) | required | It. |", "It.", True, None, False, False),
        ("| a | [int32](#int32) | repeated | It. |", "It.", False, None, False, True),
        ("| a | [int32](#int32) | optional | It. Default: 5 |", "It.", False, "5", False, False),
        ("| a | [int32](#int32) | optional | Default: 5 |", "", False, "5", False, False),
        ("| a | [int32](#int32) | optional | Default: 5. Default: 6 |", "Default: 5.", False, "6", False, False),
        ("| a | [int32](#int32) | optional | NoDefault: 5 |", "NoDefault: 5", False, None, False, False),
        ("| a | [int32](#int32) |  | It. Default: 5 |", "It. Default: 5", False, None, False, False),
        ("| a | [int32](#int32) | repeated | Default: 5 |", "Default: 5", False, None, False, True),
        ("| a | [int32](#int32) | optional | Default: 5 or 6 |", "Default: 5 or 6", False, None, False, False),
        ("| a | [string](#string) | optional | Default: two words |", "", False, "two words", False, False),
        ("| a | [int32](#int32) |  | **Deprecated.** It. |", "It.", False, None, True, False),
        ("| a | [int32](#int32) |  | Deprecated. It. |", "Deprecated. It.", False, None, False, False),
        ("| `a` | [int32](#int32) |  | a | b || c |", "a | b || c", False, None, False, False),
        ("| a | [int32](#int32) |  | &#34;x&#34; &lt;b&gt; |", '"x" <b>', False, None, False, False),
    ],
)
def test_fields(row: str, doc: str, required: bool, default: str | None, deprecated: bool, repeated: bool) -> None:
    page, found = read("protoc_gen_doc", message(row))
    (field,) = only(page).fields
    assert (field.name, field.type.text.partition("]")[0][1:] in ("int32", "string"), found) == ("a", True, [])
    assert (field.doc, field.required, field.default) == (doc, required, default)
    assert (field.deprecation is not None, field.repeated) == (deprecated, repeated)


def test_text_of_a_message_may_hold_anything() -> None:
    text = "One.\n\n## Two\n\n```\n### Three\n```\n\n- four"
    page, found = read("protoc_gen_doc", message("| a | [int32](#int32) |  |  |", above=text))
    assert (only(page).doc, [field.name for field in only(page).fields], found) == (text, ["a"], [])


def test_headings_without_an_anchor_define_nothing() -> None:
    text = message("| a | [int32](#int32) |  |  |").partition("\n\n")[2]
    assert read("protoc_gen_doc", text)[0].skipped


def test_messages_without_fields_and_services() -> None:
    empty = '<a name="x-Empty"></a>\n\n### Empty\nIt.\n\n <!-- end messages -->\n\n'
    service = '<a name="x-Serves"></a>\n\n### Serves\n\n| Method Name | Request Type |\n| --- | --- |\n| Do | [Empty](#x-Empty) |\n'
    page, found = read("protoc_gen_doc", empty + service)
    assert (only(page).title, only(page).kind, only(page).doc, only(page).fields, found) == ("Empty", "model", "It.", (), [])


def test_the_table_of_scalars_is_no_text_of_the_last_message() -> None:
    scalars = "\n\n## Scalar Value Types\n\n| .proto Type | Notes |\n| --- | --- |\n| int32 | |\n"
    page, found = read("protoc_gen_doc", '<a name="x-Last"></a>\n\n### Last\nIt.\n\n \n' + scalars)
    assert (only(page).doc, only(page).kind, found) == ("It.", "model", [])


def test_one_name_in_two_packages() -> None:
    row = "| up | [Thing](#{0}-Thing) |  |  |"
    page, found = read("protoc_gen_doc", message(row.format("a"), anchor="a-Thing") + "\n" + message(row.format("b"), anchor="b-Thing"))
    assert ([one.title for one in page.definitions], found) == (["a.Thing", "b.Thing"], [])


def test_a_list_of_pairs_is_a_map_by_its_names_alone() -> None:
    entry = message("| key | [string](#string) |  |  |", "| value | [bool](#bool) |  |  |", anchor="x-Thing-OnByIdEntry", title="Thing.OnByIdEntry")
    for label, name, expected in (
        ("repeated", "on_by_id", "map<[string](#string), [bool](#bool)>"),
        ("repeated", "onById", "map<[string](#string), [bool](#bool)>"),
        ("", "on_by_id", None),
        ("repeated", "off_by_id", None),
    ):
        type_ = "[Thing.OnByIdEntry](#x-Thing-OnByIdEntry)"
        page, found = read("protoc_gen_doc", message(f"| {name} | {type_} | {label} |  |") + "\n" + entry)
        (field,) = page.definitions[0].fields
        assert (field.type.text, len(page.definitions), found) == (expected or type_, 1 if expected else 2, [])


PROTOC = CORPUS / "protoc-gen-doc" / "examples" / "doc"
WORDS = {"double": "number", "float": "number", "bool": "boolean", "string": "string", "bytes": "bytes"}


@pytest.mark.skipif(not PROTOC.exists(), reason="the pages are not there")
@pytest.mark.parametrize(("page", "camel"), [("example.md", False), ("example-camel-case-fields.md", True)])
def test_what_the_program_says_in_json(page: str, camel: bool) -> None:
    """Messages, fields, labels, types, defaults, marks and enums are those that protoc-gen-doc writes as JSON, too."""
    made = build(Job(pages=(PROTOC / page,)), upto="schema")
    assert made.schema is not None and not made.found
    models = {one.name: one for one in made.schema.definitions if isinstance(one, Model)}
    enums = {one.name: one for one in made.schema.definitions if isinstance(one, Enum)}
    files = json.loads((PROTOC / "example.json").read_text("utf-8"))["files"]
    messages = [one for file in files for one in file["messages"]]
    assert sorted(models) == sorted(one["longName"] for one in messages)
    for one in messages:
        model = models[one["longName"]]
        assert model.doc == one["description"]
        expected = [_told(field, camel) for field in one["fields"]]
        assert [
            (each.name, _spelled(each.type), each.required, each.default, each.deprecation is not None, each.doc)
            for each in model.fields
        ] == expected
    for one in (one for file in files for one in file["enums"]):
        values = [(each.name, each.value, each.doc) for each in enums.pop(one["longName"]).values]
        assert values == [(each["name"], int(each["number"]), each["description"]) for each in one["values"]]
    assert not enums


def _told(field: dict[str, Any], camel: bool) -> tuple[object, ...]:
    first, *rest = field["name"].split("_")
    name = first + "".join(word.capitalize() for word in rest) if camel else field["name"]
    type_ = field["longType"]
    type_ = WORDS.get(type_, "integer" if type_.endswith(("32", "64")) else type_)
    type_ = f"list of {type_}" if field["label"] == "repeated" else type_
    deprecated = field.get("options", {}).get("deprecated", False)
    return name, type_, field["label"] == "required", field["defaultValue"] or None, deprecated, field["description"]


def _spelled(type_: TypeExpr) -> str:
    match type_:
        case Scalar(kind):
            return kind
        case Ref(name=name):
            return name
        case ListOf(item):
            return f"list of {_spelled(item)}"
        case _:
            return str(type_)


@pytest.mark.skipif(not PROTOC.exists(), reason="the pages are not there")
def test_pages_by_the_template_of_cosmos() -> None:
    """Each heading is a message but for two services; what is not there is told of, and nothing else."""
    folder = CORPUS / "protoc-gen-doc-cosmos"
    made = build(Job(pages=(folder,)), upto="schema")
    assert made.schema is not None and {one.code for one in made.found} == {"FS103"}
    text = next(folder.rglob("*.md")).read_text("utf-8")
    assert len(made.schema.definitions) == text.count("\n### ") - text.count("\n| Method Name ")
    fields = sum(len(one.fields) for one in made.schema.definitions if isinstance(one, Model))
    assert fields == sum(line.startswith("| `") and ") | " in line and line.count(" | ") == 3 for line in text.split("\n"))


# crd-ref-docs


def resource(header: str, *rows: str) -> str:
    dashes = "|".join([" --- "] * (header.count("|") - 1))
    return f"#### Thing\n\n\n\n_Appears in:_\n- [Other](#other)\n\n{header}\n|{dashes}|\n" + "".join(f"{row}\n" for row in rows)


BY_NAME = "| Field | Description | Default | Validation |"
BY_TYPE = "| Field | Type | Required | Default | Description |"


@pytest.mark.parametrize(
    ("header", "row", "type_", "required", "default", "doc"),
    [
        (BY_NAME, "| `a` _string_ | It. |  |  |", "string", False, None, "It."),
        (BY_NAME, "| `a` _string array_ |  | x | Required: \\{\\} <br /> |", "string array", True, "x", ""),
        (BY_NAME, "| `a` _[X](#x)_ |  |  | MaxLength: 8 <br />Required: \\{\\} <br /> |", "[X](#x)", True, None, ""),
        (BY_NAME, "| `a` _string_ |  |  | Optional: \\{\\} <br /> |", "string", False, None, ""),
        (BY_NAME, "| `a` _string_ |  |  | Pattern: `^(a\\|b)$` <br /> |", "string", False, None, ""),
        (BY_NAME, "| `a` _string_ |  |  | Enum: [b c-d] <br />Required: \\{\\} <br /> |", '"b" | "c-d"', True, None, ""),
        (BY_NAME, "| `a` _integer_ |  |  | Minimum: 1 <br />Enum: [1 2] <br /> |", "1 | 2", False, None, ""),
        (BY_NAME, "| `a` _[X](#x)_ |  |  | Enum: [b c] <br /> |", "[X](#x)", False, None, ""),
        (BY_NAME, "| `a` _string_ |  |  | Enum: [ b c] <br /> |", '"" | "b" | "c"', False, None, ""),
        (BY_NAME, "| `a` _integer_ |  |  | Enum: [] <br /> |", "integer", False, None, ""),
        (BY_NAME, "| `a` _[X](https://x.org/#X)_ |  | b | Enum: [b c] <br /> |", '"b" | "c"', False, "b", ""),
        (BY_NAME, "| `a` _[X](https://x.org/#X)_ |  |  | Enum: [ b] <br /> |", '"" | "b"', False, None, ""),
        (BY_NAME, "| `a` _[X](https://x.org/#X)_ |  |  | Enum: [b 1] <br /> |", "[X](https://x.org/#X)", False, None, ""),
        (BY_NAME, "| `a` _[X](https://x.org/#X)_ |  |  | Enum: [true] <br /> |", "[X](https://x.org/#X)", False, None, ""),
        (BY_NAME, "| `a` _[X](https://x.org/#X) array_ |  |  | Enum: [b] <br /> |", "[X](https://x.org/#X) array", False, None, ""),
        (BY_NAME, "| `kind` _string_ | `Thing` |  |  |", '"Thing"', False, None, ""),
        (BY_NAME, "| `kind` _[Kind](#kind)_ | `Thing` |  |  |", "[Kind](#kind)", False, None, "`Thing`"),
        (BY_NAME, "| `other` _string_ | `Thing` |  |  |", "string", False, None, "`Thing`"),
        (BY_TYPE, "| `a` | _string_ |  true  | x | It.<br />So. |", "string", True, "x", "It.\nSo."),
        (BY_TYPE, "| `a` | _string_ |  false  |  |  |", "string", False, None, ""),
        (BY_TYPE, "| `kind` | _string_ | |`Thing`", '"Thing"', False, None, ""),
    ],
)
def test_rows_of_resources(header: str, row: str, type_: str, required: bool, default: str | None, doc: str) -> None:
    page, found = read("crd_ref_docs", resource(header, row))
    (field,) = only(page).fields
    assert (field.type.text, field.required, field.default, field.doc, found) == (type_, required, default, doc, [])


CONSTANT = "| `kind` _string_ | `Thing` | | |"


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        (CONSTANT, "| `kind` _string_ | What it is. |  |  |", []),
        (CONSTANT, CONSTANT, ["FS033"]),
        (CONSTANT, "| `kind` _[Kind](#kind)_ | What it is. |  |  |", ["FS033"]),
        (CONSTANT, "| `kind` _string_ |  |  | Enum: [Thing Other] <br /> |", ["FS033"]),
        ("| `kind` _string_ | Some. |  |  |", "| `kind` _string_ | What it is. |  |  |", ["FS033"]),
        ("| `kind` _string_ |  |  | Enum: [A B] <br /> |", "| `kind` _string_ | What it is. |  |  |", ["FS033"]),
        ("| `name` _string_ | `Thing` |  |  |", "| `name` _string_ | What it is. |  |  |", ["FS033"]),
    ],
)
def test_a_constant_and_the_row_of_its_go_field(first: str, second: str, codes: list[str]) -> None:
    """They are one field; any other two rows of a name are two."""
    page, found = read("crd_ref_docs", resource(BY_NAME, first, second))
    assert [one.partition(" ")[2] for one in found] == codes
    field = only(page).fields[0]
    assert codes or (field.type.text, field.doc) == ('"Thing"', "What it is.")
    assert sum(one.number for one in page.counts if one.kind == "field") == 2


def test_the_row_of_a_go_field_says_all_that_it_says() -> None:
    row = "| `kind` _string_ | Deprecated: Old. | x | MaxLength: 8 <br />Required: \\{\\} <br /> |"
    page, _ = read("crd_ref_docs", resource(BY_NAME, CONSTANT, row))
    (field,) = only(page).fields
    assert (field.required, field.default, field.deprecation, [one.text for one in field.stated]) == (
        True, "x", "Old.", ["MaxLength: 8"],
    )  # fmt: skip
    assert field.span.line == 10


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("| Field | Description |\n| --- | --- |\n| `apiVersion` _string_ | `a.org/v1`\n", "crd_ref_docs"),
        (f"{BY_TYPE}\n|---|---|---|---|---|\n| `apiVersion` | _string_ | |`a.org/v1`\n", "crd_ref_docs"),
        ("| Field | Description |\n| --- | --- |\n| `version` _string_ | `a.org/v1`\n", None),
        ("| Field | Description |\n| --- | --- |\n| `apiVersion` _string_ | It is `a.org/v1`. |\n", None),
    ],
)
def test_resources_alone_are_known_by_their_constants(rows: str, expected: str | None) -> None:
    chosen = claimant(markdown.parse("a.md", f"#### Thing\n\n{rows}", Diagnostics()), list(DIALECTS.values()))
    assert (chosen.name if chosen else None) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("MaxLength: 8 <br />Required: \\{\\} <br />", {"max_length": 8}),
        ("Maximum: 1.5 <br />Minimum: -2 <br />", {"maximum": 1.5, "minimum": -2}),
        ("Minimum: 0 <br />ExclusiveMinimum: true <br />", {"exclusive_minimum": 0}),
        ("Pattern: `^[a-f]\\{64\\}(\\|x)$` <br />", {"pattern": "^[a-f]{64}(|x)$"}),
        ("Optional: \\{\\} <br />Format: date <br />XValidation: \\{self == oldSelf\\} <br />", {}),
    ],
)
def test_validations(cell: str, expected: dict[str, object]) -> None:
    type_ = "string" if "Length" in cell or "Pattern" in cell else "float"
    schema, found = settled(resource(BY_NAME, f"| `a` _{type_}_ |  |  | {cell} |"))
    (model,) = [one for one in schema.definitions if isinstance(one, Model)]
    said = {name: value for name, value in model.fields[0].constraints._asdict().items() if value is not None}
    assert (said, found) == (expected, [])


def settled(text: str) -> tuple[Schema, list[str]]:
    diagnostics = Diagnostics()
    dialects = list(DIALECTS.values())
    page = read_page(markdown.parse("page.md", text, diagnostics), dialects, False, diagnostics)
    return resolve([page], None, "as-said", diagnostics), [one.code for one in diagnostics]


def test_validations_of_items_are_none_of_the_list() -> None:
    page, _ = read("crd_ref_docs", resource(BY_NAME, "| `a` _string array_ |  |  | items:MaxLength: 8 <br />MaxItems: 2 <br /> |"))
    assert [one.text for one in only(page).fields[0].stated] == ["MaxItems: 2"]


def test_places_of_types_behind_names() -> None:
    page, _ = read("crd_ref_docs", resource(BY_NAME, "| `name` _[Wrong](#wrong) array_ |  |  |  |"))
    assert only(page).fields[0].type.span[1:3] == (10, 11)


# terraform-docs


@pytest.mark.parametrize(
    ("text", "type_", "objects"),
    [
        ("`string`", "string", {}),
        ("<pre>map(<br/>  list(string)<br/>)</pre>", "map(list(string))", {}),
        ("`list`", "list(any)", {}),
        ("`object({})`", "[T](#T)", {"T": []}),
        ("object({ a = string, b = optional(number, 3) })", "[T](#T)", {"T": ["a: string!", "b: number = 3"]}),
        ("object({<br>a = string<br>b = bool<br>})", "[T](#T)", {"T": ["a: string!", "b: bool!"]}),
        ("object({ a : string, })", "[T](#T)", {"T": ["a: string!"]}),
        ('object({ "a" = any # the first<br/> b = any // the second\n })', "[T](#T)", {"T": ["a: any!", "b: any!"]}),
        ("object({ /* none, } */ a = optional(any) })", "[T](#T)", {"T": ["a: any"]}),
        ("object({ a = optional(any, [{ b = \"})\" }, (1)]) })", "[T](#T)", {"T": ['a: any = [{ b = "})" }, (1)]']}),
        (
            "object({ a = optional(any, [{ b = \"})\"<br/> c : -1.5 }, null,]) })",
            "[T](#T)",
            {"T": ['a: any = [{"b": "})", "c": -1.5}, null]']},
        ),
        ("object({ a = optional(any, {}) })", "[T](#T)", {"T": ["a: any = {}"]}),
        ("object({ a = optional(any, var.b) })", "[T](#T)", {"T": ["a: any = var.b"]}),
        (
            "list(object({ two_words = map(object({ x = set(number) })) }))",
            "list([T](#T))",
            {"T": ["two_words: map([T.TwoWords](#T.TwoWords))!"], "T.TwoWords": ["x: set(number)!"]},
        ),
        ("tuple([string, object({})])", "list(string | [T.2](#T.2))", {"T.2": []}),
        ("tuple([])", "list(any)", {}),
    ],
)
def test_types_of_terraform(text: str, type_: str, objects: dict[str, list[str]]) -> None:
    found = unfold(text, "T", 32)
    assert found.type == type_
    assert {
        one.title: [
            f"{each.name}: {each.type}{'!' if each.required else ''}{f' = {each.default}' if each.default else ''}"
            for each in one.attributes
        ]
        for one in found.objects
    } == objects
    for one in found.objects:
        for each in one.attributes:
            assert text[each.at :].lstrip('"').startswith(each.name)


@pytest.mark.parametrize(
    ("text", "reason", "at"),
    [
        ("", "a type is missing before the end", 0),
        ("list(", "a type is missing before the end", 5),
        ("list(string", "')' is missing before the end", 11),
        ("list(string))", "')' stands after the end of the type", 12),
        ("object({ a })", "'=' is missing before '}'", 11),
        ("object({ a = })", "a type is missing before '}'", 13),
        ("object({ a = string", "a name is missing before the end", 19),
        ("object({ 1 = string })", "a name is missing before '1'", 9),
        ("object(string)", "'{' is missing before 'string'", 7),
        ("tuple(string)", "'[' is missing before 'string'", 6),
        ("object({ a = optional(string })", "')' is missing before '}'", 29),
    ],
)
def test_no_types_of_terraform(text: str, reason: str, at: int) -> None:
    with pytest.raises(Trouble) as caught:
        unfold(text, "T", 32)
    assert (str(caught.value), caught.value.at) == (reason, at)


@pytest.mark.parametrize("text", ["list(", "object({a=", "tuple([", '"', "/*", "object({a=optional(any,[", "<br/>", "#"])
def test_hostile_types_of_terraform_end_soon(text: str) -> None:
    with pytest.raises(Trouble):
        unfold(text * 20_000, "T", 32)


@pytest.mark.skipif(not CORPUS.exists(), reason="the pages are not there")
def test_a_module_of_many_inputs() -> None:
    """Each row is an input or an output; what has a default is optional."""
    made = build(Job(pages=(CORPUS / "handwritten" / "terraform-docs-vpc",)), upto="schema")
    assert made.schema is not None and not made.found
    models = {one.name: one for one in made.schema.definitions if isinstance(one, Model)}
    text = (CORPUS / "handwritten" / "terraform-docs-vpc" / "README.md").read_text("utf-8")
    assert len(models["Inputs"].fields) == text.count('| <a name="input_')
    assert len(models["Outputs"].fields) == text.count('| <a name="output_')
    assert not any(one.required for one in models["Inputs"].fields) and "| yes |" not in text


def test_a_first_row_without_its_type_does_not_hide_a_table() -> None:
    """A table of fields that also a table of values could have for a header is known by any of its rows."""
    head = "#### A\n\n_Appears in:_\n- [B](#b)\n\n"
    wide, narrow = "| Field | Description | Default | Validation |\n", "| Field | Description |\n"
    for header in (wide, narrow):
        end = "|" * (header.count("|") - 1) + "\n"
        rows = f"| `a` _string {end}| `b` _string_ {end}"
        page = f"{head}{header}{'| --- ' * (header.count('|') - 1)}|\n{rows}"
        for text, names in ((page, ["a", "b"]), (page.replace(rows, rows.splitlines()[0] + "\n"), ["a"] if header == wide else [])):
            diagnostics = Diagnostics()
            records = read_page(markdown.parse("a.md", text, diagnostics), list(DIALECTS.values()), False, diagnostics)
            found = [field.name.split(" ")[0] for one in records.definitions for field in one.fields]
            codes = [one.code for one in diagnostics if one.code != "FS051"]
            assert found == names and (not names or codes == ["FS075"])
