"""Findings: where they are, what they say, and the table of all codes that there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from fieldsmith.limits import LIMITS, lift

Severity = Literal["error", "warning"]


class Span(NamedTuple):
    """A place in a page: `path` is relative to the folder given, lines and columns (in code points) count from 1."""

    path: str
    line: int
    column: int
    width: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


NOWHERE = Span("", 1, 1)


class Code(NamedTuple):
    """What a code stands for. `fatal` ones cannot be switched off: no right output could be written past them."""

    severity: Severity
    summary: str
    advice: str
    fatal: bool = False


class Diagnostic(NamedTuple):
    span: Span
    code: str
    severity: Severity
    message: str
    help: str | None = None


def _error(summary: str, advice: str, *, fatal: bool = False) -> Code:
    return Code("error", summary, advice, fatal)


def _warning(summary: str, advice: str) -> Code:
    return Code("warning", summary, advice)


def _drift(summary: str, *more: str) -> Code:
    correct = "correct the side that is wrong, or allow it: [[tool.fieldsmith.drift.allow]]"
    return _error(summary, "; ".join((correct, *more)))


# FS00x inputs; FS02x pages and tables; FS10x types and references; FS20x names and plans; FS30x settings; FS32x
# overlays and dialects that are code; FS40x output; FS50x what pages are compared with.
CODES: dict[str, Code] = {
    # inputs
    "FS001": _error("input is not there", "name a page or a folder that exists", fatal=True),
    "FS002": _error("no page with a field table", "name a folder of models, or set a dialect of your own", fatal=True),
    "FS003": _error("page is not UTF-8", "save the page as UTF-8", fatal=True),
    "FS004": _error("page is too large", "cut it in pieces, or raise it: [tool.fieldsmith.limits]", fatal=True),
    "FS005": _error("page cannot be read from the disk", "mend its permissions, or take it out", fatal=True),
    "FS006": _warning("symbolic link is not followed", "name its target too, if it is to be read"),
    "FS007": _error("page holds NUL characters", "save the page as text"),
    "FS008": _error("file name of a page cannot be used", "rename the file", fatal=True),
    "FS009": _warning("comment switches off an unknown code", "correct the code"),
    # pages and tables
    "FS020": _error("page named is no schema", "name a page of fields, values or types, or set a dialect"),
    "FS021": _error("page has no title", "begin the page with `# Name`"),
    "FS022": _error("name or value holds hidden characters", "take the control or invisible characters out"),
    "FS023": _warning("hidden characters taken out of text", "take them out of the page"),
    "FS024": _error("page holds more than one definition", "give each definition a page of its own"),
    "FS025": _error("section without its table", "put a table under the heading, outside fences, quotes and HTML"),
    "FS026": _error("field table outside its section", "put `## Fields` above the table"),
    "FS027": _error("table lacks a column, or has it twice", "give the table the columns of its dialect, each once"),
    "FS028": _warning("column is not known", "let it be, or name it under `columns` in a dialect of your own"),
    "FS029": _error("row has too few cells", "add the missing cell; a cell that says nothing is empty"),
    "FS030": _error("row has too many cells", "write a pipe inside a cell as `\\|`"),
    "FS031": _error("required mark cannot be read", "write a mark that the dialect knows"),
    "FS032": _error("name is empty", "name the field or value in its first cell"),
    "FS033": _error("two fields of one name", "rename or remove one of them"),
    "FS034": _error("row outside its table", "join it to the table, or write line ends in cells as `<br/>`"),
    "FS035": _warning("text below a table is not kept", "move it above the heading of the section"),
    "FS036": _error("table, cell or name is over the limit", "make it smaller, or raise it: [tool.fieldsmith.limits]"),
    "FS037": _warning(
        "name looks as if it held a mark",
        "describe the mark in a dialect of your own, or take it out; switch FS037 off if the JSON has the name so",
    ),
    "FS040": _error("enum has no values", "list its values under `## Values`"),
    "FS041": _error("two values of one name", "rename or remove one of them"),
    "FS042": _error("value is no literal", "write a quoted string or a number"),
    "FS045": _error("union has no members", "list its members under `## Supported Types`"),
    "FS046": _error("type of a union member cannot be found", "write it in the heading, as a code span"),
    "FS050": _warning(
        "nothing is read of a page with a table of types",
        "call it a model in a comment, or describe its layout under `dialects`",
    ),
    "FS051": _warning("table does not say which fields are required", "mark those that are; all may be absent"),
    "FS052": _error("comment for fieldsmith says nothing that is known", "write skip, model, dialect or off"),
    "FS053": _warning("comment for fieldsmith stands where it is not heeded", "give it a line of its own"),
    "FS054": _error("comment for fieldsmith leads to nothing", "put it right above the table or heading that is meant"),
    "FS055": _error("page asks for a dialect that is not there", "correct the name, or describe the dialect"),
    "FS056": _warning(
        "what looks like a definition is not read",
        "correct the header or the heading, call the table a model in a comment, or skip it",
    ),
    "FS070": _warning("row of an enum has no value", "write the value, or take the row out"),
    "FS071": _warning("field counts for some variants only", "nothing need be done; it may be absent"),
    "FS072": _warning("type is told in prose", "write it in words of the dialect; until then any JSON value is taken"),
    "FS073": _warning("sentence on optional fields is not read", "mark the fields that may be absent, each in its row"),
    "FS060": _error("definition says nothing", "put `## Fields`, `## Values` or `## Type` below its title"),
    "FS061": _error("discriminator cannot be read", "name the field in a code span; link a definition for each text"),
    "FS075": _error("cell holds no name with a type", "write both as the other rows do: `name` _type_"),
    "FS076": _error("Terraform type cannot be read", "write it as Terraform does: `list(object({ name = string }))`"),
    "FS080": _error("parameters of no operation", "put `## operation` above them, and list it at the top of the page"),
    # types and references
    "FS100": _error("type cannot be read", "correct the cell, or choose the notation with --notation"),
    "FS101": _error("type is not known", "write a type of the notation, or link to the page of a definition"),
    "FS102": _error("value is no literal", "write a JSON string or number, true, false or null"),
    "FS103": _warning("linked page is not there", "add the page; until then any JSON value is taken"),
    "FS104": _error("linked page defines no such type", "link to the page of a definition"),
    "FS105": _error("link leads out of the pages", "link by a relative path to a page of the folder given"),
    "FS106": _error("definition stands twice", "rename one of them"),
    "FS107": _warning(
        "definition without members or values", "say them, there or in an overlay; until then any JSON value is taken"
    ),
    "FS108": _error("type stands for itself", "take it out of its own members"),
    "FS109": _warning(
        "members of a union look alike",
        "give each a required field with a constant of its own, or say the discriminator in an overlay",
    ),
    "FS110": _warning("type of an enum's values is a guess", "quote the values that are strings"),
    "FS111": _warning("type and required mark contradict", "correct one of the two; the mark is believed"),
    "FS112": _error("discriminator cannot be read", "pair a JSON string with a link to the page of a definition"),
    "FS113": _warning("link names one definition and leads to another", "correct the label or the target"),
    "FS114": _warning("default is no value of the field's type", "write it as JSON, or correct the type"),
    "FS115": _warning("constraint cannot be read", "write `minLength: 3, maxLength: 10`; FACTS.md names the words"),
    "FS116": _warning("constraint does not fit the type", "correct it, or the type; it is not kept"),
    "FS117": _warning("row says two things of one", "correct one of them; columns are believed, then notes"),
    "FS118": _warning("example is no value of the field's type", "correct the example or the type, as JSON has it"),
    "FS119": _warning("discriminator does not fit the members", "say it in an overlay; until then it is left out"),
    # names and plans
    "FS200": _error("name gives no identifier", "choose one under `names`", fatal=True),
    "FS201": _error("two names become one identifier", "choose another for one of them under `names`", fatal=True),
    "FS202": _error("two definitions become one module", "choose another name for one under `names`", fatal=True),
    "FS203": _warning("setting names nothing on the pages", "correct the name, or take the setting out"),
    "FS204": _error("name chosen in the settings cannot be used", "choose a plain Python name", fatal=True),
    # settings
    "FS300": _error("settings file cannot be read", "name a readable pyproject.toml with --config", fatal=True),
    "FS301": _error("settings file is not TOML", "correct the line", fatal=True),
    "FS302": _error("unknown setting", "correct its name, or take it out", fatal=True),
    "FS303": _error("setting of the wrong type", "write it as the message says", fatal=True),
    "FS304": _error("setting with a wrong value", "correct the value, as the message says", fatal=True),
    "FS305": _error("jobs do not fit together", "give each job its own name and its own output", fatal=True),
    "FS307": _error("no pages to read", "name a page or a folder, or set `pages`", fatal=True),
    "FS308": _error("formatter is not installed", 'install black, or set `format = "builtin"`', fatal=True),
    "FS309": _error("template cannot be printed", "correct the template", fatal=True),
    "FS310": _warning("template replaces nothing", "give it the path of one of ours, or take it out"),
    # overlays
    "FS320": _error("overlay speaks of what no page has", "correct the name, or take the entry out"),
    "FS321": _warning("overlay says what is so without it", "take the fact out of the overlay"),
    "FS322": _error("overlay gives no reason", "say under `reason` where the fact comes from"),
    "FS323": _error("type in an overlay cannot be read", "spell it as the house form does; name titles of the pages"),
    "FS324": _error("fact in an overlay does not fit", "correct it, or take it out"),
    "FS325": _error("overlay cannot be read", "name a TOML file that is there under `overlays`", fatal=True),
    # dialects that are code
    "FS326": _error("code of a dialect cannot be used", "correct the code, or the settings that name it", fatal=True),
    "FS327": _error("code of a dialect fails on a page", "correct the code", fatal=True),
    # output
    "FS400": _error("disk cannot be read or written", "free space or mend permissions, then run again", fatal=True),
    "FS401": _error("file in the output is not ours, or was edited", "move it, or use --force", fatal=True),
    "FS402": _warning("output is no longer needed but was edited", "remove it, or let --force remove it"),
    "FS403": _warning("manifest cannot be read", "nothing; it is written anew, and no file is removed on its word"),
    "FS404": _error("path of an output is not allowed", "rename the page, or choose a name under `names`", fatal=True),
    "FS405": _error("two outputs for one file", "choose another name for one of them under `names`", fatal=True),
    "FS406": _error("output folder cannot be used", "choose another folder with --output", fatal=True),
    "FS407": _error("output folder is in use", "wait for the other run to end", fatal=True),
    "FS409": _warning("two pages of documentation differ in case alone", "rename one of the pages they were read from"),
    "FS408": _error("something else stands where an output goes", "move it out of the output folder", fatal=True),
    "FS411": _error("generator of models is not installed", "pip install 'fieldsmith[models]'", fatal=True),
    "FS412": _error("model library has no such name", "choose another name under `names`", fatal=True),
    "FS413": _warning("class or attribute is called otherwise in a model library", "choose another name under `names`"),
    "FS414": _warning("type is wider in a model library", "nothing need be done; dataclasses take what the page says"),
    "FS415": _warning("generator of models warns of something", "see what it says; the file is written"),
    "FS416": _error("generator of models gives up", "leave the target out, or correct what it names", fatal=True),
    "FS410": _error("path cannot be named in a depfile", "rename the file or folder", fatal=True),
    "FS417": _warning("package cannot be imported by its name", "choose another, or ignore this if it gets one later"),
    # other states and other sides
    "FS500": _error("revision cannot be read", "name a branch, a tag or a commit of this repository", fatal=True),
    "FS501": _error("other side cannot be read", "name a JSON Schema, an OpenAPI document or a module", fatal=True),
    "FS502": _warning("part of the other side is not understood", "nothing need be done; any value is taken there"),
    "FS503": _error("definition fits several of the other side", "rename one, or allow it"),
    "FS504": _drift(
        "definition is not on the other side",
        'where the other side has only a part, allow all: `at = "*"`, `code = "FS504"`',
    ),
    "FS505": _drift(
        "definition of the other side is on no page",
        'where the pages have only a part, allow all: `at = "*"`, `code = "FS505"`',
    ),
    "FS506": _drift("field is not on the other side"),
    "FS507": _drift("field of the other side is not on the page"),
    "FS508": _drift("types differ"),
    "FS509": _drift("one side requires a field, the other does not"),
    "FS510": _drift("one side allows null, the other does not"),
    "FS511": _drift("values of an enum differ"),
    "FS512": _drift("defaults differ"),
    "FS513": _drift("discriminators differ"),
    "FS514": _drift("limits of values differ"),
    "FS515": _drift("further keys differ"),
    "FS516": _drift("names in the JSON differ"),
    "FS517": _error("difference allowed is no longer there", "take the entry out"),
    "FS518": _error("difference cannot be allowed so", "give each entry `at`, `code` and `reason`", fatal=True),
}


class Diagnostics:
    """An append-only list of findings that is handed down the stages.

    Of one code on one page it keeps `most`; the rest is counted, and stands at the end as one finding.
    """

    def __init__(self, most: int = LIMITS.findings) -> None:
        self._found: list[Diagnostic] = []
        self._most = most
        self._numbers: Counter[tuple[str, str]] = Counter()
        self._beyond: dict[tuple[str, str], Span] = {}
        self._length = 0
        self.latest = ""  # the code added last

    def add(self, code: str, span: Span, message: str, help: str | None = None) -> None:
        """Note a finding; its severity is the one of its code (KeyError for a code that is not in the table)."""
        severity = CODES[code].severity
        self._length += 1
        self.latest = code
        self._numbers[span.path, code] += 1
        if self._numbers[span.path, code] <= self._most:
            self._found.append(Diagnostic(span, code, severity, message, help))
        else:
            self._beyond.setdefault((span.path, code), span)

    def __iter__(self) -> Iterator[Diagnostic]:
        yield from self._found
        for (path, code), span in self._beyond.items():
            message = f"{self._numbers[path, code] - self._most} more findings of this code from here on"
            yield Diagnostic(span, code, CODES[code].severity, message, lift("mend the others first", "findings"))

    def __len__(self) -> int:
        """How many were added."""
        return self._length

    def extend(self, found: Iterable[Diagnostic]) -> None:
        """Note findings that others have noted before."""
        added = list(found)
        self._found += added
        self._length += len(added)
