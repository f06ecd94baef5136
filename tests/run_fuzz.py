"""Goes on with the properties of `test_fuzz.py` for as long as one wants, and with mutations of real pages; exit code 1 for a find.

    python tests/run_fuzz.py SECONDS [CORPUS] [--seed N]

Pages out of the grammar are drawn and shrunk by hypothesis, which keeps those that failed in `.hypothesis` and tries
them first the next time. Real pages, from `CORPUS/*/docs` where it is there, have bytes and lines changed by a seeded
generator: a find is printed with the seed and the number that make it again. A page that takes a minute, or the process
more than two gigabytes, is a find as well.
"""

from __future__ import annotations

import argparse
import itertools
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from hypothesis import given, settings
from hypothesis.database import DirectoryBasedExampleDatabase

import properties
from pagegrammar import FRAGMENTS, Pages, page_sets
from test_fuzz import MANY, laid_out

PAGE_SECONDS = 60
MOST_BYTES = 2 << 30
LARGEST = 200_000  # larger pages say no more, and take long
EXAMPLES = 500  # of one kind, then the other has its turn
DATABASE = Path(__file__).parents[1] / ".hypothesis" / "fuzz"


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


@settings(MANY, max_examples=EXAMPLES, database=DirectoryBasedExampleDatabase(DATABASE))
@given(page_sets())
def out_of_the_grammar(pages: Pages) -> None:
    examine(pages, on_disk=hash(tuple(pages)) % 10 == 0)


class Corpus:
    """Real pages, a few at a time, with accidents."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.sets = [sorted(found) for docs in sorted(folder.glob("*/docs")) if (found := list(docs.rglob("*.md")))]
        self.seed = seed
        self.number = itertools.count()

    def some(self) -> None:
        for number in itertools.islice(self.number, EXAMPLES // 5):
            pages = self.pages(number)
            try:
                examine(pages, on_disk=number % 10 == 0)
            except BaseException:
                print(f"seed {self.seed}, number {number}: {list(pages)}")
                raise

    def pages(self, number: int) -> dict[str, bytes]:
        """The pages of one number: one to three neighbours of a set, of which some have been changed."""
        chance = random.Random(f"{self.seed} {number}")
        docs = chance.choice(self.sets)
        at = chance.randrange(len(docs))
        texts = {f"{path.parent.name}/{path.name}": path.read_bytes() for path in docs[at : at + chance.randint(1, 3)]}
        return {path: changed(data, chance) if chance.random() < 0.7 else data for path, data in texts.items() if len(data) <= LARGEST}


def changed(data: bytes, chance: random.Random) -> bytes:
    """A page with one to three accidents: bytes changed, put in or cut out; lines doubled, moved, joined or dropped."""
    for _ in range(chance.randint(1, 3)):
        lines = data.split(b"\n")
        at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
        byte, other = chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)
        ways: list[Callable[[], bytes]] = [
            lambda: data[:byte] + bytes([chance.randrange(256)]) + data[byte + 1 :],
            lambda: data[:byte] + chance.choice(FRAGMENTS).encode("utf-8") + data[byte:],
            lambda: data[: min(byte, other)] + data[max(byte, other) :] if abs(byte - other) < 200 else data[:byte],
            lambda: b"\n".join([*lines[:at], lines[to], *lines[at:]]),
            lambda: b"\n".join([*lines[:at], *lines[at + 1 :]]),
            lambda: b"\n".join([*lines[:at], b"".join(lines[at : at + 2]), *lines[at + 2 :]]),
            lambda: data.replace(chance.choice((b"|", b"`", b"#", b"*", b" ")), chance.choice((b"", b"\\", b"\t")), chance.randint(1, 3)),
        ]
        data = chance.choice(ways)()
    return data


def main(seconds: float, corpus: Path, seed: int) -> int:
    with suppress(ImportError):  # not POSIX
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    rounds: list[Callable[[], None]] = [out_of_the_grammar]
    real = Corpus(corpus, seed)
    if real.sets:
        rounds.append(real.some)
    else:
        print(f"there is no {corpus}: no real pages")
    end = time.monotonic() + seconds
    done = 0
    for examine_some in itertools.cycle(rounds):
        try:
            examine_some()
        except BaseException:
            traceback.print_exc()
            return 1
        done += 1
        if time.monotonic() > end:
            break
    print(f"nothing found in {done} rounds")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("seconds", type=float)
    parser.add_argument("corpus", type=Path, nargs="?", default=Path("../shared/corpus"))
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    arguments = parser.parse_args()
    sys.exit(main(arguments.seconds, arguments.corpus.resolve(), arguments.seed))
