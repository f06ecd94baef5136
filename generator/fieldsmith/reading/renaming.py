"""Draft of a schema + what is to go, or to be called otherwise -> the draft with every reference brought along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.limits import Limits
from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.canonical import make_union, parts_of, rebuild, refs_in, types_of
from fieldsmith.reading.cells import check_name
from fieldsmith.reading.names import key_of, page_of, shorten
from fieldsmith.reading.records import FieldRecord
from fieldsmith.reading.resolve import Draft
from fieldsmith.schema import Alias, Definition, Discriminator, Model, OneOf, Ref, TypeExpr

At = tuple[str, str | None]  # the key of a definition, and the name of a field of it
Renamed = Callable[[str, str | None], At | None]


class Leaving(NamedTuple):
    """What goes (`drops`) and what gets another name (`names`), each with the place that says so."""

    drops: dict[At, Span]
    names: dict[At, tuple[str, Span]]


class _News(NamedTuple):
    """Old keys to what they are called now, old keys and names of fields to new names, and what is gone."""

    definitions: Mapping[str, Ref]
    fields: Mapping[tuple[str, str], str]
    drops: Mapping[At, Span]

    def key(self, old: str) -> str:
        return self.definitions[old].key or old if old in self.definitions else old

    def at(self, key: str, field: str | None) -> At | None:
        """What has become of a definition, or of a field of it."""
        if (key, None) in self.drops or (key, field) in self.drops:
            return None
        return self.key(key), None if field is None else self.fields.get((key, field), field)


def leave(draft: Draft, leaving: Leaving, diagnostics: Diagnostics, limits: Limits) -> tuple[Draft, Renamed]:
    """The draft without what is dropped, all else under its new name; and what has become of a name.

    A name that is taken is refused with a finding, and so is to drop what a definition that stays leads to.
    """
    names = {at: new for at, (new, place) in leaving.names.items() if _is_name(new, place, diagnostics, limits)}
    news = _News(
        _new_keys(draft, leaving, names, diagnostics),
        _new_fields(draft, leaving, names, diagnostics),
        leaving.drops,
    )
    if not leaving.drops and not leaving.names:
        return draft, news.at
    kept = [_with_fields(one, news) for one in draft.definitions if (one.key, None) not in leaving.drops]
    for one in kept:
        _check_refs(one, leaving, diagnostics)
    return Draft(
        tuple(_renamed(one, news) for one in kept),
        {news.key(key): _told(one, news) for key, one in draft.told.items()},
        frozenset(map(news.key, draft.untold)),
        frozenset(map(news.key, draft.strays)),
        {**draft.rows, **dict(_renamed_rows(draft, news))},
    ), news.at


def _renamed_rows(draft: Draft, news: _News) -> Iterator[tuple[tuple[Span, str], FieldRecord]]:
    """The rows of fields with a new name, once more under that one."""
    for one in draft.definitions:
        for field in one.fields if isinstance(one, Model) else ():
            new = news.fields.get((one.key, field.name))
            if new is not None:
                yield (field.span, new), draft.rows[field.span, field.name]


def _is_name(name: str, place: Span, diagnostics: Diagnostics, limits: Limits) -> bool:
    accounts = Accounts(limits)
    check_name("name", name, place, accounts)
    if not name.strip():
        accounts.add("FS324", place, "`rename` does not fit: the name is empty")
    diagnostics.extend(accounts)
    return not len(accounts)


def _new_keys(
    draft: Draft, leaving: Leaving, names: Mapping[At, str], diagnostics: Diagnostics
) -> dict[str, Ref]:
    stay = [one for one in draft.definitions if (one.key, None) not in leaving.drops]
    wanted = {one.key: key_of(page_of(one.key, one.name), names.get((one.key, None), one.name)) for one in stay}
    places = {key: leaving.names[key, None][1] for key in wanted if (key, None) in names}
    done = _distinct(wanted, places, diagnostics)
    return {key: Ref(new, names[key, None]) for key, new in done.items()}


def _new_fields(
    draft: Draft, leaving: Leaving, names: Mapping[At, str], diagnostics: Diagnostics
) -> dict[tuple[str, str], str]:
    models = {key for key, field in names if field is not None}
    done: dict[tuple[str, str], str] = {}
    for one in draft.definitions:
        if isinstance(one, Model) and one.key in models:
            stay = [field.name for field in one.fields if (one.key, field.name) not in leaving.drops]
            wanted = {name: names.get((one.key, name), name) for name in stay}
            places = {name: leaving.names[one.key, name][1] for name in stay if (one.key, name) in names}
            done.update({(one.key, old): new for old, new in _distinct(wanted, places, diagnostics).items()})
    return done


def _distinct(wanted: Mapping[str, str], places: Mapping[str, Span], diagnostics: Diagnostics) -> dict[str, str]:
    """Old names to new ones, of which those are refused that another has or wants; none for what keeps its name."""
    done = dict(wanted)
    while True:
        counts = Counter(done.values())
        taken = [old for old in places if done[old] != old and counts[done[old]] > 1]
        if not taken:
            return {old: new for old, new in done.items() if old != new}
        for old in taken:
            diagnostics.add("FS324", places[old], f"`rename` does not fit: {shorten(done[old])} is there already")
            done[old] = old


def _with_fields(one: Definition, news: _News) -> Definition:
    if not isinstance(one, Model):
        return one
    kept = (field for field in one.fields if (one.key, field.name) not in news.drops)
    return one._replace(
        fields=tuple(field._replace(name=news.fields.get((one.key, field.name), field.name)) for field in kept)
    )


def _check_refs(one: Definition, leaving: Leaving, diagnostics: Diagnostics) -> None:
    """A finding at what drops a definition that another one, which stays, leads to."""
    for ref in (ref for type_ in types_of(one) for ref in refs_in(type_)):
        if ref.key is not None and (ref.key, None) in leaving.drops:
            message = f"`drop` does not fit: {shorten(one.name)} leads to {shorten(ref.name)}"
            diagnostics.add("FS324", leaving.drops[ref.key, None], message, "correct the type there, or keep it")


def _told(told: Discriminator, news: _News) -> Discriminator:
    """A discriminator by new keys; by a new name of its field, where all that it selects call it so."""
    called = {news.fields.get((key, told.field), told.field) for _, key in told.mapping}
    field = called.pop() if len(called) == 1 else told.field
    return Discriminator(field, tuple((tag, news.key(key)) for tag, key in told.mapping))


def _renamed(one: Definition, news: _News) -> Definition:
    """A definition under its new name, with new names in its types."""
    if one.key in news.definitions:
        key, name = news.key(one.key), news.definitions[one.key].name
        one = one._replace(key=key, name=name)
    match one:
        case Model():
            fields = tuple(field._replace(type=_mapped(field.type, news)) for field in one.fields)
            extra = None if one.additional is None else _mapped(one.additional, news)
            return one._replace(fields=fields, additional=extra)
        case Alias():
            return one._replace(type=_mapped(one.type, news))
        case _:
            return one


def _mapped(type_: TypeExpr, news: _News) -> TypeExpr:
    match type_:
        case Ref(key=str(key)):
            return Ref(None, type_.name) if (key, None) in news.drops else news.definitions.get(key, type_)
        case OneOf(options, discriminator):
            union = make_union(_mapped(option, news) for option in options)
            told = None if discriminator is None else _told(discriminator, news)
            return replace(union, discriminator=told) if isinstance(union, OneOf) else union
        case _:
            return rebuild(type_, tuple(_mapped(part, news) for part in parts_of(type_)))
