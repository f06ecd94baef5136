"""The net below the encoders: with each of them broken a run ends with exit code 70, and nothing is written."""

from __future__ import annotations

import ast
import dataclasses
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import emitted
from fieldsmith import cli, pipeline, rereading
from fieldsmith.commands.running import Run
from fieldsmith.flags import Flags
from fieldsmith.schema import Const, ListOf, OneOf, Schema
from fieldsmith.writing import (
    coder,
    housetype,
    identifiers,
    layout,
    literals,
    mdtext,
    naming,
    printing,
    python,
    selfcheck,
    templates,
    texts,
)
from fieldsmith.writing.allowlist import Odd
from fieldsmith.writing.plans import Extra, Json, Settings
from fieldsmith.writing.surprise import Surprise
from fieldsmith.writing.targets import dataclasses as dataclasses_target
from fieldsmith.writing.targets import docs
from test_docs_roundtrip import schemas

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
PAGES = {
    "thing.md": r'''# Thing

Says `"""` and \ and {{ view }}, in
"""; import os; """ &lt;script>alert(1)&lt;/script>

## Fields

| Field | Type | Required | Description | Example | Default | Constraints |
| --- | --- | --- | --- | --- | --- | --- |
| `a"b\c` | [Kind](kind.md) | yes | One &#124; two.<br/>"""+eval("1")+""" | `x\|y` | | |
| `plain` | list[[Either](either.md)] | no | [safe](x.md), !&#91;not](x.png) | | | |
| `when` | `datetime \| null` | no | | | | |
| `note` | `string` | no | | | `"its"+eval(1)` | `pattern: "^a\"+eval(1)+\"b"` |
''',
    "kind.md": r"""# Kind

## Values

| Name | Value | Description |
| --- | --- | --- |
| `ONE` | `"a\"+eval(1)+\"b"` | First. |
| `TWO` | `"it's \\ \u2028 two"` | |
""",
    "either.md": r"""# Either

## Type

[Kind](kind.md) | `"c'd\"e"` | [Thing](thing.md)
""",
}
Break = Callable[[pytest.MonkeyPatch], None]


def replaced(module: Any, name: str, made: Callable[..., Any]) -> Break:
    """A function of ours replaced by one that gets the old one first."""
    old = getattr(module, name)

    def do(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(module, name, lambda *arguments, **named: made(old, *arguments, **named))

    return do


def in_template(name: str, old: str, new: str) -> Break:
    def load(original: Callable[..., templates.Templates], folder: Path | None) -> templates.Templates:
        loaded = original(folder)
        assert any(old in template.text for at, template in loaded if at == name)
        return tuple(
            (at, template._replace(text=template.text.replace(old, new)) if at == name else template)
            for at, template in loaded
        )

    return replaced(templates, "load", load)


def cut(old: Callable[..., str], *arguments: Any) -> str:
    """What an encoder makes of a text without its last character."""
    return old(arguments[0][:-1], *arguments[1:])


BREAKS: dict[str, Break] = {
    "literals are not escaped": replaced(literals, "string", lambda old, text: f'"{text}"'),
    "literals are repr": replaced(literals, "string", lambda old, text: ascii(text)[:-1] + "\\n" + ascii(text)[-1]),
    "literals lose a character": replaced(literals, "string", cut),
    "literals say more": replaced(literals, "string", lambda old, text: old(f"{text}!")),
    "literals have a prefix": replaced(literals, "string", lambda old, text: f"f{old(text)}"),
    "literals are two": replaced(literals, "string", lambda old, text: f'{old(text)} "more"'),
    "literals are not ASCII": replaced(literals, "string", lambda old, text: old(text).replace("\\u2028", "\u2028")),
    "scalars are calls": replaced(literals, "scalar", lambda old, value: f"eval({old(value)})"),
    "docstrings are not escaped": replaced(literals, "docstring", lambda old, text, indent: f'"""{text}"""'),
    "docstrings lose a character": replaced(literals, "docstring", cut),
    "attributes are code": replaced(identifiers, "attribute", lambda old, name: f"{old(name)}: int = eval('1'); b"),
    "attributes are calls": replaced(identifiers, "attribute", lambda old, name: f"{old(name)}.__class__.x"),
    "attributes are keywords": replaced(identifiers, "attribute", lambda old, name: f"class_{old(name)}".replace("class_plain", "class")),
    "classes are code": replaced(identifiers, "class_name", lambda old, name: f"{old(name)}(eval('1'))"),
    "members are code": replaced(identifiers, "member", lambda old, name, value: f"{old(name, value)} = eval('1')\n    X"),
    "functions are code": replaced(coder, "snake_case", lambda old, name: f"{old(name)}(eval('1'))"),
    "headers end": replaced(dataclasses_target, "header", lambda old, page: f"{old(page)}\nimport os"),
    "headers steer": replaced(dataclasses_target, "header", lambda old, page: "# coding: latin-1"),
    "a line is out of place": replaced(layout, "class_header", lambda old, *parts: "    " + old(*parts)),
    "a template imports": in_template("dataclasses/model.py.jinja", "{{ view.opening }}", "import os\n{{ view.opening }}"),
    "a template calls": in_template("serializers/module.py.jinja", "CODECS = {", "print(1)\nCODECS = {"),
    "a template comments": in_template("serializers/module.py.jinja", "CODECS = {", "# one\nCODECS = {"),
    "a template is a loop": in_template("serializers/module.py.jinja", "CODECS = {", "for v in iter(int, 1):\n    pass\nCODECS = {"),
    "a template lets go": in_template("dataclasses/enum.py.jinja", "{{ member.line }}", "{{ member.line }}\n        pass"),
    "texts of docs are not encoded": replaced(mdtext, "encode", lambda old, text, where: text),
    "texts of docs lose a character": replaced(mdtext, "encode", cut),
    "titles of docs say more": replaced(mdtext, "title", lambda old, text: old(f"{text}x")),
    "code of docs is not encoded": replaced(mdtext, "code", lambda old, text: text),
    "code of docs loses a character": replaced(mdtext, "code", cut),
    "values of docs are others": replaced(docs, "json_literal", lambda old, value: old(str(value)[1:])),
    "constraints of docs are others": replaced(docs, "_constraints", lambda old, field: old(field).replace("^a", "^b")),
    "metadata says more": replaced(layout, "json_value", lambda old, value, lead="": old(value, f'{lead}"more" + ')),
    "metadata says another": replaced(layout, "json_value", lambda old, value, lead="": old("other", lead)),
    "types of docs are others": replaced(housetype, "_plain", lambda old, expr: "string"),
    "links of docs lead elsewhere": replaced(housetype, "_relative", lambda old, path, folder: "kind.md"),
    "rows of docs are lost": replaced(docs, "_table", lambda old, header, rows: old(header, list(rows)[1:])),
    "docs are marked": in_template("docs/page.md.jinja", "# {{ entry.title }}", "# {{ entry.title }}\n\n<b>x</b>"),
    "the list lacks one": in_template("docs/index.md.jinja", "{{ line }}", "{{ line if 'Kind' not in line }}"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "spec").mkdir()
    for path, text in PAGES.items():
        (tmp_path / "spec" / path).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*more: str) -> int:
    return cli._run(["generate", "spec", "-o", "out", "-q", *more])


def test_hostile_pages_are_no_surprise(folder: Path) -> None:
    assert run() == 0
    assert (folder / "out" / "thing.py").exists()


@pytest.mark.parametrize("broken", BREAKS)
def test_a_broken_encoder_is_caught(
    broken: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    BREAKS[broken](monkeypatch)
    assert run() == 70
    assert not (folder / "out").exists()
    said = capsys.readouterr().err
    assert "bug of its own (Surprise: " in said and "nothing was written" in said and "Traceback" not in said
    assert ".py: " in said or ".md: " in said
    assert said.isascii() and len(said) < 600


# What is no surprise


@pytest.mark.parametrize("json", ["standard", "orjson", "msgspec"])
@pytest.mark.parametrize("extra", ["ignore", "keep", "forbid"])
def test_the_example_and_a_set_of_real_pages_pass(extra: Extra, json: Json, tmp_path: Path) -> None:
    real = CORPUS / "openai-go-2024" / "docs"
    enums: Literal["closed", "open"] = "open" if extra == "keep" else "closed"
    for pages in [ROOT / "spec", *([real] if real.is_dir() else [])]:
        job = Run(Flags(pages=(str(pages),), output=str(tmp_path))).jobs[0]
        chosen = dataclasses.replace(job.settings, extra=extra, json=json, enums=enums)
        assert pipeline.build(dataclasses.replace(job, settings=chosen)).files


def test_all_cases_pass() -> None:
    made = [case for case in sorted((ROOT / "tests" / "cases").iterdir()) if case.is_dir()]
    for case in made:
        page = case / "page.md"
        job = Run(Flags(pages=(str(page if page.exists() else case / "pages"),), output="out")).jobs[0]
        pipeline.build(job)  # raises Surprise where there is one
    assert made


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(schemas())
def test_docs_of_any_schema_pass(schema: Schema) -> None:
    package = python.package(schema, naming.Names({}, {}, {}, {}, {}), Settings(targets=("docs",)))
    texts = templates.load(None)
    made = printing.print_pages(package, texts, None, list(package.pages))
    rereading.check_pages(package, list(package.pages), made, texts)


def test_templates_of_ones_own_may_print_what_they_like(folder: Path) -> None:
    for name, text in (
        ("dataclasses/model.py.jinja", "import os\nprint(f'{os.sep}', lambda: 1, 'not on a page')\n"),
        ("serializers/runtime.py.jinja", "x = __import__('os')  # no line of ours\n"),
        ("docs/page.md.jinja", "<script>1</script>\n"),
        ("docs/index.md.jinja", "nothing\n"),
    ):
        (folder / "mine" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "mine" / name).write_text(text, "utf-8")
    settings = '[tool.fieldsmith]\npages = "spec"\noutput = "out"\ntemplates = "mine"\nformat = "builtin"\n'
    (folder / "pyproject.toml").write_text(settings, "utf-8")
    assert cli._run(["generate", "-q"]) == 0
    assert "import os" in (folder / "out" / "thing.py").read_text("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="such files cannot be made elsewhere")
def test_names_of_pages_that_no_output_may_have_are_findings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a\\b.md", "a?b.md", "a:b.md"):
        (folder / "spec" / name).write_text(PAGES["kind.md"].replace("Kind", f"K{ord(name[1])}"), "utf-8")
    assert run() == 2
    assert "FS404" in capsys.readouterr().err


# The allow-list by itself

OURS = (
    "from __future__ import annotations\n",
    'class Thing(Model):\n    """A\n\n    B."""\n\n    a: str | None = field(default=None, metadata={"wire": "a"})\n',
    "def decode_thing(\n    d: Any,\n) -> Thing:\n    v = d[\n        'a'\n    ]\n    o.a = v if v.__class__ is str else mismatch(v)\n",
    "for i in v:\n    made.append(decode_x(i))\nelse:\n    v = made\n",
)
OTHERS = (
    "import os\n",
    "from os import path\n",
    "from .x import *\n",
    "eval('1')\n",
    "x = eval\nx('1')\n",
    "v = getattr(o, 'x')\n",
    "v = o.__class__.__bases__\n",
    "v = o.x.y\n",
    "v = o.x()\n",
    "v = d.pop('x')\n",
    "v = lambda: 1\n",
    "v = f'{d}'\n",
    "v = rb'x'\n",
    "v = 'x' 'y'\n",
    "v = (\n    'x'\n    'y'\n)\n",
    "v = [x for x in v]\n",
    "v = (yield)\n",
    "v = {**d}\n",
    "v = 1,\nd\n2\n",
    "v = \\\n    d\n",
    "v = d  # why\n",
    "v = d; o = v\n",
    "if v: raise Mismatch(v)\n",
    "if v:\nv = d\n",
    "if v:\n        v = d\n",
    "if v:\n    v = d\n  v = d\n",
    "v = d\n    v = d\n",
    "else:\n    v = d\n",
    "def decode_x(v: Any) -> Any:\n    v = d\nelse:\n    v = d\n",
    "if v:\n",
    "try:\n    v = d\nfinally:\n    v = d\n",
    "while v:\n    v = d\n",
    "with v:\n    v = d\n",
    "del v\n",
    "global v\n",
    "assert v\n",
    "async def decode_x(v: Any) -> Any:\n    v = d\n",
    "def decode_x(v: Any = eval) -> Any:\n    v = d\n",
    "def decode_x(v: Any, *w: Any) -> Any:\n    v = d\n",
    "def decode_x[T](v: Any) -> Any:\n    v = d\n",
    "class Thing[T](Model):\n    v = d\n",
    "def other(v: Any) -> Any:\n    v = d\n",
    "@decode_x\ndef decode_y(v: Any) -> Any:\n    v = d\n",
    "class Thing(Model, metaclass=Model):\n    v = d\n",
    "class Thing(Exception):\n    v = d\n",
    "@decode_x\nclass Thing(Model):\n    v = d\n",
    "v = d\u00a0\n",
    "v = '\u00e9'\n",
    "v = 'a\x00'\n",
    "v = '\t'\n",
    "v\t=\td\n",
    "v = d\r\n",
    "v = d\x0c\n",
    "v = '\n'\n",
    '"""a\\\nb"""\n',
    '"""a\n',
    'v = d"""\n',
    "o.class = v\n",
    "v = 1if v else d\nx y\n",
    "(v := d)\n",
    "match v:\n    case 1:\n        v = d\n",
    "v = d[(\n]\n",
    "v = d)\n(\n",
)  # fmt: skip


@pytest.mark.parametrize("code", OURS)
def test_what_templates_print_is_taken(code: str) -> None:
    ast.parse(code)
    selfcheck._statements().literals(code)


@pytest.mark.parametrize("code", OTHERS)
def test_what_no_template_prints_is_refused(code: str) -> None:
    for before in ("", "".join(OURS)):  # also where all around it is known
        with pytest.raises(Odd):
            selfcheck._statements().literals(before + code)


def test_literals_are_those_of_the_tree() -> None:
    code = "v = ['a', \"b'\", 'c\"', 'd\\'', \"e\\\\\", \"\"\"f\"\"\", \"\"\"\\\"g\"\"\", '', \"\"]\n"
    tree = {node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant)}
    assert {*map(selfcheck._text, selfcheck._statements().literals(code))} == tree


def test_a_surprise_is_found_by_other_processes(folder: Path) -> None:
    found = pickle.loads(pickle.dumps(Surprise("a.py", "what \x1b it is")))
    assert (found.path, found.what, str(found)) == ("a.py", "what \x1b it is", "a.py: what \x1b it is")


def test_long_unions_pass() -> None:
    """A tree of them is deeper than Python likes to walk."""
    models = [emitted.model(f"M{at}x", ("a", Const(f"t{at}"))) for at in range(400)]
    refs = [emitted.ref(one.name) for one in models]
    mixed = OneOf(tuple(ListOf(ref) if at % 2 else ref for at, ref in enumerate(refs)))
    assert emitted.files(emitted.made_of(*models, emitted.alias("All", OneOf(tuple(refs))), emitted.model("Has", ("x", mixed))))


@settings(max_examples=500)
@given(st.lists(st.sampled_from(["\t", " ", "\n", "\r", "a", "\\", '"', "\x0b", "\u3000", ">>> x", "#"])).map("".join))
def test_docstrings_of_odd_texts_are_known(text: str) -> None:
    for indent in ("", "    "):
        assert ast.literal_eval(literals.docstring(text, indent)) in set(texts._docstrings(text, None, indent))
