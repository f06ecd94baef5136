"""Page -> the types under its `## Supported Types`, out of sub-headings or the code below them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fieldsmith.diagnostics import Span
from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.cells import code_span, quote
from fieldsmith.reading.dialects.speakeasy_page import Page
from fieldsmith.reading.markdown import Fence, Heading
from fieldsmith.reading.records import Cell

_DECLARED = re.compile(r"(?:(?:const|let|var)[ ]+)?\w+:[ ]")
_VALUES = "{/* values here */}"
_DOCBLOCK = "@var "
# The C# code names a variant, which is not always the name of a type: its pages do not state the members.
_UNSTATED = ("csharp",)


def read_members(page: Page, accounts: Accounts) -> Iterator[Cell]:
    """The member types as the page spells them; none where the language's pages do not state them."""
    heads = [at for at, block in enumerate(page.body) if isinstance(block, Heading)]
    if not heads and page.section is not None:
        accounts.add("FS045", page.section.span, "`## Supported Types` lists no member")
    for number, at in enumerate(heads):
        heading = page.body[at]
        end = heads[number + 1] if number + 1 < len(heads) else len(page.body)
        fence = next((block for block in page.body[at:end] if isinstance(block, Fence)), None)
        if not isinstance(heading, Heading):
            continue
        if fence is not None and fence.info in _UNSTATED:
            accounts.noted("option", "its code names a variant, which need not be a type")
            continue
        member = _from_heading(heading, page.document.path)
        if member is None and fence is not None:
            member = _from_fence(page.document.path, fence)
        if member is None and heading.text and fence is None:
            member = Cell(heading.text, heading.span)
        if member is None:
            message = f"no type can be found for member {quote(heading.text)}, in the heading or the code below it"
            known = len(accounts)
            accounts.add("FS046", heading.span, message)
            accounts.told("option", known)
        else:
            accounts.kept("option")
            yield member


def _from_heading(heading: Heading, path: str) -> Cell | None:
    text = code_span(heading.text)
    if text is None:
        return None
    ticks = len(heading.text) - len(heading.text.lstrip("`"))
    return Cell(text.strip(" "), Span(path, heading.span.line, heading.span.column + ticks, len(text)))


def _from_fence(path: str, fence: Fence) -> Cell | None:
    """`name: T = ...` in Python and TypeScript, `...(T{/* values here */})` in Go, `@var T` in PHP."""
    for index, line in enumerate(fence.lines):
        start, end = _type_in(line)
        text = line[start:end].strip(" ")
        if text:
            lead = len(line[start:end]) - len(line[start:end].lstrip(" "))
            return Cell(text, Span(path, fence.start + index + 1, start + lead + 1, len(text)))
    return None


def _type_in(line: str) -> tuple[int, int]:
    at = line.find(_VALUES)
    if at > 0:
        return line.rfind("(", 0, at) + 1, at
    at = line.find(_DOCBLOCK)
    if at >= 0:
        return at + len(_DOCBLOCK), len(line)
    match = _DECLARED.match(line)
    equals = line.find(" = ", match.end()) if match else -1
    return (match.end(), equals) if match and equals > 0 else (0, 0)
