"""A table `dialects.NAME` that names a file or an entry point -> the code of a dialect, tried once; or findings.

Code is looked for where the settings say so, and nowhere else: what is merely installed is not loaded.
"""

from __future__ import annotations

from hashlib import sha256
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from fieldsmith.diagnostics import Span
from fieldsmith.reading.codedialects import CODE_KEYS, Code, load
from fieldsmith.reading.records import Fault
from fieldsmith.suggest import near
from fieldsmith.tables import Table

GROUP = "fieldsmith.dialects"
_USUAL = "DIALECT"
_LARGEST = 1_000_000  # bytes of a file


def find_code(name: str, table: Table) -> Code | None:
    """The dialect of a table; None, and a finding, where its code cannot be found, loaded or used."""
    table.refuse_unknown(CODE_KEYS)
    file, point = table.text("file"), table.text("entry_point")
    if (file is None) == (point is None):
        given = [key for key in ("file", "entry_point") if key in table.values]
        if len(given) != 1:
            table.add_here("FS304", f"dialect {name!r} is code, and needs one of `file` and `entry_point`")
        return None
    if point is not None and "object" in table.values:
        table.add("FS304", "object", "`object` goes with `file`; an entry point names its own", "take it out")
    code = _in_file(name, file, table) if file is not None else _installed(name, point or "", table)
    if code is None:
        return None
    try:
        load(code)
    except Fault as fault:
        place = Span(fault.file, fault.line, 1) if code.source is not None else table.place("entry_point", point)
        table.diagnostics.add("FS326", place, f"dialect {name!r}: {fault.reason}")
        return None
    return code


def _in_file(name: str, file: str, table: Table) -> Code | None:
    path = (table.folder / file).absolute()
    try:
        if not path.is_file():
            raise FileNotFoundError(2, "there is no such file")
        with path.open("rb") as opened:
            data = opened.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise OSError(27, f"it has more than {_LARGEST} bytes")
        source = data.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else getattr(error, "strerror", None)
        table.add("FS326", "file", f"dialect {name!r}: {file!r} cannot be read: {why or error}", None, file)
        return None
    return Code(name, str(path), table.text("object") or _USUAL, source, (str(path),), sha256(data).hexdigest())


def _installed(name: str, point: str, table: Table) -> Code | None:
    """The code behind an entry point, and all modules of the folder in which it lies."""
    known = entry_points(group=GROUP)
    found = next((each for each in known if each.name == point), None)
    if found is None:
        help_text = near(point, known.names) or f"install a package with an entry point {point!r} of {GROUP}"
        table.add("FS326", "entry_point", f"no package has an entry point {point!r} of {GROUP}", help_text, point)
        return None
    try:
        files = _files_of(found.module)
        digest = sha256(b"".join(sha256(Path(each).read_bytes()).digest() for each in files)).hexdigest()
    except Exception as error:  # a package above it, which is imported to find it, may raise anything
        table.add("FS326", "entry_point", f"dialect {name!r}: {type(error).__name__}: {error}", None, point)
        return None
    return Code(name, found.module, found.attr or _USUAL, None, files, digest)


def _files_of(module: str) -> tuple[str, ...]:
    """The file of a module; of a package, all of its modules."""
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        return ()
    folders = [Path(folder) for folder in spec.submodule_search_locations or ()]
    return tuple(sorted({spec.origin, *(str(path) for folder in folders for path in folder.rglob("*.py"))}))
