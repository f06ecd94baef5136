"""Document + dialects -> the records of a page: who reads it, what its directives single out, and what is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.limits import LIMITS, Limits
from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.cells import check_name
from fieldsmith.reading.directed import ADVICE, Model, find_models, whole_page, without_skipped
from fieldsmith.reading.markdown import Document, Heading
from fieldsmith.reading.names import shorten
from fieldsmith.reading.records import DefinitionRecord, Dialect, PageRecords, Reading
from fieldsmith.reading.sections import anchors_of, fragments_of
from fieldsmith.reading.tables import Table, header_words
from fieldsmith.suggest import near

_PLAIN_HEADS = ("# *", "## Fields")
_NAMES = frozenset({"name", "field", "field name", "property", "parameter", "param", "key", "attribute"})


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
    reading = _skipped(document) or _read(page, dialect, dialects, bool(asked), named, accounts)
    if reading.skipped and named and not len(accounts):
        known = dialect is None or dialect.heads == _PLAIN_HEADS
        help_text = "name a page with a title and a `## Fields`, `## Values` or `## Supported Types` section"
        message = f"this page is no schema: {reading.skipped}"
        accounts.add("FS020", Span(document.path, 1, 1), message, help_text if known else None)
    name = dialect.name if dialect is not None else None
    definitions = tuple(one._replace(bare=False) if one.bare and named else one for one in reading.definitions)
    diagnostics.extend(accounts)
    uses, counts = tuple(accounts.uses(document, reading.skipped)), accounts.counts()
    return PageRecords(
        *(document.path, name, definitions, uses, document.suppressed, reading.skipped, counts, asked),
        fragments=fragments_of(document) if definitions else frozenset(),
    )


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
        records = [record for model in models for record in one.read(model.page, accounts).definitions]
        wrong = sum(each.code != "FS051" for each in accounts)
        read = any(record.kind == "model" and (record.fields or not wrong) for record in records)
        if read and (best is None or wrong < fewest):
            best, fewest = one, wrong
    return best


# What is read


def _read(
    document: Document,
    dialect: Dialect | None,
    dialects: Sequence[Dialect],
    asked: bool,
    named: bool,
    accounts: Accounts,
) -> Reading:
    """What the dialect makes of the page, and of each model that the page names."""
    if dialect is None:
        for one in document.directives:
            if one.verb == "model":
                accounts.add("FS054", one.span, "no table that a dialect can read as a model follows", ADVICE)
        return _unclaimed(document, dialects, named, accounts)
    rest, models = find_models(document, dialect.heads, accounts)
    if not dialect.heads:
        for one in document.directives:
            if one.verb == "model":
                accounts.add("FS054", one.span, f"the dialect {dialect.name}, which reads this page, has no models")
    found = [record for one in models for record in _model(document, one, dialect, accounts)]
    if models and not asked and not dialect.claims(rest).points:
        reading = _unclaimed(rest, dialects, named, accounts)
    else:
        reading = dialect.read(rest, accounts)
        if reading.skipped:
            reading = _given_up(rest, dialect, reading, named, accounts)
    definitions = tuple(sorted((*reading.definitions, *found), key=lambda record: record.span.line))
    return Reading(definitions, "" if found else reading.skipped)


def _model(document: Document, one: Model, dialect: Dialect, accounts: Accounts) -> Iterator[DefinitionRecord]:
    """The model of a directive, under its name; a finding where its table is none that the dialect can read."""
    name, span, inner = one.directive.word, one.directive.span, Accounts(accounts.limits)
    check_name("name", name, span, accounts)
    found = [record for record in dialect.read(one.page, inner).definitions if record.kind == "model"]
    if not found:  # what the dialect says is about headings that are not on the page
        message = f"the table that follows has not the columns of a model, as the dialect {dialect.name} wants them"
        lacking = (each.help or each.message for each in inner if each.code in ("FS025", "FS056"))
        accounts.add("FS054", span, message, next(lacking, "it needs columns for name and type"))
        return
    accounts.absorb(inner)
    anchors = tuple(anchors_of(document, one.heading)) if one.heading is not None else ()
    yield found[0]._replace(title=name, span=span, anchors=anchors)


def _given_up(
    document: Document, dialect: Dialect, reading: Reading, named: bool, accounts: Accounts
) -> Reading:
    """A page of which its dialect reads nothing; a finding where it has a table of types, and nothing is said yet."""
    lack = dialect.lacks(document)
    reason = reading.skipped if lack is None else lack.reason
    if not (reading.known or named or len(accounts)):
        _tell_of_types(document, f"the dialect {dialect.name} reads nothing of this page", accounts)
    return Reading(skipped=reason)


def _unclaimed(document: Document, dialects: Sequence[Dialect], named: bool, diagnostics: Diagnostics) -> Reading:
    """A page of no dialect; a finding where it is nearly one of a dialect's, or has a table of types, for that may be
    one that somebody counts on."""
    lack = next(filter(None, (one.lacks(document) for one in dialects)), None)
    if lack is not None:
        help_text = lack.help or "name that column under `columns` of the dialect"
        message = f"no dialect claims this page: {lack.reason}"
        diagnostics.add("FS020" if named else "FS050", lack.span, message, help_text)
        return Reading(skipped=lack.reason)
    titled = bool(document.blocks) and isinstance(document.blocks[0], Heading) and document.blocks[0].level == 1
    reason = "it has no section that a dialect knows" if titled else "it has no title and no section"
    if not named:
        _tell_of_types(document, "no dialect claims this page", diagnostics)
    return Reading(skipped=reason)


def _tell_of_types(document: Document, what: str, diagnostics: Diagnostics) -> None:
    """A finding for the first table of names and types on a page of which nothing is read."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    words = ((table, frozenset(header_words(table))) for table in tables)
    typed = next((table for table, found in words if "type" in found and found & _NAMES), None)
    if typed is not None:
        opening, closing = ("{/*", "*/}") if document.path.endswith(".mdx") else ("<!--", "-->")
        directive = f"{opening} fieldsmith: model NAME {closing}"
        help_text = f"call it a model, `{directive}`, or describe its layout under `dialects`"
        diagnostics.add("FS050", typed.span, f"{what}, which has a table of names and types", help_text)
