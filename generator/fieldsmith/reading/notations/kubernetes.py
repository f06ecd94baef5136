"""Kubernetes' custom resources as crd-ref-docs spells their types: `T array`, `object (keys:K, values:V)`, links.

Types of Kubernetes itself that have a form of their own in JSON are read as that, where no page defines one so called.
"""

from fieldsmith.reading.notations.base import Notation

KUBERNETES = Notation(
    name="kubernetes",
    scalars={
        "string": "string", "integer": "integer", "float": "number", "boolean": "boolean", "object": "any",
        "struct": "any", "any": "any", "interface": "any",
    },
    heads={"object": "map"},
    brackets="(",
    trails={"array": "list"},
    arguments=("keys", "values"),
    unions=True,
    literals=True,
    free_labels=True,
    labels={
        "Duration": "string", "IntOrString": "integer | string", "JSON": "any", "ListMeta": "map[string, any]",
        "MicroTime": "datetime", "ObjectMeta": "map[string, any]", "Quantity": "string | number",
        "RawExtension": "any", "Time": "datetime", "UID": "string",
    },
    elsewhere=True,
    case="camel",
    silent="always",
)  # fmt: skip
