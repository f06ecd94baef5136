"""A small project that can be anything: pages, templates and settings as values, and its folder on the disk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import chdir
from dataclasses import dataclass, field, replace
from pathlib import Path

import fieldsmith
from fieldsmith import cli, recall
from fieldsmith.diagnostics import Diagnostic

CACHE = recall.FOLDER
TEMPLATES = Path(__file__).parents[1] / "templates"
JOBS = """
[[tool.fieldsmith.jobs]]
name = "all"
pages = "spec"
output = "out/all"

[[tool.fieldsmith.jobs]]
name = "inner"
pages = "spec/inner"
output = "out/inner"
extra = "forbid"
"""


@dataclass(frozen=True, slots=True)
class Page:
    """A page in the house form; `rows` are (name, type, description)."""

    title: str
    kind: str = "Fields"
    doc: str = "One."
    rows: tuple[tuple[str, str, str], ...] = ()
    broken: bool = False

    def text(self) -> str:
        if self.kind == "Values":
            head = "| Name | Value | Description |\n| --- | --- | --- |\n"
            rows = [f'| `{name.upper()}` | `"{name}"` | {doc} |' for name, _, doc in self.rows]
        elif self.kind == "Type":
            members = " | ".join(type_.replace("\\|", "|") for _, type_, _ in self.rows)
            return f"# {self.title}\n\n{self.doc}\n\n## Type\n\n{members}\n"
        else:
            head = "| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n"
            marks = ("no", "yes") * len(self.rows)
            rows = [f"| `{name}` | {type_} | {mark} | {doc} |" for (name, type_, doc), mark in zip(self.rows, marks, strict=False)]
        wrong = "| `wrong` | `strnig` | yes | |\n" if self.broken else ""
        return f"# {self.title}\n\n{self.doc}\n\n## {self.kind}\n\n{head}" + "".join(f"{row}\n" for row in rows) + wrong


@dataclass(frozen=True, slots=True)
class Project:
    """`pages` and `templates` by path, `settings` as TOML by key; with `several` there are two jobs, else one.

    `overlay` is the text of a file of facts, None where there is none.
    """

    pages: Mapping[str, Page] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    several: bool = False
    overlay: str | None = None

    def with_page(self, path: str, page: Page | None) -> Project:
        rest = {name: other for name, other in self.pages.items() if name != path}
        return replace(self, pages=rest if page is None else {**rest, path: page})

    def files(self) -> dict[str, str]:
        """All files that a user keeps, by path."""
        lines = [f"{key} = {value}\n" for key, value in self.settings.items()]
        lines += ['overlays = "facts.toml"\n'] if self.overlay is not None else []
        table = "[tool.fieldsmith]\n" + "".join(lines)
        settings = table + (JOBS if self.several else 'pages = "spec"\noutput = "out/all"\n')
        pages = {f"spec/{path}": page.text() for path, page in self.pages.items()}
        facts = {"facts.toml": self.overlay} if self.overlay is not None else {}
        templates = {f"mine/{path}": text for path, text in self.templates.items()}
        return {"pyproject.toml": settings, **facts, **pages, **templates}

    def outputs(self) -> tuple[str, ...]:
        return ("out/all", "out/inner") if self.several else ("out/all",)


_ROWS = (("id", "`string`", "Its name."), ("made", "`datetime`", ""))
# Two states of one project: pages that stay, change, go and come, and folders that go and come with them.
OLD = Project(
    {
        "agent.md": Page("Agent", rows=(*_ROWS, ("part", "[Part](part.md)", ""))),
        "part.md": Page("Part", rows=_ROWS),
        "gone.md": Page("Gone", rows=_ROWS),
        "inner/tool.md": Page("Tool", rows=_ROWS),
    }
)
NEW = replace(
    OLD,
    pages={
        "agent.md": replace(OLD.pages["agent.md"], doc="Two."),
        "part.md": replace(OLD.pages["part.md"], rows=_ROWS[:1]),
        "kind.md": Page("Kind", "Values", rows=_ROWS),
        "outer/thing.md": Page("Thing", rows=_ROWS),
    },
)


def bring(folder: Path, new: Mapping[str, str], old: Mapping[str, str]) -> None:
    """Make the files of `folder` the new ones; one that stays as it is is not touched. Both folders are always there."""
    for name in ("spec/inner", "mine"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for path in set(old) - set(new):
        (folder / path).unlink()
    for path, text in new.items():
        if old.get(path) != text:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode("utf-8"))


def built(folder: Path) -> tuple[bool, tuple[Diagnostic, ...]]:
    """Run in `folder`: whether all is written, and the findings."""
    with chdir(folder):
        try:
            return True, fieldsmith.build(config="pyproject.toml", jobs=1).findings
        except fieldsmith.BuildError as error:
            return False, error.findings


def answered(folder: Path, command: str) -> bool:
    """Whether the tool says at once that there is nothing to do, from what it remembers."""
    with chdir(folder):
        return recall.answer([command, "-q"]) is not None


def run_again(folder: Path) -> bool:
    """Run as the command line does, which remembers; whether all is written."""
    with chdir(folder):
        return cli._run(["generate", "-q"]) == 0


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of all files below `folder`, empty folders too; but for caches, which may hold anything."""
    return {
        os.path.relpath(path, folder): path.read_bytes() if path.is_file() else b"(folder)"
        for path in sorted(folder.rglob("*"))
        if CACHE not in path.parts
    }


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """What tells that a file was written: its number and time; but for caches."""
    files = [path for path in folder.rglob("*") if path.is_file() and CACHE not in path.parts]
    return {os.path.relpath(path, folder): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}
