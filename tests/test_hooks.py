"""Where others run the tool for a repository: pre-commit by its real self, and the steps of the GitHub Action."""

from __future__ import annotations

import re
import shutil
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from recipes import OUTPUT, PAGE, ROOT, environment, installed, project, recipe, run

TOOL = ("generator", "templates", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "action.yml")
pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="there is no git")


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which pip finds all that the tool needs, and hatchling to build it, without an index."""
    folder = tmp_path_factory.mktemp("offline")
    site = installed(folder / "site", "fieldsmith", "hatchling")
    return environment(
        PYTHONPATH=str(site),
        PYTHONDONTWRITEBYTECODE="",
        PIP_NO_INDEX="1",
        PIP_NO_BUILD_ISOLATION="0",  # pip's way to say that there is none
        PIP_CONFIG_FILE="/dev/null",
        PRE_COMMIT_HOME=str(folder / "pre-commit"),
        GIT_CONFIG_GLOBAL="/dev/null",
        GIT_AUTHOR_NAME="A",
        GIT_AUTHOR_EMAIL="a@example.org",
        GIT_COMMITTER_NAME="A",
        GIT_COMMITTER_EMAIL="a@example.org",
    )


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory, offline: dict[str, str]) -> Path:
    """A repository of this project, with one commit."""
    folder = tmp_path_factory.mktemp("tool")
    for name in TOOL:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    commit(folder, offline)
    return folder


def commit(folder: Path, env: dict[str, str], code: int = 0) -> str:
    run("git", "init", "-q", cwd=folder, env=env)
    run("git", "add", "-A", cwd=folder, env=env)
    return run("git", "commit", "-m", "all", cwd=folder, env=env, code=code)


def configuration(tool: Path, env: dict[str, str], hook: str) -> str:
    """The recipe for pre-commit with one of its two hooks, and with the repository at hand for the address."""
    text = recipe("pre-commit", "yaml").replace("https://github.com/OWNER/fieldsmith", str(tool))
    text = text.replace("v0.1.0", run("git", "rev-parse", "HEAD", cwd=tool, env=env).strip())
    lines = [line for line in text.splitlines() if "- id:" not in line or re.search(rf"id: {hook}( |$)", line)]
    return "\n".join(lines) + "\n"


def test_pre_commit(tool: Path, offline: dict[str, str], tmp_path: Path) -> None:
    """A commit that lacks the output fails; the next has it. The other hook says what differs, and touches nothing."""
    shop = project(tmp_path / "shop")
    (shop / ".pre-commit-config.yaml").write_text(configuration(tool, offline, "fieldsmith"), "utf-8")
    commit(shop, offline)
    run("pre-commit", "install", cwd=shop, env=offline)
    assert "1 page, 1 definition" in run("pre-commit", "run", "--all-files", "--verbose", cwd=shop, env=offline)
    commit(shop, offline)

    page, module = shop / "spec" / "parcel.md", shop / OUTPUT / "parcel.py"
    page.write_text(PAGE.replace("number", "name"), "utf-8")
    assert "files were modified by this hook" in commit(shop, offline, code=1)
    assert "Its name." in module.read_text("utf-8")
    assert "Passed" in commit(shop, offline)

    (shop / ".pre-commit-config.yaml").write_text(configuration(tool, offline, "fieldsmith-check"), "utf-8")
    page.write_text(PAGE, "utf-8")
    assert f"changed: {OUTPUT.as_posix()}/parcel.py" in commit(shop, offline, code=1)
    assert "Its name." in module.read_text("utf-8")


def test_the_manifest_of_hooks_is_valid() -> None:
    run("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml", cwd=ROOT)
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")):
        for name in ("spec/a.md", "spec/a.mdx", "looks/model.py.jinja", "pyproject.toml", "src/models/a.py"):
            assert re.search(hook["files"], name), name
        assert not re.search(hook["files"], "src/main.rs")


def test_action(tool: Path, offline: dict[str, str], tmp_path: Path) -> None:
    """Every step that is a script runs as GitHub would run it; an input is never a part of a script."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    steps = action["runs"]["steps"]
    scripts = [step for step in steps if "run" in step]
    assert action["runs"]["using"] == "composite" and len(scripts) == len(steps) - 1
    assert all("${{" not in step["run"] and step["shell"] == "bash" for step in scripts)
    shop = project(tmp_path / "my shop")
    evil = "$(touch hacked) `touch hacked`; touch hacked.toml"
    (shop / evil).write_bytes((shop / "pyproject.toml").read_bytes())
    (tmp_path / "runner temp").mkdir()

    def act(config: str, step: dict[str, Any]) -> tuple[list[str], dict[str, str]]:
        given = {"config": config, "python-version": "3.x"}
        values = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: given[match[1]], value)
            for name, value in step.get("env", {}).items()
        }
        env = {**offline, **values, "RUNNER_TEMP": str(tmp_path / "runner temp"), "GITHUB_ACTION_PATH": str(tool)}
        return ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], env

    command, env = act("pyproject.toml", scripts[0])
    run(*command, cwd=shop, env=env)
    for config in (action["inputs"]["config"]["default"], evil):
        command, env = act(config, scripts[1])
        printed = run(*command, cwd=shop, env=env, code=1)
        assert f"::error file={OUTPUT.as_posix()}/parcel.py,line=1,col=1,title=missing::" in printed
        assert not (shop / "hacked").exists() and not (shop / "hacked.toml").exists()
    run(sys.executable, "-m", "fieldsmith", "generate", "-q", cwd=shop)
    command, env = act("pyproject.toml", scripts[1])
    assert "up to date" in run(*command, cwd=shop, env=env)


def test_the_other_recipes() -> None:
    """What the tests do not run is at least well-formed, and names what there is."""
    workflow = yaml.safe_load(recipe("GitHub Actions", "yaml"))
    inputs = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"]
    assert set(workflow["jobs"]["models"]["steps"][1]["with"]) <= set(inputs)
    assert tomllib.loads(recipe("tox", "toml"))["env"]["models"]["commands"] == [["fieldsmith", "check"]]
    assert 'session.run("fieldsmith", "check")' in recipe("nox", "python")
    compile(recipe("nox", "python"), "noxfile.py", "exec")
