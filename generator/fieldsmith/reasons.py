"""What a run has written -> why it did, file by file, for those who ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fieldsmith.pipeline import Build
from fieldsmith.writing.compare import Change, Changes
from fieldsmith.writing.manifest import digest, inputs


class Reasons(NamedTuple):
    """What is known about one job: what it made, what it changed, and the digests of the pages at the last run."""

    made: Build
    changes: Changes
    before: Mapping[str, str]

    def why(self, change: Change) -> str:
        """Why a file was written or removed, in a few words."""
        known = self.changes.known.get(change.path, frozenset())
        if change.new is None:
            return "no page makes it any more"
        if change.old is None:
            return "it was not there" if known else "it is new"
        return "it was edited by hand" if digest(change.old) not in known else self._other(change.path)

    def _other(self, path: str) -> str:
        """Why a file of ours is to be another."""
        page = self.made.origins.get(path)
        if page is not None and page not in self.before:
            return f"{page} is new"
        if page is not None and self.before[page] != self.made.inputs[page]:
            return f"{page} changed"
        if self.before == self.made.inputs:
            return "settings, overlays, templates or fieldsmith itself changed"
        return "all pages have a part in it" if page is None else f"a definition that {page} leads to changed"


def reasons(made: Build, changes: Changes) -> Reasons:
    """What can be said of a run that has written `changes`."""
    manifest = changes.manifest
    return Reasons(made, changes, inputs(manifest.old) if manifest is not None and manifest.old else {})
