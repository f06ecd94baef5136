"""Emitted Python -> its statements, each held against the allow-list, and the texts of its string literals.

A tree for every module would cost more than to print it. So each line is reduced to its shape: string literals are
emptied and identifiers masked. A shape is parsed and judged once; few shapes are new after some dozens of modules.

That is exact, for these reasons. Only what is lexed here as Python lexes it counts, and anything else is odd:
printable ASCII, literals without prefixes, one fixed comment, no backslash outside of literals. A line (with those that
go on in its brackets) is judged alone and is one whole statement, or one whole head of a compound one: so brackets are
closed at its end, and the file is those statements in a row, nested as their indents say, which is looked at, too. A
literal or an identifier in place of another one is another leaf of the same tree.
"""

from __future__ import annotations

import ast
import functools
import keyword
import re

from fieldsmith.writing.allowlist import CLASS, FUNCTION, MEMBERS, OTHER, TABLE, WORDS, Odd, judge
from fieldsmith.writing.layout import INDENT

_NOTE = "  # below, as these modules need each other"  # the one comment below a header
# No alternative begins like another, so nothing is tried twice. (Possessive repeats of groups fail in Python 3.11.2.)
_STRING = re.compile(
    r'("""[ !#-\[\]-~\n]*(?:(?:\\[ -~]|"(?!""))[ !#-\[\]-~\n]*)*"""|"[ !#-\[\]-~]*(?:\\[ -~][ !#-\[\]-~]*)*"'
    r"|'[ -&(-\[\]-~]*(?:\\[ -~][ -&(-\[\]-~]*)*')"
)
_WORD = re.compile(r"([A-Za-z0-9_]+)")
# A line's end inside brackets: behind a comma or a bracket that opens, before one that closes, before an operator.
_GOES_ON = re.compile(
    r"\n(?:(?<=[(\[{,]\n) *| *(?=[)\]}])| +(?=\||(?:and|or|is) |for [^\n]*\n *[)\]}])|(?<=kw_only=True\)\n)(?=class ))"
)
_BESIDE_BRACKETS = (("(\f", "("), ("[\f", "["), ("{\f", "{"), ("\f)", ")"), ("\f]", "]"), ("\f}", "}"))
# In data a tuple of constants is as good as a constant; many things of a kind in a row, or classes between bars, are
# as good as one.
_CONSTANT = rf'(?:""|-?0|None|True|False|{FUNCTION})'
_CONSTANTS = re.compile(rf"(?<=[(, \f])\((?:{_CONSTANT}(?:,[ \f]{_CONSTANT})*,?)?\)")
_ALIKE = re.compile(rf'(?:(?<=[(\[{{,\f])|(?<=, )|(?<=import ))(""|{FUNCTION}|{CLASS}),[ \f](?=\1(?:[,)\]}}]|\Z))')
_OPTIONS = re.compile(rf"(?<![\w.])({CLASS})[ \f]\| (?=\1(?![\w.(\[]))")
_MOST_KEPT = 100_000  # lines, in memory
_STRAY = ("'", "\\", "#", "\t", "\r", "\f", "\0")
_STUCK = re.compile(r'\w""|""[ \f]*""')  # a prefix, or literals that become one
_MADE = re.compile(
    r"(_?(?:de|en)code_\w+)|(\w+_members(?:_[0-9]+)?)|(made_[0-9]+)|(_[A-Z]\w*)|([A-Z]\w*)|(_?[a-z]\w*)|([0-9]+(?:e[0-9]+)?)"
)
_MASKS = (FUNCTION, MEMBERS, "made", TABLE, CLASS, OTHER, "0")
_LINE, _HEAD, _BRANCH, _ELSE = "lhbe"  # sorts of statements; an `else` may follow a branch: an `if` or a `for`
_LINES_ALIKE = re.compile(rf"([0-9]{_LINE})(?=\1)")


class _Masks(dict[str, str]):
    """Words to their masks; keywords, the words of our own code and what nobody expects stand for themselves."""

    def __init__(self, runtime: frozenset[str]) -> None:
        super().__init__((word, word) for word in (*WORDS, *runtime, *keyword.kwlist))

    def __missing__(self, word: str) -> str:
        found = _MADE.fullmatch(word) if "__" not in word else None
        mask = self[word] = _MASKS[(found.lastindex or 0) - 1] if found else word
        return mask


class Statements:
    """Holds modules against the allow-list. `runtime` has the names that our runtime defines."""

    def __init__(self, runtime: frozenset[str]) -> None:
        self.runtime = runtime
        self.masks = _Masks(runtime)
        self.places: dict[str, str] = {}  # the lines that were met and are ours: how deep each stands, and its sort
        self.place = functools.lru_cache(maxsize=_MOST_KEPT)(self._place)
        self.judged = functools.lru_cache(maxsize=_MOST_KEPT)(self._judged)

    def literals(self, code: str) -> set[str]:
        """The string literals, as they are written, in the source of a module. Raises Odd for what is none of ours."""
        pieces = _STRING.split(code)
        bare = '""'.join(pieces[::2]).replace(_NOTE, "")
        if bare.count('"') != len(pieces) - 1 or not bare.isascii() or any(mark in bare for mark in _STRAY):
            raise Odd("a quote, a backslash, a comment or a character that is not ASCII where none should be")
        lines = _GOES_ON.sub("\f", bare).split("\n")
        if len(self.places) > _MOST_KEPT:
            self.places, self.masks = {}, _Masks(self.runtime)
        if unmet := [line for line in lines if line not in self.places]:
            self._meet(unmet)
        if not _is_nested(_LINES_ALIKE.sub("", "".join([self.places[line] for line in lines]))):
            raise Odd("statements that are not nested as ours are")
        return set(pieces[1::2])

    def _meet(self, lines: list[str]) -> None:
        """Judge lines that were not met before."""
        words = _WORD.split("\n".join(lines))
        words[1::2] = map(self.masks.__getitem__, words[1::2])
        for line, masked in zip(lines, "".join(words).split("\n"), strict=True):
            self.places[line] = self.place(masked)

    def _place(self, masked: str) -> str:
        return self.judged(_reduced(masked))

    def _judged(self, shape: str) -> str:
        """The place of lines of a shape. Raises Odd where it is none of ours."""
        body = shape.lstrip(" ")
        indent, rest = divmod(len(shape) - len(body), len(INDENT))
        source = body.replace("\f", "\n")
        if not shape:
            return ""
        if rest or indent > 9 or _STUCK.search(body):
            raise Odd(f"a line that is not laid out as ours are: {source}")
        if source == "else:":
            return f"{indent}{_ELSE}"
        try:
            tree = ast.parse(f"{source} pass" if source.endswith(":") else source).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            tree = []
        if len(tree) != 1:
            raise Odd(f"a line that is not one statement: {source}")
        try:
            judge(tree[0], self.runtime)
        except Odd as odd:
            raise Odd(f"code that no template of ours has, {odd}, in a line like this: {source}") from None
        sort = _BRANCH if isinstance(tree[0], ast.If | ast.For) else _HEAD if source.endswith(":") else _LINE
        return f"{indent}{sort}"


def _reduced(shape: str) -> str:
    """A masked line without what makes no difference: line ends beside brackets, and how many constants there are."""
    if "\f" in shape:
        for broken, joined in _BESIDE_BRACKETS:
            shape = shape.replace(broken, joined)
    found = int(shape.startswith("_SHAPE = "))
    while found:
        shape, found = _CONSTANTS.subn('""', _ALIKE.sub("", shape))
    if "," in shape:
        shape = _ALIKE.sub("", shape)
    return _OPTIONS.sub("", shape) if "|" in shape else shape


@functools.lru_cache(maxsize=4096)
def _is_nested(places: str) -> bool:
    """Whether statements are nested as their heads ask for: one level deeper behind a head, and nowhere else."""
    level, opened = -1, True
    last: dict[int, str] = {}
    for depth, sort in zip(map(int, places[::2]), places[1::2], strict=True):
        if depth != level + 1 if opened else depth > level:
            return False
        if sort == _ELSE and (opened or last[depth] != _BRANCH):
            return False
        last[depth], level, opened = sort, depth, sort != _LINE
    return not opened
