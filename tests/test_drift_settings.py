"""`fieldsmith drift`: differences that are allowed, what is learned, and what is printed in which form."""

from __future__ import annotations

import json
import tomllib

import pytest

import drifting
from drifting import Parcels
from fieldsmith import report
from fieldsmith.diagnostics import CODES

WEIGHT = '{ at = "Parcel.weight", code = "FS508", reason = "As the scales say." }'


def differing(parcels: Parcels, path: str = "api.json") -> str:
    """A document in which two things are otherwise."""
    document = drifting.openapi()
    schemas = document["components"]["schemas"]
    schemas["Parcel"]["properties"]["weight"] = {"type": "string"}
    schemas["Party"]["required"] = []
    return parcels.document(document, path)


def allow(parcels: Parcels, *entries: str) -> None:
    parcels.settings(f"[tool.fieldsmith.drift]\nallow = [\n{''.join(f'  {entry},{chr(10)}' for entry in entries)}]\n")


def codes(parcels: Parcels) -> list[str]:
    return [code for code, _ in parcels.against("api.json")]


# What is allowed


def test_without_an_entry_everything_counts(parcels: Parcels) -> None:
    differing(parcels)
    assert codes(parcels) == ["FS508", "FS509"]


@pytest.mark.parametrize("entry, left", [
    (WEIGHT, ["FS509"]),
    ('{ at = "Parcel.weight", code = ["FS508", "FS510"], reason = "r" }', ["FS509"]),
    ('{ at = "Parcel.*", code = "FS508", reason = "r" }', ["FS509"]),
    ('{ at = "*", code = ["FS508", "FS509"], reason = "r" }', []),
    ('{ at = "Parcel.weight", code = "FS508", reason = "r", against = "api.json" }', ["FS509"]),
    ('{ at = "Parcel.weight", code = "FS508", reason = "r", against = "other.json" }', ["FS508", "FS509"]),
    ('{ at = "Parcel.weight", code = "FS509", reason = "r" }', ["FS517", "FS508", "FS509"]),
    ('{ at = "Parcel.id", code = "FS508", reason = "r" }', ["FS517", "FS508", "FS509"]),
    ('{ at = "Parcel", code = "FS508", reason = "r" }', ["FS517", "FS508", "FS509"]),
])  # fmt: skip
def test_entries(parcels: Parcels, entry: str, left: list[str]) -> None:
    differing(parcels)
    allow(parcels, entry)
    assert codes(parcels) == left


def test_an_entry_expires(parcels: Parcels) -> None:
    """Once the two agree, the entry is a finding where it stands."""
    parcels.document(drifting.openapi())
    allow(parcels, WEIGHT)
    code, _, err = parcels.run("-q", "--against", "api.json")
    assert code == 1
    assert err.startswith("pyproject.toml:5:10: error[FS517]: `Parcel.weight` (FS508) is allowed, and does not differ from api.json\n")


@pytest.mark.parametrize("code, gone", [("FS504", "schemas"), ("FS505", "pages")])
def test_where_one_side_has_a_part_the_help_says_what_to_write(parcels: Parcels, code: str, gone: str) -> None:
    """What both have is compared all the same."""
    document = drifting.openapi()
    schemas = document["components"]["schemas"]
    schemas["Party"]["required"] = []
    if gone == "schemas":
        del schemas["Parcel"], schemas["Extra"]
    else:
        for page in ("parcel.md", "extra.md"):
            (parcels.folder / "spec" / page).unlink()
    parcels.document(document)
    assert sorted(codes(parcels)) == sorted([code, code, "FS509"])
    help_text = CODES[code].advice.replace("`", "")
    at, named = help_text.split(": ")[-1].split(", ")
    allow(parcels, f'{{ {at}, {named}, reason = "r" }}')
    assert codes(parcels) == ["FS509"]


def test_entries_in_a_file_of_their_own(parcels: Parcels) -> None:
    differing(parcels)
    parcels.settings('drift = { against = "api.json", allow = "inner/differences.toml" }\n')
    parcels.write("inner/differences.toml", '# why\n[[allow]]\nat = "Parcel.weight"\ncode = "FS508"\nreason = "r"\n\n[[allow]]\nat = "X"\ncode = "FS504"\nreason = "r"\n')
    code, _, err = parcels.run("-q")
    assert code == 1 and "FS508" not in err
    assert "inner/differences.toml:7:1: error[FS517]: `X` (FS504) is allowed" in err


def test_a_byte_order_mark_is_no_part_of_a_file(parcels: Parcels) -> None:
    """Of one with entries, or of an overlay that is added to, where it stays."""
    differing(parcels)
    parcels.settings('drift.allow = "differences.toml"\n')
    parcels.write("differences.toml", '\ufeff[[allow]]\nat = "*"\ncode = ["FS508", "FS509"]\nreason = "r"\n')
    assert codes(parcels) == []
    teaching(parcels)
    mine = '\ufeff[definitions.Parcel.fields.id]\ntype = "uuid"\nreason = "Seen."\n'
    parcels.write("facts.toml", mine)
    assert learn(parcels, EVERYTHING, "-o", "facts.toml")[0] == 0
    assert (parcels.folder / "facts.toml").read_text("utf-8").startswith(f"{mine}\n[definitions.")


@pytest.mark.parametrize("settings, said", [
    ("drift = 7", "`drift` must be a table, [tool.fieldsmith.drift]"),
    ("drift.aginst = 'a'", "unknown setting `aginst`"),
    ("drift.against = 7", "`against` must be a text, not a number"),
    ("drift.allow = 7", "`allow` must be a list of tables, [[tool.fieldsmith.drift.allow]], or the path of a file"),
    ("drift.allow = [7]", "`allow` must be a list of tables"),
    ("drift.allow = 'none.toml'", "error[FS518]: `allow`: 'none.toml' cannot be read: No such file or directory"),
    ("drift.allow = 'spec/parcel.md'", "error[FS518]: `allow`: 'spec/parcel.md' cannot be read: "),
    ("drift.allow = [{ code = 'FS508', reason = 'r' }]", "error[FS518]: an entry of `allow` has no `at`"),
    ("drift.allow = [{ at = 'A', reason = 'r' }]", "error[FS518]: an entry of `allow` needs `code`: one or several of FS503 to FS516"),
    ("drift.allow = [{ at = 'A', code = 'FS101', reason = 'r' }]", "error[FS518]: an entry of `allow` needs `code`"),
    ("drift.allow = [{ at = 'A', code = 'FS508' }]", "error[FS518]: an entry of `allow` has no `reason`"),
    ("drift.allow = [{ at = 'A', code = 'FS508', reason = ' ' }]", "error[FS518]: an entry of `allow` has no `reason`"),
    ("drift.allow = [{ at = 'A', code = 'FS508', reason = 'r', until = 1 }]", "unknown setting `until`"),
])  # fmt: skip
def test_settings_that_are_wrong(parcels: Parcels, settings: str, said: str) -> None:
    differing(parcels)
    parcels.settings(f"{settings}\n")
    code, _, err = parcels.run("--against", "api.json")
    assert code == 2 and said in err, err


def test_the_settings_name_the_other_side(parcels: Parcels, monkeypatch: pytest.MonkeyPatch) -> None:
    """As seen from where they stand."""
    differing(parcels, "api/api.json")
    parcels.settings('drift.against = "api/api.json"\n')
    monkeypatch.chdir(parcels.folder / "spec")
    code, out, err = parcels.run()
    assert code == 1 and out == "7 definitions compared with api/api.json: 2 differences\n"
    assert err.startswith("parcel.md:9:3: error[FS508]: `Parcel.weight`: number; ")


def test_without_another_side(parcels: Parcels) -> None:
    code, _, err = parcels.run()
    assert code == 2 and "name the other side with --against" in err


def test_findings_go_by_the_settings_and_by_the_pages(parcels: Parcels) -> None:
    """As any others do."""
    differing(parcels)
    parcels.settings('ignore = { "party.md" = ["FS509"] }\n')
    assert codes(parcels) == ["FS508"]
    parcels.write("spec/parcel.md", drifting.PAGES["parcel.md"] + "\n<!-- fieldsmith: off FS508 -->\n")
    assert codes(parcels) == []


def test_pages_with_errors_are_not_compared(parcels: Parcels) -> None:
    differing(parcels)
    parcels.write("spec/party.md", drifting.PAGES["party.md"].replace("string", "strnig"))
    code, out, err = parcels.run("--against", "api.json")
    assert code == 2 and out == "" and "FS101" in err and "FS508" not in err


def test_several_jobs(parcels: Parcels) -> None:
    differing(parcels)
    jobs = ("", "other")
    parcels.write("pyproject.toml", "".join(f'[[tool.fieldsmith.jobs]]\nname = "{name}a"\npages = "spec"\noutput = "out{name}"\n' for name in jobs))
    code, out, _ = parcels.run("--against", "api.json")
    assert code == 1 and out == "7 definitions compared with api.json: 2 differences\n" * 2


# How it is printed


@pytest.mark.parametrize("form", report.FORMATS)
def test_forms(parcels: Parcels, form: str) -> None:
    """For programs on stdout, alone; each finding has the page's line and the other side's place."""
    differing(parcels)
    code, out, err = parcels.run("--against", "api.json", "--format", form)
    assert code == 1 and err == ""
    place = "api.json#/components/schemas/Party/properties/name may be absent"
    assert place in out.replace("%3A", ":")
    if form == "json":
        assert [(each["path"], each["line"], each["code"]) for each in json.loads(out)] == [("spec/parcel.md", 9, "FS508"), ("spec/party.md", 7, "FS509")]
    if form == "sarif":
        run = json.loads(out)["runs"][0]
        assert [each["id"] for each in run["tool"]["driver"]["rules"]] == ["FS508", "FS509"]
        assert run["results"][1]["locations"][0]["physicalLocation"]["region"]["startLine"] == 7
    if form == "github":
        assert out.startswith("::error file=spec/parcel.md,line=9,col=3,title=FS508::")


# What is learned


FACTS = """\
[definitions.Parcel.fields.id]
type = "uuid"
reason = "api.json#/components/schemas/Parcel/properties/id says so."

[definitions.Parcel.fields.notes]
nullable = true
reason = "api.json#/components/schemas/Parcel/properties/notes says so."

[definitions.Parcel.fields.sentAt]
wire_name = "sent_at"
type = "datetime"
reason = "api.json#/components/schemas/Parcel/properties/sent_at says so."

[definitions.Parcel.fields.size]
default = 3
reason = "api.json#/components/schemas/Parcel/properties/size says so."

[definitions.Parcel.fields.rates]
type = "map[string, integer]"
reason = "api.json#/components/schemas/Parcel/properties/rates says so."

[definitions.Payment.discriminator]
field = "type"
mapping = { card = "Card", cash = "Cash" }
reason = "api.json#/components/schemas/Payment says so."
"""
EVERYTHING = "wire_names,nullable,defaults,formats,discriminators"


def teaching(parcels: Parcels) -> None:
    """Pages that say less than the document does."""
    page = drifting.PAGES["parcel.md"].replace("`uuid`", "`string`").replace("| `sentAt` | `datetime`", "| `sentAt` | `string`").replace("| `3` |", "| |")
    parcels.write("spec/parcel.md", page)
    for name in ("card", "cash"):  # without constants there is nothing to tell them by
        parcels.write(f"spec/{name}.md", drifting.PAGES[f"{name}.md"].replace(f'`"{name}"`', "`string`"))
    document = drifting.openapi()
    properties = document["components"]["schemas"]["Parcel"]["properties"]
    properties["sent_at"] = properties.pop("sentAt")
    properties["notes"]["type"] = ["array", "null"]
    properties["rates"]["additionalProperties"]["type"] = "integer"
    for name in ("Card", "Cash"):
        document["components"]["schemas"][name]["properties"]["type"] = {"type": "string"}
    parcels.document(document)
    parcels.settings('ignore = ["FS109"]\n')


def learn(parcels: Parcels, what: str, *more: str) -> tuple[int, str, str]:
    return parcels.run("--against", "api.json", "--learn", what, *more)


def test_what_the_other_side_knows(parcels: Parcels) -> None:
    teaching(parcels)
    assert learn(parcels, EVERYTHING) == (0, FACTS, "")


@pytest.mark.parametrize("what, keys", [
    ("wire_names", {"wire_name"}),
    ("nullable", {"nullable"}),
    ("defaults", {"default"}),
    ("formats", {"type"}),
    ("discriminators", {"field", "mapping"}),
    ("nullable, defaults", {"nullable", "default"}),
])  # fmt: skip
def test_only_what_was_asked_for(parcels: Parcels, what: str, keys: set[str]) -> None:
    teaching(parcels)
    _, out, _ = learn(parcels, what)
    assert {line.partition(" = ")[0] for line in out.splitlines() if " = " in line} == keys | {"reason"}


def test_where_the_pages_say_it_themselves_there_is_nothing_to_learn(parcels: Parcels) -> None:
    parcels.document(drifting.openapi())
    assert learn(parcels, EVERYTHING) == (0, "", "")


def test_a_file_is_begun(parcels: Parcels) -> None:
    teaching(parcels)
    assert learn(parcels, EVERYTHING, "-o", "facts.toml") == (0, "", "8 facts added to facts.toml\n")
    assert (parcels.folder / "facts.toml").read_text("utf-8") == FACTS
    assert learn(parcels, EVERYTHING, "-o", "facts.toml") == (0, "", "0 facts added to facts.toml\n")
    assert (parcels.folder / "facts.toml").read_text("utf-8") == FACTS


def test_a_hand_edit_stays(parcels: Parcels) -> None:
    """What stands in the file stays, to the letter; a table that is there has a reason of its own, and gets no more."""
    teaching(parcels)
    mine = '# mine\n[definitions.Parcel.fields.id]\ntype = "string"   # no, it is not\nreason = "Seen."\n\n[definitions.Parcel.fields.sentAt]\nwire_name = "sent"\nreason = "Seen."'
    parcels.write("facts.toml", mine)
    code, out, err = learn(parcels, EVERYTHING, "-o", "facts.toml")
    text = (parcels.folder / "facts.toml").read_text("utf-8")
    assert code == 0 and text.startswith(mine + "\n\n[definitions.Parcel.fields.notes]\n")
    assert tomllib.loads(text)["definitions"]["Parcel"]["fields"]["id"] == {"type": "string", "reason": "Seen."}
    assert out == '[definitions.Parcel.fields.sentAt]\ntype = "datetime"\nreason = "api.json#/components/schemas/Parcel/properties/sent_at says so."\n'
    assert err == "1 fact not written: their tables are there, with reasons of their own\n5 facts added to facts.toml\n"


def test_a_file_that_is_none_is_left_alone(parcels: Parcels) -> None:
    teaching(parcels)
    parcels.write("facts.toml", "[[")
    code, out, err = learn(parcels, EVERYTHING, "-o", "facts.toml")
    assert code == 2 and out == "" and "facts.toml:1:1: error[FS301]: nothing can be added: " in err
    assert (parcels.folder / "facts.toml").read_text("utf-8") == "[["


@pytest.mark.parametrize("arguments, said", [
    (("--learn", "nulls"), "--learn: 'nulls' is not one of wire_names, nullable, defaults, formats, discriminators"),
    (("-o", "facts.toml"), "--output is for what is learned"),
])  # fmt: skip
def test_wrong_use(parcels: Parcels, arguments: tuple[str, ...], said: str) -> None:
    parcels.document(drifting.openapi())
    code, _, err = parcels.run("--against", "api.json", *arguments)
    assert code == 2 and said in err


def test_names_of_any_kind_are_toml(parcels: Parcels) -> None:
    parcels.write("spec/odd.md", '# Odd "box"\n\n## Fields\n\n| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n| `unit.price "é"` | `string` | no | |\n')
    schema = {"$defs": {'Odd "box"': {"properties": {'unit.price "é"': {"type": "string", "default": 'a\n"\x7f\\'}}}}}
    parcels.document(schema)
    parcels.settings('names = { \'Odd "box"\' = "OddBox" }\n')
    _, out, _ = learn(parcels, "defaults")
    assert tomllib.loads(out)["definitions"]['Odd "box"']["fields"]['unit.price "é"']["default"] == 'a\n"\x7f\\'


def test_what_was_learned_is_no_drift(parcels: Parcels) -> None:
    """With the overlay in the settings, pages and document say the same."""
    teaching(parcels)
    assert sorted({code for code, _ in parcels.against("api.json")}) == ["FS508", "FS510", "FS516"]
    assert learn(parcels, EVERYTHING, "-o", "facts.toml")[0] == 0
    parcels.settings('overlays = "facts.toml"\n')
    assert parcels.against("api.json") == []
    assert learn(parcels, EVERYTHING) == (0, "", "")
