"""Schema -> a JSON Schema file a definition, below `jsonschema/` at the path of its module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import relpath

from fieldsmith.schema import Definition
from fieldsmith.writing.jsonschema import SCALARS, TAG, Schemas
from fieldsmith.writing.jsontext import DIALECT, MARK, JsonView
from fieldsmith.writing.plans import FilePlan
from fieldsmith.writing.python import Package
from fieldsmith.writing.targets import Target

FOLDER = "jsonschema"


@dataclass(frozen=True, slots=True)
class _Paths(Mapping[str, str]):
    """How one file refers to another, by the key of its definition: by the relative path, as URIs are resolved."""

    modules: Mapping[str, str]
    here: str

    def __getitem__(self, key: str) -> str:
        return relpath(_path(self.modules[key]), self.here)

    def __iter__(self) -> Iterator[str]:
        return iter(self.modules)

    def __len__(self) -> int:
        return len(self.modules)


def _path(module: str) -> str:
    return f"{FOLDER}/{module.replace('.', '/')}.json"


def _of_page(package: Package, path: str, definitions: Sequence[Definition]) -> Iterator[FilePlan]:
    """A file for each definition."""
    modules = package.names.modules
    for one in definitions:
        file = _path(modules[one.key])
        schemas = Schemas(package, _Paths(modules, file.rpartition("/")[0]), TAG, SCALARS)
        document = {"$schema": DIALECT, "$comment": MARK, **schemas.definition(one)}
        yield FilePlan(file, "jsonschema/definition.json.jinja", JsonView(document))


def _of_package(package: Package) -> Iterator[FilePlan]:
    """Nothing: no file is shared."""
    return iter(())


TARGET = Target(_of_page, _of_package)
