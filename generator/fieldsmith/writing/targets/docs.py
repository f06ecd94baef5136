"""Schema -> the pages it was read from, written anew in the house form; reading them gives the same schema again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from fieldsmith.schema import UNCONSTRAINED, Alias, Definition, Enum, Field, Model, Nullable, OneOf, Schema
from fieldsmith.writing import mdtext
from fieldsmith.writing.housetype import Speller, json_literal
from fieldsmith.writing.plans import FilePlan
from fieldsmith.writing.python import Package
from fieldsmith.writing.targets import Target

_FIELD_COLUMNS = ("Field", "Type", "Required", "Description")


class Section(NamedTuple):
    """A heading with what stands below it, ready to print: a line of text, then a table ("" where there is none)."""

    heading: str
    text: str
    table: str


class Entry(NamedTuple):
    """One definition: its title, its paragraphs (a mark of deprecation, the description) and its sections."""

    title: str
    prose: tuple[str, ...]
    sections: tuple[Section, ...]


class PageView(NamedTuple):
    entries: tuple[Entry, ...]


class IndexView(NamedTuple):
    """A list of all definitions, by folder: (heading, lines)."""

    folders: tuple[tuple[str, tuple[str, ...]], ...]


def _of_page(package: Package, path: str, definitions: Sequence[Definition]) -> Iterator[FilePlan]:
    """The page below `docs/`, at its own path."""
    speller = Speller(package.definitions, package.pages)
    entries = tuple(_entry(definition, path, speller) for definition in definitions)
    yield FilePlan(f"docs/{path}", "docs/page.md.jinja", PageView(entries))


def _of_package(package: Package) -> Iterator[FilePlan]:
    """A list of all pages, unless a page has its place."""
    if package.pages and not any(path.lower() == "readme.md" for path in package.pages):
        index = _index(package.schema, Speller(package.definitions, package.pages))
        yield FilePlan("docs/README.md", "docs/index.md.jinja", index)


def _index(schema: Schema, speller: Speller) -> IndexView:
    ordered = sorted(schema.definitions, key=lambda one: (one.namespace, one.name, one.key))
    folders: list[tuple[str, tuple[str, ...]]] = []
    for namespace, definitions in groupby(ordered, lambda one: one.namespace):
        lines = tuple(f"- {speller.link(one.key, '')}{_struck_note(one)}" for one in definitions)
        folders.append((mdtext.encode(namespace, "cell"), lines))
    return IndexView(tuple(folders))


def _struck_note(definition: Definition) -> str:
    return "" if definition.deprecation is None else " (deprecated)"


def _entry(definition: Definition, path: str, speller: Speller) -> Entry:
    title = mdtext.title(definition.name)
    prose = [mdtext.encode(definition.doc, "prose")] if definition.doc else []
    if definition.deprecation is not None:
        title = f"~~{title}~~"
        prose.insert(0, _mark(definition.deprecation, "prose"))
    match definition:
        case Model():
            sections = [_fields(definition, path, speller)]
        case Enum():
            sections = [_values(definition)]
        case Alias():
            sections = _type(definition, path, speller)
    return Entry(title, tuple(prose), tuple(sections))


def _mark(message: str, where: mdtext.Where) -> str:
    """The mark of deprecation, in one line."""
    return f"Deprecated: {mdtext.encode_line(message, where)}" if message else "Deprecated."


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(header)} |", f"|{' --- |' * len(header)}"]
    lines.extend("|" + "".join([f" {cell} |" if cell else " |" for cell in row]) for row in rows)
    return "\n".join(lines)


def _fields(model: Model, path: str, speller: Speller) -> Section:
    if not model.fields and model.additional is None:
        return Section("Fields", "None.", "")
    has_example = any(field.example is not None for field in model.fields)
    has_default = any(field.default is not None for field in model.fields)
    has_constraints = any(field.constraints != UNCONSTRAINED for field in model.fields)
    has_wires = any(field.wire is not None for field in model.fields)
    more = {"Example": has_example, "Default": has_default, "Constraints": has_constraints, "JSON": has_wires}
    header = (*_FIELD_COLUMNS, *(word for word, is_there in more.items() if is_there))
    rows = [_row(field, path, speller, header) for field in model.fields]
    if model.additional is not None:
        blanks = [""] * (len(header) - 3)
        rows.append(["`*`", speller.cell(model.additional, path), "no", *blanks])
    return Section("Fields", "", _table(header, rows))


def _row(field: Field, path: str, speller: Speller, header: Sequence[str]) -> list[str]:
    name = mdtext.code(field.name) if field.name != "*" else "&#42;"  # `*` is no field here
    doc = mdtext.encode(field.doc, "cell") if field.doc else ""
    if field.deprecation is not None:
        name = mdtext.struck(field.name) if field.name != "*" else f"~~{name}~~"
        doc = f"{_mark(field.deprecation, 'cell')}{'<br/>' if doc else ''}{doc}"
    row = [name, speller.cell(field.type, path), "yes" if field.required else "no", doc]
    if "Example" in header:
        row.append(mdtext.code(field.example or ""))
    if "Default" in header:
        row.append(mdtext.code(field.default or ""))
    if "Constraints" in header:
        row.append(mdtext.code(_constraints(field)))
    if "JSON" in header:
        row.append(mdtext.code(field.wire or ""))
    return row


def _constraints(field: Field) -> str:
    """`minLength: 3, pattern: "^a"`: words of JSON Schema with JSON behind them."""
    said = field.constraints.said()
    return ", ".join(f"{word}: {json_literal(value)}" for word, value in said.items())


def _values(enum: Enum) -> Section:
    rows = (
        [mdtext.code(one.name or ""), mdtext.code(json_literal(one.value)), mdtext.encode(one.doc, "cell")]
        for one in enum.values
    )
    text = "Other values may come." if enum.open else ""
    return Section("Values", text, _table(("Name", "Value", "Description"), rows))


def _type(alias: Alias, path: str, speller: Speller) -> list[Section]:
    sections = [Section("Type", speller.prose(alias.type, path), "")]
    union = alias.type.inner if isinstance(alias.type, Nullable) else alias.type
    if isinstance(union, OneOf) and union.discriminator is not None:
        found = union.discriminator
        rows = ([mdtext.code(json_literal(tag)), speller.link(key, path)] for tag, key in found.mapping)
        sections.append(Section("Discriminator", mdtext.code(found.field), _table(("Value", "Type"), rows)))
    return sections


TARGET = Target(_of_page, _of_package)
