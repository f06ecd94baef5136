"""JSONTestSuite (`test_parsing/{y,n,i}_*.json`): which texts are JSON.

Packages read models, so a document is read in three places, and the verdict is about the document itself:

- held: as the value in `{"value":DOCUMENT}`, in a field of type `any`;
- listed: as the one item in `{"value":[DOCUMENT]}`;
- bare: as it is, by a model without fields that takes any keys.

A wrapping alone could make JSON of what is none: `1,"a":2` held, `1,2` or nothing at all listed. Both together cannot.
Held, the last brace must close the first, so that the document is a value, and after it perhaps commas and members
`"key": value`. Listed, no member can follow a value. So a document that passes both is one value and nothing else.
A byte order mark or UTF-16 passes neither, as both begin with our ASCII; there the bare reading decides. It takes
objects alone, yet what is no JSON it calls so, in the problem that it raises, and not something that is no object.
The three must agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from emitted import CODE, emitted, made_of, model
from fieldsmith.writing.plans import Json, Settings
from suites.base import Case, Verdict, attempt, cut, loads, said, same

PLACE = "JSONTestSuite/test_parsing"
SCHEMA = made_of(model("Held", ("value", "any")), model("Bare", additional="any"))
Text = bytes | bytearray | str


def cases(folder: Path, library: Json) -> Iterator[Case]:
    """A case for each document of the folder, read by a package that reads JSON with the library."""
    with emitted(SCHEMA, Settings(targets=CODE, json=library)) as package:
        for path in sorted(folder.glob("[yni]_*.json")):
            yield Case(path.stem, path.name[0], partial(_check, package, path.read_bytes(), path.name[0]))


def _check(package: Any, document: bytes, kind: str) -> Verdict:
    verdicts = [_judged(package, text, kind) for text in _forms(document)]
    for verdict in verdicts:
        if verdict.wrong:
            return verdict
    if len({verdict.said for verdict in verdicts}) > 1:
        return Verdict(verdicts[0].said, f"bytes, bytearray and str differ: {[cut(each.said) for each in verdicts]}")
    return verdicts[0]


def _forms(document: bytes) -> list[Text]:
    """The document in each form that `from_json` takes it in; as text only where it is UTF-8."""
    try:
        return [document, bytearray(document), document.decode()]
    except UnicodeDecodeError:
        return [document, bytearray(document)]


def _within(before: str, document: Text, after: str) -> Text:
    if isinstance(document, str):
        return before + document + after
    return before.encode() + document + after.encode()


def _judged(package: Any, document: Text, kind: str) -> Verdict:
    held = attempt(package, partial(package.Held.from_json, _within('{"value":', document, "}")))
    listed = attempt(package, partial(package.Held.from_json, _within('{"value":[', document, "]}")))
    bare = attempt(package, partial(package.Bare.from_json, document))
    if isinstance(held, Exception) or isinstance(listed, Exception):
        return _refused(held, bare, kind)
    if kind == "n":
        return Verdict(said(held.value), "accepted; must be refused")
    wrong = _disagreement(held.value, listed.value, bare) or _changed(package, held, document)
    return Verdict(said(held.value), wrong)


def _refused(held: Any, bare: Any, kind: str) -> Verdict:
    """The verdict where no value came of the document within others: the bare reading has the last word."""
    if not isinstance(bare, Exception):
        wrong = "accepted alone; must be refused" if kind == "n" else None
        return Verdict(said(bare.additional_properties), wrong)
    if kind == "y":
        return Verdict("refused", f"refused; must be accepted: {cut(str(bare if _is_no_json(bare) else held))}")
    if kind == "n" and not _is_no_json(bare):
        return Verdict("refused", f"taken for JSON that does not fit; must be refused as none: {cut(str(bare))}")
    return Verdict("refused")


def _is_no_json(refusal: Any) -> bool:
    return [(problem.path, problem.expected) for problem in refusal.problems] == [("$", "JSON")]


def _disagreement(value: Any, listed: Any, bare: Any) -> str | None:
    """What is wrong where the three readings of an accepted document do not say the same."""
    if not same(listed, [value]):
        return f"in a list it is another value: {cut(repr(listed))}"
    if isinstance(bare, Exception):
        fits = value.__class__ is not dict and not _is_no_json(bare)  # refused as no object
        return None if fits else f"refused alone: {cut(str(bare))}"
    return None if same(bare.additional_properties, value) else f"alone it is another value: {cut(repr(bare))}"


def _changed(package: Any, held: Any, document: Text) -> str | None:
    """What is wrong where an accepted value is not the document's, or does not survive a round trip."""
    if not same(held.value, loads(bytes(document) if isinstance(document, bytearray) else document)):
        return f"read as another value: {cut(repr(held.value))}"
    written = held.to_json()
    if not same(loads(written)["value"], held.value):
        return f"written as another value: {cut(repr(written))}"
    if not same(package.Held.from_json(written).value, held.value):
        return f"another value after a round trip: {cut(repr(written))}"
    return None
