# By Name: how many people war kills, and how we know. `make` lists the targets.

EDITION ?= latest
JOBS ?= 2
PYTHON3 ?= python3

# what was typed reaches programs through the environment, and neither make nor the shell expands anything in it
GIVEN := EDITION KNOWN_ON JOBS PYTHON3 LIST TABLE FOLDER SOURCE LESSON A B CLUSTER
$(foreach name,$(GIVEN),$(eval override $(name) := $$(value $(name))))
export $(GIVEN)

BIN := .venv/bin
PYTHON := $(BIN)/python
TABLES := $(shell find data -name '*.csv' -o -name '*.toml' | grep -v '^data/raw/')

NBVAL := --nbval --nbval-sanitize-with tests/nbval.cfg

# one thread a notebook: several run at once
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1
export PYTHONHASHSEED := 0

# PYTHON3, or where that is too old the environment's, for what runs before the environment is there
ANY_PYTHON = for python in "$$PYTHON3" $(PYTHON) ""; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; done; \
	[ "$$python" ] || { echo "Python 3.11 or newer is needed: make PYTHON3=python3.12" >&2; exit 1; };
# waits for its turn, then becomes the command behind it
ALONE = $(ANY_PYTHON) PYTHONPATH="$$PWD/src$${PYTHONPATH:+:$$PYTHONPATH}" exec "$$python" -m helpers.publish.alone
AGAIN = $(MAKE) --no-print-directory

.DEFAULT_GOAL := help
.PHONY: help report editions compare lab test test-all test-slow data notebooks solutions link recapture validate benchmarks clean
.PHONY: environment jobs availability edition report-alone editions-alone compare-alone notebooks-alone clean-alone

help: ## list the targets
	@echo "make TARGET [EDITION=latest]"
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F'\t' '{printf "  %-12s %s\n", $$1, $$2}'

report: jobs ## fetch data, run every notebook, build the book (EDITION=name, or KNOWN_ON=YYYY-MM-DD)
	+@$(ALONE) --edition $(AGAIN) report-alone

report-alone: .venv/ready
	@$(PYTHON) -m helpers.publish.editions "$$CHECKED_EDITION"
	@$(PYTHON) -m helpers.sources --try
	+@$(AGAIN) -j"$$JOBS" edition
	@$(PYTHON) -m helpers.publish.readme
	@$(PYTHON) -m helpers.publish.summary --edition "$$CHECKED_EDITION"

editions: jobs ## the same for every edition of editions/
	+@$(ALONE) $(AGAIN) editions-alone

editions-alone: .venv/ready
	@$(PYTHON) -m helpers.sources --try
	+@set -e; names=$$($(PYTHON) -m helpers.publish.editions); for name in $$names; do \
		echo "edition: $$name"; CHECKED_EDITION=$$name $(AGAIN) -j"$$JOBS" edition; done

compare: ## tell what changed between two editions or days: A=2025-02-25 B=latest
	+@$(ALONE) $(AGAIN) compare-alone

compare-alone: .venv/ready
	@$(PYTHON) -m helpers.publish.compare -- "$$A" "$$B"

lab: environment ## open JupyterLab on the notebooks
	@JUPYTER_CONFIG_PATH="$$PWD/jupyter/etc/jupyter$${JUPYTER_CONFIG_PATH:+:$$JUPYTER_CONFIG_PATH}" \
		$(BIN)/jupyter-lab -y --log-level=WARN --LabApp.default_url=/lab/tree/notebooks \
		$$([ "$$(id -u)" -ne 0 ] || echo --allow-root)

test: jobs environment ## check the style, run the tests, compare every committed notebook with what it prints now
	@$(BIN)/ruff check .
	@$(BIN)/pytest $(NBVAL) -n "$$JOBS" --dist loadscope -m "not slow" tests notebooks
	@echo "left out: the tests that take over 20 s each (make test-all runs them too)"

test-all: test test-slow ## the same, and the tests that take over 20 s each

test-slow: jobs environment ## only the tests that take over 20 s each
	@$(BIN)/pytest -n "$$JOBS" --dist loadscope -m slow tests

data: environment ## fetch the data sets of data/sources.toml, or one: SOURCE=id
	@$(PYTHON) -m helpers.sources -- $${SOURCE:+"$$SOURCE"}

notebooks: ## execute the notebooks where they stand, with their defaults, before a commit
	+@$(ALONE) $(AGAIN) notebooks-alone

notebooks-alone: .venv/ready
	@$(PYTHON) -m helpers.publish.notebooks

solutions: environment ## print the solutions of the lessons, for teachers, or of one: LESSON=01
	@$(PYTHON) -m helpers.publish.solutions -- $${LESSON:+"$$LESSON"}

link: environment ## how many people are behind your own lists, and which records are one: LIST=file.toml [FOLDER=where]
	@$(PYTHON) -m helpers.publish.link $${FOLDER:+--folder="$$FOLDER"} -- "$$LIST"

recapture: environment ## how many are on no list, from your own overlap table: TABLE=file.csv [FOLDER=where]
	@$(PYTHON) -m helpers.publish.recapture $${FOLDER:+--folder="$$FOLDER"} -- "$$TABLE"

validate: jobs environment ## try every estimator on invented wars (about 25 min on 2 cores; goes on where it was): CLUSTER=tcp://address
	@$(PYTHON) -m helpers.publish.validate --jobs "$$JOBS" --cluster="$$CLUSTER"

benchmarks: environment ## time the report and print a table
	@$(PYTHON) benchmarks/report.py

clean: ## remove everything generated, but neither the environment nor fetched data
	+@$(ALONE) $(AGAIN) clean-alone

clean-alone:
	rm -rf build

jobs:
	@case "$$JOBS" in ""|0*|*[!0-9]*|????*) echo "JOBS: a number of processes is needed, from 1 to 999" >&2; exit 1;; esac

ifdef CHECKED_EDITION
BUILT := build/$(CHECKED_EDITION)
# lessons ask about claims of several years: only the latest edition knows them all
LESSONS := $(if $(filter latest,$(CHECKED_EDITION)),$(wildcard notebooks/teaching/[0-9]*.ipynb))
NOTEBOOKS := $(sort $(wildcard notebooks/[0-9]*.ipynb)) $(sort $(LESSONS))
EXECUTED := $(patsubst notebooks/%,$(BUILT)/notebooks/%,$(NOTEBOOKS))
HELPERS := $(shell find src/helpers -name '*.py' | grep -v /publish/) src/helpers/publish/notebooks.py
PAGES := $(shell find docs -type f) data/ETHICS.md data/README.md CITATION.cff

edition: $(BUILT)/site/index.html

$(BUILT)/site/index.html: $(BUILT)/figures.csv $(PAGES) $(wildcard src/helpers/publish/*.py src/helpers/publish/templates/*)
	@$(PYTHON) -m helpers.publish.book --edition "$$CHECKED_EDITION"
	@touch $@

$(BUILT)/figures.csv: $(EXECUTED) src/helpers/publish/results.py src/helpers/publish/editions.py
	@$(PYTHON) -m helpers.publish.results --edition "$$CHECKED_EDITION"

$(BUILT)/notebooks/%.ipynb: notebooks/%.ipynb build/sources $(HELPERS) $(TABLES) $(wildcard editions/$(CHECKED_EDITION).toml)
	@$(PYTHON) -m helpers.publish.notebooks --edition "$$CHECKED_EDITION" $<

# it compares the days of all editions
$(BUILT)/notebooks/14_what_changed.ipynb: $(wildcard editions/*.toml)

# rewritten only when other sources are at hand than last time
build/sources: availability
	@mkdir -p build
	@$(PYTHON) -c "from helpers import sources; print(*sources.available(), sep='\n')" > $@.part
	@cmp -s $@.part $@ && rm $@.part || mv $@.part $@
endif

# made by one command at a time; others wait until it is there
environment: ## only set up what the others need, in .venv
	+@$(AGAIN) -q .venv/ready 2>/dev/null || { $(ALONE) $(AGAIN) .venv/ready; }

.venv/ready: requirements.lock
	@"$$PYTHON3" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON3=python3.12" >&2; exit 1; }
	@"$$PYTHON3" -c 'import ensurepip' 2>/dev/null || \
		{ echo "Python's venv module is incomplete: on Debian and Ubuntu, apt install python3-venv" >&2; exit 1; }
	@echo "set-up 1 of 2: a Python environment in .venv"
	@"$$PYTHON3" -m venv --clear .venv
	@awk '/^uv==/ {on = 1} on {print} on && !/\\$$/ {exit}' requirements.lock > .venv/uv.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.lock
	@echo "set-up 2 of 2: $$(grep -c '==' requirements.lock) pinned packages"
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python $(PYTHON) --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(PYTHON) --no-deps --no-build-isolation --editable .
	@touch $@
