"""Text that goes into written docs: it reads back as it was, stays readable, and is neither active nor structure."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fieldsmith.reading.dialects.fieldsmith_text import decode, decode_code
from fieldsmith.writing import mdtext
from rendering import active

BITS = [
    "\n", "\n\n", " ", "  ", "    ", "\t", "`", "``", "```", "~~~", "~~", "```js\n", "\n```\n", "<", ">", "&",
    ";", "#", "##", "# T", "\\", "[", "]", "](", "]:", ")", "(", "!", "![", "{", "}", "{{", "{%", "{#", "|",
    "| --- |", "---", "===", "- ", "* ", "1. ", "> ", ":", ":::", "javascript:alert(1)",
    "JAVASCRIPT&colon;alert(1)", "java\tscript:x", "data:text/html,x", "https://a.b/c", "http://x",
    "mailto:a@b.c", "a.md", "../b/c.md#d", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!--",
    "-->", "<a href=", '"', "'", "<br/>", "<br>", "<https://a.b>", "<javascript:alert(1)>", "&lt;", "&amp;",
    "&#60;", "&#x3c;", "&LT;", "&#10;", "&#39;", "&colon;", "&Tab;", "8<--", '--8<-- "x"', "{: onclick=x}",
    "{id}", "/u/{id}", "[x]", "[x]: ", "[^1]", "[^1]: ", "x", "word", "**b**", "_i_", "\xe9", "\u200b",
    "\ufe0f", "\u2028", "\r", "## Fields", "| a | b |", "N/A", "Deprecated: x", "Other values may come.", "import x from 'y'", "export default x",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(BITS), max_size=14).map("".join),
    st.text(st.characters(codec="utf-8"), max_size=60),
)


TABLE = "| Field | Doc | End |\n| --- | --- | --- |\n"


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("\n```\n")
@example("`\\` `")
@example("a\\\n```\nx\n```\n ")
@example("&#10;\nx")
def test_reads_back(text: str) -> None:
    assert decode(mdtext.encode(text, "prose"), "prose") == text
    cell = mdtext.encode(text, "cell")
    assert "\n" not in cell and cell == cell.strip(" \t")
    assert not re.search(r"(?<!\\)\|", cell)
    assert decode(cell.replace("\\|", "|"), "cell") == text
    assert decode(mdtext.encode_line(text, "prose"), "line") == text
    assert decode(mdtext.encode_line(text, "cell").replace("\\|", "|"), "line") == text
    assert decode(mdtext.title(text), "line") == text
    code = mdtext.code(text)
    assert "\n" not in code and not re.search(r"(?<!\\)\|", code)
    assert decode_code(code.replace("\\|", "|")) == text


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_nothing_is_active_and_structure_stays(text: str) -> None:
    page = (
        f"# {mdtext.title('T' + text)}\n\n{mdtext.encode(text, 'prose')}\n\n## Fields\n\n{TABLE}"
        f"| {mdtext.code(text)} | {mdtext.encode(text, 'cell')} | end |\n\n# Last\n"
    )
    assert not re.search(r"\{[{%#]", page) and "8<-" not in page
    found = active(page)
    assert found.hits == []
    assert [tag for tag in found.tags if tag in ("h1", "h2", "table", "tr", "td")] == [
        "h1", "h2", "table", "tr", "tr", "td", "td", "td", "h1",
    ]  # fmt: skip


ADDRESSES = ["https://a.b/c", "see HTTP://a.b", "www.a.b", "x`y`mailto:a@b.c", "`a` http://a`b`c"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_code_in_an_address_is_no_code(address: str) -> None:
    """Who links bare addresses takes the backtick for a part of one, and then sees what follows."""
    text = f"{address}`<javascript:alert(1)>` but `<b>`"
    for where in ("prose", "cell"):
        written = mdtext.encode(text, where)
        assert "`<javascript" not in written and written.endswith("but `<b>`")
        assert decode(written, where) == text


PLAIN = [
    "Plain text, with (brackets) and 3 < 4.",
    "**bold**, _emphasis_, `code`, ``a`b`` and [a link](https://example.com/a_(b)).",
    "- one\n- two\n\n1. first\n   1. nested\n\n> quote",
    "See [page](../a.md#B) or <https://example.com>.",
    '```json\n{"a": [1, 2]}\n```',
    "### A heading\n\nof the third level; GET /users/{id} and `{id}`",
    "don&#39;t &copy; \\* \\_",
]


@pytest.mark.parametrize("text", PLAIN)
def test_ordinary_markdown_stays(text: str) -> None:
    assert mdtext.encode(text, "prose") == text


@pytest.mark.parametrize(
    ("text", "cell", "prose"),
    [
        ("a <b>", "a &lt;b>", "a &lt;b>"),
        ("a | b", "a \\| b", "a | b"),
        ("`a | b`", "`a \\| b`", "`a | b`"),
        ("![x](https://y)", "&#33;[x](https://y)", "&#33;[x](https://y)"),
        ("[x](javascript:y)", "[x]&#40;javascript:y)", "[x]&#40;javascript:y)"),
        ("[x](/y&#124;z)", "[x]&#40;/y&amp;#124;z)", "[x]&#40;/y&amp;#124;z)"),
        ("[x](/y?a=1&b=2)", "[x](/y?a=1&b=2)", "[x](/y?a=1&b=2)"),
        ("[x]: y", "[x]&#58; y", "[x]&#58; y"),
        ("{{ x }} {% y %}", "&#123;&#123; x }} &#123;% y %}", "&#123;&#123; x }} &#123;% y %}"),
        ("a\n---\n# b", "a<br/>---<br/># b", "a\n&#45;--\n&#35; b"),
        ("&lt;b> \\<i>", "&LT;b> &#x3c;i>", "&LT;b> &#x3c;i>"),
        ("import x\nexport y", "import x<br/>export y", "import&#32;x\nexport&#32;y"),
        ("```\nopen", "&#96;&#96;&#96;<br/>open", "&#96;&#96;&#96;\nopen"),
    ],
)
def test_what_could_do_harm_is_spelled_out(text: str, cell: str, prose: str) -> None:
    assert mdtext.encode(text, "cell") == cell
    assert mdtext.encode(text, "prose") == prose


@pytest.mark.parametrize(
    "bit", ["`", "``` ", "[", "](", "&#1", "\\", "{", "<", "~~~\n", "```\n", "`a", "``a`", "> ", "1. ", " ", "\n", "- "]
)
def test_time_grows_with_length(bit: str) -> None:
    def seconds(times: int) -> float:
        text = bit * times + "x"
        begin = time.perf_counter()
        decode(mdtext.encode(text, "prose"), "prose")
        decode(mdtext.encode(text, "cell"), "cell")
        return time.perf_counter() - begin

    small = min(seconds(4_000) for _ in range(3))
    assert min(seconds(32_000) for _ in range(3)) < 30 * small + 0.05
