"""Pages and settings -> packages on the disk, for programs: what `fieldsmith generate` does, without a word printed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from fieldsmith.commands.generate import Written, write_all
from fieldsmith.commands.running import Run
from fieldsmith.crew import Executor
from fieldsmith.diagnostics import Diagnostic
from fieldsmith.flags import Flags
from fieldsmith.report import as_text

Paths = Sequence[str | os.PathLike[str]]


class BuildError(Exception):
    """Nothing was written; `findings` say why, each with its place. `str()` is what the command line prints."""

    def __init__(self, findings: Sequence[Diagnostic]) -> None:
        super().__init__(as_text(findings, colour=False).rstrip("\n"))
        self.findings = tuple(findings)


class Package(NamedTuple):
    """One package that was built: its folder, and the paths in it, with `/`, that were written, removed and kept."""

    name: str
    output: Path
    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


class Built(NamedTuple):
    """All packages of a run, one a job, and the warnings."""

    packages: tuple[Package, ...]
    findings: tuple[Diagnostic, ...]


def build(
    pages: Paths = (),
    output: str | os.PathLike[str] | None = None,
    *,
    config: str | os.PathLike[str] | None = None,
    strict: bool = False,
    force: bool = False,
    jobs: int | None = None,
    executor: Executor | None = None,
) -> Built:
    """Make what the pages and settings say, as `fieldsmith generate` does; BuildError where it cannot be.

    `pages` are files and folders, `output` is the package's folder; where they are left out, the settings file says
    them: `config`, else the nearest pyproject.toml. `executor` is anything with the interface of
    `concurrent.futures.Executor`; what can be done side by side is given to it. Without one, a large run starts `jobs`
    processes of its own, by default one a core. The files do not depend on either.
    """
    flags = Flags(
        pages=tuple(os.fspath(page) for page in pages),
        output=None if output is None else os.fspath(output),
        config=None if config is None else os.fspath(config),
        strict=strict,
        jobs=jobs,
        quiet=True,
    )
    run = Run(flags, executor)
    packages = tuple(map(_package, write_all(run, force=force)))
    if any(each.severity == "error" for each in run.findings()):
        raise BuildError(run.findings())
    return Built(packages, run.findings())


def _package(written: Written) -> Package:
    files = written.changes.files
    return Package(
        name=written.job.name,
        output=written.job.output,
        written=tuple(each.path for each in files if each.new is not None),
        removed=tuple(each.path for each in files if each.new is None),
        unchanged=written.changes.unchanged,
    )
