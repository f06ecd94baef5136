"""Holds fieldsmith against real documentation: every set of pages `FOLDER/*/docs`, a line a set; exit code 1 for a failure.

    python tests/run_corpus.py FOLDER [SET ...]

A set passes when `generate` and `check` end with 0, black would leave every emitted file as it is, each emitted module
imports alone in a fresh interpreter with warnings as errors, and reading the emitted docs gives the same IR. With a
`truth.json` beside the pages and a `tools/score.py` beside the folder, the score of the IR is printed too.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import black

FIELDSMITH = [sys.executable, "-m", "fieldsmith"]

# Sets whose pages need a name chosen: two pages of one title, which would be one file on many disks.
NAMES = {"clerk-php-components": {"docs/Models/Components/SamlConnection.md#SamlConnection": "SamlConnectionSummary"}}

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


def failures(pages: Path, work: Path) -> Iterator[str]:
    """What is wrong with the package made of a set of pages."""
    package = work / pages.parent.name.replace("-", "_")
    names = "".join(f'"{key}" = "{name}"\n' for key, name in NAMES.get(pages.parent.name, {}).items())
    (work / "pyproject.toml").write_text(f"[tool.fieldsmith.names]\n{names}")
    run("generate", "-q", pages.parent, "-o", package, cwd=work)
    run("check", "-q", pages.parent, "-o", package, cwd=work)
    ir = run("ir", "-q", pages.parent, cwd=work)
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


def score(pages: Path, work: Path) -> str:
    tool = pages.parent.parent.parent / "tools" / "score.py"
    rows = []
    for name, options in (("truth.json", ()), ("truth-openapi.json", ("--openapi",))):
        truth = pages.parent / name
        if tool.exists() and truth.exists():
            command = [sys.executable, str(tool), str(work / "ir.json"), str(truth), *options]
            rows.append(subprocess.run(command, capture_output=True, text=True).stdout.strip())
    return "".join(f"\n      {row}" for row in rows)


def main(folder: Path, chosen: list[str]) -> int:
    failed = 0
    for pages in sorted(folder.glob("*/docs")):
        meta = pages.parent / "meta.json"
        if (chosen and pages.parent.name not in chosen) or not meta.exists() or "speakeasy" not in json.loads(meta.read_bytes()):
            continue
        begin = time.perf_counter()
        with tempfile.TemporaryDirectory() as name:
            try:
                found = list(failures(pages, Path(name)))
            except RuntimeError as failure:
                found = [str(failure)]
            rows = score(pages, Path(name))
        failed += bool(found)
        seconds = time.perf_counter() - begin
        print(f"{'BAD' if found else 'ok '} {pages.parent.name:26} {seconds:5.1f} s {'; '.join(found[:3])}{rows}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), sys.argv[2:]))
