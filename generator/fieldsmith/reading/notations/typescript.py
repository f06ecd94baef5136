"""How TypeScript SDK pages spell types: nothing says optional or null, unions may stand without a link."""

from fieldsmith.reading.notations.base import Notation

TYPESCRIPT = Notation(
    name="typescript",
    scalars={
        "string": "string", "number": "number", "boolean": "boolean", "any": "any", "null": "null", "bigint": "integer",
        "Date": "datetime", "RFCDate": "date", "Uint8Array": "bytes", "Blob": "bytes", "File": "bytes",
        "ReadableStream<Uint8Array>": "bytes",
    },
    heads={"Record": "map", "Array": "list"},
    outside=frozenset({"AxiosResponse", "Response", "EventStream"}),
    brackets="<",
    suffixes={"[]": "list"},
    unions=True,
    index_maps=True,
    literals=True,
    constants={"true": True, "false": False},
    pages={"types/rfcdate.md": "date"},
    unlinked=True,
    extra="additionalProperties",
    silent="always",
)  # fmt: skip
