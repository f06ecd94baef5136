"""Terraform's types (developer.hashicorp.com, "Type Constraints"): a set is a list in JSON, and keys of maps are texts.

Objects are models of their own by the time that a type is read in this notation.
"""

from fieldsmith.reading.notations.base import Notation

TERRAFORM = Notation(
    name="terraform",
    scalars={"string": "string", "number": "number", "bool": "boolean", "any": "any"},
    heads={"list": "list", "set": "list", "map": "values"},
    brackets="(",
    unions=True,
    free_labels=True,
    case="snake",
    silent="always",
)
