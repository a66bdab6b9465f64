# The commands of the project. `make` alone lists them; each sets up what it needs in .venv.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

PORT ?= 8000
SPEC ?=
OUT ?=
LIVE ?=
BASE_URL ?=
PROFILE ?=
ARGS ?=
export PYTHONHASHSEED ?= 0
# Bytecode is kept: the tests start some hundred processes, and each would compile all it imports.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test generate sync-spec check fix emulator conformance bench soak docs lock clean

help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The environment is the lock file, to the hash; a second run does nothing.
$(READY): requirements.lock pyproject.toml
	@echo "Setting up $(VENV) (about a minute, once)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(READY) ## Make the environment in .venv

demo: $(READY) ## Show it work: current client, emulator, a Bell job, counts (LIVE=1: on IonQ's free simulator)
	@$(BIN)/python -m scripts.demo $(if $(LIVE),--live)

test: $(READY) ## Run all tests (ARGS='-k name' to choose)
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

generate: $(READY) ## Contract and patches into generated/ (SPEC=file OUT=dir: any other document)
	@$(BIN)/python -m scripts.generate $(if $(SPEC),--spec '$(SPEC)') $(if $(OUT),--out '$(OUT)') $(ARGS)

sync-spec: $(READY) ## Follow a later edition of the contract (SPEC=path-or-url), with a report
	@$(BIN)/python -m scripts.sync_spec $(if $(SPEC),--spec '$(SPEC)') $(ARGS)

check: $(READY) ## Generated code current, lint, types, import arrows
	@$(BIN)/python -m scripts.check

fix: $(READY) ## Format and mend what a tool can mend
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

emulator: $(READY) ## Run the emulator (PORT=8000)
	@$(BIN)/ionq-direct emulator --port $(PORT) $(ARGS)

conformance: $(READY) ## Does a server do what the document says? (BASE_URL=…, default: the emulator; PROFILE=read-only|simulator|full)
	@$(BIN)/ionq-direct conformance $(if $(BASE_URL),--base-url '$(BASE_URL)',--emulator) \
		--profile $(or $(PROFILE),$(if $(BASE_URL),read-only,full)) \
		--report-html .build/conformance.html --junit .build/conformance.xml $(ARGS)

bench: $(READY) ## Measure, as ratios to a baseline in the same run
	@$(BIN)/python -m tests.benchmarks $(ARGS)

soak: $(READY) ## The long fault and kill tests, in full
	@$(BIN)/python -m pytest -m soak $(ARGS)

docs: $(READY) ## The API reference, as HTML in .build/docs
	@$(BIN)/python -m scripts.docs

lock: $(READY) ## Resolve requirements.lock anew
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --no-emit-index-url --no-emit-find-links --all-extras \
		--group codegen --group test --group lint --group docs --group build pyproject.toml -o requirements.lock

clean: ## Remove the environment and caches
	@rm -rf $(VENV) .build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
