"""Document + Dialect -> records: roles instead of columns, type cells still unread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from fieldsmith.diagnostics import NOWHERE, Diagnostics, Span
from fieldsmith.limits import LIMITS, Limits
from fieldsmith.reading.accounts import Accounts, Count, Use
from fieldsmith.reading.bounds import Role
from fieldsmith.reading.cells import check_name
from fieldsmith.reading.directed import Model, find_models, whole_page, without_skipped
from fieldsmith.reading.markdown import Document, Heading
from fieldsmith.reading.names import shorten
from fieldsmith.reading.notations.base import Notation
from fieldsmith.reading.sections import anchors_of
from fieldsmith.reading.tables import Table, header_words
from fieldsmith.suggest import near


class Cell(NamedTuple):
    """Markdown source of a cell, heading or code line: outer blanks cut, the table's own `\\|` already read as `|`.

    `told`: a finding about its row or column stands for whatever is wrong with it.
    """

    text: str
    span: Span
    told: bool = False


Rule = Literal["column", "note", "phrase"]
RULES: tuple[Rule, ...] = ("column", "note", "phrase")


class Rules(NamedTuple):
    """By which rules defaults and constraints are read: from columns, from notes of a fixed form, from phrases."""

    defaults: tuple[Rule, ...] = RULES
    constraints: tuple[Rule, ...] = RULES


class Stated(NamedTuple):
    """A cell of a column that says what values keep to."""

    role: Role
    text: str
    span: Span


class FieldRecord(NamedTuple):
    """One row. `required` is None where the dialect has no such mark; `span` is the name cell's.

    `further`: the row is no field, but says what further keys hold.
    `nullable`, `repeated`: a mark of the row says so; most rows leave it to their type.
    `example_at` and `default_at` are the places of these texts, and `doc_at` that of the description, where it may
    state a default or a constraint. `default_by` says whether a column, a note or an overlay has the default.
    `wire` is the name in the JSON, where the row has it apart.
    `stated` are the cells of columns for constraints.
    """

    name: str
    type: Cell
    required: bool | None
    doc: str
    example: str | None
    default: str | None
    deprecation: str | None
    span: Span
    further: bool = False
    nullable: bool = False
    example_at: Span = NOWHERE
    default_at: Span = NOWHERE
    doc_at: Span | None = None
    default_by: Rule | Literal["overlay"] = "column"
    stated: tuple[Stated, ...] = ()
    repeated: bool = False
    wire: str | None = None


class ValueRecord(NamedTuple):
    """One value of an enum. `literal`: the page quotes its strings (`"a"`, `200`), so the text of `value` is a literal
    that says its own JSON type; otherwise it is bare text whose type the page does not state."""

    name: str | None
    value: Cell
    literal: bool
    doc: str


class DiscriminatorRecord(NamedTuple):
    """What tells the members of a union apart: a field's name, and pairs of a literal and the cell of a type."""

    field: str
    span: Span
    mapping: tuple[tuple[Cell, Cell], ...]


class DefinitionRecord(NamedTuple):
    """One definition as its page says it.

    `kind` decides what is filled: `model` fields, `enum` values and `open`, `union` members (none: the page does not
    say them), `alias` exactly one member. `members` are types in the language's inner spelling (a heading's
    code span, or cut out of a fence), not cells of a table, except in dialects whose members are cells.

    `bare`: a union whose page is a title and prose. It may as well be a page of notes: it is a definition only where a
    type leads to it, or where the user has named the page.

    `anchors`: what fragments name it by, beside its title. `within`: the title that it stands below.
    """

    page: str
    title: str
    kind: Literal["model", "enum", "union", "alias"]
    doc: str
    deprecation: str | None
    span: Span
    fields: tuple[FieldRecord, ...] = ()
    values: tuple[ValueRecord, ...] = ()
    open: bool = False
    members: tuple[Cell, ...] = ()
    discriminator: DiscriminatorRecord | None = None
    bare: bool = False
    anchors: tuple[str, ...] = ()
    within: str = ""


class PageRecords(NamedTuple):
    """One page. `dialect` names the dialect that read it, None where none could; `skipped` says why it holds no schema.

    `uses` and `counts` say what became of its sections, tables and rows; `suppressed` are the codes that comments on
    the page switch off. `asked` says who has asked for the dialect, "" where none has.
    """

    path: str
    dialect: str | None
    definitions: tuple[DefinitionRecord, ...]
    uses: tuple[Use, ...]
    suppressed: frozenset[str]
    skipped: str = ""
    counts: tuple[Count, ...] = ()
    asked: str = ""


class Reading(NamedTuple):
    """What a dialect makes of a page. `skipped` says why a page holds no schema; then there are no definitions."""

    definitions: tuple[DefinitionRecord, ...] = ()
    skipped: str = ""


_NAMES = frozenset({"name", "field", "property", "parameter", "key", "attribute"})


class Claim(NamedTuple):
    """How sure a dialect is that a page is laid out its way: nothing is no claim, and `why` is what it goes by.

    1  something of the layout, but not what makes it
    2  a heading that opens a definition, and below it what holds one
    3  and nothing in the latter that the dialect does not know
    4  and a mark that no other dialect has
    """

    points: int = 0
    why: str = "nothing of its layout"


class Fault(Exception):
    """What the code of a user's own dialect has done wrong: `file` and `line` are its own, `reason` says what."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(reason)
        self.file, self.line, self.reason = file, line, reason


class Dialect(NamedTuple):
    """One way to lay out pages.

    `claims` says so from the look of a page; `read` makes records of it. It is also asked to read pages that it does
    not claim where the user has chosen the dialect. `notations` are those that its pages may be written in, and
    `members` the form in which they spell the members of unions. `referred`: types may refer to its definitions.
    `heads` are the headings that a model stands under, as layouts spell them: the one with its name, and one above its
    table, if there is one; none where it has no models.
    """

    name: str
    claims: Callable[[Document], Claim]
    read: Callable[[Document, Accounts], Reading]
    notations: tuple[Notation, ...]
    members: Literal["cell", "inner"] = "inner"
    referred: bool = True
    heads: tuple[str, ...] = ("# *", "## Fields")


class _Choice(NamedTuple):
    """The dialect that reads a page, None where none does; `asked` says who has asked for it, "" where nobody has."""

    dialect: Dialect | None
    asked: str = ""


def read_page(
    document: Document,
    dialects: Sequence[Dialect],
    named: bool,
    diagnostics: Diagnostics,
    limits: Limits = LIMITS,
    chosen: str | None = None,
) -> PageRecords:
    """Read a page by the dialect that it asks for; else by the one `chosen`, or the only one there is; else by the one
    that claims it with the most points, the first of equals.

    Pages that hold no schema are skipped with a reason; a page that the user has named is to hold one.
    """
    accounts = Accounts(limits)
    page = without_skipped(document, accounts)
    dialect, asked = _choose(page, dialects, chosen, accounts)
    reading = _skipped(document) or _read(page, dialect, bool(asked), named, accounts)
    if reading.skipped and named and not len(accounts):
        accounts.add(
            "FS020",
            Span(document.path, 1, 1),
            f"this page is no schema: {reading.skipped}",
            "name a page with a title and a `## Fields`, `## Values` or `## Supported Types` section",
        )
    name = dialect.name if dialect is not None else None
    definitions = tuple(one._replace(bare=False) if one.bare and named else one for one in reading.definitions)
    diagnostics.extend(accounts)
    uses, counts = tuple(accounts.uses(document, reading.skipped)), accounts.counts()
    return PageRecords(document.path, name, definitions, uses, document.suppressed, reading.skipped, counts, asked)


def _skipped(document: Document) -> Reading | None:
    whole = whole_page(document)
    return Reading(skipped=f"line {whole.span.line} asks for that") if whole is not None else None


# Who reads it


def _choose(document: Document, dialects: Sequence[Dialect], chosen: str | None, accounts: Accounts) -> _Choice:
    asked = [one for one in document.directives if one.verb == "dialect"]
    found: _Choice | None = None
    for one in asked:
        dialect = next((each for each in dialects if each.name == one.word), None)
        if dialect is None:
            known = [each.name for each in dialects]
            help_text = near(one.word, known) or f"dialects are: {', '.join(known)}"
            accounts.add("FS055", one.span, f"there is no dialect {shorten(one.word)}", help_text)
        elif found is None:
            found = _Choice(dialect, f"as line {one.span.line} of the page asks for")
        elif found.dialect is not dialect:
            accounts.add("FS054", one.span, "the page asks for another dialect above", "take one of the two out")
    if found is not None:
        return found
    if chosen is not None or len(dialects) == 1:
        dialect = next((each for each in dialects if each.name == chosen), dialects[0])
        return _Choice(dialect, "as it is set")
    if any(one.verb == "model" for one in document.directives):
        return _Choice(claimant(document, dialects, 2) or _reader_of_models(document, dialects))
    return _Choice(claimant(document, dialects))


def claimant(document: Document, dialects: Sequence[Dialect], least: int = 1) -> Dialect | None:
    """The dialect that claims a page with the most points, the first of equals; None where none has the `least`."""
    best, most = None, least - 1
    for one in dialects:
        points = one.claims(document).points
        if points > most:
            best, most = one, points
    return best


def _reader_of_models(document: Document, dialects: Sequence[Dialect]) -> Dialect | None:
    """The dialect that reads the first model that a page names with the fewest findings, the first of equals.

    That a table has no marks of presence (FS051) is no sign that it is another dialect's.
    """
    best, fewest = None, 0
    for one in dialects:
        accounts = Accounts()
        models = find_models(document, one.heads, accounts)[1][:1]
        read = any(one.read(model.page, accounts).definitions for model in models)
        wrong = sum(each.code != "FS051" for each in accounts)
        if read and (best is None or wrong < fewest):
            best, fewest = one, wrong
    return best


# What is read


def _read(document: Document, dialect: Dialect | None, asked: bool, named: bool, accounts: Accounts) -> Reading:
    """What the dialect makes of the page, and of each model that the page names."""
    if dialect is None:
        return _unclaimed(document, named, accounts)
    rest, models = find_models(document, dialect.heads, accounts)
    if not dialect.heads:
        for one in document.directives:
            if one.verb == "model":
                accounts.add("FS054", one.span, f"the dialect {dialect.name}, which reads this page, has no models")
    found = [record for one in models for record in _model(document, one, dialect, accounts)]
    if models and not asked and not dialect.claims(rest).points:
        reading = _unclaimed(rest, named, accounts)
    else:
        reading = dialect.read(rest, accounts)
    definitions = tuple(sorted((*reading.definitions, *found), key=lambda record: record.span.line))
    return Reading(definitions, "" if found else reading.skipped)


def _model(document: Document, one: Model, dialect: Dialect, accounts: Accounts) -> Iterator[DefinitionRecord]:
    """The model of a directive, under its name; a finding where its table is none that the dialect can read."""
    name, span, known = one.directive.word, one.directive.span, len(accounts)
    check_name("name", name, span, accounts)
    reading = dialect.read(one.page, accounts)
    if not reading.definitions and len(accounts) == known:
        message = f"the table that follows has not the columns of a model, as the dialect {dialect.name} wants them"
        accounts.add("FS054", span, message)
    for record in reading.definitions[:1]:
        anchors = tuple(anchors_of(document, one.heading)) if one.heading is not None else ()
        yield record._replace(title=name, span=span, anchors=anchors)


def _unclaimed(document: Document, named: bool, diagnostics: Diagnostics) -> Reading:
    """A page of no dialect; a finding where it has a table of types, for that may be one that somebody counts on."""
    titled = bool(document.blocks) and isinstance(document.blocks[0], Heading) and document.blocks[0].level == 1
    reason = "it has no section that a dialect knows" if titled else "it has no title and no section"
    tables = [block for block in document.blocks if isinstance(block, Table)]
    words = ((table, frozenset(header_words(table))) for table in tables)
    typed = next((table for table, found in words if "type" in found and found & _NAMES), None)
    if typed is not None and not named:
        diagnostics.add("FS050", typed.span, "no dialect claims this page, which has a table of names and types")
    return Reading(skipped=reason)
