"""A type and a JSON value -> what in the value another library may see in another way than the dataclasses do.

A cause is a word that `known_differences.toml` files its reasons under. Where a value holds none, all have to agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fieldsmith.diagnostics import Diagnostic, Span
from fieldsmith.leaves import leaves
from fieldsmith.schema import UNCONSTRAINED, Const, Enum, ListOf, MapOf, Model, Nullable, OneOf, Ref, Scalar, TypeExpr
from fieldsmith.writing.jsonschema import is_pinned
from fieldsmith.writing.python import Package

_FORMATS = {"bytes", "date", "datetime", "time", "duration", "decimal", "uuid"}
# The forms that no library disputes.
_COMMON = {
    "bytes": re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?"),
    "date": re.compile(r"(?!0000)\d{4}-\d\d-\d\d"),
    "datetime": re.compile(r"(?!0000)\d{4}-\d\d-\d\dT[01]\d:\d\d:\d\d(?:\.\d{1,6})?Z"),
    "time": re.compile(r"[01]\d:\d\d:\d\d(?:\.\d{1,6})?"),
    "duration": re.compile(r"P\d{1,5}D"),
    "decimal": re.compile(r"-?[1-9]\d{0,9}(?:\.\d{1,9})?"),
    "uuid": re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
}
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Causes:
    """Looks for causes by the types of a package; `found` is what its models cannot say."""

    package: Package
    found: tuple[Diagnostic, ...]

    def of(self, expr: TypeExpr, value: Any) -> set[str]:
        return {*self._walk(expr, value, 40), *self._everywhere(value)}

    def _everywhere(self, value: Any) -> Iterator[str]:
        if isinstance(value, str) and _HALF.search(value):
            yield "half a surrogate pair"
        elif isinstance(value, list | dict):
            for each in [*value, *value.values()] if isinstance(value, dict) else value:
                yield from self._everywhere(each)

    def _walk(self, expr: TypeExpr, value: Any, room: int) -> Iterator[str]:
        if room < 0:
            return
        match expr:
            case Scalar(kind):
                yield from _scalar(kind, value)
            case Const(constant):
                if type(constant) is bool and type(value) in (int, float):
                    yield "number for a boolean"
                if type(constant) is int and type(value) is not int:
                    yield "fraction or boolean for an integer"
            case Nullable(inner):
                yield from self._walk(inner, value, room)
            case ListOf(item) if isinstance(value, list):
                for each in value:
                    yield from self._walk(item, each, room - 1)
            case MapOf(value=inner) if isinstance(value, dict):
                for each in value.values():
                    yield from self._walk(inner, each, room - 1)
            case OneOf():
                yield from self._union(expr, value, room)
            case Ref(key=str(key)):
                yield from self._reference(key, value, room)

    def _union(self, union: OneOf, value: Any, room: int) -> Iterator[str]:
        told = union.discriminator is not None and is_pinned(union, union.discriminator, self.package)
        options = leaves([union], self.package.aliases)
        models = [one for one in options if self._is_object(one)]
        if isinstance(value, dict) and len(models) > 1 and not told:
            yield "object in a union without a tag"
        kinds = [one.kind for one in options if isinstance(one, Scalar)]
        if isinstance(value, str) and {*kinds} & _FORMATS and sum(map(self._takes_text, options)) > 1:
            yield "text in a union with a format"
        if type(value) in (int, float) and "number" in kinds and "decimal" in kinds:
            yield "number in a union of numbers and decimals"
        for option in union.options:
            yield from self._walk(option, value, room - 1)

    def _is_object(self, one: TypeExpr) -> bool:
        if isinstance(one, Ref) and one.key is not None:
            return isinstance(self.package.definitions[one.key], Model)
        return isinstance(one, MapOf)

    def _takes_text(self, one: TypeExpr) -> bool:
        match one:
            case Scalar(kind):
                return kind == "string" or kind in _FORMATS
            case Const(constant):
                return isinstance(constant, str)
            case Ref(key=str(key)):
                return isinstance(self.package.definitions[key], Enum)
        return False

    def _reference(self, key: str, value: Any, room: int) -> Iterator[str]:
        one = self.package.definitions[key]
        yield from self._unsaid(one.span)
        match one:
            case Enum(values=values):
                kinds = {type(each.value) for each in values}
                if type(value) in (int, float, bool) and kinds & {int, float, bool} and type(value) not in kinds:
                    yield "number of another kind for an enum"
            case Model() if isinstance(value, dict):
                yield from self._object(one, value, room)
            case Model():
                pass
            case _:
                yield from self._walk(one.type, value, room - 1)

    def _unsaid(self, span: Span) -> Iterator[str]:
        for each in self.found:
            if each.span == span and each.code == "FS414":
                yield f"what {each.message.partition(':')[0]} cannot say"

    def _object(self, model: Model, value: dict[str, Any], room: int) -> Iterator[str]:
        known = {self.package.names.wires[model.key, row.name]: row for row in model.fields}
        for name, row in known.items():
            if name not in value:
                if isinstance(row.type, Const) and row.required:
                    yield "tag that is missing"
                continue
            if value[name] is None and self.package.presence(row) == "optional":
                yield "null for absent"
            yield from self._unsaid(row.span)
            if row.constraints != UNCONSTRAINED:
                yield "constraint"
            yield from self._walk(row.type, value[name], room - 1)
        for name in value.keys() - known.keys():
            if model.additional is not None:
                yield from self._walk(model.additional, value[name], room - 1)


def _scalar(kind: str, value: Any) -> Iterator[str]:
    if kind == "integer" and type(value) is float:
        yield "fraction or boolean for an integer"
    if kind in ("integer", "number", "any", "decimal") and type(value) is int and abs(value) >= 2**53:
        yield "integer beyond 53 bits"
    if kind in _FORMATS and isinstance(value, str):
        yield "text with a format"
        if not _COMMON[kind].fullmatch(value):
            yield f"uncommon text for {kind}"
