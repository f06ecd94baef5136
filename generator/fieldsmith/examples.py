"""Package -> a finding for each example and default of its pages that the emitted decoder does not take."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.inmemory import imported
from fieldsmith.leaves import leaves
from fieldsmith.reading.names import shorten
from fieldsmith.schema import Field, JsonValue, ListOf, MapOf, Model, Ref, Scalar, TypeExpr
from fieldsmith.values import Types, Value, default_of, literal, value_of
from fieldsmith.writing import templates
from fieldsmith.writing.plans import Rendered

# Several examples in one cell, as Speakeasy's pages number them; and a time as Go prints it.
_NUMBERED = re.compile(r"\*\*Example [0-9]+:\*\*[ ]?")
_GO_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?) \+0000 UTC")
_DATE = Scalar("date")
_MOST_PROBLEMS = 1000
# What a program prints where it has lost the value, and marks of what is left out.
_LOST = ("[object Object]", "<nil>")
_CUT = ("...", "\u2026")


class _Claim(NamedTuple):
    """What the page says to be a value of a field: the text, where it stands, and the JSON value that it stands for."""

    what: str
    text: str
    span: Span
    json: JsonValue


def check_examples(printing: Any, package: Any, diagnostics: Diagnostics) -> None:
    """Let the emitted decoders read what the columns Example and Default hold, one field at a time.

    `printing` is the wing of writing. The decoders are printed anew for this, by our own templates and for Python's
    own JSON, and pass the self-check like all that is written; they are run in this process, from memory.
    """
    said: list[tuple[Model, list[tuple[Field, list[_Claim]]]]] = []
    for model in package.schema.definitions:
        if isinstance(model, Model):
            rows = [(field, claims) for field in model.fields if (claims := _claims(field, package.types))]
            said += [(model, rows)] if rows else []
    if not said:
        return
    names = package.names
    with imported(_printed(printing, package)) as load:
        decoder = _Decoder(load)
        for model, rows in said:
            shapes = decoder.shapes(names.modules[model.key], names.classes[model.key])
            for field, claims in rows:
                _check(field, claims, names.wires[model.key, field.name], shapes, decoder, diagnostics)


def _printed(printing: Any, package: Any) -> Iterator[Rendered]:
    """The modules of the package, whatever the settings ask for."""
    settings = replace(package.settings, targets=("dataclasses", "serializers"), extra="ignore", json="standard")
    package, ours = package._replace(settings=settings), templates.load(None)
    yield from printing.print_package(package, ours, None)
    for files in printing.print_pages(package, ours, None, list(package.pages)):
        yield from files


class _Enough(Exception):
    """So much is wrong with a value that it is not worth to look at the rest."""


class _Decoder:
    """The decoders of the fields of emitted models, and of what is wrong with a value the first thing alone.

    What a decoder has to say of a value can be as long as the value times the fields of a model, all of which it may
    miss in each of many objects: it is stopped.
    """

    def __init__(self, load: Callable[[str, str], Any]) -> None:
        self.codec_at, self.walk = load("_runtime", "codec_at"), load("_explain", "_Decoding")
        explain: Any = sys.modules[self.walk.__module__]
        self.problem, self.step, explain.Problem = explain.Problem, explain._step, self._counted
        self.told = 0

    def _counted(self, *told: str) -> Any:
        self.told += 1
        if self.told > _MOST_PROBLEMS:
            raise _Enough
        return self.problem(*told)

    def shapes(self, module: str, name: str) -> dict[str, tuple[Any, bool]]:
        """The fields of a model by their names in the JSON: what they hold, and whether null stands for nothing."""
        fields = self.codec_at(module, name).shape[3]
        return {wire: (shape, presence == "optional") for wire, _, shape, presence, _ in fields}

    def mismatch(self, wire: str, shape: Any, value: JsonValue) -> str | None:
        """What is wrong with a value of a field, in a few words."""
        self.told, walk = 0, self.walk()
        try:
            wrong = None if walk.fits(shape, value) else next(walk.value(shape, value, f"${self.step(wire)}", ""), None)
        except _Enough:
            return "too much of it does not fit"
        return wrong and f"{wrong.path}: expected {wrong.expected}, got {wrong.got}"


def _check(
    field: Field,
    claims: list[_Claim],
    wire: str,
    shapes: Mapping[str, tuple[Any, bool]],
    decoder: _Decoder,
    diagnostics: Diagnostics,
) -> None:
    """Findings for the values of a field that its decoder has a problem with."""
    shape, may_be_null = shapes[wire]
    for claim in claims:
        told = None if claim.json is None and may_be_null else decoder.mismatch(wire, shape, claim.json)
        if told is not None:
            message = f"{claim.what} {shorten(claim.text)} of {shorten(field.name)} is refused: {told}"
            diagnostics.add("FS118" if claim.what == "example" else "FS114", claim.span, message)


def _claims(field: Field, types: Types) -> list[_Claim]:
    """The values of a field that the page gives and that can be compared."""
    found = []
    if field.example is not None:
        for text in filter(None, map(str.strip, _NUMBERED.split(field.example))):
            value = _comparable(text, field.type, types)
            if value is not None:
                found.append(_Claim("example", text, field.example_at, value.json))
    default = default_of(field, types)
    if isinstance(default, Value) and field.default is not None:
        found.append(_Claim("default", field.default, field.default_at, default.json))
    return found


def _comparable(text: str, type_: TypeExpr, types: Types) -> Value | None:
    """The value that an example stands for; None where that cannot be told.

    A text that is no value of the type as far as `values` can see goes to the decoder as it is, as a literal or as a
    text; but not where values have parts (lists, maps, models) and the text shows none.
    """
    if text in _LOST or any(mark in text for mark in _CUT):
        return None
    options = leaves([type_], types.aliases)
    go = _GO_TIME.fullmatch(text)
    if go is not None:
        text = go[1] if _DATE in options and go[2] == "00:00:00" else f"{go[1]}T{go[2]}Z"
    value = value_of(text, type_, types)
    if value is None or isinstance(value, Value):
        return value
    said = literal(text)
    if said is None and all(_has_parts(option, types) for option in options):
        return None
    return said or Value(text)


def _has_parts(option: TypeExpr, types: Types) -> bool:
    match option:
        case ListOf() | MapOf():
            return True
        case Ref(key=str(key)):
            return isinstance(types.definitions[key], Model)
        case _:
            return False
