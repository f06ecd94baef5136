"""Printed JSON of ours -> nothing, or Surprise: it reads back as it was planned, and says no text but the schema's.

For schemas in JSON what `selfcheck` is for Python.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fieldsmith.schema import Alias, Definition, Enum, ListOf, MapOf, Model, Nullable, OneOf, Ref, TypeExpr
from fieldsmith.writing.jsontext import DIALECT, MARK, JsonView
from fieldsmith.writing.plans import FilePlan, Rendered
from fieldsmith.writing.python import Package
from fieldsmith.writing.surprise import Surprise
from fieldsmith.writing.templates import Templates
from fieldsmith.writing.texts import constants

# The words of the formats, and ours; none of them can be mistaken for what a page says.
_WORDS = """
    $schema $comment $defs $ref title description deprecated type properties required additionalProperties items enum
    const anyOf oneOf allOf if then format minLength maxLength pattern minimum maximum exclusiveMinimum
    exclusiveMaximum multipleOf minItems maxItems uniqueItems x-fieldsmith-pattern contentEncoding default examples
    discriminator propertyName mapping openapi info version paths components schemas x-enum-varnames
    x-enum-descriptions x-fieldsmith-key
    x-fieldsmith-python x-fieldsmith-module x-fieldsmith-source x-fieldsmith-name x-fieldsmith-names
    x-fieldsmith-deprecation x-fieldsmith-default x-fieldsmith-example x-fieldsmith-keys x-fieldsmith-outside
    x-fieldsmith-discriminator
    string integer number boolean null array object date date-time time duration decimal uuid base64 3.1.0
"""
_KEYWORDS = frozenset(_WORDS.split()) | {DIALECT, MARK}
_REFERENCE = re.compile(r"#/(?:\$defs|components/schemas)/[\w.]+|(?:\.\./)*[\w/]+\.json", re.ASCII)
_NAME = re.compile(r"[\w.]+", re.ASCII)
_VALUES = ("default", "examples")


def check_json(
    package: Package,
    definitions: Sequence[Definition],
    plans: Iterable[FilePlan],
    files: Iterable[Rendered],
    templates: Templates,
) -> None:
    """Hold JSON files against what was planned and what these definitions say, unless a user's template printed them.

    Raises Surprise.
    """
    sources = dict(templates)
    ours = [
        (plan.view, file)
        for plan, file in zip(plans, files, strict=True)
        if isinstance(plan.view, JsonView) and not sources[plan.template].own
    ]
    known = _KEYWORDS | _texts(package, definitions) if ours else frozenset()
    for view, file in ours:
        try:
            read = json.loads(file.text)
        except (ValueError, RecursionError) as error:
            raise Surprise(file.path, f"what is no JSON: {error}") from None
        if read != view.document:
            raise Surprise(file.path, "another document than was planned")
        for text in _said(read):
            if text not in known and not _REFERENCE.fullmatch(text) and not _NAME.fullmatch(text):
                raise Surprise(file.path, f"a text that no page says: {text}")


def _said(value: Any) -> Iterator[str]:
    """All texts of a document, keys among them; but for what is in values of cells, whose own text stands beside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if not (key in _VALUES and f"x-fieldsmith-{key.removesuffix('s')}" in value):
                yield from _said(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _said(inner)


def _texts(package: Package, definitions: Sequence[Definition]) -> set[str]:
    found = constants(definitions)
    for one in definitions:
        found |= {one.key, one.name, one.doc, one.deprecation or "", str(one.span)}
        match one:
            case Model():
                types = [field.type for field in one.fields]
                types += [one.additional] if one.additional is not None else []
                for field in one.fields:
                    found |= {field.name, field.doc, field.deprecation or "", field.example or "", field.default or ""}
                    found.add(field.constraints.pattern or "")
                    found |= {str(field.span), package.names.wires[one.key, field.name]}
            case Enum():
                types = []
                for value in one.values:
                    found |= {value.name or "", value.doc, *([value.value] if isinstance(value.value, str) else [])}
            case Alias():
                types = [one.type]
        found |= {text for expr in types for text in _around(package, expr)}
    return found


def _around(package: Package, expr: TypeExpr) -> Iterator[str]:
    """Labels of what is outside, and the wire names of tags."""
    match expr:
        case Ref(key=None, name=name):
            yield name
        case ListOf(inner) | Nullable(inner):
            yield from _around(package, inner)
        case MapOf(key, value):
            yield from _around(package, key)
            yield from _around(package, value)
        case OneOf(options, found):
            if found is not None:
                yield package.names.wires[found.mapping[0][1], found.field]
            for option in options:
                yield from _around(package, option)
        case _:
            pass
