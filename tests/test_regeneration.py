"""Any sequence of edits: after each the output is, byte for byte, that of a run from nothing, and no more is touched."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from projects import CACHE, TEMPLATES, Page, Project, answered, bring, built, contents, run_again, stamps

TITLES = {
    "agent.md": "Agent",
    "part.md": "Part",
    "kind.md": "Kind",
    "choice.md": "Choice",
    "inner/agent.md": "Helper",
    "inner/tool.md": "Tool",
    "Part.md": "Other",
}
KINDS = {"kind.md": "Values", "choice.md": "Type"}
DOCS = ("One.", "Two.", "Six.", "[Seven](part.md).", "`Ten`")
NAMES = ("id", "partId", "kind", "made", "class")
TYPES = (
    *("`string`", "`integer`", "`datetime \\| null`", "`map[string, number]`", '`"one"`'),
    *("[Part](part.md)", "[Kind](kind.md)", "list[[Agent](inner/agent.md)]", "[Choice](choice.md)"),
)
SETTINGS = (
    *(("wire_names", '"snake_case"'), ("extra", '"keep"'), ("enums", '"open"'), ("nulls", '"accept-unsaid"')),
    *(("strict", "true"), ("targets", '["docs"]'), ("targets", '["dataclasses"]'), ("ignore", '["FS103"]')),
    *(("names", '{ Agent = "Actor" }'), ("templates", '"mine"'), ("format", '"builtin"'), ("json", '"orjson"')),
)
TEMPLATE_PATHS = ("dataclasses/model.py.jinja", "docs/page.md.jinja", "docs/index.md.jinja")
ADDITIONS = ("", "{# nothing #}", "{% include 'docs/shared.jinja' %}\n", "{% broken %}")
OVERLAYS = (
    None,
    "",
    "[definitions.Agent.fields.id]\nwire_name = 'ID'\nreason = 'One.'\n",
    "[definitions.Agent.fields.fresh]\nadd = true\ntype = 'Part'\nreason = 'Two.'\n",
    "[definitions.Part]\nrename = 'Piece'\nreason = 'Six.'\n",
    "[definitions.Kind]\nvalues = ['id']\nreason = 'Ten.'\n",
    "[definitions.Part",
)

places = st.integers(0, 20)
rows = st.tuples(st.sampled_from(NAMES), st.sampled_from(TYPES), st.sampled_from(DOCS))


def page_at(path: str) -> st.SearchStrategy[Page]:
    kind = KINDS.get(path, "Fields")
    fitting = rows.filter(lambda row: kind != "Type" or "Choice" not in row[1])
    some = st.lists(fitting, min_size=1, max_size=4, unique_by=lambda row: row[0]).map(tuple)
    return st.builds(Page, title=st.just(TITLES[path]), kind=st.just(kind), doc=st.sampled_from(DOCS), rows=some)


first_pages = st.fixed_dictionaries({path: page_at(path) for path in list(TITLES)[:6]})
new_pages = st.sampled_from(list(TITLES)).flatmap(lambda path: st.tuples(st.just(path), page_at(path)))


class Edits(RuleBasedStateMachine):
    """A project that is edited; each edit is followed by a run, which `settle` judges."""

    def __init__(self) -> None:
        super().__init__()
        fast = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.top = Path(tempfile.mkdtemp(prefix="fieldsmith-", dir=fast))
        self.folder = self.top / "project"
        self.project = Project()
        self.history = [self.project]
        self.files: dict[str, str] = {}
        self.runs = 0
        self.good = self.project
        self.broken = 0

    def teardown(self) -> None:
        shutil.rmtree(self.top)

    @initialize(first=first_pages)
    def begin(self, first: dict[str, Page]) -> None:
        shared = {"docs/shared.jinja": "<!-- shared -->"}
        self.settle(Project(first, shared, {"templates": '"mine"', "format": '"builtin"'}))

    def settle(self, project: Project) -> None:
        """Bring the project to the disk and run: as from nothing, nothing else touched, and then there is no more to do."""
        bring(self.folder, project.files(), self.files)
        self.project, self.files = project, project.files()
        self.history.append(project)
        clean = self.top / f"clean{self.runs}"
        self.runs += 1
        bring(clean, self.files, {})
        before, old = stamps(self.folder / "out"), contents(self.folder / "out")
        known = {command for command in ("generate", "check") if answered(self.folder, command)}
        done = built(self.folder)
        assert done == built(clean)
        new = contents(self.folder / "out")
        if done[0]:
            for output in project.outputs():
                assert contents(self.folder / output) == contents(clean / output)
        else:
            assert new == old
        after = stamps(self.folder / "out")
        assert {path: after[path] for path in before if old[path] == new.get(path)} == {
            path: stamp for path, stamp in before.items() if old[path] == new.get(path)
        }
        assert not known or (done[0] and new == old), known
        assert run_again(self.folder) == done[0]
        assert stamps(self.folder / "out") == after
        self.good, self.broken = (project, 0) if done[0] else (self.good, self.broken + 1)
        if self.broken > 2 and self.good.pages:  # nobody's project stays broken for long
            self.settle(self.good)

    def path(self, place: int) -> str:
        return sorted(self.project.pages)[place % len(self.project.pages)]

    def change(self, path: str, **members: object) -> None:
        self.settle(self.project.with_page(path, replace(self.project.pages[path], **members)))  # type: ignore[arg-type]  # of any type

    has_pages = precondition(lambda self: self.project.pages)

    @rule(new=new_pages)
    def add_or_replace_a_page(self, new: tuple[str, Page]) -> None:
        self.settle(self.project.with_page(*new))

    @has_pages
    @rule(place=places)
    def delete_a_page(self, place: int) -> None:
        self.settle(self.project.with_page(self.path(place), None))

    @has_pages
    @rule(place=places, new=st.sampled_from((*TITLES, "other.md", "inner/Deep.md")))
    def rename_a_page(self, place: int, new: str) -> None:
        path = self.path(place)
        self.settle(self.project.with_page(path, None).with_page(new, self.project.pages[path]))

    @has_pages
    @rule(place=places)
    def rename_a_page_by_case(self, place: int) -> None:
        path = self.path(place)
        folder, _, name = path.rpartition("/")
        new = f"{folder}/{name.swapcase()[:-2]}md".lstrip("/")
        self.settle(self.project.with_page(path, None).with_page(new, self.project.pages[path]))

    @has_pages
    @rule(place=places, doc=st.sampled_from(DOCS))
    def edit_prose(self, place: int, doc: str) -> None:
        self.change(self.path(place), doc=doc)

    @has_pages
    @rule(place=places, doc=st.sampled_from(DOCS[:3]))
    def edit_prose_and_keep_size_and_time(self, place: int, doc: str) -> None:
        path = self.path(place)
        page = replace(self.project.pages[path], doc=doc)
        about = (self.folder / "spec" / path).stat()
        self.files[f"spec/{path}"] = page.text()
        (self.folder / "spec" / path).write_bytes(page.text().encode("utf-8"))
        os.utime(self.folder / "spec" / path, ns=(about.st_atime_ns, about.st_mtime_ns))
        self.settle(self.project.with_page(path, page))

    @has_pages
    @rule(place=places, at=places, row=rows)
    def edit_a_row(self, place: int, at: int, row: tuple[str, str, str]) -> None:
        path = self.path(place)
        old = self.project.pages[path].rows
        at %= len(old)
        self.change(path, rows=(*old[:at], (old[at][0], *row[1:]), *old[at + 1 :]))

    @has_pages
    @rule(place=places, row=rows)
    def add_a_row(self, place: int, row: tuple[str, str, str]) -> None:
        path = self.path(place)
        self.change(path, rows=(*(old for old in self.project.pages[path].rows if old[0] != row[0]), row))

    @has_pages
    @rule(place=places)
    def break_or_fix_a_page(self, place: int) -> None:
        path = self.path(place)
        self.change(path, broken=not self.project.pages[path].broken)

    @rule(place=places)
    def revert(self, place: int) -> None:
        self.settle(self.history[place % len(self.history)])

    @has_pages
    @rule(place=places, when=st.sampled_from((0, 2_000_000_000)))
    def touch(self, place: int, when: int) -> None:
        os.utime(self.folder / "spec" / self.path(place), (when, when))
        self.settle(self.project)

    @rule(path=st.sampled_from(TEMPLATE_PATHS), addition=st.sampled_from(ADDITIONS))
    def edit_a_template(self, path: str, addition: str) -> None:
        text = (TEMPLATES / path).read_text("utf-8") + addition
        self.settle(replace(self.project, templates={**self.project.templates, path: text}))

    @rule(text=st.sampled_from(("<!-- shared -->", "<!-- other -->")))
    def edit_what_templates_include(self, text: str) -> None:
        self.settle(replace(self.project, templates={**self.project.templates, "docs/shared.jinja": text}))

    @rule(path=st.sampled_from(TEMPLATE_PATHS))
    def delete_a_template(self, path: str) -> None:
        rest = {name: text for name, text in self.project.templates.items() if name != path}
        self.settle(replace(self.project, templates=rest))

    @rule(setting=st.sampled_from(SETTINGS), there=st.booleans())
    def edit_a_setting(self, setting: tuple[str, str], there: bool) -> None:
        rest = {key: value for key, value in self.project.settings.items() if key != setting[0]}
        self.settle(replace(self.project, settings={**rest, setting[0]: setting[1]} if there else rest))

    @rule(text=st.sampled_from(OVERLAYS))
    def edit_an_overlay(self, text: str | None) -> None:
        self.settle(replace(self.project, overlay=text))

    @rule()
    def one_job_or_two(self) -> None:
        self.settle(replace(self.project, several=not self.project.several))

    @rule(place=places)
    def lose_an_output(self, place: int) -> None:
        outputs = sorted(path for path in (self.folder / "out" / "all").rglob("*") if path.is_file())
        chosen = outputs[place % len(outputs)] if outputs else None
        if chosen is not None and chosen.name != ".fieldsmith.json":
            chosen.unlink()
        self.settle(self.project)

    @rule(half=st.booleans())
    def lose_or_cut_the_cache(self, half: bool) -> None:
        for cache in self.folder.rglob(CACHE):
            for path in cache.rglob("*") if half else ():
                if path.is_file():
                    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
            if not half:
                shutil.rmtree(cache)
        self.settle(self.project)


def test_any_edit_leaves_what_a_clean_run_makes(nightly: bool) -> None:
    many = settings(
        max_examples=250 if nightly else 24,
        stateful_step_count=20 if nightly else 6,
        derandomize=not nightly,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Edits, settings=many)  # type: ignore[no-untyped-call]  # hypothesis says no type


def test_deleting_all_pages_keeps_the_output(tmp_path: Path) -> None:
    project = Project({"agent.md": Page("Agent", rows=(("id", "`string`", ""),))})
    bring(tmp_path, project.files(), {})
    assert built(tmp_path) == (True, ())
    before = contents(tmp_path / "out")
    bring(tmp_path, Project().files(), project.files())
    done, found = built(tmp_path)
    assert (done, [each.code for each in found]) == (False, ["FS002"])
    shutil.rmtree(tmp_path / "spec")
    done, found = built(tmp_path)
    assert (done, [each.code for each in found]) == (False, ["FS001"])
    assert contents(tmp_path / "out") == before


@pytest.mark.parametrize("first", [("agent.md",), ("kind.md", "part.md"), ("inner/tool.md",)])
def test_the_order_in_which_pages_come_does_not_count(tmp_path: Path, first: tuple[str, ...]) -> None:
    pages = {path: Page(path[:-3].rpartition("/")[2].title(), rows=(("id", "`string`", "One."),)) for path in list(TITLES)[:6]}
    pages["inner/agent.md"] = replace(pages["inner/agent.md"], title="InnerAgent")
    some = Project({path: page for path, page in pages.items() if path in first})
    every = Project(pages)
    bring(tmp_path / "a", some.files(), {})
    assert built(tmp_path / "a") == (True, ())
    bring(tmp_path / "a", every.files(), some.files())
    bring(tmp_path / "b", every.files(), {})
    assert built(tmp_path / "a") == built(tmp_path / "b") == (True, ())
    assert contents(tmp_path / "a" / "out") == contents(tmp_path / "b" / "out")
