"""The properties of pages under atheris, which steers by what the reader's code has been led to; `make fuzz-atheris`.

    python tests/run_atheris.py SECONDS FOLDER

FOLDER keeps the pages that led somewhere new. Each input is one page, in one of two layouts by its first byte.
"""

from __future__ import annotations

import sys
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit("atheris is not installed: pip install -e '.[fuzz]' (CPython on Linux or macOS)")

with atheris.instrument_imports(include=["fieldsmith"]):
    import properties
    from fuzzing import laid_out

TABLE = "| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n"
HEADS = ("", "# Agent\n\n## Fields\n\n" + TABLE, "# Agent\n\n## Values\n\n", "# Agent\n\n## Type\n\n", "# Agent\n\n## Supported Types\n\n")


def examine(data: bytes) -> None:
    """One page: a beginning that the first byte chooses, and the rest as it is."""
    head = HEADS[data[0] % len(HEADS)] if data else ""
    with laid_out({"agent.md": head.encode("utf-8") + data[1:]}):
        properties.check(Path("spec"))


def main(seconds: str, folder: str) -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-max_len=4096", "-rss_limit_mb=2048", "-timeout=60", folder], examine)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
