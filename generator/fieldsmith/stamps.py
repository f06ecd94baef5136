"""A file -> its stamp: what changes whenever the file does, so that its content need not be read to know."""

from __future__ import annotations

import os

ABSENT = "-"
TICK = 12_000_000  # nanoseconds within which a system's clock for files may stand still
_COARSE = 2_000_000_000  # the same for disks that count in seconds


def stamp(found: os.stat_result) -> str:
    """Size, times and number. The time of change is the system's own: nobody can set it back to what it was."""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def stamp_at(path: str) -> str:
    """The stamp of what stands at a path, links followed; ABSENT where nothing does."""
    try:
        return stamp(os.stat(path))
    except OSError:
        return ABSENT


def changed(stamped: str) -> int:
    """When what bears a stamp changed last, in nanoseconds since 1970; 0 for what is absent."""
    return 0 if stamped == ABSENT else int(stamped.split(" ")[2])


def settled(stamped: str, moment: int) -> bool:
    """Whether any change after `moment` (nanoseconds since 1970) gives another stamp; one in the same tick may not."""
    time = changed(stamped)
    return time + (TICK if time % 1_000_000_000 else _COARSE) <= moment or stamped == ABSENT
