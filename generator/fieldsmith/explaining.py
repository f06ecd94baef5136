"""One name and a build -> how it was read: source cell, rule, type, names in Python and JSON, findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from fieldsmith.config import Job
from fieldsmith.diagnostics import Diagnostic, Diagnostics, Span
from fieldsmith.pipeline import Build
from fieldsmith.reading.names import Names as Pages
from fieldsmith.reading.notationvote import choose_notation
from fieldsmith.reading.records import DefinitionRecord, PageRecords
from fieldsmith.report import as_text, escape, placed
from fieldsmith.schema import Alias, Definition, Enum, Field, Model, Nullable, Schema
from fieldsmith.suggest import near
from fieldsmith.writing import naming
from fieldsmith.writing.housetype import Speller, json_literal

HOUSE = "fieldsmith"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a name means: a definition, or one field of it."""

    definition: Definition
    field: Field | None = None

    @property
    def span(self) -> Span:
        return self.field.span if self.field else self.definition.span


def subjects(name: str, schema: Schema) -> list[Subject]:
    """All that `name` may mean: a title or a key (`page.md#Title`), with `.field` behind it or without."""
    found: list[Subject] = []
    for one in schema.definitions:
        for title in (one.name, one.key):
            if name == title:
                found.append(Subject(one))
            elif isinstance(one, Model) and name.startswith(f"{title}."):
                wanted = name[len(title) + 1 :]
                found.extend(Subject(one, field) for field in one.fields if field.name == wanted)
    return found


def suggestion(name: str, schema: Schema) -> str:
    """The names nearest to one that means nothing."""
    names = [one.name for one in schema.definitions]
    title, _, _ = name.rpartition(".")
    models = [one for one in schema.definitions if isinstance(one, Model) and one.name == title]
    names += [f"{one.name}.{field.name}" for one in models for field in one.fields]
    return near(name, names) or "names are titles, or titles with a field behind a dot"


def explain(subject: Subject, job: Job, made: Build, schema: Schema) -> str:
    """The text for one subject."""
    one, field = subject.definition, subject.field
    page = next(page for page in made.pages if page.path == one.span.path)
    record = next(record for record in page.definitions if record.title == one.name)
    names = naming.name_all(schema, job.settings, Diagnostics())
    lines = [("source", str(_placed(subject.span, made)))]
    lines += [("read as", f"{page.dialect} page, {_notation(page, job, made.pages)} notation")]
    if field is None:
        lines += list(_definition(one, Speller(schema)))
        lines += [("Python", f"{names.classes[one.key]}, in module {names.modules[one.key]}")]
    else:
        lines += list(_field(field, record, one, Speller(schema)))
        attribute, wire = names.attributes[one.key, field.name], names.wires[one.key, field.name]
        lines += [("Python", f"{names.classes[one.key]}.{attribute}"), ("JSON", json_literal(wire))]
    title = f"{one.name}.{field.name}" if field else one.name
    body = "".join(f"  {label:<9} {escape(text)}\n" for label, text in lines)
    return f"{escape(title)}\n{body}{_findings(subject, record, page, made)}"


def _definition(one: Definition, speller: Speller) -> Iterator[tuple[str, str]]:
    match one:
        case Model():
            required = sum(field.required for field in one.fields)
            yield "kind", f"model of {len(one.fields)} fields, {required} of them required"
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


def _field(field: Field, record: DefinitionRecord, one: Definition, speller: Speller) -> Iterator[tuple[str, str]]:
    row = next(row for row in record.fields if row.name == field.name)
    yield "cell", row.type.text
    yield "type", speller.prose(field.type, one.span.path)
    ruled_by = "by its mark" if row.required is not None else "by its type, as the table has no mark"
    yield "presence", f"{'required' if field.required else 'optional'}, {ruled_by}"
    yield "null", "allowed, as the type says" if isinstance(field.type, Nullable) else "no value of its own"
    if field.deprecation is not None:
        yield "status", f"deprecated{f': {field.deprecation}' if field.deprecation else ''}"


def _notation(page: PageRecords, job: Job, pages: Sequence[PageRecords]) -> str:
    if page.dialect == HOUSE:
        return HOUSE
    if job.notation is not None:
        return job.notation
    titles = Pages((page.path, tuple(record.title for record in page.definitions)) for page in pages)
    return choose_notation([page for page in pages if page.dialect != HOUSE], titles).name


def _placed(span: Span, made: Build) -> Span:
    return placed([Diagnostic(span, "", "warning", "")], made.root)[0].span


def _findings(subject: Subject, record: DefinitionRecord, page: PageRecords, made: Build) -> str:
    """The findings between this definition and the next one of its page, or on the field's line."""
    path = _placed(subject.span, made).path
    first, last = subject.span.line, subject.span.line
    if subject.field is None:
        after = [other.span.line for other in page.definitions if other.span.line > record.span.line]
        last = min(after, default=1 << 62) - 1
    found = [each for each in made.found if each.span.path == path and first <= each.span.line <= last]
    return as_text(found, colour=False) if found else "  findings  none\n"
