"""Written docs -> nothing, or Surprise: pages in the house form, read again, say what their definitions say.

Below the encoders of Markdown what `writing.selfcheck` is below those of Python. The layout is read by the reader of
all pages, types by the reader of the house notation. Discriminators inside of types are found across pages, and what is
not among the pages has a label for its looks alone: both are left out of the comparison.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from fieldsmith.diagnostics import NOWHERE, Diagnostics
from fieldsmith.entities import TEMPLATE, fences
from fieldsmith.limits import MOST
from fieldsmith.reading.bounds import in_column
from fieldsmith.reading.canonical import make_nullable, parts_of
from fieldsmith.reading.enumvalues import read_values
from fieldsmith.reading.names import Names
from fieldsmith.reading.notations import NOTATIONS
from fieldsmith.reading.readall import read_share
from fieldsmith.reading.records import Cell, DefinitionRecord
from fieldsmith.reading.sources import Source
from fieldsmith.reading.told import read_told
from fieldsmith.reading.typereading import TypeReader
from fieldsmith.reading.typewalk import Kinds
from fieldsmith.schema import Alias, Const, Definition, Enum, Model, Nullable, OneOf, Ref, Scalar, TypeExpr
from fieldsmith.writing.paths import fault
from fieldsmith.writing.plans import Rendered
from fieldsmith.writing.surprise import Surprise
from fieldsmith.writing.templates import Templates

HOUSE = "fieldsmith"  # the dialect and the notation of docs
_INDEX = "docs/README.md"
_ENTRY = re.compile(r"- (\[[^\]]*\]\([^)]*\))(?: \(deprecated\))?")
# What would be live on a page: marks of template languages; outside of code HTML, images, links to other schemes.
_SPANS = re.compile("`.*`")  # all code in a line, and what is between: it need not be told where one span ends
_MARK = re.compile(TEMPLATE)
_LIVE = (
    re.compile(r"<(?!br/>|(?i:https?)://|[ =0-9&])"),
    re.compile(r"!\[(?<!\\!\[)"),
    re.compile(r"\]\((?!(?i:https?://|mailto:)|[^:)\s]*(?:[)/?#]| \"))"),
)


def check_pages(package: Any, paths: Sequence[str], made: Sequence[Sequence[Rendered]], templates: Templates) -> None:
    """Read the docs of some pages again, unless a user's own template printed them. Raises Surprise."""
    if "docs" in package.settings.targets and not _is_own(templates, "docs/page.md.jinja"):
        reader = _reader(*_titles(package.pages))
        for path, files in zip(paths, made, strict=True):
            for file in files:
                wrong = _fault(package.pages[path], path, file.text, reader) if file.path == f"docs/{path}" else None
                if wrong is not None and _can_be_written(package.pages):
                    raise Surprise(file.path, wrong)


def check_index(package: Any, files: Iterable[Rendered], templates: Templates) -> None:
    """Hold the list of all definitions against the schema, unless a user's own template printed it. Raises Surprise."""
    for file in files:
        if file.path == _INDEX and not _is_own(templates, "docs/index.md.jinja"):
            reader = _reader(*_titles(package.pages))
            found = [
                reader.read(Cell(entry[1], NOWHERE), "README.md", "cell").type
                for entry in map(_ENTRY.fullmatch, file.text.split("\n"))
                if entry
            ]
            keys = sorted(one.key for one in found if isinstance(one, Ref) and one.key)
            if keys != sorted(package.definitions) and _can_be_written(package.pages):
                raise Surprise(file.path, "a list of other definitions than the schema has")


def _is_own(templates: Templates, name: str) -> bool:
    return dict(templates)[name].own


def _titles(pages: Any) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], frozenset[str]]:
    """What types may refer to: the titles of each page, and the keys of the aliases among them."""
    titles = tuple((path, tuple(one.name for one in definitions)) for path, definitions in pages.items())
    return titles, frozenset(one.key for of_page in pages.values() for one in of_page if isinstance(one, Alias))


@lru_cache(maxsize=1)
def _reader(titles: tuple[tuple[str, tuple[str, ...]], ...], aliases: frozenset[str]) -> TypeReader:
    """The reader of the type cells of a set of docs; it remembers what it has read."""
    return TypeReader(NOTATIONS[HOUSE], Names(titles), Diagnostics(), Kinds(aliases), MOST)


def _can_be_written(pages: Iterable[str]) -> bool:
    """Whether all docs may have their paths; where one may not (FS404), links miss it, and nothing is written."""
    return not any(fault(f"docs/{path}") for path in pages)


def _fault(definitions: Sequence[Definition], path: str, text: str, reader: TypeReader) -> str | None:
    """What a page has that it should not, or says in another way than its definitions."""
    if _is_live(text):
        return "what is more than text: HTML, an image, a link to another scheme, a template's mark"
    page, _ = read_share([Source(path, text, False)], HOUSE, MOST)[0]
    read = (piece for record in page.definitions for piece in _read(record, reader))
    said = (piece for definition in definitions for piece in _said(definition))
    for one, other in zip_longest(read, said):
        if one != other:
            return f"{one!r} in place of {other!r}"
    return None


def _is_live(text: str) -> bool:
    if ("{" in text or "8<-" in text) and _MARK.search(text):
        return True
    if not any(pattern.search(text) for pattern in _LIVE):
        return False
    lines = text.split("\n")
    code = {at for first, last in fences(lines) for at in range(first, last)}
    bare = [_SPANS.sub("", line) for at, line in enumerate(lines) if at not in code]
    return any(pattern.search(line) for line in bare for pattern in _LIVE)


def _said(one: Definition) -> Iterator[object]:
    """What a definition says, piece by piece."""
    yield one.name, one.doc, one.deprecation
    match one:
        case Model():
            for field in one.fields:
                texts = (field.doc, field.example or None, field.default or None, field.deprecation, field.wire)
                yield field.name, _bare(field.type), field.required, *texts
                yield [(word, value) for word, value in field.constraints._asdict().items() if value is not None]
            yield None if one.additional is None else _bare(one.additional)
        case Enum():
            for value in one.values:
                yield value.name or None, type(value.value), value.value, value.doc
            yield one.open
        case Alias():
            union = one.type.inner if isinstance(one.type, Nullable) else one.type
            yield _bare(one.type), union.discriminator if isinstance(union, OneOf) else None


def _read(record: DefinitionRecord, reader: TypeReader) -> Iterator[object]:
    """What a record says, in the same pieces."""
    yield record.title, record.doc, record.deprecation
    match record.kind:
        case "model":
            extra = None
            for row in record.fields:
                expr = _type(row.type, record.page, reader)
                if row.further:
                    extra = _bare(expr)
                else:
                    texts = (row.doc, row.example, row.default, row.deprecation, row.wire)
                    yield row.name, _bare(expr), row.required, *texts
                    bounds = [bound for cell in row.stated for bound in in_column(cell.role, cell.text) or ()]
                    yield [(bound.word, bound.value) for bound in bounds]
            yield extra
        case "enum":
            for value in read_values(record, Diagnostics()):
                yield value.name, type(value.value), value.value, value.doc
            yield record.open
        case _:
            expr = _type(record.members[0], record.page, reader)
            told = read_told(record.discriminator, expr, reader, {}) if record.discriminator else None
            yield _bare(expr), told


def _type(cell: Cell, page: str, reader: TypeReader) -> TypeExpr:
    read = reader.read(cell, page, "cell")
    return make_nullable(read.type) if read.nullable else read.type


def _bare(expr: TypeExpr) -> object:
    """A type without the discriminators in it, and without labels."""
    match expr:
        case Scalar() | Const():
            return expr
        case Ref(key):
            return key
        case _:
            return (type(expr), *map(_bare, parts_of(expr)))
