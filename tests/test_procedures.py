"""`procedures.md`: each way to fail has tests that are there, or a reason."""

from __future__ import annotations

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent
ROW = re.compile(r"^\| (X\d+) \| [^|]+ \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(test_\w+\.py)::(test_\w+)`")


def defined_in(file: str) -> set[str]:
    tree = ast.parse((HERE / file).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_procedure_has_tests_or_a_reason() -> None:
    text = (HERE / "procedures.md").read_text("utf-8")
    rows = ROW.findall(text)
    assert len(rows) == text.count("\n| X") >= 100
    assert [number for number, _ in rows] == sorted({number for number, _ in rows})
    for number, cell in rows:
        named = TEST.findall(cell)
        assert named or cell.startswith("none: "), number
        for file, name in named:
            assert name in defined_in(file), f"{number}: {file}::{name}"
