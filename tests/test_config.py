"""Settings: every mistake is a finding with its place in the file; flags win over the file, the file over defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldsmith.config import from_text, load
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.flags import Flags
from fieldsmith.jobs import Config, Job, Known
from fieldsmith.reading.records import Rules

KNOWN = Known(("speakeasy", "fieldsmith"), ("python", "go"), ("dataclasses", "serializers", "docs"))


def read(text: str) -> tuple[tuple[Job, ...], list[str]]:
    diagnostics = Diagnostics()
    jobs = from_text("pyproject.toml", text, Path("base"), KNOWN, diagnostics)
    return jobs, [f"{each.span.line}:{each.span.column} {each.code} {each.message}" for each in diagnostics]


def loaded(folder: Path, text: str | None, flags: Flags, monkeypatch: pytest.MonkeyPatch) -> tuple[Config, list[str]]:
    if text is not None:
        (folder / "pyproject.toml").write_text(text, "utf-8")
    monkeypatch.chdir(folder)
    diagnostics = Diagnostics()
    return load(flags, KNOWN, diagnostics), [each.code for each in diagnostics]


def test_everything_is_read() -> None:
    jobs, found = read(
        """
        [tool.fieldsmith]
        pages = ["spec", "more/page.md"]
        output = "client"
        targets = ["docs", "dataclasses"]
        dialect = "speakeasy"
        notation = "go"
        wire_names = "camelCase"
        extra = "forbid"
        json = "orjson"
        enums = "open"
        nulls = "accept-unsaid"
        defaults = ["note", "column"]
        constraints = []
        examples = "check"
        strict = true
        format = "black"
        [tool.fieldsmith.ignore]
        "old/*" = ["FS103"]
        [tool.fieldsmith.names]
        Thread = "Conversation"
        "a/b.md#Run" = "Running"
        [tool.fieldsmith.wire_overrides]
        "Thread.id" = "ID"
        """
    )
    assert not found
    (job,) = jobs
    assert job.pages == (Path("base/spec"), Path("base/more/page.md"))
    assert job.output == Path("base/client")
    assert (job.dialect, job.notation, job.nulls, job.strict, job.format) == (
        *("speakeasy", "go", "accept-unsaid", True),
        "black",
    )
    assert [(rule.glob, set(rule.codes)) for rule in job.ignore] == [("old/*", {"FS103"})]
    assert (job.rules, job.examples) == (Rules(("column", "note"), ()), "check")
    settings = job.settings
    assert settings.targets == ("dataclasses", "docs")
    assert (settings.wire_names, settings.extra, settings.enums, settings.json) == ("camelCase", "forbid", "open", "orjson")
    assert settings.names == {"Thread": "Conversation", "a/b.md#Run": "Running"}
    assert settings.wire_overrides == {"Thread.id": "ID"}
    assert settings.places["names.a/b.md#Run"].line == 22


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("pagse = 'x'", "2:1 FS302 unknown setting `pagse`"),
        ("defaults = ['phrases']", "2:13 FS304 `defaults`: 'phrases' is not one of column, note, phrase"),
        ("constraints = 1", "2:1 FS303 `constraints` must be a text or a list of texts, not a number"),
        ("examples = true", "2:1 FS303 `examples` must be a text, not true or false"),
        ("strict = 'yes'", "2:1 FS303 `strict` must be true or false, not a text"),
        ("pages = 3", "2:1 FS303 `pages` must be a text or a list of texts, not a number"),
        ("pages = [1]", "2:1 FS303 `pages` must be a text or a list of texts, not a list"),
        ("output = 2020-01-01", "2:1 FS303 `output` must be a text, not a date or a time"),
        ("names = 'x'", "2:1 FS303 `names` must be a table from name to name, not a text"),
        ("names = { A = 1 }", "2:11 FS303 `A` must be a text, not a number"),
        ("  extra = 'drop'", "2:11 FS304 `extra`: 'drop' is not one of ignore, keep, forbid"),
        ("targets = ['docs', 'dox']", "2:20 FS304 `targets`: 'dox' is not one of dataclasses, serializers, docs"),
        ("targets = []", "2:1 FS304 `targets` is empty"),
        ("targets = 'serializers'", "2:11 FS304 `targets`: serializers needs dataclasses"),
        ("dialect = 'speakesy'", "2:11 FS304 `dialect`: 'speakesy' is not one of speakeasy, fieldsmith"),
        ("templates = 'none'", "2:13 FS304 `templates`: there is no folder 'none'"),
        ("ignore = ['FS1030']", "2:11 FS304 there is no code 'FS1030'"),
        ("ignore = ['FS003']", "2:11 FS304 FS003 cannot be switched off: page is not UTF-8"),
        ("jobs = 1", "2:1 FS303 `jobs` must be a list of tables, [[tool.fieldsmith.jobs]], not a number"),
        ("strict = ", "2:10 FS301 Invalid value"),
        ("[[tool.fieldsmith.jobs]]\npages = 'a'", "2:1 FS305 the job has no `name`"),
    ],
)
def test_mistakes_have_a_place(line: str, finding: str) -> None:
    _, found = read(f"[tool.fieldsmith]\n{line}\n")
    assert found == [finding]


def test_a_near_miss_is_named() -> None:
    diagnostics = Diagnostics()
    from_text("pyproject.toml", "[tool.fieldsmith]\nwirenames = 'x'\n", Path(), KNOWN, diagnostics)
    assert [each.help for each in diagnostics] == ["did you mean `wire_names`?"]


@pytest.mark.parametrize(
    ("line", "help_text"),
    [("templates = 'none'", "create the folder, or correct its name"), ("ignore = ['x']", "FINDINGS.md lists all codes")],
)
def test_help_speaks_of_the_setting(line: str, help_text: str) -> None:
    diagnostics = Diagnostics()
    from_text("pyproject.toml", f"[tool.fieldsmith]\n{line}\n", Path(), KNOWN, diagnostics)
    assert [each.help for each in diagnostics] == [help_text]


@pytest.mark.parametrize(
    ("code", "help_text"),
    [
        ("FS51", "did you mean `FS051`?"),
        ("fs0051", "did you mean `FS051`?"),
        ("51", "did you mean `FS051`?"),
        ("fs051", "did you mean `FS051`?"),
    ],
)
def test_codes_are_near_by_their_number(code: str, help_text: str) -> None:
    diagnostics = Diagnostics()
    from_text("pyproject.toml", f"[tool.fieldsmith]\nignore = ['{code}']\n", Path(), KNOWN, diagnostics)
    assert [each.help for each in diagnostics] == [help_text]


@pytest.mark.parametrize(
    ("table", "found"),
    [("fieldsmth", ["2:1 FS302"]), ("field-smith", ["2:1 FS302"]), ("goldsmith", []), ("fieldwork", []), ("smith", [])],
)
def test_the_table_may_be_misspelt(table: str, found: list[str]) -> None:
    diagnostics = Diagnostics()
    from_text("pyproject.toml", f"\n[tool.{table}]\npages = 'spec'\n", Path(), KNOWN, diagnostics)
    assert [f"{each.span.line}:{each.span.column} {each.code}" for each in diagnostics] == found
    assert all(each.help == "did you mean `[tool.fieldsmith]`?" for each in diagnostics)


def test_places_in_long_texts_and_nested_tables() -> None:
    _, found = read(
        'title = """\n[tool.fieldsmith]\nstrict = 1\n"""\n'
        '[[tool.fieldsmith.jobs]]\nname = "a"\noutput = "a"\n'
        '[[tool.fieldsmith.jobs]]\nname = "b"\noutput = "b"\n  nulls = 1\n'
    )
    assert found == ["11:3 FS303 `nulls` must be a text, not a number"]


def test_jobs_take_the_defaults_of_the_table() -> None:
    jobs, found = read(
        "[tool.fieldsmith]\nstrict = true\n"
        "[[tool.fieldsmith.jobs]]\nname = 'a'\npages = 'a'\noutput = 'out/a'\n"
        "[[tool.fieldsmith.jobs]]\nname = 'b'\npages = 'b'\noutput = 'out/b'\nstrict = false\n"
    )
    assert not found
    assert [(job.name, job.strict) for job in jobs] == [("a", True), ("b", False)]


def test_jobs_must_not_share_an_output() -> None:
    _, found = read(
        "[[tool.fieldsmith.jobs]]\nname = 'a'\noutput = 'x'\n[[tool.fieldsmith.jobs]]\nname = 'b'\noutput = 'X/'\n"
    )
    assert found == ["6:1 FS305 jobs 'a' and 'b' write to one folder, 'X'"]


def test_flags_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "[tool.fieldsmith]\npages = 'spec'\noutput = 'a'\ntargets = 'docs'\n"
    flags = Flags(output="b", targets="dataclasses", strict=True)
    config, found = loaded(tmp_path, text, flags, monkeypatch)
    assert not found
    (job,) = config.jobs
    assert (job.pages, job.output, job.strict) == ((tmp_path / "spec",), Path("b"), True)
    assert job.settings.targets == ("dataclasses",)


def test_the_nearest_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.fieldsmith]\npages = 'spec'\n", "utf-8")
    (tmp_path / "a" / "b").mkdir(parents=True)
    config, found = loaded(tmp_path / "a" / "b", None, Flags(), monkeypatch)
    assert not found
    assert config.jobs[0].pages == (tmp_path / "spec",)


def test_no_pages_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, found = loaded(tmp_path, "", Flags(), monkeypatch)
    assert found == ["FS307"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[tool.fieldsmith]\nstrict = true\npages = []\n", 3),
        ("\n[tool.fieldsmith]\nstrict = true\n", 2),
        ("[tool.fieldsmith]\n[[tool.fieldsmith.jobs]]\nname = 'a'\n", 2),
        ("[tool.fieldsmith]\n[[tool.fieldsmith.jobs]]\nname = 'a'\npages = []\n", 4),
        ("", 1),
    ],
)
def test_no_pages_is_said_at_the_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: int) -> None:
    (tmp_path / "pyproject.toml").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    diagnostics = Diagnostics()
    load(Flags(), KNOWN, diagnostics)
    assert [(each.code, each.span.line) for each in diagnostics] == [("FS307", line)]


def test_patterns_of_all_jobs_need_not_match_in_each() -> None:
    jobs, _ = read(
        "[tool.fieldsmith]\nignore = { 'a/*' = ['FS103'] }\n"
        "[[tool.fieldsmith.jobs]]\nname = 'a'\n[tool.fieldsmith.jobs.ignore]\n'b/*' = ['FS103']\n"
    )
    assert [(rule.glob, rule.place and rule.place.line) for rule in jobs[0].ignore] == [("a/*", None), ("b/*", 6)]


def test_a_missing_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, found = loaded(tmp_path, None, Flags(config="nowhere.toml", pages=("a",)), monkeypatch)
    assert found == ["FS300"]


def test_a_byte_order_mark_is_no_part_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Editors on Windows write one; places are as these editors show them."""
    (tmp_path / "pyproject.toml").write_bytes(b"\xef\xbb\xbftool.fieldsmith = { pages = 'spec', strict = 7 }\r\n")
    monkeypatch.chdir(tmp_path)
    diagnostics = Diagnostics()
    assert load(Flags(), KNOWN, diagnostics).jobs[0].pages == (tmp_path / "spec",)
    assert [(each.code, each.span.line, each.span.column) for each in diagnostics] == [("FS303", 1, 37)]


def test_of_several_jobs_the_pages_choose_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(f"[[tool.fieldsmith.jobs]]\nname = '{n}'\npages = '{n}'\noutput = 'out-{n}'\n" for n in "ab")
    config, found = loaded(tmp_path, text, Flags(pages=("b",)), monkeypatch)
    assert not found
    assert [job.name for job in config.jobs] == ["b"]
    _, found = loaded(tmp_path, text, Flags(pages=("c",)), monkeypatch)
    assert found == ["FS305"]


def test_unknown_names_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flags = Flags(pages=("a",), dialect="x", notation="y", targets="docs,z")
    _, found = loaded(tmp_path, None, flags, monkeypatch)
    assert found == ["FS304"] * 3
