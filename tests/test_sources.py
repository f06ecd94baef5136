"""Bytes and folders in, pages out: encodings, line ends, limits, and which files count."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fieldsmith.diagnostics import Diagnostics
from fieldsmith.limits import LIMITS
from fieldsmith.reading import sources


def codes(diagnostics: Diagnostics) -> list[str]:
    return [finding.code for finding in diagnostics]


def test_folder_is_searched_for_markdown_and_sorted_by_path(tmp_path: Path) -> None:
    for name in ("b.md", "a/z.mdx", "a/y.MARKDOWN", "c.txt", ".hidden/x.md", ".x.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("# X\n")
    diagnostics = Diagnostics()
    root, found = sources.find([tmp_path], diagnostics)
    assert root == tmp_path
    assert [(one.path, one.named) for one in found] == [("a/y.MARKDOWN", False), ("a/z.mdx", False), ("b.md", False)]
    assert not codes(diagnostics)


def test_named_files_count_whatever_their_suffix_and_share_a_root(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / "one.txt").write_text("# One\n")
    (tmp_path / "b" / "two.md").write_text("# Two\n")
    root, found = sources.find([tmp_path / "a" / "one.txt", tmp_path / "b"], Diagnostics())
    assert root == tmp_path
    assert [(one.path, one.named) for one in found] == [("a/one.txt", True), ("b/two.md", False)]


def test_root_of_one_page_is_its_folder(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# One\n")
    root, found = sources.find([tmp_path / "one.md"], Diagnostics())
    assert (root, found[0].path) == (tmp_path, "one.md")


def test_missing_input_is_an_error(tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    assert sources.find([tmp_path / "no.md"], diagnostics) == (None, ())
    assert codes(diagnostics) == ["FS001"]


def test_links_that_lead_out_are_not_followed(tmp_path: Path) -> None:
    outside, inside = tmp_path / "out.md", tmp_path / "in"
    outside.write_text("# Secret\n")
    inside.mkdir()
    (inside / "page.md").symlink_to(outside)
    (inside / "folder").symlink_to(tmp_path, target_is_directory=True)
    diagnostics = Diagnostics()
    assert sources.find([inside], diagnostics)[1] == ()
    assert codes(diagnostics) == ["FS006", "FS006"]


def test_file_names_that_no_output_could_bear(tmp_path: Path) -> None:
    for name in (b"a\nb.md", b"a\xff.md"):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as opened:
            opened.write(b"# A\n")
    diagnostics = Diagnostics()
    assert sources.find([tmp_path], diagnostics)[1] == ()
    assert codes(diagnostics) == ["FS008", "FS008"]


def test_size_is_checked_before_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("x" * 11)
    monkeypatch.setattr("builtins.open", None)
    diagnostics = Diagnostics()
    assert sources.find([tmp_path], diagnostics, LIMITS._replace(page=10))[1] == ()
    assert codes(diagnostics) == ["FS004"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipes_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    diagnostics = Diagnostics()
    assert sources.find([tmp_path], diagnostics)[1] == ()
    assert codes(diagnostics) == ["FS005"]


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [(b"ab\nc\xe9d", 2, 2), (b"\xff\xfea", 1, 1), ("é\n".encode() + b"x\xe2\x82", 2, 2), (b"\xef\xbb\xbfa\x80", 1, 2)],
)
def test_first_bad_byte_is_named(data: bytes, line: int, column: int) -> None:
    diagnostics = Diagnostics()
    assert sources.decode("p.md", data, diagnostics) is None
    (finding,) = diagnostics
    assert (finding.code, finding.span.line, finding.span.column) == ("FS003", line, column)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbf# A\n", "# A\n"),
        (b"a\r\nb\n", "a\nb\n"),
        (b"a\rb\r", "a\nb\n"),
        (b"a\rb\nc", "a\nb\nc"),
        (b"| a \r<br/>\rb | c |\nx", "| a \r<br/>\rb | c |\nx"),
        (b"| a |\r| b |\nx", "| a |\n| b |\nx"),
    ],
)
def test_line_ends(data: bytes, text: str) -> None:
    assert sources.decode("p.md", data, Diagnostics()) == text


def test_nul_is_an_error_with_its_place() -> None:
    diagnostics = Diagnostics()
    sources.decode("p.md", b"a\nbc\0", diagnostics)
    (finding,) = diagnostics
    assert (finding.code, finding.span.line, finding.span.column) == ("FS007", 2, 3)
