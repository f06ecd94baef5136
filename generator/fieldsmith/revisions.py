"""A git revision and paths -> the pages as that revision has them; the one door to another program, which is git."""

from __future__ import annotations

import os
import posixpath
import subprocess
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.jobs import COMMAND_LINE
from fieldsmith.limits import Limits
from fieldsmith.pipeline import Find
from fieldsmith.reading.sources import Source, common_folder, has_sound_name, is_page, is_small_enough, with_text

_LINK = "120000"
_FILES = ("100644", "100755", "100664")
# git looks nothing up elsewhere, asks nobody, and takes paths as they are spelled.
_QUIETLY = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1", "LC_ALL": "C"}


class _Entry(NamedTuple):
    """A file of a revision: its path below the top of the repository, what it is, and how many bytes it has."""

    path: str
    mode: str
    name: str
    size: int


class GitError(Exception):
    """What git said, in a line."""


def finding(revision: str, since: str | None = None) -> Find:
    """What finds pages as `revision` has them; with `since`, as they were where that one parted from it."""
    return partial(_find, revision, since)


def _find(
    revision: str, since: str | None, inputs: Sequence[Path], diagnostics: Diagnostics, limits: Limits
) -> tuple[Path | None, tuple[Source, ...]]:
    """Like `sources.find`; the root is `REVISION:folder`. What git refuses is a finding (FS500)."""
    try:
        repository = _Repository(inputs[0])
        commit = repository.commit(revision, since)
        pages = _Pages(repository, commit, diagnostics)
        for given in inputs:
            pages.add(given)
        return Path(f"{revision}:{pages.root}"), pages.sources(limits)
    except GitError as error:
        diagnostics.add("FS500", COMMAND_LINE, f"`{revision}`: {error}")
        return None, ()


class _Repository:
    """The repository that a path lies in."""

    def __init__(self, inside: Path) -> None:
        self.folder = next(str(folder) for folder in (inside, *inside.parents) if folder.is_dir())
        self.folder = os.path.realpath(self.run("rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape")[:-1])

    def run(self, *arguments: str, text: bytes = b"") -> bytes:
        command = ["git", "-C", self.folder, *arguments]
        try:
            done = subprocess.run(command, input=text, capture_output=True, env={**os.environ, **_QUIETLY}, check=False)
        except OSError as error:
            raise GitError(f"git cannot be run: {error.strerror}") from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
            raise GitError(said.removeprefix("fatal: ") or "there is no such path, and git knows no such revision")
        return done.stdout

    def commit(self, revision: str, since: str | None) -> str:
        """The number of the commit that a revision names, or of the one where it parted from `since`."""
        if since is not None:
            return self.run("merge-base", self.commit(revision, None), self.commit(since, None)).decode().strip()
        asked = f"{revision}^{{commit}}"
        return self.run("rev-parse", "--verify", "--quiet", "--end-of-options", asked).decode().strip()

    def below(self, path: Path) -> str:
        """A path as seen from the top of the repository."""
        seen = os.path.relpath(os.path.realpath(path), self.folder).replace(os.sep, "/")
        if seen.startswith(".."):
            raise GitError(f"{path} lies outside of the repository")
        return seen

    def tree(self, commit: str, path: str) -> list[_Entry]:
        """The files that a revision has at or below a path."""
        listed = self.run("ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", *([] if path == "." else [path]))
        entries = []
        for line in listed.decode("utf-8", "surrogateescape").split("\0")[:-1]:
            about, _, name = line.partition("\t")
            mode, _, number, size = about.split()
            entries.append(_Entry(name, mode, number, int(size) if size.isdigit() else 0))
        return entries

    def contents(self, names: Sequence[str]) -> list[bytes]:
        """The bytes of these objects."""
        out = self.run("cat-file", "--batch", text="".join(f"{name}\n" for name in names).encode())
        found, at = [], 0
        for _ in names:
            end = out.index(b"\n", at)
            size = int(out[at:end].split()[2])
            found.append(out[end + 1 : end + 1 + size])
            at = end + 2 + size
        return found


class _Pages:
    """The pages of a revision as they are found: by path, each with whether it was named itself."""

    def __init__(self, repository: _Repository, commit: str, diagnostics: Diagnostics) -> None:
        self.repository, self.commit, self.diagnostics = repository, commit, diagnostics
        self.files: dict[str, _Entry] = {}
        self.named: dict[str, bool] = {}
        self.bases: list[str] = []

    def add(self, given: Path) -> None:
        """The page of this path, or all pages below it."""
        path = self.repository.below(given)
        entries = self.repository.tree(self.commit, path)
        self.files |= {entry.path: entry for entry in entries}
        if not entries:
            self.diagnostics.add("FS001", Span(path, 1, 1), "the revision has no such file or folder")
        elif [entry.path for entry in entries] == [path]:
            self.bases.append(os.path.dirname(path) or ".")
            self.named[path] = True
        else:
            self.bases.append(path)
            for entry in entries:
                if _is_listed(entry.path[0 if path == "." else len(path) + 1 :]):
                    self.named.setdefault(entry.path, False)

    @property
    def root(self) -> str:
        """The folder that holds all that was given."""
        return (common_folder(self.bases) or ".") if self.bases else "."

    def sources(self, limits: Limits) -> tuple[Source, ...]:
        """The texts, with paths below the root; what is over a limit is a finding and not asked for."""
        wanted: list[tuple[Source, str]] = []
        above = "" if self.root == "." else f"{self.root}/"
        for path, named in self.named.items():
            seen = path.removeprefix(above)
            entry = self._followed(self.files[path], seen)
            sound = entry is not None and has_sound_name(seen, self.diagnostics)
            if entry is not None and sound and is_small_enough(seen, entry.size, limits, self.diagnostics):
                wanted.append((Source(seen, "", named), entry.name))
        texts = self.repository.contents([name for _, name in wanted])
        made = (with_text(one, data, limits, self.diagnostics) for (one, _), data in zip(wanted, texts, strict=True))
        return tuple(sorted((one for one in made if one is not None), key=lambda one: one.path))

    def _followed(self, entry: _Entry, seen: str) -> _Entry | None:
        """What a link leads to, where that is a file among those given, else a finding; other files themselves."""
        if entry.mode != _LINK:
            return entry if entry.mode in _FILES else None
        (target,) = self.repository.contents([entry.name])
        beside = posixpath.dirname(entry.path)
        found = self.files.get(posixpath.normpath(posixpath.join(beside, target.decode("utf-8", "surrogateescape"))))
        if found is None or found.mode not in _FILES:
            shown = seen.encode("utf-8", "backslashreplace").decode("utf-8")
            message = "this link leads to no file of the folder and is not followed"
            self.diagnostics.add("FS006", Span(shown, 1, 1), message)
            return None
        return found


def _is_listed(path: str) -> bool:
    *folders, name = path.split("/")
    return is_page(name) and not any(folder.startswith(".") for folder in folders)
