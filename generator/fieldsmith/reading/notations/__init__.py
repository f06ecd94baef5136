"""All notations by name, and those among which pages of SDKs vote, in the order that decides between equals."""

from fieldsmith.reading.notations.base import Notation
from fieldsmith.reading.notations.csharp import CSHARP
from fieldsmith.reading.notations.dart import DART
from fieldsmith.reading.notations.discord import DISCORD
from fieldsmith.reading.notations.fieldsmith import FIELDSMITH
from fieldsmith.reading.notations.go import GO
from fieldsmith.reading.notations.java import JAVA
from fieldsmith.reading.notations.kubernetes import KUBERNETES
from fieldsmith.reading.notations.oas import OAS
from fieldsmith.reading.notations.php import PHP
from fieldsmith.reading.notations.plain import PLAIN
from fieldsmith.reading.notations.protobuf import PROTOBUF
from fieldsmith.reading.notations.python import PYTHON
from fieldsmith.reading.notations.ruby import RUBY
from fieldsmith.reading.notations.rust import RUST
from fieldsmith.reading.notations.terraform import TERRAFORM
from fieldsmith.reading.notations.typescript import TYPESCRIPT

SDKS: tuple[Notation, ...] = (PYTHON, TYPESCRIPT, GO, JAVA, CSHARP, PHP, RUBY)
_ALL = (*SDKS, RUST, DART, PLAIN, DISCORD, OAS, PROTOBUF, KUBERNETES, TERRAFORM, FIELDSMITH)
NOTATIONS: dict[str, Notation] = {notation.name: notation for notation in _ALL}

__all__ = ["NOTATIONS", "SDKS", "Notation"]
