"""A class that somebody wrote -> its fields: of dataclasses, attrs, pydantic and msgspec, told by what they carry.

None of these libraries is imported here: a class that is one of theirs has brought its library along.
"""

from __future__ import annotations

import dataclasses
import enum
import sys
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, get_args

_NOTHING = object()


class Member(NamedTuple):
    """One field of a class.

    `wire` is its name in the JSON, None where the class does not say. A `factory` makes a default that is not looked
    at. `further` fields hold the values of further keys. Of an annotation that is not `resolved`, names are still text.
    `marks` are what stood beside the annotation in `Annotated`, where the library has taken it apart.
    """

    name: str
    wire: str | None
    annotation: Any
    default: object = _NOTHING
    factory: bool = False
    discriminator: str | None = None
    further: bool = False
    resolved: bool = False
    marks: tuple[object, ...] = ()

    @property
    def required(self) -> bool:
        return self.default is _NOTHING and not self.factory

    @property
    def has_default(self) -> bool:
        return self.default is not _NOTHING


def is_root(cls: type) -> bool:
    """Whether a class of pydantic's stands for its one value."""
    return hasattr(cls, "__pydantic_root_model__") and bool(cls.__pydantic_root_model__)


def is_model(cls: object) -> bool:
    """Whether a class has fields that can be listed."""
    if not isinstance(cls, type) or issubclass(cls, enum.Enum):
        return False
    return _is_pydantic(cls) or any(
        hasattr(cls, mark) for mark in ("__struct_fields__", "__attrs_attrs__", "__dataclass_fields__")
    )


def members_of(cls: type) -> Iterator[Member]:
    """The fields of a class, in their order."""
    if _is_pydantic(cls):
        yield from _of_pydantic(cls)
    elif hasattr(cls, "__struct_fields__"):
        yield from _of_msgspec(cls)
    elif hasattr(cls, "__attrs_attrs__"):
        yield from _of_attrs(cls)
    else:
        yield from _of_dataclass(cls)


def _is_pydantic(cls: type) -> bool:
    return hasattr(cls, "model_fields") and hasattr(cls, "model_config")


def _of_pydantic(cls: Any) -> Iterator[Member]:
    if not cls.__pydantic_complete__:  # it names classes that came after it
        cls.model_rebuild(raise_errors=False)
    for name, info in cls.model_fields.items():
        aliases = (info.serialization_alias, info.alias, info.validation_alias)
        alias = next((one for one in aliases if isinstance(one, str)), None)
        wanted = info.is_required() or info.default_factory is not None
        discriminator = info.discriminator if isinstance(info.discriminator, str) else None
        default = _NOTHING if wanted else info.default
        factory = info.default_factory is not None
        marks = tuple(info.metadata)
        wire = alias or name
        yield Member(name, wire, info.annotation, default, factory, discriminator, resolved=True, marks=marks)
    if cls.model_config.get("extra") == "allow":
        yield Member("__pydantic_extra__", None, dict[str, Any], further=True)  # unless a hint says more


def _of_msgspec(cls: Any) -> Iterator[Member]:
    config = cls.__struct_config__
    if config.tag_field is not None and config.tag is not None:
        yield Member(config.tag_field, config.tag_field, Literal[config.tag], resolved=True)
    nothing = sys.modules["msgspec"].NODEFAULT
    for info in sys.modules["msgspec.structs"].fields(cls):
        default = _NOTHING if info.default is nothing else info.default
        factory = info.default_factory is not nothing
        yield Member(info.name, info.encode_name, info.type, default, factory, resolved=True)


def _of_attrs(cls: Any) -> Iterator[Member]:
    nothing = sys.modules["attr"].NOTHING
    for one in cls.__attrs_attrs__:
        factory = type(one.default).__name__ == "Factory"
        default = _NOTHING if one.default is nothing or factory else one.default
        yield Member(one.name, _wire(one.metadata), one.type, default, factory, further=_is_further(one.metadata))


def _of_dataclass(cls: Any) -> Iterator[Member]:
    for one in dataclasses.fields(cls):
        default = _NOTHING if one.default is dataclasses.MISSING else one.default
        factory = one.default_factory is not dataclasses.MISSING
        yield Member(one.name, _wire(one.metadata), one.type, default, factory, further=_is_further(one.metadata))


def _wire(metadata: Mapping[Any, Any]) -> str | None:
    """The name in the JSON, as packages of ours and mashumaro's classes note it."""
    found = metadata.get("wire", metadata.get("alias"))
    return found if isinstance(found, str) else None


def _is_further(metadata: Mapping[Any, Any]) -> bool:
    return metadata.get("additional") is True


def value_of_map(annotation: Any) -> Any:
    """What the values of a map are, of an annotation such as `dict[str, int]`."""
    arguments = get_args(annotation)
    return arguments[1] if len(arguments) == 2 else Any
