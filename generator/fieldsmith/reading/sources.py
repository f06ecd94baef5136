"""Folders and files named by the user -> the pages to read: their text, and their path below one root folder."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.limits import LIMITS, Limits, lift
from fieldsmith.stamps import stamp

_SUFFIXES = (".md", ".mdx", ".markdown")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# A lone carriage return ends a line that is no row; in a row it does between two pipes, elsewhere it is text.
_ROW_END = re.compile(r"(?<=\|)\r(?=[ \t]*\|)")


class Source(NamedTuple):
    """A page. `path` is relative to the root, with `/`; `named` where the user gave this very file.

    `file` is where it was read, `stamp` what that file bore before it was, `digest` the SHA-256 of its bytes.
    """

    path: str
    text: str
    named: bool
    file: str = ""
    stamp: str = ""
    digest: str = ""


def find(
    inputs: Sequence[Path], diagnostics: Diagnostics, limits: Limits = LIMITS
) -> tuple[Path | None, tuple[Source, ...]]:
    """Read the pages that inputs lead to: (root folder, pages by path); the root is None where no input is there.

    A folder stands for all Markdown files below it, hidden folders aside; a file for itself, whatever its suffix. The
    root is the folder given or the file's folder, for several inputs the deepest one that holds them all. A page over
    the limit is a finding, and not opened.
    """
    files: dict[str, bool] = {}
    bases: list[str] = []
    for given in inputs:
        path = os.path.abspath(given)
        if os.path.isdir(path):
            bases.append(path)
            for found in _walk(path, path, diagnostics):
                files.setdefault(found, False)
        elif os.path.isfile(path):
            bases.append(os.path.dirname(path))
            files[path] = True
        else:
            diagnostics.add("FS001", Span(_shown(str(given)), 1, 1), "there is no such file or folder")
    if not bases:
        return None, ()
    root = common_folder(bases)
    named = sorted((os.path.relpath(path, root).replace(os.sep, "/"), path, by_name) for path, by_name in files.items())
    sources = (_read(path, file, by_name, limits, diagnostics) for path, file, by_name in named)
    return Path(root), tuple(source for source in sources if source is not None)


def folders(inputs: Sequence[Path]) -> tuple[str, ...]:
    """Every folder that `find` lists for pages: what is added to one of them, or taken out, may be a page."""
    given = (os.path.abspath(path) for path in inputs if os.path.isdir(path))
    return tuple(sorted({at for folder in given for at, _, _ in _visited(folder)}))


def is_page(name: str) -> bool:
    """Whether a file of this name is read where its folder is given."""
    return name.lower().endswith(_SUFFIXES) and not name.startswith(".")


def common_folder(folders: Sequence[str]) -> str:
    """The deepest folder that holds all of them."""
    try:
        return os.path.commonpath(folders)
    except ValueError:  # different drives
        return folders[0]


def _visited(
    folder: str, unreadable: Callable[[OSError], None] | None = None
) -> Iterator[tuple[str, list[str], list[str]]]:
    """What `os.walk` yields, without hidden folders."""
    for at, inner, names in os.walk(folder, onerror=unreadable):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        yield at, inner, names


def _walk(folder: str, root: str, diagnostics: Diagnostics) -> Iterator[str]:
    """The Markdown files below a folder. A link that leads out of it would read what nobody named: a finding."""
    real_root = os.path.realpath(root)

    def unreadable(error: OSError) -> None:
        where = os.path.relpath(error.filename or folder, root)
        diagnostics.add("FS005", Span(_shown(where), 1, 1), f"this folder cannot be read: {error.strerror}")

    for at, inner, names in _visited(folder, unreadable):
        for name in inner:
            if os.path.islink(os.path.join(at, name)):
                where = _shown(os.path.relpath(os.path.join(at, name), root))
                diagnostics.add("FS006", Span(where, 1, 1), "this link to a folder is not followed")
        for name in sorted(names):
            path = os.path.join(at, name)
            if not is_page(name):
                continue
            if os.path.islink(path) and not os.path.realpath(path).startswith(os.path.join(real_root, "")):
                where = _shown(os.path.relpath(path, root))
                diagnostics.add("FS006", Span(where, 1, 1), "this link leads out of the folder and is not followed")
            else:
                yield path


def _shown(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def _read(path: str, file: str, named: bool, limits: Limits, diagnostics: Diagnostics) -> Source | None:
    if not has_sound_name(path, diagnostics):
        return None
    try:
        about = os.stat(file)
        if not stat.S_ISREG(about.st_mode):
            diagnostics.add("FS005", _start(path), "this is no ordinary file")
            return None
        if not is_small_enough(path, about.st_size, limits, diagnostics):
            return None
        with open(file, "rb", buffering=0) as opened:
            data = opened.read(about.st_size + 1)
    except OSError as error:
        diagnostics.add("FS005", _start(path), f"the page cannot be read: {error.strerror}")
        return None
    return with_text(Source(path, "", named, file, stamp(about)), data, limits, diagnostics)


def has_sound_name(path: str, diagnostics: Diagnostics) -> bool:
    """Whether a page may be called so; if not, that is a finding."""
    sound = not _CONTROL.search(path)
    if not sound:
        diagnostics.add("FS008", _start(path), "its name holds control characters, or is not UTF-8", _way_out())
    return sound


def is_small_enough(path: str, size: int, limits: Limits, diagnostics: Diagnostics) -> bool:
    """Whether a page of so many bytes is read; if not, that is a finding."""
    if size > limits.page:
        message = f"the page has {size} bytes, more than {limits.page}"
        diagnostics.add("FS004", _start(path), message, lift("cut it in pieces", "page"))
        return False
    return True


def with_text(source: Source, data: bytes, limits: Limits, diagnostics: Diagnostics) -> Source | None:
    """The source with the text of its bytes; None, with a finding, where that is not UTF-8 or has too many lines."""
    text = decode(source.path, data, diagnostics)
    lines = text.count("\n") + 1 if text is not None else 0
    if lines > limits.lines:
        message = f"the page has {lines} lines, more than {limits.lines}"
        diagnostics.add("FS004", _start(source.path), message, lift("cut it in pieces", "lines"))
        return None
    return None if text is None else source._replace(text=text, digest=sha256(data).hexdigest())


def _start(path: str) -> Span:
    return Span(_shown(path), 1, 1)


def _way_out() -> str | None:
    """What to do about a name, where it may be the locale that cannot spell it."""
    encoding = sys.getfilesystemencoding()
    return None if encoding == "utf-8" else f"set PYTHONUTF8=1 (names are read as {encoding} here), or rename the file"


def decode(path: str, data: bytes, diagnostics: Diagnostics) -> str | None:
    """Bytes of a page as text with LF alone for line ends; None, with a finding, where they are not UTF-8."""
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        diagnostics.add(
            "FS003", Span(path, line, column), f"byte 0x{data[error.start]:02x} is not UTF-8 here{_guess(data)}"
        )
        return None
    if "\r" in text:
        text = fold_line_ends(text)
    if "\0" in text:
        at = text.index("\0")
        span = Span(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        diagnostics.add("FS007", span, "the page holds a NUL character here")
    return text


def _guess(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return "; the page looks like UTF-16 or UTF-32"
    return "; this is a compressed file" if data.startswith(b"\x1f\x8b") else ""


def fold_line_ends(text: str) -> str:
    """CR LF and old CR line ends as LF. A lone CR in a table row is text of its cell, as some descriptions have it."""
    text = text.replace("\r\n", "\n")
    if "\r" not in text:
        return text
    if "\n" not in text:
        return text.replace("\r", "\n")
    return "\n".join(_fold_line(line) if "\r" in line else line for line in text.split("\n"))


def _fold_line(line: str) -> str:
    if not line.lstrip(" \t").startswith("|"):
        return line.replace("\r", "\n")
    return _ROW_END.sub("\n", line)
