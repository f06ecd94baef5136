"""Findings of a run -> what the user sees: filtered in one place, sorted, safe for a terminal, in any format."""

from __future__ import annotations

import fnmatch
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import click

from fieldsmith.diagnostics import CODES, Diagnostic, Span
from fieldsmith.jobs import COMMAND_LINE, Ignore
from fieldsmith.wording import counted, shown

JsonValue = str | int | bool | None | list["JsonValue"] | dict[str, "JsonValue"]
DISK_CODES = frozenset({"FS005", "FS400", "FS407", "FS408"})
INPUT_CODES = frozenset({"FS001", "FS002"})
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def escape(text: str) -> str:
    """Text of a page, a path or a file, safe for a terminal and on one line: what is not printable is spelled out."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in text)


def settle(
    found: Iterable[Diagnostic], ignore: Sequence[Ignore], suppressed: Mapping[str, frozenset[str]], *, strict: bool
) -> tuple[Diagnostic, ...]:
    """The findings that count, sorted by place: without the ones switched off, and all of them errors when strict.

    `ignore` comes from the settings, `suppressed` holds what each page switches off itself. Fatal codes always count.
    """
    matchers = [(re.compile(fnmatch.translate(rule.glob)), rule.codes) for rule in ignore]
    kept: set[Diagnostic] = set()
    for each in found:
        off = each.code in suppressed.get(each.span.path, ()) or any(
            each.code in codes and matcher.match(each.span.path) for matcher, codes in matchers
        )
        if not off or CODES[each.code].fatal:
            kept.add(each._replace(severity="error") if strict else each)
    return tuple(sorted(kept, key=lambda each: (each.span, each.code, each.message)))


def placed(found: Iterable[Diagnostic], root: Path | None) -> tuple[Diagnostic, ...]:
    """The findings with their paths as seen from the working folder; `root` is what they are relative to so far."""
    seen = {COMMAND_LINE.path: COMMAND_LINE.path}
    for each in found:
        if each.span.path not in seen:
            seen[each.span.path] = shown(root / each.span.path if root else Path(each.span.path))
    return tuple(each._replace(span=each.span._replace(path=seen[each.span.path])) for each in found)


def exit_code(found: Iterable[Diagnostic]) -> int:
    """0 without errors, 3 where the disk was to blame, else 2."""
    errors = {each.code for each in found if each.severity == "error"}
    if not errors:
        return 0
    return 3 if errors <= DISK_CODES else 2


def tally(found: Iterable[Diagnostic]) -> str:
    """`1 error, 2 warnings`; "" where there are none."""
    severities = Counter(each.severity for each in found)
    return ", ".join(counted(severities[kind], kind) for kind in ("error", "warning") if severities[kind])


def as_text(found: Sequence[Diagnostic], *, colour: bool) -> str:
    """Two lines a finding: `path:line:column: error[CODE]: message` and `  = help: what to do`.

    The command line has no lines and columns.
    """

    def style(text: str, fg: str | None = None, *, bold: bool = False, dim: bool = False) -> str:
        return click.style(text, fg=fg, bold=bold or None, dim=dim or None) if colour else text

    lines: list[str] = []
    for each in found:
        place = COMMAND_LINE.path if each.span.path == COMMAND_LINE.path else escape(str(each.span))
        place = style(place, bold=True)
        kind = style(f"{each.severity}[{each.code}]", "red" if each.severity == "error" else "yellow", bold=True)
        lines.append(f"{place}: {kind}: {escape(each.message)}\n")
        lines.append(f"{style('  = help:', 'cyan')} {escape(advice(each))}\n")
    return "".join(lines)


def advice(finding: Diagnostic) -> str:
    """What to do: the finding's own help, else its code's."""
    return finding.help or CODES[finding.code].advice


def as_json(found: Sequence[Diagnostic]) -> str:
    """A JSON list with an object a finding."""
    members: list[JsonValue] = [
        {
            "path": each.span.path,
            "line": each.span.line,
            "column": each.span.column,
            "severity": each.severity,
            "code": each.code,
            "message": each.message,
            "help": advice(each),
        }
        for each in found
    ]
    return json.dumps(members, indent=1) + "\n"


def as_github(found: Sequence[Diagnostic]) -> str:
    """Workflow commands: GitHub shows them beside the lines of a pull request."""
    return "".join(
        workflow_command(each.severity, each.span, each.code, [f"{each.message} ({advice(each)})"]) for each in found
    )


def workflow_command(severity: str, span: Span, title: str, lines: Iterable[str]) -> str:
    """One of GitHub's workflow commands; no text in it can end it or begin another."""

    def value(text: str) -> str:
        return escape(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")

    message = "%0A".join(escape(line).replace("%", "%25") for line in lines)
    place = f"file={value(span.path)},line={span.line},col={span.column}"
    return f"::{severity} {place},title={value(title)}::{message}\n"


def as_sarif(found: Sequence[Diagnostic]) -> str:
    """SARIF 2.1.0, as code scanning tools read it."""
    codes = sorted({each.code for each in found})
    rules: list[JsonValue] = [
        {"id": code, "shortDescription": {"text": CODES[code].summary}, "help": {"text": CODES[code].advice}}
        for code in codes
    ]
    results: list[JsonValue] = [
        {
            "ruleId": each.code,
            "ruleIndex": codes.index(each.code),
            "level": each.severity,
            "message": {"text": f"{each.message} ({advice(each)})"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": each.span.path},
                        "region": {"startLine": each.span.line, "startColumn": each.span.column},
                    }
                }
            ],
        }
        for each in found
    ]
    tool: JsonValue = {"driver": {"name": "fieldsmith", "rules": rules}}
    log: JsonValue = {"$schema": _SARIF, "version": "2.1.0", "runs": [{"tool": tool, "results": results}]}
    return json.dumps(log, indent=1) + "\n"


FORMATS: Mapping[str, Callable[[Sequence[Diagnostic]], str]] = {
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
