"""Templates of a user's own: file by file before ours, laid out by black, and what is wrong with them said."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = """# Box

## Fields

| Field | Type | Required | Description |
| --- | --- | --- | --- |
| `size` | *int* | :heavy_check_mark: | N/A |
"""


def generate(folder: Path, template: str, *settings: str) -> subprocess.CompletedProcess[str]:
    """A run over one page, with a template for models of the user's own."""
    (folder / "mine" / "dataclasses").mkdir(parents=True)
    (folder / "mine" / "dataclasses" / "model.py.jinja").write_text(template)
    (folder / "box.md").write_text(PAGE)
    lines = ["[tool.fieldsmith]", 'pages = "box.md"', 'output = "out"', 'targets = ["dataclasses"]', 'templates = "mine"']
    (folder / "pyproject.toml").write_text("\n".join([*lines, *settings]))
    run = [sys.executable, "-m", "fieldsmith", "generate"]
    return subprocess.run(run, cwd=folder, capture_output=True, text=True)


def test_a_template_replaces_ours_and_black_runs(tmp_path: Path) -> None:
    done = generate(tmp_path, "{{ view.opening }}\n  x = [ 1,2 ]\n")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "box.py").read_text() == "class Box:\n    x = [1, 2]\n"
    assert "UNSET" in (tmp_path / "out" / "_unset.py").read_text()


def test_black_can_be_left_out(tmp_path: Path) -> None:
    assert generate(tmp_path, "x = [ 1,2 ]\n", 'format = "builtin"').returncode == 0
    assert (tmp_path / "out" / "box.py").read_text() == "x = [ 1,2 ]\n"


@pytest.mark.parametrize(
    ("template", "place"),
    [("{{ view.nothing }}", "model.py.jinja:1:1"), ("x\n{% if %}", "model.py.jinja:2:1"), ("x = [", "model.py.jinja:1:1")],
)
def test_a_broken_template_is_a_finding(tmp_path: Path, template: str, place: str) -> None:
    done = generate(tmp_path, template)
    assert done.returncode == 2 and f"{place}: error[FS309]" in done.stderr
    assert "Traceback" not in done.stderr and not (tmp_path / "out").exists()


def test_text_of_pages_is_no_template(tmp_path: Path) -> None:
    page = PAGE.replace("N/A", "{{ 7 * 7 }} {% raw %}").replace("# Box", "# Box\n\n{{ cycler.__init__ }}")
    (tmp_path / "box.md").write_text(page)
    run = [sys.executable, "-m", "fieldsmith"]
    made = subprocess.run([*run, "generate", "box.md", "-o", "out", "-q"], cwd=tmp_path)
    assert made.returncode == 0
    assert "{{ 7 * 7 }} {% raw %}" in (tmp_path / "out" / "box.py").read_text()
    printed = subprocess.run([*run, "ir", "box.md"], cwd=tmp_path, capture_output=True, text=True).stdout
    assert json.loads(printed)["definitions"][0]["doc"] == "{{ cycler.__init__ }}"


@pytest.mark.parametrize("path", ["/etc/passwd", "../../secret.txt", "../secret.txt"])
def test_a_template_includes_nothing_from_outside(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    done = generate(tmp_path, f"{{% include '{path}' %}}")
    assert done.returncode == 2 and "model.py.jinja:1:1: error[FS309]" in done.stderr
    assert "Traceback" not in done.stderr and not (tmp_path / "out").exists()
