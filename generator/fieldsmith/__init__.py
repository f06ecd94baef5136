"""Markdown field tables in, dataclasses with their serializers and documentation out.

`fieldsmith.build` is the tool as a function; it is loaded when it is first asked for, so that the command line answers
at once.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # type checkers know the name; typing's own takes longer to load than all that is needed here
if TYPE_CHECKING:
    from fieldsmith.api import BuildError, Built, Package, build

__all__ = ["BuildError", "Built", "Package", "__version__", "build"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("fieldsmith.api"), name)
