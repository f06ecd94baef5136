"""Pages laid out for a look at what holds for all of them; and real pages with accidents, the same ones for the same seed."""

from __future__ import annotations

import itertools
import os
import random
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path
from types import FrameType

from hypothesis import HealthCheck, settings

import properties
from pagegrammar import FRAGMENTS

MANY = settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
PAGE_SECONDS = 60  # what takes so long hangs
LARGEST = 200_000  # larger pages say no more, and take long


@contextmanager
def laid_out(pages: Mapping[str, str | bytes]) -> Iterator[Path]:
    """An empty working folder with the pages below `spec`."""
    fast = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=fast) as top, chdir(top):
        properties.lay_out(Path("spec"), pages)
        yield Path(top)


class Hangs(BaseException):
    """A page takes far too long."""


@contextmanager
def bounded() -> Iterator[None]:
    """Ends what hangs."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise Hangs

    signal.signal(signal.SIGALRM, ring)
    signal.alarm(PAGE_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)


def examine(pages: Mapping[str, str | bytes], *, on_disk: bool) -> None:
    """All properties, those of whole runs where so said."""
    with bounded(), laid_out(pages):
        properties.check(Path("spec"))
        if on_disk:
            properties.order_does_not_count(Path("spec"))
            properties.second_run_writes_nothing(Path("spec"), Path("out"))
            properties.commands_end_as_stated(Path("spec"), Path("other"))


class Corpus:
    """Real pages, a few at a time, with accidents."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.sets = [(docs, found) for docs in sorted(folder.glob("*/docs")) if (found := sorted(docs.rglob("*.md")))]
        self.seed = seed
        self.number = itertools.count()

    def some(self, count: int) -> None:
        """Look at the next few."""
        for number in itertools.islice(self.number, count):
            pages = self.pages(number)
            try:
                examine(pages, on_disk=number % 10 == 0)
            except BaseException:
                print(f"seed {self.seed}, number {number}: {list(pages)}")
                raise

    def pages(self, number: int) -> dict[str, bytes]:
        """The pages of one number: a few neighbours of a set, of which some have been changed."""
        chance = random.Random(f"{self.seed} {number}")
        docs, found = chance.choice(self.sets)
        at = chance.randrange(len(found))
        some = {path.relative_to(docs).as_posix(): path.read_bytes() for path in found[at : at + chance.randint(1, 4)]}
        return {path: changed(data, chance) if chance.random() < 0.4 else data for path, data in some.items() if len(data) <= LARGEST}


def changed(data: bytes, chance: random.Random) -> bytes:
    """A page with an accident, seldom with more."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        data = chance.choice((_bytes_changed, _lines_changed))(data, chance)
    return data


def _bytes_changed(data: bytes, chance: random.Random) -> bytes:
    """A byte is another, a fragment comes in, some bytes or all that follow go, or a mark does here and there."""
    at = chance.randrange(len(data) + 1)
    match chance.randrange(5):
        case 0:
            return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        case 1:
            return data[:at] + chance.choice(FRAGMENTS).encode("utf-8") + data[at:]
        case 2:
            return data[:at] + data[at + chance.randrange(200) :]
        case 3:
            return data[:at]
        case _:
            mark, other = chance.choice((b"|", b"`", b"#", b"*", b" ")), chance.choice((b"", b"\\", b"\t"))
            return data.replace(mark, other, chance.randint(1, 3))


def _lines_changed(data: bytes, chance: random.Random) -> bytes:
    """A line is doubled, moved, joined to the next one, or dropped."""
    lines = data.split(b"\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            lines.insert(at, lines[to])
        case 1:
            lines.insert(to, lines.pop(at))
        case 2:
            lines[at : at + 2] = [b"".join(lines[at : at + 2])]
        case _:
            del lines[at]
    return b"\n".join(lines)
