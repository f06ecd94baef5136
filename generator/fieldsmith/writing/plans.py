"""What flows through writing: settings in; file plans (every decision taken) and rendered files out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from fieldsmith.diagnostics import Diagnostic, Span

WireStyle = Literal["as-documented", "snake_case", "camelCase"]
Layout = Literal["builtin", "black"]
Extra = Literal["ignore", "keep", "forbid"]
Json = Literal["standard", "orjson", "msgspec"]
WHOLE = ""  # in place of the path of a page: what belongs to none, but to the package as a whole
DEFAULT_TARGETS = ("dataclasses", "serializers", "docs")
ALL_TARGETS = (*DEFAULT_TARGETS, "jsonschema", "openapi", "pydantic", "msgspec", "typeddict")
MODELS = frozenset({"pydantic", "msgspec", "typeddict"})  # targets that the generator of models makes
# Targets whose shared files show every word of each definition.
DETAILED = MODELS | {"openapi"}


class NotInstalled(ImportError):
    """What a target needs is not there, or in a version that was never tried; the message says which."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the schema is to be written.

    `wire_overrides` maps `Title.field` to a wire name; `names` maps `Title` (or a definition's key) to a class name,
    `Title.field` to an attribute, `Title.VALUE` to an enum member. `enums` None: open where the page says so. `json` is
    the library that reads and writes JSON in the emitted package: the standard one, or one that has to be installed.
    `places` says where an entry of the two was written: `names.Title`, `wire_overrides.Title.field`.
    """

    targets: tuple[str, ...] = DEFAULT_TARGETS
    wire_names: WireStyle = "as-documented"
    wire_overrides: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    extra: Extra = "ignore"
    enums: Literal["closed", "open"] | None = None
    json: Json = "standard"
    places: Mapping[str, Span] = field(default_factory=dict)


class FilePlan(NamedTuple):
    """One file to be: its path below the output folder, its template and the view that the template prints.

    `found` is what the file cannot say of the schema.
    """

    path: str
    template: str
    view: object
    found: tuple[Diagnostic, ...] = ()


class Finished(NamedTuple):
    """A view that is the text of its file: it was checked in full where it was made."""

    text: str


class Rendered(NamedTuple):
    path: str
    text: str
    found: tuple[Diagnostic, ...] = ()
