"""A schema -> what its dataclasses, its pydantic and msgspec models and its JSON Schema make of a document, side by side."""

from __future__ import annotations

import json
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema as validating
import msgspec
import pydantic

import emitted
from causes import Causes
from emitted import Type, alias, enum, made_of, model, ref
from fieldsmith.diagnostics import Diagnostic, Diagnostics
from fieldsmith.schema import (
    Const,
    Constraints,
    Definition,
    Discriminator,
    ListOf,
    MapOf,
    Model,
    Nullable,
    OneOf,
    Ref,
    Scalar,
    Schema,
)
from fieldsmith.writing import jsonschema, printing
from fieldsmith.writing.libraries import LIBRARIES, LibraryName
from fieldsmith.writing.modelfeed import class_names
from fieldsmith.writing.plans import Extra, Settings
from fieldsmith.writing.python import Package
from strategies import KINDS

TARGETS = ("dataclasses", "serializers", "pydantic", "msgspec")


def everything() -> Schema:
    """Definitions of all kinds, and a model `Thing` with an optional field of each type that there is."""
    cat, dog = model("Cat", ("kind", Const("cat")), ("n", "integer", False)), model("Dog", ("kind", Const("dog")))
    told = model("First", ("k", "string"), ("x", "integer", False)), model("Second", ("k", "string"), ("x", "string", False))
    types: dict[str, Type] = {
        **{kind: Scalar(kind) for kind in KINDS},
        "one": Const(1), "true": Const(True), "false": Const(False), "half": Const(0.5), "user": Const("user"),
        **{title: ref(title) for title in ("Level", "OpenLevel", "Color", "OpenColor", "Mixed", "Part", "Cat", "Pet")},
        **{title: ref(title) for title in ("Either", "Told", "Counts", "Deep")},
        "list": ListOf(Scalar("integer")),
        "map": MapOf(Scalar("string"), Scalar("integer")),
        "nullable": Nullable(Scalar("string")),
        "integer or string": OneOf((Scalar("integer"), Scalar("string"))),
        "string or date": OneOf((Scalar("string"), Scalar("date"))),
        "number or decimal": OneOf((Scalar("number"), Scalar("decimal"))),
        "number or integer": OneOf((Scalar("number"), Scalar("integer"))),
        "constants": OneOf((Const("a"), Const("user"), Const(1))),
    }
    thing = model("Thing", *((name, type_, False) for name, type_ in types.items()), ("short", "string", False))
    short = thing.fields[-1]._replace(constraints=Constraints(max_length=3))
    return made_of(
        thing._replace(fields=(*thing.fields[:-1], short)),
        *(enum("Level", 1, 2), enum("OpenLevel", 1, 2, is_open=True), enum("Mixed", "user", 1, 0.5)),
        *(enum("Color", "user", "red"), enum("OpenColor", "user", "red", is_open=True)),
        *(model("Part", ("a", "integer"), ("b", "string", False)), model("Counts", ("a", "integer"), additional="integer")),
        *(cat, dog, alias("Pet", OneOf((ref("Cat"), ref("Dog")), Discriminator("kind", (("cat", cat.key), ("dog", dog.key)))))),
        *(told[0], told[1]),
        alias("Told", OneOf((ref("First"), ref("Second")), Discriminator("k", (("1", told[0].key), ("2", told[1].key))))),
        alias("Either", OneOf((ref("Part"), ref("Counts")))),
        *(model("Nest", ("n", ref("Part"), False)), model("Flat", ("c", "integer", False), ("d", "integer", False))),
        alias("Deep", OneOf((ref("Nest"), ref("Flat")))),
    )


class Outcome(NamedTuple):
    """Whether a document is taken, and as what value; a validator makes none."""

    taken: bool
    value: Any = None


@dataclass(frozen=True, slots=True)
class Engines:
    """All that reads documents of a schema. `found` is what generating models has found."""

    package: Package
    dataclasses: Any
    models: Mapping[LibraryName, Any]
    bundle: dict[str, Any]
    found: tuple[Diagnostic, ...]
    owners: Mapping[type, Model]

    def outcomes(self, one: Definition, text: str) -> dict[str, Outcome]:
        """What becomes of a document of a definition; "dataclasses" first."""
        names = {name: class_names(self.package, LIBRARIES[name])[one.key] for name in ("pydantic", "msgspec")}
        cls = getattr(emitted.module_of(self.dataclasses, self.package.names.modules[one.key]), self.package.names.classes[one.key])
        read = {
            "dataclasses": lambda: cls.from_json(text),
            "pydantic": lambda: pydantic.TypeAdapter(getattr(self.models["pydantic"], names["pydantic"])).validate_json(text, strict=True),
            "msgspec": lambda: msgspec.json.decode(text.encode(), type=getattr(self.models["msgspec"], names["msgspec"])),
        }
        refused = (self.dataclasses.DecodeError, pydantic.ValidationError, msgspec.DecodeError)
        found: dict[str, Outcome] = {}
        for engine, reading in read.items():
            try:
                found[engine] = Outcome(True, self.tree(reading()))
            except refused:
                found[engine] = Outcome(False)
        reference = f"#/$defs/{jsonschema.definition_names(self.package)[one.key]}"
        check = validating.Draft202012Validator({**self.bundle, "$ref": reference})
        return {**found, "jsonschema": Outcome(check.is_valid(json.loads(text)))}

    def tree(self, value: Any) -> Any:
        """A value in plain Python, objects by their names in JSON. An optional field that holds None is absent."""
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, list):
            return [self.tree(each) for each in value]
        if isinstance(value, dict):
            return {key: self.tree(each) for key, each in value.items()}
        rows = self._members(value)
        if rows is None:
            return value
        made = {name: self.tree(each) for name, each in rows.items()}
        model = self.owners.get(type(value))
        drop = {
            self.package.names.wires[model.key, row.name]
            for row in (model.fields if model else ())
            if self.package.presence(row) == "optional"
        }
        return {name: each for name, each in made.items() if not (each is None and name in drop)}

    def _members(self, value: Any) -> dict[str, Any] | None:
        if is_dataclass(value):
            members = {row.metadata["wire"]: getattr(value, row.name) for row in fields(value) if "wire" in row.metadata}
            members = {name: each for name, each in members.items() if each is not self.dataclasses.UNSET}
            further = [getattr(value, row.name) for row in fields(value) if row.metadata.get("additional")]
            return members | (further[0] if further else {})
        if isinstance(value, pydantic.BaseModel):
            infos = type(value).model_fields
            members = {infos[name].alias or name: getattr(value, name) for name in infos if name in value.model_fields_set}
            return members | (value.model_extra or {})
        if isinstance(value, msgspec.Struct):
            config, info = value.__struct_config__, msgspec.structs.fields(value)
            tag = {config.tag_field: config.tag} if config.tag_field else {}
            members = {row.encode_name: getattr(value, row.name) for row in info}
            return tag | {name: each for name, each in members.items() if each is not msgspec.UNSET}
        return None

    def differences(self, one: Definition, text: str) -> Iterator[tuple[str, str]]:
        """Each other reader that differs from the dataclasses: it takes, refuses, or has another value."""
        ours, *others = self.outcomes(one, text).items()
        for engine, outcome in others:
            if outcome.taken != ours[1].taken:
                yield engine, "takes" if outcome.taken else "refuses"
            elif outcome.taken and engine != "jsonschema" and not same(outcome.value, ours[1].value):
                yield engine, "reads otherwise"


def same(one: Any, other: Any) -> bool:
    """Whether two values in plain Python are one, `true` and 1 apart."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return bool(one == other)


@contextmanager
def engines(schema: Schema, extra: Extra = "ignore") -> Iterator[Engines]:
    """All that reads documents of a schema, imported from a folder that is gone afterwards."""
    settings = Settings(targets=TARGETS, extra=extra)
    package = printing.prepare(schema, settings, Diagnostics())
    assert package is not None
    files = list(emitted.print_package(package))
    found = tuple(each for file in files for each in file.found)
    with tempfile.TemporaryDirectory() as folder:
        emitted.save({file.path: file.text for file in files}, Path(folder))
        with emitted.imported(Path(folder)) as dataclasses:
            models = {name: emitted.module_of(dataclasses, f"{name}_models") for name in ("pydantic", "msgspec")}
            for one in vars(models["pydantic"]).values():
                if isinstance(one, type) and issubclass(one, pydantic.BaseModel) and one is not pydantic.BaseModel:
                    one.model_rebuild()  # else it is done at first use, and its fields are not known before
            owners = dict(_owners(package, dataclasses, models))
            yield Engines(package, dataclasses, models, jsonschema.bundle(package), found, owners)


def _owners(package: Package, dataclasses: Any, models: Mapping[LibraryName, Any]) -> Iterator[tuple[type, Model]]:
    """The model that each class is of."""
    names = {name: class_names(package, LIBRARIES[name]) for name in models}
    for one in package.schema.definitions:
        if isinstance(one, Model):
            module = emitted.module_of(dataclasses, package.names.modules[one.key])
            yield getattr(module, package.names.classes[one.key]), one
            yield from ((getattr(made, names[name][one.key]), one) for name, made in models.items())



KNOWN: list[dict[str, str]] = tomllib.loads((Path(__file__).parent / "known_differences.toml").read_text("utf-8"))["difference"]
_EXPLAINED = {(one["reader"], one["says"], one["cause"]) for one in KNOWN}


def unexplained(made: Engines, one: Definition, document: Any) -> list[tuple[str, str]]:
    """The differences over a document that no known one explains; what JSON cannot say is left out."""
    try:
        text = json.dumps(document, allow_nan=False)
    except ValueError:
        return []
    differences = [*made.differences(one, text)]
    causes = Causes(made.package, made.found).of(Ref(one.key, one.name), document) if differences else ()
    return [each for each in differences if not any((*each, cause) in _EXPLAINED for cause in causes)]
