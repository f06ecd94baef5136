"""Finished modules of an emitted package -> its models, imported from memory; nothing of it stays."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from itertools import count
from types import ModuleType
from typing import Any

from fieldsmith.writing.plans import Rendered

_numbers = count()


class _Finder(MetaPathFinder, Loader):
    """Finds the modules of one package in texts, by paths below the package."""

    def __init__(self, package: str, texts: dict[str, str]) -> None:
        self.package, self.texts = package, texts

    def find_spec(self, fullname: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname.partition(".")[0] != self.package:
            return None
        place = fullname.replace(".", "/")
        for file, is_package in ((f"{place}.py", False), (f"{place}/__init__.py", True)):
            if file in self.texts:
                return ModuleSpec(fullname, self, origin=file, is_package=is_package)
        return None

    def exec_module(self, module: ModuleType) -> None:
        origin = module.__spec__.origin if module.__spec__ else None
        exec(compile(self.texts[str(origin)], f"<{origin}>", "exec", dont_inherit=True), module.__dict__)


@contextmanager
def imported(files: Iterable[Rendered]) -> Iterator[Callable[[str, str], Any]]:
    """What gives a class by its module's path in the package and its name.

    The files have passed the self-check: they hold no code but that of our templates, and no text of a page but in
    literals. They are compiled and run in this process; the disk is not written, and other modules do not see them.
    """
    package = f"fieldsmith_examples_{next(_numbers)}"
    finder = _Finder(package, {f"{package}/{file.path}": file.text for file in files if file.path.endswith(".py")})
    sys.meta_path.insert(0, finder)
    try:
        yield lambda module, name: getattr(import_module(f"{package}.{module}"), name)
    finally:
        sys.meta_path.remove(finder)
        for name in _modules_of(package, tuple(sys.modules)):
            del sys.modules[name]


def _modules_of(package: str, names: Sequence[str]) -> Iterator[str]:
    return (name for name in names if name == package or name.startswith(f"{package}."))
