"""All notations by name. Their order decides between notations that read a set of pages equally well."""

from fieldsmith.reading.notations.base import Notation
from fieldsmith.reading.notations.csharp import CSHARP
from fieldsmith.reading.notations.fieldsmith import FIELDSMITH
from fieldsmith.reading.notations.go import GO
from fieldsmith.reading.notations.java import JAVA
from fieldsmith.reading.notations.php import PHP
from fieldsmith.reading.notations.python import PYTHON
from fieldsmith.reading.notations.ruby import RUBY
from fieldsmith.reading.notations.typescript import TYPESCRIPT

NOTATIONS: dict[str, Notation] = {
    notation.name: notation for notation in (PYTHON, TYPESCRIPT, GO, JAVA, CSHARP, PHP, RUBY, FIELDSMITH)
}

__all__ = ["NOTATIONS", "Notation"]
