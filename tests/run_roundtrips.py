"""Random objects of random schemas, each to JSON and back: as many as are asked for, other ones in every run.

    python tests/run_roundtrips.py NUMBER

A difference ends the run with the object, the schema, and how to have them again.
"""

from __future__ import annotations

import itertools
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from typing import Any, get_args

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import emitted
from fieldsmith.schema import Model, Schema
from fieldsmith.writing.plans import Extra, Json, Settings
from strategies import Said, Values, schemas, tame

EXTRAS = st.sampled_from(get_args(Extra))
ENGINES = st.sampled_from(get_args(Json))
OF_EACH = 250  # objects of each schema: making its package takes as long as some of them
SHARE = 5000


def root(schema: Schema, name: str = "Root") -> Model:
    return next(one for one in schema.definitions if isinstance(one, Model) and one.name == name)


def package_settings(extra: Extra = "ignore", engine: Json = "standard") -> Settings:
    return Settings(targets=emitted.CODE, extra=extra, json=engine)


def come_back(schema: Schema, extra: Extra, engine: Json, number: int, derandomize: bool) -> int:
    """Hold so many objects of a schema's package to their JSON; how many that were."""
    with emitted.emitted(schema, package_settings(extra, engine)) as package:
        values, done = Values(schema, package), itertools.count()
        if root(schema).key not in values.depths:
            return 0  # no object of it is finite

        @settings(max_examples=number, deadline=None, derandomize=derandomize, database=None, suppress_health_check=list(HealthCheck))
        @given(values.objects(root(schema)))
        def each(said: Said) -> None:
            next(done)
            comes_back(said.value.__class__, said)

        each()
        return next(done)


def comes_back(cls: Any, said: Said) -> None:
    """An object is written as its JSON and read from it again, whichever way."""
    assert repr(said.value.to_dict()) == repr(said.json)
    assert cls.from_dict(said.json) == said.value
    text = said.value.to_json()
    assert repr(json.loads(text)) == repr(said.json)
    again = cls.from_json(text)
    assert again == said.value and again.to_json() == text
    assert cls.from_json(text.decode()) == again


def share(number: int) -> int:
    """Hold at least so many objects to their JSON; how many it were."""
    done = 0

    @settings(max_examples=-(-number // OF_EACH), deadline=None, database=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
    @given(schemas(tame, pets=True), EXTRAS, ENGINES)
    def every(schema: Schema, extra: Extra, engine: Json) -> None:
        nonlocal done
        done += come_back(schema, extra, engine, OF_EACH, derandomize=False)

    while done < number:
        every()
    return done


def main(number: int) -> int:
    """Shares of some schemas' objects, as many at a time as there are processors."""
    shares, done = [min(SHARE, number - start) for start in range(0, number, SHARE)], 0
    with ProcessPoolExecutor() as pool:
        for some in pool.map(share, shares):
            done += some
            print(f"{done:,} objects came back", flush=True)
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        sys.exit("python tests/run_roundtrips.py NUMBER")
    sys.exit(main(int(sys.argv[1])))
