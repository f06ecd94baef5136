"""Records -> Schema: presence and null, names and links, enums, unions, choice of the notation."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import empty_page, enum, model, named, page, resolved, type_of, union
from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.reading import markdown
from fieldsmith.reading.canonical import make_const, make_nullable, make_union
from fieldsmith.reading.dialects.fieldsmith import FIELDSMITH
from fieldsmith.reading.names import Names
from fieldsmith.reading.notations import NOTATIONS
from fieldsmith.reading.notations.fieldsmith import KINDS
from fieldsmith.reading.notationvote import choose_notation
from fieldsmith.reading.pages import read_page
from fieldsmith.reading.records import Cell, DiscriminatorRecord, PageRecords
from fieldsmith.reading.resolve import Nulls, leave_out, resolve
from fieldsmith.reading.typereading import TypeReader
from fieldsmith.schema import (
    Alias,
    Const,
    Enum,
    ListOf,
    MapOf,
    Model,
    Nullable,
    Ref,
    Scalar,
    Schema,
    TypeExpr,
)
from fieldsmith.writing.housetype import Speller
from fieldsmith.writing.python import by_page
from spelling import spell

YES, NO = True, False


def field_of(notation: str, cell: str, required: bool | None, nulls: Nulls = "as-said") -> tuple[str, bool, list[str]]:
    schema, found = resolved([page(model("a.md", "A", ("f", cell, required)))], notation, nulls)
    only = schema.definitions[0]
    assert isinstance(only, Model)
    return spell(only.fields[0].type), only.fields[0].required, [one.split()[1] for one in found]


@pytest.mark.parametrize(
    ("notation", "cell", "mark", "type_", "required", "codes"),
    [
        ("python", "*str*", YES, "string", True, []),
        ("python", "*Optional[str]*", NO, "string", False, []),
        ("python", "*OptionalNullable[str]*", NO, "string?", False, []),
        ("python", "*Nullable[str]*", YES, "string?", True, []),
        ("python", "*Optional[str]*", YES, "string?", True, []),
        ("python", "*OptionalNullable[Any]*", NO, "any", False, []),
        ("python", "List[*str*]", NO, "list<string>", False, []),
        ("python", "Any", NO, "any", False, []),
        ("python", "*str*", NO, "string", False, ["FS111"]),
        ("python", "*Nullable[str]*", NO, "string?", False, ["FS111"]),
        ("python", "*OptionalNullable[str]*", YES, "string?", True, ["FS111"]),
        ("python", "*Optional[str]*", None, "string", False, []),
        ("python", "*str*", None, "string", True, []),
        ("typescript", "*string*", NO, "string", False, []),
        ("go", "**string*", NO, "string", False, []),
        ("go", "**string*", YES, "string?", True, []),
        ("java", "*JsonNullable\\<Long>*", NO, "integer?", False, []),
        ("java", "*Optional\\<Long>*", YES, "integer?", True, []),
        ("php", "*?string*", YES, "string?", True, []),
        ("ruby", "*T.nilable(::String)*", YES, "string?", True, []),
        ("ruby", "*T.nilable(::String)*", NO, "string", False, []),
    ],
)
def test_presence_and_null(
    notation: str, cell: str, mark: bool | None, type_: str, required: bool, codes: list[str]
) -> None:
    assert field_of(notation, cell, mark) == (type_, required, codes)


@pytest.mark.parametrize(
    ("notation", "cell", "mark", "type_"),
    [
        ("typescript", "*string*", YES, "string?"),
        ("typescript", '*"tag"*', YES, '"tag"'),
        ("csharp", "List<*string*>", NO, "list<string>?"),
        ("python", "*str*", YES, "string"),
        ("python", "List[*str*]", NO, "list<string>?"),
        ("python", "[date](https://docs.python.org/#date-objects)", NO, "datetime?"),
        ("go", "`string`", YES, "string"),
        ("java", "*String*", YES, "string?"),  # no word for null on any of the pages
    ],
)
def test_accepting_unsaid_nulls(notation: str, cell: str, mark: bool, type_: str) -> None:
    assert field_of(notation, cell, mark, "accept-unsaid")[0] == type_


def test_unsaid_nulls_where_other_cells_say_null() -> None:
    rows = model("a.md", "A", ("f", "*String*", YES), ("g", "*Optional\\<String>*", NO))
    schema, _ = resolved([page(rows)], "java", "accept-unsaid")
    assert spell(type_of(schema, "A", "f")) == "string"


def test_pseudo_field_types_further_keys() -> None:
    for notation, name, cell in (
        ("python", "__pydantic_extra__", "Dict[str, *int*]"),
        ("typescript", "additionalProperties", "Record<string, *number*>"),
        ("go", "AdditionalProperties", "map[string]`int64`"),
    ):
        schema, _ = resolved([page(model("a.md", "A", (name, cell, NO)))], notation)
        only = schema.definitions[0]
        assert isinstance(only, Model) and not only.fields
        assert only.additional is not None and spell(only.additional) in ("integer", "number")
    schema, _ = resolved([page(model("a.md", "A", ("additionalProperties", "*boolean*", NO)))], "typescript")
    assert spell(type_of(schema, "A", "additionalProperties")) == "boolean"


def test_house_pages_are_read_in_the_house_notation() -> None:
    house = page(model("b.md", "B", ("f", "`list[string]`", YES), ("*", "`any`", NO)), dialect="fieldsmith")
    schema, found = resolved([page(model("a.md", "A", ("f", "*str*", YES))), house])
    assert spell(type_of(schema, "B", "f")) == "list<string>" and not found
    assert schema.definitions[1] is named(schema, "B")
    only = named(schema, "B")
    assert isinstance(only, Model) and only.additional == Scalar("any")


# definitions, names, links
def test_definitions_that_stand_twice() -> None:
    pages = [
        page(model("a.md", "A")),
        page(model("sub/a.md", "A")),
        page(model("sub/b.md", "B"), model("sub/b.md", "B")),
    ]
    schema, found = resolved(pages)
    assert [one.key for one in schema.definitions] == ["a.md#A", "sub/a.md#A", "sub/b.md#B"]
    assert found == ["sub/b.md:1:3 FS106"]
    assert not resolved([page(model("x/a.md", "A")), page(model("y/a.md", "A"))])[1]


def test_links_above_the_root_come_back_in() -> None:
    rows = model(
        "one/a.md",
        "A",
        ("f", "[one.B](../../models/one/b.md)", YES),
        ("g", "[one.Gone](../../models/one/gone.md)", YES),
        ("h", "[one.B](../../other/one/b.md)", YES),
    )
    schema, found = resolved([page(rows), page(model("one/b.md", "B"))], "python")
    assert [spell(type_of(schema, "A", name)) for name in "fgh"] == ["@one/b.md#B", "~Gone", "@one/b.md#B"]
    assert found == ["one/a.md:10:20 FS103"]


def test_links_above_the_root_that_do_not() -> None:
    rows = model("a.md", "A", ("f", "[models.Gone](../models/gone.md)", YES))
    assert resolved([page(rows), page(model("b.md", "B"))], "python")[1] == ["a.md:9:20 FS105"]
    assert resolved([page(rows)], "python")[1] == ["a.md:9:20 FS103"]
    rows = model("a.md", "A", ("f", "[models.Note](../models/note.md)", YES))
    assert resolved([page(rows), empty_page("note.md")], "python")[1] == ["a.md:9:20 FS104"]


@pytest.mark.parametrize(
    ("target", "type_", "codes"),
    [
        ("../gone/createthreadrequest.md", "@threads/createthreadrequest.md#CreateThreadRequest", []),
        ("CreateThreadRequest.md", "@threads/createthreadrequest.md#CreateThreadRequest", []),
        ("../gone/createthreadrequest", "@threads/createthreadrequest.md#CreateThreadRequest", []),
        ("createthread.md", "~CreateThreadRequest", ["FS103"]),
        ("../gone/createthread.md", "~CreateThreadRequest", ["FS103"]),
        ("note.md", "any", ["FS104"]),
    ],
)
def test_a_label_mends_the_folder_of_a_link_but_not_its_file(target: str, type_: str, codes: list[str]) -> None:
    diagnostics = Diagnostics()
    pages = [
        page(model("threads/a.md", "A", ("f", f"[threads.CreateThreadRequest]({target})", YES))),
        page(model("threads/createthreadrequest.md", "CreateThreadRequest")),
        empty_page("threads/note.md"),
    ]
    schema = resolve(pages, "python", "as-said", diagnostics)
    assert spell(type_of(schema, "A", "f")) == type_
    assert [one.code for one in diagnostics] == codes
    assert all("threads/createthreadrequest.md" in (one.help or "") for one in diagnostics)


LINKED = """# Parcel

## What to send {#notes}

Text, and <a id="further"></a> a place in it.

## Fields

| Field | Type | Required | Description |
| --- | --- | --- | --- |
| `id` | `string` | yes | |
"""


@pytest.mark.parametrize(
    ("link", "type_", "code"),
    [
        ("[Parcel](b.md)", "@b.md#Parcel", None),
        ("[it](b.md)", "@b.md#Parcel", None),
        ("[it](b.md#parcel)", "@b.md#Parcel", None),
        ("[it](b.md#what-to-send-notes)", "@b.md#Parcel", None),  # a place on the page of one definition
        ("[it](b.md#fields)", "@b.md#Parcel", None),
        ("[it](b.md#fields-1)", "@b.md#Parcel", None),
        ("[it](b.md#notes)", "@b.md#Parcel", None),
        ("[it](b.md#further)", "@b.md#Parcel", None),
        ("[it](b.md#nothing)", "any", "FS104"),
        ("[Parcel](b.md#nothing)", "any", "FS104"),
        ("[A](#a)", "@a.md#A", None),
        ("[A](#b)", "any", "FS104"),
        ("[A](b.md)", "@b.md#Parcel", "FS113"),
        ("[`A`](b.md#parcel)", "@b.md#Parcel", "FS113"),
        ("[a](b.md#parcel)", "@b.md#Parcel", None),
    ],
)
def test_fragments_lead_to_what_is_there(link: str, type_: str, code: str | None) -> None:
    found = Diagnostics()
    linked = read_page(markdown.parse("b.md", LINKED, found), [FIELDSMITH], False, found)
    schema = resolve([page(model("a.md", "A", ("f", link, YES)), dialect="fieldsmith"), linked], None, "as-said", found)
    assert spell(type_of(schema, "A", "f")) == type_
    assert [one.code for one in found] == ([code] if code else [])


def test_words_that_are_near_are_named() -> None:
    def help_for(notation: str, cell: str) -> str | None:
        diagnostics = Diagnostics()
        resolve([page(model("a.md", "A", ("f", cell, YES)))], notation, "as-said", diagnostics)
        (finding,) = diagnostics
        assert finding.code == "FS101"
        return finding.help

    assert help_for("fieldsmith", "`strng`") == "did you mean `string`?"
    assert help_for("java", "*Strng*") == "did you mean `String`?"
    assert help_for("python", "*Zebra*") is None


def test_types_in_backticks_are_quoted_so_that_they_can_be_read() -> None:
    diagnostics = Diagnostics()
    resolve([page(model("a.md", "A", ("f", "`list[string`", YES)))], "fieldsmith", "as-said", diagnostics)
    assert [one.message.partition(" cannot")[0] for one in diagnostics] == ["type '`list[string`'"]


def test_cells_of_ragged_rows_are_no_further_findings() -> None:
    rows = model("a.md", "A", ("f", "*Nullable[str]*", NO), ("g", "*open(*", YES))
    told = tuple(one._replace(type=one.type._replace(told=True)) for one in rows.fields)
    schema, found = resolved([page(rows._replace(fields=told))], "python")
    assert not found
    assert [spell(type_of(schema, "A", name)) for name in "fg"] == ["string?", "any"]


# pages of a title and prose
def bare(path: str, title: str) -> PageRecords:
    return page(union(path, title)._replace(bare=True))


@pytest.mark.parametrize("cell", ["[models.Notes](notes.md)", "List[[Nullable[models.Notes]](notes.md)]", "*Notes*"])
def test_a_mere_title_is_a_union_where_a_type_leads_to_it(cell: str) -> None:
    pages = [page(model("a.md", "A", ("f", cell, YES))), bare("notes.md", "Notes"), bare("other.md", "Other")]
    schema, found = resolved(pages, "python")
    assert [one.name for one in schema.definitions] == ["A", "Notes"]
    assert found == ["notes.md:1:3 FS107"]
    assert [bool(one.skipped) for one in leave_out(pages, schema)] == [False, False, True]


def test_a_mere_title_that_only_a_spelled_out_union_names() -> None:
    cell = "[T.any(Models::Notes, ::String)](u.md)"
    pages = [page(model("a.md", "A", ("f", cell, YES))), bare("notes.md", "Notes"), bare("u.md", "U")]
    schema, _ = resolved(pages, "ruby")
    assert spell(type_of(schema, "U")) == "(@notes.md#Notes | string)"
    assert named(schema, "Notes") and leave_out(pages, schema) == tuple(pages)


def test_equal_titles_are_told_apart_by_folder() -> None:
    pages = [
        page(model("models/operations/run.md", "Run", ("f", "*shared.Run*", YES), ("g", "*operations.Run*", YES))),
        page(model("models/shared/run.md", "Run", ("f", "*Run*", YES), ("g", "*errors.Run*", YES))),
    ]
    schema, found = resolved(pages, "typescript")
    one, two = schema.definitions
    assert isinstance(one, Model) and isinstance(two, Model)
    assert [spell(field.type) for field in one.fields] == [
        "@models/shared/run.md#Run",
        "@models/operations/run.md#Run",
    ]
    assert [spell(field.type) for field in two.fields] == ["@models/shared/run.md#Run", "~Run"]
    assert found == ["models/shared/run.md:10:20 FS103"]


# enums
@pytest.mark.parametrize(
    ("values", "literal", "expected", "codes"),
    [
        (("1", "2", "-30"), False, [1, 2, -30], ["FS110"]),
        (("1", "1.0", "true", "null", "007", "-0"), False, ["1", "1.0", "true", "null", "007", "-0"], []),
        (("1", "01"), False, ["1", "01"], []),
        (("true", "false"), False, ["true", "false"], ["FS110"]),
        (("9999999999999999",), False, ["9999999999999999"], []),
        (("\\n", ""), False, ["\\n", ""], []),
        (('"a\\"b"', '"\\u00e9"', "'it\\'s \"so\"'"), True, ['a"b', "\u00e9", 'it\'s "so"'], []),
        (("200", "1.5", "true", "None"), True, [200, 1.5, True, None], []),
        (("open()",), True, ["open()"], ["FS102"]),
    ],
)
def test_enum_values(values: Sequence[str], literal: bool, expected: list[object], codes: list[str]) -> None:
    schema, found = resolved([page(enum("a.md", "A", *values, literal=literal))])
    only = schema.definitions[0]
    assert isinstance(only, Enum)
    assert [(type(one.value), one.value) for one in only.values] == [(type(one), one) for one in expected]
    assert [one.split()[1] for one in found] == codes


# unions
def test_union_pages() -> None:
    pages = [
        page(union("a.md", "A", "models.B", "List[str]", "str", "None")),
        page(union("b.md", "B", "str")),
        page(union("c.md", "C")),
    ]
    schema, found = resolved(pages, "python")
    assert [spell(type_of(schema, name)) for name in "ABC"] == ["(@b.md#B | list<string> | string)?", "string", "any"]
    assert found == ["c.md:1:3 FS107"]


def test_links_tell_the_members_that_a_page_does_not() -> None:
    cell = "[T.nilable(T.any(Models::B, T::Array[::String]))](c.md)"
    pages = [page(model("a.md", "A", ("f", cell, NO))), page(model("b.md", "B")), page(union("c.md", "C"))]
    schema, found = resolved(pages, "ruby")
    assert spell(type_of(schema, "A", "f")) == "@c.md#C"
    assert spell(type_of(schema, "C")) == "(@b.md#B | list<string>)" and not found


def test_links_to_unions_of_one_member_may_name_the_member() -> None:
    pages = [
        page(model("a.md", "A", ("f", "[Models::B](c.md)", YES))),
        page(model("b.md", "B")),
        page(union("c.md", "C")),
    ]
    schema, found = resolved(pages, "ruby")
    assert spell(type_of(schema, "A", "f")) == "@c.md#C"
    assert spell(type_of(schema, "C")) == "@b.md#B" and not found


def tagged(name: str, *rows: tuple[str, str, bool | None]) -> PageRecords:
    return page(model(f"{name.lower()}.md", name, *rows))


def test_discriminators() -> None:
    pages = [
        tagged("A", ("id", "*str*", YES), ("kind", '*Literal["a"]*', YES), ("sort", '*Literal["x"]*', YES)),
        tagged("B", ("kind", "[models.K](k.md)", YES), ("sort", '*Literal["x"]*', YES)),
        page(enum("k.md", "K", "b")),
        tagged("M", ("f", "List[[Union[A, B]](u.md)]", YES), ("g", "*Union[A, B]*", NO)),
        page(union("n.md", "N", "models.U", "models.Z")),
        page(union("u.md", "U", "models.A", "models.B")),
        tagged("Z", ("kind", '*Literal["z"]*', YES)),
    ]
    schema, found = resolved(pages, "python")
    by_kind = " by kind {a: a.md#A, b: b.md#B}"
    assert spell(type_of(schema, "U")) == "(@a.md#A | @b.md#B)" + by_kind
    assert spell(type_of(schema, "M", "f")) == "list<@u.md#U>"
    assert spell(type_of(schema, "M", "g")) == "(@a.md#A | @b.md#B)" + by_kind
    assert spell(type_of(schema, "N")) == "(@u.md#U | @z.md#Z) by kind {a: a.md#A, b: b.md#B, z: z.md#Z}"
    assert [one for one in found if "FS111" not in one] == []


def test_discriminators_that_pages_state() -> None:
    def stated(*rows: tuple[str, str], field: str = "kind") -> tuple[str, list[str]]:
        cells = tuple(
            (Cell(tag, Span("u.md", 12 + at, 3)), Cell(to, Span("u.md", 1, 9))) for at, (tag, to) in enumerate(rows)
        )
        told = DiscriminatorRecord(field, Span("u.md", 9, 4), cells)
        record = union("u.md", "U", "[A](a.md) | [B](b.md) | `null`")._replace(kind="alias", discriminator=told)
        kind, other = ("kind", "`string`", YES), ("f", "`string`", YES)
        pages = [page(model("a.md", "A", kind, other), dialect="fieldsmith")]
        pages += [page(model("b.md", "B", kind), dialect="fieldsmith")]
        schema, found = resolved([*pages, page(record, dialect="fieldsmith")], "python")
        return spell(type_of(schema, "U")), found

    plain = "(@a.md#A | @b.md#B)"
    rows = [('"x"', "[A](a.md)"), ('"y"', "[B](b.md)")]
    assert stated(*rows) == (plain + " by kind {x: a.md#A, y: b.md#B}?", [])
    assert stated(*rows, field="f") == (plain + "?", ["u.md:1:3 FS112"])  # one of the two has no such field
    assert stated() == (plain + "?", ["u.md:9:4 FS112"])
    assert stated(rows[0], ('"x"', "[B](b.md)")) == (plain + "?", ["u.md:13:3 FS112"])
    assert stated(rows[0], ("y", "[B](b.md)")) == (plain + "?", ["u.md:13:3 FS112"])
    assert stated(rows[0], ('"y"', "`string`")) == (plain + "?", ["u.md:13:3 FS112"])


@pytest.mark.parametrize(
    "other",
    [
        ("kind", '*Optional[Literal["b"]]*', NO),  # may be absent
        ("kind", '*Literal["a"]*', YES),  # the same text
        ("kind", "*str*", YES),
        ("sort", '*Literal["b"]*', YES),
    ],
)
def test_no_discriminator(other: tuple[str, str, bool]) -> None:
    pages = [tagged("A", ("kind", '*Literal["a"]*', YES)), tagged("B", other), page(union("u.md", "U", "A", "B"))]
    assert spell(type_of(resolved(pages, "python")[0], "U")) == "(@a.md#A | @b.md#B)"


def test_members_that_look_alike() -> None:
    def findings(one: str, other: str) -> list[str]:
        pages = [tagged("A", ("f", one, YES)), tagged("B", ("f", other, YES)), page(union("u.md", "U", "A", "B"))]
        return resolved(pages, "python")[1]

    assert findings("*str*", "*str*") == findings("*str*", "*bytes*") == ["u.md:1:3 FS109"]
    assert not findings("*str*", "*int*") and not findings('*Literal["a"]*', "*Literal[2]*")


@pytest.mark.parametrize(
    ("members", "endless"),
    [
        ({"A": ["A"]}, "A"),
        ({"A": ["models.B", "str"], "B": ["models.A"]}, "AB"),
        ({"A": ["models.B"], "B": ["models.C"], "C": ["models.B"]}, "BC"),
        ({"A": ["List[models.A]", "str"], "B": ["Dict[str, models.B]"]}, ""),
    ],
)
def test_aliases_that_never_end(members: dict[str, list[str]], endless: str) -> None:
    schema, found = resolved(
        [page(union(f"{name.lower()}.md", name, *them)) for name, them in members.items()], "python"
    )
    assert [one.split()[1] for one in found] == ["FS108"] * len(endless)
    for one in schema.definitions:
        assert isinstance(one, Alias) and (one.type == Scalar("any")) == (one.name in endless)


def test_long_chains_of_aliases() -> None:
    pages = [page(union(f"a{at:05}.md", f"A{at:05}", f"models.A{at + 1:05}", "str")) for at in range(5_000)]
    schema, found = resolved([*pages, page(union("a05000.md", "A05000", "int"))], "python")
    assert len(schema.definitions) == 5_001
    assert {each.split()[1] for each in found} == {"FS036"} and len(found) > 4_800


# choice of the notation
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("f", "*str*", YES)], "python"),
        ([("f", "*string*", YES)], "typescript"),
        ([("f", "*string*", YES), ("isOn", "*bool*", YES)], "php"),
        ([("F", "*string*", YES), ("IsOn", "*bool*", YES)], "go"),
        ([("F", "*string*", YES), ("IsOn", "*long*", YES)], "csharp"),
        ([("f", "*String*", YES), ("isOn", "*Boolean*", YES)], "java"),
        ([("f", "*String*", YES)], "java"),
        ([("f", "*String*", YES), ("is_on", "*String*", YES)], "ruby"),
        ([("f", "*::String*", YES)], "ruby"),
        ([("f", "`string`", YES), ("g", "[]`string`", YES)], "go"),
        ([("f", "*str*", YES), ("g", "*open()*", YES), ("h", '*"x"*', YES)], "python"),
    ],
)
def test_choice_of_the_notation(rows: list[tuple[str, str, bool | None]], expected: str) -> None:
    pages = [page(model("a.md", "A", *rows))]
    assert choose_notation(pages, Names([("a.md", ("A",))])).name == expected


def test_findings_name_the_notation_chosen() -> None:
    diagnostics = Diagnostics()
    reader = TypeReader(NOTATIONS["python"], Names([]), diagnostics)
    reader.read(Cell("*str", Span("a.md", 7, 9)), "a.md", "cell")
    assert [str(one.span) for one in diagnostics] == ["a.md:7:9"]
    assert "python" in next(iter(diagnostics)).message


# canonical types
def test_unions_are_canonical() -> None:
    text, whole = Scalar("string"), Scalar("integer")
    assert make_union([]) == make_nullable(Scalar("any")) == Scalar("any")
    assert make_union([text, make_union([whole, text])]) == make_union([text, whole])
    assert make_union([make_nullable(text), whole]) == Nullable(make_union([text, whole]))
    assert make_union([Scalar("null"), make_const(None)]) == Scalar("null")
    assert spell(make_union([Const(1), Const(True), Const(1)])) == "(1 | true)"


NAMES = {f"p{at}/{name.lower()}.md": (name,) for at, name in enumerate(["One", "Two", "Three"])}
HOUSE = Schema(
    tuple(
        Alias(f"{path}#{name}", name, path.partition("/")[0], "", None, Span(path, 1, 1), Scalar("any"))
        for path, (name,) in NAMES.items()
    )
)
REFS = [Ref(one.key, one.name) for one in HOUSE.definitions] + [Ref(None, "Gone"), Ref(None, "httpx.Response")]
CONSTANTS = st.one_of(st.text(max_size=12), st.integers(-(2**60), 2**60), st.booleans()).map(make_const)


def types() -> st.SearchStrategy[TypeExpr]:
    leaves = st.one_of(st.sampled_from([Scalar(kind) for kind in KINDS]), CONSTANTS, st.sampled_from(REFS))
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            inner.map(ListOf),
            st.tuples(st.just(Scalar("string")), inner).map(lambda pair: MapOf(*pair)),
            inner.map(make_nullable),
            st.lists(inner, min_size=1, max_size=4).map(make_union),
        ),
        max_leaves=8,
    )


@settings(deadline=None)
@given(types(), st.booleans())
def test_house_spelling_gives_back_the_type(type_: TypeExpr, in_cell: bool) -> None:
    here = "p0/one.md"
    speller = Speller({one.key: one for one in HOUSE.definitions}, by_page(HOUSE))
    text = speller.cell(type_, here).replace("\\|", "|") if in_cell else speller.prose(type_, here)
    diagnostics = Diagnostics()
    reading = TypeReader(NOTATIONS["fieldsmith"], Names(NAMES.items()), diagnostics).read(
        Cell(text, Span(here, 1, 1)), here, "cell"
    )
    assert not list(diagnostics), text
    assert spell(make_nullable(reading.type) if reading.nullable else reading.type) == spell(type_)
