"""Another side and the pages -> the other side under the keys and names of the pages, silent where it must be."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from fieldsmith.comparing.rekeying import rekeyed, retyped
from fieldsmith.comparing.values import side_of
from fieldsmith.drifting import matching
from fieldsmith.drifting.others import At, Other
from fieldsmith.leaves import leaves
from fieldsmith.reading.canonical import make_nullable
from fieldsmith.schema import Alias, Definition, Field, ListOf, MapOf, Model, Nullable, OneOf, Ref, Schema, TypeExpr
from fieldsmith.values import NULL
from fieldsmith.writing.naming import Names


class Aligned(NamedTuple):
    """The other side in terms of the pages.

    `pairs` are definitions of the pages with those that they are compared with; `added` those that only the other side
    has. `wires` are the names in the JSON by the other side, by page key and documented name, where it knows them;
    `ambiguous` are page keys with the places of the several definitions that fit.
    """

    schema: Schema
    pairs: Sequence[tuple[Definition, Definition]]
    added: Sequence[Definition]
    wires: Mapping[At, str]
    ambiguous: Mapping[str, tuple[str, ...]]


def aligned(pages: Schema, names: Names, other: Other) -> Aligned:
    """Match definitions and fields, and say the other side anew in the keys and names of the pages."""
    return _Alignment(pages, names, other).run()


class _Alignment:
    """`keys` and `fields` (by definition) hold page keys and documented names for those of the other side, as found."""

    def __init__(self, pages: Schema, names: Names, other: Other) -> None:
        self.pages, self.names, self.other = pages, names, other
        self.ours, self.theirs = side_of(pages), side_of(other.schema)
        self.matched = matching.definitions(pages, names, other)
        self.keys = dict(self.matched.keys)
        self.fields: dict[str, dict[str, str]] = {}
        self.back: dict[str, str] = {}
        self.loose: dict[str, set[str]] = defaultdict(set)
        for key, name in other.loose:
            self.loose[key].add(name)

    def run(self) -> Aligned:
        waiting = deque(self.keys.items())
        while waiting:
            key, page = waiting.popleft()
            mine, one = self.ours.definitions[page], self.theirs.definitions[key]
            if isinstance(mine, Model) and isinstance(one, Model):
                self.fields[key] = matching.fields(mine, self.names, one, self.loose[key])
            for pair in self._same_places(mine, one):
                found = {theirs: page for theirs, page in self._unnamed(*pair, set()) if theirs not in self.keys}
                self.keys |= found
                waiting.extend(found.items())
        return self._said()

    def _same_places(self, mine: Definition, one: Definition) -> Iterator[tuple[TypeExpr, TypeExpr]]:
        """The types that stand at one place on both sides."""
        match mine, one:
            case Model(additional=further), Model(additional=others):
                by_name = {field.name: field.type for field in mine.fields}
                theirs = {field.name: field.type for field in one.fields}
                yield from ((by_name[name], theirs[field]) for field, name in self.fields[one.key].items())
                if further is not None and others is not None:
                    yield further, others
            case Alias(type=type_), Alias(type=other_type):
                yield type_, other_type

    def _unnamed(self, mine: TypeExpr, one: TypeExpr, seen: set[tuple[TypeExpr, TypeExpr]]) -> Iterator[At]:
        """A model without a name of its own, where it is the only one at its place and the page has one model there.

        `seen` are the types that were looked at, as they may go round in circles.
        """
        if (mine, one) in seen:
            return
        seen.add((mine, one))
        ours, theirs = leaves([mine], self.ours.aliases), leaves([one], self.theirs.aliases)
        for kind in (ListOf, MapOf):
            match (
                [leaf for leaf in ours if isinstance(leaf, kind)],
                [leaf for leaf in theirs if isinstance(leaf, kind)],
            ):
                case [ListOf(item)], [ListOf(other_item)]:
                    yield from self._unnamed(item, other_item, seen)
                case [MapOf(value=value)], [MapOf(value=other_value)]:
                    yield from self._unnamed(value, other_value, seen)
        named = {self.keys.get(leaf.key or "") for leaf in theirs if isinstance(leaf, Ref)}
        models = [leaf.key for leaf in ours if isinstance(leaf, Ref) and leaf.key is not None and leaf.key not in named]
        models = [key for key in models if isinstance(self.ours.definitions[key], Model)]
        inline = [leaf.key for leaf in theirs if isinstance(leaf, Ref) and leaf.key in self.other.inline]
        if len(models) == len(inline) == 1:
            yield str(inline[0]), models[0]

    # the other side, said anew

    def _said(self) -> Aligned:
        self.back = {page: key for key, page in self.keys.items()}
        titles = {one.key: one.name for one in self.pages.definitions}
        first: dict[str, Definition] = {}
        pairs: list[tuple[Definition, Definition]] = []
        added: list[Definition] = []
        for key, one in self.theirs.definitions.items():
            anew = retyped(rekeyed(one, self.keys, titles), self._tagged)
            page = self.keys.get(key)
            if page is None:
                added.append(anew)
            else:
                mine = self.ours.definitions[page]
                anew = self._silent(mine, anew, key)._replace(key=page, name=mine.name, namespace=mine.namespace)
                pairs.append((mine, anew))
            first.setdefault(anew.key, anew)
        order = {one.key: at for at, one in enumerate(self.pages.definitions)}
        pairs.sort(key=lambda pair: order[pair[0].key])
        return Aligned(Schema(tuple(first.values())), pairs, added, self._wires(), self.matched.ambiguous)

    def _wires(self) -> dict[At, str]:
        return {
            (self.keys[key], name): field
            for key, names in self.fields.items()
            for field, name in names.items()
            if field not in self.loose[key]
        }

    def _tagged(self, type_: TypeExpr) -> TypeExpr:
        """A union whose discriminator goes by the documented name of its field; types have page keys by now."""
        if not isinstance(type_, OneOf) or type_.discriminator is None:
            return type_
        field = type_.discriminator.field
        for _, page in type_.discriminator.mapping:
            field = self.fields.get(self.back.get(page, ""), {}).get(type_.discriminator.field, field)
        return replace(type_, discriminator=replace(type_.discriminator, field=field))

    def _silent(self, mine: Definition, one: Definition, key: str) -> Definition:
        """A definition that says no more than its kind of source can, and its fields by their documented names."""
        if not isinstance(mine, Model) or not isinstance(one, Model):
            return one
        by_name = {field.name: field for field in mine.fields}
        fields = []
        for field in one.fields:
            name = self.fields[key].get(field.name, field.name)
            row = field._replace(name=name)
            page = by_name.get(name)
            if page is not None and (key, field.name) in self.other.unsaid:
                row = row._replace(type=self._as_null_as(page, row.type))
            fields.append(row)
        return one._replace(fields=tuple(fields))

    def _as_null_as(self, page: Field, type_: TypeExpr) -> TypeExpr:
        """A type that takes null where the page's does, and not where it does not."""
        bare = type_.inner if isinstance(type_, Nullable) else type_
        return make_nullable(bare) if NULL in leaves([page.type], self.ours.aliases) else bare
