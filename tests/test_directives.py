"""Directives: comments on a page -> what is skipped, what is a model, who reads it; for every dialect, and never live
where text is text."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from fieldsmith.cli import cli
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading import markdown
from fieldsmith.reading.dialects import DIALECTS, dialects_with
from fieldsmith.reading.layout import Layout
from fieldsmith.reading.notations.plain import PLAIN
from fieldsmith.reading.pages import read_page
from fieldsmith.reading.records import PageRecords

HOUSE = "| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n| `id` | `string` | yes | |\n"
SPEAKEASY = HOUSE.replace("`string`", "*str*").replace("yes", ":heavy_check_mark:")
OPENAPI = "Name | Type | Description | Notes\n--- | --- | --- | ---\n**id** | **str** |  | \n"
USUAL = "| Name | Type |\n| --- | --- |\n| id | text |\n"
FIXED = "| Field Name | Type | Description |\n| --- | --- | --- |\n| id | `string` | **REQUIRED**. |\n"
SNOWFLAKES = "| Field | Type | Description |\n| --- | --- | --- |\n| id | ?snowflake | |\n"
PARAMETERS = SPEAKEASY.replace("Field ", "Parameter ")
PROTO = "| Field | Type | Label | Description |\n| ----- | ---- | ----- | ----------- |\n| id | [int64](#int64) | required |  |\n"
RESOURCE = "| Field | Description | Default | Validation |\n| --- | --- | --- | --- |\n| `id` _string_ | Its name. |  |  |\n"
INPUTS = "| Name | Description | Type | Default | Required |\n|------|-------------|------|---------|:--------:|\n"
INPUTS += "| <a name=\"input_id\"></a> [id](#input\\_id) | Its name | `string` | n/a | yes |\n"
OWN = Layout("own", {"key": "name", "kind": "type"}, {"model": ("## * object",)}, (PLAIN,))
KINDS = "| Key | Kind |\n| --- | --- |\n| id | text |\n"
FIXED_PAGE = f"#### Page Object\n\n##### Fixed Fields\n\n{FIXED}"
# Each dialect with a table that it reads, and with a page that is one of its own.
PAGES = {
    "fieldsmith": (HOUSE, f"# Page\n\nText.\n\n## Fields\n\n{HOUSE}"),
    "speakeasy": (SPEAKEASY, f"# Page\n\nText.\n\n\n## Fields\n\n{SPEAKEASY}"),
    "openapi_generator": (OPENAPI, f"# Page\n\nText.\n\n## Properties\n\n{OPENAPI}"),
    "protoc_gen_doc": (PROTO, f'## a.proto\n\n<a name="a-Page"></a>\n\n### Page\nText.\n\n{PROTO}'),
    "crd_ref_docs": (RESOURCE, f"## a.example.org/v1\n\n#### Page\n\nText.\n\n_Appears in:_\n- [Other](#other)\n\n{RESOURCE}"),
    "oas": (FIXED, f"#### Page Object\n\nText.\n\n##### Fixed Fields\n\n{FIXED}"),
    "discord": (SNOWFLAKES, f"### Guide\n\n###### Page Structure\n\nText.\n\n{SNOWFLAKES}"),
    "own": (KINDS, f"# A\n\n## Page object\n\nText.\n\n{KINDS}"),
    "plain": (USUAL, f"# Page\n\n<!-- fieldsmith: dialect plain -->\nText.\n\n{USUAL}"),
}


def read(page: str, named: bool = False, path: str = "page.md") -> tuple[PageRecords, list[str]]:
    diagnostics = Diagnostics()
    dialects = list(dialects_with((OWN,)).values())
    records = read_page(markdown.parse(path, page, diagnostics), dialects, named, diagnostics)
    return records, [f"{one.span.line} {one.code}" for one in diagnostics if one.code != "FS051"]


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and all that is printed."""
    done = CliRunner().invoke(cli, arguments, obj=arguments, standalone_mode=False)
    assert done.exception is None
    return done.return_value, done.output


def models(page: str) -> list[tuple[str, str, list[str]]]:
    records, wrong = read(page)
    assert not wrong
    return [(one.title, one.doc, [field.name for field in one.fields]) for one in records.definitions]


def left(page: PageRecords) -> list[str]:
    return [f"{use.span.line} {use.reason}" for use in page.uses if use.what == "table" and use.reason]


def test_every_dialect_is_tried() -> None:
    assert {*PAGES, "speakeasy_operations", "terraform_docs"} == {*DIALECTS, "own"}


def test_a_table_that_is_no_model() -> None:
    """The finding is about the directive, and not about headings that the page does not have; no definition comes of it."""
    words = "<!-- fieldsmith: model Box -->\n\n| Foo | Bar |\n| --- | --- |\n| a | b |\n"
    for page in (f"# Page\n\n{words}", words, f"<!-- fieldsmith: dialect oas -->\n\n{words}", f"{FIXED_PAGE}\n## More\n\n{words}"):
        records, wrong = read(page)
        assert [one.split()[1] for one in wrong] == ["FS054"]
        assert "Box" not in [one.title for one in records.definitions]
        assert len(left(records)) == 1
    assert read("# Page\n\n<!-- fieldsmith: model Box -->\n\nText.\n")[1] == ["3 FS054"]


def test_tables_of_terraform() -> None:
    """Their models have names that no page chooses; a directive does."""
    page = f"# Module\n\n## Inputs\n\n{INPUTS}"
    assert [one.title for one in read(page)[0].definitions] == ["Inputs"]
    for at in ("## Inputs", "| Name"):
        assert models(page.replace(at, f"<!-- fieldsmith: model Box -->\n{at}")) == [("Box", "", ["id"])]
        records, wrong = read(page.replace(at, f"<!-- fieldsmith: skip -->\n{at}"))
        assert not wrong and not records.definitions and left(records)[0].endswith("asks for that")


def test_pages_of_operations_have_no_models_but_all_else() -> None:
    page = f"# Pages\n\n## list\n\nText.\n\n### Parameters\n\n{PARAMETERS}"
    records, wrong = read(page.replace("## list", "<!-- fieldsmith: model Box -->\n## list"))
    assert wrong == ["3 FS054"] and [one.title for one in records.definitions] == ["PagesListRequest"]
    for at in ("## list", "| Parameter"):
        records, wrong = read(page.replace(at, f"<!-- fieldsmith: skip -->\n{at}"))
        assert not wrong and not records.definitions and left(records)[0].endswith("asks for that")


@pytest.mark.parametrize("dialect", PAGES)
def test_a_table_is_the_model_that_the_page_says(dialect: str) -> None:
    table = PAGES[dialect][0]
    page = f"# Guide\n\n## Some heading\n\n<!-- fieldsmith: model Box -->\n\nA box.\n\n{table}"
    records, _ = read(page)
    assert models(page) == [("Box", "A box.", ["id"])]
    others = {"fieldsmith": "plain", "discord": "plain", "protoc_gen_doc": "discord"}  # which read it as well
    assert records.dialect == others.get(dialect, dialect) and not left(records)


@pytest.mark.parametrize("dialect", PAGES)
@pytest.mark.parametrize("where", ["above the title", "above the section", "above the table"])
def test_a_model_of_the_dialect_gets_another_name(dialect: str, where: str) -> None:
    lines = PAGES[dialect][1].split("\n")
    table = next(at for at, line in enumerate(lines) if "|" in line)
    heads = [at for at, line in enumerate(lines) if line.startswith("#")][-2:]
    if dialect in ("own", "plain", "discord", "protoc_gen_doc", "crd_ref_docs"):
        heads = heads[-1:]
    at = {"above the title": heads[0], "above the section": heads[-1], "above the table": table}[where]
    page = "\n".join([*lines[:at], "<!-- fieldsmith: model Box -->", *lines[at:]])
    assert models(page) == [("Box", "Text.", ["id"])]


@pytest.mark.parametrize("dialect", PAGES)
def test_what_is_skipped_is_not_there(dialect: str) -> None:
    table, page = PAGES[dialect]
    assert models(page) == [("Page", "Text.", ["id"])]
    before, after = page.split("Text.\n")
    records, wrong = read(f"{before}<!-- fieldsmith: skip -->\n| Name | Text |\n| --- | --- |\n| a | b |\n\nText.\n{after}")
    assert not wrong and [one.doc for one in records.definitions] == ["Text."]
    assert len(left(records)) == 1 and left(records)[0].endswith("asks for that")
    records, wrong = read(f"<!-- fieldsmith: skip page -->\n{page}")
    assert not wrong and not records.definitions and records.skipped == "line 1 asks for that"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (f"<!-- fieldsmith: skip -->\n# A\n\n## Fields\n\n{HOUSE}\n# B\n\n## Fields\n\n{HOUSE}", ["B"]),
        (f"# A\n\n## Fields\n\n{HOUSE}\n<!-- fieldsmith: skip -->\n# B\n\n## Fields\n\n{HOUSE}\n# C\n\n## Fields\n\n{HOUSE}", ["A", "C"]),
        (f"# A\n\n<!-- fieldsmith: skip -->\n## Notes\n\n### Fields\n\n{USUAL}\n## Fields\n\n{HOUSE}", ["A"]),
        (f"<!-- fieldsmith: skip -->\n# A\n\n<!-- fieldsmith: model B -->\n## Fields\n\n{HOUSE}", []),
    ],
)
def test_skipping_ends_with_the_section(page: str, expected: list[str]) -> None:
    records, wrong = read(page.replace("\n\n## Fields", "\n\nx\n\n## Fields"))
    assert not [one for one in wrong if "FS054" not in one] and [one.title for one in records.definitions] == expected


@pytest.mark.parametrize("dialect", PAGES)
def test_every_other_table_is_listed(dialect: str) -> None:
    """Whoever reads the page: a table that is not read is told of, with its place and a reason, wherever it stands."""
    more = "| Carrier | Days |\n| --- | --- |\n| snail | 9 |\n"
    quoted = "".join(f"> {line}\n" for line in more.splitlines())
    listed = "- a\n\n" + "".join(f"  {line}\n" for line in more.splitlines())
    html = "<table>\n<tr><td>a</td></tr>\n</table>\n"
    page = f"{PAGES[dialect][1]}\n#### More notes\n\n{more}\n{quoted}\n{listed}\n{html}\n```\n{more}```\n"
    records, _ = read(page)
    lines = page.split("\n")
    places = {at + 1 for at, line in enumerate(lines) if ("Carrier" in line or "<table" in line) and lines[at - 1] != "```"}
    assert records.dialect == dialect and len(places) == 4
    reasons = {use.span.line: use.reason for use in records.uses if use.what == "table"}
    assert {line for line, reason in reasons.items() if reason} == places and len(reasons) == 5


def test_the_page_has_the_last_word_on_its_dialect() -> None:
    page = f"<!-- fieldsmith: dialect fieldsmith -->\n{PAGES['fieldsmith'][1]}"
    diagnostics = Diagnostics()
    known = list(DIALECTS.values())
    records = read_page(markdown.parse("a.md", page, diagnostics), known, False, diagnostics, chosen="speakeasy")
    assert (records.dialect, records.asked, list(diagnostics)) == ("fieldsmith", "as line 1 of the page asks for", [])


@pytest.mark.parametrize(
    "text",
    [
        "`<!-- fieldsmith: skip -->`",
        "a `` ` <!-- fieldsmith: skip --> `` b",
        "a ``<!-- fieldsmith: skip --> ` `` b",
        "```\n<!-- fieldsmith: skip -->\n```",
        "a\n\n    <!-- fieldsmith: skip -->",
        "| a |\n| --- |\n| <!-- fieldsmith: skip --> |",
        "<!-- Generated by fieldsmith: skip -->",
        "<!-- fieldsmith skips nothing here -->",
        "<!-- Fieldsmith reads this page -->",
        "<!-- fieldsmith off-by-one -->",
        "<!-- see fieldsmith: skip -->",
        "fieldsmith: skip",
        "&lt;!-- fieldsmith: skip -->",
    ],
)
def test_text_is_text(text: str) -> None:
    for page in (f"# Page\n\n{text}\n\n## Fields\n\n{HOUSE}", f"# Page\n\n{text}\n\n{USUAL}"):
        assert not markdown.parse("a.md", page, Diagnostics()).directives
    assert models(f"# Page\n\n{text}\n\n## Fields\n\n{HOUSE}")[0][1] == text.replace("&lt;", "<")


@pytest.mark.parametrize(
    "text",
    [
        "<!-- fieldsmith: skip -->",
        "<!--fieldsmith:skip-->",
        "<!--\n\tfieldsmith: skip\n-->",
        "{/* fieldsmith: skip */}",
        "text <!-- fieldsmith: skip --> text",
        "\\`<!-- fieldsmith: skip -->\\`",
        "<!-- fieldsmith: off FS001 --><!-- fieldsmith: skip -->",
        "<div>\n<!-- fieldsmith: skip -->\n</div>",
    ],
)
def test_directives_leave_no_trace(text: str) -> None:
    page = f"# Page\n\n{text}\n\n| A |\n| --- |\n| b |\n\n## Fields\n\n{HOUSE}"
    document = markdown.parse("a.md", page, Diagnostics())
    assert [one.verb for one in document.directives] == ["skip"] and "fieldsmith" not in "".join(document.lines)
    assert len(document.lines) == page.count("\n") + 1
    assert not wrong_in(page) and "fieldsmith" not in models(page)[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "<!-- fieldsmith skip -->",
        "<!--FIELDSMITH MODEL Parcel-->",
        "<!-- Fieldsmith: skip -->",
        "<!-- fieldsmith : skip -->",
        "{/* Fieldsmith dialect plain */}",
        "<!--\nfieldsmith\noff FS001\n-->",
    ],
)
def test_what_begins_like_a_directive_is_told(text: str) -> None:
    page = f"# Page\n\n{text}\n\n## Fields\n\n{HOUSE}"
    document = markdown.parse("a.md", page, Diagnostics())
    assert not document.directives and "ieldsmith" not in "".join(document.lines)
    assert wrong_in(page) == ["3 FS052"]
    assert wrong_in(f"# Page\n\n- {text.replace(chr(10), ' ')}\n\n## Fields\n\n{HOUSE}") == ["3 FS053"]


@pytest.mark.parametrize("first, second", [("skip", "model Parcel"), ("model Parcel", "skip")])
def test_what_is_skipped_is_no_model(first: str, second: str) -> None:
    asked = f"<!-- fieldsmith: {first} -->\n\n<!-- fieldsmith: {second} -->\n\n"
    for skipped in (USUAL, f"## Old\n\n{USUAL}"):
        page, wrong = read(f"# Page\n\n{asked}{skipped}\n## Fields\n\n{HOUSE}")
        assert [one.title for one in page.definitions] == ["Page"]
        assert wrong == [f"{5 if second[0] == 'm' else 3} FS054"]


def test_models_inside_of_what_is_skipped_are_skipped() -> None:
    within = f"<!-- fieldsmith: model Old -->\n\n{USUAL}\n<!-- fieldsmith: model New -->\n\n"
    page, wrong = read(f"# Page\n\n<!-- fieldsmith: skip -->\n\n## Gone\n\n{within}## Kept\n\n{USUAL}")
    assert [one.title for one in page.definitions] == ["New"] and not wrong


def wrong_in(page: str) -> list[str]:
    return read(page)[1]


@pytest.mark.parametrize("name", ["../../up", "a/b", "C:\\x", "os.system('x')", "__init__", "{{ 7*7 }}", "x" * 5000, "\u202ex"])
def test_a_name_is_a_title_like_any_other(name: str, tmp_path: Path) -> None:
    """It goes nowhere but through the guards of titles: an identifier is made of it, or it is asked for."""
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "page.md").write_text(f"# A\n\n<!-- fieldsmith: model {name} -->\n{USUAL}", "utf-8")
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    code, output = run("generate", str(tmp_path / "spec"), "-o", str(tmp_path / "out"), "--jobs", "1")
    written = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert all(path.is_relative_to(tmp_path / "out") for path in written)
    if code:
        assert not written and code == 2 and "page.md:3:1: error[FS" in output
    else:
        assert all(path.suffix in (".py", ".md", ".json", ".typed") or ".fieldsmith" in str(path) for path in written)


def test_a_page_brings_no_code_along(tmp_path: Path) -> None:
    (tmp_path / "evil.py").write_text("raise SystemExit(99)\n", "utf-8")
    for name in ("evil.py", "./evil.py", "evil", "evil:DIALECT", str(tmp_path / "evil.py")):
        (tmp_path / "page.md").write_text(f"<!-- fieldsmith: dialect {name} -->\n# A\n\n## Fields\n\n{HOUSE}", "utf-8")
        code, output = run("lint", str(tmp_path / "page.md"))
        assert code == 1 and "FS055" in output


def test_written_docs_are_plain(tmp_path: Path) -> None:
    pages = tmp_path / "spec"
    pages.mkdir()
    for number, (name, (table, page)) in enumerate(PAGES.items()):
        if name != "own":
            text = f"{page.replace('# Page', f'# Page{number}')}\n<!-- fieldsmith: model Box{number} -->\n# Box\n\n<!-- fieldsmith: off FS051 -->\n\n{table}"
            (pages / f"{name}.md").write_text(text, "utf-8")
    code, output = run("generate", str(pages), "-o", str(tmp_path / "out"), "--jobs", "1")
    written = "".join(path.read_text("utf-8") for path in sorted((tmp_path / "out" / "docs").glob("*.md")))
    assert code == 0, output
    assert "# Box2\n" in written and "fieldsmith:" not in written and "<!--" not in written


def test_explain_says_who_asked(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(PAGES["plain"][1], "utf-8")
    assert "dialect   as line 3 of the page asks for\n" in run("explain", "Page", str(tmp_path / "page.md"))[1]
