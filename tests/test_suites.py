"""The runner of outside suites, on small suites in the formats of the real ones."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import run_suites
from fieldsmith.schema import Alias, Const, Enum, ListOf, MapOf, Model, Nullable, OneOf, Ref, Scalar
from suites import known, process
from suites.base import Case, Verdict, same, unequal
from suites.hostile import generated
from suites.keywords import Unsayable, translated
from suites.parsing import _check as parse
from suites.process import Outcome

DOCUMENTS = {
    "y_object": b'{"a": [1, -0.0, "\\ud800"], "a": {}}',
    "y_bare": b" null\n",
    "n_nothing": b"",
    "n_two_values": b"1,2",
    "n_value_and_member": b'1,"a":2',
    "n_closing_bracket": b'1],"value":[2',
    "n_closing_brace": b'1},{"value":2',
    "n_constant": b"[NaN]",
    "n_deep": b"[" * 100_000,
    "i_mark": b"\xef\xbb\xbf{}",
    "i_utf16": '["\u00e9"]'.encode("utf-16"),
    "i_deep": b"[" * 100_000 + b"]" * 100_000,
    "i_overflow": b"[1e400]",
}
GROUPS = [
    {
        "description": "an optional date",
        "schema": {"type": "object", "properties": {"at": {"format": "date"}}, "additionalProperties": False},
        "tests": [
            {"description": "a date", "data": {"at": "2024-02-29"}, "valid": True},
            {"description": "numbers pass", "data": {"at": 1.0}, "valid": True},
            {"description": "no date", "data": {"at": "2023-02-29"}, "valid": False},
            {"description": "no other key", "data": {"on": 1}, "valid": False},
        ],
    },
    {
        "description": "short texts",
        "schema": {"maxLength": 3},
        "tests": [{"description": "long", "data": "long", "valid": False}],
    },
]
CASES = [
    {"id": "whole", "type": "int", "must": "accept", "why": "", "json": "1.0", "back": "1"},
    {"id": "third", "type": "float", "must": "accept", "why": "", "json": "0.1"},
    {"id": "absent", "type": "Optional[str]", "must": "accept", "why": "", "json": "<missing>", "back": "<missing>"},
    {"id": "long", "type": "str", "must": "accept", "why": "the runner repeats it 1,000 times", "json": '"xy"'},
    {"id": "digits", "type": "int", "must": "reject", "why": "", "gen": "'9' * 5000"},
    {"id": "document", "type": "model", "must": "reject", "why": "", "doc": "null"},
    {"id": "bytes", "type": "model", "must": "either", "why": "", "hex": "fffe7b007d00"},
    {"id": "day", "type": "datetime", "must": "either", "why": "", "json": '"2024-02-29t01:02:03.1234567z"'},
    {"id": "enc-int-subclass", "type": "python", "must": "either", "why": "", "json": "<python>"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The three suites, in which everything is as it should be."""
    parsing = tmp_path / "JSONTestSuite" / "test_parsing"
    parsing.mkdir(parents=True)
    for name, document in DOCUMENTS.items():
        (parsing / f"{name}.json").write_bytes(document)
    formats = tmp_path / "JSON-Schema-Test-Suite" / "tests" / "draft2020-12" / "optional" / "format"
    formats.mkdir(parents=True)
    (formats / "date.json").write_text(json.dumps(GROUPS), "utf-8")
    save_cases(tmp_path, CASES)
    return tmp_path


def save_cases(folder: Path, cases: list[dict[str, str]]) -> None:
    (folder / "json_cases.json").write_text(json.dumps({"version": 1, "cases": cases}), "utf-8")


class Runner:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def __call__(self, decisions: str = "", *libraries: str) -> tuple[int, list[str]]:
        """The exit code and the lines printed; with Python's own reader alone where no library is named."""
        path = self.folder / "decisions.toml"
        path.write_text(decisions, "utf-8")
        code = run_suites.main(self.folder, path, libraries or ("standard",))
        return code, [line.strip() for line in self.capsys.readouterr().out.splitlines()]


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(folder, capsys)


# Whole runs


def test_what_passes_passes_with_each_library(run: Runner) -> None:
    code, lines = run("", *run_suites.LIBRARIES)
    assert [line for line in lines if line.startswith(("BAD", "FAIL", "STALE", "---"))] == []
    assert code == 0
    for library in filter(run_suites.installed, run_suites.LIBRARIES):
        counts = [line.removeprefix(library).strip() for line in lines if line.startswith(library)]
        assert [each.split(":")[0] for each in counts] == ["13 cases", "4 cases", "9 cases"]
        assert counts[1].endswith("2 invalid (0 accepted), 2 valid (2 accepted); 4 as expected, 0 not")
    assert "not run: the keyword maxLength (1 groups, 1 tests)" in lines


def test_failures_are_reported_by_id(run: Runner) -> None:
    parsing = run.folder / "JSONTestSuite" / "test_parsing"
    (parsing / "y_broken.json").write_bytes(b"[")
    (parsing / "n_right.json").write_bytes(b"[1]")
    wrong = {"description": "a wrong claim", "data": {}, "valid": False}
    path = run.folder / "JSON-Schema-Test-Suite" / "tests" / "draft2020-12" / "wrong.json"
    path.write_text(json.dumps([{"description": "any", "schema": True, "tests": [wrong, wrong]}]), "utf-8")
    other = {"type": "Unheard", "must": "accept", "why": "", "json": "1"}
    save_cases(run.folder, [CASES[0] | {"back": "1.0"}, other | {"id": "odd"}, other | {"id": "enc", "type": "python"}])
    code, lines = run()
    assert code == 1
    assert [line.split(": $:")[0] for line in lines if line.startswith("FAIL")] == [
        "FAIL n_right: standard: accepted; must be refused",
        "FAIL y_broken: standard: refused; must be accepted",
        "FAIL wrong.json: any: a wrong claim: standard: {} accepted as {}; must be refused",
        "FAIL wrong.json: any: a wrong claim #2: standard: {} accepted as {}; must be refused",
        "FAIL whole: standard: written as 1; must be 1.0",
        "FAIL odd: standard: type 'Unheard', must 'accept': nobody has said what that is",
        "FAIL enc: standard: nobody has said which value this is",
    ]
    assert sum(line.startswith("BAD") for line in lines) == 3


def test_listed_failures_are_in_order_and_stale_ones_are_not(run: Runner) -> None:
    (run.folder / "JSONTestSuite" / "test_parsing" / "n_right.json").write_bytes(b"[1]")
    code, lines = run('[JSONTestSuite]\nn_right = "it is right"\nn_other = "not there"\n')
    assert code == 0
    assert "known: 1 cases: it is right" in lines
    assert "not in this copy, though listed: n_other" in lines
    code, lines = run('[JSONTestSuite]\nn_right = "it is right"\ny_bare = "once it failed"\n')
    assert code == 1
    assert "STALE y_bare: listed, but no longer fails" in lines
    code, lines = run('[Another]\nn_right = "it is right"\n')
    assert code == 1
    assert "BAD decisions.toml: there is no suite Another" in lines


def test_what_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = Runner(tmp_path, capsys)("", "standard", "no_such_library")
    assert (code, lines[0]) == (0, "no_such_library is not installed: nothing is run with it")
    assert [line.split(":")[0] for line in lines[1:]] == [f"--- {name}" for name in run_suites.SUITES]
    (tmp_path / "JSONTestSuite" / "test_parsing").mkdir(parents=True)
    code, lines = Runner(tmp_path, capsys)()
    assert code == 1  # a folder of the name in which nothing was found is no suite that passes


def test_a_suite_that_cannot_be_read_fails(run: Runner) -> None:
    (run.folder / "json_cases.json").write_text("[]", "utf-8")
    code, lines = run()
    assert code == 1
    assert any(line.startswith("BAD json_cases:") and "between cases" in line for line in lines)


def test_libraries_must_agree() -> None:
    def found(*verdicts: Verdict) -> dict[str, list[Outcome]]:
        return {f"library{at}": [Outcome("case", "i", verdict)] for at, verdict in enumerate(verdicts)}

    refused, accepted = Verdict("refused"), Verdict("accepted 1")
    assert run_suites._failures(found(refused, refused)) == {}
    differing = {"case": "the libraries differ: library0: refused, library1: accepted 1"}
    assert run_suites._failures(found(refused, accepted)) == differing
    fewer = found(refused) | {"other": []}
    assert run_suites._failures(fewer) == {"case": "the libraries differ: library0: refused"}


def test_each_entry_needs_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    for text in ('[JSONTestSuite]\nn_one = " "\n', "[JSONTestSuite]\nn_one = 1\n", "JSONTestSuite = 1\n"):
        path.write_text(text, "utf-8")
        with pytest.raises(ValueError, match="a reason is missing"):
            known.load(path)


def test_the_committed_list_is_of_these_suites() -> None:
    assert known.load().keys() <= run_suites.SUITES.keys()


# Cases in a process of their own

SCRIPT = """
import os, sys, time
def say(text):
    print(text, flush=True)
for at in range(int(sys.argv[1]), 3):
    say('{"name": "case%d", "kind": "y"}' % at)
    if at == 1:
        ENDING
    say('{"verdict": ["accepted", null]}')
say('{"end": true}')
"""


def script(ending: str) -> Callable[[int], list[str]]:
    return lambda skip: [sys.executable, "-I", "-S", "-c", SCRIPT.replace("ENDING", ending), str(skip)]


ENDINGS = [("os._exit(7)", "ended with 7"), ("time.sleep(600)", "no answer in 3 s")]


@pytest.mark.parametrize(("ending", "words"), ENDINGS)
def test_a_case_that_ends_or_hangs_the_interpreter_fails_alone(ending: str, words: str) -> None:
    found = list(process.resumed(script(ending), seconds=3))
    assert [each.name for each in found] == ["case0", "case1", "case2"]
    assert [each.verdict.wrong for each in (found[0], found[2])] == [None, None]
    assert words in str(found[1].verdict.wrong)


def test_an_exception_is_a_failure_of_its_case() -> None:
    def broken() -> Verdict:
        raise ValueError("oh")

    assert process.run(Case("one", "y", broken)) == Verdict("raised ValueError", "raised ValueError('oh')")


# Verdicts


class Careless:
    """A package that takes what Python's `json` takes, and sniffs encodings."""

    class DecodeError(Exception):
        problems = (type("Problem", (), {"path": "$", "expected": "JSON"}),)

    class Held:
        def __init__(self, value: Any) -> None:
            self.value = self.additional_properties = value

        @classmethod
        def from_json(cls, text: bytes) -> Any:
            try:
                return cls(json.loads(text)["value"])
            except ValueError as failure:
                raise Careless.DecodeError from failure

        def to_json(self) -> bytes:
            return json.dumps({"value": self.value or None}).encode()

    class Bare(Held):
        @classmethod
        def from_json(cls, text: bytes) -> Any:
            try:
                return cls(json.loads(text))
            except ValueError as failure:
                raise Careless.DecodeError from failure


@pytest.mark.parametrize(
    ("document", "kind", "words"),
    [
        (b"NaN", "n", "accepted; must be refused"),
        (b'{"a":1}}', "y", "refused; must be accepted"),
        ('{"a":1}'.encode("utf-16"), "n", "accepted alone; must be refused"),
        (b"[]", "y", "written as another value"),
        (b"{}", "y", "written as another value"),
        (b'{"a":1}', "y", None),
        (b"1,2", "n", None),
    ],
)
def test_a_careless_reader_is_caught(document: bytes, kind: str, words: str | None) -> None:
    wrong = parse(Careless, document, kind).wrong
    assert wrong is None if words is None else words in str(wrong)


def test_readings_must_agree() -> None:
    class Forgetful(Careless):
        class Bare(Careless.Bare):
            @property
            def additional_properties(self) -> Any:
                return {}

            @additional_properties.setter
            def additional_properties(self, value: Any) -> None: ...

    assert "alone it is another value" in str(parse(Forgetful, b'{"a":1}', "y").wrong)


def test_values_are_the_same_by_type_and_sign() -> None:
    assert same({"a": [1, 1.0, None], "b": "x"}, {"b": "x", "a": [1, 1.0, None]})
    for one, other in ((1, 1.0), (1, True), (0.0, -0.0), ([1], [1, 2]), ({"a": 1}, {"b": 1}), ({"a": [1]}, {"a": [2]})):
        assert not same(one, other)


def test_texts_are_generated_without_running_anything() -> None:
    assert generated("'[' * 3 + '\"]' * 2") == '[[["]"]'
    for expression in ("len('a')", "'a' * len", "1 + 1", "__import__('os').name * 2", "'a' - 'b'", "3"):
        with pytest.raises(ValueError, match="no "):
            generated(expression)


def test_equal_names_are_told_apart() -> None:
    assert unequal(["a", "b", "a", "a"]) == ["a", "b", "a #2", "a #3"]


# JSON Schemas

ANY, STRING, NUMBER, BOOLEAN = Scalar("any"), Scalar("string"), Scalar("number"), Scalar("boolean")
LISTS, MAPS = ListOf(ANY), MapOf(STRING, ANY)
DATES = Nullable(OneOf((BOOLEAN, NUMBER, Scalar("date"), LISTS, MAPS)))


def value_type(schema: Any) -> Any:
    made, _ = translated(schema, "standard", formats=True)
    holder = made.definitions[0]
    assert isinstance(holder, Model)
    return holder.fields[0].type


@pytest.mark.parametrize(
    ("schema", "type_"),
    [
        (True, ANY),
        ({"description": "words"}, ANY),
        ({"type": "integer"}, Scalar("integer")),
        ({"type": ["number", "integer"]}, NUMBER),
        ({"type": ["null", "array"], "items": {"type": "string"}}, Nullable(ListOf(STRING))),
        ({"type": "null"}, Scalar("null")),
        ({"format": "date"}, DATES),
        ({"type": "string", "format": "date"}, Scalar("date")),
        ({"const": True}, Const(True)),
        ({"const": "a", "type": "string"}, Const("a")),
        ({"enum": ["a", None]}, Nullable(Ref("enum1.md#Enum1", "Enum1"))),
        ({"anyOf": [{"type": "integer"}, {"type": "number"}]}, NUMBER),
        ({"anyOf": [{"type": "string"}, {}]}, ANY),
        ({"anyOf": [{"const": 1}, {"const": 2}, {"type": "null"}]}, Nullable(OneOf((Const(1), Const(2))))),
        ({"type": "object", "additionalProperties": {"type": "string"}}, MapOf(STRING, STRING)),
        ({"type": "object", "required": ["a"]}, Ref("model1.md#Model1", "Model1")),
    ],
)
def test_schemas_become_types(schema: Any, type_: Any) -> None:
    assert value_type(schema) == type_


def test_definitions_are_made_on_the_way() -> None:
    schema = {"type": "object", "properties": {"a\nb": {"$ref": "#"}}, "required": ["c"], "additionalProperties": False}
    made, settings = translated(schema, "standard", formats=False)
    models = [each for each in made.definitions[1:] if isinstance(each, Model)]
    aliases = [each for each in made.definitions if isinstance(each, Alias)]
    assert [each.fields[0].type for each in models] == [Ref(aliases[0].key, aliases[0].name)] * 2  # the root, and `#`
    assert settings.extra == "forbid" and settings.names[f"{models[0].name}.a\nb"] == "field0"
    kinds, _ = translated({"enum": [1, 2.5, "a"], "type": ["integer", "string"]}, "standard", formats=False)
    numbers = kinds.definitions[1]
    assert isinstance(numbers, Enum) and [value.value for value in numbers.values] == [1, "a"]


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        (False, "a type without values"),
        ({"const": [1]}, "a constant that is a list or an object"),
        ({"minimum": 1}, "the keyword minimum"),
        ({"format": "email"}, "the format email"),
        ({"$ref": "other.json"}, "a reference to another document or an anchor"),
        ({"$ref": "#/$defs/a"}, "a reference that leads nowhere"),
        ({"$ref": "#", "type": "string"}, "a type beside a reference"),
        ({"properties": {"a": False}}, "a property that must not be there"),
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, "another dialect of JSON Schema"),
        ({"anyOf": [True], "properties": {}}, "anyOf beside other keywords"),
    ],
)
def test_what_types_cannot_say_has_a_reason(schema: Any, reason: str) -> None:
    with pytest.raises(Unsayable) as caught:
        value_type(schema)
    assert str(caught.value) == reason
