# `make help` lists what there is. Everything lives in .venv and .baton; nothing is installed outside the checkout.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
ARGS   ?=
# Many tests wait for a second of somebody's clock to pass, so one more than there are cores keeps the cores busy.
WORKERS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)

# No progress bars, no questions, no advice about versions: what is wrong should be the only thing said.
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input

RUN_READY := $(VENV)/.run-ready
DEV_READY := $(VENV)/.dev-ready

.DEFAULT_GOAL := help
.PHONY: help venv up test check bench chaos mutants lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

venv: $(DEV_READY) ## make the virtual environment with all that development needs
	@echo "$(VENV) is ready"

up: $(RUN_READY) ## start everything on this machine and show it; ARGS="--until in-step" ends by itself
	@exec $(BIN)/baton up $(ARGS)

test: $(DEV_READY) ## run the tests; ARGS="tests/domain -x" for some of them
	@exec $(BIN)/python -m pytest -q -n $(WORKERS) -m "not chaos" $(ARGS)

check: $(DEV_READY) ## format, lint, types, import rules
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: $(DEV_READY) ## measure; ARGS are the benchmark's own
	@exec $(BIN)/python -m benchmarks $(ARGS)

chaos: $(DEV_READY) ## long runs of real processes under faults
	@exec $(BIN)/python -m pytest -q -m chaos $(ARGS)

mutants: $(DEV_READY) ## change the decisions line by line; do the tests notice?
	@exec $(BIN)/python -m benchmarks.mutants $(ARGS)

lock: $(DEV_READY) ## resolve the dependencies anew and write requirements/
	@$(BIN)/uv pip compile $(LOCK) --extra embedded --extra build -o requirements/run.txt pyproject.toml
	@$(BIN)/uv pip compile $(LOCK) --extra embedded --extra build --extra dev -o requirements/dev.txt pyproject.toml

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

clean: ## stop what runs here and delete its data (.baton)
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m console.up.ending; fi
	@rm -rf .baton

# The stamps are newer than what they were made of, or they are made again.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Baton needs Python 3.11 or newer, and '$(PYTHON)' is $$($(PYTHON) --version 2>&1 | tail -n 1)."; \
	  echo "Name another one:  make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; } >&2
	@echo "making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV)

$(RUN_READY): requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { \
	  echo "$(VENV) was not finished: delete it and try again"; exit 1; } >&2
	@echo "installing what Baton runs on"
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_READY): requirements/dev.txt $(RUN_READY)
	@echo "installing what development needs"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@
