"""What holds for any pages whatever, right or wrong: `check` looks at one build of a folder and fails where it does not."""

from __future__ import annotations

import ast
import doctest
import inspect
import io
import re
import tokenize
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from functools import lru_cache
from pathlib import Path

import fieldsmith
from fieldsmith import cli
from fieldsmith.diagnostics import CODES, Diagnostics
from fieldsmith.jobs import Job
from fieldsmith.pipeline import Build, build
from fieldsmith.reading.names import key_of
from fieldsmith.reading.records import DefinitionRecord, PageRecords
from fieldsmith.report import as_text
from fieldsmith.schema import Alias, Enum, Model, Schema
from fieldsmith.writing.identifiers import class_name
from readback import read, without_places
from rendering import active

OPEN_MARK = "Unrecognized<"
MENDING = ("protoc_gen_doc", "crd_ref_docs")  # dialects that put rows of another width together again


def lay_out(folder: Path, pages: Mapping[str, str | bytes]) -> None:
    """Write pages below a folder."""
    for path, text in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))


def check(folder: Path) -> Build:
    """Build a folder of pages in memory: no exception, nothing lost in silence, nothing active in what is printed."""
    made = build(Job(pages=(folder,)))
    _findings(made)
    texts = {source.path: source.text.split("\n") for source in made.sources}
    for page in made.pages:
        if not page.suppressed:
            assert not list(_lost_rows(made, page, texts[page.path])), "a row is neither read nor a finding"
    if not made.sound:
        assert not made.files, "files in spite of an error"
        return made
    assert made.schema is not None and made.files
    _nothing_lost(made.pages, made.schema)
    files = {file.path: file.text for file in made.files}
    for path, text in files.items():
        if path.endswith(".py"):
            python_is_inert(text)
        elif path.startswith("docs/"):
            assert active(text).hits == [], f"{path}: {active(text).hits}"
    _means_the_schema(files, made.schema)
    _reads_back(files, made.schema)
    return made


def _findings(made: Build) -> None:
    for finding in made.found:
        assert finding.code in CODES and finding.span.line >= 1 and finding.span.column >= 1
    lines = as_text(made.found, colour=False).split("\n")
    assert len(lines) == 2 * len(made.found) + 1, "a finding takes two lines"
    assert all(line.isprintable() for line in lines), "a finding that steers a terminal"


def _lost_rows(made: Build, page: PageRecords, lines: list[str]) -> Iterator[str]:
    """The pipe lines of the tables that were read of which no finding speaks, and that gave no record or not all cells."""
    told = {finding.span.line for finding in made.found if finding.span.path.endswith(page.path)}
    read = {line for record in page.definitions for line in _record_lines(record)}
    for table in (use for use in page.uses if use.what == "table"):
        if table.reason or table.span.line in told:  # a finding about the header speaks of the whole table
            continue
        at, width = table.span.line + 1, _width(lines[table.span.line - 1])
        while at < len(lines) and lines[at].lstrip(" \t").startswith("|"):
            whole = at + 1 in read and (_width(lines[at]) == width or page.dialect in MENDING)
            if at + 1 not in told and not whole and OPEN_MARK not in lines[at]:
                yield f"{page.path}:{at + 1}: {lines[at]}"
            at += 1


def _width(line: str) -> int:
    """How many cells a row has."""
    bare = line.strip(" \t").removeprefix("|")
    cells = re.split(r"(?<!\\)\|", bare)
    return len(cells) - (len(cells) > 1 and not cells[-1].strip(" \t"))


def _record_lines(record: DefinitionRecord) -> Iterator[int]:
    yield from (field.span.line for field in record.fields)
    yield from (value.value.span.line for value in record.values)
    if record.discriminator is not None:
        yield from (value.span.line for value, _ in record.discriminator.mapping)


def _nothing_lost(pages: tuple[PageRecords, ...], schema: Schema) -> None:
    """Every record of a sound run is in the schema, with all its fields and values."""
    by_key = {definition.key: definition for definition in schema.definitions}
    for page in pages:
        for record in page.definitions:
            match by_key[key_of(page.path, record.title)]:
                case Model(fields=fields, additional=further):
                    missing = {row.name for row in record.fields} - {field.name for field in fields}
                    assert len(missing) <= (further is not None), missing
                case Enum(values=values):
                    assert len(values) == len(record.values)
                case Alias():
                    assert record.kind in ("union", "alias")


@lru_cache(maxsize=256)  # many modules are the same in every package
def python_is_inert(source: str) -> None:
    """ASCII that compiles, whose only comments are ours, and in which no tool finds a remark or an example to run."""
    assert source.isascii() and source.replace("\n", "").isprintable()
    tree = ast.parse(source)
    comments = {
        token.start[0]: token.string for token in tokenize.generate_tokens(io.StringIO(source).readline) if token.type == tokenize.COMMENT
    }
    for number, line in enumerate(source.split("\n"), 1):
        if line.lstrip().startswith("#"):
            assert number in comments, f"a tool that goes by lines sees a comment: {line}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            assert not doctest.DocTestParser().get_examples(node.value.value), node.value.value


def _means_the_schema(files: Mapping[str, str], schema: Schema) -> None:
    """The classes in the emitted modules have the schema's wire names and values, in order, and its descriptions."""
    classes = {}
    for path, text in files.items():
        if path.endswith(".py") and not path.startswith("_"):
            for node in ast.parse(text).body:
                if isinstance(node, ast.ClassDef):
                    classes.setdefault(node.name, []).append(node)
    for definition in schema.definitions:
        if isinstance(definition, Alias):
            continue
        found = classes[class_name(definition.name)]
        if isinstance(definition, Model):
            assert [field.name if field.wire is None else field.wire for field in definition.fields] in [list(_wires(node)) for node in found]
        else:
            expected = [(type(value.value), value.value) for value in definition.values]
            assert expected in [list(_members(node)) for node in found]
        if definition.doc.strip() and definition.deprecation is None:
            assert words(definition.doc) in [words(ast.get_docstring(node, clean=False) or "") for node in found]


def words(text: str) -> list[str]:
    """A docstring's words: `cleandoc` moves blanks, and prompts of doctest have a backslash before them."""
    return inspect.cleandoc(text.replace("\\>>>", ">>>")).split()


def _wires(node: ast.ClassDef) -> Iterator[str]:
    """The wire names of a class, whose attributes are each another."""
    names = [ast.unparse(each.target) for each in node.body if isinstance(each, ast.AnnAssign)]
    assert len(names) == len(set(names)), names
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.value, ast.Call):
            metadata = ast.literal_eval(next(one.value for one in statement.value.keywords if one.arg == "metadata"))
            if "wire" in metadata:
                yield metadata["wire"]


def _members(node: ast.ClassDef) -> Iterator[tuple[type, object]]:
    for statement in node.body:
        if isinstance(statement, ast.Assign):
            value = ast.literal_eval(statement.value)
            yield type(value), value


def _reads_back(files: Mapping[str, str], schema: Schema) -> None:
    """The emitted pages say the same schema again."""
    docs = [(path.removeprefix("docs/"), text) for path, text in sorted(files.items()) if path.startswith("docs/")]
    again = read(docs, Diagnostics())
    assert without_places(again) == without_places(schema), "the emitted docs say another schema"


def order_does_not_count(folder: Path) -> None:
    """The same pages, named in the opposite order, give the same files and findings."""
    named = sorted(path for path in folder.rglob("*") if path.is_file())
    there, back = build(Job(pages=tuple(named))), build(Job(pages=tuple(reversed(named))))
    assert (there.found, there.schema, there.files) == (back.found, back.schema, back.files)


def commands_end_as_stated(folder: Path, output: Path) -> None:
    """The exit codes of the commands: done, or wrong input; what was written is what `check` asks for."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = cli._run(["generate", str(folder), "-o", str(output)])
        assert code in (0, 2), code
        assert cli._run(["check", str(folder), "-o", str(output)]) == code
        assert cli._run(["ir", str(folder), "--output", "ir.json"]) in (0, 2)
        assert cli._run(["lint", str(folder)]) in (0, 1, 2)
    assert "Traceback" not in out.getvalue() + err.getvalue()


def second_run_writes_nothing(folder: Path, output: Path) -> None:
    """On the disk: what one run has made, another leaves alone; where there is an error nothing is made."""
    try:
        fieldsmith.build([folder], output, jobs=1)
    except fieldsmith.BuildError:
        assert not output.exists()
        return
    again = fieldsmith.build([folder], output, jobs=1).packages[0]
    assert (again.written, again.removed) == ((), ())
