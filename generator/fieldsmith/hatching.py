"""A project that hatchling builds -> its packages made first, and taken into sdist and wheel: the hook `fieldsmith`.

hatchling itself loads this module, through the entry point in pyproject.toml; nothing else needs hatchling.
"""

from __future__ import annotations

import re
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.plugin import hookimpl

from fieldsmith.api import BuildError, build
from fieldsmith.commands.running import Run
from fieldsmith.flags import Flags
from fieldsmith.jobs import Job
from fieldsmith.recall import FOLDER
from fieldsmith.report import as_text
from fieldsmith.writing.paths import MANIFEST

_OPTIONS = ("config", "dependencies", "enable-by-default", "require-runtime-dependencies", "require-runtime-features")
_OURS = re.compile(r"(^|/)\.fieldsmith(?!\.json$)[^/]*(/|$)")  # cache, lock, journal, temporary files


class FieldsmithBuildHook(BuildHookInterface[BuilderConfig]):
    """`[tool.hatch.build.hooks.fieldsmith]`; its option `config` names a settings file other than pyproject.toml."""

    PLUGIN_NAME = "fieldsmith"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Generate, and let what was generated in, though version control ignores it."""
        settings = self._settings()
        jobs = Run(Flags(config=str(settings), quiet=True)).jobs
        if not self._came_along(jobs):
            self._generate(settings)
        self._exclude(f"{FOLDER}/")
        for job in jobs:
            folder = self._below(job.output)
            ours = f"{folder}/.fieldsmith*"
            build_data["artifacts"] += [f"{folder}/**", f"!{ours}", f"!{ours}/**", f"{folder}/{MANIFEST}"]
            self._exclude(ours, f"!{folder}/{MANIFEST}")

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Refuse an archive with files of ours that are none of the package's."""
        for name in _names(Path(artifact_path)) if version == "standard" else ():
            if _OURS.search(name):
                self._stop(f"{name} of fieldsmith's own is in {artifact_path}; do not include the folder by force")

    def _settings(self) -> Path:
        unknown = sorted(set(self.config) - set(_OPTIONS))
        if unknown:
            self._stop(f"the hook has no option {unknown[0]!r}; settings of fieldsmith belong into [tool.fieldsmith]")
        name = self.config.get("config", "pyproject.toml")
        if not isinstance(name, str):
            self._stop("the hook's option `config` is the path of a settings file")
        return Path(self.root, name)

    def _came_along(self, jobs: Sequence[Job]) -> bool:
        """Whether this is an sdist that somebody made without the pages: what was generated is all there is."""
        pages = all(page.exists() for job in jobs for page in job.pages)
        outputs = all((job.output / MANIFEST).is_file() for job in jobs)
        return Path(self.root, "PKG-INFO").is_file() and outputs and not pages

    def _generate(self, settings: Path) -> None:
        try:
            built = build(config=settings)
        except BuildError as error:
            self._stop(str(error))
        if built.findings:
            self.app.display_warning(as_text(built.findings, colour=False).rstrip("\n"))

    def _below(self, folder: Path) -> str:
        """The folder as a pattern that hatchling anchors at the project's root."""
        try:
            below = folder.resolve().relative_to(Path(self.root).resolve())
        except ValueError:
            self._stop(f"the output folder {folder} lies outside the project")
        return "/" + re.sub(r"([\\*?\[! #])", r"\\\1", below.as_posix())

    def _exclude(self, *patterns: str) -> None:
        """Keep files out that version control does not ignore; hooks are given no other door to this list."""
        of_target = "exclude" in self.build_config.target_config
        config = self.build_config.target_config if of_target else self.build_config.build_config
        config["exclude"] = [*config.get("exclude", ()), *patterns]

    def _stop(self, message: str) -> NoReturn:
        """End the build with a message in place of a traceback."""
        self.app.abort(f"fieldsmith: {message}")
        raise SystemExit(1)


def _names(archive: Path) -> list[str]:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.namelist()
    with tarfile.open(archive) as sdist:
        return sdist.getnames()


@hookimpl
def hatch_register_build_hook() -> type[FieldsmithBuildHook]:
    """What hatchling asks a plugin for."""
    return FieldsmithBuildHook
