"""The generator of models as it is installed -> its version, and a file that changes whenever it does."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from fieldsmith.writing.plans import MODELS

GENERATOR = "datamodel-code-generator"


def installed() -> str:
    """The version that is installed, "" for none."""
    from importlib.metadata import PackageNotFoundError, version  # takes its time

    try:
        return version(GENERATOR)
    except PackageNotFoundError:
        return ""


def version_for(targets: Iterable[str]) -> str:
    """What the output for these targets depends on beside pages and settings."""
    return installed() if MODELS & {*targets} else ""


def file_for(targets: Iterable[str]) -> list[str]:
    """The file whose change says that the generator is another one; none where these targets have no use for it."""
    spec = find_spec("datamodel_code_generator") if MODELS & {*targets} else None
    return [spec.origin] if spec is not None and spec.origin else []
