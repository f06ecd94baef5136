"""What a notation is: how one language spells types, said as data for the one grammar in `typetext`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from fieldsmith.schema import JsonScalar, ScalarKind

# What a word does with the types in its brackets. `array` is a list of one argument, a map of two; `values` is a map of
# texts to the one in brackets.
Role = Literal[
    "list", "map", "array", "values", "optional", "nullable", "optional-nullable", "union", "literal", "partial"
]
Silence = Literal["never", "containers", "always"]
Case = Literal["snake", "camel", "pascal"]


@dataclass(frozen=True, slots=True)
class Notation:
    """One language's spelling of types.

    scalars      words without parts; a word may carry its brackets: `byte[]`, `interface{}`, `*big.Int`
    heads        words with parts in brackets
    outside      words for types that no page documents (response classes, streams); arguments do not matter
    brackets     the opening brackets that may follow a head or an outside word
    prefixes     marks before a type
    prefix_map   the word of `map[K]V`
    suffixes     marks after a type: `[]`, `?`
    unions       `|` separates options
    index_maps   `{ [k: string]: T }` is a map
    literals     constants stand as types of their own
    constants    words for constants
    separators   what joins the parts of a dotted name
    linked       scalars whose label means something else where it links to the language's manual
    pages        scalars that links to these pages stand for, whatever the label says (ends of a target)
    unlinked     references may stand without a link
    free_labels  a link's label is any text: its target alone counts
    labels       labels of links that lead to no definition of these pages -> types in the house notation
    anchored     fragments name definitions, on whatever page they are; what is before them does not matter
    elsewhere    links may lead to what is defined elsewhere: a warning, and any value
    extra        pseudo-field that types the values of further keys
    silent       where the notation has no way to say null
    once_mute    older sets of pages have no such way anywhere: they are the ones without a word for it
    told_apart   absence and null have wrappers of their own, so that wrapper and required mark can contradict
    case         how the language writes the names of fields
    bold         emphasis has two stars, around a type and inside the text of a link
    caseless     upper and lower case of words are the same; words are written in lower case here
    phrases      words with blanks in them: `whole number`
    leads        words before a type: `array of T`
    trails       words behind a type: `T array`
    arguments    words before types in brackets: `object (keys:K, values:V)`
    roots        what names begin with that says nothing of where their page is
    glued        what a name begins with that wraps the rest of it: `NullableT`
    bare_heads   heads may stand without the types they hold
    lists        `[T]` is a list
    sited        targets that begin with `/` are places on the site of the pages

    For types that are told in words, where what cannot be read is no mistake that could be mended:

    prose        they are
    fillers      words before a type that say nothing of it: `up to #`, where `#` is a number
    trailers     words behind a link that say nothing of it: `object`
    joints       words that separate options, as commas before them do: `or`
    pairs        words before the keys of a map -> the word before its values: `map of K to T`
    """

    name: str
    scalars: Mapping[str, ScalarKind]
    heads: Mapping[str, Role] = field(default_factory=dict)
    outside: frozenset[str] = frozenset()
    brackets: str = "["
    prefixes: Mapping[str, Role] = field(default_factory=dict)
    prefix_map: str = ""
    suffixes: Mapping[str, Role] = field(default_factory=dict)
    unions: bool = False
    index_maps: bool = False
    literals: bool = False
    constants: Mapping[str, JsonScalar] = field(default_factory=dict)
    separators: frozenset[str] = frozenset({"."})
    linked: Mapping[str, ScalarKind] = field(default_factory=dict)
    pages: Mapping[str, ScalarKind] = field(default_factory=dict)
    unlinked: bool = False
    free_labels: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    anchored: bool = False
    elsewhere: bool = False
    extra: str = ""
    silent: Silence = "containers"
    once_mute: bool = False
    told_apart: bool = False
    case: Case = "camel"
    bold: bool = False
    caseless: bool = False
    phrases: tuple[str, ...] = ()
    leads: Mapping[str, Role] = field(default_factory=dict)
    trails: Mapping[str, Role] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    glued: Mapping[str, Role] = field(default_factory=dict)
    bare_heads: bool = False
    lists: bool = False
    sited: bool = False
    prose: bool = False
    fillers: tuple[str, ...] = ()
    trailers: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    pairs: Mapping[str, str] = field(default_factory=dict)

    @property
    def says_absence(self) -> bool:
        """Whether a type can say that a field may be absent."""
        words = (self.heads, self.prefixes, self.suffixes, self.leads, self.glued)
        return any(role in ("optional", "optional-nullable") for each in words for role in each.values())
