"""Pages in, blocks out: what is a heading, a table or a fence, and where its parts stand."""

from __future__ import annotations

import time

import pytest

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.reading.markdown import Bullets, Document, Fence, Heading, Prose, parse, plain_text
from fieldsmith.reading.tables import Table, split_row


def read(text: str) -> Document:
    return parse("p.md", text, Diagnostics())


def shape(text: str) -> list[tuple[str, int, int]]:
    named = {Prose: "", Heading: "heading", Table: "table", Fence: "fence", Bullets: "bullets"}
    blocks = read(text).blocks
    return [(b.kind if isinstance(b, Prose) else named[type(b)], b.first, b.last) for b in blocks]


def test_blocks_and_their_lines() -> None:
    text = "# A\n\ntext\nmore\n\n> quote\n\n- one\n- two\n\n```x\n# no\n```\n<div>\nx\n</div>\n\n---\n\n| a |\n| - |\n| b |"
    assert shape(text) == [
        ("heading", 0, 1),
        ("text", 2, 4),
        ("quote", 5, 6),
        ("bullets", 7, 9),
        ("fence", 10, 13),
        ("html", 13, 16),
        ("rule", 17, 18),
        ("table", 19, 22),
    ]


@pytest.mark.parametrize(
    ("line", "text", "column"),
    [
        ("# A", "A", 3),
        ("#   A b  ", "A b", 5),
        ("# A #", "A", 3),
        ("# A#", "A#", 3),
        ("  ## `x`", "`x`", 6),
        ("###", "", 4),
    ],
)
def test_heading_text_and_column(line: str, text: str, column: int) -> None:
    (heading,) = read(line).blocks
    assert isinstance(heading, Heading)
    assert (heading.text, heading.span.line, heading.span.column) == (text, 1, column)


def test_no_headings() -> None:
    for line in ("####### a", "#a", "    # a", "\\# a"):
        assert not any(isinstance(block, Heading) for block in read(line).blocks)


def test_underlined_headings() -> None:
    first, second = read("A\n===\nB\n---\n").blocks
    assert isinstance(first, Heading) and (first.level, first.text, first.last) == (1, "A", 2)
    assert isinstance(second, Heading) and (second.level, second.text, second.first) == (2, "B", 2)


def test_headings_in_fences_quotes_and_comments_are_none() -> None:
    text = "```\n# a\n```\n~~~\n# a\n~~~\n> # a\n\n<!--\n\n# a\n-->\n"
    assert not any(isinstance(block, Heading) for block in read(text).blocks)


def test_fence_inside_html_does_not_open() -> None:
    assert shape("<div>\n```\n</div>\n\n# A\n")[-1] == ("heading", 4, 5)


def test_unclosed_fence_reaches_to_the_end() -> None:
    (fence,) = read("```ts\na\n\nb").blocks
    assert isinstance(fence, Fence) and (fence.info, fence.lines, fence.start) == ("ts", ("a", "", "b"), 1)


def test_longer_fences_hold_shorter_ones() -> None:
    (fence,) = read("````\n```\n# a\n```\n````\n").blocks
    assert isinstance(fence, Fence) and fence.lines == ("```", "# a", "```")


def test_front_matter_is_no_text() -> None:
    assert shape("---\na: 1\n---\n# A\n") == [("heading", 3, 4)]
    assert shape("+++\na = 1\n+++\n# A\n") == [("heading", 3, 4)]


def test_ragged_rows_are_kept() -> None:
    table = read("| a | b |\n| - | - |\n| 1 |\n| 1 | 2 | 3 |\nx\n").blocks[0]
    assert isinstance(table, Table)
    assert [row.texts for row in table.rows] == [("1",), ("1", "2", "3"), ("x",)]


def test_table_after_text_in_one_paragraph() -> None:
    assert shape("text\n| a |\n| - |\n| b |\n\nx") == [("text", 0, 1), ("table", 1, 4), ("text", 5, 6)]


def test_table_without_outer_pipes() -> None:
    table = read("a | b\n--- | ---\n1 | \n`2` | x\n").blocks[0]
    assert isinstance(table, Table)
    assert [row.texts for row in table.rows] == [("1", ""), ("`2`", "x")]


def test_row_of_dashes_needs_a_header_row() -> None:
    assert shape("text\n| - |\n") == [("text", 0, 2)]


@pytest.mark.parametrize(
    ("line", "texts", "columns"),
    [
        ("| a | b |", ("a", "b"), (3, 7)),
        ("|a|b|", ("a", "b"), (2, 4)),
        ("|\ta |  | c", ("a", "", "c"), (3, 8, 10)),
        ("| a\\|b | A\\X\\|B |", ("a|b", "A\\X|B"), (3, 10)),
        ("| `a\\|b` |", ("`a|b`",), (3,)),
        ("| a\rb |", ("a\rb",), (3,)),
        ("|| a |", ("", "a"), (2, 4)),
        ("| é𝄞 | b |", ("é𝄞", "b"), (3, 8)),
    ],
)
def test_cells_and_their_columns(line: str, texts: tuple[str, ...], columns: tuple[int, ...]) -> None:
    row = split_row("p.md", 1, line)
    assert row.texts == texts
    assert tuple(row.span(index).column for index in range(len(texts)))[: len(columns)] == columns


def test_last_row_without_a_line_end() -> None:
    table = read("| a |\n| - |\n| b |").blocks[0]
    assert isinstance(table, Table) and table.rows[-1].texts == ("b",)


@pytest.mark.parametrize(
    ("source", "text"),
    [("**a_b**", "a_b"), ("[a](#x)", "a"), ("a&#10;b", "a\nb"), ("`&lt;`", "&lt;"), ("&lt;", "<"), ("a\\*b", "a*b")],
)
def test_plain_text(source: str, text: str) -> None:
    assert plain_text(source) == text


def test_comments_switch_codes_off() -> None:
    document = read("# A\n\n<!-- fieldsmith: off FS028 FS035 -->\n\n```\n<!-- fieldsmith: off FS040 -->\n```\n")
    assert document.suppressed == {"FS028", "FS035"}


def test_unknown_codes_are_found() -> None:
    diagnostics = Diagnostics()
    parse("p.md", "<!-- fieldsmith: off XY1 -->", diagnostics)
    assert [finding.code for finding in diagnostics] == ["FS009"]


@pytest.mark.parametrize(
    "page",
    [
        lambda n: "# a" + " " * n + "b",
        lambda n: "# " + "*a **b " * n,
        lambda n: "x\n" * n,
        lambda n: "> " * n,
        lambda n: "<a" + " x" * n,
        lambda n: "[a]: x (\n" * n,
        lambda n: "``` `\n" * n,
        lambda n: "|" * n,
        lambda n: "| a |\n| - |\n" + "| " + "\\|" * n + " |",
    ],
)
def test_time_grows_with_the_page_alone(page: object) -> None:
    assert callable(page)
    start = time.perf_counter()
    read(page(20_000))
    assert time.perf_counter() - start < 1
