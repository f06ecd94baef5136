"""One name and a build -> how it was read: source cell, rule, type, names in Python and JSON, findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, assert_never

from fieldsmith.diagnostics import Diagnostic, Diagnostics, Span
from fieldsmith.explained import TELLING, field_lines
from fieldsmith.jobs import Job
from fieldsmith.pipeline import Build
from fieldsmith.reading import markdown
from fieldsmith.reading.corrections import Applied
from fieldsmith.reading.dialects import dialects_with
from fieldsmith.reading.markdown import Document
from fieldsmith.reading.names import Names as Pages
from fieldsmith.reading.records import DefinitionRecord, FieldRecord, PageRecords
from fieldsmith.reading.resolve import notations_of
from fieldsmith.report import as_text, escape, placed
from fieldsmith.schema import Alias, Definition, Enum, Field, Model, Schema
from fieldsmith.suggest import near, nearest
from fieldsmith.wording import counted
from fieldsmith.writing import naming
from fieldsmith.writing.housetype import Speller, json_literal
from fieldsmith.writing.python import by_page

_NAMELESS = "no name yet"
_NO_FINDINGS = "  findings  none\n"


class Subject(NamedTuple):
    """What a name means: a definition, one field of a model, or the value of an enum at an index."""

    definition: Definition
    field: Field | None = None
    at: int | None = None

    @property
    def span(self) -> Span:
        if isinstance(self.definition, Enum) and self.at is not None:
            return self.definition.values[self.at].span
        return self.field.span if self.field else self.definition.span


def subjects(name: str, schema: Schema, names: naming.Names) -> list[Subject]:
    """All that `name` may mean: a title, a key (`page.md#Title`) or a class, with a field or a value behind a dot.

    Fields and values go by the names on the page or by those in Python, values by their text too.
    """
    found: list[Subject] = []
    for one in schema.definitions:
        titles = dict.fromkeys((one.name, one.key, names.classes[one.key]))
        if name in titles:
            found.append(Subject(one))
        wanted = {name[len(title) + 1 :] for title in titles if name.startswith(f"{title}.")}
        match one:
            case Model() if wanted:
                found += [Subject(one, each) for each in one.fields if wanted & _called(one, each, names)]
            case Enum() if wanted:
                indices = range(len(one.values))
                found += [Subject(one, at=index) for index in indices if wanted & _value_called(one, index, names)]
    return found


def _called(model: Model, field: Field, names: naming.Names) -> set[str]:
    return {field.name, names.attributes.get((model.key, field.name), field.name)}


def _value_called(enum: Enum, index: int, names: naming.Names) -> set[str]:
    value = enum.values[index]
    return {value.name or "", str(value.value), names.members.get((enum.key, index), "")} - {""}


def suggestion(name: str, schemas: Iterable[Schema]) -> str:
    """The names nearest to one that means nothing."""
    definitions = [one for schema in schemas for one in schema.definitions]
    known = [one.name for one in definitions]
    behind, _, _ = name.rpartition(".")
    title = nearest(behind, known) if behind else None
    for one in definitions:
        if isinstance(one, Model) and one.name == title:
            known += [f"{one.name}.{field.name}" for field in one.fields]
        elif isinstance(one, Enum) and one.name == title:
            known += [f"{one.name}.{text}" for value in one.values for text in (value.name, value.value) if text]
    return near(name, known) or "names are titles, or titles with a field or a value behind a dot"


def explain(subject: Subject, job: Job, made: Build, names: naming.Names, label: str = "") -> str:
    """The text for one subject; `label` says which of several jobs it is of."""
    one = subject.definition
    page = next(page for page in made.pages if page.path == one.span.path)
    record = next(record for record in page.definitions if record.span == one.span)  # a part of a model has its place
    lines = [("job", label)] if label else []
    lines += [("source", str(_placed(subject.span, made)))]
    lines += [("read as", f"{page.dialect} page, {_notation(page, job, made.pages)} notation")]
    document = _document(page, made)
    lines += [("dialect", _claims(page, document, job))]
    facts = {fact for each in _applied(subject, made) for fact in each.facts}
    row = _row(subject.field, record) if subject.field is not None else None
    found = _findings(subject, record, row, page, made)
    speller = _speller(made.schema or Schema(()))
    title, inner = _told(subject, names, speller)
    if subject.field is not None:
        inner = [*field_lines(subject.field, row, document, speller, facts, found, job), *inner]
    inner += [("overlay", text) for text in _overlaid(subject, made)]
    body = "".join(f"  {label:<9} {escape(text)}\n" for label, text in (*lines, *inner))
    return f"{escape(title)}\n{body}{as_text(found, colour=False) if found else _NO_FINDINGS}"


def _speller(schema: Schema) -> Speller:
    return Speller({one.key: one for one in schema.definitions}, by_page(schema))


def _told(
    subject: Subject, names: naming.Names, speller: Speller
) -> tuple[str, list[tuple[str, str]]]:
    """The title of a subject, and the lines on what it is and what it is called."""
    one, field, index = subject.definition, subject.field, subject.at
    python = names.classes[one.key]
    if field is not None:
        attribute = names.attributes.get((one.key, field.name))
        lines = [("Python", f"{python}.{attribute}" if attribute else _NAMELESS)]
        wire = names.wires.get((one.key, field.name))
        return f"{one.name}.{field.name}", lines + ([("JSON", json_literal(wire))] if wire is not None else [])
    if isinstance(one, Enum) and index is not None:
        value = one.values[index]
        member = names.members.get((one.key, index))
        shown = value.name if value.name is not None else str(value.value)
        lines = [("kind", f"value {index + 1} of {len(one.values)}{'' if value.name else ', without a name'}")]
        lines += [("Python", f"{python}.{member}" if member else _NAMELESS), ("JSON", json_literal(value.value))]
        return f"{one.name}.{shown}", lines
    return one.name, [*_definition(one, speller), ("Python", f"{python}, in module {names.modules[one.key]}")]


def _definition(one: Definition, speller: Speller) -> Iterator[tuple[str, str]]:
    match one:
        case Model():
            required = sum(field.required for field in one.fields)
            yield "kind", f"model of {counted(len(one.fields), 'field')}, {required} of them required"
            if one.additional is not None:
                yield "further", f"keys hold {speller.prose(one.additional, one.span.path)}"
        case Enum():
            values = ", ".join(json_literal(value.value) for value in one.values[:20])
            more = f" and {len(one.values) - 20} more" if len(one.values) > 20 else ""
            yield "kind", f"{'open' if one.open else 'closed'} enum: {values}{more}"
        case Alias():
            yield "kind", "another name for a type, or a union"
            yield "type", speller.prose(one.type, one.span.path)
        case _:
            assert_never(one)


def _overlaid(subject: Subject, made: Build) -> Iterator[str]:
    """Which facts come from overlays, and why."""
    for one in _applied(subject, made):
        place = _placed(one.place, made)
        yield f"{', '.join(one.facts)}: {one.reason} ({place.path}:{place.line})"


def _applied(subject: Subject, made: Build) -> list[Applied]:
    field = subject.field.name if subject.field is not None else None
    return [one for one in made.applied if (one.key, one.field) == (subject.definition.key, field)]


def _row(field: Field, record: DefinitionRecord) -> FieldRecord | None:
    """The row that a field was read from; None where an overlay has added it."""
    rows = [row for row in record.fields if row.span == field.span]
    return next((row for row in rows if row.name == field.name), next(iter(rows), None))


def _notation(page: PageRecords, job: Job, pages: Sequence[PageRecords]) -> str:
    titles = Pages((page.path, tuple(record.title for record in page.definitions)) for page in pages)
    return notations_of(pages, titles, job.notation, dialects_with(job.dialects))[page.dialect or ""].name


def _document(page: PageRecords, made: Build) -> Document:
    source = next(source for source in made.sources if source.path == page.path)
    return markdown.parse(source.path, source.text, Diagnostics())


def _claims(page: PageRecords, document: Document, job: Job) -> str:
    """How sure each dialect is of a page, and what the one that read it goes by."""
    claims = {one.name: one.claims(document) for one in dialects_with(job.dialects).values()}
    points = ", ".join(f"{name} {claim.points}" for name, claim in claims.items() if claim.points)
    claim = claims[page.dialect or ""]
    why = page.asked or (claim.why if claim.points else "it reads the models that the page names")
    return f"{why} ({points})" if points else why


def _placed(span: Span, made: Build) -> Span:
    return placed([Diagnostic(span, "", "warning", "")], made.root)[0].span


def _findings(
    subject: Subject, record: DefinitionRecord, row: FieldRecord | None, page: PageRecords, made: Build
) -> list[Diagnostic]:
    """The findings between this definition and the next one of its page; of a field those on its line, and the one at
    its table that tells of it."""
    path, line = _placed(subject.span, made).path, subject.span.line
    after = [other.span.line for other in page.definitions if other.span.line > record.span.line]
    last = min(after, default=1 << 62) - 1
    code = TELLING.get(row.ruled) if row is not None else None
    return [
        each
        for each in made.found
        if each.span.path == path
        and (each.span.line == line or record.span.line <= each.span.line <= last)
        and (subject.field is None or each.span.line == line or each.code == code)
    ]
