"""Text of a type + Notation -> type tree: one grammar for all languages, Markdown marks and language in one walk."""

from __future__ import annotations

import json
import math
from typing import Literal

from fieldsmith.limits import LIMITS, lift
from fieldsmith.reading.notations.base import Notation, Role
from fieldsmith.reading.typecursor import Cursor
from fieldsmith.reading.typetokens import Token, TypeTrouble, tokens_of
from fieldsmith.reading.typetree import Constant, Group, Link, Name, Node, Word
from fieldsmith.reading.typewords import plainly
from fieldsmith.schema import JsonScalar

Form = Literal["cell", "inner"]

_CLOSING = {"[": "]", "<": ">", "(": ")", "{": "}"}
_ARITY = {"list": (1, 1), "map": (2, 2), "array": (0, 2), "union": (1, None), "literal": (1, None)}


def parse_type(text: str, notation: Notation, form: Form, nesting: int = LIMITS.nesting) -> Node:
    """The tree of `text`. A `cell` is Markdown (emphasis, code spans and links around the language's own spelling); an
    `inner` text is the language's spelling alone. Raises TypeTrouble with the reason where it cannot be read, or where
    there are more than `nesting` types inside each other."""
    if not text.strip():
        raise TypeTrouble("there is no type")
    parser = _Parser(text, notation, nesting, marks=form == "cell")
    node = parser.union(0)
    parser.expect_end()
    return node


class _Parser(Cursor):
    """Recursive descent, no deeper than `nesting`; looks one token ahead and never goes back."""

    def __init__(self, text: str, notation: Notation, nesting: int, *, marks: bool) -> None:
        tokens = tokens_of(text, odd=notation.free_labels)
        super().__init__(plainly(tokens, notation) if notation.prose else tokens, caseless=notation.caseless)
        self.text = text
        self.notation = notation
        self.nesting = nesting
        self.marks = marks

    def check(self, depth: int) -> None:
        if depth > self.nesting:
            raise TypeTrouble(f"types are nested deeper than {self.nesting} levels", lift("simplify it", "nesting"))

    # the grammar
    def union(self, depth: int) -> Node:
        self.check(depth)
        first = self.prefixed(depth)
        if self.peek() != "|" or not self.notation.unions:
            return first
        options = [first]
        while self.accept("|"):
            options.append(self.prefixed(depth))
        return Group("union", tuple(options))

    def prefixed(self, depth: int) -> Node:
        """A type with the marks before it: `*T`, `[]T`, `map[string]T`, `?T`."""
        for lead, joint in self.notation.pairs.items():
            if self.accept_words(lead):
                return self.pair(joint, depth)
        roles: list[tuple[Role, str]] = []
        while mark := self.prefix():
            self.check(depth + len(roles))
            roles.append(mark)
        node = self.suffixed(depth + len(roles))
        for role, mark_text in reversed(roles):
            if mark_text and isinstance(node, Word | Name) and (word := self.known(mark_text + node.text)):
                node = word
            elif role == "map":
                node = Group("map", (Word("string", "string"), node))
            else:
                node = Group(role, (node,))
        return node

    def pair(self, joint: str, depth: int) -> Node:
        """A map told in words, those before its keys already taken."""
        self.check(depth + 1)
        key = self.suffixed(depth + 1)
        if not self.accept_words(joint):
            raise TypeTrouble(f"{joint!r} is missing before {self.found()}")
        return Group("map", (key, self.prefixed(depth + 1)))

    def prefix(self) -> tuple[Role, str] | None:
        prefixes = self.notation.prefixes
        mark = self.peek()
        for lead, role in self.notation.leads.items():
            if self.accept_words(lead):
                return role, ""
        if mark == "[" and "[]" in prefixes and self.ahead(1) == "]":
            self.at += 2
            return prefixes["[]"], "[]"
        if mark in prefixes and not (mark == "*" and self.marks):
            self.at += 1
            return prefixes[mark], mark
        if self.notation.prefix_map and self.tokens[self.at].text == self.notation.prefix_map:
            self.at += 1
            self.expect("[")
            if self.take().text != "string":
                raise TypeTrouble("the keys of a map are not strings")
            self.expect("]")
            return "map", ""
        return None

    def suffixed(self, depth: int) -> Node:
        """A type with the marks after it: `T[]`, `T?`."""
        node = self.atom(depth)
        suffixes, trails = self.notation.suffixes, self.notation.trails
        while suffixes or trails:
            token = self.tokens[self.at]
            if token.kind == "name" and self.cased(token.text) in trails:
                node = Group(trails[self.cased(self.take().text)], (node,))
            elif self.peek() == "[" and self.ahead(1) == "]" and "[]" in suffixes:
                self.at += 2
                node = Group(suffixes["[]"], (node,))
            elif self.peek() in suffixes:
                node = Group(suffixes[self.take().text], (node,))
            else:
                return node
            depth += 1
            self.check(depth)
        return node

    def atom(self, depth: int) -> Node:
        for phrase in self.notation.phrases:
            if self.accept_words(phrase):
                return self.named(phrase, depth)
        token = self.take()
        if token.kind == "name":
            return self.named(token.text, depth)
        if token.text == "*" and "*" in self.notation.scalars and not (self.marks and self.opens()):
            return Word("*", self.notation.scalars["*"])
        if self.marks and (token.kind == "ticks" or token.text in ("*", "[")):
            return self.marked(token, depth)
        if self.notation.literals and token.kind in ("string", "number"):
            return Constant(literal_value(token.text, self.notation))
        if token.text == "{" and self.notation.index_maps:
            return self.index_map(depth)
        if token.text == "?" and "?" in self.notation.outside:
            return Word("?", None)
        self.at -= token.kind != "end"
        raise TypeTrouble(f"a type is missing before {self.found()}")

    def opens(self) -> bool:
        """Whether a type can begin here, so that a star before it is emphasis."""
        return self.tokens[self.at].kind in ("name", "ticks") or self.peek() in ("[", "*")

    def marked(self, token: Token, depth: int) -> Node:
        """What stands inside emphasis, a code span or a link: the language's own spelling."""
        if token.text == "[" and self.notation.lists and not self.in_link():
            item = self.union(depth + 1)
            self.expect("]")
            return Group("list", (item,))
        if token.text == "[" and self.notation.free_labels:
            return self.free_link(token)
        self.marks = False
        stars = int(token.text == "*")
        while self.notation.bold and token.kind == "mark" and stars < 2 and self.accept("*"):
            stars += 1
        inner = self.union(depth + 1)
        for _ in range(stars):
            self.expect("*")
        if token.text == "[":
            if isinstance(inner, Word) and inner.kind is None:
                self.accept(">")  # one generator leaves a stray `>` behind the name of its response class
            inner = self.link(inner)
        elif token.kind == "ticks" and self.take().text != token.text:
            raise TypeTrouble("a code span is not closed")
        self.marks = True
        return inner

    def link(self, inner: Node) -> Node:
        end = self.take()
        if end.kind != "linkend":
            raise TypeTrouble("a link should end with `](target)`")
        return Link(inner, "", end.text)

    def free_link(self, opened: Token) -> Node:
        while self.tokens[self.at].kind not in ("linkend", "end"):
            self.at += 1
        end = self.take()
        if end.kind == "end":
            raise TypeTrouble("a link should end with `](target)`")
        return Link(None, self.text[opened.at + 1 : end.at], end.text)

    def named(self, name: str, depth: int) -> Node:
        """A word, a constant, or a name, with the types in brackets after it."""
        notation = self.notation
        mark = self.peek()
        word = self.cased(name)
        if name in notation.constants and (notation.literals or name not in notation.scalars):
            if notation.literals:
                return Constant(notation.constants[name])
            raise TypeTrouble(f"{name!r} is no type")
        if mark in _CLOSING and self.ahead(1) == _CLOSING[mark] and (done := self.known(name + mark + _CLOSING[mark])):
            self.at += 2
            return done
        if mark and mark in notation.brackets and not (mark == "[" and self.ahead(1) == "]"):
            return self.with_arguments(name, mark, depth)
        if notation.bare_heads and word in notation.heads:
            parts = (Word("", "any"),)
            return Group("map", (Word("", "string"), *parts)) if notation.heads[word] == "map" else Group("list", parts)
        if notation.heads.get(word) == "array":
            return Group("list", (Word("", "any"),))
        if word in notation.heads and word not in notation.scalars:
            raise TypeTrouble(f"{name!r} needs the types it holds")
        return self.known(name) or self.unglued(name) or self.reference(name)

    def unglued(self, name: str) -> Node | None:
        for opening, role in self.notation.glued.items():
            rest = name.removeprefix(opening)
            if rest != name and rest[:1].isupper():
                return Group(role, (self.known(rest) or self.reference(rest),))
        return None

    def with_arguments(self, name: str, opening: str, depth: int) -> Node:
        self.at += 1
        role = self.notation.heads.get(self.cased(name))
        parts = self.constants(opening) if role == "literal" else self.arguments(opening, depth)
        only = parts[0] if len(parts) == 1 else None
        if isinstance(only, Word | Name) and (word := self.known(f"{name}{opening}{only.text}{_CLOSING[opening]}")):
            return word
        if role is None:
            if name in self.notation.outside:
                return Word(name, None)
            raise TypeTrouble(f"{name!r} takes no other types")
        return self.grouped(name, role, parts)

    def grouped(self, name: str, role: Role, parts: tuple[Node, ...]) -> Node:
        low, high = _ARITY.get(role, (1, 1))
        if len(parts) < low or (high is not None and len(parts) > high):
            count = "1 type" if len(parts) == 1 else f"{len(parts)} types"
            raise TypeTrouble(f"{name!r} holds {count}, not {low if len(parts) < low else high}")
        if role == "array":
            role = "map" if len(parts) == 2 else "list"
        if role == "values":
            role, parts = "map", (Word("string", "string"), *parts)
        return Group("union" if role == "literal" else role, parts)

    def arguments(self, opening: str, depth: int) -> tuple[Node, ...]:
        parts = [self.argument(depth + 1)]
        while self.accept(","):
            parts.append(self.argument(depth + 1))
        self.expect(_CLOSING[opening])
        return tuple(parts)

    def argument(self, depth: int) -> Node:
        if self.tokens[self.at].text in self.notation.arguments and self.ahead(1) == ":":
            self.at += 2
        return self.union(depth)

    def constants(self, opening: str) -> tuple[Node, ...]:
        parts: list[Node] = []
        while not parts or self.accept(","):
            token = self.take()
            if token.kind not in ("string", "number", "name"):
                raise TypeTrouble("a constant is missing")
            parts.append(Constant(literal_value(token.text, self.notation)))
        self.expect(_CLOSING[opening])
        return tuple(parts)

    def index_map(self, depth: int) -> Node:
        """`{ [k: string]: T }`, its first brace already taken."""
        self.expect("[")
        if self.take().kind != "name":
            raise TypeTrouble("the keys of a map have no name")
        self.expect(":")
        key = self.union(depth + 1)
        self.expect("]")
        self.expect(":")
        value = self.union(depth + 1)
        self.accept(";")
        self.expect("}")
        return Group("map", (key, value))

    def known(self, text: str) -> Word | None:
        if kind := self.notation.scalars.get(self.cased(text)):
            return Word(text, kind)
        return Word(text, None) if text in self.notation.outside else None

    def reference(self, name: str) -> Name:
        """A dotted name, joined as the notation joins them."""
        for root in self.notation.roots:
            name = name.removeprefix(root)
        rest = name
        for separator in self.notation.separators:
            rest = rest.replace(separator, "")
        if not rest.isidentifier():
            raise TypeTrouble(f"{name!r} is no name here")
        return Name(name)


def literal_value(text: str, notation: Notation) -> JsonScalar:
    """The value of a JSON string or number, or of a word for a constant. Raises TypeTrouble for anything else."""
    if text in notation.constants:
        return notation.constants[text]
    if text[:1] == '"' or text[:1] == "-" or text[:1].isdecimal():
        try:
            value = json.loads(text)
        except ValueError as trouble:
            raise TypeTrouble(f"{text[:40]!a} is no literal") from trouble
        if isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value)):
            return value
    raise TypeTrouble(f"{text[:40]!a} is no literal")
