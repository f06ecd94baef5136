"""Lines of a page -> its outline: what the page's blocks depend on, in a few short lines.

Pages laid out alike have the same outline, however long their rows and texts are.
"""

from __future__ import annotations

_LONGEST_LINE = 400
_HTML_ENDS = ("-->", "?>", "]]>", ">")


def _outline_line(line: str) -> str:
    """A line's outline: what its block depends on and no more, at most some hundred characters."""
    head = line[0]
    if ">" not in line:
        if head.isalpha():
            return "x"
        if head == "#":
            marks = line[: len(line) - len(line.lstrip("#"))]
            rest = line[len(marks) : len(marks) + 1]
            return marks if len(marks) <= 6 and rest in ("", " ", "\t") else "x"
    if len(line) <= _LONGEST_LINE:
        return line
    tail = line[_LONGEST_LINE:]
    return line[:_LONGEST_LINE] + "".join(end for end in _HTML_ENDS if end in tail)


def _closes(line: str, fence: str) -> bool:
    bare = line.lstrip(" ")
    return bare.startswith(fence) and len(line) - len(bare) <= 3 and not bare.rstrip(" \t").strip("`")


def draw_outline(lines: list[str]) -> tuple[str, list[int]]:
    """The outline of a page, and for each line of it the index of the page's line.

    What stands inside fences at the margin is left out, up to the first line that could begin a block of HTML.
    """
    outline: list[str] = []
    where: list[int] = []
    before, fence, plain = "?", "", True
    for index, line in enumerate(lines):
        if fence:
            if not _closes(line, fence):
                continue
            fence, before = "", "?"
            outline.append(line.strip())
        else:
            short = "|" if line.startswith("|") else _outline_line(line) if line.strip(" \t\v\f") else ""
            if short == before and (short == "" or short == "|"):
                continue
            if plain and short.startswith("```") and "`" not in line.lstrip("`"):
                fence = short[: len(short) - len(short.lstrip("`"))]
            plain = plain and not short.lstrip().startswith("<")
            before = short
            outline.append(short)
        where.append(index)
    where.append(len(lines))
    outline.append("")
    return "\n".join(outline), where


def front_matter(lines: list[str]) -> int:
    """How many lines a head of YAML or TOML takes."""
    mark = lines[0].rstrip()
    if mark in ("---", "+++"):
        for index in range(1, len(lines)):
            if lines[index].rstrip() == mark:
                return index + 1
    return 0
