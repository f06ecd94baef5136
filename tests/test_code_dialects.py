"""Dialects with code: a file or an entry point that the settings name -> how pages are read; no failure is a traceback."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from fieldsmith import cli
from fieldsmith.commands.running import Run
from fieldsmith.diagnostics import Span
from fieldsmith.flags import Flags
from fieldsmith.inputs import inputs_of
from fieldsmith.reading.accounts import Accounts
from fieldsmith.reading.checking import wrong_in
from fieldsmith.reading.records import Cell, Claim, DefinitionRecord, FieldRecord, Reading

ROOT = Path(__file__).parents[1]
DOCUMENT = (ROOT / "DIALECTS.md").read_text("utf-8")


def example(mark: str) -> str:
    return DOCUMENT.partition(f"<!-- {mark} -->\n")[2].partition("\n")[2].partition("```\n")[0]


CODE, PAGE = example("code dialect"), example("code page")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "parcel.md").write_text(PAGE, "utf-8")
    (tmp_path / "ours.py").write_text(CODE, "utf-8")
    name(tmp_path, 'file = "ours.py"')
    return tmp_path


def name(folder: Path, text: str) -> None:
    settings = f'[tool.fieldsmith]\npages = "spec"\noutput = "out"\n[tool.fieldsmith.dialects.manifest]\n{text}\n'
    (folder / "pyproject.toml").write_text(settings, "utf-8")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = cli._run(list(arguments))
    out, err = capsys.readouterr()
    assert "Traceback" not in err and "a bug of its own" not in err
    return code, out + err


def test_the_documented_example(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "generate")[0] == 0
    told = run(capsys, "explain", "Parcel.weight")[1]
    assert "read as   manifest page, plain notation" in told
    assert "dialect   a list of fields (manifest 3, speakeasy 1)" in told and "presence  optional, by its mark" in told
    assert not [path for path in folder.rglob("__pycache__") if path.parent == folder]


def test_it_can_be_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "spec" / "parcel.md").write_text(f"<!-- fieldsmith: dialect manifest -->\n{PAGE}", "utf-8")
    assert "as line 1 of the page asks for (manifest 3," in run(capsys, "explain", "Parcel")[1]
    assert run(capsys, "lint", "--dialect", "manifest")[0] == 0
    assert "FS304" in run(capsys, "lint", "--dialect", "manifesto")[1]
    (folder / "spec" / "parcel.md").write_text(f"<!-- fieldsmith: model Box -->\n{PAGE}", "utf-8")
    assert "has no models" in run(capsys, "lint")[1]


def test_the_output_is_the_same_by_any_number(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(200):
        (folder / "spec" / f"p{number}.md").write_text(PAGE.replace("Parcel", f"Parcel{number}"), "utf-8")
    for jobs in ("1", "2"):
        assert run(capsys, "generate", "--jobs", jobs, "-o", f"out{jobs}")[0] == 0
    one, two = ({path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()} for out in (folder / "out1", folder / "out2"))  # fmt: skip
    assert one == two and len(one) > 400


def test_an_edit_of_the_file_counts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert run(capsys, "generate")[0] == 0
    about = (folder / "ours.py").stat()
    (folder / "ours.py").write_text(CODE.replace("required is not None", "required is     None"), "utf-8")
    os.utime(folder / "ours.py", ns=(about.st_atime_ns, about.st_mtime_ns))
    assert run(capsys, "check")[0] == 1
    assert run(capsys, "generate", "--depfile", "deps.d")[0] == 0
    assert "presence  required" in run(capsys, "explain", "Parcel.weight")[1]
    assert "\n ours.py" in (folder / "deps.d").read_text("utf-8")
    config = Run(Flags()).config
    assert str(folder / "ours.py") in inputs_of(config, Flags()).settings


def test_only_the_settings_load_code(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    installed(folder, monkeypatch, "raise SystemExit('loaded')\n")
    assert run(capsys, "generate")[0] == 0
    assert run(capsys, "lint", "--dialect", "theirs")[0] == 2
    (folder / "spec" / "parcel.md").write_text(f"<!-- fieldsmith: dialect theirs -->\n{PAGE}", "utf-8")
    assert "FS055" in run(capsys, "lint")[1] and "their_dialect" not in sys.modules


def installed(folder: Path, monkeypatch: pytest.MonkeyPatch, code: str, point: str = "their_dialect") -> None:
    """A package that brings a dialect along."""
    site = folder / "site"
    (site / "theirs-1.0.dist-info").mkdir(parents=True)
    (site / "theirs-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: theirs\nVersion: 1.0\n", "utf-8")
    (site / "theirs-1.0.dist-info" / "entry_points.txt").write_text(f"[fieldsmith.dialects]\ntheirs = {point}\n", "utf-8")
    (site / "their_dialect.py").write_text(code, "utf-8")
    monkeypatch.syspath_prepend(site)
    monkeypatch.delitem(sys.modules, "their_dialect", raising=False)


def test_an_entry_point(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    installed(folder, monkeypatch, CODE.replace("DIALECT", "OURS"), "their_dialect:OURS")
    name(folder, 'entry_point = "theirs"')
    assert "dialect   a list of fields (manifest 3" in run(capsys, "explain", "Parcel")[1]
    assert str(folder / "site" / "their_dialect.py") in inputs_of(Run(Flags()).config, Flags()).settings
    name(folder, 'entry_point = "their"')
    assert "pyproject.toml:5:15: error[FS326]: no package has an entry point 'their'" in run(capsys, "lint")[1]
    sys.modules.pop("their_dialect", None)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("file = 1", "FS303"),
        ('file = "none.py"', "pyproject.toml:5:8: error[FS326]: dialect 'manifest': 'none.py' cannot be read: there is no such file"),
        ('file = "."', "FS326"),
        ('file = "ours.py"\nentry_point = "a"', "FS304"),
        ('entry_point = "a"\nobject = "B"', "FS304"),
        ('object = "DIALECT"', "FS304"),
        ('file = "ours.py"\nmodels = "*"', "FS302"),
        ('file = "ours.py"\nobject = "ITEM"', "`ITEM` is Pattern, and no fieldsmith.reading.records.Dialect"),
        ('file = "ours.py"\nobject = "NONE"', "ours.py:1:1: error[FS326]: dialect 'manifest': AttributeError: "),
        ('file = "ours.py"\nobject = "re.compile"', "FS326"),
    ],
)
def test_mistakes_in_the_settings(folder: Path, capsys: pytest.CaptureFixture[str], settings: str, expected: str) -> None:
    name(folder, settings)
    code, output = run(capsys, "generate")
    assert code == 2 and expected in output and not (folder / "out").exists()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import\n", "ours.py:1:1: error[FS326]: dialect 'manifest': SyntaxError"),
        ("\nimport nothing_of_this_name\n", "ours.py:2:1: error[FS326]: dialect 'manifest': ModuleNotFoundError"),
        ("\n\nraise SystemExit(3)\n", "ours.py:3:1: error[FS326]: dialect 'manifest': SystemExit: 3"),
        ("def f():\n    return 1 / 0\nf()\n", "ours.py:2:1: error[FS326]: dialect 'manifest': ZeroDivisionError"),
        ("x = \0", "FS326"),
        (CODE.replace("(PLAIN,)", "()"), "has no notations"),
        (CODE.replace("(PLAIN,)", "[PLAIN]"), "has notations that is list and not a tuple"),
        (CODE.replace('Dialect("manifest", claims', 'Dialect("manifest", None'), "has claims that is NoneType and not a function"),
        (CODE.replace("heads=()", "members='both'"), "has members that is str and not 'cell' or 'inner'"),
    ],
)
def test_mistakes_in_the_code(folder: Path, capsys: pytest.CaptureFixture[str], code: str, expected: str) -> None:
    (folder / "ours.py").write_text(code, "utf-8")
    status, output = run(capsys, "generate")
    assert status == 2 and expected in output and not (folder / "out").exists()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("return Claim()", "return None", "`claims` gives what is NoneType and not Claim"),
        ('return Claim(3, "a list of fields")', "raise KeyError('x')", "KeyError: 'x' (ours.py:17)"),
        ('return Claim(3, "a list of fields")', "return Claim('3', 'why')", "has points that is str and not int"),
        ("return Reading(", "return tuple(", "TypeError"),
        ("    found = []", "    raise SystemExit", "SystemExit"),
        ("DefinitionRecord(document.path", "DefinitionRecord('other.md'", "gives a definition 'Parcel' of another page"),
        ("DefinitionRecord(document.path, title.text", "DefinitionRecord(document.path, 7", "has definitions[0].title that is int and not str"),
        ("fields = tuple(", "fields = list(", "has definitions[0].fields that is list and not a tuple"),
        ('"model", ""', '"modell", ""', "has definitions[0].kind that is str"),
        ("Cell(kind, place)", "kind", "has definitions[0].fields[0].type that is str and not Cell"),
        ("required is not None", "'yes'", "has definitions[0].fields[0].required that is str and not bool or None"),
        ('accounts.add("FS034"', 'accounts.add("FS999"', "KeyError: 'FS999'"),
    ],
)
def test_mistakes_on_a_page(folder: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, expected: str) -> None:
    assert old in CODE
    (folder / "ours.py").write_text(CODE.replace(old, new, 1), "utf-8")
    (folder / "spec" / "notes.md").write_text("# Notes\n", "utf-8")
    (folder / "spec" / "odd.md").write_text(PAGE + "- what?\n", "utf-8")
    code, output = run(capsys, "generate", "--jobs", "1")
    assert code == 2 and "error[FS327]" in output and expected in output and not (folder / "out").exists()
    assert re.search(r"spec/\w+\.md:1:1: error\[FS327\]", output)
    (folder / "ours.py").write_text(CODE, "utf-8")
    assert "FS327" not in run(capsys, "generate", "--jobs", "1")[1]


def test_nouns_are_held_to_their_types() -> None:
    span = Span("a.md", 1, 1)
    field = FieldRecord("a", Cell("b", span), True, "", None, None, None, span)
    record = DefinitionRecord("a.md", "A", "model", "", None, span, (field,))
    assert wrong_in(Reading((record,)), Reading) == "" and wrong_in(Claim(True), Claim) == "has points that is bool and not int"
    assert wrong_in(Reading((record._replace(span=("a.md", 1, 1)),)), Reading) == "has definitions[0].span that is tuple and not Span"  # type: ignore[arg-type]  # on purpose
    assert len(Accounts()) == 0
