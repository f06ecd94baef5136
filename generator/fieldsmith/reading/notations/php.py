"""How PHP SDK pages spell types. One class stands for dates and date-times, so both are read as date-times."""

from fieldsmith.reading.notations.base import Notation

PHP = Notation(
    name="php",
    scalars={
        "string": "string", "int": "integer", "float": "number", "bool": "boolean", "mixed": "any", "null": "null",
        "\\DateTime": "datetime", "DateTime": "datetime", "\\Brick\\DateTime\\LocalDate": "date", "LocalDate": "date",
        "\\Brick\\Math\\BigInteger": "integer", "\\Brick\\Math\\BigDecimal": "decimal",
    },
    heads={"array": "array"},
    outside=frozenset({"\\Psr\\Http\\Message\\ResponseInterface"}),
    brackets="<",
    prefixes={"?": "optional"},
    unions=True,
    separators=frozenset({"\\"}),
    extra="additionalProperties",
)  # fmt: skip
