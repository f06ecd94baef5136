"""Names on pages -> identifiers, modules and wire names: legal, distinct, stable; whatever is not is a finding.

Identifiers are ASCII (`[A-Za-z][A-Za-z0-9_]*`): Python folds others under NFKC, so that two different names could
become one. Latin accents are folded, punctuation parts words, anything else asks for a name in the settings.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.schema import Alias, Definition, Enum, Field, Model, Schema
from fieldsmith.writing.plans import Settings, WireStyle
from fieldsmith.writing.reserved import ATTRIBUTE_NAMES, CLASS_NAMES, MEMBER_NAMES, MODULE_NAMES

ADDITIONAL = "additional_properties"

_WORD_START = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[a-z][0-9])(?=[A-Z])|(?<=[a-z][0-9][0-9])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])"
)
_PLURAL_ACRONYM = re.compile(r"([A-Z]{2,})s(?![a-z])")
_PUNCTUATION = re.compile(r"[^A-Za-z0-9]+")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TITLE = re.compile(r"[A-Za-z0-9_. -]+")


@dataclass(frozen=True, slots=True)
class Names:
    """Every name that the emitted package uses, by the keys and names of the schema.

    `classes` and `modules` go from definition key to class name and dotted module below the package; `attributes` and
    `wires` from (definition key, field name) to identifier and JSON name; `members` from (key, index) to enum member.
    """

    classes: Mapping[str, str]
    modules: Mapping[str, str]
    attributes: Mapping[tuple[str, str], str]
    wires: Mapping[tuple[str, str], str]
    members: Mapping[tuple[str, int], str]


@functools.lru_cache(maxsize=None)
def snake_case(name: str) -> str:
    """`assistantId`, `HTTPMeta`, `x-foo` -> `assistant_id`, `http_meta`, `x_foo`; ASCII in, underscores inside only."""
    if name.islower() and name.isidentifier():
        return name.strip("_")
    name = _PLURAL_ACRONYM.sub(lambda found: found[1].capitalize() + "s", name)
    return _PUNCTUATION.sub("_", _WORD_START.sub("_", name)).strip("_").lower()


def camel_case(name: str) -> str:
    """`assistant_id` -> `assistantId`."""
    first, *rest = snake_case(name).split("_")
    return first + "".join(word.capitalize() for word in rest)


def ascii_text(name: str) -> str | None:
    """The name with Latin accents folded; None where characters remain that no ASCII letter stands for."""
    if name.isascii():
        return name
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return plain if plain.isascii() else None


def _attribute(name: str) -> str | None:
    text = ascii_text(name)
    if text is None:
        return None
    if text[:1] in "+-" and text[1:2].isdigit():
        text = ("plus_" if text[0] == "+" else "minus_") + text[1:]
    word = snake_case(text)
    if not word:
        return None
    if word[0].isdigit():
        word = "field_" + word
    return word + "_" if word in ATTRIBUTE_NAMES else word


def _class_name(title: str) -> str | None:
    text = ascii_text(title)
    if text is None or not _TITLE.fullmatch(text):
        return None
    parts = [part for part in re.split(r"[. -]+", text) if part.strip("_")]
    name = "".join(part[0].upper() + part[1:] for part in (part.strip("_") for part in parts))
    if not name or not name[0].isalpha():
        return None
    return name + "_" if name in CLASS_NAMES else name


def _member(name: str | None, value: object) -> str | None:
    text = ascii_text(str(value) if name is None else name)
    if text is None:
        return None
    word = snake_case(text).upper()
    if word and text[0] in "+-":
        word = ("PLUS_" if text[0] == "+" else "MINUS_") + word
    if not word and text.isprintable():
        word = "_".join(unicodedata.name(c).replace(" ", "_").replace("-", "_") for c in text) or "EMPTY"
    if not word:
        return None
    if word[0].isdigit():
        word = "VALUE_" + word
    return word + "_" if word in MEMBER_NAMES else word


def _folder(name: str) -> str | None:
    text = ascii_text(name)
    word = snake_case(text) if text is not None else ""
    if not word:
        return None
    if word[0].isdigit():
        word = "n" + word
    return word + "_" if word in MODULE_NAMES else word


def wire_name(documented: str, style: WireStyle) -> str:
    """The JSON name of a field: the documented one, or what the style makes of it where it is an identifier."""
    if style == "as-documented" or not _IDENTIFIER.fullmatch(documented):
        return documented
    return snake_case(documented) if style == "snake_case" else camel_case(documented)


def name_all(schema: Schema, settings: Settings, diagnostics: Diagnostics) -> Names:
    """All names of a schema. Findings: FS200 no identifier, FS201 two of a kind, FS202 one module, FS203 idle setting."""
    return _Namer(settings, diagnostics).run(schema)


class _Namer:
    """The tables while they fill: one method a kind of name."""

    def __init__(self, settings: Settings, diagnostics: Diagnostics) -> None:
        self.settings = settings
        self.diagnostics = diagnostics
        self.used: set[str] = set()
        self.classes: dict[str, str] = {}
        self.modules: dict[str, str] = {}
        self.attributes: dict[tuple[str, str], str] = {}
        self.wires: dict[tuple[str, str], str] = {}
        self.members: dict[tuple[str, int], str] = {}

    def run(self, schema: Schema) -> Names:
        for definition in schema.definitions:
            self._name_definition(definition)
            match definition:
                case Model():
                    self._name_fields(definition)
                case Enum():
                    self._name_members(definition)
                case Alias():
                    pass
        self._check_modules(schema)
        self._check_settings()
        return Names(self.classes, self.modules, self.attributes, self.wires, self.members)

    def _chosen(self, *keys: str) -> str | None:
        for key in keys:
            if key in self.settings.names:
                self.used.add(key)
                return self.settings.names[key]
        return None

    def _no_identifier(self, span: Span, what: str, name: str, setting: str) -> None:
        self.diagnostics.add(
            "FS200",
            span,
            f"{what} {_shown(name)} gives no Python name",
            f'choose one: [tool.fieldsmith.names] "{setting}" = "..."',
        )

    def _name_definition(self, definition: Definition) -> None:
        chosen = self._chosen(definition.key, definition.name)
        name = chosen or _class_name(definition.name)
        if name is None:
            self._no_identifier(definition.span, "title", definition.name, definition.name)
        name = name or "Unnamed"
        folders = []
        for part in filter(None, definition.namespace.split(".")):
            folder = _folder(part)
            if folder is None:
                self._no_identifier(definition.span, "folder", part, definition.name)
            folders.append(folder or "unnamed")
        module = snake_case(name)
        self.classes[definition.key] = name
        self.modules[definition.key] = ".".join([*folders, module + "_" if module in MODULE_NAMES else module])

    def _name_fields(self, model: Model) -> None:
        taken = {ADDITIONAL: "further keys"} if model.additional is not None or self.settings.extra == "keep" else {}
        wires: dict[str, str] = {}
        for field in model.fields:
            keys = (f"{model.key}.{field.name}", f"{model.name}.{field.name}")
            name = self._chosen(*keys) or _attribute(field.name)
            if name is None:
                self._no_identifier(field.span, "field", field.name, keys[1])
                continue
            self._claim(taken, name, field.name, field.span, "attribute", keys[1])
            self.attributes[model.key, field.name] = name
            wire = self._wire(field, keys)
            if wire in wires:
                self.diagnostics.add(
                    "FS201",
                    field.span,
                    f"fields {_shown(wires[wire])} and {_shown(field.name)} have one wire name, {_shown(wire)}",
                    f'choose another: [tool.fieldsmith.wire_overrides] "{keys[1]}" = "..."',
                )
            wires[wire] = field.name
            self.wires[model.key, field.name] = wire

    def _wire(self, field: Field, keys: tuple[str, ...]) -> str:
        for key in keys:
            if key in self.settings.wire_overrides:
                self.used.add(key)
                return self.settings.wire_overrides[key]
        return wire_name(field.name, self.settings.wire_names)

    def _name_members(self, enum: Enum) -> None:
        taken: dict[str, str] = {}
        prefix = _common_prefix(enum)
        for index, value in enumerate(enum.values):
            shown = value.name if value.name is not None else str(value.value)
            keys = (f"{enum.key}.{shown}", f"{enum.name}.{shown}")
            documented = value.name[len(prefix) :] if value.name is not None else None
            name = self._chosen(*keys) or _member(documented, value.value)
            if name is None:
                self._no_identifier(value.span, "value", shown, keys[1])
                continue
            self._claim(taken, name, shown, value.span, "member", keys[1])
            self.members[enum.key, index] = name

    def _claim(self, taken: dict[str, str], name: str, shown: str, span: Span, what: str, setting: str) -> None:
        if name in taken:
            self.diagnostics.add(
                "FS201",
                span,
                f"{_shown(taken[name])} and {_shown(shown)} become one {what}, {name}",
                f'choose another: [tool.fieldsmith.names] "{setting}" = "..."',
            )
        taken[name] = shown

    def _check_modules(self, schema: Schema) -> None:
        """One module a definition, also on disks that fold case; none of a name that a folder around it has.

        A name may come again in another folder, but not on the way down to it: there it would mean either.
        """
        by_key = {definition.key: definition for definition in schema.definitions}
        folders = {folder for module in self.modules.values() for folder in _around(module)}
        taken: dict[str, str] = {}
        for key, module in sorted(self.modules.items(), key=lambda pair: pair[1].count(".")):
            definition = by_key[key]
            name = module.rpartition(".")[2]
            above = next((found for folder in _around(module) if (found := taken.get(f"{folder}.{name}".lstrip(".")))), None)
            other = taken.get(module, above)
            if module in folders:
                message = f"{_shown(definition.name)} becomes the module {module}, and a folder of pages bears that name"
            elif other is not None:
                message = f"{_shown(definition.name)} is defined on {by_key[other].span.path} already: one name, {name}"
            else:
                taken[module] = key
                continue
            help_text = f'choose another name: [tool.fieldsmith.names] "{definition.key}" = "..."'
            self.diagnostics.add("FS202", definition.span, message, help_text)

    def _check_settings(self) -> None:
        for table, keys in (("names", self.settings.names), ("wire_overrides", self.settings.wire_overrides)):
            for key in sorted(set(keys) - self.used):
                place = self.settings.places.get(f"{table}.{key}", Span("pyproject.toml", 1, 1))
                message = f"`{table}` names {_shown(key)}, which no page has"
                self.diagnostics.add("FS203", place, message, "correct or remove the line")


def _common_prefix(enum: Enum) -> str:
    """The type's name where every constant begins with it, as Go's do: nothing is lost when it goes."""
    names = [value.name for value in enum.values if value.name is not None]
    title = enum.name
    whole = len(names) == len(enum.values) and all(n.startswith(title) and n[len(title) : len(title) + 1].isupper() for n in names)
    return title if whole else ""


def _around(module: str) -> list[str]:
    """The folders that a module lies in, the package itself ("") last."""
    folders = []
    while module:
        module = module.rpartition(".")[0]
        folders.append(module)
    return folders


def _shown(name: str) -> str:
    short = name if len(name) <= 60 else name[:57] + "..."
    return f"`{short}`"


