"""Scalars -> pages that have each of them in every place where text of pages goes, and what becomes of them there.

For each scalar and each place: it is refused by a finding of a stated code, or taken out of prose with one; or else the
emitted trees have the shape that they have for a letter, and their literals say the text to the letter. No control
character reaches a file. Docs are read again on the way (see `rereading`).
"""

from __future__ import annotations

import ast
import inspect
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from fieldsmith import stretches
from fieldsmith.diagnostics import Diagnostic, Diagnostics
from fieldsmith.limits import MOST
from fieldsmith.reading.readall import read_share
from fieldsmith.reading.resolve import resolve
from fieldsmith.reading.sources import Source, find
from fieldsmith.schema import Const, Enum, Model, Schema
from fieldsmith.writing import printing, templates
from fieldsmith.writing.plans import Rendered, Settings
from fieldsmith.writing.python import Package

ASCII = [*map(chr, range(0x80))]
OTHERS = [*map(chr, (*range(0x80, 0xD800), *range(0xE000, 0x110000)))]
NO_NAME = frozenset({"FS022", "FS200"})  # it does not show, or gives no identifier
TAKEN_OUT = frozenset({"FS023"})
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # beside line ends and, in prose, tabs
_FIELDS = "## Fields\n\n| Field | Type | Required | Description | Example |\n| --- | --- | --- | --- | --- |\n"
_FACTS = "## Fields\n\n| Field | Type | Required | Default | Constraints |\n| --- | --- | --- | --- | --- |\n"
_VALUES = "## Values\n\n| Name | Value | Description |\n| --- | --- | --- |\n"


_PLAIN = "# A\n\n| Name | Type | Required | Default | Pattern | Description |\n| --- | --- | --- | --- | --- | --- |\n"
_PROTO = '<a name="a-A"></a>\n\n### A\n\n| Field | Type | Label | Description |\n| --- | --- | --- | --- |\n'
_CRD = "#### A\n\n_Appears in:_\n- [B](#b)\n\n| Field | Description | Default | Validation |\n| --- | --- | --- | --- |\n"
_INPUTS = "## Inputs\n\n| Name | Description | Type | Default | Required |\n| --- | --- | --- | --- | --- |\n"
_PARTS = "### A Object\n\n###### A Structure\n\n| Field | Type | Description | Since |\n| --- | --- | --- | --- |\n"
_FIXED = "#### A Object\n\n##### Fixed Fields\n\n| Field Name | Type | Description |\n| --- | --- | --- |\n"

TOGETHER, IN_A_FILE_NAME = 64, 32  # scalars in one text, where it is taken as a whole; names are told apart one by one
Counts = Counter[str]


class Sink(NamedTuple):
    """A place for text: the page's head, a row for each piece (`{n}` its number, `{c}` itself), and the page's end.

    `said` is the text that a row is to say, `codes` those of the findings that may refuse a scalar or take it out;
    `dialect` reads the page.
    """

    head: str
    row: str
    end: str
    said: str
    codes: frozenset[str]
    dialect: str = "fieldsmith"

    def page(self, pieces: Sequence[str]) -> str:
        """The page of these scalars, or runs of them."""
        spelled = ("".join(map(self.spelled, piece)) for piece in pieces)
        rows = (self.row.replace("{n}", str(n)).replace("{c}", piece) for n, piece in enumerate(spelled))
        return self.head + "".join(rows) + self.end

    def spelled(self, char: str) -> str:
        """A scalar as its row spells it: what is a mark of JSON's or the table's own is escaped as they want it."""
        if '"x{c}' in self.row and char in '"\\':
            char = f"\\{char}"
        return "\\|" if char == "|" and self.row.startswith("|") else char

    def number(self, line: int) -> int:
        """The number of the row that a line belongs to."""
        return (line - 1 - self.head.count("\n")) // self.row.count("\n")


SINKS = {
    "title": Sink("", "# F{n}x{c}y\n\nOne.\n\n## Fields\n\nNone.\n\n", "", "F{n}x{c}y", NO_NAME),
    "field": Sink(f"# A\n\n{_FIELDS}", "| `f{n}_x{c}y` | `string` | yes | | |\n", "", "f{n}_x{c}y", NO_NAME),
    "page text": Sink("# A\n\n", "f{n}x{c}y\n", "\n## Fields\n\nNone.\n", "f{n}x{c}y", TAKEN_OUT),
    "field text": Sink(f"# A\n\n{_FIELDS}", "| `f{n}` | `string` | no | f{n}x{c}y | |\n", "", "f{n}x{c}y", TAKEN_OUT),
    "example": Sink(f"# A\n\n{_FIELDS}", "| `f{n}` | `string` | no | | `f{n}x{c}y` |\n", "", "f{n}x{c}y", TAKEN_OUT),
    "default": Sink(f"# A\n\n{_FACTS}", "| `f{n}` | `string` | no | `f{n}x{c}y` | |\n", "", "f{n}x{c}y", TAKEN_OUT),
    "pattern": Sink(f"# A\n\n{_FACTS}", '| `f{n}` | `string` | no | | `pattern: "x{c}{n}"` |\n', "", "x{c}{n}", TAKEN_OUT),
    "enum name": Sink(f"# A\n\n{_VALUES}", '| `F{n}_X{c}Y` | `"{n}"` | |\n', "", "F{n}_X{c}Y", NO_NAME),
    "enum value": Sink(f"# A\n\n{_VALUES}", '| `F{n}` | `"x{c}{n}"` | |\n', "", "x{c}{n}", frozenset({"FS022"})),
    "phrased pattern": Sink(f"# A\n\n{_FIELDS}", "| `f{n}` | `string` | no | Must match the pattern `x{c}{n}`. | |\n", "", "x{c}{n}", TAKEN_OUT),
    "named model": Sink("", "<!-- fieldsmith: model F{n}x{c}y -->\n\n| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n\n", "", "F{n}x{c}y", NO_NAME),
    "plain default": Sink(_PLAIN, "| f{n} | string | no | f{n}x{c}y | | |\n", "", "f{n}x{c}y", TAKEN_OUT, "plain"),
    "plain pattern": Sink(_PLAIN, "| f{n} | string | no | | `x{c}{n}` | |\n", "", "x{c}{n}", TAKEN_OUT, "plain"),
    "message field": Sink(_PROTO, "| f{n}_x{c}y | [string](#string) | | |\n", "", "f{n}_x{c}y", NO_NAME, "protoc_gen_doc"),
    "message text": Sink(_PROTO, "| f{n} | [string](#string) | | f{n}x{c}y |\n", "", "f{n}x{c}y", TAKEN_OUT, "protoc_gen_doc"),
    "message default": Sink(_PROTO, "| f{n} | [string](#string) | optional | A. Default: f{n}x{c}y |\n", "", "f{n}x{c}y", TAKEN_OUT, "protoc_gen_doc"),
    "joined field": Sink(_CRD, "| `f{n}_x{c}y` _string_ | | | |\n", "", "f{n}_x{c}y", NO_NAME, "crd_ref_docs"),
    "joined default": Sink(_CRD, "| `f{n}` _string_ | | f{n}x{c}y | |\n", "", "f{n}x{c}y", TAKEN_OUT, "crd_ref_docs"),
    "joined pattern": Sink(_CRD, "| `f{n}` _string_ | | | Pattern: `x{c}{n}` <br /> |\n", "", "x{c}{n}", TAKEN_OUT, "crd_ref_docs"),
    "listed constant": Sink(_CRD, "| `f{n}` _string_ | | | Enum: [x{c}{n}] <br /> |\n", "", "x{c}{n}", frozenset({"FS022", "FS023"}), "crd_ref_docs"),
    "attribute field": Sink(_INPUTS, "| f{n} | | `object({ x{c}{n} = string })` | n/a | yes |\n", "", "x{c}{n}", NO_NAME | {"FS076"}, "terraform_docs"),
    "attribute default": Sink(_INPUTS, '| f{n} | | `object({ a = optional(string, "x{c}{n}") })` | n/a | yes |\n', "", '"x{c}{n}"', TAKEN_OUT | {"FS076"}, "terraform_docs"),
    "input default": Sink(_INPUTS, "| f{n} | | `string` | `f{n}x{c}y` | no |\n", "", "f{n}x{c}y", TAKEN_OUT, "terraform_docs"),
    "kept text": Sink(_PARTS, "| f{n} | snowflake | | f{n}x{c}y |\n", "", "Since: f{n}x{c}y", TAKEN_OUT, "discord"),
    "noted text": Sink(_PARTS, "| f{n} | snowflake (x{c}{n}) | | |\n", "", "Type: x{c}{n}", TAKEN_OUT, "discord"),
    "object field": Sink(_FIXED, "| f{n}_x{c}y | `string` | |\n", "", "f{n}_x{c}y", NO_NAME, "oas"),
    "object text": Sink(_FIXED, "| f{n} | `string` | f{n}x{c}y |\n", "", "f{n}x{c}y", TAKEN_OUT, "oas"),
    "constant": Sink(f"# A\n\n{_FIELDS}", '| `f{n}` | `"x{c}{n}"` | yes | | |\n', "", "x{c}{n}", frozenset({"FS022"})),
}  # fmt: skip


# ASCII characters that are marks where they stand, and part or end what the row says there.
MARKS = {
    "phrased pattern": "`\r",
    "named model": "\t\n\r",
    "joined field": "`\n\r",
    "joined pattern": "`\n\r",
    "listed constant": "\t\n\r ]",
    "attribute default": "\t\n\r\"\\",
}


class Wrong(AssertionError):
    """What became of a scalar that must not."""


def read(sources: Sequence[Source], dialect: str = "fieldsmith") -> tuple[Package | None, Schema, list[Diagnostic]]:
    """What pages say, ready to be written where nothing forbids it, and all findings."""
    diagnostics = Diagnostics(MOST.findings)
    pages = []
    for page, findings in read_share(sources, dialect, MOST):
        pages.append(page)
        diagnostics.extend(findings)
    schema = resolve(pages, None, "as-said", diagnostics)
    package = printing.prepare(schema, Settings(), diagnostics)
    errors = any(one.severity == "error" for one in diagnostics)
    return None if errors else package, schema, list(diagnostics)


def texts_of(name: str, schema: Schema) -> list[str]:
    """What the rows of a sink say, as the schema has it."""
    definitions = schema.definitions
    if name in ("title", "named model"):
        return [one.name for one in definitions]
    first = definitions[0]
    if name == "page text":
        return first.doc.split("\n")
    if isinstance(first, Enum):
        return [str(one.name if name == "enum name" else one.value) for one in first.values]
    models = [one for one in definitions[name.startswith("attribute") :] if isinstance(one, Model)]
    fields = [field for one in models for field in one.fields]
    aspect = name.rpartition(" ")[2]
    if aspect == "constant":
        return [str(field.type.value) for field in fields if isinstance(field.type, Const)]
    said = (
        {"field": one.name, "text": one.doc, "example": one.example, "default": one.default, "pattern": one.constraints.pattern}
        for one in fields
    )
    return [str(each[aspect]) for each in said]


def check(name: str, scalars: Sequence[str]) -> Counts:
    """Hold what becomes of scalars in a sink against what may; how many were kept, taken out and refused."""
    return _check(name, scalars if SINKS[name].codes >= NO_NAME else together(scalars))


def together(scalars: Sequence[str], number: int = TOGETHER) -> list[str]:
    """Runs of scalars, all of one length where there are enough; then the last one has some again."""
    last = max(0, len(scalars) - number)
    starts = (min(at, last) for at in range(0, len(scalars), number))
    return ["".join(scalars[at : at + number]) for at in starts]


def _check(name: str, pieces: Sequence[str]) -> Counts:
    sink = SINKS[name]
    package, schema, found = read([Source("a.md", sink.page(pieces), False)], sink.dialect)
    for one in found:
        if one.code not in sink.codes:
            raise Wrong(f"{name}: {one.code} {one.message}")
    errors = {sink.number(one.span.line) for one in found if one.severity == "error"}
    refused = [piece for n, piece in enumerate(pieces) if n in errors]
    kept = [piece for n, piece in enumerate(pieces) if n not in errors]
    alone = [char for piece in refused if len(piece) > 1 for char in piece]
    counts = Counter(_check(name, alone) if alone else {}) + Counter(refused=sum(len(piece) == 1 for piece in refused))
    if refused and kept:
        package, schema, found = read([Source("a.md", sink.page(kept), False)], sink.dialect)
    if kept:
        if package is None:
            raise Wrong(f"{name}: refused in other company: {found[:3]}")
        taken = _check_said(sink, kept, texts_of(name, schema), {one.code for one in found} >= TAKEN_OUT)
        letter = "x" if len(kept[0]) == 1 else "x" * 40  # a constant that is long is said in another place
        check_files(name, sink, package, texts_of(name, schema), letter)
        counts.update({"kept": sum(map(len, kept)) - taken, "taken out": taken})
    return counts


def _check_said(sink: Sink, pieces: Sequence[str], said: Sequence[str], told: bool) -> int:
    """How many scalars were taken out; all others are where they were. `told`: a finding says that some were."""
    taken = 0
    for n, (piece, text) in enumerate(zip(pieces, said, strict=True)):
        left = "".join(char for char in piece if char in text)
        if text != sink.said.replace("{n}", str(n)).replace("{c}", left) or (left != piece and not told):
            raise Wrong(f"{sink.row!a}: {piece!a} became {text!a}")
        taken += len(piece) - len(left)
    return taken


def check_files(name: str, sink: Sink, package: Package, said: Sequence[str], letter: str = "x") -> None:
    """The shapes of all modules are those of a page of letters, and their texts are what the rows say."""
    made = {file.path: file.text for file in printed(package)}
    letters, _, _ = read([Source("a.md", sink.page([letter] * len(said)), False)], sink.dialect)
    assert letters is not None
    plain = sorted(shape(file.text) for file in printed(letters) if file.path.endswith(".py"))
    if sorted(shape(text) for path, text in made.items() if path.endswith(".py")) != plain:
        raise Wrong(f"{name}: a module has another shape")
    constants = {text for path, source in made.items() if path.endswith(".py") for text in texts_in(source)}
    lines = {line.strip('"') if name == "attribute default" else line for text in said for line in text.split("\n")}
    if name != "example" and name != "enum name" and not lines - {*package.names.classes} <= constants | titles(name, said):
        raise Wrong(f"{name}: a literal says another text: {(lines - constants)!a:.200}")
    for path, text in made.items():
        if _CONTROL.search(text) or (path.endswith(".py") and not text.isascii()):
            raise Wrong(f"{name}: {path} holds a character that must not be there")


def titles(name: str, said: Sequence[str]) -> set[str]:
    """Titles become classes, by rules that other tests hold: they are in no literal as they stand."""
    return {*said} if name in ("title", "named model") else set()


def texts_in(source: str) -> Iterator[str]:
    """The texts of a module's literals; those of docstrings line by line, too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
            if "\n" in node.value:
                yield from inspect.cleandoc(node.value).split("\n")


def printed(package: Package) -> list[Rendered]:
    """All files, as a run makes and checks them."""
    texts = templates.load(None)
    made = stretches.print_share(package, texts, None, list(package.pages))
    return [file for files in made for file in files]


def shape(source: str) -> str:
    """A module's tree without its texts and names."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for field, value in ast.iter_fields(node):
            if isinstance(value, str):
                setattr(node, field, "")
    return ast.dump(tree)


def check_file_names(scalars: Sequence[str], folder: Path) -> Counts:
    """Pages whose files bear the scalars in their names: usable and said as they are, or refused by a finding."""
    return _check_file_names(together(scalars, IN_A_FILE_NAME), folder)


def _check_file_names(pieces: Sequence[str], folder: Path) -> Counts:
    below = folder / f"{len(pieces)}"
    below.mkdir(parents=True)
    names = {f"p{n}x{piece}y.md": piece for n, piece in enumerate(pieces)}
    for n, name in enumerate(names):
        (below / name).write_text(f"# T{n}\n\nOne.\n\n## Fields\n\nNone.\n", "utf-8")
    diagnostics = Diagnostics(MOST.findings)
    _, sources = find([below], diagnostics)
    refused = [piece for name, piece in names.items() if name not in {source.path for source in sources}]
    if {one.code for one in diagnostics} - {"FS008"} or len(diagnostics) != len(refused):
        raise Wrong(f"file name: {[*diagnostics][:3]} for {refused[:3]!a}")
    package, schema, found = read(sources)
    if package is None or not {one.span.path for one in schema.definitions} == names.keys() - _names(names, refused):
        raise Wrong(f"file name: {found[:3]}")
    texts: set[str] = set()
    for file in printed(package):
        if _CONTROL.search(file.path) or _CONTROL.search(file.text):
            raise Wrong(f"file name: {file.path!a} holds a character that must not be there")
        if file.path.endswith(".py"):
            texts.update(texts_in(file.text if file.text.isascii() else ""))
    if not {source.path for source in sources} <= texts:
        raise Wrong("file name: a literal says another path")
    alone = [char for piece in refused if len(piece) > 1 for char in piece]
    counts = Counter(_check_file_names(alone, below) if alone else {}) + Counter(refused=sum(len(piece) == 1 for piece in refused))
    return counts + Counter(kept=sum(map(len, names.values())) - sum(map(len, refused)))


def _names(names: dict[str, str], pieces: Sequence[str]) -> set[str]:
    return {name for name, piece in names.items() if piece in pieces}


def check_mark(name: str, char: str, folder: Path) -> str:
    """What becomes of an ASCII character, which may be a mark in its place: "refused" by findings, "kept", or "a mark"."""
    sink = SINKS[name]
    if char in MARKS.get(name, ""):
        return "a mark"
    (folder / "a.md").write_bytes(sink.page([char]).encode())
    diagnostics = Diagnostics(MOST.findings)
    _, sources = find([folder], diagnostics)
    package, schema, found = read(sources, sink.dialect)
    if len(diagnostics) or found:
        return "refused"
    said = "\n".join(texts_of(name, schema))
    want = sink.said.replace("{n}", "0").replace("{c}", "\n" if char == "\r" else char)
    wants = {want}
    if char in "\r\n" and name == "title":
        wants = {want.partition("\n")[0]}  # a title ends with its line; what follows is prose
    elif char == "`":
        wants.add(f"`{want}`")  # what stands around it is no code span any more, and the cell is taken as it stands
    if package is None or said not in wants:
        raise Wrong(f"{name}: {char!a} became {said!a} without a word")
    check_files(name, sink, package, texts_of(name, schema))
    return "kept"
