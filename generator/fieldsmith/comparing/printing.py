"""Judged changes -> text for a terminal, Markdown for a changelog or a pull request, JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import click

from fieldsmith.comparing.judging import Judged, advice
from fieldsmith.comparing.kinds import RULES, Verdict
from fieldsmith.diagnostics import Span
from fieldsmith.report import JsonValue, escape
from fieldsmith.wording import counted
from fieldsmith.writing import mdtext

VERSION = 1
_COLOURS: Mapping[Verdict, str] = {"breaking": "red", "warning": "yellow", "compatible": "green"}
_TITLES: Mapping[Verdict, str] = {"breaking": "Breaking", "warning": "Worth a look", "compatible": "Compatible"}
Names = tuple[str, str]


def as_text(found: Sequence[Judged], names: Names, *, colour: bool) -> str:
    """A line a change, `path:line:column: breaking: Thing.field: what changed (for writers)`, and a summary."""
    lines = []
    for each in found:
        span = each.change.place.new or each.change.place.old
        kind = click.style(each.worst, fg=_COLOURS[each.worst], bold=True) if colour else each.worst
        place = f"{escape(str(span))}: " if span else ""
        lines.append(f"{place}{kind}: {escape(f'{each.change.place}: {_said(each)}{_for_whom(each)}')}\n")
    lines.append(f"{summary(found)}\n")
    return "".join(lines)


def as_markdown(found: Sequence[Judged], names: Names, *, colour: bool = False) -> str:
    """A table for each verdict that there is, worst first; names and values of pages are code spans."""
    lines = [f"**{summary(found)}**\n"]
    for verdict, title in _TITLES.items():
        rows = [each for each in found if each.worst == verdict]
        if rows:
            lines.append(f"\n### {title}\n\n| Where | Change | Readers | Writers |\n| --- | --- | --- | --- |\n")
            lines += (f"| {' | '.join(_cells(each))} |\n" for each in rows)
    return "".join(lines)


def as_json(found: Sequence[Judged], names: Names, *, colour: bool = False) -> str:
    """One object: the two states, the advice, and an object a change; ASCII."""
    changes: list[JsonValue] = [_object(each) for each in found]
    whole: dict[str, JsonValue] = {
        "fieldsmith_diff": VERSION,
        "old": names[0],
        "new": names[1],
        "version": advice(found),
        "changes": changes,
    }
    return json.dumps(whole, indent=1) + "\n"


FORMATS: Mapping[str, Callable[..., str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}


def summary(found: Sequence[Judged]) -> str:
    """`3 changes: 1 breaking, 2 compatible; next version: major`."""
    if not found:
        return "no changes"
    numbers = Counter(each.worst for each in found)
    counts = ", ".join(f"{numbers[verdict]} {verdict}" for verdict in _TITLES if numbers[verdict])
    return f"{counted(len(found), 'change')}: {counts}; next version: {advice(found)}"


def _said(each: Judged) -> str:
    before, after = each.change.before, each.change.after
    what = f"{before} -> {after}" if before and after else before or after
    hint = f" ({each.change.hint})" if each.change.hint else ""
    return f"{RULES[each.change.kind].said}{': ' if what else ''}{what}{hint}"


def _for_whom(each: Judged) -> str:
    """` (for writers)`, or nothing where it is compatible for all."""
    if each.worst == "compatible":
        return ""
    who = [name for name, verdict in (("readers", each.readers), ("writers", each.writers)) if verdict == each.worst]
    return f" (for {' and '.join(who)})"


def _cells(each: Judged) -> Iterator[str]:
    change = each.change
    yield mdtext.code(str(change.place))
    values = [mdtext.code(text) for text in (change.before, change.after) if text]
    what = f": {' -> '.join(values)}" if values else ""
    hint = f" ({mdtext.encode(change.hint, 'cell')})" if change.hint else ""
    yield f"{RULES[change.kind].said}{what}{hint}"
    yield each.readers
    yield each.writers


def _object(each: Judged) -> JsonValue:
    change = each.change
    return {
        "kind": change.kind,
        "definition": change.place.definition,
        "key": change.place.key,
        "member": change.place.member,
        "at": change.place.at,
        "before": change.before,
        "after": change.after,
        "hint": change.hint,
        "readers": each.readers,
        "writers": each.writers,
        "version": each.version,
        "old": _place(change.place.old),
        "new": _place(change.place.new),
    }


def _place(span: Span | None) -> JsonValue:
    return None if span is None else {"path": span.path, "line": span.line, "column": span.column}
