# make run      serve Factbase on this machine (DEMO=0: an empty base, PORT=8001: another port)
# make test     run the tests on SQLite, and on PostgreSQL where it is installed
# make check    check style, types, structure, settings and generated files
#
# For maintainers
# make format   let the formatter have its way
# make drills   run the long tests: races, failures at every statement, hostile matrices
# make fuzz     search for texts that make a parser raise, a minute each (SECONDS=600: longer)
# make coverage say which branches no test takes, on both databases together
# make docs     write the generated pages of docs/
# make pictures take the pictures of docs/ anew, from the demo (needs Chromium)
# make messages collect and compile what is to be translated (needs gettext)
# make lock     resolve requirements*.in again into the locks with hashes (UPGRADE=1: to the newest)
# make vendor   fetch the vendored files again and compare them

SHELL  := /bin/sh
BIN    := .venv/bin
MANAGE := $(BIN)/python manage.py
PYTEST := $(BIN)/python -m pytest -n auto
CHECKS := style types imports templates migrations deployment generated catalogues architecture

# A data folder that is thrown away when the recipe's shell ends.
APART = folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && export FACTBASE_DATA="$$folder" &&

.PHONY: run test check $(CHECKS) format drills fuzz coverage docs pictures messages lock vendor \
        runtime development

run: runtime
	@$(MANAGE) quickstart

test: development
	@scripts/clients
	@$(APART) scripts/on-both-databases $(PYTEST) -m "not drill"

drills: development
	@$(APART) scripts/on-both-databases $(PYTEST) -m drill

PARSERS := marks dates quantities arabic english credits reading
SECONDS ?= 60

fuzz: development
	@$(BIN)/uv pip install --quiet --require-hashes --requirement requirements-fuzz.txt
	@for parser in $(PARSERS); do echo "== $$parser" && $(BIN)/python scripts/fuzz.py $$parser $(SECONDS) || exit 1; done

# Every check runs, also after one has failed.
check: development
	@$(MAKE) --keep-going --no-print-directory $(CHECKS)
	@echo "All checks passed."

style:
	@echo "== style"
	@$(BIN)/ruff check --quiet --output-format concise
	@$(BIN)/ruff format --check --quiet

types:
	@echo "== types"
	@$(APART) $(BIN)/mypy --no-error-summary

imports:
	@echo "== imports"
	@$(BIN)/lint-imports --no-cache --no-logo > .venv/imports || { cat .venv/imports; false; }

templates:
	@echo "== templates"
	@$(BIN)/djlint --lint --quiet --allow-empty-input --linter-output-format "{line} {code} {message}" templates

migrations:
	@echo "== migrations"
	@$(APART) $(MANAGE) makemigrations --check --dry-run --verbosity 0

deployment:
	@echo "== deployment"
	@$(APART) PUBLIC_URL=https://example.org $(MANAGE) check --deploy --fail-level WARNING

generated:
	@echo "== generated pages"
	@$(APART) $(MANAGE) docs --check

catalogues:
	@echo "== catalogues"
	@$(BIN)/python scripts/catalogues.py --check

architecture:
	@echo "== architecture"
	@$(APART) $(BIN)/python -m pytest --quiet --no-header --tb=short tests/test_architecture.py

format: development
	@$(BIN)/ruff check --quiet --fix
	@$(BIN)/ruff format

coverage: development
	@$(BIN)/coverage erase
	@$(APART) scripts/on-both-databases $(PYTEST) --cov --cov-append --cov-report=
	@$(BIN)/coverage report

docs: development
	@$(APART) $(MANAGE) docs

pictures: development
	@$(BIN)/python scripts/pictures.py

messages: development
	@$(MANAGE) makemessages --locale ar --no-wrap --add-location file --ignore .venv --ignore tests
	@$(BIN)/python scripts/catalogues.py

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --strip-extras --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

lock: development
	@$(LOCK) requirements.in --output-file requirements.txt
	@$(LOCK) requirements-dev.in --output-file requirements-dev.txt
	@$(LOCK) requirements-fuzz.in --output-file requirements-fuzz.txt

vendor: runtime
	@$(BIN)/python scripts/vendor.py

runtime:
	@scripts/environment requirements.txt

development:
	@scripts/environment requirements-dev.txt
