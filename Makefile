# Every job with its command. `make` alone lists them.

MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := help
.PHONY: help install install-dev demo test check lint types arrows tests test-sqlite test-postgresql test-journeys format catalogue lock clean

# The interpreter that makes .venv; everything after that runs inside it.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: ## make .venv with what the program needs (locked, hashed)
	@"$(PYTHON)" tools/environment.py run

install-dev: ## the same with what the tests need
	@"$(PYTHON)" tools/environment.py dev

demo: install ## start the demonstration; prints the address and the accounts
	@$(BIN)/python -m chungtay demo

test: install-dev ## everything: style, types, arrows, all tests on both databases
	@$(BIN)/python tools/system_packages.py
	@$(MAKE) --no-print-directory check

check: lint types arrows tests

tests: ## two runs side by side and the third after the shorter one, each printed when it ends
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target test-sqlite test-postgresql test-journeys

lint: ## style and likely bugs (ruff)
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .

types: ## types (mypy)
	$(BIN)/python -m mypy

arrows: ## which room may import which (import-linter)
	$(BIN)/python -c "from importlinter.cli import lint_imports_command as run; run()" --no-cache

test-sqlite: ## all tests on SQLite but the browser journeys
	$(BIN)/python -m pytest -m "not browser"

test-postgresql: ## the tests marked "database" once more, on PostgreSQL
	$(BIN)/python -m pytest -m database --database=postgresql

test-journeys: ## the journeys through the running program in Chromium
	$(BIN)/python -m pytest -m browser

format: ## put the code into the agreed form
	$(BIN)/python -m ruff format .
	$(BIN)/python -m ruff check --fix .

catalogue: ## gather what the program says; new texts wait in the .po file for their English
	$(BIN)/python tools/catalogue.py

lock: install-dev ## resolve requirements/*.lock and package-lock.json anew
	$(BIN)/python tools/lock.py
	npm install --package-lock-only
	$(BIN)/python tools/plain_package_lock.py

clean: ## remove what was built (your data in data/ stays)
	rm -rf .venv build dist node_modules chungtay/web/static/vendor chungtay/measures/charts/fonts .import_linter_cache
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find chungtay tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
