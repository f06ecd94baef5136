"""What a page must not bring about in a package, beyond what the cases show: each test would show one such effect."""

from __future__ import annotations

import builtins
import dataclasses
import datetime as dt
import os
import re
import sys
import typing
from collections.abc import Callable
from pathlib import Path

import pytest
from mypy.util import get_mypy_comments

import emitted
from emitted import alias, enum, made_of, model
from fieldsmith.entities import HIDDEN
from fieldsmith.jobs import Job
from fieldsmith.pipeline import build
from fieldsmith.schema import Const, ListOf, MapOf, Nullable, Scalar, ScalarKind
from fieldsmith.writing import mdtext
from properties import lay_out, python_is_inert
from running import quiet, tool

TABLE = "| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n"
PAGE = "# {title}\n\n## Fields\n\n" + TABLE + "| `id` | `string` | yes | |\n"
# Where a name is a type or a module that annotations say, and the type that the page gives it.
SHADOWS: dict[str, tuple[ScalarKind, object]] = {
    "str": ("string", str),
    "int": ("integer", int),
    "float": ("number", float),
    "bool": ("boolean", bool),
    "bytes": ("bytes", bytes),
    "date": ("date", dt.date),
    "dt": ("datetime", dt.datetime),
    "datetime": ("datetime", dt.datetime),
    "field": ("string", str),
}


def test_no_name_changes_a_type() -> None:
    """type:wrong. Each name stands before fields of the type that it hides, with a default and without one."""
    for name, (kind, hint) in SHADOWS.items():
        schema = made_of(model("Box", (name, kind, False), ("other", kind), ("list", ListOf(Scalar(kind)), False)))
        with emitted.emitted(schema) as package:
            wanted = {"other": hint, "list_": list[hint] | None}  # type: ignore[valid-type]
            found = typing.get_type_hints(package.Box)
            assert {name: found[name] for name in wanted} == wanted, name
            assert next(iter(found.values())) == typing.Optional[hint]  # noqa: UP045


def test_no_two_objects_share_a_value() -> None:
    """shared-default."""
    fields = (("tags", ListOf(Scalar("string")), False), ("parts", MapOf(Scalar("string"), Scalar("any")), False))
    with emitted.emitted(made_of(model("Box", *fields, additional="any"))) as package:
        for make in (package.Box, lambda: package.Box.from_dict({})):
            one, other = make(), make()
            one.additional_properties["x"] = 1
            assert other.additional_properties == {} and (other.tags, other.parts) == (None, None)


def test_no_example_becomes_a_default() -> None:
    """default:from-example, and no default of the page either: what a service fills in is its own matter, and told."""
    one = model("Box", ("token", "string", False), ("maybe", Nullable(Scalar("string")), False))
    rows = tuple(row._replace(example="sk-123", default="sk-456") for row in one.fields)
    with emitted.emitted(made_of(one._replace(fields=rows))) as package:
        assert [each.default for each in dataclasses.fields(package.Box)] == [None, package.UNSET]
        assert [each.metadata["default"] for each in dataclasses.fields(package.Box)] == ["sk-456", "sk-456"]
    texts = emitted.files(made_of(one._replace(fields=rows)))
    assert not any("sk-123" in text for text in texts.values())
    assert [path for path, text in texts.items() if "sk-456" in text] == ["box.py"]


OWN = ("_unset.py", "_runtime.py", "_errors.py", "_json.py", "_explain.py", "_lenient.py", "_formats.py", "py.typed")
TITLES = ("__init__", "_unset", "Unset", "_runtime", "Runtime", "Errors", "_serializers", "Docs", "py.typed", ".fieldsmith.json", "README")


@pytest.mark.parametrize("title", TITLES)
def test_no_page_takes_the_place_of_our_own_files(tmp_path: Path, title: str) -> None:
    """clobber:own-files. A page called like one of them is refused, or stands beside them."""
    lay_out(tmp_path / "plain", {"plain.md": PAGE.format(title="Plain")})
    plain = {file.path: file.text for file in build(Job(pages=(tmp_path / "plain",))).files}
    for path in ("page.md", f"{title.strip('.')}.md"):
        pages = tmp_path / path.removesuffix(".md")
        lay_out(pages, {path: PAGE.format(title=title), "plain.md": PAGE.format(title="Plain")})
        made = build(Job(pages=(pages,)))
        found = {file.path: file.text for file in made.files}
        assert len(found) == len(made.files) and not any(each.startswith(".") for each in found)
        assert not found or {name: found[name] for name in OWN} == {name: plain[name] for name in OWN}
        assert not found or "UNSET" in found["__init__.py"]


REMARKS = (
    *("# mypy: ignore-errors", "# mypy: disable-error-code=all", "# flake8: noqa", "# ruff: noqa", "# type: ignore", "# pylint: disable=all"),
    *("# fmt: off", "# isort: skip_file", "# pragma: no cover", "# pyright: basic", "# -*- coding: utf-7 -*-", "#!/bin/sh", "#"),
)


@pytest.mark.parametrize("remark", REMARKS)
def test_no_text_is_a_remark_to_a_tool(remark: str) -> None:
    """pragma:active. Not at the margin either, where texts of aliases stand, and in no name or value."""
    text = f"{remark}\n{remark}\n\n    {remark}\nlast"
    box = model("Box", (remark, "string"))
    rows = tuple(row._replace(doc=text) for row in box.fields)
    made = made_of(box._replace(doc=text, fields=rows), alias("Name", Const(remark))._replace(doc=text), enum("Kind", remark)._replace(doc=text))
    for path, source in emitted.files(made).items():
        python_is_inert(source)
        assert get_mypy_comments(source) == [], path


def test_no_hidden_character_is_printed() -> None:
    """html:unclosed-bidi, and all else that nobody sees: what gets as far as the docs is spelled out there."""
    for char in filter(re.compile(f"[{HIDDEN}]").match, map(chr, range(sys.maxunicode))):
        text = f"a{char}b"
        for written in (mdtext.encode(text, "prose"), mdtext.encode(text, "cell"), mdtext.code(text), mdtext.title(text)):
            assert char not in written


def test_no_name_is_any_but_ascii() -> None:
    """src:confusable-identifiers."""
    assert emitted.findings(made_of(model("Box", ("\u0430gent", "string"), ("agent", "string")))) != []
    assert emitted.findings(made_of(model("\u0410gent"))) != []
    names = [each for each in dir(builtins) if each.islower()]
    for source in emitted.files(made_of(model("Box", *((name, "string") for name in names)))).values():
        assert source.isascii()


def large_pages() -> dict[str, Callable[[], str]]:
    row = "| `{name}` | {type} | yes | {doc} |\n"
    head = f"# Box\n\n## Fields\n\n{TABLE}"
    return {
        "many rows": lambda: head + "".join(row.format(name=f"f{at}", type="`string`", doc="") for at in range(5_000)),
        "a long cell": lambda: head + row.format(name="a", type="`string`", doc="*x" * 400_000),
        "a deep type": lambda: head + row.format(name="a", type="list[" * 200_000, doc=""),
        "a wide table": lambda: "# Box\n\n## Fields\n\n" + "| a " * 100_000 + "|\n" + "| --- " * 100_000 + "|\n",
        "deep quotes": lambda: "# Box\n\n" + "> " * 200_000 + "x\n\n" + PAGE.partition("\n\n")[2],
        "many lines": lambda: "# Box\n\n" + "- x\n" * 300_000 + "\n" + PAGE.partition("\n\n")[2],
    }


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are POSIX ones")
@pytest.mark.parametrize("name", large_pages())
def test_no_page_takes_all_the_memory(tmp_path: Path, name: str) -> None:
    """rss:*. A gigabyte of address space does for any page of a few megabytes."""
    import resource

    lay_out(tmp_path, {"spec/box.md": large_pages()[name]()})
    limit = (1 << 30, 1 << 30)
    done = quiet(tool(tmp_path, "generate", "-q", "spec", "-o", "out", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limit)))
    assert done.returncode in (0, 2), done.stderr
