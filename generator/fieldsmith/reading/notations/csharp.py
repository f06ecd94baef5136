"""How C# and Unity SDK pages spell types: nothing says optional or null."""

from fieldsmith.reading.notations.base import Notation

CSHARP = Notation(
    name="csharp",
    scalars={
        "string": "string", "String": "string", "long": "integer", "int": "integer", "BigInteger": "integer",
        "double": "number", "float": "number", "decimal": "decimal", "bool": "boolean", "object": "any",
        "byte[]": "bytes", "DateTime": "datetime", "LocalDate": "date",
    },
    heads={"List": "list", "Dictionary": "map"},
    outside=frozenset({"HttpResponseMessage", "HttpRequestMessage", "UnityWebRequest"}),
    brackets="<",
    suffixes={"?": "optional"},
    extra="AdditionalProperties",
    silent="always",
    case="pascal",
)  # fmt: skip
