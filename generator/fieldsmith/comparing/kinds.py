"""The kinds of change that there are -> what each does to those who read the data, to those who write it, to a version.

EVOLUTION.md has this table in words, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Verdict = Literal["breaking", "warning", "compatible"]
Part = Literal["major", "minor", "patch"]
Kind = Literal[
    "definition-added",
    "definition-removed",
    "definition-moved",
    "definition-renamed",
    "field-added-optional",
    "field-added-required",
    "field-removed-optional",
    "field-removed-required",
    "required-added",
    "required-removed",
    "null-added",
    "null-removed",
    "type-widened",
    "type-narrowed",
    "type-changed",
    "type-respelled",
    "const-changed",
    "option-added",
    "option-removed",
    "options-reordered",
    "discriminator-added",
    "discriminator-removed",
    "discriminator-changed",
    "tag-added",
    "tag-removed",
    "tag-moved",
    "value-added-closed",
    "value-added-open",
    "value-removed-closed",
    "value-removed-open",
    "value-renamed",
    "enum-opened",
    "enum-closed",
    "additional-added",
    "additional-removed",
    "additional-retyped",
    "constraint-tightened",
    "constraint-loosened",
    "constraint-changed",
    "default-added",
    "default-removed",
    "default-changed",
    "deprecated",
    "undeprecated",
    "docs-changed",
]


class Rule(NamedTuple):
    """What a kind of change comes to; `strict` where keys that are not documented are refused, else None."""

    said: str
    readers: Verdict
    writers: Verdict
    version: Part
    strict: tuple[Verdict, Verdict] | None = None


RULES: Mapping[Kind, Rule] = {
    "definition-added": Rule("definition added", "compatible", "compatible", "minor"),
    "definition-removed": Rule("definition removed", "breaking", "breaking", "major"),
    "definition-moved": Rule("definition moved to another page", "compatible", "compatible", "minor"),
    "definition-renamed": Rule("definition renamed", "compatible", "compatible", "major"),
    "field-added-optional": Rule(
        "optional field added", "compatible", "compatible", "minor", ("breaking", "compatible")
    ),
    "field-added-required": Rule("required field added", "compatible", "breaking", "major", ("breaking", "breaking")),
    "field-removed-optional": Rule("optional field removed", "warning", "warning", "minor", ("warning", "breaking")),
    "field-removed-required": Rule("required field removed", "breaking", "warning", "major", ("breaking", "breaking")),
    "required-added": Rule("field is required now", "compatible", "breaking", "major"),
    "required-removed": Rule("field may be absent now", "breaking", "compatible", "major"),
    "null-added": Rule("null is allowed now", "breaking", "compatible", "major"),
    "null-removed": Rule("null is refused now", "compatible", "breaking", "major"),
    "type-widened": Rule("type takes more values", "breaking", "compatible", "major"),
    "type-narrowed": Rule("type takes fewer values", "compatible", "breaking", "major"),
    "type-changed": Rule("type takes other values", "breaking", "breaking", "major"),
    "type-respelled": Rule("type is written otherwise, for the same values", "compatible", "compatible", "minor"),
    "const-changed": Rule("constant changed", "breaking", "breaking", "major"),
    "option-added": Rule("option added to the union", "breaking", "compatible", "major"),
    "option-removed": Rule("option removed from the union", "compatible", "breaking", "major"),
    "options-reordered": Rule("options of the union reordered", "warning", "compatible", "minor"),
    "discriminator-added": Rule("union has a discriminator now", "compatible", "warning", "minor"),
    "discriminator-removed": Rule("union has no discriminator any more", "warning", "compatible", "minor"),
    "discriminator-changed": Rule("another field is the discriminator", "breaking", "breaking", "major"),
    "tag-added": Rule("tag added for an option", "breaking", "compatible", "major"),
    "tag-removed": Rule("tag of an option removed", "compatible", "breaking", "major"),
    "tag-moved": Rule("tag stands for another option", "breaking", "breaking", "major"),
    "value-added-closed": Rule("value added to a closed enum", "breaking", "compatible", "major"),
    "value-added-open": Rule("value added to an open enum", "compatible", "compatible", "minor"),
    "value-removed-closed": Rule("value removed from a closed enum", "compatible", "breaking", "major"),
    "value-removed-open": Rule("value removed from an open enum", "compatible", "warning", "minor"),
    "value-renamed": Rule("name of a value changed", "compatible", "compatible", "major"),
    "enum-opened": Rule("other values may come now", "breaking", "compatible", "major"),
    "enum-closed": Rule("other values are refused now", "compatible", "breaking", "major"),
    "additional-added": Rule(
        "further keys are taken now", "compatible", "compatible", "minor", ("breaking", "compatible")
    ),
    "additional-removed": Rule(
        "further keys are taken no longer", "warning", "warning", "minor", ("warning", "breaking")
    ),
    "additional-retyped": Rule(
        "type of a further key, as it has become a field or was one, changed", "warning", "warning", "minor"
    ),
    "constraint-tightened": Rule("values are limited more narrowly", "compatible", "breaking", "major"),
    "constraint-loosened": Rule("values are limited less narrowly", "breaking", "compatible", "major"),
    "constraint-changed": Rule("values are limited otherwise", "breaking", "breaking", "major"),
    "default-added": Rule("default added", "compatible", "compatible", "minor"),
    "default-removed": Rule("default removed", "warning", "warning", "minor"),
    "default-changed": Rule("default changed", "warning", "warning", "minor"),
    "deprecated": Rule("deprecated", "warning", "warning", "minor"),
    "undeprecated": Rule("deprecated no longer", "compatible", "compatible", "minor"),
    "docs-changed": Rule("documentation changed", "compatible", "compatible", "patch"),
}
