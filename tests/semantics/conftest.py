"""The packages that the tests of this folder share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from semantics.collected import collected
from semantics.packages import Packages


@pytest.fixture(scope="session")
def packages() -> Iterator[Packages]:
    with ExitStack() as stack:
        yield Packages(collected(), stack)
