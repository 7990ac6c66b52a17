# The two commands: `make run` and `make test`. Everything else serves them.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
export PYTHONUTF8 := 1

.PHONY: install install-test browser run test check format bench clean

$(UV):
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.lock

$(VENV)/.base: $(UV) requirements/base.lock pyproject.toml
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/base.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: $(VENV)/.base requirements/test.lock
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/test.lock
	@touch $@

install: $(VENV)/.base ## What `make run` needs

install-test: $(VENV)/.test ## What `make test` needs

browser: ## Chromium and a Chinese font for the browser tests, where this user may install them
	@sh .ci/browser

run: install ## Install, start the database, build the example city, serve
	$(BIN)/guozi demo

test: install-test browser ## Install what tests need, run them all
	$(BIN)/pytest

check: install-test ## Format, lint, types, contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy src
	$(BIN)/lint-imports

format: install-test ## Put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: install-test ## Benchmarks: ratios against named peers
	$(BIN)/guozi bench

clean: ## Remove what was installed; the database stays
	rm -rf $(VENV)
