"""Text of a page -> Python source that means exactly that text, in ASCII, as black would leave it."""

from __future__ import annotations

import re

from fieldsmith.schema import JsonScalar

_PLAIN = re.compile(r"[ !#-&(-\[\]-~]*")  # printable ASCII but quotes and the backslash
_DOCTEST = re.compile(r"^([ \t]*)>>>", re.MULTILINE)


def _escaped(char: str) -> str:
    code = ord(char)
    if 0x20 <= code <= 0x7E:
        return "\\\\" if char == "\\" else char
    short = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(char)
    if short:
        return short
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def string(text: str) -> str:
    """A string literal: double quotes unless single ones need fewer escapes (black's choice)."""
    if _PLAIN.fullmatch(text):
        return f'"{text}"'
    quote = "'" if text.count('"') > text.count("'") else '"'
    body = "".join(map(_escaped, text)).replace(quote, "\\" + quote)
    return f"{quote}{body}{quote}"


def scalar(value: JsonScalar) -> str:
    """A literal for a JSON scalar. Numbers come parsed, so that `repr` says them exactly."""
    if isinstance(value, str):
        return string(value)
    return repr(value)


def with_deprecation(doc: str, deprecation: str | None) -> str:
    """A description behind the mark of deprecation, where there is one."""
    if deprecation is None:
        return doc
    mark = f"Deprecated: {deprecation}" if deprecation else "Deprecated."
    return f"{mark}\n\n{doc}" if doc else mark


def docstring(text: str, indent: str) -> str:
    """A docstring whose cleaned value (`inspect.cleandoc`) is the text, one source line for each line of it.

    Blanks that black or `cleandoc` would cut are escaped. A doctest prompt is parted from its line's start by a
    backslash, which Markdown does not show: examples in prose must never run as tests. A `#` that begins a line is
    escaped: tools that go by lines would read `# mypy: ignore-errors` as said to them.
    """
    lines = _DOCTEST.sub(r"\1\\>>>", text).split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    encoded = [*map(_docstring_line, lines or [""])]
    if lines and lines[-1].endswith('"'):  # black puts a blank behind a quote, escaped or not
        before = lines[-1][:-1]
        blanks = "".join(map(_escaped, before)).replace(" ", "\\x20")
        encoded[-1] = (_docstring_line(before) if before.strip() else blanks) + "\\x22"
    body = "\n".join([encoded[0], *(indent + line if line else "" for line in encoded[1:])])
    if body.startswith('"'):
        body = "\\" + body
    if len(lines) > 1 and len(indent) + len(body.rsplit("\n", 1)[-1].lstrip()) + 3 > 88:
        body += "\n" + indent
    return f'"""{body}"""'


def _docstring_line(line: str) -> str:
    if not _PLAIN.fullmatch(line):
        line = "".join(map(_escaped, line)).replace('"""', '\\"\\"\\"')
    if line.startswith("#"):
        line = "\\x23" + line[1:]
    if line.startswith(" "):
        line = "\\x20" + line[1:] if line.strip() else ""
    return line[:-1] + "\\x20" if line.endswith(" ") else line
