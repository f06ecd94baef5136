"""Schema + settings -> every name of the emitted package: legal, distinct, stable; whatever is not is a finding."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import NamedTuple

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.schema import Alias, Definition, Enum, Field, Model, Schema
from fieldsmith.writing import identifiers
from fieldsmith.writing.plans import Settings
from fieldsmith.writing.reserved import ATTRIBUTE_NAMES, CLASS_NAMES, MEMBER_NAMES

ADDITIONAL = "additional_properties"


class Names(NamedTuple):
    """Every name that the emitted package uses, by the keys and names of the schema.

    `classes` and `modules` go from definition key to class name and dotted module below the package; `attributes` and
    `wires` from (definition key, field name) to identifier and JSON name; `members` from (key, index) to enum member.
    """

    classes: Mapping[str, str]
    modules: Mapping[str, str]
    attributes: Mapping[tuple[str, str], str]
    wires: Mapping[tuple[str, str], str]
    members: Mapping[tuple[str, int], str]


def name_all(schema: Schema, settings: Settings, diagnostics: Diagnostics) -> Names:
    """All names of a schema.

    Findings: FS200 no identifier, FS201 two of a kind, FS202 two of a module, FS203 a setting without a use.
    """
    return _Namer(settings, diagnostics).run(schema)


class _Namer:
    """The tables while they fill: one method a kind of name."""

    def __init__(self, settings: Settings, diagnostics: Diagnostics) -> None:
        self.settings = settings
        self.diagnostics = diagnostics
        self.used: set[str] = set()
        self.unnamed: set[str] = set()  # keys of definitions whose titles give no name
        self.chosen: dict[str, str] = {}  # definition key -> the setting that names it
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

    def _chosen(self, reserved: Set[str], *keys: str) -> str | None:
        """The name that the settings choose under one of the keys, where they do."""
        key = next((key for key in keys if key in self.settings.names), None)
        if key is None:
            return None
        self.used.add(key)
        name = self.settings.names[key]
        if not identifiers.is_usable(name, reserved):
            message = f"{_shown(name)}, chosen for {_shown(key)}, cannot be a name in Python code"
            help_text = "choose ASCII letters, digits and underscores, a letter first, and no word that the code uses"
            self.diagnostics.add("FS204", self._place("names", key), message, help_text)
        return name

    def _place(self, table: str, key: str) -> Span:
        return self.settings.places.get(f"{table}.{key}", Span("pyproject.toml", 1, 1))

    def _no_identifier(self, span: Span, what: str, name: str, setting: str) -> None:
        self.diagnostics.add(
            "FS200",
            span,
            f"{what} {_shown(name)} gives no Python name",
            f'choose one: [tool.fieldsmith.names] "{setting}" = "..."',
        )

    def _name_definition(self, definition: Definition) -> None:
        keys = (definition.key, definition.name)
        chosen = self._chosen(CLASS_NAMES, *keys)
        if chosen is not None:
            self.chosen[definition.key] = next(key for key in keys if key in self.settings.names)
        name = chosen or identifiers.class_name(definition.name)
        if name is None:
            self._no_identifier(definition.span, "title", definition.name, definition.name)
            self.unnamed.add(definition.key)
        name = name or "Unnamed"
        folders = []
        for part in filter(None, definition.namespace.split(".")):
            folder = identifiers.folder(part)
            if folder is None:
                self._no_identifier(definition.span, "folder", part, definition.name)
            folders.append(folder or "unnamed")
        module = identifiers.module(name) or "unnamed"
        self.classes[definition.key] = name
        self.modules[definition.key] = ".".join([*folders, module])

    def _name_fields(self, model: Model) -> None:
        taken = {ADDITIONAL: "further keys"} if model.additional is not None or self.settings.extra == "keep" else {}
        wires: dict[str, str] = {}
        for field in model.fields:
            keys = (f"{model.key}.{field.name}", f"{model.name}.{field.name}")
            name = self._chosen(ATTRIBUTE_NAMES, *keys) or identifiers.attribute(field.name)
            if name is None:
                self._no_identifier(field.span, "field", field.name, keys[1])
                continue
            self._claim(taken, name, field.name, field.span, "attribute", keys[1])
            self.attributes[model.key, field.name] = name
            wire = self._wire(field, keys)
            if wire in wires:
                self.diagnostics.add(
                    "FS201",
                    self._override_place(model, wires[wire], field),
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
        return identifiers.wire_name(field.name, self.settings.wire_names) if field.wire is None else field.wire

    def _override_place(self, model: Model, first: str, second: Field) -> Span:
        """The place of the setting that gives one of two fields its wire name; without one, that of the second."""
        keys = (f"{owner}.{name}" for name in (second.name, first) for owner in (model.key, model.name))
        key = next((key for key in keys if key in self.settings.wire_overrides), None)
        return self._place("wire_overrides", key) if key is not None else second.span

    def _name_members(self, enum: Enum) -> None:
        taken: dict[str, str] = {}
        prefix = identifiers.common_prefix(enum)
        spelled = identifiers.unnamed_members(enum)
        for index, value in enumerate(enum.values):
            shown = value.name if value.name is not None else str(value.value)
            keys = (f"{enum.key}.{shown}", f"{enum.name}.{shown}")
            documented = value.name[len(prefix) :] if value.name is not None else None
            name = self._chosen(MEMBER_NAMES, *keys) or spelled.get(index)
            name = name or identifiers.member(documented, value.value)
            if name is None:
                self._no_identifier(value.span, "value", shown, keys[1])
                continue
            self._claim(taken, name, shown, value.span, "member", keys[1])
            self.members[enum.key, index] = name
        self._check_numbers(enum)

    def _check_numbers(self, enum: Enum) -> None:
        """`true` and `1` are two values in JSON, but Python would make one member of them."""
        numbers = {value.value for value in enum.values if type(value.value) in (int, float)}
        for value in enum.values:
            if isinstance(value.value, bool) and value.value in numbers:
                said, number = str(value.value).lower(), str(int(value.value))
                message = f"{_shown(said)} and {_shown(number)} become one member: Python holds them for equal"
                help_text = f"write the values as a union of constants: `{number} | {said}`"
                self.diagnostics.add("FS201", value.span, message, help_text)

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
            if key in self.unnamed:
                continue
            definition = by_key[key]
            name = module.rpartition(".")[2]
            places = (module, *(f"{folder}.{name}".lstrip(".") for folder in _around(module)))
            other = next((taken[place] for place in places if place in taken), None)
            if module in folders:
                message = f"{_shown(definition.name)} becomes module {module}, and a folder of pages bears that name"
                self._module_taken(definition, message)
            elif other is None:
                taken[module] = key
            elif other in self.chosen and key not in self.chosen:  # the name chosen is the one to change
                message = f"{_shown(definition.name)} of {definition.span.path} has that name: one module, {name}"
                self._module_taken(by_key[other], message)
            else:
                message = f"{_shown(definition.name)} is defined on {by_key[other].span.path} already: one name, {name}"
                if key in self.chosen:
                    first = by_key[other]
                    message = f"{_shown(first.name)} of {first.span.path} has that name: one module, {name}"
                self._module_taken(definition, message)

    def _module_taken(self, definition: Definition, message: str) -> None:
        """The finding at the definition, or at the setting that chooses its name."""
        span, setting = definition.span, self.chosen.get(definition.key)
        if setting is not None:
            span = self._place("names", setting)
            message = f"{_shown(self.classes[definition.key])}, chosen for {_shown(setting)}: {message}"
        help_text = f'choose another name: [tool.fieldsmith.names] "{definition.key}" = "..."'
        self.diagnostics.add("FS202", span, message, help_text)

    def _check_settings(self) -> None:
        for table, keys in (("names", self.settings.names), ("wire_overrides", self.settings.wire_overrides)):
            for key in sorted(set(keys) - self.used):
                message = f"`{table}` names {_shown(key)}, which no page has"
                self.diagnostics.add("FS203", self._place(table, key), message, "correct or remove the line")


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
