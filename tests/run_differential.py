"""Holds dataclasses, pydantic, msgspec and JSON Schema against each other over more documents than the tests do.

    python tests/run_differential.py NUMBER [FOLDER ...]

Half of the documents are of random schemas, the others of the pages in the folders, where there are any; half of these
are spoilt. Exit code 1 where a difference is none of `known_differences.toml`.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from differing import Engines, engines, unexplained
from documents import Documents
from fieldsmith.jobs import Job
from fieldsmith.pipeline import build
from fieldsmith.schema import Definition, Model, Schema
from run_roundtrips import EXTRAS, root
from strategies import Values, schemas, spoilt, tame, wild
from test_differential import FORMS, WRONG

OF_EACH = 15


class Tally:
    """How many documents were held, and the differences that nothing explains."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()

    def hold(self, made: Engines, one: Definition, document: Any) -> None:
        self.count["documents"] += 1
        for reader, says in unexplained(made, one, document):
            self.count["differences"] += 1
            print(f"{reader} {says}: {one.name} {document!r}"[:600], flush=True)


def random_schemas(number: int, tally: Tally) -> None:
    @settings(max_examples=-(-number // OF_EACH), deadline=None, database=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
    @given(st.one_of(schemas(tame, pets=True), schemas(wild, pets=True)), EXTRAS, st.data())
    def every(schema: Schema, extra: Any, data: st.DataObject) -> None:
        one = root(schema)
        with engines(schema, extra) as made:
            values = Values(schema, made.dataclasses)
            for _ in range(OF_EACH if one.key in values.depths else 0):
                document = data.draw(values.objects(one)).json
                for _ in range(data.draw(st.integers(0, 2))):
                    document = data.draw(spoilt(document, st.sampled_from((*WRONG, *FORMS))))
                tally.hold(made, one, document)

    every()


def pages(folder: Path, number: int, tally: Tally) -> None:
    """Documents of all definitions of a set of pages, in turn."""
    schema = build(Job(pages=(folder,)), upto="schema").schema
    if schema is None or not schema.definitions:
        print(f"{folder}: no schema")
        return
    with engines(schema) as made:
        documents = Documents(made.package.definitions, seed=1)
        models = [one for one in schema.definitions if isinstance(one, Model)]
        for at in range(number):
            one = models[at % len(models)]
            document = documents.definition(one)
            tally.hold(made, one, documents.spoilt(document) if at % 2 else document)


def main(number: int, folders: list[Path]) -> int:
    tally = Tally()
    for folder in folders:
        pages(folder, number // (2 * len(folders)), tally)
    random_schemas(number - tally.count["documents"], tally)
    print(f"{tally.count['documents']:,} documents, {tally.count['differences']} differences that nothing explains")
    return 1 if tally.count["differences"] else 0


if __name__ == "__main__":
    if len(sys.argv) < 2 or not sys.argv[1].isdigit():
        sys.exit("python tests/run_differential.py NUMBER [FOLDER ...]")
    sys.exit(main(int(sys.argv[1]), [Path(each) for each in sys.argv[2:]]))
