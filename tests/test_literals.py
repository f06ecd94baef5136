"""Any text as a Python literal or docstring: it means that text, is ASCII, and black leaves it alone."""

from __future__ import annotations

import ast
import doctest
import inspect
import string

import black
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fieldsmith.schema import JsonScalar
from fieldsmith.writing import literals

STABLE = settings(max_examples=200, deadline=None, derandomize=True)
BITS = st.sampled_from([
    '"', '"""', "'", "\\", "\\N{DASH}", "\\x41", "\n", "\n\n", "    ", " ", "\t", ">>> print(1)", ">>>", "\u2028", "\x85", "\x0c", "\x00",
    "\u00e9", "\U0001f600", "{{ x }}", "%}", "# x", "...", "a", "word ", "\ud800", "\r", "x" * 60, "\u202e", "\\\n", '\\"',
])  # fmt: skip
TEXTS = st.lists(BITS | st.text(string.printable, max_size=9), max_size=9).map("".join)


def check(source: str) -> None:
    assert source.isascii()
    assert black.format_str(source, mode=black.Mode()) == source


@STABLE
@given(TEXTS | st.text())
def test_strings(text: str) -> None:
    literal = literals.string(text)
    assert ast.literal_eval(literal) == text
    check(f"_X = {literal}\n")


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()))
@STABLE
def test_scalars(value: JsonScalar) -> None:
    made = ast.literal_eval(literals.scalar(value))
    assert made == value and type(made) is type(value)


def cleaned(text: str) -> list[list[str]]:
    """What is to be read: the words line by line; `cleandoc` moves blanks and widens tabs, whoever wrote them."""
    lines = [line.split() for line in text.replace("\\>>>", ">>>").split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return lines


@STABLE
@given(TEXTS)
@example("Text\n\n\t>>> print(1)")
def test_docstrings(text: str) -> None:
    if not text.strip():
        return
    for indent, head, tail in (
        ("    ", "class A:\n    {}\n\n    x: int = 1\n", "class"),
        ("    ", "class A:\n    x: int = 1\n    {}\n\n    y: int = 2\n", "attribute"),
        ("", "A = int\n{}\n", "alias"),
    ):
        literal = literals.docstring(text, indent)
        source = head.replace("{}", literal)
        check(source)
        value = ast.literal_eval(literal)
        assert cleaned(inspect.cleandoc(value)) == cleaned(text), tail
        assert doctest.DocTestParser().get_examples(value) == []
