"""Pages and links -> where places of a web site lie among the pages: sites name pages by paths without endings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

_ENDING = re.compile(r"\.(?:md|mdx|markdown)\Z")


class Site:
    """Knows which place of the site the root is: the one by which most links lead to a page."""

    def __init__(self, pages: Iterable[str], targets: Iterable[str]) -> None:
        self._pages = {_ENDING.sub("", page): page for page in pages}
        self._ends: dict[str, str] = {}  # ends of paths -> what stands before them, "" where there are several
        for place in self._pages:
            parts = place.split("/")
            for at in range(1, len(parts)):
                end, before = "/".join(parts[at:]), "".join(f"{part}/" for part in parts[:at])
                self._ends[end] = before if end not in self._ends else ""
        votes: Counter[tuple[str, str]] = Counter()
        for target in sorted({target.partition("#")[0] for target in targets if target.startswith("/")}):
            votes.update(self._ways(unquote(target).strip("/")))
        self.before, self.above = max(sorted(votes), key=lambda way: votes[way], default=("", ""))

    def _ways(self, place: str) -> Iterator[tuple[str, str]]:
        """What would have to be put before a place, or be cut there, to make it a page."""
        parts = place.split("/")
        for at in range(len(parts)):
            if "/".join(parts[at:]) in self._pages:
                yield "", "".join(f"{part}/" for part in parts[:at])
        if before := self._ends.get(place):
            yield before, ""

    def page(self, place: str) -> str | None:
        """The path of the page at a place of the site; None where there is none."""
        place = unquote(place).strip("/")
        return self._pages.get(self.before + place.removeprefix(self.above)) if place.startswith(self.above) else None
