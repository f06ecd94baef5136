"""What is over a limit is a finding that names the setting, and the setting lifts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from families import HEAD, SETS, model, row
from fieldsmith import api
from fieldsmith.config import from_text
from fieldsmith.diagnostics import Diagnostics, Span
from fieldsmith.jobs import Known
from fieldsmith.limits import LIMITS, MOST, Limits

NESTED = "List[" * 40 + "*str*" + "]" * 40
TYPES = "`string`", "`integer`", "`boolean`", "`null`", "`date`"
CHAIN = [f"# A{at}\n\n## Type\n\n[A{at + 1}](#A{at + 1}) | {type_}\n\n" for at, type_ in enumerate(TYPES)]
CHAIN.append(f"# A{len(TYPES)}\n\n## Type\n\n`decimal`\n")
OVER = {
    "page": (model(row(), "x" * 2000), "FS004", 1000),
    "lines": (model(row(), "x\n" * 2000), "FS004", 1000),
    "cell": (model(row(doc="x" * 2000)), "FS036", 1000),
    "name": (model(row("x" * 401)), "FS036", 400),
    "columns": (model("", tail="").replace(HEAD, "|" + " a |" * 65 + "\n|" + " - |" * 65 + "\n"), "FS036", 64),
    "nesting": (model(row(type_=NESTED)), "FS100", 32),
    "members": ("".join(CHAIN), "FS036", 3),
    "findings": (model("".join(row(f"a{i}", "*strr*") for i in range(9))), "FS101", 4),
}


def run(folder: Path, limits: str) -> list[str]:
    """The findings of a project, as lines."""
    settings = f"[tool.fieldsmith]\npages = 'spec'\noutput = 'out'\nlimits = {{{limits}}}\n"
    (folder / "pyproject.toml").write_text(settings, "utf-8")
    try:
        return [each.code for each in api.build(config=folder / "pyproject.toml").findings]
    except api.BuildError as error:
        return [f"{each.code} {each.message} {each.help}" for each in error.findings]


def test_every_limit_is_tried() -> None:
    assert list(OVER) == list(Limits._fields)


@pytest.mark.parametrize("limit", OVER)
def test_a_limit_that_is_hit_names_the_setting_that_lifts_it(tmp_path: Path, limit: str) -> None:
    text, code, low = OVER[limit]
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "a.md").write_text(text, "utf-8")
    found = run(tmp_path, f"{limit} = {low}")
    assert any(each.startswith(code) and f"[tool.fieldsmith.limits] {limit} = " in each for each in found), found
    lifted = run(tmp_path, f"{limit} = {getattr(MOST, limit)}")
    assert not any("[tool.fieldsmith.limits]" in each for each in lifted), lifted


def test_types_may_be_nested_as_deep_as_can_be_set(tmp_path: Path) -> None:
    for depth, expected in ((MOST.nesting - 1, []), (MOST.nesting, ["FS100"])):  # emphasis is a level, too
        nested = "List[" * depth + "*str*" + "]" * depth
        (tmp_path / "spec").mkdir(exist_ok=True)
        (tmp_path / "spec" / "a.md").write_text(model(row(type_=nested)), "utf-8")
        assert [each[:5] for each in run(tmp_path, f"nesting = {MOST.nesting}")] == expected


@pytest.mark.parametrize(
    ("limits", "code"),
    [("page = 0", "FS304"), ("page = 'x'", "FS303"), ("nesting = 101", "FS304"), ("pages = 1", "FS302"), ("cell = true", "FS303")],
)
def test_settings_out_of_range_are_findings(limits: str, code: str) -> None:
    diagnostics = Diagnostics()
    from_text("p.toml", f"[tool.fieldsmith.limits]\n{limits}\n", Path(), Known((), (), ()), diagnostics)
    assert [(each.code, each.span.line) for each in diagnostics] == [(code, 2)]


def test_limits_of_a_job_go_over_those_of_all() -> None:
    text = "[tool.fieldsmith.limits]\npage = 1\ncell = 2\n[[tool.fieldsmith.jobs]]\nname = 'a'\nlimits = {cell = 3}\n"
    (job,) = from_text("p.toml", text, Path(), Known((), (), ()), Diagnostics())
    assert job.limits == LIMITS._replace(page=1, cell=3)


def test_findings_beyond_the_limit_are_counted() -> None:
    diagnostics = Diagnostics(2)
    for line in range(1, 6):
        diagnostics.add("FS035", Span("a.md", line, 1), "text")
        diagnostics.add("FS035", Span("b.md", 1, 1), "text") if line == 1 else None
    lines = [(each.span.path, each.span.line, each.message) for each in diagnostics]
    assert lines[-1] == ("a.md", 3, "3 more findings of this code from here on")
    assert len(lines) == 4 and len(diagnostics) == 6


def test_unions_may_open_as_many_others_as_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "spec").mkdir()
    for path, text in SETS["alias-lists-of-unions"]((MOST.members - 2) * 1000).items():
        (tmp_path / "spec" / path).write_text(text, "utf-8")
    assert run(tmp_path, f"members = {MOST.members}") == []
