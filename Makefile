# `make run` and `make test` need only python3 (3.11 or newer) and make.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
STYLES := dashboards/assets/vendor/.built-from
RIVALS := .venv-rivals
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-strip-extras --no-annotate \
    --python-version 3.11

.PHONY: help run test bench rivals lint docs accessibility lock clean

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-6s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(STYLES)  ## make the demonstration and serve it at http://127.0.0.1:8050
	@$(BIN)/throughline demo

test: $(STYLES)  ## run every test
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

bench: $(STYLES) rivals  ## measure how fast it is (never part of the tests)
	@$(BIN)/python -m benchmarks

rivals: $(RIVALS)/.ready  ## set up the tools that make bench measures against, in an environment of their own

lint: $(READY)  ## check the style of Python and SQL
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/sqlfluff lint models --processes 2

docs: $(READY)  ## write docs/returns.md anew from the specification
	@$(BIN)/python -m throughline.door.documentation

accessibility: $(STYLES)  ## try every page with axe and write down the results that the statement gives
	@rm -f dashboards/accessibility_results.csv
	@THROUGHLINE_AXE_RESULTS=dashboards/accessibility_results.csv $(BIN)/python -m pytest -q -n0 tests/browser/test_journey.py -k axe

lock: $(READY)  ## write the files of locked requirements anew
	@$(BIN)/python -m pip install -q uv
	@$(COMPILE) --extra dev pyproject.toml -o requirements.txt
	@$(COMPILE) benchmarks/requirements-rivals.in -o benchmarks/requirements-rivals.txt

# The demonstration's returns bear its mark; others may be the only copy that there is.
clean:  ## delete what commands can make again, but not .venv; what was landed, decided, noted or published stays
	rm -rf packs target logs data/target data/logs data/work.* data/prepared_texts.npz
	@test ! -e returns/.made-from.json || rm -rf returns
	@for kept in returns data/landing data/decisions data/traces.jsonl releases; do \
	    test ! -e $$kept || echo "Kept, because no command makes it again: $$kept"; done

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] < (3, 14) else "Throughline needs Python 3.11, 3.12 or 3.13; name one with make PYTHON=python3.12 run")'
	@echo "Setting up .venv (once; about two minutes) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Without a network this leaves nothing behind that counts as done, and make bench goes on without it.
$(RIVALS)/.ready: benchmarks/requirements-rivals.txt
	@echo "Setting up $(RIVALS), with Streamlit, for make bench alone (once; about a minute) …"
	@{ test -x $(RIVALS)/bin/python || $(PYTHON) -m venv $(RIVALS); } \
	    && $(RIVALS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $< \
	    && touch $@ || echo "That could not be installed: make bench leaves the other tools out."

$(STYLES): package.json $(wildcard dashboards/styles/*.scss) $(READY)
	@$(BIN)/python -m throughline.frontend
	@touch $@
