"""A table of settings as `tomllib` gives it -> its values by type; what is wrong is a finding with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.places import Places
from fieldsmith.suggest import near

Choice = TypeVar("Choice", bound=str)
_KINDS = {bool: "true or false", str: "a text", list: "a list", dict: "a table", int: "a number", float: "a number"}


class Table:
    """One table of settings; `at` is its own place, paths in it are relative to `folder`."""

    def __init__(
        self,
        values: Mapping[str, object],
        at: tuple[str, ...],
        folder: Path,
        places: Places,
        diagnostics: Diagnostics,
    ) -> None:
        self.values = values
        self.at = at
        self.folder = folder
        self.places = places
        self.diagnostics = diagnostics
        if not isinstance(values, Mapping):
            self.values = {}
            diagnostics.add("FS303", places.of(at), f"`{at[-1]}` must be a table")

    def place(self, key: str = "", value: object = None) -> Span:
        """The place of a key, of a text in its value where it is found; of the table itself where none is given."""
        return self.places.of((*self.at, key) if key else self.at, value)

    def inside(self, values: Mapping[str, object], *at: str) -> Table:
        """The table that stands in this one under the keys `at`."""
        return Table(values, (*self.at, *at), self.folder, self.places, self.diagnostics)

    def add(self, code: str, key: str, message: str, help: str | None = None, value: object = None) -> None:
        self.diagnostics.add(code, self.place(key, value), message, help)

    def add_here(self, code: str, message: str, help: str | None = None) -> None:
        """A finding at the table itself."""
        self.diagnostics.add(code, self.place(), message, help)

    def tables(self, key: str) -> Iterator[tuple[str, Table]]:
        """The tables in the table under a key, by their names."""
        members = self.values.get(key, {})
        if not isinstance(members, dict):
            self.wrong_type(key, "a table of tables")
            return
        for name, each in members.items():
            yield name, self.inside(each, key, name)

    def written(self, keys: Sequence[str]) -> dict[str, Span]:
        """The places of those of the keys that the table holds."""
        return {key: self.places.of((*self.at, key)) for key in keys if key in self.values}

    def wrong_type(self, key: str, expected: str) -> None:
        value = self.values[key]
        self.add("FS303", key, f"`{key}` must be {expected}, not {_KINDS.get(type(value), 'a date or a time')}")

    def refuse_unknown(self, keys: Sequence[str]) -> None:
        for key in self.values:
            if key not in keys:
                help = near(key, keys) or f"settings are: {', '.join(keys)}"
                self.add("FS302", key, f"unknown setting `{key}`", help)

    def text(self, key: str) -> str | None:
        value = self.values.get(key)
        if value is None or isinstance(value, str):
            return value
        self.wrong_type(key, "a text")
        return None

    def flag(self, key: str, default: bool) -> bool:
        value = self.values.get(key, default)
        if isinstance(value, bool):
            return value
        self.wrong_type(key, "true or false")
        return default

    def number(self, key: str, default: int, most: int) -> int:
        """A whole number from 1 to `most`."""
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong_type(key, "a whole number")
        elif not 1 <= value <= most:
            self.add("FS304", key, f"`{key}` must be from 1 to {most}, not {value}")
        else:
            return value
        return default

    def texts(self, key: str) -> tuple[str, ...] | None:
        """A text or a list of texts."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(value)
        self.wrong_type(key, "a text or a list of texts")
        return None

    def choice(self, key: str, options: Sequence[Choice], default: Choice) -> Choice:
        value = self.text(key)
        return default if value is None else self._one(key, value, options, default)

    def name(self, key: str, options: Sequence[str]) -> str | None:
        value = self.text(key)
        return self._one(key, value, options, value) if value is not None else None

    def _one(self, key: str, value: str, options: Sequence[Choice], default: Choice) -> Choice:
        for option in options:
            if option == value:
                return option
        self.add("FS304", key, *unknown_value(key, value, options), value)
        return default

    def pairs(self, key: str) -> dict[str, str]:
        """A table from text to text."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            self.wrong_type(key, "a table from name to name")
            return {}
        inner = self.inside(value, key)
        return {each: text for each in value if (text := inner.text(each)) is not None}


def unknown_value(key: str, value: str, options: Sequence[str]) -> tuple[str, str | None]:
    """Message and help for a value that is none of the options."""
    return f"`{key}`: {value!r} is not one of {', '.join(options)}", near(value, options)
