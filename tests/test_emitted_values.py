"""Any schema's package: any value of its models comes back from JSON; all ways over a wrong one agree."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import emitted
import strategies
from fieldsmith.schema import Schema
from fieldsmith.writing.plans import Extra, Json
from run_roundtrips import ENGINES, EXTRAS, come_back, package_settings, root
from strategies import Values, schemas, spoilt, tame, wild

# Every example imports a package: nothing is made smaller after a failure, which would take minutes.
STABLE = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@STABLE
@given(schemas(tame, pets=True), EXTRAS, ENGINES)
def test_values_come_back(schema: Schema, extra: Extra, engine: Json) -> None:
    """Some thousands; `make nightly` holds a million to it."""
    come_back(schema, extra, engine, 60, derandomize=True)


@STABLE
@given(schemas(wild), EXTRAS, st.data())
def test_both_passes_agree_on_documents(schema: Schema, extra: Extra, data: st.DataObject) -> None:
    with emitted.emitted(schema, package_settings(extra)) as package:
        values = Values(schema, package)
        assume(root(schema).key in values.depths)
        cls, runtime = package.Root, emitted.module_of(package, "_runtime")
        explain = emitted.module_of(package, "_explain")
        codec = runtime._codec(cls)
        for _ in range(6):
            document = data.draw(spoilt(data.draw(values.objects(root(schema))).json))
            failed = False
            try:
                codec.decode(document)
            except runtime.FAILURES:
                failed = True
            found = explain.problems(codec, document, encoding=False)
            assert bool(found) == failed, (document, [str(one) for one in found])
            check_refusal(package, partial(cls.from_dict, document), failed)


@STABLE
@given(schemas(wild), EXTRAS, st.data())
def test_lenient_reading_agrees_with_strict(schema: Schema, extra: Extra, data: st.DataObject) -> None:
    with emitted.emitted(schema, package_settings(extra)) as package:
        values, model, cls = Values(schema, package), root(schema), package.Root
        assume(model.key in values.depths)
        for _ in range(6):
            document = data.draw(spoilt(data.draw(values.objects(model)).json))
            made, problems = attempt(package, partial(cls.from_dict, document))
            result, refused = attempt(package, partial(cls.from_dict, document, strict=False))
            whole = document.__class__ is dict and all(field.name in document for field in model.fields if field.required)
            assert (result is None) == (not whole)
            if result is None:
                assert refused == problems
            else:
                assert result[0].__class__ is cls and tuple(result[1]) == problems
                assert problems or repr(result[0]) == repr(made)


def attempt(package: Any, read: Callable[[], Any]) -> tuple[Any, tuple[Any, ...]]:
    """What reading gives, or None and the problems."""
    try:
        return read(), ()
    except package.DecodeError as error:
        return None, error.problems


@STABLE
@given(schemas(wild), EXTRAS, st.data())
def test_both_passes_agree_on_objects(schema: Schema, extra: Extra, data: st.DataObject) -> None:
    with emitted.emitted(schema, package_settings(extra)) as package:
        values = Values(schema, package)
        assume(root(schema).key in values.depths)
        explain, runtime = emitted.module_of(package, "_explain"), emitted.module_of(package, "_runtime")
        for _ in range(6):
            made = data.draw(values.objects(root(schema))).value
            name = data.draw(st.sampled_from(sorted(made.__dataclass_fields__)))
            odd = st.sampled_from((*strategies.ODD, package.UNSET))
            setattr(made, name, data.draw(spoilt(getattr(made, name), odd)))
            found = explain.problems(runtime._codec(package.Root), made, encoding=True)
            failed = not check_encoding(package, made)
            assert bool(found) == failed, (made, [str(one) for one in found])


def check_encoding(package: Any, made: Any) -> bool:
    try:
        made.to_json()
    except package.EncodeError as error:
        assert error.problems and all(one.path.startswith("$") for one in error.problems)
        return False
    return True


def check_refusal(package: Any, read: Any, failed: bool) -> None:
    try:
        read()
    except package.DecodeError as error:
        assert failed and error.problems
        assert str(error).count("\n") >= len(error.problems) - 1
    else:
        assert not failed
