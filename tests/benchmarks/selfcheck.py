"""One cold run in this process -> {"run": seconds, "self-check": seconds} of processor time, as JSON on stdout.

    python tests/benchmarks/selfcheck.py PAGES OUT

The functions that check what was printed are timed where they are called; the run takes one process, so that all of it
is here.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from fieldsmith import cli, rereading
from fieldsmith.writing import selfcheck

CHECKS = ((selfcheck, ("check_page", "check_package")), (rereading, ("check_pages", "check_index")))


def main() -> int:
    spent: list[float] = []

    def timed(check: Callable[..., None]) -> Callable[..., None]:
        def measured(*arguments: Any) -> None:
            before = time.process_time()
            check(*arguments)
            spent.append(time.process_time() - before)

        return measured

    for module, names in CHECKS:
        for name in names:
            setattr(module, name, timed(getattr(module, name)))
    try:
        cli.main(["generate", sys.argv[1], "-q", "-o", sys.argv[2], "--jobs", "1"])
    except SystemExit as done:
        if done.code:
            return int(done.code)
    print(json.dumps({"run": time.process_time(), "self-check": sum(spent)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
