"""Strategies for pages as programs and references lay them out, each with many definitions, mostly right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hypothesis import strategies as st

from pagegrammar import ODD_NAMES, ODD_TITLES, Pages, edited, fragment, is_odd, mostly, page_sets, text

TITLES = ("Agent", "BetaTwo", "HTTPMeta", "Run", "RunStatus", "Zed9")
NAMES = ("id", "assistant_id", "created_at", "kind", "key", "value", "api_version", "x9")
ODD_CELLS = ("", "x y", "-", "n/a", "true", "(", "`", "``a`", "[x](y.md)", "[A](#agent)", "<br/>", "<pre>x</pre>", "Any")
DIRECTIVES = (
    *("<!-- fieldsmith: skip -->", "<!-- fieldsmith: skip page -->", "<!-- fieldsmith: model Named -->", "{/* fieldsmith: skip */}"),
    *("<!-- fieldsmith: model a b -->", "<!-- fieldsmith: model __init__ -->", "<!-- fieldsmith: model `X.Y` -->", "<!-- fieldsmith: skip"),
    *("<!-- fieldsmith: dialect plain -->", "<!-- fieldsmith: dialect oas -->", "<!-- fieldsmith: off FS036 -->", "<!-- fieldsmith: model Run -->"),
)  # fmt: skip


class Way(NamedTuple):
    """How one program lays out pages. In `types`, `{t}` is a title, `{a}` what its heading becomes in links.

    `model` and `enum` are what stands above their tables, `{n}` the title; `row` is how cells stand between bars, `line`
    the values of an enum by number; `words` are what the cells beside name, type and text hold, by column.
    """

    head: str
    model: str
    columns: tuple[str, ...]
    name: str
    types: tuple[str, ...]
    odd_types: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    enum: str = ""
    enum_columns: tuple[str, ...] = ()
    value: tuple[str, ...] = ()
    alias: tuple[str, ...] = ()


WAYS: Mapping[str, Way] = {
    "protoc_gen_doc": Way(
        '# Protocol Documentation\n<a name="top"></a>\n\n<a name="a_b-proto"></a>\n<p align="right"><a href="#top">Top</a></p>\n\n## a/b.proto\n',
        '<a name="a-b-{n}"></a>\n\n### {n}\n{x}\n',
        ("Field", "Type", "Label", "Description"),
        "{}",
        ("[string](#string)", "[int32](#int32)", "[bytes](#bytes)", "[{t}](#a-b-{t})", "[google.protobuf.Any](#google-protobuf-Any)", "[{t}.KeyEntry](#a-b-{t}-KeyEntry)"),
        ("string", "[x](#a-b-x)", "[map](#map)", "[string](#string", "[](#)", "[a]( #b)"),
        {"Label": ("", "", "optional", "repeated", "required")},
        '<a name="a-b-{n}"></a>\n\n### {n}\n{x}\n',
        ("Name", "Number", "Description"),
        ("0", "1", "-1", "2147483648", "1e3", "07", "0x1"),
    ),
    "crd_ref_docs": Way(
        "# API Reference\n\n## Packages\n- [a.example.org/v1](#aexampleorgv1)\n\n\n## a.example.org/v1\n\nText.\n\n### Resource Types\n- [Agent](#agent)\n",
        "#### {n}\n\n{x}\n\n_Appears in:_\n- [Run](#run)\n",
        ("Field", "Description", "Default", "Validation"),
        "`{}`",
        ("_string_", "_integer_", "_boolean_", "_[{t}](#{a})_", "_[{t}](#{a}) array_", "_object (keys:string, values:string)_", "_[Time](https://kubernetes.io/docs/#time-v1-meta)_"),
        ("_string", "string", "__", "_object (keys:_", "_array_", "_[{t}](#{a}_", "_string_ _string_"),
        {
            "Default": ("", "1", "Loam", "\\{ a:1 \\}", "[a b]"),
            "Validation": ("", "Minimum: 1 <br />", "Enum: [a b] <br />", "Pattern: `^a+$` <br />", "Required: \\{\\} <br />", "MinLength: 9<br/>MaxLength: 1", "Enum: [ ]", "Pattern: `(a+)+$`", "ExclusiveMinimum: true <br /> Minimum: 1"),
        },
        "#### {n}\n\n_Underlying type:_ _string_\n\n{x}\n\n_Appears in:_\n- [Run](#run)\n",
        ("Field", "Description"),
        ("`a`", "`B c`", "`10`", "`1.0`", "``", "` `", "a"),
        ("#### {n}\n\n_Underlying type:_ _string_\n\n{x}\n\n_Appears in:_\n- [Run](#run)\n", "#### {n}\n\n_Underlying type:_ _[{t}](#{a})_\n\n_Validation:_\n- Enum: [a b]\n\n_Appears in:_\n- [Run](#run)\n"),
    ),
    "terraform_docs": Way(
        "<!-- BEGIN_TF_DOCS -->\n",
        "## {n}\n\n{x}\n",
        ("Name", "Description", "Type", "Default", "Required"),
        '<a name="input_{0}"></a> [{0}](#input\\_{0})',
        ("`string`", "`number`", "`bool`", "`any`", "`list(string)`", "`map(set(number))`", "`object({{ a = string, b = optional(number, 3) }})`",
         '<pre>object({{<br/>    a = string # x<br/>    b = optional(list(object({{ c = any }})), [])<br/>  }})</pre>', "`tuple([string, object({{ a = bool }})])`"),
        ("`object({{ a = string`", "`list()`", "`object({{ \"a-b\" = string, __init__ = any, class = number }})`", "`list(strng)`", "`object({{}})`", "`tuple([])`", "`map`", '`object({{ "x" = optional(string, "\\"}}") }})`', "`object({{ a = string, a = string }})`"),
        {"Default": ("n/a", "`null`", "`[]`", "`\"x\"`", "`{{}}`", "<pre>{{<br/>  \"a\": 1<br/>}}</pre>"), "Required": ("yes", "no", "")},
    ),
    "oas": Way(
        "# Specification\n\n## Schema\n",
        "#### {n} Object\n\n{x}\n\n##### Fixed Fields\n",
        ("Field Name", "Type", "Description"),
        '<a name="x-{0}"></a>{0}',
        ("`string`", "`number`", "`boolean`", "Any", "[{t} Object](#{a}-object)", "[[{t} Object](#{a}-object)]", "Map[`string`, `string`]", "[`string`] \\| Any", "[{t} Object](#{a}-object) \\| `null`"),
        ("[`string`", "Map[`string`", "Map[]", "[]", "`colour`", "[[[[`string`]]]]", "{{x}}", "*"),
        {},
    ),
    "discord": Way(
        "# Things\n\nA snowflake.\n",
        "### {n} Object\n\n{x}\n\n###### {n} Structure\n",
        ("Field", "Type", "Description"),
        "{}?",
        ("snowflake", "string", "?integer", "array of strings", "array of [{a}](/docs/x#{a}-object) objects", "?[{a}](#{a}-object) object", "partial [{a}](#{a}-object) object", "ISO8601 timestamp", "string or integer", "map of string to integer", "array of two integers (a, b)"),
        ("", "?", "array of", "a [x](/y", "dictionary with keys in [x](y)", "??string", "one of 1, 2", "snowflake \\*"),
        {},
        "###### {n}\n",
        ("Name", "Value", "Description"),
        ("0", "1", "1 << 3", "1 << 99999", "a", "`a`", "-1", "1 << -1", "1e5", '"a"'),
    ),
    "plain": Way(
        "# Things\n\n<!-- fieldsmith: dialect plain -->\n",
        "<!-- fieldsmith: model {n} -->\n\n{x}\n",
        ("Name", "Type", "Required", "Default", "Min", "Max length", "Pattern", "Description"),
        "`{}`",
        ("string", "`integer`", "number", "boolean", "{t}", "list of {t}", "string[]", "array of string"),
        ("", "string | integer", "list of", "<x>", "`string", "maybe", "string[][][]"),
        {"Required": ("yes", "no", ""), "Default": ("", "1", "`a`", '"a"', "null"), "Min": ("", "1", "-1", "1e999"), "Max length": ("", "3", "-1", "x"), "Pattern": ("", "`^a`", "(a+)+$", '`"`')},
    ),
}  # fmt: skip


def _heading(title: str) -> str:
    return title.lower().replace(" ", "-")


@st.composite
def table(draw: st.DrawFn, way: Way, titles: Sequence[str]) -> list[str]:
    """A table of fields, its rows mostly right; seldom one is ragged."""
    rows = []
    joined = "Type" not in way.columns
    for name in draw(st.lists(mostly(NAMES, ODD_NAMES), max_size=4, unique=not draw(is_odd))):
        title = draw(st.sampled_from(titles))
        type_ = draw(mostly(way.types, way.odd_types)).replace("{{", "{").replace("}}", "}")
        type_ = type_.replace("{t}", title).replace("{a}", _heading(title))
        shown = way.name.replace("{0}", name).replace("{}", name)
        cells = {way.columns[0]: f"{shown} {type_}" if joined else shown, "Type": type_}
        for word in way.columns[1:]:
            if word == "Description":
                cells[word] = draw(text(cell=True)) + draw(mostly(("",), (" Default: 5", "**Deprecated.** x", "**REQUIRED**.", " Default: `")))
            elif word in way.words:
                cells[word] = draw(mostly(way.words[word], ODD_CELLS)).replace("{{", "{").replace("}}", "}")
        row = [cells[word] for word in way.columns]
        if draw(is_odd) and draw(is_odd):
            row = row[: draw(st.integers(1, len(row)))] + [draw(fragment)] * draw(st.integers(0, 2))
        rows.append(f"| {' | '.join(row)} |")
    return [f"| {' | '.join(way.columns)} |", "| --- " * len(way.columns) + "|", *rows]


@st.composite
def values(draw: st.DrawFn, way: Way) -> list[str]:
    """A table of the values of an enum."""
    names = draw(st.lists(st.sampled_from(("ONE", "TWO", "Three", "four_5", "class", "mro", "a b")), max_size=4, unique=True))
    rows = []
    for name in names:
        value = draw(st.sampled_from(way.value))
        told = draw(text(cell=True))
        rows.append(f"| {value} | {told} |" if len(way.enum_columns) == 2 else f"| {name} | {value} | {told} |")
    return [f"| {' | '.join(way.enum_columns)} |", "| --- " * len(way.enum_columns) + "|", *rows]


@st.composite
def definition(draw: st.DrawFn, way: Way, title: str, titles: Sequence[str]) -> str:
    kind = draw(st.sampled_from(("model", "model", "model", "enum", "alias")))
    told = draw(text(cell=False))
    if kind == "enum" and way.enum:
        head, body = way.enum, draw(values(way))
    elif kind == "alias" and way.alias:
        head, body = draw(st.sampled_from(way.alias)), []
    else:
        head, body = way.model, draw(table(way, titles))
    other = draw(st.sampled_from(titles))
    head = head.replace("{n}", title).replace("{x}", told).replace("{t}", other).replace("{a}", _heading(other))
    above = [draw(st.sampled_from(DIRECTIVES)), ""] if draw(is_odd) else []
    return "\n".join([*above, head, *body, ""])


@st.composite
def program_page(draw: st.DrawFn, way: Way, titles: Sequence[str]) -> str:
    """A page of one program, with a definition for each title."""
    found = "\n".join([way.head, *(draw(definition(way, title, titles)) for title in titles)])
    return draw(edited(found)) if draw(is_odd) else found


@st.composite
def program_sets(draw: st.DrawFn) -> Pages:
    """One page or two, mostly of one program."""
    first = draw(st.sampled_from(sorted(WAYS)))
    found = {}
    for path in ("a.md", "b/c.md")[: draw(st.integers(1, 2))]:
        name = draw(st.sampled_from(sorted(WAYS))) if draw(is_odd) else first
        usual, odd = (("Inputs", "Outputs"), ("Inputs", *ODD_TITLES)) if name == "terraform_docs" else (TITLES, ODD_TITLES)
        titles = draw(st.lists(mostly(usual, odd), min_size=1, max_size=3, unique=not draw(is_odd)))
        found[path] = draw(program_page(WAYS[name], titles))
    return found


def any_sets() -> st.SearchStrategy[Pages]:
    """Pages of any dialect."""
    return page_sets() | program_sets()
