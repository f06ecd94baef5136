"""The build hook of hatchling, by the recipe of BUILDING.md: real builds, from the tree and from the sdist."""

from __future__ import annotations

import re
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from fieldsmith.recall import FOLDER
from fieldsmith.writing.paths import MANIFEST
from recipes import OUTPUT, environment, project, recipe, run
from test_packaging import built

pytest.importorskip("hatchling", reason="the hook is hatchling's")
SETTINGS = recipe("hatchling", "toml") + '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.11"\n'
MODELS = "shop/models/"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tool as a wheel brings it: hatchling finds the hook by what stands in the wheel's metadata."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(built("wheel", folder)) as wheel:
        wheel.extractall(folder)
    return folder


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A project whose output version control ignores, and never made so far."""
    folder = project(tmp_path / "shop", SETTINGS)
    (folder / OUTPUT.parent / "__init__.py").write_text("", "utf-8")
    (folder / ".gitignore").write_text(f"{OUTPUT.as_posix()}/\n", "utf-8")
    return folder


def build(site: Path, folder: Path, *options: str, code: int = 0) -> str:
    command = (sys.executable, "-m", "build", "--no-isolation", *options)
    return run(*command, cwd=folder, env=environment(PYTHONPATH=str(site)), code=code)


def names(archive: Path) -> set[str]:
    """The files in an archive, below the one folder of an sdist."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return {name for name in wheel.namelist() if ".dist-info/" not in name}
    with tarfile.open(archive) as sdist:
        return {name.partition("/")[2] for name in sdist.getnames()}


def outputs(folder: Path) -> set[str]:
    found = [path.relative_to(folder / OUTPUT) for path in (folder / OUTPUT).rglob("*") if path.is_file()]
    return {f"{MODELS}{path}" for path in found if FOLDER not in path.parts}


def test_sdist_and_the_wheel_of_it(site: Path, shop: Path) -> None:
    assert "Successfully built" in build(site, shop)
    made = outputs(shop)
    assert f"{MODELS}parcel.py" in made and f"{MODELS}{MANIFEST}" in made
    assert names(shop / "dist" / "shop-1-py3-none-any.whl") == made | {"shop/__init__.py"}
    inside = names(shop / "dist" / "shop-1.tar.gz")
    assert {f"src/{name}" for name in made} | {"spec/parcel.md"} <= inside
    with zipfile.ZipFile(shop / "dist" / "shop-1-py3-none-any.whl") as wheel:
        wheel.extractall(shop / "installed")
    run(sys.executable, "-c", "from shop.models import Parcel", cwd=shop, env=environment(PYTHONPATH="installed"))


def test_nothing_but_outputs_gets_in(site: Path, shop: Path) -> None:
    """Cache, journal and temporary files stay out, whether or not version control ignores the folder."""
    for ignored in (True, False):
        if not ignored:
            (shop / ".gitignore").unlink()
        for cache in (shop / FOLDER, shop / OUTPUT / FOLDER):
            (cache / "ab").mkdir(parents=True, exist_ok=True)
            (cache / "ab" / "one.json").write_text("{}", "utf-8")
        (shop / OUTPUT / ".fieldsmith-1.tmp").write_text("", "utf-8")
        build(site, shop, "--sdist", "--wheel")
        for archive in (shop / "dist").iterdir():
            ours = {name for name in names(archive) if ".fieldsmith" in name}
            assert {Path(name).name for name in ours} == {MANIFEST} and len(ours) == 1


def test_what_is_included_by_force_is_looked_at(site: Path, shop: Path) -> None:
    forced = f'force-include = {{ "{OUTPUT.as_posix()}" = "models" }}\n'
    settings = (shop / "pyproject.toml").read_text("utf-8")
    (shop / "pyproject.toml").write_text(settings.replace("[project]", f"{forced}[project]"), "utf-8")
    (shop / OUTPUT / FOLDER).mkdir(parents=True)
    (shop / OUTPUT / FOLDER / "one.json").write_text("{}", "utf-8")
    printed = build(site, shop, "--wheel", code=1)
    assert re.search(rf"fieldsmith: models/{FOLDER}/\S+ of fieldsmith's own is in ", printed)


def test_an_sdist_without_pages(site: Path, shop: Path) -> None:
    settings = (shop / "pyproject.toml").read_text("utf-8")
    (shop / "pyproject.toml").write_text(f'{settings}[tool.hatch.build.targets.sdist]\ninclude = ["/src"]\n', "utf-8")
    build(site, shop)
    assert "spec/parcel.md" not in names(shop / "dist" / "shop-1.tar.gz")
    assert f"{MODELS}parcel.py" in names(shop / "dist" / "shop-1-py3-none-any.whl")
    shutil.rmtree(shop / "spec")
    assert "error[FS001]" in build(site, shop, "--sdist", code=1), "in the project itself the pages are missed"


@pytest.mark.parametrize(
    "old, new, message",
    [
        ("`string`", "`strung`", "spec/parcel.md:9:10: error[FS101]: "),
        ('hooks.fieldsmith]', 'hooks.fieldsmith]\noutput = "x"', "the hook has no option 'output'"),
        ('hooks.fieldsmith]', 'hooks.fieldsmith]\nconfig = "x.toml"', "x.toml:1:1: error[FS300]: "),
        ('output = "src', 'output = "../src', "lies outside the project"),
        ('output = "src', 'out = "src', "pyproject.toml:3:1: error[FS302]: "),
    ],
)
def test_mistakes(site: Path, shop: Path, old: str, new: str, message: str) -> None:
    """The build ends with the finding, and fieldsmith adds no traceback to it."""
    for file in (shop / "pyproject.toml", shop / "spec" / "parcel.md"):
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    script = "import hatchling.build as b; b.build_sdist('dist')"
    printed = run(sys.executable, "-c", script, cwd=shop, env=environment(PYTHONPATH=str(site)), code=1)
    assert message in printed and "Traceback" not in printed


def test_warnings_and_an_editable_install(site: Path, shop: Path) -> None:
    page = shop / "spec" / "parcel.md"
    page.write_text(page.read_text("utf-8").replace("`string`", "[Gone](gone.md)"), "utf-8")
    settings = (shop / "pyproject.toml").read_text("utf-8")
    settings = settings.replace("[project]", 'dev-mode-dirs = ["src"]\n[project]')  # else hatchling wants `editables`
    (shop / "pyproject.toml").write_text(settings, "utf-8")
    script = "import hatchling.build as b; b.build_editable('dist')"
    printed = run(sys.executable, "-c", script, cwd=shop, env=environment(PYTHONPATH=str(site)))
    assert "warning[FS103]" in printed
    assert (shop / OUTPUT / "parcel.py").exists()
