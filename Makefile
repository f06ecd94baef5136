# A fresh machine needs python3 with venv and pip; everything else is installed into $(VENV).

PYTHON ?= python3
VENV ?= .venv
CORPUS ?= ../shared/corpus
SUITES ?= ../shared
ROUNDTRIPS ?= 1000000
DOCUMENTS ?= 4000
FUZZ_SECONDS ?= 600
ARGS ?=
BIN = $(VENV)/bin
READY = $(VENV)/.ready

.PHONY: help generate test check corpus suites differential bench-generate bench-serializers nightly faults mutations fuzz fuzz-unicode fuzz-atheris clean
.DEFAULT_GOAL := help

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' $(MAKEFILE_LIST)

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(VENV)/.peers: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[peers]'
	@touch $@

generate: $(READY) ## make generated/ anew from spec/
	$(BIN)/fieldsmith generate

test: $(READY) ## run the tests; `pytest --update` rewrites the expected results
	$(BIN)/python -m pytest -q

check: $(READY) ## lint, types, layers, and whether generated/ is what spec/ says
	$(BIN)/ruff check generator tests generated
	$(BIN)/mypy
	$(BIN)/mypy --strict generated/assistants
	$(BIN)/python -m pytest -q tests/test_layers.py
	$(BIN)/fieldsmith check

corpus: $(READY) ## generate and check every documentation set below $(CORPUS), where there is one
	@if [ -d "$(CORPUS)" ]; then $(BIN)/python tests/run_corpus.py "$(CORPUS)"; else echo "there is no $(CORPUS)"; fi

suites: $(READY) ## hold emitted packages against the outside suites of JSON below $(SUITES), where there are any
	@if [ -d "$(SUITES)" ]; then $(BIN)/python tests/run_suites.py "$(SUITES)"; else echo "there is no $(SUITES)"; fi

differential: $(READY) ## $(DOCUMENTS) documents, read by dataclasses, pydantic, msgspec and JSON Schema: they have to agree
	$(BIN)/python tests/run_differential.py $(DOCUMENTS) $(foreach set,mistral-py openai-ts-2024 gentest-py-2023,$(wildcard $(CORPUS)/$(set)/docs))

bench-generate: $(READY) ## time runs, and runs of datamodel-code-generator beside them; ARGS="FOLDER --json FILE --sizes 1000"
	$(BIN)/python tests/benchmarks/generate.py $(wildcard $(CORPUS)/mistral-py/docs) $(ARGS)

faults: $(READY) ## let a run fail or be killed at every one of its calls to the system
	$(BIN)/python -m pytest -q --nightly tests/test_faults.py

mutations: $(READY) ## take each guard of tests/guards.md out in turn: a test has to fail
	$(BIN)/python tests/run_mutations.py $(ARGS)

fuzz: $(READY) ## try pages out of a grammar and mutations of real ones for $(FUZZ_SECONDS) seconds; ARGS="--seed 1"
	$(BIN)/python tests/run_fuzz.py $(FUZZ_SECONDS) $(CORPUS) $(ARGS)

fuzz-atheris: $(READY) ## the same by atheris, where it can be installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]' || echo "atheris cannot be installed here"
	$(BIN)/python tests/run_atheris.py $(FUZZ_SECONDS) .hypothesis/atheris

fuzz-unicode: $(READY) ## put every Unicode scalar into every place where text of pages goes
	$(BIN)/python tests/run_unicode.py

bench-serializers: $(VENV)/.peers ## time emitted serializers beside other libraries; ARGS="--json FILE" keeps the medians
	$(BIN)/python tests/benchmarks/serializers.py $(ARGS)

nightly: $(READY) ## $(ROUNDTRIPS) random objects to JSON and back, hundreds of sequences of edits, hard pages of all sizes, the outside suites, the differential test
	$(BIN)/python tests/run_roundtrips.py $(ROUNDTRIPS)
	$(BIN)/python -m pytest -q --nightly tests/test_regeneration.py tests/test_linear.py
	@$(MAKE) suites differential

clean: ## remove what the targets have made, generated/ aside
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
