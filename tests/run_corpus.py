"""Holds fieldsmith against real documentation, a line for each set of pages below a folder; exit code 1 for a failure.

    python tests/run_corpus.py FOLDER [SET ...]

A set passes when `generate` and `check` end with 0, its exports are valid, black would leave every emitted file as it is, each emitted module
imports alone in a fresh interpreter with warnings as errors, and reading the emitted docs gives the same IR. With a
`truth.json` beside the pages and a `tools/score.py` beside the folder, the score of the IR is printed too.

A set is a folder with a `meta.json` that tells of a generator whose pages a dialect reads.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import black
from jsonschema import Draft202012Validator, SchemaError
from openapi_spec_validator import validate
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

FIELDSMITH = [sys.executable, "-m", "fieldsmith"]

# Sets whose pages need a name chosen: two pages of one title, which would be one file on many disks.
NAMES = {"clerk-php-components": {"docs/Models/Components/SamlConnection.md#SamlConnection": "SamlConnectionSummary"}}

# Sets whose models are imported and read by mypy, which takes its time.
MODELS = {"mistral-py", "openai-ts-2024", "gentest-py-2023"}

# Imports each module named on standard input in a process forked from an interpreter that has imported nothing yet.
IMPORTER = """
import os, sys, warnings
warnings.simplefilter("error")
sys.path.insert(0, sys.argv[1])
for name in sys.stdin.read().split():
    child = os.fork()
    if child == 0:
        try:
            __import__(name)
        except BaseException as failure:
            print(f"{name}: {failure!r}", flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""


def run(*arguments: object, cwd: Path) -> str:
    """Standard output of a fieldsmith command that ends with 0, else RuntimeError with what it said."""
    done = subprocess.run([*FIELDSMITH, *map(str, arguments)], capture_output=True, text=True, cwd=cwd)
    if done.returncode:
        raise RuntimeError(f"exit {done.returncode}: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")
    return done.stdout


def without_sources(ir: str) -> Any:
    """The printed IR without the places that it was read from."""
    return json.loads(ir, object_hook=lambda found: {key: value for key, value in found.items() if key != "source"})


def left_alone(path: Path) -> bool:
    source = path.read_text(encoding="utf-8")
    return black.format_str(source, mode=black.Mode()) == source


def module_name(package: Path, path: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def sets(folder: Path) -> Iterator[tuple[str, Path]]:
    """The names and folders of all sets: of Speakeasy's pages right below `folder`, of others that are read anywhere."""
    for meta in sorted(folder.rglob("meta.json")):
        about, pages = json.loads(meta.read_bytes()), meta.parent
        known = str(about.get("lang")).startswith(("openapi-generator", "discord", "oas"))
        if known or ("speakeasy" in about and (pages / "docs").exists() and pages.parent == folder):
            yield pages.relative_to(folder).as_posix(), pages


def failures(name: str, pages: Path, work: Path) -> Iterator[str]:
    """What is wrong with the package made of a set of pages."""
    package = work / re.sub(r"\W", "_", name)
    names = "".join(f'"{key}" = "{chosen}"\n' for key, chosen in NAMES.get(name, {}).items())
    (work / "pyproject.toml").write_text(f"[tool.fieldsmith.names]\n{names}")
    run("generate", "-q", pages, "-o", package, cwd=work)
    run("check", "-q", pages, "-o", package, cwd=work)
    yield from export_failures(pages, work)
    if name in MODELS:
        yield from model_failures(pages, work)
    ir = run("ir", "-q", pages, cwd=work)
    (work / "ir.json").write_text(ir)
    if without_sources(ir) != without_sources(run("ir", "-q", package / "docs", cwd=work)):
        yield "the emitted docs read differently"
    files = sorted(package.rglob("*.py"))
    with ProcessPoolExecutor() as pool:
        same = pool.map(left_alone, files, chunksize=50)
        yield from (f"black changes {path}" for path, alone in zip(files, same, strict=True) if not alone)
    modules = "\n".join(module_name(package, path) for path in files)
    importing = [sys.executable, "-c", IMPORTER, str(work)]
    yield from subprocess.run(importing, input=modules, capture_output=True, text=True).stdout.splitlines()


def export_failures(pages: Path, work: Path) -> Iterator[str]:
    """What is wrong with the set as JSON Schema and as OpenAPI."""
    for form, check in (("jsonschema", Draft202012Validator.check_schema), ("openapi", validate)):
        try:
            check(json.loads(run("schema", "-q", "--format", form, pages, cwd=work)))
        except (SchemaError, OpenAPIValidationError) as failure:
            yield f"{form}: {failure.message}"


def model_failures(pages: Path, work: Path) -> Iterator[str]:
    """What is wrong with the models of the set: each module is imported with warnings as errors, and mypy passes it."""
    models = work / "models"
    run("generate", "-q", pages, "-o", models, "--targets", "pydantic,msgspec,typeddict", cwd=work)
    for path in sorted(models.glob("*.py")):
        importing = [sys.executable, "-W", "error", "-c", f"import {path.stem}"]
        typing = [sys.executable, "-m", "mypy", "--strict", "--config-file=", path.name]
        for command in (importing, typing):
            done = subprocess.run(command, capture_output=True, text=True, cwd=models)
            if done.returncode:
                yield f"{path.name}: {(done.stdout + done.stderr).strip().splitlines()[-1]}"


def score(folder: Path, pages: Path, work: Path) -> str:
    tool = folder.parent / "tools" / "score.py"
    rows = []
    for name, options in (("truth.json", ()), ("truth-openapi.json", ("--openapi",))):
        truth = pages / name
        if tool.exists() and truth.exists():
            command = [sys.executable, str(tool), str(work / "ir.json"), str(truth), *options]
            rows.append(subprocess.run(command, capture_output=True, text=True).stdout.strip())
    return "".join(f"\n      {row}" for row in rows)


def main(folder: Path, chosen: list[str]) -> int:
    failed = 0
    for title, pages in sets(folder):
        if chosen and title not in chosen:
            continue
        begin = time.perf_counter()
        with tempfile.TemporaryDirectory() as name:
            try:
                found = list(failures(title, pages, Path(name)))
            except RuntimeError as failure:
                found = [str(failure)]
            rows = score(folder, pages, Path(name))
        failed += bool(found)
        seconds = time.perf_counter() - begin
        print(f"{'BAD' if found else 'ok '} {title:31} {seconds:5.1f} s {'; '.join(found[:3])}{rows}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), sys.argv[2:]))
