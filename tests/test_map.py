"""What the documents say beside the code: the map of modules, the codes, the settings, the quoted files."""

from __future__ import annotations

import itertools
import re
import tomllib
from pathlib import Path

import pytest

from fieldsmith.config import KEYS
from fieldsmith.diagnostics import CODES
from fieldsmith.reading.dialects import DIALECTS
from fieldsmith.reading.notations import NOTATIONS

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "generator" / "fieldsmith"
DIALECT_PAGES = "generator/fieldsmith/reading/dialects"
README, FINDINGS, SETTINGS, DOCUMENTED = (
    ROOT / f"{name}.md" for name in ("README", "FINDINGS", "SETTINGS", "DIALECTS")
)
_BEGIN, _END = "<!-- codes -->\n", "<!-- end of codes -->\n"
_QUOTE = re.compile(r"<!-- from (\S+) -->\n+```\w*\n(.*?)\n```\n", re.DOTALL)


def first_cells(text: str) -> list[str]:
    """The code spans in the first column of all tables, in order."""
    return re.findall(r"^\| `([^`|]+)` \|", text, re.MULTILINE)


def section(text: str, title: str) -> str:
    """What stands below a heading of the second level."""
    _, _, below = text.partition(f"\n## {title}\n")
    assert below, f"there is no section {title!r}"
    return below.partition("\n## ")[0]


def codes_table() -> str:
    """All codes as FINDINGS.md lists them; a star says that a code cannot be switched off."""
    rows = ["| Code | Kind | What is wrong | What to do |", "| --- | --- | --- | --- |"]
    for name, code in sorted(CODES.items()):
        cells = (name, code.severity + "\\*" * code.fatal, code.summary, code.advice)
        rows.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n" + "\n".join(rows) + "\n\n"


def test_map_names_every_module() -> None:
    there = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if path.stat().st_size}
    named = first_cells(section((ROOT / "ARCHITECTURE.md").read_text("utf-8"), "The map"))
    assert sorted(named) == sorted(there), "ARCHITECTURE.md: a line for each module, and none for others"


def test_architecture_names_every_dependency() -> None:
    text = section((ROOT / "ARCHITECTURE.md").read_text("utf-8"), "Dependencies")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    for wanted in (*project["dependencies"], *itertools.chain(*extras)):
        name, span = re.fullmatch(r"([a-z0-9-]+)(.*)", wanted).groups()
        assert f"| {name} | `{span}` |" in text, wanted


def test_all_codes_are_listed(update: bool) -> None:
    text = FINDINGS.read_bytes().decode("utf-8")
    before, begin, rest = text.partition(_BEGIN)
    listed, end, after = rest.partition(_END)
    assert begin and end
    if update and listed != codes_table():
        FINDINGS.write_bytes((before + begin + codes_table() + end + after).encode("utf-8"))
        listed = codes_table()
    assert listed == codes_table(), "pytest --update writes the table anew"


def test_all_settings_are_listed() -> None:
    named = first_cells(SETTINGS.read_text("utf-8").partition("\n## ")[0])
    assert sorted(named) == sorted((*KEYS, "jobs"))


def test_every_dialect_and_notation_is_named() -> None:
    links = [f"[`{name}`]({DIALECT_PAGES}/{name}.md)" for name in DIALECTS]
    for text in (section(README.read_text("utf-8"), "What it reads"), DOCUMENTED.read_text("utf-8")):
        assert [link for link in links if link not in text] == []
    notations = first_cells(section(DOCUMENTED.read_text("utf-8"), "Notations"))
    assert sorted(notations) == sorted(NOTATIONS)


def anchors(text: str) -> set[str]:
    """The anchors that headings of a document have, as GitHub makes them; those in fences are none."""
    bare = re.sub(r"^(`{3,}|~{3,}).*?^\1", "", text, flags=re.MULTILINE | re.DOTALL)
    heads = re.findall(r"^#+ (.*)$", bare, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("document", sorted([*ROOT.glob("*.md"), *SOURCE.rglob("*.md")]), ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    bare = re.sub(r"^(`{3,}|~{3,}).*?^\1", "", document.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`+[^`\n]*`+", "", bare)):
        if ":" in target:
            continue
        path, _, anchor = target.partition("#")
        file = document.parent / path if path else document
        assert file.exists(), target
        assert not anchor or anchor in anchors(file.read_text("utf-8")), target


@pytest.mark.parametrize("path, quoted", _QUOTE.findall(README.read_text("utf-8")))
def test_quotes_are_true(path: str, quoted: str) -> None:
    """Every line quoted stands in the file, in this order; `...` says that some were left out."""
    lines = iter((ROOT / path).read_text("utf-8").splitlines())
    for line in quoted.splitlines():
        assert line.strip() == "..." or line in lines, f"{path} has no line {line!r} there"
