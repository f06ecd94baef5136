"""Runs the cases of a suite in another process, so that a crash or a hang is the failure of one case.

    python -m suites.process SUITE LIBRARY PATH SKIP

runs all cases but the first SKIP, and prints a line of JSON before each, one after it, and one at the end.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Timer
from typing import Any

from suites.base import Case, Verdict
from suites.registry import SUITES


@dataclass(frozen=True, slots=True)
class Outcome:
    name: str
    kind: str
    verdict: Verdict


def outcomes(suite: str, library: str, path: Path, seconds: float = 300) -> Iterator[Outcome]:
    """What came of each case. RuntimeError where the process ends between cases."""
    arguments = [sys.executable, "-m", "suites.process", suite, library, str(path)]
    return resumed(lambda skip: [*arguments, str(skip)], seconds)


def resumed(command: Callable[[int], list[str]], seconds: float) -> Iterator[Outcome]:
    """What came of each case of a command that is given how many to skip; begun again behind a case that ends it.

    `seconds`: how long nothing may be heard of a case.
    """
    done = 0
    while True:
        begun: dict[str, str] | None = None
        listening = _Listening(command(done), seconds)
        for line in listening:
            if "end" in line:
                return
            if "verdict" in line:
                assert begun is not None
                yield Outcome(begun["name"], begun["kind"], Verdict(*line["verdict"]))
                begun, done = None, done + 1
            else:
                begun = line
        if begun is None:
            raise RuntimeError(f"ended with {listening.code} between cases: {listening.errors.strip()[-400:]}")
        yield Outcome(begun["name"], begun["kind"], Verdict("ended", listening.ending()))
        done += 1


class _Listening:
    """The lines of a process; what it ended with is known after the last."""

    def __init__(self, command: list[str], seconds: float) -> None:
        self.command = command
        self.seconds = seconds
        self.silent = False
        self.code = 0
        self.errors = ""

    def __iter__(self) -> Iterator[Any]:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        pipe = subprocess.PIPE
        with subprocess.Popen(self.command, stdout=pipe, stderr=pipe, text=True, env=environment) as process:
            assert process.stdout is not None and process.stderr is not None
            timer = self._timer(process)
            for line in process.stdout:
                timer.cancel()
                yield json.loads(line)
                timer = self._timer(process)
            self.errors = process.stderr.read()
            self.code = process.wait()
            timer.cancel()

    def _timer(self, process: subprocess.Popen[str]) -> Timer:
        timer = Timer(self.seconds, self._give_up, [process])
        timer.daemon = True
        timer.start()
        return timer

    def _give_up(self, process: subprocess.Popen[str]) -> None:
        self.silent = True
        process.kill()

    def ending(self) -> str:
        if self.silent:
            return f"no answer in {self.seconds:g} s"
        return f"the interpreter ended with {self.code}: {self.errors.strip()[-200:]}"


def run(case: Case) -> Verdict:
    """The verdict on a case; an exception is one too."""
    try:
        return case.check()
    except Exception as failure:
        return Verdict(f"raised {type(failure).__name__}", f"raised {failure!r:.200}")


def _say(**line: Any) -> None:
    print(json.dumps(line), flush=True)


def _main(suite: str, library: Any, path: str, skip: str) -> None:
    for case in islice(SUITES[suite].cases(Path(path), library), int(skip), None):
        _say(name=case.name, kind=case.kind)
        verdict = run(case)
        _say(verdict=[verdict.said, verdict.wrong])
    _say(end=True)


if __name__ == "__main__":
    _main(*sys.argv[1:])
