"""Models that a generator makes: names are ours, text is text, what is lost is told, and nothing else counts."""

from __future__ import annotations

import ast
import importlib.metadata
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pydantic
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import emitted
import test_hostile_names as hostile
from emitted import alias, enum, made_of, model, ref
from fieldsmith import cli
from fieldsmith.diagnostics import Diagnostic, Diagnostics
from fieldsmith.schema import (
    Const,
    Discriminator,
    ListOf,
    Nullable,
    OneOf,
    Scalar,
    Schema,
    TypeExpr,
)
from fieldsmith.writing import modelcheck, models, printing
from fieldsmith.writing.libraries import LIBRARIES, LibraryName
from fieldsmith.writing.modelfeed import feed
from fieldsmith.writing.plans import Extra, Settings
from fieldsmith.writing.surprise import Surprise
from strategies import schemas, wild

NAMES: tuple[LibraryName, ...] = ("pydantic", "msgspec", "typeddict")
every_library = pytest.mark.parametrize("name", NAMES)


def made(schema: Schema, name: LibraryName, extra: Extra = "ignore") -> tuple[str, tuple[Diagnostic, ...]]:
    """The text of the models for a library, and what was found."""
    package = printing.prepare(schema, Settings(targets=(name,), extra=extra), Diagnostics())
    assert package is not None
    (file,) = emitted.print_package(package)
    assert file.path == f"{name}_models.py"
    return file.text, file.found


def loaded(text: str, name: str = "models") -> dict[str, Any]:
    """What a module of models defines, imported with warnings as errors (see pyproject.toml)."""
    module = type(sys)(name)
    sys.modules[name] = module
    exec(compile(text, f"{name}.py", "exec", dont_inherit=True), module.__dict__)
    return module.__dict__


def told(found: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{one.span} {one.code} {one.message}" for one in found]


# Names


@every_library
def test_field_names(name: LibraryName) -> None:
    """Each attribute is the one of the dataclass, or is a finding; the JSON has the names of the page."""
    names = [each for each in hostile.distinct(hostile.FIELDS) if name != "msgspec" or not {*'"\\'} & {*each}]
    text, found = made(made_of(model("Box", *((each, "integer", False) for each in names))), name)
    box, document = loaded(text)["Box"], {each: at for at, each in enumerate(names)}
    if name == "pydantic":
        assert box.model_validate(document).model_dump(by_alias=True) == document
        assert {one.code for one in found} == {"FS413"}
    elif name == "msgspec":
        assert msgspec.to_builtins(msgspec.convert(document, box)) == document
        assert not found
    else:
        assert [*box.__annotations__] == names and not found


def test_names_that_msgspec_has_not() -> None:
    """A class with such a name could not be imported."""
    _, found = made(made_of(model("Box", ('a"b', "string"), ("a\\c", "string"))), "msgspec")
    said = "FS412 msgspec has no names with quotes, backslashes or control characters:"
    assert told(found) == [f'box.md:7:3 {said} `a"b`', f"box.md:8:3 {said} `a\\c`"]


@pytest.mark.parametrize("name", ["pydantic", "msgspec"])
def test_enum_members(name: LibraryName) -> None:
    names = hostile.distinct(hostile.MEMBERS)
    text, found = made(made_of(enum("Kind", *names)), name)
    kind = loaded(text)["Kind"]
    package = printing.prepare(made_of(enum("Kind", *names)), Settings(), Diagnostics())
    assert {each.name: each.value for each in kind} == {
        package.names.members[emitted.key("Kind"), at]: value for at, value in enumerate(names)
    }
    assert not found


@every_library
def test_titles(name: LibraryName) -> None:
    """A class bears the name that the dataclass has."""
    for titles in (hostile.TITLES[:30], hostile.TITLES[30:]):
        rows: list[Any] = [("when", "datetime", False), ("n", "decimal", False), ("u", "uuid"), ("c", Const("a"))]
        schema = made_of(*(model(title, *rows) for title in titles))
        text, found = made(schema, name)
        names = {*printing.prepare(schema, Settings(), Diagnostics()).names.classes.values()}
        renamed = {one.message.split("`")[1] for one in found}
        assert renamed <= LIBRARIES[name].classes and {each + "_" * (each in renamed) for each in names} <= {*loaded(text)}


@every_library
def test_names_that_the_library_needs(name: LibraryName) -> None:
    """An underscore is put behind the class, and that is told."""
    library = LIBRARIES[name]
    for needed in sorted(library.classes - {"UNSET"}):
        schema = made_of(model(needed, ("a", "bytes", False), ("b-c", "string")), alias("Al", OneOf((ref(needed), Scalar("string")))))
        text, found = made(schema, name)
        assert told(found) == [f"{needed.lower()}.md:1:3 FS413 `{needed}` is {name}'s own: the class is `{needed}_` there"]
        assert f"{needed}_" in loaded(text)


@every_library
def test_a_definition_that_is_not_there(name: LibraryName) -> None:
    """Should the generator call one otherwise, that is an error."""
    schema = made_of(model("Box", ("a", "string")), enum("Kind", "x"))
    package = printing.prepare(schema, Settings(), Diagnostics())
    fed, library = feed(package, LIBRARIES[name]), LIBRARIES[name]
    text, _ = made(schema, name)
    _, found = modelcheck.finish(text.replace("Box", "Case"), package, library, fed._replace(classes={**fed.classes, "": "Case"}))
    assert told(found) == [f"box.md:1:3 FS412 `Box` is not among the models of {name}"]
    _, found = modelcheck.finish(text.replace("a: str", "b: str"), package, library, fed._replace(classes={**fed.classes, "": "b"}))
    assert told(found) == [f"box.md:7:3 FS412 `a` is not a field of Box of {name}"]


def test_definitions_of_one_name_bear_their_folders() -> None:
    both = model("Thing", ("a", "integer"), folder="ops/"), model("Thing", ("b", ref("Thing", "ops/")), folder="sub/")
    text, _ = made(made_of(*both), "pydantic")
    there = loaded(text)
    assert there["SubThing"].model_validate({"b": {"a": 1}}).b == there["OpsThing"](a=1)


# Types


def test_three_states_in_pydantic() -> None:
    text, _ = made(made_of(model("Box", ("a", Nullable(Scalar("string")), False), ("b", "string", False))), "pydantic")
    box = loaded(text)["Box"]
    assert box.model_validate({"a": None}).model_fields_set == {"a"}
    assert box.model_validate({"b": "x"}).model_fields_set == {"b"}
    assert box(a=None).model_dump(exclude_unset=True) == {"a": None}


def test_three_states_in_msgspec() -> None:
    text, _ = made(made_of(model("Box", ("a", Nullable(Scalar("string")), False), ("b", "string", False))), "msgspec")
    box = loaded(text)["Box"]
    assert msgspec.json.decode(b'{"a": null}', type=box) == box(a=None)
    assert msgspec.json.decode(b"{}", type=box) == box(a=msgspec.UNSET)
    assert msgspec.json.encode(box(a=None)) == b'{"a":null}'


def test_unions_keep_their_discriminator() -> None:
    cat, dog = model("Cat", ("the-kind", Const("cat"))), model("Dog", ("the-kind", ref("DogKind")))
    told_by = Discriminator("the-kind", (("cat", cat.key), ("dog", dog.key)))
    pet = OneOf((ref("Cat"), ref("Dog")), told_by)
    schema = made_of(cat, dog, enum("DogKind", "dog"), alias("Pet", pet), model("Owner", ("pets", ListOf(pet)), ("one", ref("Pet"))))
    document = {"pets": [{"the-kind": "dog"}], "one": {"the-kind": "cat"}}
    text, found = made(schema, "pydantic")
    there = loaded(text)
    owner = there["Owner"].model_validate(document)
    assert not found and isinstance(owner.pets[0], there["Dog"]) and isinstance(owner.one, there["Cat"])
    with pytest.raises(pydantic.ValidationError, match="union_tag_invalid"):
        there["Owner"].model_validate({"pets": [], "one": {"the-kind": "cow"}})
    text, found = made(schema, "msgspec")
    there = loaded(text)
    owner = msgspec.convert(document, there["Owner"])
    assert not found and isinstance(owner.pets[0], there["Dog"]) and isinstance(owner.one, there["Cat"])


def test_further_keys_are_refused_where_dataclasses_refuse_them() -> None:
    schema = made_of(model("Box", ("a", "integer", False)))
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"b": 1}, loaded(made(schema, "msgspec", "forbid")[0])["Box"])
    with pytest.raises(pydantic.ValidationError):
        loaded(made(schema, "pydantic", "forbid")[0])["Box"].model_validate({"b": 1})


def test_typed_dictionaries_are_what_json_has() -> None:
    rows: list[tuple[str, TypeExpr, bool]] = [("a b", Scalar("datetime"), True), ("b", Scalar("bytes"), False), ("c", ref("Level"), False)]
    text, found = made(made_of(model("Box", *rows), enum("Level", "low", "high"), model("Plain", ("d", "decimal"))), "typeddict")
    assert not found
    assert '"a b": str' in text and '"b": NotRequired[str]' in text and '"c": NotRequired["Level"]' in text
    assert 'Level: TypeAlias = Literal["low", "high"]' in text and "d: str | float" in text


# What is found


def test_what_pydantic_cannot_say() -> None:
    one, two = model("One", ("k", "string")), model("Two", ("k", "string"))
    pair = OneOf((ref("One"), ref("Two")), Discriminator("k", (("1", one.key), ("2", two.key))))
    box = model("Box", ("json", "string"), ("half", Const(0.5)), ("pair", pair))
    _, found = made(made_of(box, one, two), "pydantic")
    assert told(found) == [
        "box.md:7:3 FS413 `json` is pydantic's own: the attribute is `json_` there",
        "box.md:8:3 FS414 pydantic: it has no constant 0.5; any number is taken",
        "box.md:9:3 FS414 pydantic: `k` does not select the member of the union; each is tried",
    ]


def test_what_msgspec_cannot_say() -> None:
    rows: list[tuple[str, TypeExpr]] = [
        ("yes", Const(True)),
        ("either", OneOf((ref("One"), ref("Two")))),
        ("text", OneOf((Scalar("string"), Scalar("date")))),
        ("fine", OneOf((Scalar("string"), Scalar("integer"), ListOf(Scalar("string")), ref("One")))),
        ("open", ref("Open")),
    ]
    others = (model("One", ("a", "string")), model("Two", ("b", "string")), model("Open", ("b", "string"), additional="any"))
    tree = alias("Tree", OneOf((Scalar("string"), ListOf(ref("Tree")))))
    _, found = made(made_of(model("Box", *rows), *others, tree, enum("Mixed", "a", 1)), "msgspec")
    assert told(found) == [
        "box.md:7:3 FS414 msgspec: it has no constant True; any boolean is taken",
        "box.md:8:3 FS414 msgspec: it cannot tell the options of the union apart; any value is taken",
        "box.md:9:3 FS414 msgspec: it cannot tell the options of the union apart; any value is taken",
        "open.md:1:3 FS414 msgspec: it holds no further keys",
        "tree.md:1:3 FS414 msgspec: it has no types that stand for themselves; any value is taken",
        "mixed.md:1:3 FS414 msgspec: it cannot read this enum; any value of its types is taken",
    ]


def test_a_tag_that_two_unions_want() -> None:
    """msgspec gives a class one tag: the union that comes first has it, and the other is told of."""
    one, two = model("One", ("k", Const("1")), ("j", Const("x"))), model("Two", ("k", Const("2")), ("j", Const("y")))
    first = alias("First", OneOf((ref("One"), ref("Two")), Discriminator("k", (("1", one.key), ("2", two.key)))))
    second = alias("Second", OneOf((ref("One"), ref("Two")), Discriminator("j", (("x", one.key), ("y", two.key)))))
    _, found = made(made_of(one, two, first, second), "msgspec")
    assert told(found) == ["second.md:1:3 FS414 msgspec: it cannot tell the options of the union apart; any value is taken"]


@every_library
def test_models_that_are_but_their_further_keys(name: LibraryName) -> None:
    """They are dictionaries, which say it all; but msgspec has none that hold themselves."""
    text, found = made(made_of(model("Plain", additional="integer"), model("Use", ("a", ref("Plain")))), name)
    assert "dict[str, int]" in text and not found
    text, found = made(made_of(model("Deep", additional=ListOf(ref("Deep")))), name)
    assert loaded(text)["Deep"] and [one.code for one in found] == ["FS414"] * (name == "msgspec")


@every_library
def test_a_type_that_the_generator_drops(name: LibraryName) -> None:
    """It makes `list` of a list of itself: what is made is held against the schema."""
    _, found = made(made_of(alias("Nest", ListOf(ref("Nest"))), model("Box", ("a", ref("Nest")))), name)
    assert [one.code for one in found] == ["FS414"] and found[0].span.path == "nest.md"


@every_library
def test_half_a_surrogate_pair(name: LibraryName) -> None:
    _, found = made(made_of(enum("Box", "\ud800", names=("A",))), name)
    assert told(found) == [
        f"box.md:1:3 FS416 {name}: a text holds half of a surrogate pair, which it cannot write",
    ]


# Text


TEXTS = [
    '"""', "'''", "\\", '\\"""', "a\nb", "# type: ignore", "#!python", "x\n# mypy: ignore-errors\n# flake8: noqa", "{{ 7*7 }}", "{% raw %}",
    "${x}", "%s", "{0}", "\\N{DASH}", "\\x00", "caf\u00e9", "a\u2028b", "\U0001f600", '")\nimport os\nos.system("x")\n("', "'+__import__('os')+'",
    ">>> 1/0", "\ttab", "a" * 200, ") -> None: pass #", '""" + x + """', "\\\n", "end\\", '"', "'", "a\r\nb", "a\x0cb", "-*- coding: utf-7 -*-",
]  # fmt: skip


def spoken(text: str) -> Schema:
    """A schema that says a text wherever a page can."""
    colour = enum("Colour", text, "x", names=("A", "B"))
    colour = colour._replace(doc=text, values=tuple(one._replace(doc=text) for one in colour.values))
    box = model("Box", ("a", "string"), ("b", Const(text)), ("c", ref("Colour"), False), ("d", OneOf((Const(text), Const("y"), Scalar("integer")))))
    rows = tuple(row._replace(doc=text, example=text, default=text, deprecation=text) for row in box.fields)
    union = alias("Either", OneOf((ref("Box"), ListOf(Scalar("string"))))) ._replace(doc=text)
    return made_of(box._replace(fields=rows, doc=text, deprecation=text), colour, union)


def shape(text: str) -> str:
    """The syntax tree of a module without what its strings say."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


@every_library
@pytest.mark.parametrize("said", TEXTS)
def test_text_stays_text(said: str, name: LibraryName) -> None:
    """Whatever is said, the module has the same statements; its values are what was said; no line is a remark."""
    text, _ = made(spoken(said), name)
    assert text.isascii() and shape(text) == shape(made(spoken("plain"), name)[0])
    assert [line for line in text.split("\n") if line.lstrip().startswith("#")] == ["# Generated by fieldsmith. Do not edit."]
    there = loaded(text)
    if name == "pydantic":
        assert there["Colour"].A.value == said
        assert there["Box"].model_validate({"a": "", "b": said, "d": said}).b == said
        description = there["Box"].model_fields["a"].description
        assert description == f"Deprecated: {said}\n\n{said}"
    if name == "msgspec":
        assert msgspec.convert({"a": "", "b": said, "d": said}, there["Box"]).d == said


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30).filter(str.strip), st.sampled_from(NAMES))
def test_any_text_stays_text(said: str, name: LibraryName) -> None:
    text, _ = made(spoken(said), name)
    assert text.isascii() and shape(text) == shape(made(spoken("plain"), name)[0])


@settings(max_examples=25, derandomize=True)
@given(schemas(wild, pets=True), st.sampled_from(NAMES))
def test_any_schema_has_models(schema: Schema, name: LibraryName) -> None:
    text, found = made(schema, name)
    loaded(text)
    assert {one.code for one in found} <= {"FS413", "FS414", "FS415"}


TAMPERED = [
    ('a: str', 'a: str = __import__("os")'),
    ('a: str', 'a: str = print'),
    ('a: str', 'a: eval("1")'),
    ("class Box", "import os\n\n\nclass Box"),
    ("class Box", "from os import path\n\n\nclass Box"),
    ("class Box", "print()\n\n\nclass Box"),
    ("class Box", "def f(): pass\n\n\nclass Box"),
    ("class Box", "x = [1 for _ in ()]\n\n\nclass Box"),
    ("class Box", "@Box\nclass Box"),
    ("class Box", 'x = "rm -rf /"\n\n\nclass Box'),
    ("class Box", 'x = "Box if Box else Box"\n\n\nclass Box'),
    ("class Box", "# mypy: ignore-errors\nclass Box"),
    ("class Box", "x = f'{Box}'\n\n\nclass Box"),
    ("class Box", "x = Box.__subclasses__\n\n\nclass Box"),
    ("class Box", "class Box Box"),
]


@every_library
@pytest.mark.parametrize("before, after", TAMPERED)
def test_what_is_no_model_is_not_written(before: str, after: str, name: LibraryName) -> None:
    package = printing.prepare(made_of(model("Box", ("a", "string"))), Settings(), Diagnostics())
    fed, library = feed(package, LIBRARIES[name]), LIBRARIES[name]
    text, _ = made(package.schema, name)
    assert modelcheck.finish(text, package, library, fed) == (text.rstrip("\n") + "\n", ())
    with pytest.raises(Surprise):
        modelcheck.finish(text.replace(before, after, 1), package, library, fed)


# Runs


PAGE = """# Box

## Fields

| Field | Type | Required | Description |
| --- | --- | --- | --- |
| `json` | `map[string, datetime]` | yes | What is in it. |
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "box.md").write_text(PAGE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli._run(list(arguments))
    done = capsys.readouterr()
    return code, done.out, done.err


def test_findings_come_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also where nothing is left to do, and where `check` looks."""
    arguments = ("spec", "-o", "out", "--targets", "pydantic,typeddict")
    code, out, err = run(capsys, "generate", *arguments)
    assert (code, out) == (0, "1 page, 1 definition -> out: 2 files (2 written, 0 unchanged, 0 removed)\n")
    assert err == (
        "spec/box.md:7:3: warning[FS413]: `json` is pydantic's own: the attribute is `json_` there\n"
        "  = help: choose another name under `names`\n"
    )
    for _ in range(2):
        code, out, again = run(capsys, "generate", *arguments)
        assert (code, again) == (0, err) and "(0 written, 2 unchanged, 0 removed)" in out
    assert run(capsys, "check", *arguments)[::2] == (0, err)
    assert run(capsys, "generate", *arguments, "--strict")[0] == 2


def test_the_folder_does_not_count(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither do settings of the generator and of formatters in it."""
    (folder / "spec" / "either.md").write_text("# Either\n\n## Type\n\n`string | integer`\n", "utf-8")
    run(capsys, "generate", "spec", "-o", "out", "--targets", "pydantic")
    before = (folder / "out" / "pydantic_models.py").read_bytes()
    (folder / "pyproject.toml").write_text(
        "[tool.datamodel-codegen]\nsnake-case-field = true\nclass-name = 'Evil'\n"
        "[tool.black]\nline-length = 20\nskip-string-normalization = true\n"
        "[tool.isort]\nprofile = 'google'\nknown_first_party = ['pydantic']\n"
    )
    (folder / "deep").mkdir()
    for working in (folder, folder / "deep"):
        command = [sys.executable, "-m", "fieldsmith", "generate", str(folder / "spec"), "-o", "again", "--targets", "pydantic"]
        assert subprocess.run(command, cwd=working, capture_output=True).returncode == 0
        assert (working / "again" / "pydantic_models.py").read_bytes() == before


def test_no_generator(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    code, _, err = run(capsys, "generate", "spec", "-o", "out", "--targets", "msgspec")
    assert (code, err) == (
        2,
        "command line: error[FS411]: datamodel-code-generator is not installed\n"
        "  = help: pip install 'fieldsmith[models]'\n",
    )
    assert not (folder / "out" / "msgspec_models.py").exists()
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "0.25.1")
    (folder / "pyproject.toml").write_text('[tool.fieldsmith]\npages = "spec"\ntargets = ["msgspec"]\n')
    code, _, err = run(capsys, "generate")
    said = "datamodel-code-generator 0.25.1 is installed, and 0.89 or a later 0.x is needed"
    assert code == 2 and err.startswith(f"pyproject.toml:3:1: error[FS411]: {said}\n")


def test_another_version_of_the_generator(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What an earlier one has made is made anew."""
    (folder / "spec" / "box.md").write_text(PAGE.replace("json", "a"), "utf-8")
    arguments = ("generate", "spec", "-o", "out", "--targets", "pydantic")
    assert "(1 written" in run(capsys, *arguments)[1]
    calls: list[str] = []
    make = models.make_models
    monkeypatch.setattr(models, "make_models", lambda *given: calls.append("made") or make(*given))
    assert "(0 written" in run(capsys, *arguments)[1] and not calls
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "0.90.1")
    assert "(0 written" in run(capsys, *arguments)[1] and calls == ["made"]


def test_with_the_dataclasses_in_one_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "spec" / "box.md").write_text(PAGE.replace("Box", "Pydantic Models"), "utf-8")
    targets = "dataclasses,serializers,docs,jsonschema,openapi,pydantic,msgspec,typeddict"
    assert run(capsys, "generate", "spec", "-q", "-o", "out", "--targets", targets)[0] == 0
    assert (folder / "out" / "pydantic_models_.py").exists()  # the definition of that title
    manifest = (folder / "out" / ".fieldsmith.json").read_text()
    assert '"pydantic_models.py"' in manifest and '"openapi.json"' in manifest
    assert run(capsys, "check", "spec", "-q", "-o", "out", "--targets", targets)[0] == 0
