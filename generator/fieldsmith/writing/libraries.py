"""The model libraries that a generator makes models for: data, and what each of them cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from fieldsmith.schema import ScalarKind
from fieldsmith.writing.jsonschema import SCALARS, Json

LibraryName = Literal["pydantic", "msgspec", "typeddict"]


class Library(NamedTuple):
    """One library: `file` is the module written for it, `scalars` what the generator is told of each kind of scalar.

    `reserved` are attributes that its classes have themselves, `classes` what modules import for it by that name;
    `options` go to the generator as they are.
    """

    name: LibraryName
    file: str
    scalars: Mapping[ScalarKind, Json]
    reserved: frozenset[str]
    classes: frozenset[str]
    options: Mapping[str, Any]

    @property
    def has_attributes(self) -> bool:
        """Whether its classes have attributes, and enums are classes; else it speaks of JSON as `json.loads` has it."""
        return self.name != "typeddict"


_TEXT: Json = {"type": "string"}
_DECIMAL: Json = {"type": "string", "format": "decimal"}  # both libraries take numbers for it, too
_TYPING = frozenset({"Annotated", "TypeAliasType"})
_BASE_MODEL = """
    construct copy dict from_orm json model_computed_fields model_config model_construct model_copy model_dump
    model_dump_json model_extra model_fields model_fields_set model_json_schema model_parametrized_name
    model_post_init model_rebuild model_validate model_validate_json model_validate_strings parse_file parse_obj
    parse_raw schema schema_json update_forward_refs validate
"""

LIBRARIES: Mapping[LibraryName, Library] = {
    "pydantic": Library(
        "pydantic",
        "pydantic_models",
        {**SCALARS, "decimal": _DECIMAL, "bytes": {**_TEXT, "customTypePath": "pydantic.Base64Bytes"}},
        frozenset(_BASE_MODEL.split()),
        _TYPING | {"BaseModel", "Dict", "RootModel", "Field", "ConfigDict", "Base64Bytes"},
        {"output_model_type": "pydantic_v2.BaseModel"},
    ),
    "msgspec": Library(
        "msgspec",
        "msgspec_models",
        {**SCALARS, "decimal": _DECIMAL, "bytes": {**_TEXT, "format": "binary"}},
        frozenset(),
        _TYPING | {"Struct", "Meta", "UNSET", "UnsetType"},
        {
            "output_model_type": "msgspec.Struct",
            "use_standard_primitive_types": True,
            "use_msgspec_tagged_unions": True,
        },
    ),
    "typeddict": Library(
        "typeddict",
        "typeddict_models",
        {kind: {"type": said["type"]} if "type" in said else {} for kind, said in SCALARS.items()},
        frozenset(),
        _TYPING | {"TypedDict", "NotRequired"},
        {"output_model_type": "typing.TypedDict", "use_closed_typed_dict": False, "no_alias": True},
    ),
}
