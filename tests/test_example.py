"""The worked example: what `generated/` holds is what `spec/` says, and it runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import emitted

PROJECT = Path(__file__).parents[1]
PACKAGE = PROJECT / "generated" / "assistants"


def test_generated_is_what_the_pages_say() -> None:
    """`make generate` mends it; the change belongs into the commit that made it."""
    done = subprocess.run([sys.executable, "-m", "fieldsmith", "check"], cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.filterwarnings("error")
def test_every_module_compiles() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        compile(path.read_bytes(), str(path), "exec")


RUN: dict[str, Any] = {
    "assistant_id": "asst_1",
    "temperature": 0.5,
    "thread": {
        "messages": [
            {"role": "user", "content": "Read this."},
            {
                "role": "assistant",
                "content": [{"type": "text", "text": "Which one?"}],
                "attachments": [{"file_id": "file_1", "tools": [{"type": "retrieval"}]}],
            },
        ]
    },
    "tools": [
        {"type": "code_interpreter"},
        {"type": "function", "function": {"name": "weather", "parameters": {"city": {"type": "string"}}}},
    ],
}


def test_a_request_survives_the_way_through_json() -> None:
    with emitted.imported(PACKAGE) as package:
        request = package.CreateThreadAndRunRequest.from_json(json.dumps(RUN))
        assert request.thread.messages[0].role is package.MessageRole.USER
        assert isinstance(request.tools[1], package.FunctionTool)
        assert json.loads(request.to_json()) == request.to_dict() == RUN
        assert package.CreateThreadAndRunRequest.from_dict(request.to_dict()) == request


def test_what_is_wrong_is_told_by_path_page_and_line() -> None:
    wrong = json.loads(json.dumps(RUN))
    wrong["thread"]["messages"][0]["role"] = "robot"
    wrong["tools"][0]["type"] = "hammer"
    with emitted.imported(PACKAGE) as package:
        with pytest.raises(package.DecodeError) as caught:
            package.CreateThreadAndRunRequest.from_dict(wrong)
        first, second = str(caught.value).split("\n")
    assert first.startswith("$.thread.messages[0].role: expected 'user' or 'assistant', got 'robot' (threads/")
    assert second.startswith("$.tools[0].type: expected 'code_interpreter', 'retrieval' or 'function', got 'hammer' (")
