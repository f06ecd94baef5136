"""How Java SDK pages spell types. Older pages have no word for optional or null at all."""

from fieldsmith.reading.notations.base import Notation

JAVA = Notation(
    name="java",
    scalars={
        "String": "string", "long": "integer", "Long": "integer", "int": "integer", "Integer": "integer",
        "BigInteger": "integer", "double": "number", "Double": "number", "float": "number", "Float": "number",
        "BigDecimal": "decimal", "boolean": "boolean", "Boolean": "boolean", "Object": "any", "byte[]": "bytes",
        "InputStream": "bytes", "Blob": "bytes", "OffsetDateTime": "datetime", "LocalDate": "date",
    },
    heads={"List": "list", "Map": "map", "Optional": "optional", "JsonNullable": "optional-nullable"},
    outside=frozenset({"HttpResponse", "EventStream", "?"}),
    brackets="<",
    extra="additionalProperties",
    once_mute=True,
)  # fmt: skip
