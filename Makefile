# The commands a newcomer needs. Each is safe to repeat and quick the second time.
# Needs only Python 3.11 or newer, Node.js 20 or newer and make.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup tools run test quick check bench bench-search screens format lock

BIN := .venv/bin
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install -qq --require-hashes -r
SOURCES := $(shell find static \( -name dist -o -name 'dist-*' \) -prune -o -type f -print)
MESSAGES := $(patsubst %.po,%.mo,$(wildcard app/translations/*/LC_MESSAGES/*.po))
LOCKED := --quiet --upgrade --generate-hashes --universal --no-header --no-annotate --no-emit-index-url
PYTEST := $(BIN)/python -m pytest -q -n 4 --dist worksteal

help:
	@echo "make setup   everything that the forum needs, in .venv, static/dist and the database"
	@echo "make run     the forum on http://127.0.0.1:8000; Ctrl-C ends it"
	@echo "make test    the whole suite: both databases and browser stories"
	@echo "make quick   the tests without browser and PostgreSQL"
	@echo "make check   format, lint, types and house rules"
	@echo "make bench   what pages cost, on both databases; ARGS=--quick for a look, --help for more"
	@echo "make bench-search  how often both search engines find the right answer"
	@echo "make screens  pictures of every screen into docs/screens; fails naming the bad ones (takes minutes)"
	@echo "make format  mend what the formatter can mend"
	@echo "make lock    choose the newest allowed versions anew (needs uv)"

setup: .venv/.ready static/dist/manifest.json $(MESSAGES)
	@scripts/with-env $(BIN)/flask --app wsgi setup

run: setup
	@exec scripts/with-env $(BIN)/flask --app wsgi serve

tools: .venv/.test-ready static/dist/manifest.json $(MESSAGES)

test: tools
	@$(BIN)/python scripts/test_tools.py
	@echo "SQLite and browser stories:"
	@$(PYTEST) --whole
	@echo "PostgreSQL:"
	@$(PYTEST) --db=postgresql -m "not browser"

quick: tools
	@$(PYTEST) -m "not browser and not slow"

check: tools
	@$(BIN)/ruff format --check --quiet . || { echo "Not formatted; make format mends it." >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/python -m pytest -q tests/house

bench: .venv/.ready static/dist/manifest.json $(MESSAGES)
	@$(BIN)/python scripts/test_tools.py PostgreSQL
	@$(BIN)/python -m bench $(ARGS)

bench-search: tools
	@$(BIN)/python -m bench.search_quality

screens: tools
	@$(BIN)/python scripts/test_tools.py Chromium
	@$(BIN)/python -m screens $(ARGS)

format: tools
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	@uv pip compile pyproject.toml $(LOCKED) -o requirements.lock
	@uv pip compile pyproject.toml --group test $(LOCKED) -o requirements-test.lock

.venv/bin/python:
	@scripts/make-venv

.venv/.ready: requirements.lock | .venv/bin/python
	@$(PIP) requirements.lock
	@touch $@

.venv/.test-ready: requirements-test.lock .venv/.ready
	@$(PIP) requirements-test.lock
	@touch $@

node_modules/.ready: package-lock.json package.json .npmrc
	@scripts/check-node
	@npm ci --loglevel=error >/dev/null
	@touch $@

static/dist/manifest.json: node_modules/.ready package.json $(SOURCES)
	@node static/build.mjs >/dev/null

%.mo: %.po | .venv/.ready
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
