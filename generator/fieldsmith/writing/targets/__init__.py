"""One output a module: each has a `TARGET`, and a template folder of its own name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from fieldsmith.schema import Definition
from fieldsmith.writing.plans import FilePlan
from fieldsmith.writing.python import Package


class Target(NamedTuple):
    """One kind of output, in two parts: so a page's files can be made without those of the others.

    `of_page` plans the files of one page, from its path and its definitions, `of_package` those that all pages share.
    """

    of_page: Callable[[Package, str, Sequence[Definition]], Iterator[FilePlan]]
    of_package: Callable[[Package], Iterator[FilePlan]]
