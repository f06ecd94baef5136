"""The commands as a user meets them: what they print, what they leave on the disk, and their exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fieldsmith import cli, report
from fieldsmith.diagnostics import Span
from fieldsmith.recall import FOLDER
from fieldsmith.suggest import near

SOURCE = str(Path(cli.__file__).parents[1])
ENVIRONMENT = {**os.environ, "PYTHONPATH": SOURCE}
POSIX = os.name == "posix"
PAGE = """# Thread

A conversation.

## Fields

| Field | Type | Required | Description |
| --- | --- | --- | --- |
| `id` | `string` | yes | Its name. |
| `parent` | [Thread](thread.md) | no | |
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "thread.md").write_text(PAGE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


Output = tuple[int, str, str]


class Tool:
    """Runs a command in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str) -> Output:
        code = cli._run(list(arguments))
        done = self.capsys.readouterr()
        return code, done.out, done.err


@pytest.fixture
def tool(capsys: pytest.CaptureFixture[str]) -> Tool:
    return Tool(capsys)


def tree(folder: Path) -> dict[str, bytes]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and FOLDER not in path.parts]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_generate_alone_is_enough(folder: Path, tool: Tool) -> None:
    code, out, err = tool("generate", "spec/thread.md", "-o", "client")
    assert (code, err) == (0, "")
    files = len(tree(folder / "client")) - 1
    assert out == f"1 page, 1 definition -> client: {files} files ({files} written, 0 unchanged, 0 removed)\n"
    code, out, _ = tool("generate", "spec/thread.md", "-o", "client")
    assert f"(0 written, {files} unchanged, 0 removed)" in out


def test_generate_by_settings_alone(folder: Path, tool: Tool) -> None:
    (folder / "pyproject.toml").write_text("[tool.fieldsmith]\npages = 'spec'\noutput = 'client'\n", "utf-8")
    (folder / "inner").mkdir()
    os.chdir(folder / "inner")
    assert tool("generate", "-q") == (0, "", "")
    assert (folder / "client" / "thread.py").exists()


def test_an_error_leaves_the_earlier_output(folder: Path, tool: Tool) -> None:
    tool("generate", "spec", "-o", "client")
    before = tree(folder / "client")
    (folder / "spec" / "thread.md").write_text(PAGE.replace("`string`", "`strnig`"), "utf-8")
    code, out, err = tool("generate", "spec", "-o", "client")
    assert (code, out) == (2, "")
    assert err.startswith("spec/thread.md:9:")
    assert ": error[FS101]: " in err.splitlines()[0]
    assert err.splitlines()[1].startswith("  = help: ")
    assert tree(folder / "client") == before


@pytest.mark.parametrize(
    ("arguments", "finding"),
    [
        (("nowhere",), "nowhere:1:1: error[FS001]"),
        (("empty",), "empty:1:1: error[FS002]"),
        ((), "command line: error[FS307]"),
        (("spec", "--dialect", "x"), "command line: error[FS304]"),
        (("spec", "-o", "spec/out"), "spec/out:1:1: error[FS406]"),
        (("spec", "-o", "."), ".:1:1: error[FS406]"),
    ],
)
def test_wrong_input_is_2(folder: Path, tool: Tool, arguments: tuple[str, ...], finding: str) -> None:
    (folder / "empty").mkdir()
    before = tree(folder)
    code, out, err = tool("generate", *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(finding)
    assert tree(folder) == before


@pytest.mark.parametrize(
    ("output", "what"),
    [("class", "a keyword of Python"), ("out/None", "a keyword of Python"), ("my-api", "no identifier")],
)
def test_a_package_that_no_import_can_name_is_a_warning(folder: Path, tool: Tool, output: str, what: str) -> None:
    """It is written, as its folder may be renamed later; so `check` compares it."""
    name = output.rpartition("/")[2]
    said = f"{output}:1:1: warning[FS417]: '{name}' is {what}: no `import` can name this package\n"
    help_text = "  = help: choose another, or ignore this if it gets one later\n"
    code, _, err = tool("generate", "spec", "-o", output)
    assert (code, err) == (0, said + help_text) and (folder / output / "thread.py").exists()
    (folder / output / "thread.py").unlink()
    code, out, err = tool("check", "spec", "-o", output)
    assert (code, err) == (1, said + help_text) and f"missing: {output}/thread.py\n" in out
    assert tool("generate", "spec", "-o", output, "--strict")[0] == 2
    assert tool("generate", "spec", "-o", output, "--targets", "docs")[2] == "", "documentation is no package"
    (folder / "pyproject.toml").write_text("[tool.fieldsmith]\nignore = ['FS417']\n", "utf-8")
    assert tool("generate", "spec", "-o", output)[2] == ""


def test_one_bad_job_keeps_all_from_being_written(folder: Path, tool: Tool) -> None:
    (folder / "bad").mkdir()
    job = "[[tool.fieldsmith.jobs]]\nname = '{0}'\npages = '{0}'\noutput = 'out/{0}'\n"
    jobs = "".join(job.format(name) for name in ("spec", "bad"))
    (folder / "pyproject.toml").write_text(jobs, "utf-8")
    assert tool("generate")[0] == 2
    assert not (folder / "out").exists()
    assert tool("generate", "spec")[0] == 0
    assert (folder / "out" / "spec" / "thread.py").exists()


def test_strict_takes_warnings_for_errors(folder: Path, tool: Tool) -> None:
    (folder / "spec" / "thread.md").write_text(PAGE.replace("(thread.md)", "(none.md)"), "utf-8")
    code, _, err = tool("generate", "spec", "-o", "client", "--strict")
    assert code == 2
    assert "error[FS103]" in err
    assert not (folder / "client").exists()
    code, _, err = tool("generate", "spec", "-o", "client")
    assert code == 0
    assert "warning[FS103]" in err


def test_findings_can_be_switched_off(folder: Path, tool: Tool) -> None:
    page = PAGE.replace("(thread.md)", "(none.md)")
    switched = page.replace("A conv", "<!-- fieldsmith: off FS103 -->\n\nA conv")
    (folder / "spec" / "thread.md").write_text(switched, "utf-8")
    assert tool("lint", "spec", "-q") == (0, "", "")
    (folder / "spec" / "thread.md").write_text(page, "utf-8")
    assert tool("lint", "spec")[0] == 1
    for ignore in ("['FS103']", "{ 'thread.*' = ['FS103'] }"):
        (folder / "pyproject.toml").write_text(f"[tool.fieldsmith]\nignore = {ignore}\n", "utf-8")
        assert tool("lint", "spec", "-q") == (0, "", "")
    (folder / "pyproject.toml").write_text("[tool.fieldsmith]\nignore = { 'other.md' = ['FS103'] }\n", "utf-8")
    assert tool("lint", "spec")[0] == 1


def test_check_says_what_differs(folder: Path, tool: Tool) -> None:
    code, out, _ = tool("check", "spec", "-o", "client")
    assert code == 1
    assert "missing: client/thread.py\n" in out
    last = out.splitlines()[-1].removeprefix("1 page, 1 definition -> client: ")
    assert last == "{0} files, {0} missing; run `fieldsmith generate`".format(last.partition(" ")[0])
    tool("generate", "spec", "-o", "client")
    assert tool("check", "spec", "-o", "client", "-q") == (0, "", "")
    before = tree(folder)
    (folder / "client" / "thread.py").write_bytes(b"\x1b[31mred\r\n")
    (folder / "client" / "notes.txt").write_text("mine", "utf-8")
    (folder / "client" / "py.typed").unlink()
    code, out, err = tool("check", "spec", "-o", "client")
    assert (code, err) == (1, "")
    assert out.startswith("missing: client/py.typed\nchanged: client/thread.py\nextra: client/notes.txt")
    assert "--- client/thread.py (on the disk)\n+++ client/thread.py (as the pages say)\n" in out
    assert "-\\x1b[31mred\\r\n" in out
    last = "1 missing, 1 changed, 1 extra; run `fieldsmith generate` and move what is not an output out of the folder"
    assert out.splitlines()[-1].startswith("1 page, 1 definition -> client: ") and out.endswith(f"{last}\n")
    assert set(tree(folder)) - set(before) == {"client/notes.txt"}
    assert "\x1b[32m+" in tool("check", "spec", "-o", "client", "--color", "always")[1]


def test_check_for_github(folder: Path, tool: Tool) -> None:
    """A command for each file that differs and for each finding, all on stdout; the exit codes are those of text."""
    check = ("check", "spec", "-o", "client", "--format", "github")
    code, out, err = tool(*check)
    assert (code, err) == (1, "")
    assert "::error file=client/thread.py,line=1,col=1,title=missing::missing; run `fieldsmith generate`\n" in out
    tool("generate", "spec", "-o", "client")
    assert tool(*check, "-q") == (0, "", "")
    page = folder / "spec" / "thread.md"
    page.write_text(PAGE.replace("Its name.", "Its number, 100%") + "| `up` | [Up](up.md) | no | |\n", "utf-8")
    code, out, err = tool(*check)
    assert (code, err) == (1, "")
    changed = next(line for line in out.splitlines() if "client/thread.py" in line)
    assert changed.startswith("::error file=client/thread.py,line=") and "%0A-    \"\"\"Its name." in changed
    assert "%0A+    \"\"\"Its number, 100%25" in changed
    assert "::warning file=spec/thread.md,line=11,col=10,title=FS103::" in out
    page.write_text(PAGE.replace("`string`", "`strung`"), "utf-8")
    code, out, err = tool(*check)
    assert (code, err) == (2, "") and out.startswith("::error file=spec/thread.md,line=9,col=10,title=FS101::")
    assert all(line.startswith("::") for line in out.splitlines())


def test_no_text_of_a_page_is_a_command_of_github(folder: Path, tool: Tool) -> None:
    tool("generate", "spec", "-o", "client")
    module = folder / "client" / "thread.py"
    lines = [f"::error::{at}" for at in range(30)] + ["\r::warning::x", " ::debug::y"]
    module.write_text("\n".join(lines) + module.read_text("utf-8"), "utf-8")
    _, out, _ = tool("check", "spec", "-o", "client", "--format", "github")
    commands = [line for line in re.split("[\r\n]", out) if line.lstrip().startswith("::")]
    assert [line.partition(",")[0] for line in commands] == ["::error file=client/thread.py"]
    assert commands[0].endswith("%0A..."), "of a long diff, the beginning"


def test_no_part_of_a_command_of_github_ends_it() -> None:
    said = report.workflow_command("error", Span("a,b:c%\n.md", 1, 2), "x,y::z", ["one\n::error::two", "%0A"])
    assert said == "::error file=a%2Cb%3Ac%25\\n.md,line=1,col=2,title=x%2Cy%3A%3Az::one\\n::error::two%0A%250A\n"


def test_an_edited_output_needs_force(folder: Path, tool: Tool) -> None:
    tool("generate", "spec", "-o", "client")
    (folder / "client" / "thread.py").write_text("edited\n", "utf-8")
    code, out, err = tool("generate", "spec", "-o", "client")
    assert (code, out) == (2, "")
    assert err.startswith("client/thread.py:1:1: error[FS401]: this file was edited since it was written")
    assert tool("generate", "spec", "-o", "client", "--force")[0] == 0
    assert tool("check", "spec", "-o", "client")[0] == 0


def test_notes_beside_the_pages_are_skipped_with_a_reason(folder: Path, tool: Tool) -> None:
    (folder / "spec" / "notes.md").write_text("# Notes\n\nWhat we thought.\n", "utf-8")
    code, out, err = tool("generate", "spec", "-o", "client")
    assert (code, err) == (0, "") and out.startswith("2 pages (1 skipped), 1 definition -> ")
    code, out, err = tool("lint", "spec", "--coverage")
    assert code == 0 and "spec/notes.md:1:1: page skipped: it is a title and prose" in out + err
    code, _, err = tool("ir", "spec/notes.md")
    assert code == 0 and "warning[FS107]" in err


def test_ir_is_json(folder: Path, tool: Tool) -> None:
    code, out, err = tool("ir", "spec")
    assert (code, err) == (0, "")
    content = json.loads(out)
    assert content["fieldsmith_ir"] == 1
    assert [each["key"] for each in content["definitions"]] == ["thread.md#Thread"]
    assert tool("ir", "spec", "--output", "ir.json") == (0, "", "")
    assert (folder / "ir.json").read_text("utf-8") == out
    assert tool("ir", "spec", "--output", "none/ir.json")[0] == 3


def test_lint_formats(folder: Path, tool: Tool) -> None:
    (folder / "spec" / "thread.md").write_text(PAGE.replace("(thread.md)", "(none.md)"), "utf-8")
    code, out, err = tool("lint", "spec", "--format", "json")
    assert (code, err) == (1, "")
    (finding,) = json.loads(out)
    assert (finding["path"], finding["line"], finding["code"]) == ("spec/thread.md", 10, "FS103")
    assert tool("lint", "spec", "--format", "github")[1].startswith("::warning file=spec/thread.md,line=10,col=")
    sarif = json.loads(tool("lint", "spec", "--format", "sarif")[1])
    assert sarif["runs"][0]["results"][0]["ruleId"] == "FS103"
    assert tool("lint", "spec", "-q", "--select", "FS2") == (0, "", "")
    assert tool("lint", "spec", "-q", "--ignore", "FS103") == (0, "", "")
    assert tool("lint", "nowhere", "--format", "json")[0] == 2


def test_lint_ends_with_how_many_findings_there_are(folder: Path, tool: Tool) -> None:
    assert tool("lint", "spec") == (0, "1 page: no findings\n", "")
    row = "| `old` | `strnig` | maybe | |\n"
    (folder / "spec" / "thread.md").write_text(PAGE.replace("(thread.md)", "(none.md)") + row, "utf-8")
    (folder / "spec" / "notes.md").write_text("# Notes\n", "utf-8")
    code, out, err = tool("lint", "spec")
    assert (code, out) == (1, "2 pages (1 skipped): 2 errors, 1 warning\n")
    assert [line.startswith("  = help: ") for line in err.splitlines()] == [False, True] * 3
    assert tool("lint", "spec", "--ignore", "FS031,FS101")[1] == "2 pages (1 skipped): 1 warning\n"
    assert tool("lint", "spec", "-q") == (1, "", err)
    (folder / "pyproject.toml").write_text("[tool.fieldsmith]\npages = 7\n", "utf-8")
    assert tool("lint")[:2] == (2, ""), "of wrong settings, no page is read"


def test_lint_counts_the_findings_of_all_jobs(folder: Path, tool: Tool) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "thread.md").write_text(PAGE.replace("(thread.md)", "(none.md)"), "utf-8")
    job = "[[tool.fieldsmith.jobs]]\nname = '{0}'\npages = '{0}'\noutput = 'out/{0}'\n"
    (folder / "pyproject.toml").write_text("".join(job.format(name) for name in ("spec", "more")), "utf-8")
    assert tool("lint")[:2] == (1, "2 pages: 1 warning\n")


def test_lint_says_what_it_read(folder: Path, tool: Tool) -> None:
    (folder / "spec" / "readme.md").write_text("# Notes\n\n| a |\n| --- |\n| b |\n", "utf-8")
    code, out, _ = tool("lint", "spec", "--coverage", "-v")
    assert code == 0
    assert "spec/thread.md:7:3: table read\n" in out
    assert "spec/readme.md:1:1: page skipped: " in out
    assert "spec/thread.md:5:4: heading read\n" in out
    assert out.splitlines()[-7:] == [
        "pages     1 of 2 read; 1 skipped",
        "headings  1 of 1 read",
        "tables    1 of 2 read; 1 skipped",
        "fields    2 of 2 read",
        "values    0 of 0 read",
        "options   0 of 0 read",
        "2 pages (1 skipped): no findings",
    ]


def test_coverage_counts_what_was_not_read(folder: Path, tool: Tool) -> None:
    page = folder / "spec" / "thread.md"
    page.write_text(page.read_text("utf-8") + "| only |\n\n| a | b |\n", "utf-8")
    code, out, _ = tool("lint", "spec", "--coverage")
    assert code == 1
    assert "fields    3 of 3 read\n" in out
    assert "lines     0 of 1 read; 1 FS034 (row outside its table)\n" in out


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_coverage_does_not_mix_with_findings(folder: Path, tool: Tool, form: str) -> None:
    code, out, err = tool("lint", "spec", "--coverage", "--format", form)
    assert code == 0
    assert out == tool("lint", "spec", "--format", form)[1]
    assert err.startswith("pages     1 of 1 read\n")


@pytest.mark.parametrize("flag", ["--select", "--ignore"])
@pytest.mark.parametrize(
    ("codes", "said"),
    [("FS1,FS999", "'FS999'"), ("fs103", "did you mean `FS103`?"), ("XX", "FINDINGS.md lists all codes")],
)
def test_unknown_codes_are_wrong_use(folder: Path, tool: Tool, flag: str, codes: str, said: str) -> None:
    code, out, err = tool("lint", "spec", flag, codes)
    assert (code, out) == (2, "")
    assert f"Error: {flag}: there is no code" in err and said in err


def test_serializers_alone_are_refused(folder: Path, tool: Tool) -> None:
    code, _, err = tool("generate", "spec", "--targets", "serializers,docs")
    assert code == 2
    assert err.startswith("command line: error[FS304]: `--targets`: serializers needs dataclasses\n")
    (folder / "pyproject.toml").write_text("[tool.fieldsmith]\ntargets = ['serializers']\n", "utf-8")
    code, _, err = tool("generate", "spec")
    assert code == 2
    assert err.startswith("pyproject.toml:2:12: error[FS304]: `targets`: serializers needs dataclasses\n")


def test_patterns_that_match_no_page_are_said(folder: Path, tool: Tool) -> None:
    settings = "[tool.fieldsmith]\npages = 'spec'\n[tool.fieldsmith.ignore]\n'thraed.md' = ['FS103']\n't*' = ['FS103']\n"
    (folder / "inner").mkdir()
    (folder / "inner" / "settings.toml").write_text(settings.replace("'spec'", "'../spec'"), "utf-8")
    code, _, err = tool("lint", "--config", "inner/settings.toml")
    assert code == 1
    assert err == (
        "inner/settings.toml:4:1: warning[FS203]: `ignore` names `thraed.md`, and no page matches that\n"
        "  = help: did you mean `thread.md`?\n"
    )
    assert tool("lint", "-q", "spec/thread.md", "--config", "inner/settings.toml") == (0, "", "")


def test_templates_that_replace_nothing_are_said(folder: Path, tool: Tool) -> None:
    for name in ("model.py.jinja", "dataclasses/modle.py.jinja", "dataclasses/used.jinja", "README.md", ".hidden.jinja"):
        path = folder / "mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", "utf-8")
    (folder / "mine" / "dataclasses" / "py.typed.jinja").write_text("{% include 'dataclasses/used.jinja' %}", "utf-8")
    (folder / "pyproject.toml").write_text("[tool.fieldsmith]\ntemplates = 'mine'\n", "utf-8")
    code, _, err = tool("generate", "spec", "-o", "client")
    assert code == 0
    help_text = "  = help: did you mean `dataclasses/model.py.jinja`?"
    assert err.splitlines() == [
        "mine/dataclasses/modle.py.jinja:1:1: warning[FS310]: no template of ours is called `dataclasses/modle.py.jinja`",
        help_text,
        "mine/model.py.jinja:1:1: warning[FS310]: no template of ours is called `model.py.jinja`",
        help_text,
    ]


@pytest.mark.parametrize("layout", ["", "format = 'builtin'\n", "format = 'black'\n"])
def test_templates_must_print_python(folder: Path, tool: Tool, layout: str) -> None:
    (folder / "mine" / "dataclasses").mkdir(parents=True)
    (folder / "mine" / "dataclasses" / "model.py.jinja").write_text("x = 1\nreturn x\n", "utf-8")
    (folder / "pyproject.toml").write_text(f"[tool.fieldsmith]\ntemplates = 'mine'\n{layout}", "utf-8")
    code, _, err = tool("generate", "spec", "-o", "client")
    assert code == 2 and not (folder / "client").exists()
    assert err.startswith(
        "mine/dataclasses/model.py.jinja:1:1: error[FS309]: it prints what is no Python (thread.py:2: "
    )


@pytest.mark.parametrize(
    ("settings", "place"),
    [("templates = 'mine'\n", "pyproject.toml:2:1"), ("templates = 'mine'\nformat = 'black'\n", "pyproject.toml:3:1")],
)
def test_a_missing_formatter_points_at_the_setting(
    folder: Path, tool: Tool, monkeypatch: pytest.MonkeyPatch, settings: str, place: str
) -> None:
    monkeypatch.setitem(sys.modules, "black", None)
    (folder / "mine" / "dataclasses").mkdir(parents=True)
    (folder / "mine" / "dataclasses" / "model.py.jinja").write_text("", "utf-8")
    (folder / "pyproject.toml").write_text(f"[tool.fieldsmith]\n{settings}", "utf-8")
    code, _, err = tool("generate", "spec", "-o", "client")
    assert code == 2
    assert err.startswith(f"{place}: error[FS308]: black, which ")


def test_a_chosen_name_that_is_taken_points_at_the_setting(folder: Path, tool: Tool) -> None:
    for number, (chosen, other) in enumerate([("Thread", "Stop"), ("Thread", "Alpha")]):
        (folder / "spec" / f"{other.lower()}.md").write_text(PAGE.replace("Thread", other), "utf-8")
        names = f"[tool.fieldsmith.names]\n{chosen} = '{other}'\n"
        (folder / "pyproject.toml").write_text(names, "utf-8")
        code, _, err = tool("generate", "spec", "-o", "client")
        assert code == 2, number
        low = other.lower()
        assert err.splitlines()[0] == (
            f"pyproject.toml:2:1: error[FS202]: `{other}`, chosen for `Thread`: "
            f"`{other}` of {low}.md has that name: one module, {low}"
        )


ENUM = """# RunStatus

## Values

| Name | Value | Description |
| --- | --- | --- |
| `inQueue` | `"queued"` | |
| | `"done"` | |
"""


def test_explain_takes_values_and_names_in_python(folder: Path, tool: Tool) -> None:
    (folder / "spec" / "runstatus.md").write_text(ENUM, "utf-8")
    (folder / "spec" / "thread.md").write_text(PAGE.replace("`id`", "`assistantId`"), "utf-8")
    (folder / "pyproject.toml").write_text("[tool.fieldsmith.names]\nThread = 'Talk'\n", "utf-8")
    for name in ("RunStatus.inQueue", "RunStatus.IN_QUEUE", "RunStatus.queued", "runstatus.md#RunStatus.queued"):
        code, out, _ = tool("explain", name, "spec")
        assert code == 0
        assert out.splitlines()[0] == "RunStatus.inQueue"
        assert "  Python    RunStatus.IN_QUEUE\n  JSON      \"queued\"\n" in out
        assert "  source    spec/runstatus.md:7:" in out
    assert "value 2 of 2, without a name" in tool("explain", "RunStatus.done", "spec")[1]
    for name in ("Thread.assistantId", "Thread.assistant_id", "Talk.assistant_id"):
        assert tool("explain", name, "spec")[1].startswith("Thread.assistantId\n")
    assert tool("explain", "Talk", "spec")[1] == tool("explain", "Thread", "spec")[1]
    code, _, err = tool("explain", "RunStatus.quued", "spec")
    assert code == 2 and "did you mean `RunStatus.queued`?" in err


def test_explain_takes_a_field_without_a_name(folder: Path, tool: Tool) -> None:
    (folder / "spec" / "thread.md").write_text(PAGE.replace("`id`", "`名`"), "utf-8")
    code, out, _ = tool("explain", "Thread.名", "spec")
    assert code == 0 and "no name yet" in out and "error[FS200]" in out


def test_of_several_jobs_all_are_searched(folder: Path, tool: Tool) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "thread.md").write_text(PAGE, "utf-8")
    (folder / "more" / "stop.md").write_text(PAGE.replace("Thread", "Stop"), "utf-8")
    job = "[[tool.fieldsmith.jobs]]\nname = '{0}'\npages = '{0}'\noutput = 'out/{0}'\n"
    (folder / "pyproject.toml").write_text("".join(job.format(name) for name in ("spec", "more")), "utf-8")
    code, out, err = tool("explain", "Thread")
    assert (code, err) == (0, "")
    assert [line for line in out.splitlines() if "job" in line] == [
        "  job       spec -> out/spec",
        "  job       more -> out/more",
    ]
    assert tool("explain", "Stop")[1].splitlines()[1] == "  job       more -> out/more"
    assert "did you mean `Stop`?" in tool("explain", "Stopp")[2]
    finding = (
        "command line: error[FS305]: several jobs are set up; name the pages of one\n"
        "  = help: jobs are: spec (spec), more (more)\n"
    )
    assert tool("ir") == (2, "", finding)
    assert tool("generate", "other") == (2, "", finding)


def test_explain(folder: Path, tool: Tool) -> None:
    code, out, _ = tool("explain", "Thread.parent", "spec")
    assert code == 0
    assert out.splitlines()[0] == "Thread.parent"
    for part in ("spec/thread.md:10:", "[Thread](thread.md)", "fieldsmith notation", "optional", "none"):
        assert part in out
    assert "model of 2 fields, 1 of them required" in tool("explain", "Thread", "spec")[1]
    code, _, err = tool("explain", "Thraed", "spec")
    assert code == 2
    assert "did you mean `Thread`?" in err


@pytest.mark.parametrize(
    ("command", "own"),
    [
        ("generate", "output force timings depfile targets verbose"),
        ("watch", "output targets verbose"),
        ("check", "output timings format targets"),
        ("ir", "output"),
        ("schema", "format output"),
        ("lint", "format select ignore coverage verbose"),
        ("explain", ""),
        ("diff", "format fail-on"),
        ("drift", "against format learn output"),
    ],
)
def test_a_command_takes_no_option_that_does_nothing_there(tool: Tool, command: str, own: str) -> None:
    options = tool(command, "--help")[1].partition("Options:")[2]
    of_all = ["config", "dialect", "notation", "strict", "jobs", "quiet", "color", "help"]
    assert re.findall(r"^  (?:-\w, )?--([\w-]+)", options, re.MULTILINE) == [*own.split(), *of_all]


def test_explain_goes_past_errors(folder: Path, tool: Tool) -> None:
    (folder / "spec" / "thread.md").write_text(PAGE.replace("`string`", "`strin`"), "utf-8")
    code, out, err = tool("explain", "Thread.parent", "spec")
    assert (code, err) == (0, "") and "  findings  none\n" in out
    assert "error[FS101]" in tool("explain", "Thread", "spec")[1]
    assert "error[FS101]" in tool("explain", "Thread.id", "spec")[1]
    code, _, err = tool("explain", "Thraed", "spec")
    assert code == 2 and "error[FS101]" in err and "did you mean `Thread`?" in err


def test_explain_says_what_presence_goes_by(folder: Path, tool: Tool) -> None:
    own = "[tool.fieldsmith.dialects.own]\nmodels = '## * thing'\nrequired = { phrase = 'required' }\n"
    rows = "| a | map(text, text) | Required. |\n| b | text \\| null | |\n"
    page = f"# P\n\n## Own thing\n\n| Name | Type | Description |\n| --- | --- | --- |\n{rows}"
    fixed = "| Field Name | Type | Applies To | Description |\n| --- | --- | --- | --- |\n"
    fixed += "| b | `string` | `http` | **REQUIRED**. |\n| c | `string` | | **REQUIRED**. |\n"
    (folder / "pyproject.toml").write_text(own, "utf-8")
    (folder / "spec" / "own.md").write_text(page.replace("map(text, text)", "`map<text, text>`"), "utf-8")
    (folder / "spec" / "oas.md").write_text(f"# S\n\n#### Lid Object\n\n##### Fixed Fields\n\n{fixed}", "utf-8")

    def told(name: str) -> str:
        return tool("explain", name, "spec")[1]

    for part in ("cell      `map<text, text>`\n", "presence  required, by its mark\n", "findings  none\n"):
        assert part in told("Own.a")
    assert "null      not allowed, as neither the type nor a mark says it\n" in told("Own.a")
    for part in ("cell      text | null\n", "presence  optional, as it has no mark\n", "allowed, as the type says\n"):
        assert part in told("Own.b")
    varying = told("Lid.b")
    assert "presence  optional, as it counts on a condition, or for some variants only\n" in varying
    assert "warning[FS071]" in varying and "findings  none" not in varying
    assert "presence  required, by its mark\n" in told("Lid.c") and "findings  none\n" in told("Lid.c")


def test_the_list_of_commands_cuts_no_sentence(tool: Tool) -> None:
    assert "..." not in tool("--help")[1].partition("Commands:")[2]


def test_a_word_that_is_merely_alike_is_not_suggested() -> None:
    assert near("function", ["duration"]) is None
    assert near("duratoin", ["duration"]) == near("DURATION", ["duration"]) == "did you mean `duration`?"


def test_explain_helps_with_names(folder: Path, tool: Tool) -> None:
    for name in ("thread.parent", "Thread.parnt", "Thred.parent"):
        code, _, err = tool("explain", name, "spec")
        assert code == 2 and "did you mean `Thread.parent`?" in err, err
    code, _, err = tool("explain", "spec", "Thread")
    assert code == 2 and "'spec' is a path: the name comes first, and pages behind it" in err


def test_explain_shows_the_points_of_those_that_claim_a_page(folder: Path, tool: Tool) -> None:
    (line,) = (each for each in tool("explain", "Thread", "spec")[1].splitlines() if each.startswith("  dialect "))
    points = line[line.rindex("(") + 1 : -1].split(", ")
    assert "fieldsmith 4" in points and not any(each.endswith(" 0") for each in points)
    page = "# P\n\n<!-- fieldsmith: model Talk -->\n\n| Name | Type |\n| --- | --- |\n| a | text |\n"
    (folder / "spec" / "talk.md").write_text(page, "utf-8")
    _, out, _ = tool("explain", "Talk.a", "spec")
    assert "  dialect   it reads the models that the page names\n" in out
    assert "  presence  optional, as nothing there says which fields are required\n" in out


def test_flags_with_lists_may_be_given_several_times(folder: Path, tool: Tool) -> None:
    (folder / "spec" / "thread.md").write_text(PAGE.replace("thread.md)", "gone.md)"), "utf-8")
    assert tool("lint", "spec")[0] == 1
    assert tool("lint", "spec", "--ignore", "FS103", "--ignore", "FS072")[0] == 0
    assert tool("lint", "spec", "--select", "FS103", "--select", "FS072")[0] == 1


def test_pages_that_are_skipped_are_counted(folder: Path, tool: Tool) -> None:
    (folder / "spec" / "notes.md").write_text("# Notes\n\n## Usage\n\nProse.\n", "utf-8")
    assert tool("generate", "spec", "-o", "client")[1].startswith("2 pages (1 skipped), 1 definition -> client: ")


def test_verbose_names_the_files_and_says_why(folder: Path, tool: Tool) -> None:
    def verbose(*more: str) -> list[str]:
        code, out, err = tool("generate", "spec", "-o", "client", "-v", *more)
        assert code == 0, err
        return out.splitlines()[:-1]

    thread, other = folder / "spec" / "thread.md", folder / "spec" / "other.md"
    assert "write thread.py: it is new" in verbose()
    assert verbose() == []
    other.write_text(PAGE.replace("Thread", "Other").replace("`string`", "[Thread](thread.md)"), "utf-8")
    assert "write __init__.py: all pages have a part in it" in verbose()
    thread.write_text(thread.read_text("utf-8").replace("\n\n", "\n\nA thread.\n\n", 1), "utf-8")
    lines = verbose()
    assert "write thread.py: thread.md changed" in lines and not any("other" in line for line in lines)
    enum = "# Thread\n\n## Values\n\n| Name | Value |\n| --- | --- |\n| `A` | a |\n"
    thread.write_text(enum, "utf-8")
    assert "write _serializers/other.py: a definition that other.md leads to changed" in verbose()
    (folder / "client" / "other.py").unlink()
    assert verbose() == ["write other.py: it was not there"]
    (folder / "client" / "other.py").write_text("mine", "utf-8")
    assert verbose("--force") == ["write other.py: it was edited by hand"]
    other.unlink()
    assert "remove other.py: no page makes it any more" in verbose()
    (folder / "pyproject.toml").write_text("[tool.fieldsmith]\nenums = 'open'\n", "utf-8")
    assert "write _serializers/thread.py: settings, overlays, templates or fieldsmith itself changed" in verbose()


@pytest.mark.parametrize("command", ["generate", "check"])
def test_timings_are_a_table_of_stages(folder: Path, tool: Tool, command: str) -> None:
    tool("generate", "spec", "-o", "client")
    code, out, err = tool(command, "spec", "-o", "client", "--timings")
    assert code == 0 and "thread" not in err
    stages = [line.split("  ")[0] for line in err.splitlines()]
    assert stages[:6] == ["settings", "find", "read", "resolve", "name", "print"] and stages[-1] == "in all"
    assert err.splitlines()[-1].endswith("100%")


def test_several_processes_read_the_same(folder: Path, tool: Tool) -> None:
    for number in range(200):
        page = PAGE.replace("Thread", f"T{number}").replace("thread", f"t{number}")
        page = page.replace("yes", "yess") if number == 150 else page
        (folder / "spec" / f"t{number}.md").write_text(page, "utf-8")
    assert tool("lint", "spec", "--jobs", "2") == tool("lint", "spec")


def test_our_own_bug_is_70(folder: Path, tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        raise KeyError("\x1b[31m")

    monkeypatch.setattr(cli, "_command", broken)
    code, out, err = tool("generate", "spec")
    assert (code, out) == (70, "")
    assert "KeyError" in err
    assert "\x1b" not in err
    monkeypatch.setenv(cli.TRACEBACK, "1")
    with pytest.raises(KeyError):
        tool("generate", "spec")


def test_wrong_use_is_2(tool: Tool) -> None:
    assert tool("generate", "--nonsense")[0] == 2
    assert tool("generat")[0] == 2


def test_findings_cannot_steer_a_terminal(folder: Path, tool: Tool) -> None:
    (folder / "spec" / "thread.md").write_text(PAGE.replace("`string`", "`\x1b]0;x\x07\u202estr`"), "utf-8")
    code, _, err = tool("lint", "spec")
    assert code == 1
    assert err.replace("\n", "").isprintable()


@pytest.mark.skipif(not POSIX, reason="pipes and signals are POSIX ones")
class TestProcess:
    """What only a process of its own shows."""

    def test_module_and_version(self) -> None:
        done = subprocess.run([sys.executable, "-m", "fieldsmith", "--version"], env=ENVIRONMENT, capture_output=True)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.startswith(b"fieldsmith ")

    def test_version_loads_little(self) -> None:
        script = "import sys; from fieldsmith import cli; cli._run(['--version']); print(*sys.modules)"
        done = subprocess.run([sys.executable, "-c", script], env=ENVIRONMENT, capture_output=True, text=True)
        loaded = {name.split(".")[0] for name in done.stdout.split()}
        assert not loaded & {"rich", "jinja2", "mistune", "black", "tomllib", "json", "difflib", "hashlib"}

    def test_closed_and_full_outputs(self, folder: Path) -> None:
        run = f"{sys.executable} -m fieldsmith"
        for command in (f"{run} ir spec | true", f"{run} ir spec >&-", f"{run} generate spec -o client 2>&- >&-"):
            done = subprocess.run(command, shell=True, env=ENVIRONMENT, capture_output=True, text=True)
            assert "Traceback" not in done.stderr
            assert "Exception" not in done.stderr
            assert done.returncode == 0
        if Path("/dev/full").exists():
            command = f"{run} ir spec > /dev/full"
            done = subprocess.run(command, shell=True, env=ENVIRONMENT, capture_output=True, text=True)
            assert done.returncode == 3
            assert "Traceback" not in done.stderr

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_a_signal_ends_it_quietly(self, folder: Path, number: int) -> None:
        script = (
            "import sys, time; from fieldsmith import cli; cli._command = lambda name: lambda *a, **k: "
            "(print('ready', flush=True), time.sleep(30))\ncli.main(['generate', 'spec'])"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", script], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        _, err = process.communicate(timeout=10)
        assert (process.returncode, err) == (128 + number, "")

    def test_runs_at_once_do_not_mix(self, folder: Path) -> None:
        for number in range(60):
            page = PAGE.replace("Thread", f"T{number}").replace("thread", f"t{number}")
            (folder / "spec" / f"t{number}.md").write_text(page, "utf-8")
        command = [sys.executable, "-m", "fieldsmith", "generate", "spec", "-o", "client"]
        runs = [subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL) for _ in range(3)]
        assert [each.wait() for each in runs] == [0, 0, 0]
        done = subprocess.run([*command[:3], "check", *command[4:]], env=ENVIRONMENT, stdout=subprocess.DEVNULL)
        assert done.returncode == 0
        assert not [path for path in tree(folder / "client") if path.endswith((".tmp", ".lock"))]


@pytest.mark.skipif(not POSIX, reason="pipes and signals are POSIX ones")
def test_a_signal_in_a_callback_is_not_lost(tmp_path: Path) -> None:
    """What a handler raises in a callback of the interpreter is swallowed there."""
    script = (
        "import os, signal, time, weakref\n"
        "from fieldsmith import cli\n"
        "class Thing: pass\n"
        "def explain(flags, *, name):\n"
        "    thing = Thing()\n"
        "    at_end = weakref.ref(thing, lambda ref: os.kill(os.getpid(), signal.SIGTERM))\n"
        "    del thing\n"
        "    time.sleep(60)\n"
        "cli._command = lambda name: explain\n"
        "cli.main(['explain', 'x'])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, timeout=50, check=False)
    assert (done.returncode, done.stderr) == (128 + signal.SIGTERM, b"")
