"""Document -> the record of a union, for the pages of OpenAPI Generator's Ruby clients that say its members in code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from fieldsmith.diagnostics import Span
from fieldsmith.reading.markdown import Document, Fence, Heading
from fieldsmith.reading.records import Cell, DefinitionRecord, DiscriminatorRecord

# What a call of each method gives, by the end of the line that calls it.
_FIELD = re.compile(r"# => :'(?P<field>.+)'")
_PAIR = re.compile(r"#\s+:'(?P<tag>.*)' => :'(?P<member>[^']*)',?")


def read_union(document: Document) -> DefinitionRecord | None:
    """The union of a page with a listing `openapi_one_of`; None for any other page."""
    heads = {block.text: at for at, block in reversed(list(enumerate(document.blocks))) if isinstance(block, Heading)}
    at = heads.get("`openapi_one_of`")
    title = document.blocks[0] if at is not None else None
    fences = [block for block in document.blocks[at:] if isinstance(block, Fence)] if at is not None else []
    if not fences or not isinstance(title, Heading):
        return None
    return DefinitionRecord(
        document.path,
        title.text.rpartition("::")[2],
        "union",
        document.source(title.last, document.blocks[1].first),
        None,
        title.span,
        members=tuple(_members(document.path, fences[0])),
        discriminator=_discriminator(document.path, fences),
    )


def _members(path: str, fence: Fence) -> Iterator[Cell]:
    """The classes that a line of the listing names each: `#   :'Card',`. What names none is handed on as it stands."""
    listed = False
    for number, line in enumerate(fence.lines, fence.start + 1):
        text = line.removeprefix("#").strip()
        if text in ("[", "]"):
            listed = text == "["
        elif listed and text:
            name = text.removesuffix(",").removeprefix(":").strip("'")
            yield Cell(name, Span(path, number, line.find(name) + 1, len(name)))


def _discriminator(path: str, fences: list[Fence]) -> DiscriminatorRecord | None:
    """The field that one listing names, and the members that another has for its values; None without both."""
    field, place = "", Span(path, 1, 1)
    pairs: list[tuple[Cell, Cell]] = []
    for fence in fences:
        called = ""
        for number, line in enumerate(fence.lines, fence.start + 1):
            if not line.startswith("#"):
                called = line.rpartition(".")[2]
            elif called == "openapi_discriminator_name" and (match := _FIELD.fullmatch(line)):
                field, place = match["field"], Span(path, number, match.start("field") + 1, len(match["field"]))
            elif called == "openapi_discriminator_mapping" and (match := _PAIR.fullmatch(line)):
                tag, member = (
                    Span(path, number, match.start(part) + 1, len(match[part])) for part in ("tag", "member")
                )
                pairs.append((Cell(json.dumps(match["tag"]), tag), Cell(match["member"], member, told=True)))
    return DiscriminatorRecord(field, place, tuple(pairs), printed=True) if field and pairs else None
