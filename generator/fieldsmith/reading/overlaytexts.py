"""Entry of an overlay -> what is wrong with its texts, which go where those of pages go and keep to the same rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fieldsmith.limits import Limits
from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.cells import check_name, hidden_in_text, hidden_in_value
from fieldsmith.reading.corrections import Entry


class Fault(NamedTuple):
    """A text that cannot be taken: which fact it is of, and what is wrong with it."""

    code: str
    fact: str
    message: str
    help: str | None = None


def faults(entry: Entry, limits: Limits) -> Iterator[Fault]:
    """The hidden characters in the texts of an entry, and names that are too long or none. What is renamed, and types,
    are judged where they are read."""
    facts = entry.facts
    if facts.add:
        yield from _in_name("add", entry.field or "", entry, limits)
    if facts.wire_name is not None:
        yield from _in_name("wire_name", facts.wire_name, entry, limits)
    if facts.default is not None and (message := hidden_in_text(facts.default)):
        yield Fault("FS022", "default", message)
    tags = facts.discriminator.mapping if facts.discriminator is not None else ()
    texts = [("values", value) for value in facts.values or ()] + [("discriminator", tag) for tag, _ in tags]
    for fact, value in texts:
        if isinstance(value, str) and (message := hidden_in_value(value)):
            yield Fault("FS022", fact, message)


def _in_name(fact: str, name: str, entry: Entry, limits: Limits) -> Iterator[Fault]:
    accounts = Accounts(limits)
    check_name("name", name, entry.place, accounts)
    if not name.strip():
        yield Fault("FS324", fact, f"`{fact}` does not fit: the name is blank")
    for each in accounts:
        yield Fault(each.code, fact, each.message, each.help)
