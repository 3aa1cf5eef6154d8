# The verbs of a day. `make run` needs python3 (3.11 or later), python3-venv and make, and nothing else.

PYTHON ?= $(shell tools/interpreter.sh)
SETUP = $(PYTHON) tools/setup.py
BIN = .venv/bin
# One more than there are processors: some tests wait for a process, or for a limit to run out.
SHARED = -n $(shell expr $$(nproc) + 1) --maxprocesses 8 --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help install run test test-official test-fast check fix lock bench fuzz endure docs translations build screens

help:  ## What can be done here
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile | expand -t 20

install:  ## Make the environment with everything a developer needs
	@$(SETUP) dev

run:  ## Start everything, with people to try it as; Ctrl-C stops it
	@$(SETUP) run
	@$(BIN)/python -m dialog run --demonstration --ends-with-parent

test: install  ## All tests
	@$(BIN)/python -m tools.debian tests
	@$(BIN)/python -m pytest $(SHARED)

test-official: install  ## The published messages and schemas, from DIALOG_SCHEMA_DIR and DIALOG_EXAMPLES_DIR
	@DIALOG_SCHEMA_DIR="$(DIALOG_SCHEMA_DIR)" DIALOG_EXAMPLES_DIR="$(DIALOG_EXAMPLES_DIR)" $(BIN)/python -m pytest official

test-fast: install  ## All tests but those in a browser or with a foreign broker or scanner
	@$(BIN)/python -m pytest $(SHARED) -m "not browser and not rabbit and not scanner"

check: install  ## Lint, types, imports, migrations, templates, licences, known weaknesses
	@$(BIN)/python tools/check.py

fix: install  ## Mend what can be mended
	@$(BIN)/python tools/check.py --fix

lock:  ## Refresh the locked lists after a change in pyproject.toml
	@$(SETUP) dev
	@$(BIN)/python tools/lock.py

build: install  ## Make a wheel with the front-end inside, in dist/
	@$(BIN)/python tools/build.py

bench: install  ## Measure, and write var/bench.json
	@$(BIN)/python -m bench

fuzz: install  ## Ten minutes of messages that are nearly right; what breaks something is in var/fuzz/
	@$(BIN)/python -m fuzz.inbound --minutes 10

endure: install  ## Kill everything between patients and a record system during 5,000 messages (ENDURE=N)
	@ENDURE=$${ENDURE:-5000} $(BIN)/python -m pytest -q -s -n 0 tests/endure

translations: install  ## Gather what is to be translated
	@$(BIN)/python -m tools.translations

docs: install  ## Draw the documents that are made from the code
	@$(BIN)/python -m tools.docs

screens: install  ## A picture of every page state, in var/screens/
	@$(BIN)/python -m tools.debian browser
	@SCREENS=var/screens $(BIN)/python -m pytest -q -m browser tests
