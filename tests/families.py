"""Size -> pages that are hard to read: each family grows with the size, and with it the work, but no faster.

The families are those on which Markdown parsers are known to fail (cmark keeps a list of them), and others for what is
ours: rows, types, names, and loops that go over many pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Pages = Mapping[str, str]
Family = Callable[[int], Pages]

HEAD = "| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n"
PARAMETERS = HEAD.replace("Field", "Parameter")
VALUES = "| Name | Value |\n| --- | --- |\n"


def row(name: str = "a", type_: str = "*str*", doc: str = "N/A") -> str:
    return f"| `{name}` | {type_} | :heavy_check_mark: | {doc} |\n"


def model(rows: str, prose: str = "", title: str = "A", *, tail: str = "") -> str:
    return f"# {title}\n\n{prose}\n\n## Fields\n\n{HEAD}{rows}{tail}"


def _house(column: str, cell: str) -> str:
    head = f"| Field | Type | Required | {column} |\n| --- | --- | --- | --- |\n"
    return f"# A\n\n## Fields\n\n{head}| `a` | `list[string]` | no | {cell} |\n"


def filled(piece: str, size: int) -> str:
    """`piece` again and again, about `size` characters."""
    return piece * max(1, size // len(piece))


def growing(mark: str, size: int) -> str:
    """Runs of `mark`, each one longer than the one before, about `size` characters in all."""
    return " ".join(mark * width for width in range(1, max(2, int((2 * size / len(mark)) ** 0.5))))


def numbered(line: Callable[[int], str], size: int) -> str:
    """Lines made of their numbers, about `size` characters."""
    return "".join(line(number) for number in range(max(1, size // len(line(1000)))))


def _one(text: str) -> Pages:
    return {"a.md": text}


# What stands once in the prose, once in a cell, once in a name, once in a title: parsers of Markdown fail on these.
INLINE: Mapping[str, Callable[[int], str]] = {
    "blanks": lambda n: "a" + " " * n + "b",
    "emphasis-opened": lambda n: filled("*a **a ", n),
    "emphasis-nested": lambda n: filled("*a ", n // 2) + filled("_a*_ ", n // 2),
    "emphasis-stars": lambda n: "*" * n,
    "emphasis-underscores": lambda n: filled("__a_ ", n),
    "emphasis-closers": lambda n: filled("a** b ", n),
    "emphasis-mixed": lambda n: filled("a***b__ ", n),
    "struck": lambda n: filled("~~a ~ ", n),
    "brackets-open": lambda n: "[" * n,
    "brackets-nested": lambda n: "[" * (n // 2) + "a" + "]" * (n // 2),
    "brackets-closed": lambda n: "]" * n,
    "links-unclosed": lambda n: filled("[a](", n),
    "links-in-links": lambda n: filled("[a](b", n),
    "links-bang": lambda n: filled("![[]()", n),
    "links-titled": lambda n: "[a](b '" + filled("\\'", n),
    "links-angled": lambda n: filled("[a](<b", n),
    "ticks-growing": lambda n: growing("`", n),
    "ticks-apart": lambda n: filled("` `` ", n),
    "angles": lambda n: "<" * n,
    "angles-tags": lambda n: filled("<a ", n),
    "angles-questions": lambda n: filled("<?", n),
    "angles-comments": lambda n: filled("<!--", n),
    "angles-data": lambda n: filled("<![CDATA[", n),
    "angles-declared": lambda n: filled("<!A ", n),
    "angles-attributes": lambda n: "<a " + filled("b='c' ", n),
    "breaks": lambda n: filled("<br/>", n),
    "entities": lambda n: filled("&amp;", n),
    "entities-open": lambda n: filled("&#x41 &a", n),
    "backslashes": lambda n: "\\" * n,
    "escapes": lambda n: filled("\\*", n),
    "braces": lambda n: filled("{{", n),
    "hidden": lambda n: filled("a\u200b", n),
    "astral": lambda n: filled("\U0001f600", n),
    "digits": lambda n: "9" * n,
    "word": lambda n: "x" * n,
    "camel": lambda n: filled("aB", n),
    "capitals": lambda n: "A" * n,
    "dots": lambda n: "a" + "." * n,
    "switches": lambda n: filled("<!-- fieldsmith: off ", n),
}

# What begins lines.
BLOCKS: Mapping[str, Callable[[int], str]] = {
    "blank-lines": lambda n: "\n" * n,
    "headings": lambda n: filled("## A\n\n", n),
    "headings-empty": lambda n: filled("#\n", n),
    "headings-marks": lambda n: "# " + "#" * n + " a",
    "headings-underlined": lambda n: filled("a\n===\n", n),
    "paragraph-lines": lambda n: filled("a\n", n),
    "paragraphs": lambda n: filled("a\n\n", n),
    "quotes-nested": lambda n: "> " * n,
    "quotes-flat": lambda n: filled("> a\n", n),
    "quotes-apart": lambda n: filled("> a\n\n", n),
    "quotes-deeper": lambda n: "\n".join(">" * width for width in range(1, int((2 * n) ** 0.5))),
    "lists-nested": lambda n: "\n".join(" " * (2 * depth) + "- a" for depth in range(int(n**0.5))),
    "lists-flat": lambda n: filled("- a\n", n),
    "lists-marks": lambda n: "- " * n,
    "lists-numbered": lambda n: filled("1. a\n", n),
    "lists-apart": lambda n: filled("- a\n\n", n),
    "lists-plus": lambda n: filled("- a\n+ b\n", n),
    "rules": lambda n: filled("***\n", n),
    "rules-long": lambda n: "* " * n + "a",
    "dashes": lambda n: "-" * n,
    "directives": lambda n: filled("<!-- fieldsmith: skip -->\n", n),
    "directives-models": lambda n: filled("<!-- fieldsmith: model A -->\n|name|type|\n|-|-|\n|a|b|\n\n", n),
    "directives-nested": lambda n: filled("<!-- fieldsmith: model A -->\n# A\n<!-- fieldsmith: model A -->\n## A\n", n),
    "directives-unknown": lambda n: filled("<!-- fieldsmith: a -->\n", n),
    "directives-in-code": lambda n: filled("`<!-- fieldsmith: skip -->` ", n),
    "directives-in-list": lambda n: filled("- `` <!-- fieldsmith: \n", n),
    "directives-long": lambda n: "<!-- fieldsmith: model " + "a\n" * n + "-->\n",
    "code-indented": lambda n: filled("    a\n", n),
    "code-apart": lambda n: filled("    a\n\n", n),
    "fences": lambda n: filled("```\na\n```\n", n),
    "fences-unclosed": lambda n: "```\n" + filled("a\n", n),
    "fences-in-text": lambda n: filled("``` `\n", n),
    "fences-tildes": lambda n: filled("~~~ a\n", n),
    "fences-growing": lambda n: filled("".join(2 * ("`" * width + "\n") for width in range(3, 9)), n),
    "fences-indented": lambda n: filled("  ```\n  a\n", n),
    "html-blocks": lambda n: filled("<div>\n\n", n),
    "html-open": lambda n: filled("<pre>\n", n),
    "html-comments": lambda n: filled("<!-- a -->\n", n),
    "html-unclosed": lambda n: filled("<!--\n\n", n),
    "html-questions": lambda n: filled("<?a\n\n", n),
    "html-data": lambda n: filled("<![CDATA[\n\n", n),
    "html-tags": lambda n: filled("<a b='\n\n", n),
    "references": lambda n: numbered(lambda i: f"[a{i}]: b\n", n),
    "references-titled": lambda n: filled("[a]: b (\n", n),
    "references-escaped": lambda n: "[a]: b '" + filled("\\'\\\\", n),
    "references-open": lambda n: "[" + filled("\\[", n),
    "front-matter": lambda n: "---\n" + filled("a: b\n", n),
    "tables": lambda n: filled("| a |\n| - |\n| b |\n\n", n),
    "tables-headless": lambda n: filled("| - |\n", n),
    "tables-ragged": lambda n: "| a |\n| - |\n" + filled("| b | c\n", n),
    "tables-bare": lambda n: "a | b\n- | -\n" + filled("c | d\n", n),
    "tables-wide": lambda n: "|" + "a|" * (n // 4) + "\n|" + "-|" * (n // 4) + "\n",
    "pipes": lambda n: "|" * n,
    "pipes-lines": lambda n: filled("|\n", n),
}

# What is ours: rows, types, values.
ROWS: Mapping[str, Callable[[int], str]] = {
    "rows": lambda n: model(numbered(lambda i: row(f"name_{i}"), n)),
    "rows-twins": lambda n: model(filled(row(), n)),
    "rows-camel": lambda n: model(numbered(lambda i: row(f"name{i}ID"), n)),
    "rows-nameless": lambda n: model(filled(row(""), n)),
    "rows-short": lambda n: model(numbered(lambda i: f"| `a{i}` |\n", n)),
    "rows-long": lambda n: model(numbered(lambda i: f"| `a{i}` | a | b | c | d | e | f |\n", n)),
    "rows-strange": lambda n: model(filled("a\n", n)),
    "rows-unmarked": lambda n: model(numbered(lambda i: f"| `a{i}` | *str* | ? | N/A |\n", n)),
    "rows-struck": lambda n: model(numbered(lambda i: row(f"a{i}").replace("`", "~~", 1).replace("`", "~~", 1), n)),
    "row-of-pipes": lambda n: model("|" * n),
    "row-of-escapes": lambda n: model(row(doc=filled("\\|", n))),
    "row-of-returns": lambda n: model(row(doc=filled("a\r", n))),
    "type-lists": lambda n: model(row(type_="List[" * (n // 5))),
    "type-closed": lambda n: model(row(type_="List[" * (n // 6) + "*str*" + "]" * (n // 6))),
    "type-union": lambda n: model(row(type_="*Union[" + numbered(lambda i: f'"a{i}", ', n) + '"b"]*')),
    "type-pipes": lambda n: model(row(type_=filled("*string* \\| ", n) + "*number*")),
    "type-literal": lambda n: model(row(type_="*Literal[" + numbered(lambda i: f"'a{i}', ", n) + "'b']*")),
    "type-arrays": lambda n: model(row(type_="*string*" + "[]" * (n // 2))),
    "type-pointers": lambda n: model(row(type_="*" * n + "string")),
    "type-links": lambda n: model(row(type_=filled("[A](a.md)", n))),
    "type-dots": lambda n: model(row(type_="*" + filled("a.", n) + "b*")),
    "type-unknown": lambda n: model(numbered(lambda i: row(f"a{i}", f"*numbre{i}*"), n)),
    "type-dangling": lambda n: model(numbered(lambda i: row(f"a{i}", f"[B{i}](b{i}.md)"), n)),
    "type-far": lambda n: model(row(type_="[A](" + filled("../", n) + "a.md)")),
    "type-percent": lambda n: model(row(type_="[A](" + filled("%2e", n) + "a.md)")),
    "type-quotes": lambda n: model(row(type_='*"' + filled('\\"', n) + "*")),
    "type-number": lambda n: model(row(type_="*Literal[" + "9" * n + "]*")),
    "values": lambda n: "# A\n\n## Values\n\n" + VALUES + numbered(lambda i: f"| `A{i}` | a{i} |\n", n),
    "values-twins": lambda n: "# A\n\n## Values\n\n" + VALUES + filled("| `A` | a |\n", n),
    "values-equal": lambda n: "# A\n\n## Values\n\n" + VALUES + numbered(lambda i: f"| `A{i}` | a |\n", n),
    "values-number": lambda n: "# A\n\n## Values\n\n" + VALUES + f"| `A` | {'9' * n} |\n",
    "values-listed": lambda n: "# A\n\n## Values\n\n" + numbered(lambda i: f"- `\"a{i}\"`\n", n),
    "values-code": lambda n: "# A\n\n## Values\n\n```typescript\n" + numbered(lambda i: f'"a{i}" | ', n) + '"b"\n```\n',
    "values-signs": lambda n: "# A\n\n## Values\n\n" + numbered(lambda i: "- `\"" + "+" * (i % 99) + f"{i}\"`\n", n),
    "members": lambda n: "# A\n\n## Supported Types\n\n" + numbered(lambda i: f"### `{'List[' * (i % 9)}str{']' * (i % 9)}`\n\n", n),
    "members-equal": lambda n: "# A\n\n## Supported Types\n\n" + filled("### `str`\n\n", n),
    "members-unknown": lambda n: "# A\n\n## Supported Types\n\n" + numbered(lambda i: f"### `b{i}`\n\n", n),
    "members-code": lambda n: "# A\n\n## Supported Types\n\n" + numbered(lambda i: f"### a{i}\n\n```python\nvalue: str = x\n```\n\n", n),
    "sections": lambda n: "# A\n\n" + filled(f"## Fields\n\n{HEAD}{row()}\n", n),
    "section-tables": lambda n: "# A\n\n## Fields\n\n" + filled(f"{HEAD}{row()}\n", n),
    "example-json": lambda n: model(row(), "```json\n" + "[" * n + "\n```"),
    "house-definitions": lambda n: numbered(
        lambda i: f"# A{i}\n\n## Fields\n\n| Field | Type | Required |\n| --- | --- | --- |\n| `a` | `A{i + 1}` | no |\n\n", n
    ),
    "house-twins": lambda n: filled("# A\n\n## Type\n\n`string`\n\n", n),
    "house-default": lambda n: (
        "# A\n\n## Fields\n\n| Field | Type | Required | Default |\n| --- | --- | --- | --- |\n"
        f"| `a` | `any` | no | `{'[' * n}` |\n"
    ),
    "house-default-quotes": lambda n: _house("Default", filled('"\\\\', n)),
    "house-default-single": lambda n: _house("Default", filled("\\\\'", n)),
    "house-default-keys": lambda n: _house("Default", "{" + filled("a: , ", n)),
    "house-constraints": lambda n: _house("Constraints", filled("minLength: 1, ", n)),
    "house-constraints-blank": lambda n: _house("Constraints", "pattern" + " " * n),
    "house-constraints-ranges": lambda n: _house("Constraints", filled("1-2 ", n)),
    "facts-defaults": lambda n: model(row(doc=filled("Default: `a`. ", n))),
    "facts-defaults-open": lambda n: model(row(doc=filled("default: `a default: \"a (default ", n))),
    "facts-defaults-blank": lambda n: model(row(doc="Default: a" + " " * n + "b")),
    "facts-ranges": lambda n: model(row(doc=filled("Must be between 1 and 2. ", n))),
    "facts-numbers": lambda n: model(row(doc=filled("(1,234,", n))),
    "facts-notes": lambda n: model(row(doc=filled("[minLength: 1] minLength ", n))),
    "facts-patterns": lambda n: model(row(doc=filled("must match `a must match ", n))),
    "operations": lambda n: "# A\n\n" + numbered(lambda i: f"## b{i}\n\n### Parameters\n\n{PARAMETERS}{row()}\n", n),
    "operations-listed": lambda n: (
        "# A\n\n### Available Operations\n\n" + numbered(lambda i: f"* [b{i}](#b{i})\n", n) + f"\n## b0\n\n### Parameters\n\n{PARAMETERS}{row()}"
    ),
    "operations-parameters": lambda n: "# A\n\n## b\n\n" + filled(f"### Parameters\n\n{PARAMETERS}{row()}\n", n),
    "house-text": lambda n: "# A\n\n" + filled("&#96;&lt;&amp;", n) + "\n\n## Type\n\n`string`\n",
    "house-nested": lambda n: "# A\n\n## Type\n\n`" + "list[" * (n // 6) + "any" + "]" * (n // 6) + "`\n",
    "house-union": lambda n: "# A\n\n## Type\n\n`" + numbered(lambda i: f'"a{i}" | ', n) + "null`\n",
    "house-unclosed": lambda n: "# A\n\n" + numbered(lambda i: "```" + "`" * (i % 9) + "\n&#96;\n", n) + "\n## Type\n\n`any`\n",
    "house-discriminator": lambda n: (
        "# A\n\n## Type\n\n`B | C`\n\n## Discriminator\n\n`a`\n\n| Value | Type |\n| --- | --- |\n"
        + numbered(lambda i: f'| `"a{i}"` | [A](a.md) |\n', n)
    ),
}

# Pages in the manner of references, with many definitions and types told in words.
OBJECT = "### A Object\n\n###### A Structure\n\n| Field | Type | Description |\n| --- | --- | --- |\n| id | snowflake | |\n"
FIXED = "#### A Object\n\n##### Fixed Fields\n\n| Field Name | Type | Description |\n| --- | --- | --- |\n"
REFERENCES: Mapping[str, Callable[[int], str]] = {
    "reference-rows": lambda n: OBJECT + numbered(lambda i: f"| a{i}?\\* | ?array of [b](/c/d#e{i}) objects | |\n", n),
    "reference-stars": lambda n: f"{OBJECT}| a{'*' * n} | string{filled(chr(92) + '* ', n)} | |\n",
    "reference-stars-apart": lambda n: f"{OBJECT}| a{filled(' *', n)}b | string{filled(' *', n)}b | |\n",
    "reference-remarks": lambda n: f"{OBJECT}| a | string{filled(' (', n)} | |\n| b | string{filled(', [', n)} | |\n",
    "reference-keys": lambda n: f"{OBJECT}| a | dict{filled(' with keys in [', n)} | |\n",
    "reference-words": lambda n: f"{OBJECT}| a | {filled('array of a up to 10 ', n)}string | |\n",
    "reference-options": lambda n: f"{OBJECT}| a | {filled('string, [b](/c) object, or ', n)}string | |\n",
    "reference-maps": lambda n: f"{OBJECT}| a | {filled('map of string to ', n)}string | |\n",
    "reference-open-links": lambda n: f"{OBJECT}| a | {'[' * n} | |\n",
    "reference-parts": lambda n: (
        "## A\n\nAll parameters to this endpoint are optional.\n\n"
        + filled("###### JSON Params\n\n| Field | Type |\n| --- | --- |\n| id | snowflake |\n\n", n)
    ),
    "reference-objects": lambda n: numbered(
        lambda i: f'<Anchor id="b{i}" />\n' + OBJECT.replace("A", f"A{i}") + f"| b | partial [b](#b{i + 1}) | |\n\n", n
    ),
    "reference-siblings": lambda n: "## A\n\n" + numbered(lambda i: OBJECT.replace("A", f"A{i}").replace("###", "####", 1) + "\n", n),
    "reference-values": lambda n: f"{OBJECT}\n###### B\n\n| Type | Value |\n| --- | --- |\n" + numbered(lambda i: f"| A{i} | 1 << {i % 70} |\n", n),
    "reference-columns": lambda n: OBJECT.replace("Description |", "Description |" + "é|" * (n // 4)).replace("--- |\n", "--- |" + "-|" * (n // 4) + "\n"),
    "fixed-lists": lambda n: f"{FIXED}| a | {'[' * n}`string`{']' * n} | |\n",
    "fixed-lists-open": lambda n: f"{FIXED}| a | {filled('[[a](#a) ', n)} | |\n",
    "fixed-maps": lambda n: f"{FIXED}| a | {filled('Map[`string`, ', n)} | |\n",
    "fixed-tables": lambda n: filled(f"{FIXED}| a | `string` | **REQUIRED**. |\n\n", n),
    "fixed-empty": lambda n: "#### A Object\n\n" + filled("##### Fixed Fields\n\n", n),
    "fixed-patterns": lambda n: "#### A Object\n\n##### Patterned Fields\n\n| Field Pattern | Type | Description |\n| --- | --- | --- |\n"
    + numbered(lambda i: f'| /{{a{i}}} | "b{i}" | a |\n', n),
}


def _pages(page: Callable[[int, int], str], each: int) -> Family:
    """Pages made of their number and of how many there are, `each` characters of the size a page."""

    def pages(size: int) -> Pages:
        count = max(4, size // each)
        return {f"a{number}.md": page(number, count) for number in range(count)}

    return pages


def _in_folders(family: Family) -> Family:
    return lambda size: {f"f{at}/{path}": text for at, (path, text) in enumerate(family(size).items())}


def _union(*members: str, title: str) -> str:
    return f"# {title}\n\n## Supported Types\n\n" + "".join(f"### `{member}`\n\n" for member in members)


def _few(number: int, count: int) -> list[int]:
    return [(number * 7 + step * 13) % count for step in range(5)]


# What goes over many pages.
SETS: Mapping[str, Family] = {
    "pages": _pages(lambda i, _: model(row("a", f"[A{i}](a{i}.md)"), title=f"A{i}"), 1000),
    "pages-one-title": _pages(lambda i, _: model(row("a", "*A*"), title="A"), 1000),
    "pages-one-title-apart": _in_folders(_pages(lambda i, _: model(row("a", "*A*"), title="A"), 1000)),
    "pages-wrong-folder": _in_folders(_pages(lambda i, _: model(row("a", "[x.A](../x/a.md)"), title="A"), 1000)),
    "pages-unknown": _pages(lambda i, _: model(row("a", f"*numbre{i}*"), title=f"A{i}"), 1000),
    "pages-above": _in_folders(_pages(lambda i, _: model(row("a", f"[B](../../b{i}/b.md)"), title=f"A{i}"), 1000)),
    "pages-on-a-site": _pages(
        lambda i, n: OBJECT + "".join(f"| b{j} | partial [a](/x/y/a{j}#a-object) object | |\n" for j in _few(i, n)), 1000
    ),
    "pages-off-the-site": _pages(lambda i, _: OBJECT + f"| b | [a](/{'x/' * 20}b{i}#a) | |\n", 1000),
    "alias-chain": _pages(lambda i, n: _union(f"A{i + 1}" if i + 1 < n else "str", "int", title=f"A{i}"), 1000),
    "alias-ring": _pages(lambda i, n: _union(f"A{(i + 1) % n}", title=f"A{i}"), 1000),
    "alias-web": _pages(lambda i, n: _union(*(f"A{j}" for j in _few(i, n)), "str", title=f"A{i}"), 1000),
    "alias-ladder": _pages(lambda i, n: _union(*(f"A{j}" for j in range(i + 1, min(i + 4, n))), "str", title=f"A{i}"), 1000),
    "model-ring": _pages(lambda i, n: model(row("a", f"[A](a{(i + 1) % n}.md)"), title=f"A{i}"), 1000),
    "model-web": _pages(
        lambda i, n: model("".join(row(f"b{j}", f"[A](a{j}.md)") for j in _few(i, n)), title=f"A{i}"), 1000
    ),
    "union-of-all": lambda size: {
        **_pages(lambda i, _: model(row("a", f'*Literal["a{i}"]*'), title=f"A{i}"), 1000)(size),
        "b.md": _union(*(f"A{i}" for i in range(max(4, size // 1000))), title="B"),
    },
    "union-of-twins": lambda size: {
        **_pages(lambda i, _: model(row("a"), title=f"A{i}"), 1000)(size),
        "b.md": _union(*(f"A{i}" for i in range(max(4, size // 1000))), title="B"),
    },
    "models-of-one-union": lambda size: {
        **_pages(lambda i, _: model(row("a", "[B](b.md)"), title=f"A{i}"), 1000)(size),
        "b.md": _union(*(f"A{i}" for i in range(max(4, size // 1000))), title="B"),
    },
    "unions-of-large": lambda size: {
        **{
            f"a{i}.md": model(numbered(lambda j: row(f"f{j}", "*int*"), size // 40) + row("z", f"[B{i}](b{i}.md)"), title=f"A{i}")
            for i in range(20)
        },
        **{f"b{i}.md": f"# B{i}\n\n## Values\n\n{VALUES}| `A` | a{i} |\n| `B` | b |\n" for i in range(20)},
        "c.md": model(
            numbered(lambda i: row(f"u{i}", f"*Union[A{i % 20}, A{(i + 1 + i // 20 % 19) % 20}]*"), size // 2), title="C"
        ),
    },
    "alias-lists": _pages(lambda i, n: _union(f"List[A{i + 1}]" if i + 1 < n else "str", "int", title=f"A{i}"), 1000),
    "alias-lists-of-unions": _pages(
        lambda i, n: _union(f"List[Union[A{i + 1}, str]]" if i + 1 < n else "str", "int", title=f"A{i}"), 1000
    ),
    "alias-chain-of-models": _pages(
        lambda i, n: _union(f"A{i + 2}" if i + 2 < n else "str", f"M{i}", title=f"A{i}") if i % 2 else model(row(), title=f"M{i + 1}"),
        1000,
    ),
    "unions-of-all": lambda size: {
        **_pages(lambda i, _: model(row("a"), title=f"A{i}"), 1000)(size),
        "b.md": model(
            numbered(lambda i: row(f"u{i}", f"*Union[A{i % 40}, A{(i + 1) % 40}, A{(i + 3) % 40}]*"), size), title="B"
        ),
    },
}

# Pages that hold many definitions each, as programs write them.
PROTOC = "| Field | Type | Label | Description |\n| ----- | ---- | ----- | ----------- |\n"
CRD = "| Field | Description | Default | Validation |\n| --- | --- | --- | --- |\n"
TERRAFORM = "| Name | Description | Type | Default | Required |\n|---|---|---|---|---|\n"
GENERATED: Mapping[str, Callable[[int], str]] = {
    "protoc-messages": lambda n: numbered(
        lambda i: f'<a name="p-M{i}"></a>\n\n### M{i}\n\n{PROTOC}| a | [M{i // 2}](#p-M{i // 2}) | repeated | x |\n\n', n
    ),
    "protoc-twins": lambda n: numbered(
        lambda i: f'<a name="p{i}-M"></a>\n\n### M\n\n{PROTOC}| a | [M](#p{i // 2}-M) |  | x |\n\n', n
    ),
    "protoc-text": lambda n: f'<a name="p-M"></a>\n\n### M\n{filled("### x" + chr(10) + "# y" + chr(10), n)}\n{PROTOC}| a | [int32](#int32) |  |  |\n',
    "protoc-pipes": lambda n: f'<a name="p-M"></a>\n\n### M\n\n{PROTOC}| a | [int32](#int32) |  | {filled("|", n)} |\n',
    "protoc-blanks": lambda n: filled(f'<a name="p-M"></a>\n\n### M\n\n{PROTOC}' + "\n" * 200, n),
    "protoc-defaults": lambda n: f'<a name="p-M"></a>\n\n### M\n\n{PROTOC}| a | [int32](#int32) | optional | {filled("Default: ", n)} |\n',
    "crd-types": lambda n: numbered(
        lambda i: f"#### M{i}\n\n_Appears in:_\n- [X](#x)\n\n{CRD}| `a` _[M{i // 2}](#m{i // 2}) array_ | x | 1 | Minimum: 1 <br /> |\n\n", n
    ),
    "crd-versions": lambda n: numbered(
        lambda i: f"## g/v{i}\n\n#### M\n\n_Appears in:_\n- [M](#m)\n\n{CRD}| `a` _[M](#m)_ | x | 1 |  |\n\n", n
    ),
    "crd-arrays": lambda n: f"#### M\n\n_Appears in:_\n\n{CRD}| `a` _string {filled('array ', n)}_ |  |  |  |\n",
    "crd-validations": lambda n: f"#### M\n\n_Appears in:_\n\n{CRD}| `a` _string_ |  |  | {filled('<br /> ', n)} |\n",
    "crd-names": lambda n: f"#### M\n\n_Appears in:_\n\n{CRD}| `a` _b_ |  |  |  |\n| `a{filled('` _', n)} |  |  |  |\n",
    "tf-inputs": lambda n: f"## Inputs\n\n{TERRAFORM}" + numbered(lambda i: f"| a{i} | x | `list(object({{ b = optional(number, 3) }}))` | `[]` | no |\n", n),
    "tf-attributes": lambda n: f"## Inputs\n\n{TERRAFORM}| a | x | `object({{{numbered(lambda i: f'b{i} = string, ', n)}}})` | n/a | yes |\n",
    "tf-defaults": lambda n: f"## Inputs\n\n{TERRAFORM}| a | x | `object({{ b = optional(any, [{filled('[],', n)}]) }})` | n/a | yes |\n",
    "tf-open": lambda n: f"## Inputs\n\n{TERRAFORM}| a | x | `{filled('object({a=', n)}` | n/a | yes |\n",
    "tf-comments": lambda n: f"## Inputs\n\n{TERRAFORM}| a | x | `{filled('/* # ', n)}` | n/a | yes |\n",
}


def families() -> Mapping[str, Family]:
    """All families by name."""
    found: dict[str, Family] = {}
    for name, inline in INLINE.items():
        found[f"{name}/prose"] = lambda n, make=inline: _one(model(row(), make(n)))
        found[f"{name}/cell"] = lambda n, make=inline: _one(model(row(doc=make(n))))
        found[f"{name}/name"] = lambda n, make=inline: _one(model(row(make(n)).replace("`", "")))
        found[f"{name}/title"] = lambda n, make=inline: _one(model(row(), title=make(n)))
        found[f"{name}/type"] = lambda n, make=inline: _one(model(row(type_=make(n))))
    for name, block in BLOCKS.items():
        found[f"{name}/prose"] = lambda n, make=block: _one(model(row(), make(n)))
        found[f"{name}/tail"] = lambda n, make=block: _one(model(row(), tail="\n" + make(n)))
    for name, whole in {**ROWS, **REFERENCES, **GENERATED}.items():
        found[name] = lambda n, make=whole: _one(make(n))
    return {**found, **SETS}
