# `make help` says what there is. Everything happens in .venv, which is made when it is needed.

PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test lint check bench peers prove schema examples

help: ## what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/run ## start PostgreSQL, the board, the API and the stream on http://127.0.0.1:8000
	@exec $(BIN)/apartado serve

# Three at a time, each with servers of its own: many wait more than they work. The properties apart: what hypothesis draws depends on the modules that are loaded.
test: .venv/dev ## start private PostgreSQL servers and run all tests
	@$(if $(ARGS),,$(BIN)/python -m pytest -n 2 --dist loadfile tests/properties)
	@$(BIN)/python -m pytest $(or $(ARGS),-n 3 --ignore=tests/properties)

lint: .venv/dev ## style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

check: lint ## style, types and the tests of the house itself
	@$(BIN)/python -m pytest tests/house $(ARGS)

peers: .venv/dev ## measure over HTTP, beside what people would write or take instead
	@$(BIN)/python tests/bench/peers.py $(ARGS)

bench: .venv/dev ## measure what has a limit, and functions as ratios to a minimal one on the same server
	@PYTHONPATH=api:tests $(BIN)/python -m bench $(ARGS)
	@$(if $(ARGS),,$(BIN)/python tests/bench/bench.py --tables queues sizes parts)
	@$(if $(ARGS),,test ! -d ../shared/peers || $(BIN)/python tests/bench/peers.py)

prove: .venv/dev ## prove what is promised, in full size, and catch every mutant (20 minutes)
	@PYTHONPATH=api:tests $(BIN)/python -m prove $(ARGS)

schema: .venv/run ## write sql/schema.sql anew from the migrations
	@$(BIN)/apartado schema

examples: .venv/dev ## record the examples of /openapi.json anew
	@APARTADO_RECORD=1 $(BIN)/python -m pytest -q tests/house/test_openapi_examples.py

# The marks say what is installed; they are remade when the dependencies change.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Apartado needs Python 3.11 or later; name one: make PYTHON=python3.12 ...'; exit 1; }
	@$(PYTHON) -m venv .venv \
	  || { echo 'Python has no venv here; on Debian: apt-get install python3-venv'; exit 1; }

.venv/run: .venv/bin/python pyproject.toml constraints.txt
	@echo 'installing into .venv ...'
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/dev: .venv/bin/python pyproject.toml constraints.txt
	@echo 'installing into .venv, with what the tests need ...'
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ .venv/run
