"""Each way to install the tool finds its templates and generates: wheel, sdist, editable, plain PYTHONPATH.

Nothing is downloaded: the wheels are built by the tools that are installed, and unpacked instead of installed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = """# Thread

## Fields

| Field | Type | Required | Description |
| --- | --- | --- | --- |
| `id` | `string` | yes | |
"""

pytest.importorskip("hatchling", reason="the project is built by hatchling")


def built(target: str, into: Path, source: Path = ROOT) -> Path:
    """Build the project by the hooks that pip calls."""
    script = f"import hatchling.build as b, sys; print(b.build_{target}(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", script, str(into)], cwd=source, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return into / done.stdout.split()[-1]


def generates(path: Path, folder: Path) -> None:
    """The tool found at `path` alone makes a package that imports."""
    spec = folder / "spec"
    spec.mkdir()
    (spec / "thread.md").write_text(PAGE, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"}
    where = "import fieldsmith; print(fieldsmith.__file__)"
    found = subprocess.run([sys.executable, "-c", where], env=environment, cwd=folder, capture_output=True, text=True)
    assert Path(found.stdout.strip()).is_relative_to(path), found
    for command in (["-m", "fieldsmith", "generate", "spec", "-o", "client"], ["-c", "from client import Thread"]):
        done = subprocess.run([sys.executable, *command], env=environment, cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_plain_path(tmp_path: Path) -> None:
    generates(ROOT / "generator", tmp_path)


def test_wheel(tmp_path: Path) -> None:
    wheel = built("wheel", tmp_path)
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "site")
    information = wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info"
    assert {name.split("/")[0] for name in names} == {"fieldsmith", information}
    assert "fieldsmith/py.typed" in names
    assert not [name for name in names if name.endswith(".md")], "pages of dialects are for readers of the source"
    generates(tmp_path / "site", tmp_path)


def test_sdist(tmp_path: Path) -> None:
    sdist = built("sdist", tmp_path)
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (source,) = (tmp_path / "unpacked").iterdir()
    for name in ("generator", "templates", "tests", "spec", "README.md", "LICENSE", "pyproject.toml", "Makefile"):
        assert (source / name).exists(), name
    assert list((source / "generator").rglob("*.md")), "the pages of dialects"
    wheel = built("wheel", tmp_path, source)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    generates(tmp_path / "site", tmp_path)


def test_editable(tmp_path: Path) -> None:
    wheel = built("editable", tmp_path)
    with zipfile.ZipFile(wheel) as archive:
        (path,) = (archive.read(name).decode() for name in archive.namelist() if name.endswith(".pth"))
    assert Path(path.strip()) == ROOT / "generator"
    generates(Path(path.strip()), tmp_path)
