"""Takes each guard out in turn, in a copy of the project, and runs the tests that are to catch it; exit code 1 if none does.

    python tests/run_mutations.py [NAME ...]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from mutations import Workshop, load


def main(chosen: list[str]) -> int:
    mutations = [each for each in load() if not chosen or each.name in chosen]
    with tempfile.TemporaryDirectory() as folder:
        workshop = Workshop(Path(folder))
        if not workshop.passes(test for each in mutations for test in each.tests):
            print("the tests fail as it is: nothing can be said")
            return 1
        survivors = 0
        for each in mutations:
            caught = workshop.catches(each)
            survivors += not caught
            print(f"{'caught  ' if caught else 'SURVIVES'} {each.name:32} {each.guard}", flush=True)
    print(f"{len(mutations)} guards taken out, {len(mutations) - survivors} caught")
    return 1 if survivors or not mutations else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
