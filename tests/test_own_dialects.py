"""Dialects of one's own: tables of settings -> how pages are read, every mistake in either a finding."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from click.testing import CliRunner

from fieldsmith.cli import cli
from fieldsmith.config import from_text, load
from fieldsmith.diagnostics import NOWHERE, Diagnostics
from fieldsmith.flags import Flags
from fieldsmith.jobs import Known
from fieldsmith.reading import markdown
from fieldsmith.reading.dialects import DIALECTS, dialects_with
from fieldsmith.reading.layout import Layout, as_read, match_heading
from fieldsmith.reading.names import Names
from fieldsmith.reading.notations import NOTATIONS
from fieldsmith.reading.pages import read_page
from fieldsmith.reading.records import Cell, DefinitionRecord, PageRecords
from fieldsmith.reading.resolve import resolve
from fieldsmith.reading.typereading import TypeReader
from fieldsmith.schema import Alias, Enum, Model
from fieldsmith.writing.plans import ALL_TARGETS
from spelling import spell

KNOWN = Known(tuple(DIALECTS), tuple(NOTATIONS), ALL_TARGETS)


def described(text: str) -> tuple[tuple[Layout, ...], list[str]]:
    diagnostics = Diagnostics()
    settings = "[tool.fieldsmith.dialects.own]\n" + text
    (job,) = from_text("pyproject.toml", settings, Path(), KNOWN, diagnostics)
    return job.dialects, [f"{one.span.line} {one.code} {one.message}" for one in diagnostics]


def read(text: str, page: str, named: bool = False) -> tuple[PageRecords, list[str]]:
    """A page as the dialects read it, of which one is described by `text`; and the findings."""
    layouts, wrong = described(text)
    assert not wrong
    diagnostics = Diagnostics()
    dialects = list(dialects_with(layouts).values())
    records = read_page(markdown.parse("page.md", page, diagnostics), dialects, named, diagnostics)
    return records, [f"{one.span.line} {one.code}" for one in diagnostics]


def only(page: PageRecords) -> DefinitionRecord:
    (record,) = page.definitions
    return record


def table(header: str, *rows: str) -> str:
    return "\n".join((header, "|".join(["---"] * (header.count("|") + 1)), *rows)) + "\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('model = "*"', "2 FS302 unknown setting `model`"),
        ('models = "## * and *"', "2 FS304 `models`: '## * and *' is no heading"),
        ('models = "##"', "2 FS304 `models`: '##' is no heading"),
        ('titles = "# *"', "1 FS304 dialect 'own' names no heading that opens a definition"),
        ('models = "*"\nnotation = "klingon"', "3 FS304 `notation`: 'klingon' is not one of"),
        (
            'models = "*"\ncolumns = "Name"',
            '3 FS303 `columns` must be a table such as `{ name = "..." }`, not a text',
        ),
        (
            'models = "*"\nrequired = "must"',
            '3 FS303 `required` must be a table such as `{ phrase = "..." }`, not a text',
        ),
        (
            'models = "*"\ncolumns = { name = ["A", "a"] }',
            "3 FS304 `name`: a column 'a' stands there twice",
        ),
        ('models = "*"\ncolumns = { names = "Name" }', "3 FS302 unknown setting `names`"),
        ('models = "*"\ncolumns = { name = "A", type = "a" }', "3 FS304 `type`: a column 'a' has another role already"),
        ('models = "*"\nrequired = { word = "yes" }', "3 FS302 unknown setting `word`"),
        ('models = "*"\nrequired = { phrase = "" }', "3 FS304 `phrase` is empty"),
        ('models = "*"\ntypes = { text = "strin" }', "3 FS304 `text`: 'strin' is not one of"),
        ('models = "*"\ntypes = { text = 1 }', "3 FS303 `text` must be a text, not a number"),
        ('models = "*"\ntypes = { "a § b" = "string" }', "3 FS304 'a § b' is no word for a type"),
    ],
)
def test_mistakes_in_the_settings(text: str, expected: str) -> None:
    found = described(text)[1]
    assert any(each.startswith(expected) for each in found), found


def test_names_of_dialects_are_taken_once() -> None:
    for name in ("speakeasy", "own"):
        text = '[tool.fieldsmith.dialects.own]\nmodels = "*"\n[[tool.fieldsmith.jobs]]\nname = "a"\n'
        text += f'[tool.fieldsmith.jobs.dialects.{name}]\nmodels = "*"\n'
        diagnostics = Diagnostics()
        from_text("pyproject.toml", text, Path(), KNOWN, diagnostics)
        assert [one.message for one in diagnostics] == [f"a dialect {name!r} is there already"]


@pytest.mark.parametrize(
    ("pattern", "level", "text", "expected"),
    [
        ("*", 3, "Parcel", "Parcel"),
        ("## *", 2, "Parcel", "Parcel"),
        ("## *", 3, "Parcel", None),
        ("* object", 2, "Parcel Object", "Parcel"),
        ("* object", 2, "object", None),
        ("The * table", 2, "the Parcel TABLE", "Parcel"),
        ("Properties", 2, "properties", ""),
        ("Properties", 2, "Property", None),
        ("### Properties", 2, "Properties", None),
    ],
)
def test_headings(pattern: str, level: int, text: str, expected: str | None) -> None:
    assert match_heading(pattern, level, text) == expected


@pytest.mark.parametrize(
    ("marks", "header", "row", "expected"),
    [
        ("", "Name|Type|Required", "a|text|yes", "required"),
        ("", "Name|Type|Required", "a|text|YES", "required"),
        ("", "Name|Type|Required", "a|text|`no`", "optional"),
        ("", "Name|Type|Required", "a|text|", "optional"),
        ("", "Name|Type|Required", "a|text|maybe", "optional 6 FS031"),
        ("", "Name|Type|Required|Nullable", "a|text|yes|yes", "required nullable"),
        ("", "Name|Type|Required|Nullable", "a|text|yes|no", "required"),
        ("", "Name|Type|Required|Deprecated", "a|text|no|yes", "optional deprecated"),
        ("", "Name|Type", "a|text", "optional 4 FS051"),
        ("required = {words='must'}", "Name|Type|Required", "a|text|must", "required"),
        ("required = {words='must'}", "Name|Type|Required", "a|text|", "optional"),
        ("required = {words='must'}", "Name|Type", "a|text", "optional 4 FS051"),
        ("required = {name_suffix='*'}", "Name|Type", "a*|text", "required"),
        ("required = {name_suffix='*'}", "Name|Type", "`a*`|text", "required"),
        ("required = {name_suffix='*'}", "Name|Type", "**a***|text", "required"),
        ("required = {name_suffix='*'}", "Name|Type", "a|text", "optional"),
        ("required = {name_prefix='$'}", "Name|Type", "$ a|text", "required"),
        ("optional = {name_suffix='?'}", "Name|Type", "[a?](x.md)|text", "optional"),
        ("optional = {name_suffix='?'}", "Name|Type", "a|text", "required"),
        ("optional = {type_suffix='?'}", "Name|Type", "a|`text?`", "optional"),
        ("optional = {type_suffix=' (optional)'}", "Name|Type", "a|text (OPTIONAL)", "optional"),
        ("optional = {type_prefix='?'}\nnullable = {type_prefix='!'}", "Name|Type", "a|?!text", "optional nullable"),
        ("required = {phrase='required'}", "Name|Type|Description", "a|text|**REQUIRED**. Words", "required"),
        ("required = {phrase='required'}", "Name|Type|Description", "a|text|Required: Words", "required"),
        ("required = {phrase='required'}", "Name|Type|Description", "a|text|Requiredness: Words", "optional"),
        ("required = {phrase='required'}", "Name|Type|Description", "a|text|It is required", "optional"),
        (
            "required = {phrase='!'}\noptional = {phrase='?'}",
            "Name|Type|Description",
            "a|text|Words",
            "optional 6 FS031",
        ),
        (
            "deprecated = {phrase='old'}",
            "Name|Type|Required|Description",
            "a|text|yes|(Old) Words",
            "required deprecated",
        ),
        ("", "Name|Type|Required", "~~a~~|text|yes", "required deprecated"),
        ("required = {phrase='required'}", "Name|Type|Description", "a|text|**Required if** b is there", "optional"),
        ("required = {phrase='required'}", "Name|Type|Description", "a|text|**Required** when b is there", "optional"),
        ("required = {phrase='**required**'}", "Name|Type|Description", "a|text|**required** if b", "optional"),
        ("required = {phrase='**required**'}", "Name|Type|Description", "a|text|**Required** words", "required"),
        ("required = {phrase='**required**'}", "Name|Type|Description", "a|text|required words", "optional"),
        ("required = {phrase='`required`'}", "Name|Type|Description", "a|text|(`required` unless b)", "optional"),
        ("required = {phrase='must'}\noptional = {name_suffix='?'}", "Name|Type|Description", "a?|text|Must. B", "required 6 FS031"),
        ("repeated = {words='many'}", "Name|Type|Required", "a|text|many", "optional repeated 6 FS031"),
        ("optional = {words=['many', '']}\nrepeated = {words='many'}", "Name|Type|Required", "a|text|many", "optional repeated"),
        ("repeated = {type_suffix='(s)'}", "Name|Type|Required", "a|text(s)|yes", "required repeated"),
        ("repeated = {name_suffix='[]'}", "Name|Type|Required", "`a[]`|text|no", "optional repeated"),
    ],
)
def test_marks(marks: str, header: str, row: str, expected: str) -> None:
    page, found = read(f'models = "*"\n{marks}', "# Parcel\n\n\n" + table(header, row))
    (field,) = only(page).fields
    assert (field.name, field.type.text.strip("`")) == ("a", "text")
    said = ["required" if field.required else "optional"]
    said += ["nullable"] * field.nullable + ["deprecated"] * (field.deprecation is not None)
    said += ["repeated"] * field.repeated
    assert " ".join([*said, *found]) == expected


def test_a_mark_that_is_not_known_is_told_as_it_stands() -> None:
    diagnostics = Diagnostics()
    document = markdown.parse("page.md", "# P\n\n" + table("Name|Type|Required", "a|text|Sometimes"), diagnostics)
    read_page(document, list(dialects_with(described('models = "*"')[0]).values()), False, diagnostics)
    assert [one.message for one in diagnostics] == ["required mark 'Sometimes' is not known"]


def test_phrases_are_no_text() -> None:
    marks = "models = '*'\nrequired = {phrase='required'}\ndeprecated = {phrase='deprecated'}"
    rows = table(
        "Name|Type|Description", "a|text|**Required.** `b` or c", "b|text|(deprecated) - Words", "c|text|Required",
        "d|text|(required, at most 3) Words", "e|text|Required if a is there", "f|text|[required] Words",
    )  # fmt: skip
    page, _ = read(marks, f"# Parcel\n\n{rows}")
    texts = ["`b` or c", "Words", "", "(required, at most 3) Words", "Required if a is there", "Words"]
    assert [field.doc for field in only(page).fields] == texts
    assert [field.required for field in only(page).fields] == [True, False, True, True, False, True]


def test_words_for_types_may_hold_marks() -> None:
    words = 'models = "*"\ntypes = { "Float (64)" = "number", "int-64" = "integer", "free text" = "string" }'
    layouts, _ = described(words)
    for text, meant in (("float (64)", "number"), ("INT-64", "integer"), ("list of free text", "string")):
        diagnostics = Diagnostics()
        found = TypeReader(layouts[0].notations[0], Names(()), diagnostics, frozenset()).read(Cell(text, NOWHERE), "a.md", "cell")
        assert not list(diagnostics) and meant in repr(found.type)


def test_places_are_those_of_what_is_read() -> None:
    page, _ = read('models = "*"\nnullable = {type_prefix="? "}', "# P\n\n" + table("|Name|Type", "| a | ? `x` |"))
    cell = only(page).fields[0].type
    assert (cell.text, cell.span.line, cell.span.column) == ("`x`", 5, 9)


def test_columns_by_words_in_any_case() -> None:
    columns = 'columns = { name = ["Feld", "Schlüssel"], type = "Typ", description = "Bedeutung", default = "Sonst" }'
    rows = table("**Typ** | `SCHLÜSSEL` | Sonst | Bedeutung | Farbe", "text | a | 1 | Worte | rot")
    page, found = read(f'models = "*"\n{columns}\noptional = {{ name_suffix = "?" }}', f"# Paket\n\n{rows}")
    (field,) = only(page).fields
    assert (field.name, field.type.text, field.default, field.doc) == ("a", "text", "1", "Worte")
    assert found == ["3 FS028"]


def test_sections_belong_to_the_title_above_them() -> None:
    text = 'models = ["Properties", "More Properties"]\ntitles = "# The *"\noptional = { name_suffix = "?" }'
    rows = table("Name|Type", "a|text")
    other = table("Name|Type", "b|text", "a|text")
    page, found = read(
        text,
        f"# The Parcel\n\nIts text.\n\n## Usage\n\nNo text of it.\n\n## Properties\n\n{rows}\n## More properties\n\n{other}"
        f"\n# Notes\n\n## Properties\n\n{rows}",
    )
    record = only(page)
    assert (record.title, record.doc, [field.name for field in record.fields]) == ("Parcel", "Its text.", ["a", "b"])
    assert found == ["20 FS033", "24 FS021"]


def test_a_section_without_its_table() -> None:
    page, found = read('models = "Properties"', "# Parcel\n\n## Properties\n\nWords\n\n| a | text |\n", named=True)
    assert (page.skipped, found[-1]) == ("it has no section that a dialect knows", "1 FS020")
    more = table("Name|Type|Required", "a|text|yes")
    page, found = read(
        'models = "Properties"', f"# A\n\n## Properties\n\nWords\n\n# B\n\n## Properties\n\n{more}\n| b | text |\n"
    )
    assert (page.dialect, found) == ("own", ["3 FS025", "15 FS034"])


def test_only_tables_that_fit_are_read() -> None:
    fits = table("Name|Type|Required", "a|text|yes")
    text = f"# Guide\n\n{fits}\n## Parcel object\n\n{table('Size|Price', '1|2')}\n{fits}\n## Prices\n\n{fits}"
    page, found = read('models = "## * object"', text)
    assert (only(page).title, found) == ("Parcel", ["3 FS056", "19 FS056"])
    assert [use.reason for use in page.uses if use.what == "table"] == [
        "the heading above it, 'Guide', opens no definition of its kind",
        "it has no column for name and type",
        "",
        "the heading above it, 'Prices', opens no definition of its kind",
    ]


def test_the_columns_of_no_definition_are_quoted_and_shortened() -> None:
    fits = table("Name|Type|Required", "a|text|yes")
    header = "**Size**|[Price](p.md)|\u202e\x1b[31m" + "|Colour" * 40
    text = f"# Parcel object\n\n{fits}\n## Else\n\n{table(header, '|'.join('x' * 43))}"
    page, _ = read('models = "# * object"', text)
    (reason,) = (use.reason for use in page.uses if use.reason)
    shown = r"'Size | Price | \u202e\x1b[31m" + " | Colour" * 4
    assert reason.startswith(f"its columns, {shown}") and reason.endswith("...', are those of no definition")


SHOP = 'models = "## The * record"\ncolumns = { name = "attribute", type = "kind", description = "notes" }\noptional = { name_suffix = "?" }'
READ = "## The A record\n\n" + table("Attribute|Kind", "a|text") + "\n"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("## The B record\n\n" + table("Atribute|Kind", "a|text"), "9 FS056 'Atribute': did you mean `attribute`?"),
        ("## The B record\n\n" + table("Size|Price", "1|2"), "9 FS056 None"),
        ("## The B record\n\nWords.\n\n### Notes\n\nWords.\n", "7 FS056 put its table below the heading, or skip it"),
        ("## The B recrd\n\n" + table("Attribute|Kind", "a|text"), "9 FS056 None"),
        ("## The B record\n\n### More\n\n" + table("Attribute|Kind", "a|text"), "11 FS056 None"),
        ("## The B record\n\n```\n{}\n```\n", ""),
        ("## Prices\n\n" + table("Atribute|Kind", "a|text"), ""),
        (table("Size|Price", "1|2"), ""),
        (table("Atribute|Kind", "a|text"), "7 FS056 'Atribute': did you mean `attribute`?"),
        ("<!-- fieldsmith: skip -->\n\n## The B record\n\n" + table("Atribute|Kind", "a|text"), ""),
        ("<!-- fieldsmith: model B -->\n\n## B\n\n" + table("Attribute|Kind", "a|text"), ""),
    ],
)
def test_what_is_not_read_is_told(more: str, expected: str) -> None:
    """On a page that a dialect claims; of a heading above and a header, one that fits is enough for a finding."""
    layouts, _ = described(SHOP)
    diagnostics = Diagnostics()
    document = markdown.parse("page.md", READ + more, diagnostics)
    page = read_page(document, list(dialects_with(layouts).values()), False, diagnostics)
    assert page.dialect == "own"
    assert " ".join(f"{one.span.line} {one.code} {one.help}" for one in diagnostics) == expected


def test_a_bare_star_is_no_sign_of_a_definition() -> None:
    rows = table("Name|Type|Required", "a|text|yes")
    for header, expected in (("Size|Price", []), ("Nmae|Type", ["9 FS056"]), ("Item|Type", [])):
        assert read('models = "*"', f"# P\n\n{rows}\n# Q\n\n{table(header, '1|2')}")[1] == expected


def test_sections_say_which_column_their_table_lacks() -> None:
    rows = table("Name|Type|Required", "a|text|yes")
    layouts, _ = described('models = "Properties"')
    diagnostics = Diagnostics()
    text = f"# A\n\n## Properties\n\n{rows}\n# B\n\n## Properties\n\n{table('Nmae|Kind', 'a|text')}"
    read_page(markdown.parse("page.md", text, diagnostics), list(dialects_with(layouts).values()), False, diagnostics)
    expected = "the table below it has no column for name and type; 'Nmae': did you mean `name`?"
    assert [(one.code, one.help) for one in diagnostics] == [("FS025", expected)]


def test_the_reason_of_a_table_is_that_of_its_heading() -> None:
    """Whatever other kinds of definitions a dialect has."""
    text = 'models = "* object"\nunions = "* choice"\nenums = "* values"'
    page, found = read(
        text,
        f"# P\n\n## A object\n\n{table('Name|Type|Required', 'a|text|yes')}\n## B object\n\n{table('Title|Type', 'a|text')}"
        f"\n## C choice\n\n{table('Name|Size', 'a|1')}\n## Else\n\n{table('Value|Notes', 'a|1')}",
    )
    assert found == ["11 FS056", "17 FS056"]
    assert [use.reason for use in page.uses if use.what == "table"] == [
        "",
        "it has no column for name",
        "it has no column for type",
        "the heading above it, 'Else', opens no definition of its kind",
    ]


@pytest.mark.parametrize(
    ("page", "values"),
    [
        ("# A codes\n\n\n| Value |\n| --- |\n| ok |\n| ~~b~~ |\n", ["ok", "b"]),
        ("# A codes\n\n\n| Value |\n| --- |\n| ok |\n| ~~`b`~~ |\n", ["ok", "b"]),
        ("# A codes\n\n\n| Value |\n| --- |\n| ok |\n| `~~b~~` |\n", ["ok", "~~b~~"]),
        ("# A\n\n\n## Values\n\n| Name | Value |\n| --- | --- |\n| `B` | b |\n| ~~`C`~~ | c |\n", ["b", "c"]),
        ("# A\n\n\n## Values\n\n| Name | Value |\n| --- | --- |\n| `B` | b |\n| `C` | ~~c~~ |\n", ["b", "c"]),
        ("# A\n\n## Values\n\n| Name | Value | Description |\n| --- | --- | --- |\n| ~~`C`~~ | ~~`1`~~ | |\n", ["1"]),
    ],
)
def test_that_a_value_is_struck_is_told(page: str, values: list[str]) -> None:
    records, found = read("enums = '# * codes'", page)
    assert [each.value.text for each in only(records).values] == values
    assert found == ([] if "`~~b~~`" in page else [f"{page.count(chr(10))} FS035"])


def test_a_value_that_stands_twice() -> None:
    page, found = read("enums = '* codes'", f"# A codes\n\n{table('Value|Description', 'a|', 'b|', 'a|')}")
    assert [each.value.text for each in only(page).values] == ["a", "b"] and found == ["7 FS041"]
    page, found = read("enums = '* codes'", "# A codes\n\n- `a`\n- `a`\n")
    assert len(only(page).values) == 1 and found == ["4 FS041"]


@pytest.mark.parametrize("settings", ['enums = "## *"\nunions = "## * kinds"', 'models = "*"\nunions = "* kinds"'])
def test_the_narrower_of_two_headings_counts(settings: str) -> None:
    page, found = read(settings, "# P\n\n## Pet kinds\n\n- `text`\n- `int`\n")
    assert (only(page).title, only(page).kind) == ("Pet", "union") and not found


def test_code_spans_in_headings_do_not_matter() -> None:
    rows = table("Name|Type|Required", "a|text|yes")
    for pattern in ("## The `*` record", "## The * record", "`## The * record`"):
        for heading in ("## The `Ok` record", "## The Ok record"):
            page, found = read(f"models = '{pattern}'", f"# P\n\n{heading}\n\n{rows}")
            assert only(page).title == "Ok" and not found


def test_two_columns_for_one_role_are_told_apart_from_one_twice() -> None:
    layouts, _ = described("models = '# *'\ncolumns = { type = ['kind', 'notes'] }")
    diagnostics = Diagnostics()
    text = f"# A\n\n{table('Name|Kind|Notes|Kind|Required', 'a|text||text|yes')}"
    read_page(markdown.parse("page.md", text, diagnostics), list(dialects_with(layouts).values()), False, diagnostics)
    assert [f"{one.code} {one.message}" for one in diagnostics] == [
        "FS027 column 'Notes' is for what column 'Kind' holds already",
        "FS027 column 'Kind' is there twice",
    ]


def test_enums_and_unions() -> None:
    text = (
        'models = "* object"\nenums = "* values"\nunions = ["* is one of", "* choice"]\nrequired = {name_suffix = "!"}'
    )
    page, found = read(
        text,
        "# Guide\n\n## State values\n\n- `open` at first\n- `shut`\n\n## Size values\n\n"
        + table("Name|Value|Description", "Small|`1`|Words", "Big|`2`|")
        + "\n## Any is one of\n\n- [A](#a-object)\n- text\n\n## Other choice\n\n"
        + table("Type|Description", "[A](#a-object)|Words", "whole|")
        + "\n## A object\n\n"
        + table("Name|Type", "state!|[the state](#state-values)"),
    )
    assert (page.dialect, found) == ("own", ["22 FS028"])  # a union's members have no descriptions
    diagnostics = Diagnostics()
    layouts, _ = described(text + '\ntypes = { whole = "integer" }')
    schema = resolve([page], None, "as-said", diagnostics, dialects_with(layouts))
    state, size, either, other, model = schema.definitions
    assert isinstance(state, Enum) and [(value.value, value.doc) for value in state.values] == [("open", "at first"), ("shut", "")]
    assert isinstance(size, Enum) and [(value.name, value.value, value.doc) for value in size.values] == [
        ("Small", 1, "Words"),
        ("Big", 2, ""),
    ]
    assert isinstance(either, Alias) and spell(either.type) == "(@page.md#A | string)"
    assert isinstance(other, Alias) and spell(other.type) == "(@page.md#A | integer)"
    assert isinstance(model, Model) and spell(model.fields[0].type) == "@page.md#State"
    assert [one.code for one in diagnostics] == ["FS110"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Free Text", "string"),
        ("list of free text", "list<string>"),
        ("bag<amount>", "list<decimal>"),
        ("amount[]", "list<decimal>"),
        ("free amount", "any FS100"),
        ("free", "any FS101"),
    ],
)
def test_words_for_types(cell: str, expected: str) -> None:
    text = 'models = "*"\ntypes = { "Free text" = "string", amount = "decimal", Bag = "list" }'
    layouts, _ = described(text)
    page, _ = read(text, "# P\n\n" + table("Name|Type|Required", f"a|{cell}|yes"))
    diagnostics = Diagnostics()
    (model,) = resolve([page], None, "as-said", diagnostics, dialects_with(layouts)).definitions
    assert isinstance(model, Model)
    assert " ".join([spell(model.fields[0].type), *(one.code for one in diagnostics)]) == expected


def test_ragged_rows_are_findings() -> None:
    rows = table("Name|Type|Required", "a|text", "b|text|yes|more")
    page, found = read('models = "*"', f"# P\n\n{rows}")
    assert [(field.name, field.required) for field in only(page).fields] == [("a", False), ("b", True)]
    assert found == ["5 FS029", "6 FS030"]


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("Name|Type|Required|Default|Description", "a|text|yes|5|Words|more", ("text", True, None, "")),
        ("Name|Type|Required|Default|Description", "a|text|yes|Words", ("", False, None, "")),  # `yes` may be a default
        ("Name|Type|Required|Description|Default", "a|text|yes|Words", ("text", True, None, "")),
        ("Name|Type|Required|Description|Default", "a|text|yes|One|two|5", ("text", True, None, "One")),
        ("Name|Type|Required|Nullable|Description", "a|text|no|Words", ("", False, None, "")),
        ("Name|Type|Nullable|Required", "a|text|null|yes|no", ("", False, None, "")),
        ("Name|Type|Nullable|Required", "a|yes|no", ("", False, None, "")),
        ("Name|Required|Type|Description", "a|yes|text|One|two", ("", True, None, "")),
        ("Name|Type|Colour|Required", "a|text|null|yes|red", ("", False, None, "")),
        ("Required|Name|Type", "yes|a", ("", True, None, "")),
        ("Name|Type|Required|Description", "a|text|yes", ("text", True, None, "")),
    ],
)
def test_what_may_be_of_another_column_is_left_out(
    header: str, row: str, expected: tuple[str, bool, str | None, str]
) -> None:
    page, found = read('models = "*"', f"# P\n\n{table(header, row)}")
    (field,) = only(page).fields
    assert (field.name, field.type.text, field.required, field.default, field.doc) == ("a", *expected)
    assert [one for one in found if "FS028" not in one] == [f"5 FS0{29 if row.count('|') < header.count('|') else 30}"]


def test_a_ragged_row_is_not_required_for_want_of_a_mark() -> None:
    rows = table("Name|Type|Description", "a|text", "b|text|One|two", "c|text|Words")
    page, _ = read('models = "*"\noptional = { type_suffix = "?" }', f"# P\n\n{rows}")
    assert [field.required for field in only(page).fields] == [False, False, True]


def test_pages_of_no_dialect() -> None:
    rows = table("Name|Type|Required", "a|text|yes")
    page, found = read('models = "## * object"', f"# P\n\n{rows}")
    assert (page.dialect, page.definitions, found) == (None, (), ["3 FS050"])
    assert [use.reason for use in page.uses] == [page.skipped] and page.skipped
    for header in ("Size|Price", "Type|Price"):
        page, found = read('models = "## * object"', "# P\n\n" + table(header, "1|2"))
        assert (page.dialect, found) == (None, [])
    operations = "# P\n\n## get\n\n" + table("Parameter|Type|Required|Description", "a|b|c|d")
    page, found = read('models = "## * object"', operations)
    assert (page.dialect, page.definitions, found) == (None, (), ["5 FS050"])


def test_a_page_that_lacks_a_column_is_told_so() -> None:
    """Whoever describes a dialect learns why a page is none of it, whatever words its tables have."""
    rows = table("Option|Kind|Presence", "a|text|must")
    text = 'models = "## * options"\ncolumns = { name = "Option" }'
    page, found = read(text, f"# P\n\n## Box options\n\n{rows}")
    assert (page.dialect, found) == (None, ["5 FS050"])
    assert page.skipped == "'Box options' opens a definition of the dialect own, but the table below it has no column for type"
    assert read(text, f"# P\n\n## Box options\n\n{rows}", named=True)[1] == ["5 FS020"]
    for other in (f"# P\n\n## Boxes\n\n{rows}", "# P\n\n## Box options\n\nNone yet.\n"):
        page, found = read(text, other)
        assert (found, page.skipped) == ([], "it has no section that a dialect knows")
    page, found = read(f"{text}\nenums = '## * options'", f"# P\n\n## Box options\n\n{rows}")
    assert page.skipped.endswith("has no column for type")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (f"# P\n\n### Available Operations\n\n* [get](#get)\n\n## get\n\n### {heading}\n\n" + table(header, row), "11 FS050")
        for heading, header, row in (
            ("Params", "Parameter|Type|Required|Description", "a|b|:heavy_check_mark:|c"),
            ("Parameters", "Param|Type|Required|Description", "a|b|:heavy_check_mark:|c"),
        )
    ]
    + [
        ('# P\n\n<a name="p"></a>\n\n### P\n\n' + table("|Feld|Type|Label|Description", "a|b||") + "\n" + table("| .proto Type | Notes", "| a |"), "7 FS050"),
        ("# P\n\n#### Box\n\n_Appears in:_\n- Office\n\n" + table("Feld|Description|Default|Validation", "`a` _integer_|||"), "8 FS050"),
        ("#### Box Object\n\n##### Fixd Fields\n\n" + table("Field Name|Type|Description", "a|b|c"), "5 FS050"),
        ("# Box\n\n## Property\n\n" + table("Name|Type|Description|Notes", "a|b|c|"), "5 FS050"),
        ("# P\n\n" + table("Feld|Type|Label|Description", "a|b||"), ""),
        ("# Retries\n\n## BackoffStrategy\n\n" + table("Name|Type", "a|b"), "5 FS050"),
    ],
)  # fmt: skip
def test_a_page_of_which_nothing_is_read_is_told(page: str, expected: str) -> None:
    """Where it has a table of names and types, or one that is a letter away from that of a dialect."""
    records, found = read('models = "## * object"', page)
    assert (records.definitions, " ".join(found)) == ((), expected)


def test_a_dialect_that_reads_nothing_says_so() -> None:
    rows = table("Name|Type|Required", "a|text|yes")
    for dialect in ("own", "speakeasy", "fieldsmith", "oas"):
        directive = f"<!-- fieldsmith: dialect {dialect} -->\n\n"
        records, found = read('models = "## * object"', f"{directive}# P\n\n## Box\n\n{table('Size|Price', '1|2')}")
        assert (records.definitions, found) == ((), [])
        assert read('models = "## * thing"', f"{directive}# P\n\n## Box\n\n{rows}")[1] in (["7 FS050"], ["7 FS056"])


def test_what_a_dialect_knows_as_something_else_is_left_alone() -> None:
    methods = table("Method|HTTP request|Description", "get|GET /|")
    page = f"# Api\n\n{methods}\n## Parameters\n\n{table('Name|Type|Description|Notes', 'a|b|c|')}"
    records, found = read('models = "## * object"', page)
    assert (records.dialect, records.definitions, found) == ("openapi_generator", (), [])


def test_unknown_marks_name_the_known_ones() -> None:
    layouts, _ = described('models = "*"\nrequired = { words = ["must", "shall"] }')
    diagnostics = Diagnostics()
    text = "# P\n\n" + table("Name|Type|Required", "a|text|perhaps")
    read_page(markdown.parse("page.md", text, diagnostics), list(dialects_with(layouts).values()), False, diagnostics)
    assert [(one.code, one.help) for one in diagnostics] == [("FS031", "write 'must' or 'shall'")]


def test_a_word_for_a_type_that_is_not_known_may_be_added() -> None:
    diagnostics = Diagnostics()
    (layout,), _ = described('models = "*"')
    dialects = dialects_with((layout,))
    page = read('models = "*"', "# P\n\n" + table("Name|Type|Required", "a|function|yes", "b|strin|yes"))[0]
    resolve((page,), None, "as-said", diagnostics, dialects)
    assert [one.code for one in diagnostics] == ["FS101", "FS101"]
    first, second = (one.help for one in diagnostics)
    assert first == "link to a definition, or say what the word means under `types` in a dialect of your own"
    assert second == "did you mean `string`?"


def test_own_dialects_go_first_among_equals() -> None:
    rows = table("Name | Type | Description | Notes", "**a** | **str** |  | ")
    page = f"# P\n\n## Properties\n\n{rows}"
    columns = 'columns = { required = "Notes" }\noptional = { words = "[optional]" }'
    assert read(f'models = "Properties"\n{columns}', page)[0].dialect == "own"
    assert read('models = "Properties"', page)[0].dialect == "openapi_generator"


def test_layouts_travel_to_other_processes() -> None:
    layouts, _ = described('models = "*"\ntypes = { "free text" = "string" }\nnotation = "go"')
    travelled = pickle.loads(pickle.dumps(layouts))
    assert [as_read(one) for one in travelled] == [as_read(one) for one in layouts]
    assert [one.notations for one in travelled] == [one.notations for one in layouts]


SETTINGS = """
[tool.fieldsmith]
pages = "spec"
{dialect}
[tool.fieldsmith.dialects.post]
models = "## * object"
required = {{ name_suffix = "{mark}" }}
"""


def test_settings_to_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a setting changes is read anew, whatever earlier runs remember."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spec").mkdir()
    rows = table("Name|Type", "size!|integer", "town+|text")
    (tmp_path / "spec" / "post.md").write_text(f"# Post\n\n## Parcel object\n\n{rows}", "utf-8")
    seen = []
    for mark in ("!", "+"):
        (tmp_path / "pyproject.toml").write_text(SETTINGS.format(dialect="", mark=mark), "utf-8")
        done = CliRunner().invoke(cli, ["generate", "-q"], obj=("generate", "-q"))
        assert done.exit_code == 0, done.output
        seen.append((tmp_path / "generated" / "parcel.py").read_text("utf-8"))
    assert "size: int = field" in seen[0] and "size: int | None" not in seen[0]
    assert "town: str = field" in seen[1]
    told = CliRunner().invoke(cli, ["explain", "Parcel"], obj=("explain", "Parcel")).output
    assert "read as   post page, plain notation" in told
    assert "`Parcel object` above a table of fields, all columns of which it knows (post 3)" in told
    forced = CliRunner().invoke(cli, ["lint", "--dialect", "speakeasy"], obj=("lint",))
    assert "no field table" in forced.output or "FS0" in forced.output
    (tmp_path / "pyproject.toml").write_text(SETTINGS.format(dialect='dialect = "post"', mark="!"), "utf-8")
    told = CliRunner().invoke(cli, ["explain", "Parcel"], obj=("explain", "Parcel")).output
    assert "dialect   as it is set (post 3)" in told


PATTERNS = """
[tool.fieldsmith]
pages = "spec"
[tool.fieldsmith.dialects.post]
models = ["## * object", "## * recrd"]
titles = ["# *", "# The *s"]
optional = { name_suffix = "?" }
"""


def test_headings_of_settings_that_no_page_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told wherever all pages of the settings are read, or were remembered; a part of them may lack any."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spec").mkdir()
    (tmp_path / "pyproject.toml").write_text(PATTERNS, "utf-8")
    for name in ("parcel", "stamp"):
        (tmp_path / "spec" / f"{name}.md").write_text(f"# Post\n\n## {name} object\n\n" + table("Name|Type", "a|text"), "utf-8")

    def told(*words: str) -> list[str]:
        output = CliRunner().invoke(cli, words, obj=words).output
        return [line.partition("FS203]: ")[2] for line in output.splitlines() if "FS203" in line]

    both = [
        "the dialect post names `# The *s`, and no heading of these pages fits that",
        "the dialect post names `## * recrd`, and no heading of these pages fits that",
    ]
    assert sorted(told("lint")) == both
    assert told("lint", "spec/parcel.md") == []
    assert sorted(told("generate", "-q")) == both
    (tmp_path / "spec" / "stamp.md").write_text("# The Stamps\n", "utf-8")
    assert told("generate", "-q") == both[1:]
    (tmp_path / "spec" / "parcel.md").write_text("# Post\n\n## A recrd\n\n" + table("Name|Type", "a|text"), "utf-8")
    assert told("generate", "-q") == ["the dialect post names `## * object`, and no heading of these pages fits that"]


def test_jobs_share_headings_that_not_all_of_them_need(tmp_path: Path) -> None:
    text = PATTERNS.replace('pages = "spec"', '') + "[[tool.fieldsmith.jobs]]\nname = 'a'\npages = 'a'\n"
    text += "[tool.fieldsmith.jobs.dialects.last]\nmodels = '*'\n"
    (job,) = from_text("pyproject.toml", text, tmp_path, KNOWN, Diagnostics())
    assert [one.name for one in job.dialects] == ["post", "last"]
    assert {dialect for dialect, _ in job.headings} == {"last"}


def test_the_flag_names_a_dialect_that_all_jobs_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    jobs = "".join(f'[[tool.fieldsmith.jobs]]\nname = "{name}"\npages = "{name}"\noutput = "{name}"\n' for name in "ab")
    text = f'[tool.fieldsmith.dialects.all]\nmodels = "*"\n{jobs}[tool.fieldsmith.jobs.dialects.last]\nmodels = "*"\n'
    (tmp_path / "pyproject.toml").write_text(text, "utf-8")
    for dialect, pages, refused in (("all", "b", False), ("last", "b", False), ("last", "a", True)):
        diagnostics = Diagnostics()
        load(Flags(pages=(pages,), dialect=dialect), KNOWN, diagnostics)
        assert bool(list(diagnostics)) == refused
    load(Flags(dialect="last"), KNOWN, diagnostics := Diagnostics())
    assert [one.code for one in diagnostics] == ["FS304"]


DOCUMENT = (Path(__file__).parents[1] / "DIALECTS.md").read_text("utf-8")


def _example(mark: str) -> str:
    return DOCUMENT.partition(f"<!-- {mark} -->\n")[2].partition("\n")[2].partition("```\n")[0]


def test_documented_dialect() -> None:
    diagnostics = Diagnostics()
    (job,) = from_text("pyproject.toml", _example("own dialect"), Path(), KNOWN, diagnostics)
    dialects = dialects_with(job.dialects)
    document = markdown.parse("post.md", _example("own page"), diagnostics)
    page = read_page(document, list(dialects.values()), False, diagnostics)
    parcel, state = resolve([page], None, "as-said", diagnostics, dialects).definitions
    assert isinstance(parcel, Model) and [(each.name, spell(each.type), each.required) for each in parcel.fields] == [
        ("id", "string", True),
        ("grams", "integer", False),
        ("sender", "string?", False),
        ("states", "list<@post.md#State>", True),
    ]
    assert isinstance(state, Enum) and [value.value for value in state.values] == ["open", "closed"]
    assert (page.dialect, list(diagnostics), [bool(use.reason) for use in page.uses if use.what == "table"]) == (
        "post",
        [],
        [True, False, False],
    )


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("## Pay union\n\n- text\n\n| Type |\n| --- |\n| text |\n", ["5 FS035"]),
        ("## State values\n\n- `b`: words\n  and more\n", ["6 FS035"]),
        ("## State values\n\n" + table("Name|Value", "~~Old~~|`old`"), ["7 FS035"]),
        ("## State values\n\n" + table("Value|Type", "a|text"), ["5 FS028"]),
    ],
)
def test_what_is_not_kept_is_told(page: str, expected: list[str]) -> None:
    _, found = read('models = "## * object"\nenums = "## * values"\nunions = "## * union"', f"# D\n\n{page}")
    assert found == expected


def test_a_title_without_a_name_in_its_pattern() -> None:
    page, found = read('models = "Properties"\ntitles = "# Parcel"', "# Parcel\n\n## Properties\n\n" + table("Name|Type", "a|text"))
    assert [one.title for one in page.definitions] == ["Parcel"]
