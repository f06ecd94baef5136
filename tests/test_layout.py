"""Every shape of line that fieldsmith emits stands as black would leave it, whatever the lengths of its names."""

from __future__ import annotations

import string

import black
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldsmith.writing import layout
from fieldsmith.writing.layout import Bar, Comprehension, Group, Node

STABLE = settings(max_examples=120, deadline=None, derandomize=True)
LETTERS = st.sampled_from(string.ascii_lowercase)
NAMES = st.builds(lambda letter, size: letter * size, LETTERS, st.integers(3, 40))
SHORT = st.builds(lambda letter, size: letter * size, LETTERS, st.integers(3, 30))
CLASSES = NAMES.map(str.capitalize)


def check(source: str) -> None:
    assert black.format_str(source, mode=black.Mode()) == source


def group(items: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    one = items.map(lambda item: (item,))
    return st.one_of(
        one.map(lambda parts: Group("list", "[]", parts, call=True)),
        items.map(lambda item: Group("dict", "[]", ("str", item), call=True)),
        st.lists(SHORT, min_size=1, max_size=6, unique=True).map(
            lambda words: Group("Literal", "[]", tuple(f'"{word}"' for word in words), call=True)
        ),
    )


def bars(items: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.lists(items, min_size=1, max_size=4).map(lambda parts: layout.union(parts))


ANNOTATIONS = bars(CLASSES | group(bars(CLASSES | group(CLASSES))))
CALLS = st.builds(
    lambda default, wire: Group("field", "()", (*default, Group("metadata=", "{}", (f'"wire": "{wire}"',))), call=True),
    st.sampled_from([(), ("default=None",), ("default=UNSET",), ("default_factory=dict",)]),
    NAMES,
)


@STABLE
@given(NAMES, ANNOTATIONS, CALLS)
def test_fields(name: str, annotation: Node, call: Group) -> None:
    check(f"class A:\n{layout.annotated(name, annotation, call)}\n")


@STABLE
@given(CLASSES, ANNOTATIONS)
def test_aliases(name: str, value: Node) -> None:
    check(layout.alias(name, value) + "\n")


@STABLE
@given(NAMES, st.lists(NAMES, min_size=1, max_size=4, unique=True), st.sampled_from(["", "    "]))
def test_imports(module: str, names: list[str], indent: str) -> None:
    head = "if x:\n" if indent else ""
    check(head + layout.import_line(f".{module}", names, indent) + "\n")
    check(head + layout.import_line(f".{module}", [f"{names[0]} as {names[-1]}x"], indent) + "\n")


@STABLE
@given(NAMES, CLASSES)
def test_signatures(name: str, result: str) -> None:
    check(f"{layout.signature(f'decode_{name}', 'v: Any', result)}\n    return v\n")


@STABLE
@given(NAMES, CLASSES, st.sampled_from(["    ", "        "]))
def test_conditions(name: str, cls: str, indent: str) -> None:
    head = "def f():\n" if len(indent) == 4 else "def f():\n    if x:\n"
    test = layout.if_class("o", f"is not {cls}", indent)
    check(f"{head}{test}\n{indent}    pass\n")
    tests = [f"v.__class__ is {name}", "v is None", f"v.__class__ is {cls}"]
    check(f"{head}{layout.if_any(tests, indent)}\n{indent}    pass\n")
    check(f"{head}{layout.if_all(tests[:2], indent)}\n{indent}    pass\n")


@STABLE
@given(NAMES, NAMES, st.sampled_from(["[]", "{}"]))
def test_comprehensions(target: str, name: str, brackets: str) -> None:
    key = "k: " if brackets == "{}" else ""
    clause = "for k, i in v.items()" if key else "for i in v"
    made = Comprehension(brackets, f"{key}decode_{name}(i)", clause)
    check(f"def f():\n{layout.assigned('v', made, '    ')}\n")
    check(layout.fold(Comprehension("{}", "m.value: m", f"for m in {name}"), lead="_MEMBERS = ") + "\n")


@STABLE
@given(NAMES, NAMES)
def test_assignments(target: str, name: str) -> None:
    check(f"def f():\n{layout.assigned('v', Group(f'decode_{name}', '()', ('v',), call=True), '    ')}\n")
    check(f"{layout.assigned(target, Group('ForwardRef', '()', (f'{chr(34)}{name}{chr(34)}', 'module=x'), call=True))}\n")
    check(f"class A:\n{layout.assigned(target.upper(), f'{chr(34)}{name}{chr(34)}', '    ')}\n")


def tuples(words: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    inner: st.SearchStrategy[Node] = st.lists(words, max_size=3).map(lambda all_: Group("", "()", tuple(all_)))
    return st.lists(words | inner, min_size=1, max_size=4).map(lambda all_: Group("", "()", tuple(all_)))


@STABLE
@given(tuples(SHORT.map(lambda word: f'"{word}"')))
def test_shapes(shape: Node) -> None:
    check(layout.fold(shape, lead="_SHAPE = ") + "\n")


def test_bar_of_one_is_that_one() -> None:
    assert layout.union(["a"]) == "a" and str(layout.union(["a", "b"])) == str(Bar(("a", "b"))) == "a | b"
