"""Overlays: files of facts -> the schema with these in it, each told by `explain`; every mistake a finding at its line."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from fieldsmith.cli import cli
from fieldsmith.commands.running import Run
from fieldsmith.config import from_text
from fieldsmith.depfile import rule
from fieldsmith.diagnostics import Diagnostics
from fieldsmith.flags import Flags
from fieldsmith.inputs import inputs_of
from fieldsmith.jobs import Known
from fieldsmith.overlays import from_text as overlay_from_text
from fieldsmith.pipeline import Build, Stage, build
from fieldsmith.reading.dialects import DIALECTS
from fieldsmith.reading.notations import NOTATIONS
from fieldsmith.schema import Alias, Enum, Model
from fieldsmith.writing.plans import ALL_TARGETS
from spelling import spell

KNOWN = Known(tuple(DIALECTS), tuple(NOTATIONS), ALL_TARGETS)
HEAD = "| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n"
ROOT = Path(__file__).parents[1]
PAGES = {
    "parcel.md": f"# Parcel\n\n## Fields\n\n{HEAD}| `id` | `string` | yes | |\n| `weight` | `number` | no | |\n"
    "| `state` | [State](#State) | no | |\n| `way` | [Way](way.md) | no | |\n",
    "state.md": '# State\n\n## Values\n\n| Name | Value | Description |\n| --- | --- | --- |\n| `OPEN` | `"open"` | Here. |\n',
    "way.md": f"# Way\n\n## Type\n\n[Road](#Road) | [Rail](#Rail)\n\n# Road\n\n## Fields\n\n{HEAD}| `kind` | `string` | yes | |\n\n"
    f"# Rail\n\n## Fields\n\n{HEAD}| `kind` | `string` | yes | |\n| `gauge` | `integer` | no | |\n",
    "idle.md": f"# Idle\n\n## Fields\n\n{HEAD}| `id` | `strnig` | yes | |\n",
}
PAGES["parcel.md"] = PAGES["parcel.md"].replace("(#State)", "(state.md)")
MEND = '[definitions.Idle]\ndrop = true\nreason = "x"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spec").mkdir()
    for path, text in PAGES.items():
        (tmp_path / "spec" / path).write_text(text, "utf-8")
    return tmp_path


def made(*facts: str, settings: str = "", upto: Stage = "names") -> tuple[Build, list[str]]:
    """A build in the working folder, and its findings; each text of facts is an overlay, behind one that mends."""
    names = []
    for number, text in enumerate((MEND, *facts)):
        names.append(f"facts{number}.toml")
        Path(names[-1]).write_text(text, "utf-8")
    diagnostics = Diagnostics()
    table = f'[tool.fieldsmith]\npages = "spec"\noverlays = {json.dumps(names)}\n{settings}'
    Path("pyproject.toml").write_text(table, "utf-8")
    (job,) = from_text("pyproject.toml", table, Path(), KNOWN, diagnostics)
    assert not list(diagnostics)
    done = build(job, upto=upto)
    return done, [f"{one.span.path}:{one.span.line} {one.code}" for one in done.found if one.code != "FS109"]


def test_single_pages_need_not_have_what_an_overlay_speaks_of(folder: Path) -> None:
    """Nor what `names` speak of: both are of all the pages that the settings name, and held against these."""
    facts = '[definitions.Parcel.fields.id]\ntype = "uuid"\nreason = "x"\n[definitions.Stat]\ndrop = true\nreason = "x"\n'
    (folder / "facts.toml").write_text(facts, "utf-8")
    settings = '[tool.fieldsmith]\npages = ["spec/parcel.md", "spec/state.md", "spec/way.md"]\noverlays = "facts.toml"\nnames = { Stat = "S" }\n'
    (folder / "pyproject.toml").write_text(settings, "utf-8")
    assert CliRunner().invoke(cli, ["lint", "-q", "spec/state.md"], obj=("lint",)).output == ""
    told = CliRunner().invoke(cli, ["lint"], obj=("lint",)).output
    assert "error[FS320]: no page defines `Stat`" in told, told


def entry(at: str, *lines: str) -> str:
    return "\n".join((f"[definitions.{at}]", *lines, "reason = 'One.'", ""))


def spelled(done: Build) -> dict[str, str]:
    """Each definition in a few words."""
    assert done.schema is not None, done.found
    found = {}
    for one in done.schema.definitions:
        match one:
            case Model():
                found[one.name] = ", ".join(f"{each.name}{'' if each.required else '?'}: {spell(each.type)}" for each in one.fields)
            case Enum():
                found[one.name] = ", ".join(f"{each.name}={each.value!r}" for each in one.values)
            case Alias():
                found[one.name] = spell(one.type)
    return found


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, arguments, obj=arguments, standalone_mode=False)
    assert done.exception is None
    return done.return_value, done.output


UNTOUCHED = {
    "Parcel": "id: string, weight?: number, state?: @state.md#State, way?: @way.md#Way",
    "State": "OPEN='open'",
    "Way": "(@way.md#Road | @way.md#Rail)",
    "Road": "kind: string",
    "Rail": "kind: string, gauge?: integer",
}
WAYS = "mapping = { road = 'Road', rail = 'Rail' }"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("", {}),
        (entry("Parcel.fields.weight", "type = 'decimal'"), {"Parcel": ("weight?: number", "weight?: decimal")}),
        (entry("Parcel.fields.weight", "nullable = true"), {"Parcel": ("weight?: number", "weight?: number?")}),
        (entry("Parcel.fields.weight", "required = true"), {"Parcel": ("weight?: number", "weight: number")}),
        (entry("Parcel.fields.weight", "type = 'list[Rail | null]'"), {"Parcel": ("weight?: number", "weight?: list<@way.md#Rail?>")}),
        (entry("Parcel.fields.weight", "type = '[any](way.md#Rail)'"), {"Parcel": ("weight?: number", "weight?: @way.md#Rail")}),
        (entry('Parcel.fields."weight"', "rename = 'mass'"), {"Parcel": ("weight?", "mass?")}),
        (entry("Parcel.fields.weight", "drop = true"), {"Parcel": ("weight?: number, ", "")}),
        (entry("Parcel.fields.new", "add = true", "type = 'State'"), {"Parcel": ("@way.md#Way", "@way.md#Way, new?: @state.md#State")}),
        (entry("State", "values = ['shut', 'open', 3, true]"), {"State": ("OPEN='open'", "None='shut', OPEN='open', None=3, None=True")}),
        (entry("Way", "type = 'Road'"), {"Way": (UNTOUCHED["Way"], "@way.md#Road")}),
        (entry("Way", "nullable = true"), {"Way": ("Rail)", "Rail)?")}),
        (
            entry('"way.md#Way".discriminator', "field = 'kind'", WAYS),
            {"Way": ("Rail)", "Rail) by kind {road: way.md#Road, rail: way.md#Rail}")},
        ),
        (entry("State", "rename = 'Condition'"), {"State": None, "Condition": "OPEN='open'", "Parcel": ("state.md#State", "state.md#Condition")}),
    ],
)
def test_facts(folder: Path, facts: str, expected: dict[str, tuple[str, str] | str | None]) -> None:
    wanted: dict[str, str] = dict(UNTOUCHED)
    for name, change in expected.items():
        if change is None:
            del wanted[name]
        else:
            wanted[name] = change if isinstance(change, str) else wanted[name].replace(*change)
    done, found = made(facts)
    assert spelled(done) == wanted and not [one for one in found if "FS320" in one or "FS32" in one]


def test_swapped_names(folder: Path) -> None:
    """Renames happen at once: what leaves a name makes room for another."""
    facts = entry("Parcel.fields.id", "rename = 'weight'") + entry("Parcel.fields.weight", "rename = 'id'")
    facts += entry("Road", "rename = 'Rail'") + entry("Rail", "rename = 'Road'")
    done, found = made(facts)
    assert not found and spelled(done)["Parcel"].startswith("weight: string, id?: number")
    assert spelled(done)["Way"] == "(@way.md#Rail | @way.md#Road)" and spelled(done)["Road"].endswith("gauge?: integer")


def test_a_chain_of_renames_onto_a_taken_name_is_refused(folder: Path) -> None:
    facts = entry("Parcel.fields.id", "rename = 'weight'") + entry("Parcel.fields.weight", "rename = 'state'")
    done, found = made(facts)
    assert [one.partition(" ")[2] for one in found] == ["FS324", "FS324"] and done.schema is None


def test_discriminators_follow_their_field(folder: Path) -> None:
    """A discriminator goes by the new name of its field, and where one member has lost the field it is a finding."""
    tell = entry("Way", f"discriminator = {{ field = 'kind', {WAYS} }}")
    both = "".join(entry(f"{name}.fields.kind", "rename = 'sort'") for name in ("Road", "Rail"))
    done, found = made(tell + both)
    assert not found and spelled(done)["Way"].endswith(" by sort {road: way.md#Road, rail: way.md#Rail}")
    for wrong in (entry("Road.fields.kind", "rename = 'sort'"), entry("Road.fields.kind", "drop = true"), entry("Way", "type = 'Road'")):
        done, found = made(tell, wrong)
        assert [one.partition(" ")[2] for one in found] == ([] if "type" in wrong else ["FS112"])


def test_a_discriminator_of_a_field(folder: Path) -> None:
    told = f"discriminator = {{ field = 'kind', {WAYS} }}"
    done, found = made(entry("Parcel.fields.weight", "type = 'Road | Rail | null'", told) + entry("Rail", "rename = 'Track'"))
    assert not found
    assert "weight?: (@way.md#Road | @way.md#Track) by kind {road: way.md#Road, rail: way.md#Track}?" in spelled(done)["Parcel"]


def test_each_overlay_lies_over_those_before(folder: Path) -> None:
    first = entry("Parcel.fields.weight", "type = 'integer'") + entry("Parcel", "rename = 'Package'")
    done, found = made(first, entry("Package.fields.weight", "nullable = true"))
    assert not found and "weight?: integer?" in spelled(done)["Package"]
    assert made(first, entry("Parcel.fields.weight", "nullable = true"))[1] == ["facts2.toml:1 FS320"]
    assert made(first, entry("Package.fields.weight", "type = 'integer'"))[1] == ["facts2.toml:2 FS321"]


def test_mistakes_that_show_only_across_definitions(folder: Path) -> None:
    cases = {
        entry("Way", "type = 'Way | Road'"): ["spec/way.md:1 FS108"],
        entry("Way", "type = 'list[Way]'"): [],
        entry("State", "drop = true"): ["facts1.toml:2 FS324"],
        entry("State", "drop = true") + entry("Parcel.fields.state", "drop = true"): [],
        entry("Parcel.fields.weight", "default = 'heavy'"): ["facts1.toml:2 FS114"],
        entry("Parcel.fields.weight", "wire_name = 'id'"): ["spec/parcel.md:8 FS201"],
        entry("Parcel.fields.new", "add = true", "type = 'any'", "wire_name = 'id'"): ["spec/parcel.md:1 FS201"],
        entry("Parcel.fields.weight", "rename = 'Id'"): ["spec/parcel.md:8 FS201"],
        entry("State", "rename = '17'"): ["spec/state.md:1 FS200"],
        entry("Road", "rename = 'Parcel'"): ["spec/way.md:7 FS202"],
    }
    for facts, expected in cases.items():
        assert made(facts)[1] == expected, facts


def test_wrong_types_of_pages_are_silenced_where_a_fact_takes_their_place(folder: Path) -> None:
    global_ = entry("Idle.fields.id", "type = 'string'")
    Path("facts.toml").write_text(global_, "utf-8")
    (job,) = from_text("p", '[tool.fieldsmith]\npages = "spec/idle.md"\noverlays = "facts.toml"', Path(), KNOWN, Diagnostics())
    assert [one.code for one in build(job).found] == []
    Path("facts.toml").write_text(global_.replace("type = 'string'", "required = false"), "utf-8")
    assert [one.code for one in build(job).found] == ["FS101"]


def test_texts_keep_to_the_rules_of_pages(folder: Path) -> None:
    """They go where those of pages go: a text with hidden characters is refused, wherever it stands, as is no name."""
    cases = {
        entry("Parcel.fields.id", r'default = "a\u202eb"'): "2 FS022",
        entry("Parcel.fields.id", r'default = "a\rb"'): "2 FS022",
        entry("Parcel.fields.way", r'default = {a = "\u2066"}'): "2 FS022",
        entry("Parcel.fields.id", r'wire_name = "a\u0000"'): "2 FS022",
        entry("Parcel.fields.id", r'rename = "a\u200b"'): "2 FS022",
        entry(r'Parcel.fields."a\u0000b"', "add = true", "type = 'any'"): "2 FS022",
        entry("Parcel.fields.' '", "add = true", "type = 'any'"): "2 FS324",
        entry(f"Parcel.fields.{'a' * 500}", "add = true", "type = 'any'"): "2 FS036",
        entry("State", r'values = ["a\nb"]'): "2 FS022",
        entry("Way", r'discriminator = {field = "kind", mapping = {"a\u001b" = "Road", b = "Rail"}}'): "2 FS022",
        entry("Parcel.fields.id", r'type = "\"a\u202eb\""'): "2 FS323",
    }
    for facts, expected in cases.items():
        assert made(facts)[1] == [f"facts1.toml:{expected}"], facts
    done, found = made(entry("Parcel.fields.id", r'default = """a\n`|\t\"\"\" {{ x }}"""'), upto="files")
    assert not found and done.files


def test_wire_names(folder: Path) -> None:
    fact = entry("Parcel.fields.weight", "wire_name = 'weight'")
    assert made(fact)[1] == ["facts1.toml:2 FS321"]
    done, found = made(fact.replace("weight", "wayTo").replace("'wayTo'", "'way-to'"))
    assert found == ["facts1.toml:1 FS320"]
    for settings, expected in (("", "Way-To"), ('wire_names = "snake_case"', "Way-To"), ('wire_overrides = {"Parcel.way" = "w"}', "w")):
        done, found = made(entry("Parcel.fields.way", "wire_name = 'Way-To'"), settings=settings, upto="files")
        assert not found and any(f'"{expected}"' in file.text for file in done.files if file.path == "_serializers/parcel.py")
    done, found = made(fact, settings='wire_names = "camelCase"')
    assert not found  # an exception from the rule, though the page spells it so


def test_a_default_counts_whatever_the_page_says(folder: Path) -> None:
    """It takes the place of one in a column or a phrase, also where the settings switch their rules off."""
    page = f"# Idle\n\n## Fields\n\n{HEAD}| `size` | `integer` | no | Default: 5. Between 1 and 9. |\n"
    Path("spec/idle.md").write_text(page, "utf-8")
    facts = entry("Idle.fields.size", "default = 7", "rename = 'extent'") + entry("Idle.fields.new", "add = true", "type = 'integer'", "default = 2")
    Path("facts.toml").write_text(facts, "utf-8")
    for rules in ("", 'defaults = []\nconstraints = []'):
        table = f'[tool.fieldsmith]\npages = "spec/idle.md"\noverlays = "facts.toml"\n{rules}'
        (job,) = from_text("p", table, Path(), KNOWN, diagnostics := Diagnostics())
        done = build(job, upto="names")
        assert not list(diagnostics) and not done.found and done.schema is not None
        (one,) = done.schema.definitions
        assert isinstance(one, Model) and [(each.name, each.default) for each in one.fields] == [("extent", "7"), ("new", "2")]
        assert (one.fields[0].constraints.minimum == 1) == (not rules)  # the page's facts go with the name


def test_what_is_emitted_works(folder: Path) -> None:
    facts = entry("Parcel.fields.weight", "wire_name = 'kg'", "type = 'decimal'", "nullable = true", "required = true")
    facts += entry("State", "values = ['open', 'lost']", "rename = 'Condition'")
    facts += entry("Way", f"discriminator = {{ field = 'kind', {WAYS} }}") + entry("Rail.fields.kind", "wire_name = 'k'") + entry("Road.fields.kind", "wire_name = 'k'")
    made(facts)
    code, output = run("generate", "-o", "client_laid_over", "--jobs", "1")
    assert code == 0, output
    sys.path.insert(0, str(folder))
    try:
        import client_laid_over as client  # type: ignore[import-not-found]  # written above

        parcel = client.Parcel.from_dict({"id": "a", "kg": None, "state": "lost", "way": {"k": "rail"}})
        assert parcel.weight is None and parcel.state is client.Condition.LOST and isinstance(parcel.way, client.Rail)
        assert parcel.to_dict() == {"id": "a", "kg": None, "state": "lost", "way": {"k": "rail"}}
    finally:
        sys.path.remove(str(folder))
    docs = (folder / "client_laid_over" / "docs" / "parcel.md").read_text("utf-8")
    assert "| Field | Type | Required | Description | JSON |" in docs and "| `weight` | `decimal \\| null` | yes | | `kg` |" in docs
    assert str(folder) not in "".join(path.read_text("utf-8") for path in (folder / "client_laid_over").rglob("*.py"))


def test_explain_tells_what_an_overlay_says(folder: Path) -> None:
    facts = "[definitions.Parcel.fields.weight]\nrequired = true\nnullable = false\nrename = 'mass'\nreason = 'Seen in\\nMay.'\n"
    facts += entry("Parcel.fields.new", "add = true", "type = 'any'") + entry("Parcel", "rename = 'Package'")
    made(facts)
    told = run("explain", "Package.mass")[1]
    assert "  overlay   required, rename: Seen in\\nMay. (facts1.toml:1)\n" in told  # `nullable` is so on the page
    assert "presence  required, as an overlay says" in told and "cell      `number`" in told
    told = run("explain", "Package.new")[1]
    assert "cell      none" in told and "overlay   type, add: One. (facts1.toml:6)" in told
    assert "overlay   rename: One. (facts1.toml:10)" in run("explain", "Package")[1]
    assert "overlay" not in run("explain", "Package.id")[1]


def test_a_byte_order_mark_is_no_part_of_an_overlay(folder: Path) -> None:
    made("")  # settings that name the file
    fact = "definitions.Parcel.fields.id = { type = 'uuid', reason = 'Seen.' }\n"
    Path("facts1.toml").write_text(f"\ufeff{fact}", "utf-8")
    assert "overlay   type: Seen. (facts1.toml:1)" in run("explain", "Parcel.id")[1]
    Path("facts1.toml").write_text(f"\ufeff{fact.replace('uuid', 'strnig')}", "utf-8")
    assert f"facts1.toml:1:{fact.index('type') + 1}: error[FS323]" in run("lint")[1]


def test_a_file_that_cannot_be_read(folder: Path) -> None:
    def nothing(path: Path) -> None:
        path.unlink()

    def latin(path: Path) -> None:
        path.write_bytes("[é]".encode("latin-1"))

    def broken(path: Path) -> None:
        path.write_text("[definitions\n", "utf-8")

    def folder_instead(path: Path) -> None:
        path.unlink()
        path.mkdir()

    cases: list[tuple[Callable[[Path], None], str]] = [
        (nothing, "pyproject.toml:3 FS325"), (latin, "pyproject.toml:3 FS325"), (broken, "facts1.toml:1 FS301"), (folder_instead, "pyproject.toml:3 FS325"),
    ]  # fmt: skip
    for spoil, expected in cases:
        made("")
        spoil(Path("facts1.toml"))
        code, output = run("generate", "-o", "out")
        assert code == 2 and not Path("out").exists()
        place, _, what = expected.rpartition(" ")
        assert f"{place}:" in output and what in output


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("definitions = 1", "1 FS303"),
        ("definitions = { A = 1 }", "1 FS303"),
        ("[definitions.A]\nfields = 1", "2 FS303"),
        ("[definitions.A.fields]\nb = 1", "2 FS303"),
        ("[definitions.A]\nrenam = 'B'\nreason = 'x'", "2 FS302"),
        ("[definitions.A.fields.b]\nvalues = [1]\nreason = 'x'", "2 FS302"),
        ("[definitions.A.fields.b]\nrequired = 'yes'\nreason = 'x'", "2 FS303"),
        ("[definitions.A.fields.b]\nnullable = 1\nreason = 'x'", "2 FS303"),
        ("[definitions.A.fields.b]\ntype = ' '\nreason = 'x'", "2 FS304"),
        ("[definitions.A.fields.b]\ndrop = false\nreason = 'x'", "2 FS304"),
        ("[definitions.A.fields.b]\nadd = 'yes'\nreason = 'x'", "2 FS304"),
        ("[definitions.A.fields.b]\ndefault = 2020-01-01\nreason = 'x'", "2 FS303"),
        ("[definitions.A.fields.b]\ndefault = nan\nreason = 'x'", "2 FS303"),
        ("[definitions.A]\nvalues = [[1]]\nreason = 'x'", "2 FS303"),
        ("[definitions.A]\nvalues = [inf]\nreason = 'x'", "2 FS303"),
        ("[definitions.A]\nvalues = 'a'\nreason = 'x'", "2 FS303"),
        ("[definitions.A]\ndiscriminator = 'kind'\nreason = 'x'", "2 FS303"),
        ("[definitions.A]\ndiscriminator = { field = 'kind' }\nreason = 'x'", "2 FS304"),
        ("[definitions.A]\ndiscriminator = { field = 'kind', mapping = { a = 1 } }\nreason = 'x'", "2 FS303"),
        ("[definitions.A]\nrename = 'B'\nreason = 1", "3 FS303"),
        ("[definitions.A]\nrename = 'B'", "1 FS322"),
        ("[definitions.A]\nreason = 'x'", "1 FS324"),
        ("[definitions.A]", "1 FS324"),
    ],
)  # fmt: skip
def test_mistakes_in_the_file(text: str, expected: str) -> None:
    diagnostics = Diagnostics()
    overlay_from_text("facts.toml", text, diagnostics)
    found = [f"{one.span.line} {one.code}" for one in diagnostics]
    assert expected in found, found


def test_an_overlay_is_an_input(folder: Path) -> None:
    made("")
    (job,) = Run(Flags(config="pyproject.toml")).jobs
    assert str(folder / "facts1.toml") in inputs_of(Run(Flags(config="pyproject.toml")).config, Flags(config="pyproject.toml")).settings
    assert {"facts0.toml", "facts1.toml"} <= set(rule(job, build(job), Path("pyproject.toml"), None).needs)


def test_the_documented_overlay(folder: Path) -> None:
    document = (ROOT / "OVERLAYS.md").read_text("utf-8")
    facts = document.partition("<!-- overlay -->\n```toml\n")[2].partition("```\n")[0]
    shutil.rmtree("spec")
    Path("spec").mkdir()
    rows = "".join(f"| `{name}` | `string` | yes | |\n" for name in ("weight", "partId", "legacy"))
    kinds = "".join(f"# {name}\n\n## Fields\n\n{HEAD}| `kind` | `string` | yes | |\n\n" for name in ("CardPayment", "CashPayment"))
    union = "# Payment\n\n## Type\n\n[CardPayment](#CardPayment) | [CashPayment](#CashPayment)\n\n"
    Path("spec/a.md").write_text(f"# Parcel\n\n## Fields\n\n{HEAD}{rows}\n{PAGES['state.md']}\n{union}{kinds}", "utf-8")
    Path("facts.toml").write_text(facts, "utf-8")
    (job,) = from_text("p", '[tool.fieldsmith]\npages = "spec"\noverlays = "facts.toml"', Path(), KNOWN, Diagnostics())
    done = build(job)
    assert not done.found and len(done.applied) == 6
    assert spelled(done)["Package"] == "weight: decimal?, partId: string, colour?: string"
