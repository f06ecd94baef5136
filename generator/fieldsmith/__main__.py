"""`python -m fieldsmith` and `fieldsmith`: a known answer is given at once, all else is the command line's."""

from __future__ import annotations

import sys
from importlib import import_module

from fieldsmith import recall


def main() -> None:
    """Run the program and end it with its exit code."""
    try:
        known = recall.answer(sys.argv[1:])
        if known is None or not _tell(*known):
            import_module("fieldsmith.cli").main()
    except KeyboardInterrupt:  # before the command line could see to signals itself
        sys.exit(130)


def _tell(out: str, err: str) -> bool:
    """Print an answer; whether that could be done."""
    try:
        for stream, text in ((sys.stdout, out), (sys.stderr, err)):
            if text:
                stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # nothing has put another there
                stream.write(text)
                stream.flush()
    except (OSError, AttributeError):  # closed, full, or not there at all
        return False
    return True


if __name__ == "__main__":
    main()
