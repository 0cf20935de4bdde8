# Every target sets up what it needs: `make demo` works on a machine that has make and Python 3.11 to 3.13.

# The first of these that really runs, is of the right version and can make a virtual environment.
CAN_BUILD := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c '$(CAN_BUILD)' >/dev/null 2>&1 && { echo $$p; break; }; done)
BIN := .venv/bin
STAMP := .venv/.stamp
# For example: make test ARGS="-k calendar"
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test slow soak bench check format docs pictures summary-pictures lock audit clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

demo: $(STAMP) ## run a whole night on the sample inbox and print the first-half table
	@$(BIN)/huizong demo $(ARGS)

test: $(STAMP) ## run all tests but the long rounds
	@$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder -m "not slow" $(ARGS)

slow: $(STAMP) ## run the long rounds: processes that are killed and run at once, faults at every step, secrets, a Dask cluster, six months in any order
	@$(BIN)/pytest -m slow $(ARGS)

soak: $(STAMP) ## an hour at random, with faults and readers, against the model of the rules (ARGS="--minutes 5")
	@$(BIN)/python -m tests.soak $(ARGS)

bench: $(STAMP) ## measure a night against the floor and the naive way (10 minutes; benchmarks/ has more)
	@$(BIN)/python -m benchmarks.bench $(ARGS)
	@$(BIN)/python -m benchmarks.page

check: $(STAMP) ## run every linter (make -j2 check: two at a time)
	@$(MAKE) --no-print-directory lint-python lint-types lint-imports lint-sql

.PHONY: lint-python lint-types lint-imports lint-sql
lint-python:
	$(BIN)/ruff check
	$(BIN)/ruff format --check

lint-types:
	$(BIN)/mypy

lint-imports:
	$(BIN)/lint-imports

lint-sql:
	$(BIN)/sqlfluff lint --disable-progress-bar warehouse

format: $(STAMP) ## put code into the one format and mend what can be mended
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: $(STAMP) ## write the pages of docs that are made from definitions
	@$(BIN)/python -m flows.pages
	@$(BIN)/python -m tasks.summary.make_templates
	@$(BIN)/python -m docs.licences

pictures: $(STAMP) ## take the pictures of Prefect's page in docs/pictures (needs Chromium and a Chinese font)
	@$(BIN)/python docs/pictures/make.py

summary-pictures: $(STAMP) ## take those of the half-year summary (needs LibreOffice, pdftoppm and a Chinese font)
	@$(BIN)/python docs/pictures/summary.py

lock: $(STAMP) ## write requirements.lock anew from pyproject.toml (ARGS=--upgrade takes newer versions)
	$(BIN)/uv --no-config pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
		--extra dev --generate-hashes --no-annotate \
		--custom-compile-command "make lock" $(ARGS) pyproject.toml --output-file requirements.lock

audit: $(STAMP) ## ask PyPI for known vulnerabilities of what the lock names (ARGS="-s osv" asks OSV)
	@# Strict: a package of which the service knows nothing is a failure and not a clean one.
	@$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement requirements.lock $(ARGS)

clean: ## remove what make and the tools made here; the data in .huizong stays
	rm -rf .venv .coverage htmlcov dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): requirements.lock pyproject.toml
	@$(or $(PYTHON),false) -c '$(CAN_BUILD)' 2>/dev/null || \
		{ echo '需要带 venv 的 Python 3.11、3.12 或 3.13；已安装在别处的，请用 make PYTHON=/路径/python3 指定' >&2; exit 1; }
	@echo '正在准备 .venv，第一次需要一两分钟……'
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@# The lock is complete: nothing is left to resolve, and a release of today cannot get in the way (seen with coverage).
	@# What pip would compile one by one is compiled on all cores; what of it does not compile (for other Pythons) is never imported.
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-compile --require-hashes --requirement requirements.lock
	@$(BIN)/python -W ignore -m compileall -qq -j 0 .venv/lib || true
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
