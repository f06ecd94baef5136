"""Path of an output -> what is wrong with it: no file is written under a name that some disk would take for another."""

from __future__ import annotations

import re
from functools import lru_cache

MANIFEST = ".fieldsmith.json"
_DEVICE = re.compile(r"(con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_REFUSED = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
MAX_DEPTH = 100
MAX_NAME = 200
MAX_PATH = 1000


@lru_cache(maxsize=1 << 16)
def fault(path: str) -> str | None:
    """What keeps `path` (relative, with `/`) from being the path of an output; None where it may be one."""
    parts = path.split("/")
    if len(parts) > MAX_DEPTH:
        return f"is more than {MAX_DEPTH} folders deep"
    if len(path) > MAX_PATH:
        return f"is longer than {MAX_PATH} characters"
    if parts[0].casefold().startswith(".fieldsmith"):
        return "has a name that is kept for the tool's own files"
    return next((wrong for part in parts if (wrong := _part_fault(part))), None)


def _part_fault(part: str) -> str | None:
    if part in ("", ".", ".."):
        return "is absolute or leads out of its folder"
    try:
        size = len(part.encode("utf-8"))
    except UnicodeEncodeError:
        return "is not Unicode"
    if size > MAX_NAME:
        return f"has a name of more than {MAX_NAME} bytes"
    if _REFUSED.search(part) or not part.isprintable():
        return "has a character that file names must not have"
    if part[-1] in ". " or part[0] == " ":
        return "has a name that ends in a dot or a blank, or begins with a blank"
    return "has a name that Windows keeps for a device" if _DEVICE.match(part) else None


def parents(path: str) -> list[str]:
    """The folders above `path`, outermost first, without the output folder itself."""
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts))]
