"""Inputs and outputs with their digests <-> the text of the manifest, and of the journal kept while a run writes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from json.encoder import encode_basestring_ascii as _quoted

from fieldsmith.writing.paths import fault

MAX_BYTES = 64 * 1024 * 1024
_VERSION = 1
_DIGEST = re.compile(r"[0-9a-f]{64}")
Known = dict[str, frozenset[str]]


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def manifest(inputs: Mapping[str, str], outputs: Mapping[str, str]) -> bytes:
    """The manifest's bytes: paths to digests, sorted, one a line, so that two branches merge."""
    return _text({"fieldsmith_manifest": _VERSION, "inputs": _sorted(inputs), "outputs": _sorted(outputs)})


def journal(outputs: Known) -> bytes:
    """The journal's bytes: each output with every digest that this tool may have left there."""
    return _text({"fieldsmith_journal": _VERSION, "outputs": {path: sorted(outputs[path]) for path in sorted(outputs)}})


def listed(data: bytes) -> Known | None:
    """The outputs that a manifest or a journal lists; None where it is damaged, of another version or names a bad path.

    Nothing else of it is trusted: not one file outside the output folder can be named by it.
    """
    if len(data) > MAX_BYTES:
        return None
    try:
        content = json.loads(data.decode("utf-8"), object_pairs_hook=_distinct)
    except (ValueError, RecursionError):
        return None
    if not isinstance(content, dict):
        return None
    if _VERSION not in (content.get("fieldsmith_manifest"), content.get("fieldsmith_journal")):
        return None
    outputs = content.get("outputs")
    if not isinstance(outputs, dict):
        return None
    known: Known = {}
    for path, value in outputs.items():
        digests = value if isinstance(value, list) else [value]
        if fault(path) or not all(isinstance(each, str) and _DIGEST.fullmatch(each) for each in digests):
            return None
        known[path] = frozenset(digests)
    return known


def inputs(data: bytes) -> dict[str, str]:
    """The digests of the pages that a manifest lists; none where it is damaged. They are told to people, no more."""
    try:
        found = json.loads(data.decode("utf-8"))["inputs"]
        return {str(path): str(known) for path, known in found.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _sorted(values: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(values.items()))


def _text(content: Mapping[str, object]) -> bytes:
    """JSON with one path a line; `json` itself lays out a few thousand of them slowly."""
    members = []
    for name, value in content.items():
        lines = value.items() if isinstance(value, dict) else ()
        body = ",\n".join([f"  {_quoted(path)}: {_digests(digests)}" for path, digests in lines])
        members.append(f" {_quoted(name)}: " + (f"{{\n{body}\n }}" if body else json.dumps(value)))
    return ("{\n" + ",\n".join(members) + "\n}\n").encode("ascii")


def _digests(value: str | list[str]) -> str:
    return _quoted(value) if isinstance(value, str) else f"[{', '.join(map(_quoted, value))}]"


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found
