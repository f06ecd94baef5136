"""Text of cells and titles -> names, descriptions, marks: what the layouts of pages have in common below the table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.limits import lift
from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.markdown import plain_text

_QUOTED = 60

# Controls, invisible and direction marks, tags, variation selectors beyond emoji, and what is no character at all.
_HIDDEN_MARKS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff\U000e0000-\U000e007f\U000e0100-\U000e01ef\U0010fffe\U0010ffff"
)
_IN_TEXT = re.compile(f"[{_HIDDEN_MARKS}]")
# A name must not even look like another one: no joiners, no soft hyphens, no blanks but the space.
_IN_VALUES = re.compile(f"[{_HIDDEN_MARKS}\t\n\xad\u200c\u200d]")
_IN_NAMES = re.compile(f"[{_HIDDEN_MARKS}\t\n\xad\u200c\u200d\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BREAK = re.compile(r"\r?<br ?/?>")
_TICKS = re.compile(r"`+")


def quote(text: str) -> str:
    """A text as messages show it: escaped, and shortened."""
    return repr(text if len(text) <= _QUOTED else text[: _QUOTED - 3] + "...")


def _say(match: re.Match[str]) -> str:
    return f"U+{ord(match.group()):04X}"


def is_plain(text: str) -> bool:
    """Whether a text needs no look for hidden characters; most texts are ASCII, and this is quick to see."""
    return text.isascii() and text.isprintable()


def clean(text: str, span: Span, diagnostics: Diagnostics) -> str:
    """Free text without hidden characters; a finding where there were some."""
    if is_plain(text):
        return text
    hidden = _IN_TEXT.search(text)
    if hidden is None:
        return text
    diagnostics.add("FS023", span, f"hidden character {_say(hidden)} taken out of this text")
    return _IN_TEXT.sub("", text)


def clean_lines(path: str, lines: Sequence[tuple[int, str]], diagnostics: Diagnostics) -> str:
    """Lines of prose, given with their indices, joined without hidden characters and blank lines at the ends."""
    first, last = 0, len(lines)
    while first < last and not lines[first][1].strip():
        first += 1
    while last > first and not lines[last - 1][1].strip():
        last -= 1
    cleaned: list[str] = []
    for index, line in lines[first:last]:
        hidden = None if is_plain(line) else _IN_TEXT.search(line)
        cleaned.append(line if hidden is None else clean(line, Span(path, index + 1, hidden.start() + 1), diagnostics))
    return "\n".join(cleaned)


def check_name(what: str, name: str, span: Span, accounts: Accounts) -> None:
    """A finding for a name that is too long, or that has characters that do not show or show as an ordinary blank."""
    if len(name) > accounts.limits.name:
        message = f"{what} {quote(name)} has more than {accounts.limits.name} characters"
        accounts.add("FS036", span, message, lift("shorten it", "name"))
    if not is_plain(name):
        hidden = _IN_NAMES.search(name)
        if hidden is not None:
            accounts.add("FS022", span, f"{what} {quote(name)} holds the hidden character {_say(hidden)}")


def check_marks(name: str, span: Span, accounts: Accounts) -> None:
    """A finding for the name of a field that looks as if it held a mark, which no key of the JSON does."""
    bare = name.rstrip("?*")
    words = name.rpartition(" (")[2] if name.endswith(")") and " (" in name else ""
    mark, help_text = "", None
    if bare and bare != name and (bare[-1].isalnum() or bare[-1] in "_)] "):
        mark = name[len(bare) :]
    elif any(map(str.isalpha, words)):
        mark = f"({words}"
    elif len(name) > 1 and "~" in (name[0], name[-1]):
        mark, help_text = "~", "strike all of it, and outside of the code span: ~~`name`~~"
    elif ", " in name:
        mark, help_text = ",", "give each field a row of its own"
    if mark:
        message = f"name {quote(name)} is read as a key of the JSON, but {quote(mark)} looks like a mark"
        accounts.add("FS037", span, message, help_text)


def check_value(value: str, span: Span, diagnostics: Diagnostics) -> None:
    """A finding for an enum value with characters that do not show."""
    if message := hidden_in_value(value):
        diagnostics.add("FS022", span, message)


def hidden_in_value(value: str) -> str | None:
    """What is wrong with a value, as its page has it, that holds characters that do not show."""
    hidden = None if is_plain(value) else _IN_VALUES.search(value)
    return f"value {quote(value)} holds the hidden character {_say(hidden)}" if hidden else None


def hidden_in_text(text: str) -> str | None:
    """What is wrong with a text that holds characters that do not show, where none may be taken out."""
    hidden = None if is_plain(text) else _IN_TEXT.search(text)
    return f"text {quote(text)} holds the hidden character {_say(hidden)}" if hidden else None


def code_span(text: str) -> str | None:
    """What stands in a code span that is the whole text; None for any other text."""
    if len(text) < 2 or text[0] != "`" or text[-1] != "`":
        return None
    ticks = len(text) - len(text.lstrip("`"))
    inner = text[ticks:-ticks]
    if not inner or not text.endswith("`" * ticks) or (ticks == 1 and "`" in inner):
        return None
    if ticks > 1 and (inner[-1] == "`" or any(len(run) == ticks for run in _TICKS.findall(inner))):
        return None
    if inner[0] == " " and inner[-1] == " " and inner.strip(" "):
        return inner[1:-1]
    return inner


def unstruck(text: str) -> tuple[str, bool]:
    """A text without the tildes that strike it out, and whether there were such."""
    struck = len(text) > 4 and text.startswith("~~") and text.endswith("~~")
    return (text[2:-2].strip(" ") if struck else text), struck


def tell_struck(value: str, span: Span, diagnostics: Diagnostics) -> None:
    """A finding for a value of an enum that its page strikes out, for values have no mark of deprecation."""
    message = f"that value {quote(value)} is struck out is not kept"
    diagnostics.add("FS035", span, message, "say it in the description")


def read_name(text: str) -> tuple[str, bool]:
    """A name in a code span, struck, emphasised, linked or plain -> (the name, whether it is struck)."""
    text, struck = unstruck(text)
    name = code_span(text)
    if name is None:
        name = text if text.isidentifier() else plain_text(text)
    return (name if name.strip("` ") else ""), struck


def blank_breaks(text: str) -> str:
    """Cell text with blanks for its breaks, so that all else stays in its place."""
    return _BREAK.sub(lambda found: "\n".ljust(len(found[0])), text) if "<br" in text else text


def break_lines(text: str) -> str:
    """Cell text with its breaks as line ends; a lone carriage return is one, too. Line ends at the end are cut."""
    if "<br" in text:
        text = _BREAK.sub("\n", text)
    if "\r" in text:
        text = text.replace("\r", "\n")
    return text.rstrip("\n") if text.endswith("\n") else text
