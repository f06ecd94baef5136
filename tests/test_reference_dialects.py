"""The dialects discord and oas: what they claim, what they read, and that packages of their pages are as others are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import emitted
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.jobs import Job
from fieldsmith.pipeline import build
from fieldsmith.reading import markdown
from fieldsmith.reading.dialects import DIALECTS
from fieldsmith.reading.names import Definitions, Names, NoPage
from fieldsmith.reading.pages import claimant, read_page
from fieldsmith.reading.records import DefinitionRecord, FieldRecord, PageRecords
from fieldsmith.reading.resolve import resolve
from fieldsmith.schema import Enum, ListOf, MapOf, Model, Ref, Schema
from fieldsmith.writing.identifiers import class_name
from fieldsmith.writing.plans import Settings
from readback import read as read_house
from readback import without_places
from run_roundtrips import comes_back
from strategies import Said, Values
from test_docs_roundtrip import pages_of, write
from test_emitted_code import schema_of

CASES = Path(__file__).parent / "cases"
NAMES = ("discord", "oas")


def read(name: str, text: str) -> tuple[PageRecords, list[str]]:
    diagnostics = Diagnostics()
    page = read_page(markdown.parse("Page.mdx", text, diagnostics), [DIALECTS[name]], False, diagnostics)
    return page, [f"{one.span.line}:{one.span.column} {one.code}" for one in diagnostics]


def only(page: PageRecords) -> DefinitionRecord:
    (record,) = page.definitions
    return record


def claimed(text: str) -> str | None:
    chosen = claimant(markdown.parse("Page.md", text, Diagnostics()), list(DIALECTS.values()))
    return chosen.name if chosen else None


OBJECT = "### Cup Object\n\n###### Cup Structure\n\n"
FIELDS = "| Field | Type | Description |\n|---|---|---|\n"
FIXED = "#### Cup Object\n\n##### Fixed Fields\n\n| Field Name | Type | Description |\n| ---- | :----: | ---- |\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{OBJECT}{FIELDS}| id | snowflake | |\n", "discord"),
        (f'<ManualAnchor id="cup" />\n{OBJECT}{FIELDS}| id | string | |\n', "discord"),
        (f"## Get Cup\n\n###### JSON Params\n\n{FIELDS}| id | snowflake | |\n", "discord"),
        (f"{OBJECT}{FIELDS}| id | string | |\n", None),  # anybody may write so
        (f"## Cups\n\n{FIELDS}| id | snowflake | |\n", None),  # no heading of its own
        (f"{OBJECT}| Size | Of |\n|---|---|\n| 1 | snowflake |\n", None),
        (f"{FIXED}| id | `string` | |\n", "oas"),
        ("### Cup Object\n\n#### Fixed Fields\n\nField Name | Type | Description\n---|:---:|---\nid | `string` | x\n", "oas"),
        (f"{FIXED.replace('Field Name', 'Option')}| id | `string` | |\n", None),
        (f"# Cup\n\n## Fields\n\n{FIELDS}| `id` | *string* | snowflake |\n", "speakeasy"),
        ("# Cup\n\n## Properties\n\nName | Type\n--- | ---\n`id` | string\n\nsnowflake\n", "openapi_generator"),
        ("# A tool\n\n## Options\n\n| Name | Type | Default |\n|---|---|---|\n| `id` | `{string}` | x |\n", None),
    ],
)
def test_claims(text: str, expected: str | None) -> None:
    assert claimed(text) == expected


@pytest.mark.parametrize("name", NAMES)
def test_own_pages_are_claimed_and_those_of_others_are_not(name: str) -> None:
    for folder in CASES.iterdir():
        for path in (*folder.glob("pages/**/*.md"), *folder.glob("pages/**/*.mdx"), *folder.glob("page.md")):
            tables = path.stem not in ("README", "tides")
            expected = name if folder.name.partition("_")[0] == name and tables else None
            if expected or not folder.name.startswith("bad"):  # those are not all texts
                assert (claimed(path.read_text("utf-8")) == name) == bool(expected), path


@pytest.mark.parametrize(
    ("row", "name", "type_", "required", "nullable"),
    [
        ("id | snowflake", "id", "snowflake", True, False),
        ("id? | snowflake", "id", "snowflake", False, False),
        ("id | ?snowflake", "id", "snowflake", True, True),
        ("`id?` | ?array of strings", "id", "array of strings", False, True),
        (r"id?\* | string", "id", "string", False, False),
        (r"id? \*\* | string", "id", "string", False, False),
        (r"id *** | string \*", "id", "string", True, False),
        (r"id? \[12\] | string", "id", "string", False, False),
        (r"ids[n]?\* | file contents", "ids[n]", "file contents", False, False),
        ("[id](#id)? | string", "id", "string", False, False),
        ("**id** | string", "id", "string", True, False),
    ],
)
def test_names_and_types(row: str, name: str, type_: str, required: bool, nullable: bool) -> None:
    page, found = read("discord", f"{OBJECT}{FIELDS}| {row} | |\n")
    (field,) = only(page).fields
    assert (field.name, field.type.text, field.required, field.nullable) == (name, type_, required, nullable)
    assert not found


def fields(name: str, text: str) -> list[FieldRecord]:
    return [field for one in read(name, text)[0].definitions for field in one.fields]


def test_what_no_other_place_holds_is_in_the_description() -> None:
    table = "| Field | Type | Description | Permission |\n|---|---|---|---|\n"
    row = "| a | array of two integers (x, y) | where | `SEE` |\n| b | dict with keys in [c](/c) | | |\n"
    docs = [field.doc for field in fields("discord", f"{OBJECT}{table}{row}")]
    assert docs == ["where\nType: x, y\nPermission: `SEE`", "Type: with keys in [c](/c)"]


def test_words_of_headers_are_cleaned() -> None:
    table = "| Field | Type | Per\u200bmission |\n|---|---|---|\n"
    page, found = read("discord", f"{OBJECT}{table}| a | string | `SEE` |\n")
    assert ([field.doc for field in only(page).fields], found) == (["Permission: `SEE`"], ["5:18 FS023"])


def test_conditions_make_optional_and_are_kept() -> None:
    table = "| Field | Type | Description | Required |\n|---|---|---|---|\n"
    row = "| a | string | first | unless `b` |\n| b | string | | false |\n| c | string | | true |\n"
    page, found = read("discord", f"{OBJECT}{table}{row}")
    said = [(field.required, field.doc) for field in only(page).fields]
    assert said == [(False, "first\nRequired: unless `b`"), (False, ""), (True, "")]
    assert found == ["5:3 FS071"]


OPTIONAL = "All parameters to this endpoint are optional"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (f"{OPTIONAL}.", "id name"),
        (OPTIONAL, "id name"),
        (f"> info\n> {OPTIONAL}", "id name"),
        (f"<Note>\n{OPTIONAL}\n</Note>", "id name"),
        (f"Puts a cup. {OPTIONAL}. Returns it.", "id name"),
        (f"{OPTIONAL} and nullable.", "?id ?name"),
        (f"{OPTIONAL} excluding `name`", "id name!"),
        (f"{OPTIONAL} excluding 'name'.", "id name!"),
        (f"{OPTIONAL} and nullable excluding `name`", "?id name!"),
        (f"{OPTIONAL} excluding `id` and `name`.", "id! name!"),
        ("All parameters to this endpoint except for `name` are optional", "id name!"),
        ("All parameters for this endpoint except for `a`, `b`, and `id` are optional and nullable.", "id! ?name"),
        ("All JSON parameters to this endpoint are optional.", "id name"),
        ("Returns 400. All JSON parameters are optional.", "id name"),
        ("All query parameters to this endpoint are optional.", "id! name!"),
        ("Parameters may be optional.", "id! name!"),
        ("All of the parameters to this endpoint.\n\nIt is optional.", "id! name!"),
    ],
)
@pytest.mark.parametrize("heading", ["JSON Params", "JSON Params (Group DM)"])
def test_a_sentence_makes_all_parameters_optional(sentence: str, expected: str, heading: str) -> None:
    text = f"## Put Cup\n\n{sentence}\n\n###### {heading}\n\n{FIELDS}| id | string | |\n| name | string | |\n"
    page, found = read("discord", text)
    said = [f"{'?' * field.nullable}{field.name}{'!' if field.required else ''}" for field in only(page).fields]
    assert (" ".join(said), found) == (expected, [])


@pytest.mark.parametrize(
    "sentence",
    [
        f"{OPTIONAL} but the first.",
        f"{OPTIONAL} excluding the first",
        f"{OPTIONAL} excluding name.",
        f"{OPTIONAL}, unless it rains.",
        "All parameters to this\nendpoint are optional.",
        "All other parameters are optional.",
        "All fields are optional, but those given overwrite what is there.",
    ],
)
def test_a_sentence_in_other_words_is_told_of(sentence: str) -> None:
    """But not where all fields have a mark of their own, or another sentence of the request is read."""
    part = f"###### JSON Params\n\n{FIELDS}| id | string | |\n\n"
    page, found = read("discord", f"## Put Cup\n\nPuts it. {sentence}\n\n{part}{part.replace('JSON', 'Query')}")
    assert [field.required for one in page.definitions for field in one.fields] == [True, True]
    assert found == ["3:10 FS073"]
    assert read("discord", f"## Put Cup\n\n{sentence}\n\n{part.replace('id', 'id?')}")[1] == []
    assert read("discord", f"## Put Cup\n\n{sentence}\n\n{OPTIONAL}.\n\n{part}")[1] == []
    assert read("discord", f"## Cup Object\n\n{sentence}\n\n###### Cup Structure\n\n{FIELDS}| id | string | |\n")[1] == []


def test_a_sentence_counts_for_the_part_that_it_stands_in() -> None:
    part = f"{FIELDS}| id | string | |\n\n"
    text = f"## Put Cup\n\n###### JSON Params\n\n{OPTIONAL}.\n\n{part}###### Query Params\n\n{part}"
    page, found = read("discord", text)
    assert ([field.required for one in page.definitions for field in one.fields], found) == ([False, True], [])


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("JSON Params (Group DM)", "Put Cup JSON Params Group DM"),
        ("Query String Params (v10)", "Put Cup Query String Params v10"),
        ("Cup Structure (large)", "Cup large"),
        ("Cup Object (large)", "Cup large"),
        ("Cups (large)", "Cups large"),
        ("(Large) Cups", "(Large) Cups"),
    ],
)
def test_what_tells_headings_apart_goes_behind_the_name(heading: str, title: str) -> None:
    page, found = read("discord", f"## Put Cup\n\n###### {heading}\n\n{FIELDS}| id | string | |\n")
    assert (only(page).title, found) == (title, [])
    assert read("discord", f"## Drop (Cup)\n\n###### JSON Params\n\n{FIELDS}| id | string | |\n")[0].definitions[0].title == "Drop Cup JSON Params"


def test_parts_are_called_by_both_headings() -> None:
    part = f"{FIELDS}| id | string | |\n\n"
    text = f"## Put Cup\n\n###### JSON Params\n\n{part}###### Query String Params\n\n{part}## Get Cup\n\n###### Query String Params\n\n{part}"
    page, found = read("discord", text)
    titles = [one.title for one in page.definitions]
    assert (titles, found) == (["Put Cup JSON Params", "Put Cup Query String Params", "Get Cup Query String Params"], [])


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        (f"{OBJECT}{FIELDS}| id | string | |\n", ("cup-object", "cup-structure")),
        (
            f'### Cup Object\n\n<ManualAnchor id="Its-Own" />\n###### Cup Structure\n\n{FIELDS}| id | string | |\n',
            ("cup-object", "cup-structure", "its-own"),
        ),
        (f"### Cups\n\n###### Cup Structure\n\n{FIELDS}| id | string | |\n", ("cup-structure", "cups")),
        (f"## Put Cup\n\n###### JSON Params\n\n{FIELDS}| id | string | |\n", ("json-params",)),
    ],
)
def test_anchors(text: str, anchors: tuple[str, ...]) -> None:
    assert only(read("discord", text)[0]).anchors == anchors


def test_a_heading_above_several_models_stands_for_none() -> None:
    part = f"{FIELDS}| id | string | |\n\n"
    page, _ = read("discord", f"### Cups\n\n###### Big Structure\n\n{part}###### Small Structure\n\n{part}")
    assert [one.anchors for one in page.definitions] == [("big-structure",), ("small-structure",)]


@pytest.mark.parametrize(
    ("cell", "text", "literal"),
    [
        ("`1 << 3`", "1 << 3", True),
        ("1<<0", "1<<0", True),
        (r"1 \<\< 4", r"1 \<\< 4", True),
        ("7", "7", True),
        ("seven", "seven", False),
        ("'seven'", "'seven'", True),
        ("1 << 63", "1 << 63", False),
    ],
)
def test_values(cell: str, text: str, literal: bool) -> None:
    page, found = read("discord", f"{OBJECT}{FIELDS}| id | string | |\n\n###### Kinds\n\n| Type | Value |\n|---|---|\n| A | {cell} |\n")
    (value,) = page.definitions[1].values
    assert (value.name, value.value.text, value.literal, found) == ("A", text, literal, [])


@pytest.mark.parametrize(
    ("description", "required"),
    [
        ("**REQUIRED**. The size.", True),
        ("**REQUIRED** The size.", True),
        ("**Required.** The size.", True),
        ("The size. This is **REQUIRED**.", False),
        ("Required by most.", False),
        ("", False),
    ],
)
def test_required(description: str, required: bool) -> None:
    (field,) = fields("oas", f'{FIXED}| <a name="cup-size"></a> size | `string` | {description} |\n')
    assert (field.name, field.required) == ("size", required)
    assert field.doc == ("The size." if required else description)


def test_tables_of_one_object_add_up() -> None:
    head = "| Field Name | Type | Description |\n| --- | --- | --- |\n"
    text = (
        "#### Cup Object\n\nTo drink.\n\n##### Fixed Fields\n\nTwo sorts.\n\n###### Common Fixed Fields\n\n"
        f"{head}| a | `string` | |\n\n###### Fixed Fields for use with `schema`\n\n{head}| b | `string` | |\n\n"
        "##### Patterned Fields\n\n| Field Pattern | Type | Description |\n| --- | --- | --- |\n| /{c} | `string` | C |\n"
    )
    page, found = read("oas", text)
    record = only(page)
    assert (record.title, record.doc, found) == ("Cup", "To drink.\n\n`/{c}`: C", [])
    assert [(field.name, field.further) for field in record.fields] == [("a", False), ("b", False), ("/{c}", True)]


def test_a_table_right_below_its_object_is_read_where_others_have_headings() -> None:
    head = "| Field Name | Type | Description |\n| --- | --- | --- |\n"
    bare = f"#### Lid Object\n\nOn top.\n\n{head}| b | `string` | |\n\nMore.\n\n##### Fixed Fields\n\n{head}| c | `string` | |\n"
    page, found = read("oas", f"{FIXED}| a | [Lid Object](#lid-object) | |\n\n{bare}")
    said = {one.title: (one.doc, [field.name for field in one.fields]) for one in page.definitions}
    assert (said, found) == ({"Cup": ("", ["a"]), "Lid": ("On top.", ["b", "c"])}, [])
    assert claimed(f"#### Lid Object\n\n{head}| b | `string` | |\n") is None
    assert claimed(f"#### Lid Object\n\n| Option | Type |\n| --- | --- |\n| b | `string` |\n\n{FIXED}| a | `string` | |\n") == "oas"


def test_a_ragged_row_may_count_for_some_variants_alone() -> None:
    head = "| Field | Type | Required | Description | Event Types |\n| --- | --- | --- | --- | --- |\n"
    page, found = read("discord", f"{OBJECT}{head}| a | string | true | One | two | Some |\n| b | string | true | One | |\n")
    assert [(field.name, field.required) for field in only(page).fields] == [("a", False), ("b", True)]
    assert found == ["7:35 FS030"]
    page, _ = read("discord", f"{OBJECT}{FIELDS}| a | string | One | two |\n")
    assert [field.required for field in only(page).fields] == [False]


# Packages


@pytest.mark.parametrize("name", NAMES)
def test_written_docs_read_back(name: str) -> None:
    schema = schema_of(CASES / name / "pages")
    diagnostics = Diagnostics()
    again = read_house(pages_of(write(schema)), diagnostics)
    assert (list(diagnostics), without_places(again)) == ([], without_places(schema))


@pytest.mark.parametrize("folder", ["discord/pages", "oas/pages/v1", "oas/pages/v2", "oas/pages/more"])
def test_values_come_back(folder: str) -> None:
    schema = schema_of(CASES / folder)
    with emitted.emitted(schema, Settings(targets=emitted.CODE)) as package:
        called = Schema(tuple(one._replace(name=class_name(one.name) or "") for one in schema.definitions))
        values = Values(called, package)
        for model in (one for one in called.definitions if isinstance(one, Model) and one.key in values.depths):

            @settings(max_examples=10, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
            @given(values.objects(model))
            def each(said: Said) -> None:
                comes_back(said.value.__class__, said)

            each()


def _by_title(schema: Schema) -> dict[str, Model]:
    return {one.name: one for one in schema.definitions if isinstance(one, Model)}


def test_partial_models_require_nothing() -> None:
    schema = schema_of(CASES / "discord" / "pages")
    whole, part = (_by_title(schema)[name] for name in ("Boat", "Partial Boat"))
    assert [field._replace(required=False) for field in whole.fields] == list(part.fields)
    assert any(field.required for field in whole.fields)


def resolved(text: str) -> Schema:
    page, found = read("discord", text)
    assert not found
    return resolve([page], None, "as-said", Diagnostics())


def test_a_partial_model_that_is_defined_is_meant() -> None:
    link = "### Set Object\n\n###### Set Structure\n\n" + FIELDS + "| cup | partial [cup](#cup-object) | |\n\n"
    part = "###### Partial Cup Structure\n\n" + FIELDS + "| size | integer | |\n"
    schema = resolved(f"{OBJECT}{FIELDS}| id | string | |\n\n{link}{part}")
    models = _by_title(schema)
    assert [one.name for one in schema.definitions] == ["Cup", "Set", "Partial Cup"]
    assert models["Set"].fields[0].type == Ref("Page.mdx#Partial Cup", "Partial Cup")
    assert models["Partial Cup"].fields[0].required


def test_a_part_of_what_is_no_model_is_the_whole() -> None:
    values = "###### Kinds\n\n| Type | Value |\n|---|---|\n| A | 1 |\n"
    schema = resolved(f"{OBJECT}{FIELDS}| kind | partial [kind](#kinds) | |\n\n{values}")
    assert _by_title(schema)["Cup"].fields[0].type == Ref("Page.mdx#Kinds", "Kinds")


def test_partial_models_are_explained() -> None:
    command = (sys.executable, "-m", "fieldsmith", "explain", "Partial Boat.name", str(CASES / "discord" / "pages"))
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "presence  optional, as each field of a partial model is\n" in told and "PartialBoat.name\n" in told


def test_links_are_places_on_the_site() -> None:
    """Whatever folder of the site is given, as long as the pages that are meant are in it."""
    for folder, key in (("pages", "resources/crew.mdx#Member"), ("pages/resources", "crew.mdx#Member")):
        boat = _by_title(schema_of(CASES / "discord" / folder))["Boat"]
        crew = next(field.type for field in boat.fields if field.name == "crew")
        assert crew == ListOf(Ref(key, "Member"))


PAGES = (("docs/a/cup.mdx", ("Cup",)), ("docs/b/cup.md", ("Cup",)), ("docs/a/pot.md", ("Pot",)), ("docs/note.md", ()))


@pytest.mark.parametrize(
    ("links", "target", "expected"),
    [
        ((), "/docs/a/cup", Definitions("docs/a/cup.mdx", ("Cup",), "")),
        (("/a/cup", "/b/cup"), "/a/pot#pot%20x", Definitions("docs/a/pot.md", ("Pot",), "pot x")),
        (("/a/cup", "/b/cup"), "/note", NoPage("bare", "docs/note.md")),
        (("/x/y/docs/a/cup", "/a/cup", "/x/y/docs/a/pot"), "/x/y/docs/b/cup/", Definitions("docs/b/cup.md", ("Cup",), "")),
        (("/x/docs/a/cup",), "/docs/a/cup", NoPage("missing", "/docs/a/cup")),
        ((), "/docs/a/jug#jug", NoPage("missing", "/docs/a/jug")),
        ((), "/docs/../a\x00", NoPage("outside")),
        (("https://docs/a/cup", "../a/cup", "#cup"), "/docs/a/cup", Definitions("docs/a/cup.mdx", ("Cup",), "")),
    ],
)
def test_places_on_a_site(links: tuple[str, ...], target: str, expected: Definitions | NoPage) -> None:
    assert Names(PAGES, lambda: [("docs/a/cup.mdx", link) for link in links]).on_site(target) == expected


def test_flags_are_numbers() -> None:
    schema = schema_of(CASES / "discord" / "pages")
    flags = next(one for one in schema.definitions if isinstance(one, Enum) and one.name == "Boat Flags")
    assert [value.value for value in flags.values] == [1, 8, 1 << 40]


def test_patterns_say_what_further_keys_hold() -> None:
    models = _by_title(schema_of(CASES / "oas" / "pages" / "v2"))
    assert isinstance(models["Kiosk"].fields[2].type, MapOf)
    assert isinstance(models["Shelf"].additional, Ref) and not models["Shelf"].fields


# Real pages

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


@pytest.mark.skipif(not CORPUS.exists(), reason="the pages are not there")
def test_tables_of_discord() -> None:
    """Every table of objects, parameters and values is read, and every other one is told with its reason."""
    made = build(Job(pages=(CORPUS / "discord",)), upto="schema")
    assert {one.code for one in made.found} <= {"FS035", "FS070", "FS071", "FS072", "FS103"}
    assert len(made.pages) == 20 and all(page.dialect == "discord" for page in made.pages)
    uses = [use for page in made.pages for use in page.uses if use.what == "table"]
    left = [use.reason for use in uses if use.reason]
    assert len(uses) == 156 and len(left) == 8
    assert all(reason.startswith("its columns, ") for reason in left)


@pytest.mark.skipif(not CORPUS.exists(), reason="the pages are not there")
def test_objects_of_the_openapi_specification() -> None:
    made = build(Job(pages=(CORPUS / "oas",)), upto="schema")
    assert made.schema is not None and {one.code for one in made.found} == {"FS071"}
    models = [one for one in made.schema.definitions if isinstance(one, Model)]
    required = [f"{one.name}.{field.name}" for one in models for field in one.fields if field.required]
    assert len(models) == len(made.schema.definitions) == 30 and sum(bool(one.fields) for one in models) == 27
    assert required == [
        "OpenAPI.openapi", "OpenAPI.info", "Info.title", "Info.version", "License.name", "Server.url",
        "Server Variable.default", "External Documentation.url", "Parameter.name", "Parameter.in",
        "Request Body.content", "Response.description", "Tag.name", "Reference.$ref", "Discriminator.propertyName",
        "Security Scheme.type",
    ]  # fmt: skip
