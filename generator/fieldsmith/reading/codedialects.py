"""The text of a Python file, or an installed module -> the dialect that it provides, every failure a Fault.

This code is the user's own, and trusted: nothing confines it. It is run as it was when the settings were read, in each
process once, and nothing is written beside it. What it makes of a page is looked at before anything rests on it.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.checking import wrong_in
from fieldsmith.reading.markdown import Document
from fieldsmith.reading.records import Claim, Dialect, Fault, Reading

CODE_KEYS = ("file", "object", "entry_point")  # what settings say of such a dialect


class Code(NamedTuple):
    """A dialect that is code: what the settings call it, and where it is from.

    `file` is a path with `source`, its text, or else the name of a module; `attribute` is the dialect's name in it.
    `files` are all files that make it, `digest` is that of their contents. Texts alone: so it can be sent to another
    process.
    """

    name: str
    file: str
    attribute: str
    source: str | None
    files: tuple[str, ...]
    digest: str


def load(code: Code) -> Dialect:
    """The dialect, under the name that the settings give it. Raises Fault where there is none to be had."""
    return _guarded(code, _loaded(code))


@lru_cache(maxsize=64)
def _loaded(code: Code) -> Dialect:
    what = f"`{code.attribute}`"

    def run() -> Any:
        module = import_module(code.file) if code.source is None else _run(code, code.source)
        value: Any = module
        for part in code.attribute.split("."):
            value = getattr(value, part)
        return value

    found = _call(code, run)
    if not isinstance(found, Dialect):
        raise Fault(code.file, 1, f"{what} is {type(found).__name__}, and no fieldsmith.reading.records.Dialect")
    if wrong := wrong_in(found, Dialect) or ("has no notations" if not found.notations else ""):
        raise Fault(code.file, 1, f"{what} {wrong}")
    return found._replace(name=code.name)


def _run(code: Code, source: str) -> ModuleType:
    """A module of the text of a file; registered, as classes in it may look their module up."""
    name = f"fieldsmith_dialect_{code.digest}"
    module = ModuleType(name)
    module.__file__ = code.file
    sys.modules[name] = module
    exec(compile(source, code.file, "exec"), module.__dict__)  # noqa: S102  # the settings ask for that
    return module


def _guarded(code: Code, dialect: Dialect) -> Dialect:
    """The dialect; what it raises, and what it makes and should not, is a Fault."""

    def claims(document: Document) -> Claim:
        claim: Claim = _checked(code, _call(code, lambda: dialect.claims(document)), Claim, "claims")
        return claim

    def read(document: Document, accounts: Accounts) -> Reading:
        reading: Reading = _checked(code, _call(code, lambda: dialect.read(document, accounts)), Reading, "read")
        for record in reading.definitions:
            if record.page != document.path or record.span.path != document.path:
                raise Fault(code.file, 1, f"`read` gives a definition {record.title!r} of another page")
        return reading

    return dialect._replace(claims=claims, read=read)


def _checked(code: Code, value: Any, kind: type[Any], function: str) -> Any:
    if wrong := wrong_in(value, kind):
        raise Fault(code.file, 1, f"`{function}` gives what {wrong}")
    return value


def _call(code: Code, function: Callable[[], Any]) -> Any:
    """What a function of the user's gives. Raises Fault for whatever it raises, with the line of the user's file."""
    try:
        return function()
    except (Exception, SystemExit) as error:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == code.file]
        line = error.lineno if isinstance(error, SyntaxError) and error.filename == code.file else None
        place = line or (lines[-1] if lines else None) or 1
        raise Fault(code.file, place, f"{type(error).__name__}: {error}") from error
