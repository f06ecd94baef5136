"""A JSON value -> its text: ASCII, so that any terminal and any pipe takes it, and laid out for people to read."""

from __future__ import annotations

import json
from typing import Any, NamedTuple


def json_text(value: Any) -> str:
    """The text with a line for each member; DEL, which JSON need not escape, is escaped."""
    return json.dumps(value, indent=2, allow_nan=False).replace("\x7f", "\\u007f")


class JsonView(NamedTuple):
    """What templates print of a JSON document."""

    document: dict[str, Any]

    @property
    def text(self) -> str:
        return json_text(self.document)
