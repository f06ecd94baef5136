"""Unions of models -> the field that tells the members apart, where there is one; a finding where nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.reading.canonical import parts_of, rebuild
from fieldsmith.reading.names import shorten
from fieldsmith.schema import (
    Alias,
    Const,
    Definition,
    Discriminator,
    Enum,
    ListOf,
    MapOf,
    Model,
    Nullable,
    OneOf,
    Ref,
    Scalar,
    TypeExpr,
)

# The fields of a model: whether each is required, and what it looks like.
Shape = Mapping[str, tuple[bool, str]]
# Unions with more members than this are not searched for pairs that look alike.
_MOST_COMPARED = 60


class Discriminators:
    """Finds discriminators among `definitions`; remembers each union it has judged."""

    def __init__(
        self, definitions: Iterable[Definition], told: Mapping[str, Discriminator], diagnostics: Diagnostics
    ) -> None:
        """`told` are the discriminators that pages state, by the key of their union."""
        self.known = {one.key: one for one in definitions}
        self.told = told
        self.diagnostics = diagnostics
        self._tags: dict[str, dict[str, str]] = {}
        self._shapes: dict[str, Shape] = {}
        self._alike: dict[tuple[str, str], bool] = {}
        self._values: dict[str, str] = {}
        self._found: dict[tuple[str, ...], Discriminator | None] = {}

    def complete(self, definition: Definition) -> Definition:
        """`definition` with a discriminator on every union in its types that has one."""
        match definition:
            case Model():
                return self.model(definition)
            case Alias():
                type_ = self.alias(definition)
                return definition if type_ is definition.type else definition._replace(type=type_)
            case Enum():
                return definition

    def alias(self, alias: Alias) -> TypeExpr:
        told = self.told.get(alias.key)
        union = alias.type.inner if isinstance(alias.type, Nullable) else alias.type
        if told is None or not isinstance(union, OneOf) or not self.is_sound(told, union, alias.span):
            return self.typed(alias.type, alias.span)
        union = replace(union, discriminator=told)
        return Nullable(union) if isinstance(alias.type, Nullable) else union

    def is_sound(self, told: Discriminator, union: OneOf, span: Span) -> bool:
        """Whether a discriminator can tell: all members are models, all that it selects are members, with its field.

        A finding where it cannot.
        """
        members = {model.key: model for model in self.models_of(union.options) or ()}
        if not members:
            message = f"{shorten(told.field)} cannot tell members that are no models"
            self.diagnostics.add("FS112", span, message, "hold the others in models, or take the discriminator out")
            return False
        for _, key in told.mapping:
            name = shorten(self.known[key].name if key in self.known else key)
            if key not in members:
                self.diagnostics.add("FS112", span, f"{name}, which {shorten(told.field)} selects, is no member")
                return False
            if all(field.name != told.field for field in members[key].fields):
                message = f"{shorten(told.field)} cannot tell {name} from others: it has no such field"
                self.diagnostics.add("FS112", span, message, "name a field that all members of the union have")
                return False
        return True

    def model(self, model: Model) -> Model:
        types = [self.typed(field.type, field.span) for field in model.fields]
        extra = self.typed(model.additional, model.span) if model.additional is not None else None
        same = all(type_ is field.type for type_, field in zip(types, model.fields, strict=True))
        if same and extra is model.additional:
            return model
        fields = tuple(field._replace(type=type_) for type_, field in zip(types, model.fields, strict=True))
        return model._replace(fields=fields, additional=extra)

    def typed(self, type_: TypeExpr, span: Span) -> TypeExpr:
        parts = parts_of(type_)
        if not parts:
            return type_
        done = tuple(self.typed(part, span) for part in parts)
        same = all(new is old for new, old in zip(done, parts, strict=True))
        rebuilt = type_ if same else rebuild(type_, done)
        if not isinstance(rebuilt, OneOf):
            return rebuilt
        told = type_.discriminator if isinstance(type_, OneOf) else None
        if told is not None and self.is_sound(told, rebuilt, span):
            return replace(rebuilt, discriminator=told)
        return self.union(replace(rebuilt, discriminator=None), span)

    def union(self, union: OneOf, span: Span) -> OneOf:
        keys = tuple(option.key for option in union.options if isinstance(option, Ref) and option.key is not None)
        if keys not in self._found:
            models = self.models_of(union.options)
            self._found[keys] = self.discriminator(models) if models else None
            if self._found[keys] is None:
                self.compare(union, span)
        found = self._found[keys] if len(keys) == len(union.options) else None
        return replace(union, discriminator=found) if found else union

    def models_of(self, options: Iterable[TypeExpr]) -> list[Model] | None:
        """The models that all `options` stand for, nested unions opened; None where one stands for anything else."""
        models: dict[str, Model] = {}
        seen: set[str] = set()
        waiting = list(options)[::-1]
        while waiting:
            option = waiting.pop()
            if isinstance(option, OneOf):
                waiting.extend(option.options[::-1])
                continue
            if not isinstance(option, Ref) or option.key is None:
                return None
            target = self.known.get(option.key)
            if isinstance(target, Model):
                models[target.key] = target
            elif not isinstance(target, Alias):
                return None
            elif target.key not in seen:
                seen.add(target.key)
                waiting.append(target.type)
        return list(models.values())

    def discriminator(self, models: list[Model]) -> Discriminator | None:
        """The first field, in the order of the first model, that all require and that has another text in each."""
        if len(models) < 2:
            return None
        common = set(self.tags(models[0]))
        for model in models[1:]:
            common &= self.tags(model).keys()
        for field in (field for field in self.tags(models[0]) if field in common):
            mapping = {self.tags(model)[field]: model.key for model in models}
            if len(mapping) == len(models):
                return Discriminator(field, tuple(mapping.items()))
        return None

    def tags(self, model: Model) -> dict[str, str]:
        """Required fields of `model` that can hold but one text."""
        if model.key not in self._tags:
            texts = ((field.name, self.only_text(field.type)) for field in model.fields if field.required)
            self._tags[model.key] = {name: text for name, text in texts if text is not None}
        return self._tags[model.key]

    def only_text(self, type_: TypeExpr) -> str | None:
        for _ in range(8):
            target = self.known.get(type_.key) if isinstance(type_, Ref) and type_.key is not None else None
            if isinstance(type_, Const):
                return type_.value if isinstance(type_.value, str) else None
            if isinstance(target, Enum) and len(target.values) == 1 and not target.open:
                value = target.values[0].value
                return value if isinstance(value, str) else None
            if not isinstance(target, Alias):
                return None
            type_ = target.type
        return None

    # unions without a discriminator
    def compare(self, union: OneOf, span: Span) -> None:
        """A finding for the first two members that hold the very same values as far as JSON shows."""
        models = [
            target
            for option in union.options
            if isinstance(option, Ref) and option.key and isinstance(target := self.known.get(option.key), Model)
        ]
        if len(models) > _MOST_COMPARED:
            return
        for one, other in combinations(models, 2):
            if self.are_alike(one, other):
                pair = f"{shorten(one.name)} from {shorten(other.name)}"
                message = f"nothing tells {pair} in this union; the first that fits is taken"
                self.diagnostics.add("FS109", span, message)
                return

    def are_alike(self, one: Model, other: Model) -> bool:
        """Whether nothing tells two models apart: found out once a pair, as many unions may have the same members."""
        pair = (one.key, other.key)
        if pair not in self._alike:
            self._alike[pair] = _alike(self.shape(one), self.shape(other))
        return self._alike[pair]

    def shape(self, model: Model) -> Shape:
        if model.key not in self._shapes:
            self._shapes[model.key] = {field.name: (field.required, self.look(field.type)) for field in model.fields}
        return self._shapes[model.key]

    def look(self, type_: TypeExpr) -> str:
        """What of a type can be seen in JSON; "" where that is not one thing."""
        match type_:
            case Nullable(inner):
                return self.look(inner)
            case Scalar(kind):
                return {"any": "", "integer": "number", "number": "number", "boolean": "boolean"}.get(kind, "string")
            case Const(value):
                return f"={value!r}"
            case ListOf():
                return "list"
            case MapOf():
                return "object"
            case Ref(key, _) if key is not None:
                target = self.known.get(key)
                if isinstance(target, Enum) and not target.open:
                    if key not in self._values:
                        self._values[key] = "=" + "|".join(sorted(repr(value.value) for value in target.values))
                    return self._values[key]
                return "object" if isinstance(target, Model) else ""
        return ""


def _alike(one: Shape, other: Shape) -> bool:
    """Whether two models have the same fields, and none that looks another way: constants do even where optional."""
    if one.keys() != other.keys():
        return False
    for name, (needed, look) in one.items():
        other_needed, other_look = other[name]
        constants = look.startswith("=") and other_look.startswith("=")
        if look and other_look and look != other_look and (constants or (needed and other_needed)):
            return False
    return True
