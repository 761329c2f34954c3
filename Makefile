# By Name: how many people war kills, and how we know. `make` lists the targets.

EDITION ?= latest
ifdef KNOWN_ON
override EDITION := $(KNOWN_ON)
endif
EDITIONS := $(sort $(basename $(notdir $(wildcard editions/*.toml))))
JOBS ?= 2
PYTHON3 ?= python3

BIN := .venv/bin
PYTHON := $(BIN)/python
BUILT := build/$(EDITION)
# lessons ask about claims of several years: only the latest edition knows them all
LESSONS := $(if $(filter latest,$(EDITION)),$(wildcard notebooks/teaching/[0-9]*.ipynb))
NOTEBOOKS := $(sort $(wildcard notebooks/[0-9]*.ipynb)) $(sort $(LESSONS))
EXECUTED := $(patsubst notebooks/%,$(BUILT)/notebooks/%,$(NOTEBOOKS))
HELPERS := $(shell find src/helpers -name '*.py' | grep -v /publish/) src/helpers/publish/notebooks.py
TABLES := $(shell find data -name '*.csv' -o -name '*.toml' | grep -v '^data/raw/')
PAGES := $(shell find docs -type f) data/ETHICS.md data/README.md CITATION.cff

NBVAL := --nbval --nbval-sanitize-with tests/nbval.cfg

# one thread a notebook: several run at once
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1
export PYTHONHASHSEED := 0

.DEFAULT_GOAL := help
.PHONY: help report editions compare test test-all data notebooks check-claims solutions link recapture validate benchmarks clean edition availability

help: ## list the targets
	@echo "make TARGET [EDITION=$(EDITION)]"
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F'\t' '{printf "  %-12s %s\n", $$1, $$2}'

report: .venv/ready ## fetch data, run every notebook, build the book (EDITION=name, or KNOWN_ON=YYYY-MM-DD)
	@$(PYTHON) -m helpers.publish.editions $(EDITION)
	@$(PYTHON) -m helpers.sources --try
	@$(MAKE) --no-print-directory -j$(JOBS) edition
	@$(PYTHON) -m helpers.publish.readme
	@$(PYTHON) -m helpers.publish.summary --edition $(EDITION)

editions: .venv/ready ## the same for every edition of editions/
	@$(PYTHON) -m helpers.sources --try
	@set -e; for name in $(EDITIONS); do \
		echo "edition: $$name"; $(MAKE) --no-print-directory -j$(JOBS) EDITION=$$name edition; done

compare: .venv/ready ## tell what changed between two editions or days: A=2025-02-25 B=latest
	@$(PYTHON) -m helpers.publish.compare "$(A)" "$(B)"

test: .venv/ready ## check the style, run the tests, compare every committed notebook with what it prints now
	@$(BIN)/ruff check .
	@$(BIN)/pytest $(NBVAL) -n $(JOBS) --dist loadscope -m "not slow" tests notebooks
	@echo "left out: the tests that take over 20 s each (make test-all runs them too)"

test-all: .venv/ready ## the same, and the tests that take over 20 s each
	@$(BIN)/ruff check .
	@$(BIN)/pytest $(NBVAL) -n $(JOBS) --dist loadscope tests notebooks

data: .venv/ready ## fetch the data sets of data/sources.toml, or one: SOURCE=id
	@$(PYTHON) -m helpers.sources $(SOURCE)

notebooks: .venv/ready ## execute the notebooks where they stand, with their defaults, before a commit
	@$(PYTHON) -m helpers.publish.notebooks

check-claims: .venv/ready ## check the ledger, and say what its new rows resemble
	@$(PYTHON) -m helpers.publish.check_claims

solutions: .venv/ready ## print the solutions of the lessons, for teachers, or of one: LESSON=01
	@$(PYTHON) -m helpers.publish.solutions $(LESSON)

link: .venv/ready ## how many people are behind your own lists, and which records are one: LIST=file.toml [FOLDER=where]
	@$(PYTHON) -m helpers.publish.link "$(LIST)" $(if $(FOLDER),--folder "$(FOLDER)")

recapture: .venv/ready ## how many are on no list, from your own overlap table: TABLE=file.csv [FOLDER=where]
	@$(PYTHON) -m helpers.publish.recapture "$(TABLE)" $(if $(FOLDER),--folder "$(FOLDER)")

validate: .venv/ready ## try every estimator on invented wars (about 25 min on 2 cores; goes on where it was): CLUSTER=tcp://address
	@$(PYTHON) -m helpers.publish.validate --jobs $(JOBS) --cluster "$(CLUSTER)"

benchmarks: .venv/ready ## time the report and print a table
	@$(PYTHON) benchmarks/report.py

clean: ## remove everything generated, but neither the environment nor fetched data
	rm -rf build

edition: $(BUILT)/site/index.html

$(BUILT)/site/index.html: $(BUILT)/figures.csv $(PAGES) $(wildcard src/helpers/publish/*.py src/helpers/publish/templates/*)
	@$(PYTHON) -m helpers.publish.book --edition $(EDITION)
	@touch $@

$(BUILT)/figures.csv: $(EXECUTED) src/helpers/publish/results.py src/helpers/publish/editions.py
	@$(PYTHON) -m helpers.publish.results --edition $(EDITION)

$(BUILT)/notebooks/%.ipynb: notebooks/%.ipynb build/sources $(HELPERS) $(TABLES) $(wildcard editions/$(EDITION).toml)
	@$(PYTHON) -m helpers.publish.notebooks --edition $(EDITION) $<

# it compares the days of all editions
$(BUILT)/notebooks/14_what_changed.ipynb: $(wildcard editions/*.toml)

# rewritten only when other sources are at hand than last time
build/sources: availability
	@mkdir -p build
	@$(PYTHON) -c "from helpers import sources; print(*sources.available(), sep='\n')" > $@.part
	@cmp -s $@.part $@ && rm $@.part || mv $@.part $@

.venv/ready: requirements.lock
	@$(PYTHON3) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON3=python3.12" >&2; exit 1; }
	@$(PYTHON3) -c 'import ensurepip' 2>/dev/null || \
		{ echo "Python's venv module is incomplete: on Debian and Ubuntu, apt install python3-venv" >&2; exit 1; }
	@echo "set-up 1 of 2: a Python environment in .venv"
	@$(PYTHON3) -m venv --clear .venv
	@awk '/^uv==/ {on = 1} on {print} on && !/\\$$/ {exit}' requirements.lock > .venv/uv.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.lock
	@echo "set-up 2 of 2: $$(grep -c '==' requirements.lock) pinned packages"
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python $(PYTHON) --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(PYTHON) --no-deps --no-build-isolation --editable .
	@touch $@
