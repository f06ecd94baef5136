"""Markdown that a page's author wrote -> Markdown that is safe to publish, and reads back as the very same text.

What has no effect but on its own looks stays as it is: emphasis, lists, closed code, links to http, https, mailto and
relative places. Everything else is spelled with entities (see `entities`): HTML, images (they load from elsewhere),
links to other schemes, definitions of links, marks of template languages, and lines that would be headings, tables or
statements of MDX.
"""

from __future__ import annotations

import re
from typing import Literal

from fieldsmith.entities import ENTITY, HIDDEN, UNFIT_SPAN, fences, meaning, parts

Where = Literal["cell", "prose"]

# A target is taken only where no renderer could see another scheme in it: no entity, escape or blank before its path.
# An entity in the path would be read as what it stands for.
_PLAIN = rf"(?:(?!{ENTITY.pattern})[^\s<>()\[\]{{}}|\\\"'`{HIDDEN}])"
_SAFE = rf"(?:{_PLAIN}|\({_PLAIN}*\))*"
_ABSOLUTE = rf"(?i:https?://|mailto:){_SAFE}"
_RELATIVE = rf"[A-Za-z0-9._~%+@,=$-]*(?:[/?#]{_SAFE})?"
_LINK = rf"\]\((?:{_ABSOLUTE}|{_RELATIVE})(?: \"[^\"\\<>&`{{|\[\]\n{HIDDEN}]*\")?\)"
_AUTOLINK = rf"<(?i:https?)://[^\s<>\[\]{{}}|\\\"'`{HIDDEN}]*>"
# `{id}` in a path; elsewhere it could be attributes, a role, or a part of a template mark.
_PLACEHOLDER = r"(?<=[A-Za-z0-9/=.:-])\{[A-Za-z_][A-Za-z0-9_]*\}(?!`)"
_TOKEN = re.compile(
    rf"(?P<keep>{_LINK}|{_AUTOLINK}|{_PLACEHOLDER}|\\[^\s\]<`{{&|{HIDDEN}]|<(?=[ =0-9]))"
    r"|\\(?P<escaped>[<`{&])"
    r"|(?P<before>\\?\])(?P<after>[(:])"
    rf"|(?P<entity>{ENTITY.pattern})"
    rf"|(?P<char>\\(?=[\s{HIDDEN}]|\Z)|!(?=\[)|[<`{{{HIDDEN}]|~(?=~~))"
    r"|\\(?P<pair>[\]|])"
    r"|(?P<pipe>\|)"
)
_QUIET = re.compile(r"[\w ,.;:'\"()/+=%$@^?*>#-]*")
_PARAGRAPH = re.compile(r"(?!import |export )[A-Za-z][\w ,.;:'\"()/+=%$@^?*>#-]*")
_HEADING = re.compile(r"\A((?:[ \t>]|[-*+][ \t]|[0-9]{1,9}[.)][ \t])*)#(?=#?(?!#))")
_RULER = re.compile(r"[ \t>|:+*=-]*")
_COLONS = re.compile(r"\A([ \t>]*+):(?=::)")
_MODULE = re.compile(r"\A(import|export) ")  # MDX, which sites read `.md` as, runs such lines as JavaScript
_WORDS = re.compile(r"[\w.:/-]+(?: [\w.:/-]+)*")
_TICKS = re.compile("`+")


def encode(text: str, where: Where) -> str:
    """`text`, safe, in one line for a cell (line ends as `<br/>`, pipes escaped) or as lines of a page."""
    if where == "cell":
        return text if _QUIET.fullmatch(text) and text.strip() == text else _cell(text)
    return text if _PARAGRAPH.fullmatch(text) and text[-1] != " " else _prose(text)


def code(text: str) -> str:
    """`text`, which is no Markdown, for a cell: each line a code span, or Markdown where one would not be safe."""
    if _WORDS.fullmatch(text):
        return f"`{text}`"
    lines = text.split("\n")
    if not all(is_fit_for_code(line) and (line.strip() or not line) for line in lines):
        return re.sub(r"\A~", "&#126;", _cell(text))  # or it could look struck
    return "<br/>".join(_span(line) for line in lines).replace("|", "\\|")


def struck(text: str) -> str:
    """`text` as `code` has it, struck out; without tildes of its own, which some renderers heed even in code."""
    return f"~~{_cell(text).replace('~', '&#126;') if '~~' in text else code(text)}~~"


def encode_line(text: str, where: Where) -> str:
    """`text` in one line that goes on after other words: line ends are entities."""
    lines = (_inline(line, in_cell=where == "cell") for line in text.split("\n"))
    return _bare("&#10;".join(lines))


def title(text: str) -> str:
    """`text` for a heading: without code spans, and without anything at its ends that a heading would lose."""
    if _QUIET.fullmatch(text) and text.isidentifier():
        return text
    written = "&#10;".join(_TOKEN.sub(_in_prose, line) for line in text.split("\n")).replace("~", "&#126;")
    if written[:1] == "#":
        written = "&#35;" + written[1:]
    return _bare(written[:-1] + "&#35;" if written[-1:] == "#" else written)


def is_fit_for_code(line: str) -> bool:
    """Whether a line can stand in a code span wherever it is rendered."""
    return not UNFIT_SPAN.search(line)


def _span(line: str) -> str:
    if not line:
        return ""
    mark = "`"
    if "`" in line:
        mark = "`" * (max(len(run) for run in _TICKS.findall(line)) + 1)
    pad = " " if "`" in (line[0], line[-1]) or line[0] == line[-1] == " " else ""
    return f"{mark}{pad}{line}{pad}{mark}"


def _cell(text: str) -> str:
    return _bare("<br/>".join(_inline(line, in_cell=True) for line in text.split("\n")))


def _bare(written: str) -> str:
    """`written` with entities for the blanks at its ends, which cells and headings would lose."""
    body = written.strip(" \t")
    start = len(written) - len(written.lstrip(" \t"))
    return _entities(written[:start]) + body + _entities(written[start + len(body) :])


def _prose(text: str) -> str:
    body = text.strip()
    if not body:
        return _entities(text)
    start = text.index(body[0])
    before, after = _entities(text[:start]), _entities(text[start + len(body) :])
    lines = body.split("\n")
    written: list[str] = []
    at = 0
    for first, last in fences(lines):
        written.extend(map(_line, lines[at:first]))
        written.extend(lines[first:last])
        at = last
    written.extend(map(_line, lines[at:]))
    return "\n".join([before] * bool(before) + written + [after] * bool(after))


def _line(line: str) -> str:
    """A line of prose, so that it can be no line but one of a paragraph, a list, a quote or a small heading."""
    written = _inline(line, in_cell=False)
    if _RULER.fullmatch(written):
        return re.sub("[-=:|]", lambda found: f"&#{ord(found[0])};", written, count=1)
    written = _HEADING.sub(r"\1&#35;", written, count=1) if "#" in written else written
    written = _MODULE.sub(r"\1&#32;", written)
    return _COLONS.sub(r"\1&#58;", written, count=1) if ":::" in written else written


def _inline(line: str, in_cell: bool) -> str:
    written: list[str] = []
    for is_code, text in parts(line):
        if is_code:
            written.append(text.replace("|", "\\|") if in_cell else text)
        else:
            written.append(_TOKEN.sub(_in_cell if in_cell else _in_prose, text))
    return "".join(written)


def _in_cell(found: re.Match[str]) -> str:
    if found["pipe"]:
        return "\\|"
    return "&#x7c;" if found["pair"] == "|" else _in_prose(found)


def _in_prose(found: re.Match[str]) -> str:
    kind = found.lastgroup
    text = found[0]
    if kind == "char":
        return "&lt;" if text == "<" else _entities(text)
    if kind == "escaped":
        return f"&#x{ord(found['escaped']):x};"
    if kind == "after":
        return found["before"] + _entities(found["after"])
    if kind == "entity":
        return _entity(text)
    return text


def _entity(text: str) -> str:
    """An entity of the author's, spelled so that it is not read as one of ours."""
    ours = ENTITY.fullmatch(text)
    if ours is None or meaning(ours) == text:
        return text
    return text.upper() if text in ("&lt;", "&amp;") else "&amp;" + text[1:]


def _entities(text: str) -> str:
    return "".join(f"&#{ord(char)};" for char in text)
