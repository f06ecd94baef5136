"""Every folder below cases/ is a test: `pages/` or `page.md` goes in, and what else lies there says what is compared.

`ir.json` is the printed IR, `findings.txt` the findings as text, `output/` the generated package; `fieldsmith.toml`
holds settings as a pyproject.toml would, `facts.toml` an overlay that these name. A case without `findings.txt` must
have no findings.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Golden
from fieldsmith.commands.ir import ir_text
from fieldsmith.config import from_text
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.jobs import Job, Known
from fieldsmith.pipeline import Build, Stage, build
from fieldsmith.reading.dialects import DIALECTS
from fieldsmith.reading.notations import NOTATIONS
from fieldsmith.report import as_text
from fieldsmith.writing.plans import ALL_TARGETS

CASES = Path(__file__).parent / "cases"
KNOWN = Known(tuple(DIALECTS), tuple(NOTATIONS), ALL_TARGETS)


def built(case: Path, monkeypatch: pytest.MonkeyPatch, upto: Stage = "files") -> tuple[Job, Build]:
    """What becomes of the pages of a case, and the job that its settings make."""
    monkeypatch.chdir(case)
    job = Job()
    if (case / "fieldsmith.toml").exists():
        diagnostics = Diagnostics()
        text = (case / "fieldsmith.toml").read_text("utf-8")
        (job,) = from_text("fieldsmith.toml", text, Path(), KNOWN, diagnostics)
        assert not list(diagnostics)
    pages = Path("page.md") if (case / "page.md").exists() else Path("pages")
    job = replace(job, pages=(pages,))
    return job, build(job, upto=upto)


@pytest.mark.parametrize("name", sorted(folder.name for folder in CASES.iterdir() if folder.is_dir()))
def test_case(name: str, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASES / name
    _, made = built(case, monkeypatch)
    findings = as_text(made.found, colour=False)
    if findings or (case / "findings.txt").exists():
        golden.text(case / "findings.txt", findings)
    if (case / "ir.json").exists():
        golden.text(case / "ir.json", ir_text(made.schema) if made.schema else "")
    if (case / "output").exists():
        golden.folder(case / "output", {each.path: each.text for each in made.files})
    if not made.sound:
        assert not made.files
    known = {"pages", "page.md", "fieldsmith.toml", "facts.toml", "ir.json", "findings.txt", "output"}
    assert {entry.name for entry in case.iterdir()} <= known
