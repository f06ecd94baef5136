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
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis.database import DirectoryBasedExampleDatabase

from fuzzing import MANY, Corpus, examine
from pagegrammar import Pages
from programgrammar import any_sets

MOST_BYTES = 2 << 30
EXAMPLES = 500  # of the one kind, then a fifth as many of the other, which are larger
DATABASE = Path(__file__).parents[1] / ".hypothesis" / "fuzz"


@settings(MANY, max_examples=EXAMPLES, database=DirectoryBasedExampleDatabase(DATABASE))
@given(any_sets())
def out_of_the_grammar(pages: Pages) -> None:
    examine(pages, on_disk=len(str(pages)) % 10 == 0)


def main(seconds: float, corpus: Path, seed: int) -> int:
    with suppress(ImportError):  # not POSIX
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    rounds: list[Callable[[], None]] = [out_of_the_grammar]
    real = Corpus(corpus, seed)
    if real.sets:
        rounds.append(lambda: real.some(EXAMPLES // 5))
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
