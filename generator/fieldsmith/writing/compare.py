"""Rendered files and an output folder -> Changes: what differs, and what is in the way. Only reads the disk."""

from __future__ import annotations

import keyword
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.writing.folders import Folder, Kind, below, opened
from fieldsmith.writing.manifest import Known, digest, listed, manifest
from fieldsmith.writing.paths import MANIFEST, fault, parents
from fieldsmith.writing.plans import Rendered

JOURNAL = ".fieldsmith.journal.json"
PACKAGE = "__init__.py"  # what makes a package of the output folder
LEFTOVER = re.compile(r"\.fieldsmith-\d+\.tmp")


class Change(NamedTuple):
    """One file that is to be another: `old` is None where there is none, `new` None where it is to go."""

    path: str
    old: bytes | None
    new: bytes | None


class Changes(NamedTuple):
    """What makes the output folder what the pages say.

    `digests` are those of all outputs and of the manifest. `leftovers` are temporary files of a run that was killed,
    `known` every digest an output of ours may have now, and `extra` files that no page accounts for. `folders` are the
    ones there are; the ones in `emptied` may have to go.
    """

    files: tuple[Change, ...]
    unchanged: int
    manifest: Change | None
    known: Known
    digests: Mapping[str, str]
    leftovers: tuple[str, ...] = ()
    journal: bool = False
    folders: frozenset[str] = frozenset()
    emptied: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def none(self) -> bool:
        """Whether there is nothing at all to do."""
        return not (self.files or self.manifest or self.leftovers or self.journal)


def check_paths(out: Path, paths: Sequence[str], diagnostics: Diagnostics) -> None:
    """Findings for paths that no file may have, for two outputs that are one file on some disk, and for a package with
    a name that Python does not import."""
    paths = sorted(paths)  # what is said does not depend on which of them this run has printed
    if PACKAGE in paths:
        _check_name(out, diagnostics)
    seen: dict[str, str] = {}
    for path in paths:
        wrong = fault(path)
        if wrong:
            diagnostics.add("FS404", _span(out, path), f"path {path[:200]!r} {wrong}")
        folded = path.casefold()
        if folded in seen and path.startswith("docs/") and path != seen[folded]:
            message = f"{seen[folded]!r} and {path!r} are one file where case is folded, as their two pages are"
            diagnostics.add("FS409", _span(out, path), message)
        elif folded in seen:
            diagnostics.add("FS405", _span(out, path), f"{seen[folded]!r} and {path!r} are one file")
        seen[folded] = path
    first = {path.rpartition("/")[0]: path for path in reversed(paths)}
    for path in first.values():
        for parent in parents(path):
            if parent.casefold() in seen:
                diagnostics.add("FS405", _span(out, path), f"{parent!r} is a file and the folder of {path!r}")


def _check_name(out: Path, diagnostics: Diagnostics) -> None:
    name = os.path.basename(os.path.abspath(out))
    if keyword.iskeyword(name) or not name.isidentifier():
        what = "a keyword of Python" if keyword.iskeyword(name) else "no identifier"
        diagnostics.add("FS417", Span(str(out), 1, 1), f"{name!r} is {what}: no `import` can name this package")


class Unprinted(Exception):
    """A file of which only the digest is known does not stand in the output folder: it has to be printed."""


def compare(
    out: Path,
    rendered: Sequence[Rendered],
    inputs: Mapping[str, str],
    diagnostics: Diagnostics,
    *,
    unprinted: Mapping[str, str] = MappingProxyType({}),
    stamps: Mapping[str, str] = MappingProxyType({}),
    extra: bool = False,
) -> Changes:
    """What is to change in `out` so that it holds `rendered` and `unprinted`, and nothing else of ours.

    `unprinted` are the digests of files that should be there already, by path: Unprinted where one is not; `stamps` are
    what such files bore when they had these digests. `inputs` are digests of the pages, for the manifest; `extra` asks
    for the files that no page accounts for. Whether somebody else's work would be lost is asked by `refuse`. OSError
    where the disk cannot be read.
    """
    wanted: dict[str, bytes | None] = {each.path: each.text.encode("utf-8") for each in rendered}
    digests = {path: digest(data) for path, data in wanted.items() if data is not None} | dict(unprinted)
    wanted |= dict.fromkeys(unprinted)
    listing = manifest(inputs, digests)
    digests[MANIFEST] = digest(listing)
    try:
        with opened(out) as top:
            return _compare(_Standing(out, top, diagnostics), _Wanted(wanted, digests, stamps, listing), extra)
    except FileNotFoundError:
        if os.path.lexists(out):
            raise  # what went meanwhile stood in it
        if unprinted:
            raise Unprinted from None
        files = tuple(Change(path, None, wanted[path]) for path in sorted(wanted))
        return Changes(files, 0, Change(MANIFEST, None, listing), {path: frozenset() for path in wanted}, digests)


class _Standing:
    """What stands in the output folder, each folder listed once."""

    def __init__(self, out: Path, top: Folder, diagnostics: Diagnostics) -> None:
        self.out = out
        self.top = top
        self.diagnostics = diagnostics
        self.listings: dict[str, dict[str, Kind]] = {"": top.kinds()}
        self.missing: set[str] = set()

    def kinds(self, path: str) -> dict[str, Kind]:
        """What stands in the folder at `path`; nothing where it is not there. A finding where it is no folder."""
        if path in self.listings:
            return self.listings[path]
        above, _, name = path.rpartition("/")
        kind = self.kinds(above).get(name)
        if kind == "folder":
            with below(self.top, path) as folder:
                self.listings[path] = folder.kinds()
        else:
            if kind is not None:
                self.in_the_way(path, kind, "a folder")
            self.listings[path] = {}
            self.missing.add(path)
        return self.listings[path]

    def in_the_way(self, path: str, kind: Kind, wanted: str) -> None:
        self.diagnostics.add("FS408", _span(self.out, path), f"this is a {kind}, where {wanted} is to be written")

    def own(self, name: str) -> bytes | None:
        """The bytes of a file at the top, None where there is none."""
        return _held(self.top, name) if self.listings[""].get(name) == "file" else None

    def known(self) -> Known:
        """The digests that the manifest, and the journal of a run that was killed, say our outputs have."""
        data = self.own(MANIFEST)
        outputs = listed(data) if data is not None else {}
        if outputs is None:
            message = "this manifest is damaged or of another version; it is taken as if there were none"
            self.diagnostics.add("FS403", _span(self.out, MANIFEST), message)
            outputs = {}
        pending = listed(self.own(JOURNAL) or b"{}") or {}
        none: frozenset[str] = frozenset()
        return {path: outputs.get(path, none) | pending.get(path, none) for path in {**outputs, **pending}}


class _Wanted(NamedTuple):
    """What the outputs are to hold: bytes, None where only the digest is known; the manifest; and known stamps."""

    files: Mapping[str, bytes | None]
    digests: Mapping[str, str]
    stamps: Mapping[str, str]
    listing: bytes

    def stands(self, path: str, name: str, folder: Folder) -> bool:
        """Whether a file of which only the digest is known is what stands there."""
        stamped = self.stamps.get(path)
        if stamped is not None and stamped == folder.stamp(name):
            return True
        return digest(folder.read(name)) == self.digests[path]


def _compare(standing: _Standing, wanted: _Wanted, extra: bool) -> Changes:
    known = standing.known()
    files: list[Change] = []
    unchanged = 0
    for folder, names in _by_folder({**wanted.files, **known}):
        kinds = standing.kinds(folder)
        with below(standing.top, "" if folder in standing.missing else folder) as place:
            for name in names:
                path = f"{folder}/{name}" if folder else name
                new, kind = wanted.files.get(path), kinds.get(name)
                if new is None and path in wanted.files:
                    if kind != "file" or not wanted.stands(path, name, place):
                        raise Unprinted
                    unchanged += 1
                    continue
                if kind == "file":
                    old: bytes | None = place.read(name)
                elif kind == "link" and path in known:
                    old = b""  # a link in place of an output of ours: it goes, what it points to is left alone
                else:
                    old = None
                    if kind is not None and new is not None:
                        standing.in_the_way(path, kind, "a file")
                if old == new and (kind == "file" or new is None):
                    unchanged += new is not None
                else:
                    files.append(Change(path, old, new))
    earlier = standing.own(MANIFEST)
    needed = {parent for path in wanted.files for parent in parents(path)}
    emptied = {parent for path in known for parent in parents(path)} - needed - standing.missing
    return Changes(
        files=tuple(files),
        unchanged=unchanged,
        manifest=Change(MANIFEST, earlier, wanted.listing) if earlier != wanted.listing else None,
        known={path: known.get(path, frozenset()) for path in {**wanted.files, **known}},
        digests=wanted.digests,
        leftovers=tuple(_leftovers(standing)),
        journal=JOURNAL in standing.listings[""],
        folders=frozenset(path for path in standing.listings if path not in standing.missing),
        emptied=tuple(sorted(emptied, key=lambda path: (-path.count("/"), path))),
        extra=tuple(_extra(standing, wanted.files, known)) if extra else (),
    )


def _held(folder: Folder, name: str) -> bytes | None:
    """The bytes of a file; None where it went since the folder was listed."""
    try:
        return folder.read(name)
    except FileNotFoundError:
        return None


def refuse(out: Path, changes: Changes, diagnostics: Diagnostics) -> Changes:
    """Findings for files that somebody else wrote or edited and that would be lost; the changes without them."""
    kept: list[Change] = []
    for each in changes.files:
        known = changes.known.get(each.path, frozenset())
        # An empty or zeroed file is what a power cut leaves of an output: nobody's work is lost with it.
        if each.old is None or (known and not each.old.strip(b"\0")) or digest(each.old) in known:
            kept.append(each)
        elif each.new is None:
            message = "no page makes this file any more, but it was edited: it is kept"
            diagnostics.add("FS402", _span(out, each.path), message)
        else:
            reason = "was edited since it was written" if known else "stood here before and is not an output of ours"
            diagnostics.add("FS401", _span(out, each.path), f"this file {reason}: it is not overwritten")
            kept.append(each)
    return changes._replace(files=tuple(kept))


def _span(out: Path, path: str) -> Span:
    return Span(os.path.join(out, path), 1, 1)


def _by_folder(paths: Mapping[str, object]) -> Iterator[tuple[str, list[str]]]:
    """The names of the files, folder by folder, both sorted."""
    folders: dict[str, list[str]] = {}
    for path in sorted(paths):
        folder, _, name = path.rpartition("/")
        folders.setdefault(folder, []).append(name)
    yield from sorted(folders.items())


def _leftovers(standing: _Standing) -> Iterator[str]:
    for folder, kinds in sorted(standing.listings.items()):
        for name in sorted(kinds):
            if LEFTOVER.fullmatch(name) and kinds[name] in ("file", "link"):
                yield f"{folder}/{name}" if folder else name


def _extra(standing: _Standing, wanted: Mapping[str, bytes | None], known: Known) -> Iterator[str]:
    """Files that are neither wanted nor listed; hidden ones and Python's caches are nobody's business here."""
    folders = [""]
    while folders:
        folder = folders.pop()
        for name, kind in sorted(standing.kinds(folder).items()):
            path = f"{folder}/{name}" if folder else name
            if name.startswith(".") or name == "__pycache__":
                continue
            if kind == "folder":
                folders.append(path)
            elif path not in wanted and path not in known:
                yield path


def check_folder(out: Path, inputs: Sequence[Path], diagnostics: Diagnostics) -> None:
    """Findings for a folder that must not be an output folder: what stands in it is other people's."""
    span, real = Span(str(out), 1, 1), os.path.realpath(out)
    if out.is_symlink():
        diagnostics.add("FS406", span, "this is a link: what it points to is not ours to fill")
    elif os.path.lexists(out) and not out.is_dir():
        diagnostics.add("FS406", span, "this is not a folder")
    for place, what in ((os.getcwd(), "the working folder"), (os.path.expanduser("~"), "the home folder")):
        if _holds(real, os.path.realpath(place)):
            diagnostics.add("FS406", span, f"this folder is or holds {what}")
    for page in inputs:
        source = os.path.realpath(page)
        if _holds(real, source):
            diagnostics.add("FS406", span, "this folder holds the pages themselves")
        elif os.path.isdir(source) and _holds(source, real):
            message = "this folder lies in the one of the pages: its own documentation would be read as pages"
            diagnostics.add("FS406", span, message)


def _holds(folder: str, path: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))
