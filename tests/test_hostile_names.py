"""Names that would break an emitted package if they could: each is emitted, imported and goes round."""

from __future__ import annotations

import builtins
import dataclasses
import keyword
import typing
from typing import Any

import pytest

import emitted
from emitted import CODE, alias, enum, made_of, model, ref
from fieldsmith.schema import ListOf, Nullable, Scalar, TypeExpr
from fieldsmith.writing.plans import Settings
from fieldsmith.writing.reserved import MODULE_NAMES

FIELDS = [
    *keyword.kwlist, *(name for name in keyword.softkwlist if name != "_"), *(name for name in dir(builtins) if name.islower() and name[0] != "_"),
    "__init__", "__class__x", "__slots__", "__dict__", "__eq__", "__doc__", "__module__", "_private", "__mangled",
    "to_dict", "to_json", "from_dict", "from_json", "toDict", "fromJson", "field", "dataclass", "fields", "Model", "UNSET",
    "Any", "annotations", "dt", "datetime", "Decimal", "uuid", "self", "cls", "d", "k", "r", "mismatch", "new", "json",
    "wire", "problems", "decode_box", "encode_box", "CODECS", "_SHAPE", "_KEYS", "mro", "metadata",
    "\u00e9t\u00e9", "Stra\u0301\u00dfe"[:4], "x-y", "x.y", "x y", "$ref", "@type", "1st", "+1", "-1", "2fa", "a\"b", "a\\b", "{{ x }}",
    "{% raw %}", "a'b", "#c", "a" * 90, "HTTPServer", "IDs", "url2", "%s", "{0}", "\"\"\"q", "`code`", "\U0001f600x"[1:],
]  # fmt: skip
MEMBERS = [
    "", " ", "-", "+", "*", "1", "1.5", "+1", "-1", "a\nb", "None", "name", "value", "mro", "self", "class", "__init__",
    "_ignore_", "_missing_", "__doc__", "\u00fc", "\"", "\\", "'", "{{ x }}", "%", "names", "__members__", "_value_",
]  # fmt: skip
TITLES = [
    "Typing", "Json", "Enum", "Dataclasses", "Datetime", "Decimal", "Uuid", "Con", "Nul", "Aux", "Com1", "Lpt9", "Class", "None",
    "True", "False", "Any", "Model", "DecodeError", "EncodeError", "UNSET", "Codec", "Literal", "TypeAlias", "UUID2",
    "StrEnum", "IntEnum", "Field", "Dataclass", "Init", "Docs", "Errors", "Runtime", "Serializers", "Builtins", "Str", "Dict", "List",
    "Import", "Match", "Self", "Abc", "Os", "Sys", "Re", "Mismatch", "Problem", "Int", "Float", "Optional", "Type", "Object", "Exception",
    "ForwardRef", "NoReturn", "Callable", "Main", "Test", "Setup", "T", "Dt", "Annotations", "ExactFloat", "Http-Meta", "A.B", "X y",
]  # fmt: skip
FOLDERS = ["class", "con", "json", "typing", "docs", "Shared API", "2024", "x-y", "_private", "test", "\u00fcber", "import", "NUL"]


def distinct(names: list[str]) -> list[str]:
    """Names that collide with none before them."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault("".join(filter(str.isalnum, name)).lower() or name, name)
    return list(kept.values())


def test_field_names() -> None:
    names = distinct(FIELDS)
    assert len(names) > 100
    types: list[TypeExpr] = [Scalar("integer"), ListOf(Scalar("datetime")), Nullable(Scalar("string")), ref("Box"), Scalar("any")]
    rows = [(name, types[at % len(types)], False) for at, name in enumerate(names)]
    with emitted.emitted(made_of(model("Box", *rows, additional="decimal"))) as package:
        values = [1, [], None, {}, "x"]
        document = {name: values[at % len(types)] for at, name in enumerate(names)}
        made = package.Box.from_dict(document)
        assert made.to_dict() == document
        assert package.Box.from_json(made.to_json()) == made
        assert [field.metadata.get("wire") for field in dataclasses.fields(made)][:-1] == names
        assert len(typing.get_type_hints(package.Box)) == len(names) + 1
        for field in dataclasses.fields(made):
            assert field.name.isidentifier() and field.name.isascii() and not keyword.iskeyword(field.name)
        wrong = {name: object() for name in names if document[name] != "x"}
        with pytest.raises(package.DecodeError) as caught:
            package.Box.from_dict(wrong)
        assert len(caught.value.problems) == len(wrong)


@pytest.mark.parametrize("name", FIELDS)
def test_each_field_alone(name: str) -> None:
    texts = emitted.files(made_of(model("Box", (name, "string"))))
    for path, text in texts.items():
        assert text.isascii()
        compile(text, path, "exec", dont_inherit=True)


def test_names_that_modules_import_stand_beside_their_lower_case() -> None:
    with emitted.emitted(made_of(model("Box", ("enum", "string"), ("Enum", "string"), ("Any", "any"), ("any", "any")))) as package:
        made = package.Box(enum="a", enum_="b", any_=1, any=2)
        assert made.to_dict() == {"enum": "a", "Enum": "b", "Any": 1, "any": 2}


def test_enum_members() -> None:
    names = distinct(MEMBERS)
    schema = made_of(model("Box", ("it", ListOf(ref("Kind")))), enum("Kind", *names))
    with emitted.emitted(schema) as package:
        made = package.Box.from_dict({"it": names})
        assert all(member.__class__ is package.Kind for member in made.it)
        assert len(set(made.it)) == len(list(package.Kind)) == len(names)
        assert made.to_dict() == {"it": names} and package.Box.from_json(made.to_json()) == made


@pytest.mark.parametrize("targets", [CODE, ("dataclasses",)])
def test_titles(targets: tuple[str, ...]) -> None:
    rows: list[tuple[str, TypeExpr, bool]] = [("other", ref(TITLES[at - 1]), False) for at in range(len(TITLES))]
    types: list[tuple[str, TypeExpr, bool]] = [("when", Scalar("datetime"), False), ("id", Scalar("uuid"), False), ("n", Scalar("decimal"), False)]
    kinds: list[tuple[str, TypeExpr, bool]] = [("any", Scalar("any"), False), ("maybe", Nullable(Scalar("string")), False)]
    models = [model(title, row, *types, *kinds) for title, row in zip(TITLES, rows, strict=True)]
    with emitted.emitted(made_of(*models), Settings(targets=targets)) as package:
        for one in models:
            cls: Any = next(
                found for name in (one.name, one.name.replace("-", ""), one.name.replace(".", "").replace(" ", ""))
                for found in (getattr(package, name + "_", None), getattr(package, name, None), getattr(package, name.title().replace(" ", ""), None))
                if dataclasses.is_dataclass(found)
            )  # fmt: skip
            made = cls()
            assert typing.get_type_hints(cls)
            if "serializers" in targets:
                document: Any = {"other": {"other": {}}, "maybe": None, "any": 1}
                assert cls.from_dict(document).to_dict() == document
                assert made.to_json() == b"{}"


def test_each_title_gives_a_module_that_shadows_nothing() -> None:
    for title in TITLES:
        (path,) = (path for path in emitted.files(made_of(model(title)), Settings(targets=("dataclasses",)))
                   if not path.startswith(("_", "py.typed")))  # fmt: skip
        assert path.removesuffix(".py") not in MODULE_NAMES


def test_folders() -> None:
    models: list[Any] = [model("Box", ("it", ref("Item", f"{folder}/")), folder=f"{folder}/") for folder in FOLDERS]
    models += [model("Item", ("n", "integer"), ("up", ref("Box", f"{folder}/"), False), folder=f"{folder}/") for folder in FOLDERS]
    root = model("Root", *((f"b{at}", ref("Box", f"{folder}/"), False) for at, folder in enumerate(FOLDERS)))
    either = alias("Either", ListOf(ref("Box", f"{FOLDERS[0]}/")), folder=f"{FOLDERS[1]}/")
    with emitted.emitted(made_of(root, either, *models)) as package:
        document = {f"b{at}": {"it": {"n": at}} for at in range(len(FOLDERS))}
        made = package.Root.from_dict(document)
        assert made.to_dict() == document
        classes = {getattr(made, f"b{at}").__class__ for at in range(len(FOLDERS))}
        assert len(classes) == len(FOLDERS)
        assert set(typing.get_type_hints(package.Root).values()) == {cls | None for cls in classes}
