"""Pages' definitions -> what a link target or a dotted name stands for; looks at nothing but the pages loaded."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from types import MappingProxyType
from typing import Literal, NamedTuple
from urllib.parse import unquote

from fieldsmith.reading.sites import Site
from fieldsmith.schema import Ref

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SEPARATORS = re.compile(r"::|[.\\]")
_ENDING = re.compile(r"\.(?:md|mdx|markdown)\Z")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Definitions(NamedTuple):
    """What a target leads to: the definitions of a page that is there, in page order.

    `own`: the target is a fragment alone, on the very page.
    """

    path: str
    titles: tuple[str, ...]
    fragment: str
    own: bool = False


class NoPage(NamedTuple):
    """What else a target may lead to.

    missing  a place for a page among those loaded, but none is there
    above    leaves the folder given, by way of a folder called `root`
    outside  a place where no page of this set can be
    web      an address with a scheme
    empty    nothing
    bare     a page without definitions
    """

    reason: Literal["missing", "above", "outside", "web", "empty", "bare"]
    path: str = ""
    root: str = ""


def namespace_of(path: str) -> str:
    """The folder of a page, with `.` for `/`; "" at the root."""
    return path.rpartition("/")[0].replace("/", ".")


def key_of(path: str, title: str) -> str:
    return f"{path}#{title}"


def page_of(key: str, title: str) -> str:
    """The path of the page in the key of a definition."""
    return key.removesuffix(f"#{title}")


def same_file(path: str, other: str) -> bool:
    """Whether two paths end in one file name, upper and lower case and the ending for Markdown aside."""
    one, two = (_ENDING.sub("", each.rpartition("/")[2].lower()) for each in (path, other))
    return one == two


def split_name(name: str) -> list[str]:
    """The parts of a dotted name, whatever its language joins them with."""
    return [part for part in _SEPARATORS.split(name) if part]


def slug_of(title: str) -> str:
    """A title as fragments spell it."""
    return title.lower().replace(" ", "-")


def fragment_key(text: str) -> str:
    """A fragment, or what one is made of, without what sites spell each in its own way."""
    return "".join(filter(str.isalnum, text.lower()))


Links = Callable[[], Iterable[tuple[str, str]]]


class Names:
    """All definitions by page and by title."""

    def __init__(
        self,
        pages: Iterable[tuple[str, tuple[str, ...]]],
        links: Links = tuple,
        anchors: Mapping[tuple[str, str], str] = MappingProxyType({}),
        fragments: Mapping[str, Set[str]] = MappingProxyType({}),
    ) -> None:
        """`pages` pairs each page's path with the titles of its definitions; `links` gives pairs of a page and a target
        on it, from which the name of the root is learnt where a link leaves the root and comes back in; `anchors` says
        which title a fragment on a page means, where that is not the title's own, and `fragments` what else leads to a
        place on a page, as `fragment_key` has it."""
        self.anchors = anchors
        self._fragments = fragments
        self._by_anchor: dict[str, list[Ref]] = defaultdict(list)
        for (path, anchor), title in anchors.items():
            self._by_anchor[anchor].append(Ref(key_of(path, title), title))
        self.pages = dict(pages)
        self._single = sum(map(bool, self.pages.values())) == 1
        self._links = links
        self._root: tuple[str, ...] | None = None
        self._site: Site | None = None
        self._by_title: dict[str, list[str]] = defaultdict(list)
        # Titles and files may be many pages' that lie apart: by what the folder is called, and by its whole path.
        self._in_space: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._in_folder: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._files: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._folders: set[str] = set()
        self._titled: set[tuple[str, str]] = set()
        self._slugs: dict[tuple[str, str], str] = {}
        for path, titles in self.pages.items():
            folder, _, file = path.rpartition("/")
            self._files[file, _space(path)].append(path)
            if titles:
                self._folders.add(folder)
            for title in titles:
                self._titled.add((path, title))
                self._slugs.setdefault((path, slug_of(title)), title)
                self._by_title[title].append(path)
                self._in_space[title, _space(path)].append(path)
                self._in_folder[title, folder].append(path)

    def title_of(self, path: str, name: str) -> str | None:
        """The title of a page that is called so, to the letter."""
        return name if (path, name) in self._titled else None

    def title_by(self, path: str, fragment: str) -> str | None:
        """The title of a page that a fragment means: to the letter, by its anchor, or as fragments spell titles."""
        if (path, fragment) in self._titled:
            return fragment
        return self.anchors.get((path, fragment.lower()), self._slugs.get((path, slug_of(fragment))))

    def leads(self, path: str, fragment: str) -> bool:
        """Whether a page has the place that a fragment names; without a fragment that is the page."""
        key, there = fragment_key(fragment), self._fragments.get(path, frozenset())
        again = re.fullmatch(r"(.+)-[0-9]+", fragment)  # the second place of one name
        return not key or key in there or (again is not None and fragment_key(again[1]) in there)

    def has_title(self, name: str) -> bool:
        return name in self._by_title

    def target(self, page: str, target: str) -> Definitions | NoPage:
        """Where `target` on `page` leads. It is decoded once; only pages loaded can be reached."""
        if not target:
            return NoPage("empty")
        if _SCHEME.match(target):
            return NoPage("web")
        place, _, fragment = target.partition("#")
        place, fragment = unquote(place), unquote(fragment)
        if "\\" in place or place.startswith("/") or _UNPRINTABLE.search(place) or "?" in place:
            return NoPage("outside")
        path, above = _joined(page, place)
        if above:
            return self._from_above(path.split("/"), above, fragment)
        found = self._page(path or page, fragment)
        return found._replace(own=True) if isinstance(found, Definitions) and not place else found

    def _from_above(self, parts: list[str], above: int, fragment: str) -> Definitions | NoPage:
        """A target that leaves the root by `above` folders, and comes back where those are the root's own names."""
        if len(parts) <= above:
            return NoPage("outside")
        path = "/".join(parts[above:])
        known = self.root()
        if known and known[-1] != parts[above - 1]:
            return NoPage("above", path, parts[0])
        found = self._page(path, fragment)
        return NoPage("above", path, parts[0]) if found == NoPage("missing", path) else found

    def root(self) -> tuple[str, ...]:
        """The last folders of the path of the root, as far as links tell: the way by which most of them come back."""
        if self._root is None:
            votes: Counter[tuple[str, ...]] = Counter()
            for page, target in set(self._links()):
                path, above = _joined(page, unquote(target.partition("#")[0]))
                parts = path.split("/")
                if above and self.pages.get("/".join(parts[above:])):
                    votes[tuple(parts[:above])] += 1
            self._root = max(sorted(votes), key=lambda way: (votes[way], len(way)), default=())
        return self._root

    def on_site(self, target: str) -> Definitions | NoPage:
        """Where a target leads that is a place on the site: `/folder/page#part`."""
        if self._site is None:
            self._site = Site(self.pages, (target for _, target in self._links()))
        place, _, fragment = target.partition("#")
        if _UNPRINTABLE.search(unquote(place)):
            return NoPage("outside")
        path = self._site.page(place)
        return NoPage("missing", place) if path is None else self._page(path, unquote(fragment))

    def _page(self, path: str, fragment: str) -> Definitions | NoPage:
        titles = self.pages.get(path)
        if titles is None:
            return NoPage("missing", path)
        return Definitions(path, titles, fragment) if titles else NoPage("bare", path)

    def named(self, page: str, name: str, folder: str | None = None) -> Ref | None:
        """The one definition that a dotted name on `page` can mean.

        A prefix is the folder of the definition, where folders are known by name: not at the root, nor where there is
        but one. A bare name is that of a definition in the same folder, or a unique one; behind a link that names a
        `folder`, only of one in a folder so called.
        """
        *prefix, title = split_name(name) or [""]
        paths = self._by_title.get(title, [])
        space = prefix[-1] if prefix else folder
        if space is not None:
            paths = self._within(title, space.lower())
        elif len(paths) > 1:
            paths = self._in_folder.get((title, _folder(page)), [])
        return Ref(key_of(paths[0], title), title) if len(paths) == 1 else None

    def _within(self, title: str, space: str) -> list[str]:
        found = self._in_space.get((title, space), [])
        if found or len(self._folders) == 1:
            return found or self._by_title.get(title, [])
        return self._in_folder.get((title, ""), [])

    def anchored(self, page: str, anchor: str) -> Ref | None:
        """The definition that an anchor names: on the page itself, else on the only page that has such a one."""
        if title := self.anchors.get((page, anchor)):
            return Ref(key_of(page, title), title)
        found = self._by_anchor.get(anchor, [])
        return found[0] if len(found) == 1 else None

    def page_named(self, path: str, spaces: set[str]) -> Definitions | None:
        """The one page with the file name of `path` in a folder out of `spaces`: for links that name a wrong folder."""
        file = path.rpartition("/")[2]
        found = [at for space in spaces for at in self._files.get((file, space), ())]
        if len(found) != 1 or len(self.pages[found[0]]) != 1:
            return None
        return Definitions(found[0], self.pages[found[0]], "")

    def inside(self, missing: NoPage) -> bool:
        """Whether a target above the folder given is one of the pages beside it, as far as the pages tell.

        A page on its own tells nothing: all its links lead to pages that were not given.
        """
        return self._single or missing.root in self.root()


def shorten(text: str, limit: int = 80) -> str:
    """`text` for a message: quoted, and cut where it is long. Backticks are in single quotes, where they stand out."""
    cut = text if len(text) <= limit else text[: limit - 3] + "..."
    return repr(cut) if "`" in cut else f"`{cut}`"


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _space(path: str) -> str:
    """The name of the folder that a page lies in."""
    return _folder(path).rpartition("/")[2].lower()


def _joined(page: str, place: str) -> tuple[str, int]:
    """Path of `place` seen from `page`, and by how many folders it leaves the root."""
    parts = page.split("/")[:-1] if place else page.split("/")
    above = 0
    for part in place.split("/"):
        if part == "..":
            if parts:
                parts.pop()
            else:
                above += 1
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts), above
