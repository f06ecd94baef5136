"""Type cells of pages -> readings; every cell that cannot be read becomes a finding."""

from __future__ import annotations

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.limits import LIMITS, Limits, lift
from fieldsmith.reading.canonical import ANY
from fieldsmith.reading.names import Names
from fieldsmith.reading.notations.base import Notation
from fieldsmith.reading.records import Cell
from fieldsmith.reading.typetext import Form
from fieldsmith.reading.typewalk import NO_KINDS, Finding, Kinds, TypeReading, Walk
from fieldsmith.schema import TypeExpr


class TypeReader:
    """Reads the cells of a set of pages in one notation; remembers what it has read, for pages say the same again."""

    def __init__(
        self,
        notation: Notation,
        names: Names,
        diagnostics: Diagnostics,
        kinds: Kinds = NO_KINDS,
        limits: Limits = LIMITS,
    ) -> None:
        self.notation = notation
        self.names = names
        self.diagnostics = diagnostics
        self.kinds = kinds
        self.limits = limits
        self.unions: dict[str, TypeExpr] = {}  # key of a union -> the options that links to it spell out
        self.partials: dict[str, str] = {}  # key of a model -> that of the same without what it requires
        self._known: dict[tuple[str, str, str], tuple[TypeReading, tuple[Finding, ...]]] = {}

    def read(self, cell: Cell, page: str, form: Form) -> TypeReading:
        """What `cell` on `page` says; `any` where it cannot be read, with a finding at the cell unless told already."""
        if len(cell.text) > self.limits.cell:
            message = f"type has more than {self.limits.cell} characters"
            self.diagnostics.add("FS036", cell.span, message, lift("shorten it", "cell"))
            return TypeReading(ANY)
        place = page if "](#" in cell.text else page.rpartition("/")[0]
        known = self._known.get((place, form, cell.text))
        if known is None:
            walk = Walk(self.notation, self.names, self.kinds, page, form, self.limits.nesting)
            known = self._known[place, form, cell.text] = walk.read(cell.text)
            for key, spelled in walk.unions.items():
                self.unions.setdefault(key, spelled)
            self.partials.update(walk.partials)
        for finding in () if cell.told else known[1]:
            self.diagnostics.add(finding.code, cell.span, finding.message, finding.help)
        return known[0]
