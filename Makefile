# Two commands are all a fresh machine needs (Python 3.11 or newer, venv, make): `make run` and `make test`.
PY ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help run demo test test-deps test-ocr test-ocr-deps bench campaign check format lock image image-check clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.run ## set up, then run the service on sources.yaml with SQLite in state/
	$(BIN)/watcher run

demo: $(VENV)/.run ## the whole path offline: a small site on 127.0.0.1, an article published and edited, the alerts shown
	$(BIN)/python -m watcher.demo

test: $(VENV)/.test ## set up, then pass the tests
	$(BIN)/python -m pytest -n 3 --dist worksteal

bench: $(VENV)/.test ## benchmarks beside their peers, in environments of their own; about an hour
	$(BIN)/python -m benchmarks.extraction --write
	$(BIN)/python -m benchmarks.listing --write
	$(BIN)/python -m benchmarks.store --write
	$(BIN)/python -m benchmarks.monitoring --write
	$(BIN)/python -m benchmarks.web --write
	$(BIN)/python -m benchmarks.delivery --write
	$(BIN)/python -m benchmarks.faults --write
	$(BIN)/python -m benchmarks.scale --write

test-ocr: $(VENV)-ocr/.test ## the tests of scans, in an environment of their own with the extra watcher[ocr]
	$(VENV)-ocr/bin/python -m pytest -m ocr tests/ocr

test-ocr-deps: ## install with apt the font that the tests of scans draw with
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends fonts-wqy-microhei

campaign: $(VENV)/.test ## the long form of the tests that have one
	$(BIN)/python -m pytest -m campaign tests

check: $(VENV)/.test ## format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.test ## format and mend what ruff can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test-deps: ## install with apt the parts of the system that some tests need
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv openssl gnutls-bin postgresql chromium fonts-noto-cjk

lock: $(VENV)/.test ## lock the versions anew, with hashes and no host
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group build --extra postgres $(LOCK_OPTIONS) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group build --extra postgres --extra test $(LOCK_OPTIONS) -o requirements-test.lock

LOCK_OPTIONS := --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-annotate --no-header

image: ## build the container image
	docker build -t watcher .

image-check: $(VENV)/.test ## build the image with buildah, without a network, and run it read-only; for root on Debian
	tools/image-check

clean: ## remove what was set up; state/ stays
	rm -rf $(VENV) $(VENV)-ocr .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "watcher needs Python 3.11 or newer; name one: make PY=python3.12 …" >&2; exit 1; }
	@$(PY) -m venv $(VENV) || { echo "python3 -m venv failed; on Debian: apt install python3-venv" >&2; exit 1; }

$(VENV)/.run: $(VENV)/bin/python requirements.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-test.lock
	$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@

$(VENV)-ocr/.test: requirements-test.lock pyproject.toml
	$(PY) -m venv $(VENV)-ocr
	$(VENV)-ocr/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-test.lock
	$(VENV)-ocr/bin/python -m pip --disable-pip-version-check --quiet install --no-build-isolation -e '.[ocr]'
	@touch $@
