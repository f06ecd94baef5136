"""Document + Dialect -> records: roles instead of columns, type cells still unread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from fieldsmith.diagnostics import NOWHERE, Span
from fieldsmith.reading.accounts import Accounts, Count, Use
from fieldsmith.reading.bounds import Role
from fieldsmith.reading.markdown import Document
from fieldsmith.reading.notations.base import Notation


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


Ruled = Literal["mark", "nothing", "condition", "excuse"]


class FieldRecord(NamedTuple):
    """One row. `required` is None where the dialect has no such mark; `span` is the name cell's.

    `further`: the row is no field, but says what further keys hold.
    `nullable`, `repeated`: a mark of the row says so; most rows leave it to their type.
    `example_at` and `default_at` are the places of these texts, and `doc_at` that of the description, where it may
    state a default or a constraint. `default_by` says whether a column, a note or an overlay has the default.
    `wire` is the name in the JSON, where the row has it apart.
    `ruled` is what `required` goes by: a mark of the row, or that it has none; that it counts on a condition alone; or
    a sentence above the table that makes all fields optional.
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
    ruled: Ruled = "mark"


class ValueRecord(NamedTuple):
    """One value of an enum. `literal`: the page quotes its strings (`"a"`, `200`), so the text of `value` is a literal
    that says its own JSON type; otherwise it is bare text whose type the page does not state."""

    name: str | None
    value: Cell
    literal: bool
    doc: str


class DiscriminatorRecord(NamedTuple):
    """What tells the members of a union apart: a field's name, and pairs of a literal and the cell of a type.

    `printed`: a program has written it out, and nobody can mend it. One that does not fit the members is left out.
    """

    field: str
    span: Span
    mapping: tuple[tuple[Cell, Cell], ...]
    printed: bool = False


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
    the page switch off. `asked` says who has asked for the dialect, "" where none has. `fits` are the headings of
    dialects described in the settings, as these spell them, that a heading of the page fits, whoever reads it.
    `fragments` are those of links that lead to a place on the page, whatever stands there, as `names.fragment_key` has
    them.
    """

    path: str
    dialect: str | None
    definitions: tuple[DefinitionRecord, ...]
    uses: tuple[Use, ...]
    suppressed: frozenset[str]
    skipped: str = ""
    counts: tuple[Count, ...] = ()
    asked: str = ""
    fits: tuple[str, ...] = ()
    fragments: frozenset[str] = frozenset()


class Reading(NamedTuple):
    """What a dialect makes of a page. `skipped` says why a page holds no schema; then there are no definitions.

    `known`: its tables are known to be something else, whatever they look like.
    """

    definitions: tuple[DefinitionRecord, ...] = ()
    skipped: str = ""
    known: bool = False


class Claim(NamedTuple):
    """How sure a dialect is that a page is laid out its way: nothing is no claim, and `why` is what it goes by.

    1  something of the layout, but not what makes it
    2  a heading that opens a definition, and below it what holds one
    3  and nothing in the latter that the dialect does not know
    4  and a mark that no other dialect has
    """

    points: int = 0
    why: str = "nothing of its layout"


class Lack(NamedTuple):
    """Why a page that looks as a dialect has it is none of its, and the place; `help` says what may be meant."""

    span: Span
    reason: str
    help: str | None = None


def _no_lack(document: Document) -> Lack | None:
    return None


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
    table, if there is one; none where it has no models. `lacks` says what a page would need to be claimed, of one that
    nobody claims.
    """

    name: str
    claims: Callable[[Document], Claim]
    read: Callable[[Document, Accounts], Reading]
    notations: tuple[Notation, ...]
    members: Literal["cell", "inner"] = "inner"
    referred: bool = True
    heads: tuple[str, ...] = ("# *", "## Fields")
    lacks: Callable[[Document], Lack | None] = _no_lack
