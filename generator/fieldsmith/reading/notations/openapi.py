"""How OpenAPI Generator's pages spell types: each language's own words in bold, and what this generator adds to them.

Nothing says null but `Nullable` in Go, and `Option` around a required field in Rust.
"""

from collections.abc import Mapping
from dataclasses import replace

from fieldsmith.reading.notations.base import Notation, Role
from fieldsmith.reading.notations.csharp import CSHARP
from fieldsmith.reading.notations.dart import DART
from fieldsmith.reading.notations.go import GO
from fieldsmith.reading.notations.java import JAVA
from fieldsmith.reading.notations.php import PHP
from fieldsmith.reading.notations.python import PYTHON
from fieldsmith.reading.notations.ruby import RUBY
from fieldsmith.reading.notations.rust import RUST
from fieldsmith.reading.notations.typescript import TYPESCRIPT
from fieldsmith.schema import ScalarKind


def _bold(base: Notation, scalars: Mapping[str, ScalarKind], heads: Mapping[str, Role]) -> Notation:
    return replace(
        base,
        scalars={**base.scalars, **scalars},
        heads={**base.heads, **heads},
        outside=frozenset(),
        linked={},
        extra="",
        told_apart=False,
        once_mute=False,
        silent="always",
        bold=True,
    )


_GO_WORDS: Mapping[str, ScalarKind] = {
    "String": "string", "Int": "integer", "Int32": "integer", "Int64": "integer", "Float32": "number",
    "Float64": "number", "Bool": "boolean", "Time": "datetime", "os.File": "bytes", "*os.File": "bytes",
}  # fmt: skip

OPENAPI: tuple[Notation, ...] = (
    _bold(PYTHON, {"object": "any", "bytearray": "bytes", "UUID": "uuid"}, {"Set": "list"}),
    _bold(TYPESCRIPT, {"object": "any"}, {"Set": "list"}),
    replace(_bold(GO, _GO_WORDS, {}), leads={"Pointer to": "optional"}, glued={"Nullable": "nullable"}),
    _bold(JAVA, {"File": "bytes", "UUID": "uuid", "URI": "string"}, {"Set": "list"}),
    _bold(CSHARP, {"Object": "any", "Guid": "uuid", "DateOnly": "date", "DateTimeOffset": "datetime"}, {}),
    replace(_bold(PHP, {"object": "any", "\\SplFileObject": "bytes"}, {}), suffixes={"[]": "list"}),
    _bold(RUBY, {"Boolean": "boolean", "BOOLEAN": "boolean", "Time": "datetime", "File": "bytes"},
          {"Array": "list", "Hash": "map", "Set": "list"}),
    replace(_bold(RUST, {}, {}), unions=True, literals=True),
    _bold(DART, {}, {}),
)  # fmt: skip
