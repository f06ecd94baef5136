"""The page of each dialect, beside its code: the example is told and read without a finding, and becomes what is shown.

`pytest --update` writes the classes that a page shows.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from fieldsmith.jobs import Job
from fieldsmith.pipeline import Build, build
from fieldsmith.reading import dialects
from fieldsmith.reading.dialects import DIALECTS
from fieldsmith.report import as_text

FOLDER = Path(dialects.__file__).parent
_SHAPE = ["Example", "What is read", "What cannot be read"]
# A fence, and what stands above one that is a page: its path in a code span.
_FENCE = re.compile(r"(?:^`(?P<path>[^`\n]+)`:\n\n)?^(?P<ticks>`{3,})(?P<language>\w+)\n(?P<text>.*?)^(?P=ticks)$", re.M | re.S)


class Example(NamedTuple):
    """The pages of an example by path, the Python shown below them, and where this stands in the document."""

    pages: Mapping[str, str]
    classes: str
    at: tuple[int, int]


def example(document: str) -> Example:
    """What stands between the headings `Example` and `What is read`."""
    ends = (document.index(f"\n## {head}\n") for head in _SHAPE[:2])
    fences = list(_FENCE.finditer(document, *ends))
    (shown,) = (fence for fence in fences if fence["language"] == "python")
    pages = {fence["path"]: fence["text"] for fence in fences if fence is not shown}
    assert None not in pages, "above each page stands what it is called: `parcel.md`:"
    return Example(pages, shown["text"], shown.span("text"))


def built(pages: Mapping[str, str], folder: Path) -> Build:
    """What becomes of pages without any settings."""
    for path, text in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return build(Job(pages=(folder,)))


def classes(made: Build, pages: Iterable[str]) -> str:
    """The modules of all definitions from behind their imports to the end, in the order of the pages."""
    found: dict[str, list[str]] = {page: [] for page in pages}
    for file in made.files:
        if file.path in made.origins and file.path.endswith(".py") and not file.path.startswith("_serializers/"):
            found[made.origins[file.path]].append(_without_imports(file.text))
    return "\n\n".join(text for texts in found.values() for text in texts)


def _without_imports(module: str) -> str:
    first = next(node for node in ast.parse(module).body if not isinstance(node, ast.Import | ast.ImportFrom))
    decorators = first.decorator_list if isinstance(first, ast.ClassDef) else []
    line = min(node.lineno for node in (first, *decorators))
    return "".join(module.splitlines(keepends=True)[line - 1 :])


def test_each_dialect_has_a_page() -> None:
    assert {page.stem for page in FOLDER.glob("*.md")} == set(DIALECTS), "a page for each dialect, and none for others"


@pytest.mark.parametrize("name", DIALECTS)
def test_pages_have_one_shape(name: str) -> None:
    bare = _FENCE.sub("", (FOLDER / f"{name}.md").read_text("utf-8"))
    title, *heads = re.findall(r"^#+ (.*)$", bare, re.MULTILINE)
    assert title == name
    assert heads[: len(_SHAPE)] == _SHAPE, "sections of the dialect's own follow these"


@pytest.mark.parametrize("name", DIALECTS)
def test_examples(name: str, update: bool, tmp_path: Path) -> None:
    file = FOLDER / f"{name}.md"
    document = file.read_bytes().decode("utf-8")
    shown = example(document)
    made = built(shown.pages, tmp_path)
    assert {page.path: page.dialect for page in made.pages} == dict.fromkeys(shown.pages, name)
    assert as_text(made.found, colour=False) == ""
    emitted = classes(made, shown.pages)
    if update and shown.classes != emitted:
        start, end = shown.at
        file.write_bytes((document[:start] + emitted + document[end:]).encode("utf-8"))
        shown = shown._replace(classes=emitted)
    assert shown.classes == emitted, "pytest --update writes the classes anew"
