PY ?= python3
BIN := .venv/bin

.PHONY: run test check demo
check: ## format, lint, types
	$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy
