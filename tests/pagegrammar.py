"""Strategies for sets of pages, as text: both layouts, mostly right, with what an ill-meaning author writes mixed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from hypothesis import strategies as st

Layout = Literal["speakeasy", "fieldsmith"]
Pages = dict[str, str]

# What could do harm, by the place that it is aimed at.
PYTHON = [
    '"""', "'", '"', "\\", '\\"""', "\\\n", "\"); open('PWNED', 'w').close(); (\"", "\\N{x}", "\\x", ">>> print(1)",
    "# mypy: ignore-errors", "# type: ignore", "# flake8: noqa", "%s %(x)d", "{0}", "__import__('os')", "-*- coding: utf-7 -*-",
]  # fmt: skip
TEMPLATES = ["{{ 7 * 7 }}", "{% raw %}", "{# x", "{!x!}", '--8<-- "x"', "{id}", "${x}", "<%= x %>", "import x from 'y'"]
MARKUP = [
    "<script>x()</script>", "<img src=x onerror=x()>", "<!--", "-->", "<b>", "</td>", "<a href='javascript:x()'>", "[x](javascript:y)",
    "![x](https://y.z/a.png)", "[x]: y", "[^1]", "](", "[x](y.md)", "&lt;", "&#60;", "&#10;", "&amp;lt;", "<https://x.y>", "https://x.y/z",
]  # fmt: skip
MARKS = [
    "`", "``", "```", "~~~", "~~", "*", "**", "_", "\\|", "|", "<br/>", "<br>", "<br />", "- x", "1. x", "> x", "# T", "## Fields",
    "---", "===", ":::", "| a | b |", "| --- | --- |", "N/A", ":heavy_check_mark:", "Deprecated: x", "Other values may come.",
]  # fmt: skip
HIDDEN = ["\x00", "\x0b", "\x1b[31m", "\x85", "\xad", "\r", "\t", "\u200b", "\u202e", "\u2028", "\u2066", "\ufeff", "\ufffe", "\U000e0041"]
LETTERS = ["\xe9", "\u0435", "\ufb01", "\u212a", "\xaa", "\u91cd\u91cf", "\U0001f600", "e\u0301", "\xa0", "\u0661", "\ue000"]
FRAGMENTS = [*PYTHON, *TEMPLATES, *MARKUP, *MARKS, *HIDDEN, *LETTERS]

TITLES = ("Agent", "BetaTwo", "HTTPMeta", "Run", "RunStatus", "Zed9")
ODD_TITLES = ("Init", "Typing", "None", "Con", "Docs", "Unset", "DecodeError", "A.B", "x y", "agent", "\u0410gent", "_", "__init__", "A" * 90)
FOLDERS = ("", "", "", "shared/", "shared/inner/", "docs/", "class/", "x-y/")
NAMES = ("id", "assistantId", "created_at", "kind", "x-y", "HTTPStatus", "value", "some name")
ODD_NAMES = (
    *("class", "None", "self", "str", "date", "__init__", "__class__", "to_json", "field", "UNSET", "1st", "+1", "$ref", "a.b", "a_b"),
    *("a'b", 'a"b', "a\\b", "{{ x }}", "%s", "a" * 300, "", " ", "*", "__pydantic_extra__", "additional_properties", "json"),
)
WORDS = ("Its", "name", "of", "the", "run", "(ISO 8601)", "a, b;", "`code`", "**bold**", "[page](agent.md)", "https://a.b/c", "50%")
WORDS += ("Defaults to 5.", "Default: `a`", "(1-100)", "Must be between 1 and 5.", "Max 20 characters.", "[minLength: 3]", "Must match `^a`.")
FACTS = ("", "`5`", "`a`", "`true`", "`[]`", "`minLength: 3`", "`minimum: 1, maximum: 5`", '`pattern: "^a"`', "`maxItems: 9`")
ODD_FACTS = (*("`{", "`[[[[`", "`1e999`", '`pattern: "\\u202e"`', "`minimum: 9, maximum: 1`", "`'); raise SystemExit(3) #`", "`{{ x }}`", '`"""`'),)
CONSTANTS = ('"{{ x }}"', '"it\'s"', '"a\\\\b"', '"<b>"', '"](x)"', '"{%"', '"# x"', '"\\u202e"', "-1", "1.5", '"]: "')
LITERALS = {"speakeasy": "*Literal[{}]*", "fieldsmith": "`{}`"}
SCALARS = {
    "speakeasy": ("*str*", "*int*", "*bool*", "*float*", "*Any*", "*Optional[str]*", "*OptionalNullable[bool]*", '*Literal["a", "b"]*', "*Union[str, int]*", *map(LITERALS["speakeasy"].format, CONSTANTS)),
    "fieldsmith": ("`string`", "`integer`", "`datetime`", "`uuid`", "`decimal`", "`any`", "`string \\| null`", '`"a" \\| "b"`', "`map[string, bytes]`", *map(LITERALS["fieldsmith"].format, CONSTANTS)),
}  # fmt: skip
ODD_TYPES = (
    *("", "*str", "`string", "*open('x','w').close()*", "*os.system*", "*Literal[*", "List[*str*]]", "str]", "[x](../../../etc/passwd)"),
    *("[Gone](gone.md)", "[x](https://x.y/z.md)", "*Dict[str, str, str]*", "List[" * 40 + "*str*" + "]" * 40, "`list[nothing]`", "*'str'*"),
)
VALUES = ("one", "two", "TWO", "in_progress", "1", "1.0", "007", "true", "null", "-0", "a b", "+1", "-1", "\\n", "a\\'b", "a`b", "{x}", "")
MARK = {"speakeasy": (":heavy_check_mark:", ":heavy_minus_sign:"), "fieldsmith": ("yes", "no")}

ODDS = 12  # one in so many is of the odd kind
is_odd = st.integers(0, ODDS - 1).map(lambda drawn: drawn == 0)
fragment = st.sampled_from(FRAGMENTS)


def mostly(usual: Sequence[str], odd: Sequence[str]) -> st.SearchStrategy[str]:
    """One of the usual ones, seldom an odd one."""
    return st.integers(0, ODDS * 4 - 1).flatmap(lambda drawn: st.sampled_from(odd if drawn == 0 else usual))


class Place(NamedTuple):
    """Where a page is and what it defines."""

    path: str
    title: str
    layout: Layout


@st.composite
def text(draw: st.DrawFn, *, cell: bool) -> str:
    """Prose: words, and seldom fragments between them. In a cell it is one line, and its bars have a backslash."""
    words = draw(st.lists(st.sampled_from(WORDS), max_size=4))
    if draw(is_odd):
        words.insert(draw(st.integers(0, len(words))), "".join(draw(st.lists(fragment, min_size=1, max_size=4))))
    found = draw(st.sampled_from((" ", " ", "" if cell else "\n"))).join(words)
    return found.replace("\n", "<br/>").replace("\\|", "|").replace("|", "\\|") if cell else found


@st.composite
def types(draw: st.DrawFn, here: Place, places: Sequence[Place]) -> str:
    kind = draw(st.integers(0, ODDS * 4 - 1))
    if kind == 0:
        return draw(st.sampled_from(ODD_TYPES))
    inner = draw(st.sampled_from(SCALARS[here.layout]))
    if kind % 3 == 1:
        other = draw(st.sampled_from(places))
        up = "../" * here.path.count("/")
        inner = f"[{other.title}]({up}{other.path}{f'#{other.title}' if here.layout == 'fieldsmith' else ''})"
    heads = {"speakeasy": ("", "", "List[", "Dict[str, "), "fieldsmith": ("", "", "list[", "map[`string`, ")}
    head = draw(st.sampled_from(heads[here.layout]))
    return f"{head}{inner}{']' * bool(head)}"


@st.composite
def fields(draw: st.DrawFn, here: Place, places: Sequence[Place]) -> list[str]:
    """The section of a model: with a column of examples or without, names struck or not."""
    names = draw(st.lists(mostly(NAMES, ODD_NAMES), min_size=1, max_size=4, unique=True))
    more = [word for word in ("Example", *(("Default", "Constraints") if here.layout == "fieldsmith" else ())) if draw(st.booleans())]
    rows = []
    for name in names:
        shown = f"~~`{name}`~~" if draw(is_odd) else f"`{name}`"
        cells = [shown, draw(types(here, places)), draw(st.sampled_from(MARK[here.layout])), draw(text(cell=True))]
        cells += [draw(mostly(FACTS, ODD_FACTS) if word != "Example" and not draw(is_odd) else text(cell=True)) for word in more]
        rows.append(f"| {' | '.join(cells)} |")
    columns = ["Field", "Type", "Required", "Description", *more]
    return ["## Fields", "", f"| {' | '.join(columns)} |", "| --- " * len(columns) + "|", *rows]


@st.composite
def values(draw: st.DrawFn, here: Place) -> list[str]:
    drawn = draw(st.lists(st.sampled_from(VALUES), min_size=1, max_size=4, unique_by=str.lower))
    if here.layout == "fieldsmith":
        rows = [f"| `V{at}` | `{value if value.isdecimal() and value[0] != '0' else _quoted(value)}` | {draw(text(cell=True))} |" for at, value in enumerate(drawn)]
        return ["## Values", "", "| Name | Value | Description |", "| --- | --- | --- |", *rows]
    if draw(st.booleans()):
        return ["## Values", "", "| Name | Value |", "| --- | --- |", *(f"| `V{at}` | {value} |" for at, value in enumerate(drawn))]
    return ["## Values", "", "```typescript", " | ".join(map(_quoted, drawn)), "```"]


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


@st.composite
def union(draw: st.DrawFn, here: Place, places: Sequence[Place]) -> list[str]:
    if here.layout == "fieldsmith":
        parts = draw(st.lists(types(here, places), min_size=1, max_size=3))
        return ["## Type", "", " | ".join(parts).replace("\\|", "|")]
    members = draw(st.lists(st.sampled_from(("str", "int", "List[str]", *(f"models.{one.title}" for one in places))), min_size=1, max_size=3))
    return ["## Supported Types", *(line for one in members for line in ("", f"### `{one}`", "", "```python", f"value: {one} = /* values here */", "```"))]


@st.composite
def page(draw: st.DrawFn, here: Place, places: Sequence[Place]) -> str:
    kind = draw(st.sampled_from(("model", "model", "model", "enum", "union")))
    body = fields(here, places) if kind == "model" else values(here) if kind == "enum" else union(here, places)
    found = "\n".join([f"# {here.title}", "", draw(text(cell=False)), "", *draw(body), ""])
    return draw(edited(found)) if draw(is_odd) else found


@st.composite
def edited(draw: st.DrawFn, found: str) -> str:
    """A page with an accident: a line lost, doubled or moved, a fragment somewhere, other line ends, no last one."""
    lines = found.split("\n")
    at, to = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
    match draw(st.integers(0, 7)):
        case 0:
            del lines[at]
        case 1:
            lines.insert(to, lines[at])
        case 2:
            lines[at], lines[to] = lines[to], lines[at]
        case 3:
            return "\r\n".join(lines)
        case 4:
            return "\ufeff" + found.rstrip("\n")
        case 5:
            lines.insert(at, draw(fragment))
        case _:
            cut = draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:cut] + draw(fragment) + lines[at][cut:]
    return "\n".join(lines)


@st.composite
def page_sets(draw: st.DrawFn) -> Pages:
    """One to three pages that link to each other, by their paths."""
    titles = draw(st.lists(mostly(TITLES, ODD_TITLES), min_size=1, max_size=3, unique_by=str.lower))
    layout: Layout = draw(st.sampled_from(("speakeasy", "fieldsmith")))
    places = [
        Place(f"{draw(st.sampled_from(FOLDERS))}{title.lower().replace(' ', '')}.md", title, layout) for title in titles
    ]
    return {here.path: draw(page(here, places)) for here in places}
