"""Document -> records, for Speakeasy's pages of operations: what each operation takes is a model, its request.

A page is `# Resource`, a list of operations, and for each `## operation`, prose, and a table below `### Parameters`
(speakeasy_operations.md). The request of `## list` on the page `# Files` is called `FilesListRequest`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.cells import check_name, quote, read_name
from fieldsmith.reading.columns import loose_rows, stray_tables
from fieldsmith.reading.dialects.speakeasy_layout import OPERATIONS as LAYOUT
from fieldsmith.reading.dialects.speakeasy_page import prose
from fieldsmith.reading.lacking import lack, tell_unread
from fieldsmith.reading.layout_cells import Hooks
from fieldsmith.reading.layout_fields import FieldReader
from fieldsmith.reading.markdown import Block, Document, Heading
from fieldsmith.reading.records import Claim, DefinitionRecord, Dialect, FieldRecord, Reading
from fieldsmith.reading.tables import Table, header_words
from fieldsmith.suggest import nearest

_HEADER = ("parameter", "type", "required", "description")
_LISTING = "Available Operations"
_LISTED = re.compile(r"[*-] \[(?:~~)?([^\]~]+)(?:~~)?\]\(#")
# The headings below an operation; those of its description may be called anything else.
_PARTS = ("Example Usage", "Parameters", "Response", "Errors")
_REQUEST = "The request object to use for the request."
# Rows that say nothing of the request; each is of the client, and has its one sentence in all languages.
_OF_THE_CLIENT = frozenset(
    (
        "The context to use for the request.",
        "The options for this request.",
        "The security requirements to use for the request.",
        "Configuration to override the default retry behavior of the client.",
        "Enables retrying HTTP requests under certain failure conditions.",
        "Available config options for making requests.",
        "Used to set various options for making HTTP requests.",
        "An optional server URL to use.",
        "Additional headers to set or replace on requests.",
        "Override the default request timeout in milliseconds.",
    )
)
_FETCH = "Options that are passed to the underlying HTTP request."  # and how, in several sentences
_WORD = re.compile(r"[A-Za-z0-9]+|[^\x00-\x7f]+")


class _Operation(NamedTuple):
    """One operation: its heading, what stands below it, and the line after that.

    `meant` is the operation on the page's list that an unlisted heading seems to stand for; "" where that is listed.
    """

    heading: Heading
    blocks: Sequence[Block]
    end: int
    meant: str = ""

    @property
    def parameters(self) -> Iterator[tuple[Heading, Sequence[Block]]]:
        """Each heading of parameters with the blocks up to the next heading; there should be one."""
        for at, block in enumerate(self.blocks):
            if isinstance(block, Heading) and block.level == 3 and block.text == "Parameters":
                rest = self.blocks[at + 1 :]
                ends = (index for index, other in enumerate(rest) if isinstance(other, Heading) and other.level <= 3)
                yield block, rest[: next(ends, len(rest))]


def _operations(document: Document) -> Iterator[_Operation]:
    """The operations that the page lists, or all headings of their level where it lists none.

    Other headings are text of descriptions, but for one that is nearly a listed operation which has none.
    """
    blocks = document.blocks
    listed = _listed(document)
    named = [
        (at, block, read_name(block.text)[0])
        for at, block in enumerate(blocks)
        if isinstance(block, Heading) and block.level == 2
    ]
    lost = listed.difference(name for _, _, name in named)
    meant = {name: nearest(name, sorted(lost)) or "" for _, _, name in named if lost and name not in listed}
    heads = [(at, heading, name) for at, heading, name in named if not listed or name in listed or meant.get(name)]
    ends = [at for at, _, _ in heads[1:]] + [len(blocks)]
    for (at, heading, name), after in zip(heads, ends, strict=False):
        end = blocks[after].first if after < len(blocks) else len(document.lines)
        yield _Operation(heading, blocks[at + 1 : after], end, meant.get(name, ""))


def _listed(document: Document) -> set[str]:
    """The operations in the list at the top; descriptions in it may go over several lines."""
    heads = [block for block in document.blocks if isinstance(block, Heading)]
    start = next((at for at, one in enumerate(heads) if one.text == _LISTING), None)
    if start is None:
        return set()
    last = heads[start + 1].first if start + 1 < len(heads) else len(document.lines)
    lines = document.lines[heads[start].last : last]
    return {match[1].strip("`") for line in lines if (match := _LISTED.match(line))}


def _claims(document: Document) -> Claim:
    for operation in _operations(document):
        for _, blocks in operation.parameters:
            for table in blocks:
                if isinstance(table, Table) and header_words(table)[: len(_HEADER)] == _HEADER and _is_marked(table):
                    return Claim(4, f"`### Parameters` of {quote(operation.heading.text)} above a table with its marks")
    return Claim()


def _is_marked(table: Table) -> bool:
    return any(text in mark.words for row in table.rows for text in row.texts[2:3] for mark in LAYOUT.marks.values())


def _read(document: Document, accounts: Accounts) -> Reading:
    title = next((block for block in document.blocks if isinstance(block, Heading) and block.level == 1), None)
    operations = [(operation, list(operation.parameters)) for operation in _operations(document)]
    if not any(parameters for _, parameters in operations):
        return Reading(skipped="it has no operation with parameters")
    if title is None:
        place = document.place(operations[0][0].heading.first)
        accounts.add("FS021", place, "there is no title above the operations", "name the resource: `# Files`")
        return Reading(skipped="it has no title")
    inside = {heading.first for _, parameters in operations for heading, _ in parameters}
    for block in document.blocks:
        if isinstance(block, Heading) and block.text == "Parameters" and block.first not in inside:
            accounts.add("FS080", block.span, "these parameters are of no operation that the page lists")
    for operation, parameters in operations:
        for heading, _ in parameters if operation.meant else ():
            _unlisted(heading, operation.heading, accounts, operation.meant)
    found = [_request(document, title, *each, accounts) for each in operations if each[1] and not each[0].meant]
    records = tuple(record for record in found if record is not None)
    if records:
        check_name("title", read_name(title.text)[0], title.span, accounts)
    tell_unread(document, LAYOUT, accounts)
    return Reading(records, "" if records else "what its operations take are models on pages of their own", known=True)


def _unlisted(parameters: Heading, owner: Heading, accounts: Accounts, meant: str = "") -> None:
    """A finding for parameters below a heading that is no listed operation."""
    message = f"these parameters are of {quote(owner.text)}, which the page does not list"
    accounts.add("FS080", parameters.span, message, f"did you mean `{meant}`?" if meant else None)


def _request(
    document: Document,
    title: Heading,
    operation: _Operation,
    parameters: list[tuple[Heading, Sequence[Block]]],
    accounts: Accounts,
) -> DefinitionRecord | None:
    """The model of what an operation takes; None where that is a model of its own, or nothing."""
    span = operation.heading.span
    name, struck = read_name(operation.heading.text)
    check_name("title", name, span, accounts)
    for heading, blocks in parameters:
        accounts.took(heading)
        _check_rest(document, blocks, accounts)
    for heading, _ in parameters[1:]:
        above = [one for one in operation.blocks if isinstance(one, Heading) and one.level == 2]
        owner = next((one for one in reversed(above) if one.first < heading.first), None)
        if owner is not None:
            _unlisted(heading, owner, accounts)
        else:
            accounts.add("FS024", heading.span, f"operation {quote(name)} has parameters already", "join the two")
    fields = tuple(_fields(document, *parameters[0], accounts))
    if not fields:
        return None
    parts = (block for block in operation.blocks if isinstance(block, Heading) and block.text.startswith(_PARTS))
    end = next((block.first for block in parts if block.level == 3), operation.end)
    doc, message = prose(document, operation.blocks, operation.heading.last, end, accounts)
    deprecation = message if message is not None else "" if struck else None
    whole = f"{_words(read_name(title.text)[0])}{_words(name)}Request"
    return DefinitionRecord(document.path, whole, "model", doc, deprecation, span, fields=fields)


def _words(name: str) -> str:
    """A name with its words joined, each with a capital: `get_signed_url` is `GetSignedUrl`."""
    return "".join(f"{word[:1].upper()}{word[1:]}" for word in _WORD.findall(name))


def _fields(
    document: Document, heading: Heading, blocks: Sequence[Block], accounts: Accounts
) -> Iterator[FieldRecord]:
    """A record for each parameter that is sent; why not, for the others."""
    table = next((block for block in blocks if isinstance(block, Table)), None)
    if table is None:
        accounts.add("FS025", heading.span, "`### Parameters` has no table")
        return
    yield from FieldReader(LAYOUT, HOOKS, document.lines, accounts).fields(table, {})


def _omitted(doc: str) -> str:
    """Why a row with such a description is no part of the request."""
    if doc == _REQUEST:
        return "it is the request as a whole, a model of its own"
    if doc in _OF_THE_CLIENT or doc.startswith(_FETCH):
        return "it is an option of the client, and no part of the request"
    return ""


HOOKS = Hooks(omit=_omitted)


def _check_rest(document: Document, blocks: Sequence[Block], accounts: Accounts) -> None:
    """Findings for what looks like rows and is in no table that is read."""
    tables = [block for block in blocks if isinstance(block, Table)]
    stray_tables(tables[1:], accounts)
    for block in blocks:
        if not isinstance(block, Table):
            loose_rows(document.path, document.lines, block.first, block.last, accounts)


SPEAKEASY_OPERATIONS = Dialect(
    *(LAYOUT.name, _claims, _read, LAYOUT.notations),
    referred=False,
    heads=(),
    lacks=partial(lack, layout=LAYOUT, near_only=True),
)
