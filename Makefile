# Everything from a bare checkout: `make run` cleans input/ into output/, `make test` runs all checks.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run setup test test-faults soak fuzz scaling lint browser bench docs site lock clean

run: setup
	@$(BIN)/mtclean run

setup: $(VENV)/runtime
	@$(BIN)/mtclean setup

test: $(VENV)/dev setup lint browser
	@$(BIN)/mtclean languages add de fr
	@$(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder

# A run killed and stopped at hundreds of instants, and on a disk that fails: hours.
test-faults: $(VENV)/dev setup
	@$(BIN)/python -m pytest -m faults

# A schedule on a watched folder for half an hour, with everything that happens to folders and servers.
soak: $(VENV)/dev setup
	@$(BIN)/python benchmarks/soak.py

# The laws over 200,000 random texts.
fuzz: $(VENV)/dev
	@$(BIN)/python benchmarks/fuzz.py --texts 200000 --seed 1 --processes $$(nproc)

# How the cost of every rule grows with its text, over more than 2,000 patterns.
scaling: $(VENV)/dev
	@$(BIN)/python benchmarks/rules_scaling.py

lint: $(VENV)/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/python docs/catalogue.py --check

# The page tests run in Debian's Chromium; gettext and libxml2 are asked what they say of cleaned files.  Without one its
# tests are skipped, but on CI those of pages fail.
browser:
	@missing=""; \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing="chromium"; \
	command -v msgfmt >/dev/null || missing="$$missing gettext"; \
	command -v xmllint >/dev/null || missing="$$missing libxml2-utils"; \
	if [ -z "$$missing" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing for the tests: $$missing …"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else \
	  echo "Some tests are skipped. To run them: sudo apt-get install $$missing"; \
	fi

bench: $(VENV)/dev setup
	@$(BIN)/python benchmarks/side_by_side.py

docs: $(VENV)/dev
	@$(BIN)/python docs/catalogue.py

# docs/ as pages to read, without the network; a dead link is an error.
site: docs
	@$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going --builder html docs build/site
	@echo "build/site/index.html"

# The project is installed without its dependencies and without an isolated build, so that nothing
# comes in that is not pinned and hashed.
$(VENV)/runtime: constraints.txt pyproject.toml
	@echo "Installing pinned dependencies into $(VENV) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "mtclean needs Python 3.10 or newer; try: make PYTHON=python3.12 " or 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --no-deps --require-hashes -r constraints.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev: $(VENV)/runtime constraints-dev.txt
	@$(PIP) install --no-deps --require-hashes -r constraints-dev.txt
	@touch $@

# Resolve the pins anew, for every Python and platform at once.
lock: $(VENV)/dev
	@echo 'setuptools>=77' | $(BIN)/uv pip compile pyproject.toml - --universal --python-version 3.10 \
	  --generate-hashes --no-annotate --no-header --upgrade --quiet -o constraints.txt
	@echo 'setuptools>=77' | $(BIN)/uv pip compile pyproject.toml - --extra dev --extra docs --extra vectors --universal --python-version 3.10 \
	  --generate-hashes --no-annotate --no-header --quiet -c constraints.txt -o constraints-dev.txt

clean:
	rm -rf $(VENV) *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
