"""Every Unicode scalar in every place where text of pages goes: what `test_unicode.py` does for a sample, for all.

    python tests/run_unicode.py

Says how far it has come, at the end how many scalars each place has kept, taken out or refused, and ends with exit
code 1 where anything else became of one.
"""

from __future__ import annotations

import gc
import sys
import tempfile
from collections import Counter
from pathlib import Path

from fieldsmith.writing.surprise import Surprise
from unicode_sinks import ASCII, OTHERS, SINKS, Wrong, check, check_file_names, check_mark

_AT_ONCE = 6400


def main() -> int:
    gc.disable()  # as the tool does
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*SINKS, "file name")}
    wrong: list[str] = []
    for name in SINKS:
        for char in ASCII:
            with tempfile.TemporaryDirectory() as folder:
                counts[name][check_mark(name, char, Path(folder))] += 1
    for at in range(0, len(OTHERS), _AT_ONCE):
        scalars = OTHERS[at : at + _AT_ONCE]
        for name, count in counts.items():
            try:
                with tempfile.TemporaryDirectory() as folder:
                    count += check(name, scalars) if name in SINKS else check_file_names(scalars, Path(folder))
            except (Wrong, Surprise) as error:
                wrong.append(f"from U+{ord(scalars[0]):04X}: {name}: {str(error)!a}")
                print(wrong[-1], flush=True)
        gc.collect()
        print(f"up to U+{ord(scalars[-1]):06X}, {(at + len(scalars)) / len(OTHERS):4.0%}", flush=True)
    for name, count in counts.items():
        print(f"{name:12}", ", ".join(f"{number} {what}" for what, number in sorted(count.items())))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
