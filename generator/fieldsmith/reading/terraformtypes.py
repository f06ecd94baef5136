"""Text of a Terraform type -> the type without its objects, and these as what they are: models of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

# What parts the lines of a cell is blank; every branch consumes what it has looked at.
_TOKEN = re.compile(
    r"""
      (?P<blank>(?:\s|<br\ ?/?>|</?pre>|`)+)
    | (?P<comment>(?:\#|//)(?:(?!<br|</pre>)[^\n])*|/\*(?:(?!\*/).)*(?:\*/)?)
    | (?P<name>[A-Za-z_][\w-]*)
    | (?P<string>"(?:[^"\\]|\\.)*"?)
    | (?P<number>-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPENING, _CLOSING = "([{", ")]}"
_TEXTS = re.compile(r"(?:(?:list|set|map)\()+string\)+")
_BLANKS = re.compile(r"(?:[ \t\n]|<br ?/?>)+")  # others do not show, and are told of
_BARE = ("list", "set", "map")


class Trouble(Exception):
    """Why a type cannot be read, and where in its text."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.at = at


class Attribute(NamedTuple):
    """One attribute of an object; `at` is where its name stands in the text, `type_at` where its type does, and
    `default_at` where its default does. The latter is JSON where it is a literal."""

    name: str
    at: int
    type: str
    type_at: int
    required: bool
    default: str | None
    default_at: int


class Object(NamedTuple):
    """A model: `title` is the path of names that leads to it, `at` is where it stands in the text."""

    title: str
    at: int
    attributes: tuple[Attribute, ...]


class Unfolded(NamedTuple):
    """A type in which links stand for the objects, and the objects, outer ones first."""

    type: str
    objects: tuple[Object, ...]


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


def title_of(owner: str, name: str) -> str:
    """What the object in the type of a field or attribute is called."""
    words = (word[:1].upper() + word[1:] for word in re.split(r"[\W_]+", name))
    return f"{owner}.{''.join(words)}"


def taken(default: str, type_: str) -> str:
    """A default as Terraform takes it: where collections hold text, numbers and booleans in them become text.

    Anything else is handed back as it stands (Terraform, "Type conversion").
    """
    if not _TEXTS.fullmatch(type_):
        return default
    try:
        value = json.loads(default, parse_float=_Number, parse_int=_Number)
    except (ValueError, RecursionError):
        return default
    found = _texts(value)
    return default if found == json.loads(default) else json.dumps(found, ensure_ascii=False)


class _Number(str):
    """A number as it is spelled."""


def _texts(value: object) -> object:
    match value:
        case list():
            return [_texts(each) for each in value]
        case dict():
            return {key: _texts(each) for key, each in value.items()}
        case bool():
            return "true" if value else "false"
        case _Number():
            return str(value)
        case _:
            return value


def unfold(text: str, title: str, nesting: int) -> Unfolded:
    """The type in a cell: in a code span, in `<pre>`, or bare. An object is called by `title`, one inside of it by that
    and the name of its attribute. Raises Trouble for what is no type, or has more than `nesting` inside each other."""
    reader = _Reader(text, nesting)
    type_ = reader.type(title, 0)
    if reader.token.kind != "end":
        raise Trouble(f"{reader.found()} stands after the end of the type", reader.token.at)
    return Unfolded(type_, tuple(reader.objects))


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup not in ("blank", "comment", None):
            yield _Token(match.lastgroup, match[0], match.start())
    yield _Token("end", "", len(text))


class _Reader:
    """Recursive descent, no deeper than `nesting`; looks one token ahead."""

    def __init__(self, text: str, nesting: int) -> None:
        self.text = text
        self.nesting = nesting
        self.tokens = list(_tokens(text))
        self.at = 0
        self.objects: list[Object] = []

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def accept(self, text: str) -> bool:
        if self.token.text != text:
            return False
        self.at += 1
        return True

    def expect(self, text: str) -> None:
        if not self.accept(text):
            raise Trouble(f"{text!r} is missing before {self.found()}", self.token.at)

    def found(self) -> str:
        return ascii(self.token.text[:40]) if self.token.kind != "end" else "the end"

    def type(self, title: str, depth: int) -> str:
        if depth > self.nesting:
            raise Trouble(f"types are nested deeper than {self.nesting} levels", self.token.at)
        name = self.token
        if name.kind != "name":
            raise Trouble(f"a type is missing before {self.found()}", name.at)
        self.at += 1
        if not self.accept("("):
            return f"{name.text}(any)" if name.text in _BARE else name.text
        if name.text == "object":
            text = self.object(title, depth)
        elif name.text == "tuple":
            text = f"list({' | '.join(self.items(title, depth))})"
        else:
            text = f"{name.text}({self.type(title, depth + 1)})"
        self.expect(")")
        return text

    def items(self, title: str, depth: int) -> Iterator[str]:
        """The types of a tuple, of which JSON makes a list; none of them is called as another one."""
        self.expect("[")
        number = 0
        while not self.accept("]"):
            number += 1
            yield self.type(f"{title}.{number}", depth + 1)
            if self.token.text != "]":
                self.expect(",")
        if not number:
            yield "any"

    def object(self, title: str, depth: int) -> str:
        at, place = self.token.at, len(self.objects)
        self.objects.append(Object(title, at, ()))
        self.expect("{")
        attributes: list[Attribute] = []
        while not self.accept("}"):
            attributes.append(self.attribute(title, depth))
            self.accept(",")
        self.objects[place] = Object(title, at, tuple(attributes))
        return f"[{title}](#{title})"

    def attribute(self, title: str, depth: int) -> Attribute:
        """`name = type` or `name = optional(type, default)`."""
        name = self.token
        if name.kind not in ("name", "string"):
            raise Trouble(f"a name is missing before {self.found()}", name.at)
        self.at += 1
        if not self.accept(":"):
            self.expect("=")
        text = name.text.strip('"')
        is_optional = self.token.text == "optional" and self.tokens[self.at + 1].text == "("
        self.at += 2 * is_optional
        at, default = self.token.at, None
        type_ = self.type(title_of(title, text), depth + 1)
        default_at = self.token.at
        if is_optional:
            self.accept(",")
            default_at = self.token.at
            default = self.default() or None
            self.expect(")")
        return Attribute(text, name.at, type_, at, not is_optional, default, default_at)

    def default(self) -> str:
        """Any expression, up to the bracket that closes what it stands in; as JSON where it is a literal."""
        first, open_ = self.at, 0
        while self.token.kind != "end" and (open_ or self.token.text not in _CLOSING):
            open_ += (self.token.text in _OPENING) - (self.token.text in _CLOSING)
            self.at += 1
        tokens = self.tokens[first : self.at]
        text = _BLANKS.sub(" ", self.text[self.tokens[first].at : self.token.at]).strip(" ")
        return _as_json(tokens) or text


def _as_json(tokens: list[_Token]) -> str | None:
    """A literal as JSON writes it: keys in quotes, commas where lines end; None for what is no literal."""
    parts: list[str] = []
    for at, token in enumerate(tokens):
        after = tokens[at + 1].text if at + 1 < len(tokens) else ""
        is_key = token.kind in ("name", "string") and after in ("=", ":")
        begins = is_key or token.kind in ("name", "string", "number") or token.text in ("[", "{")
        if begins and parts and parts[-1] not in ("[", "{", ", ", ": "):
            parts.append(", ")
        if is_key:
            parts.append(token.text if token.kind == "string" else f'"{token.text}"')
        elif token.text in ("=", ":", ","):
            parts.append(": " if token.text != "," else ", ")
        elif token.text in ("]", "}"):
            parts = parts[:-1] if parts[-1:] == [", "] else parts
            parts.append(token.text)
        else:
            parts.append(token.text)
    text = "".join(parts)
    try:
        json.loads(text)
    except ValueError:
        return None
    return text
