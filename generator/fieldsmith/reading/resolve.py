"""Records of all pages -> the Schema: names first, types second, then what shows only across definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Literal, NamedTuple

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.limits import LIMITS, Limits
from fieldsmith.reading.canonical import ANY, make_nullable, make_union, refs_in, types_of
from fieldsmith.reading.dialects import DIALECTS
from fieldsmith.reading.discriminators import Discriminators
from fieldsmith.reading.enumvalues import read_values
from fieldsmith.reading.facts import with_facts
from fieldsmith.reading.graph import break_cycles, close_wide
from fieldsmith.reading.names import Names, key_of, namespace_of, shorten
from fieldsmith.reading.notations import NOTATIONS
from fieldsmith.reading.notations.base import Notation
from fieldsmith.reading.notations.fieldsmith import FIELDSMITH
from fieldsmith.reading.notationvote import choose_notation
from fieldsmith.reading.records import DefinitionRecord, Dialect, FieldRecord, PageRecords, Rules
from fieldsmith.reading.titles import distinct, targets_on
from fieldsmith.reading.told import read_told
from fieldsmith.reading.typereading import TypeReader
from fieldsmith.reading.typetext import Form
from fieldsmith.reading.typewalk import Kinds, TypeReading
from fieldsmith.schema import (
    Alias,
    Const,
    Definition,
    Discriminator,
    Enum,
    Field,
    ListOf,
    MapOf,
    Model,
    Schema,
    TypeExpr,
)

Nulls = Literal["as-said", "accept-unsaid"]
ALL_RULES = Rules()


class Draft(NamedTuple):
    """A schema as far as pages tell it one by one.

    `told` are the discriminators that they state, by the key of their union; `untold` the unions of whose members they
    say nothing, and `strays` those of these whose page may be no union's at all. `rows` are what fields were made of.
    """

    definitions: tuple[Definition, ...]
    told: Mapping[str, Discriminator]
    untold: frozenset[str]
    strays: frozenset[str]
    rows: Mapping[tuple[Span, str], FieldRecord]


def resolve(
    pages: Sequence[PageRecords],
    notation: str | None,
    nulls: Nulls,
    diagnostics: Diagnostics,
    dialects: Mapping[str, Dialect] = DIALECTS,
    limits: Limits = LIMITS,
    rules: Rules = ALL_RULES,
) -> Schema:
    """The schema of `pages`, which are in the order of their paths and were read by `dialects`.

    `notation` is a name out of NOTATIONS, or None to choose by the cells; house pages are always read in the house
    notation. With "accept-unsaid", types around which the notation cannot say null take null. Whatever cannot be read
    is a finding, and `any` in the schema.
    """
    return finish(draft(pages, notation, nulls, diagnostics, dialects, limits), diagnostics, limits, rules)


def draft(
    pages: Sequence[PageRecords],
    notation: str | None,
    nulls: Nulls,
    diagnostics: Diagnostics,
    dialects: Mapping[str, Dialect] = DIALECTS,
    limits: Limits = LIMITS,
) -> Draft:
    """What the pages say each for itself: all but what shows only across definitions, which `finish` looks at."""
    pages = [distinct(page, diagnostics) for page in pages]
    titles = ((page.path, _titles(page, dialects)) for page in pages)
    anchors = {(page.path, each): one.title for page in pages for one in page.definitions for each in one.anchors}
    names = Names(titles, lambda: targets_on(pages), anchors, {page.path: page.fragments for page in pages})
    chosen = notations_of(pages, names, notation, dialects, limits)
    resolver = _Resolver(pages, names, chosen, nulls, diagnostics, dialects, limits)
    definitions = [resolver.definition(page, record) for page in pages for record in page.definitions]
    definitions = resolver.with_partials(resolver.with_told_unions(definitions))
    untold, strays = frozenset(resolver.untold), frozenset(resolver.strays)
    return Draft(tuple(definitions), resolver.told, untold, strays, resolver.rows)


def finish(draft: Draft, diagnostics: Diagnostics, limits: Limits = LIMITS, rules: Rules = ALL_RULES) -> Schema:
    """The schema: with what is said of unions across pages and, by `rules`, of the values of fields; and findings for
    what makes no sense across definitions."""
    kept = _without_strays(draft, diagnostics)
    definitions = close_wide(break_cycles(kept, diagnostics), limits.members, diagnostics)
    discriminators = Discriminators(definitions, draft.told, diagnostics)
    schema = Schema(tuple(discriminators.complete(definition) for definition in definitions))
    return with_facts(schema, draft.rows, rules, diagnostics)


def _titles(page: PageRecords, dialects: Mapping[str, Dialect]) -> tuple[str, ...]:
    """The titles on a page that types may refer to."""
    if page.dialect is not None and not dialects[page.dialect].referred:
        return ()
    return tuple(record.title for record in page.definitions)


def notations_of(
    pages: Sequence[PageRecords],
    names: Names,
    notation: str | None,
    dialects: Mapping[str, Dialect],
    limits: Limits = LIMITS,
) -> dict[str, Notation]:
    """The notation of each dialect of `pages`: the house one, else the one that is named, else the one voted for."""
    chosen: dict[str, Notation] = {}
    for name in dict.fromkeys(page.dialect for page in pages if page.dialect is not None):
        running = dialects[name].notations
        if notation is not None and running != (FIELDSMITH,):
            chosen[name] = next((one for one in running if one.name == notation), NOTATIONS[notation])
        else:  # dialects of one program vote together
            alike = {other for other, one in dialects.items() if one.notations is running}
            its_own = [page for page in pages if page.dialect in alike]
            chosen[name] = choose_notation(its_own, names, running, limits.nesting)
    return chosen


def leave_out(pages: Sequence[PageRecords], schema: Schema) -> tuple[PageRecords, ...]:
    """`pages`, of which those are skipped that are a title and prose and that no type of `schema` leads to."""
    places = {one.span for one in schema.definitions}
    return tuple(_left_out(page) if _is_stray(page, places) else page for page in pages)


def _is_stray(page: PageRecords, places: Set[Span]) -> bool:
    return any(one.bare and one.span not in places for one in page.definitions)


def _left_out(page: PageRecords) -> PageRecords:
    return page._replace(definitions=(), skipped="it is a title and prose, and no type on another page leads to it")


class _Resolver:
    """Reads the records of all pages with the reader that their dialect asks for."""

    def __init__(
        self,
        pages: Sequence[PageRecords],
        names: Names,
        chosen: Mapping[str, Notation],
        nulls: Nulls,
        diagnostics: Diagnostics,
        dialects: Mapping[str, Dialect],
        limits: Limits,
    ) -> None:
        self.diagnostics = diagnostics
        self.dialects = dialects
        records = [(key_of(one.page, one.title), one) for page in pages for one in page.definitions]
        aliases = frozenset(key for key, one in records if one.kind in ("union", "alias"))
        self.models = {key: one for key, one in records if one.kind == "model"}
        kinds = Kinds(aliases, frozenset(self.models))
        self.readers = {name: TypeReader(one, names, diagnostics, kinds, limits) for name, one in chosen.items()}
        self.mute = {one.name for one in chosen.values() if _is_mute(_pages_in(one, pages, chosen), one)}
        self.accept = nulls == "accept-unsaid"
        self.untold: set[str] = set()  # unions whose page says no members
        self.strays: set[str] = set()  # those of them whose page may be no union's at all
        self.told: dict[str, Discriminator] = {}
        self.rows: dict[tuple[Span, str], FieldRecord] = {}  # what fields were made of

    def definition(self, page: PageRecords, record: DefinitionRecord) -> Definition:
        reader = self.readers[page.dialect or ""]
        key, space = key_of(page.path, record.title), namespace_of(page.path)
        if record.kind == "model":
            fields, extra = self.fields(record, reader)
            self.rows.update(((row.span, row.name), row) for row in record.fields)
            return Model(key, record.title, space, record.doc, record.deprecation, record.span, fields, extra)
        if record.kind == "enum":
            values = read_values(record, self.diagnostics)
            return Enum(key, record.title, space, record.doc, record.deprecation, record.span, values, record.open)
        type_ = self.members(record, reader, self.dialects[page.dialect or ""].members)
        if not record.members:
            self.untold.add(key)
        if record.bare:
            self.strays.add(key)
        told = record.discriminator and read_told(record.discriminator, type_, reader, self.models)
        if told is not None:
            self.told[key] = told
        return Alias(key, record.title, space, record.doc, record.deprecation, record.span, type_)

    def members(self, record: DefinitionRecord, reader: TypeReader, form: Form) -> TypeExpr:
        readings = [reader.read(member, record.page, form) for member in record.members]
        return make_union(
            make_nullable(reading.type) if reading.nullable or reading.optional else reading.type
            for reading in readings
        )

    def fields(self, record: DefinitionRecord, reader: TypeReader) -> tuple[tuple[Field, ...], TypeExpr | None]:
        fields: list[Field] = []
        further: list[TypeExpr] = []
        for row in record.fields:
            field = self.field(row, record.page, reader)
            if row.further:
                further.append(field.type)
            elif row.name != reader.notation.extra:
                fields.append(field)
            elif isinstance(field.type, MapOf):
                further.append(field.type.value)
            else:
                fields.append(field)
        return tuple(fields), make_union(further) if further else None

    def field(self, row: FieldRecord, page: str, reader: TypeReader) -> Field:
        reading = reader.read(row.type, page, "cell")
        if row.repeated:
            item = make_nullable(reading.type) if reading.nullable else reading.type
            reading = TypeReading(ListOf(item), silent=reading.silent)
        required = row.required if row.required is not None else not (reading.optional or reading.nullable)
        if row.required is not None and reader.notation.told_apart and not row.type.told:
            self.check_marks(row, row.required, reading)
        unsaid = self.accept and (reading.silent or reader.notation.name in self.mute)
        null = reading.nullable or (reading.optional and required) or (unsaid and not isinstance(reading.type, Const))
        type_ = make_nullable(reading.type) if null or row.nullable else reading.type
        return Field(
            *(row.name, type_, required, row.doc, row.example, row.default, row.deprecation, row.span),
            example_at=row.example_at,
            default_at=row.default_at,
            wire=row.wire,
        )

    def check_marks(self, row: FieldRecord, required: bool, reading: TypeReading) -> None:
        """The required mark rules; where the type's wrapper says otherwise, one of the two is a mistake."""
        wrapped = reading.optional or reading.nullable
        if required:
            said = "may be absent" if reading.optional and reading.nullable else ""
        elif reading.nullable and not reading.optional:
            said = "is always present"
        else:
            said = "" if wrapped or reading.silent or reading.type == ANY else "is always present"
        if said:
            mark = "required" if required else "optional"
            message = f"type {shorten(row.type.text)} says that the field {said}, but it is marked {mark}"
            self.diagnostics.add("FS111", row.type.span, message)

    def with_told_unions(self, definitions: Sequence[Definition]) -> list[Definition]:
        """Unions whose page names no member take the members that the links to them spell out."""
        spelled = {key: type_ for reader in self.readers.values() for key, type_ in reader.unions.items()}
        done: list[Definition] = []
        for one in definitions:
            told = spelled.get(one.key) if one.key in self.untold else None
            if isinstance(one, Alias) and told is not None:
                self.untold.discard(one.key)
                one = one._replace(type=told)
            done.append(one)
        return done

    def with_partials(self, definitions: Sequence[Definition]) -> list[Definition]:
        """Behind each model that some type wants in part, one of whose fields any may be absent, if there is none."""
        wanted = {key: part for reader in self.readers.values() for key, part in reader.partials.items()}
        known = {one.key for one in definitions}
        done: list[Definition] = []
        for one in definitions:
            done.append(one)
            part = wanted.get(one.key)
            if isinstance(one, Model) and part is not None and part not in known:
                fields = tuple(field._replace(required=False) for field in one.fields)
                done.append(one._replace(key=part, name=f"Partial {one.name}", fields=fields))
        return done


def _without_strays(draft: Draft, diagnostics: Diagnostics) -> list[Definition]:
    """All but the pages of a mere title to which no type leads; a finding for each union left without members."""
    led_to = {ref.key for one in draft.definitions for type_ in types_of(one) for ref in refs_in(type_)}
    kept = [one for one in draft.definitions if one.key not in draft.strays or one.key in led_to]
    for one in kept:
        if one.key in draft.untold:
            message = f"the page does not say what {shorten(one.name)} is; any JSON value is taken"
            diagnostics.add("FS107", one.span, message)
    return kept


def _pages_in(
    notation: Notation, pages: Iterable[PageRecords], chosen: Mapping[str, Notation]
) -> Iterator[PageRecords]:
    """The pages that are read in a notation, by whatever dialect."""
    return (page for page in pages if page.dialect is not None and chosen.get(page.dialect) is notation)


def _is_mute(pages: Iterable[PageRecords], notation: Notation) -> bool:
    """Whether these pages are of the age in which their language had no words for absence and null."""
    if not notation.once_mute:
        return False
    words = [word for word, role in notation.heads.items() if role in ("optional", "nullable", "optional-nullable")]
    cells = (field.type.text for page in pages for record in page.definitions for field in record.fields)
    return not any(word in cell for cell in cells for word in words)
