# The two commands a newcomer needs are `make run` and `make test`; `make help` lists all.

PORT ?= 8000
export PORT

VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

LOCALES := zh_Hans zh_Hant en
ENGLISH := locale/en/LC_MESSAGES/django.po

run setup test: export DEBUG = 1
run: export DJANGO_RUNSERVER_HIDE_WARNING = true

.PHONY: help run setup serve test lint messages lock port bench-data bench bench-quick

help:
	@echo "make run       set up what is missing and serve the site at http://127.0.0.1:$(PORT)/"
	@echo "make setup     the same without serving"
	@echo "make test      run every test"
	@echo "make serve     serve as in production; needs SECRET_KEY and ALLOWED_HOSTS"
	@echo "make lint      every linter"
	@echo "make messages  gather and compile the texts to translate"
	@echo "make bench-data N=1000   fill an empty database with N quotes, SPEAKERS=240 at one event"
	@echo "make bench     what pages cost on 1,000, 100,000 and 1,000,000 quotes; bench-quick: two"
	@echo "make lock      pin anew what the direct dependencies pull in"

run: setup port
	@echo "The site:   http://127.0.0.1:$(PORT)/"
	@echo "Its admin:  http://127.0.0.1:$(PORT)/admin/"
	@echo "Next: sign in to the admin and add a summit, or open the README. Ctrl-C stops the site."
	@$(BIN)/python manage.py runserver --skip-checks 127.0.0.1:$(PORT)

setup: $(VENV)/run.stamp
	@$(BIN)/python manage.py setup_site

serve: $(VENV)/run.stamp port
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@exec $(BIN)/gunicorn summit.wsgi

test: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest --numprocesses auto $(ARGS)

lint: $(VENV)/dev.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint --lint --quiet templates
	@$(BIN)/lint-imports
	@DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run
	@SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_hex(32))') \
		ALLOWED_HOSTS=example.org $(BIN)/python manage.py check --deploy --fail-level WARNING

messages: $(VENV)/run.stamp
	@mkdir -p $(addprefix locale/,$(LOCALES))
	@DEBUG=1 $(BIN)/python manage.py makemessages $(addprefix --locale ,$(LOCALES)) --no-location \
		--extension html,txt,py --ignore '.venv' --ignore 'tests'
	@for po in locale/*/LC_MESSAGES/django.po; do \
		msgattrib --clear-fuzzy --empty --output-file=$$po $$po; done # guesses are no translations
	@msgen --output-file=$(ENGLISH) $(ENGLISH)
	@DEBUG=1 $(BIN)/python manage.py compilemessages --ignore '.venv'

N ?= 1000
SPEAKERS ?= 0
bench-data: $(VENV)/run.stamp
	@DEBUG=1 PYTHONPATH=. $(BIN)/python bench/data.py $(N) $(SPEAKERS)

bench-quick: SIZES = 1000 100000
bench: SIZES = 1000 100000 1000000
bench bench-quick: $(VENV)/run.stamp
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && for n in $(SIZES); do \
		DEBUG=1 PYTHONPATH=. DATABASE_URL=sqlite:///$$scratch/$$n $(BIN)/python bench/data.py $$n; \
	done && PYTHONPATH=. $(BIN)/python bench/measure.py 30 $(foreach n,$(SIZES),sqlite:///$$scratch/$(n))

lock:
	@rm -rf $(VENV)/lock && $(PYTHON) -m venv $(VENV)/lock
	@grep -hv '^-[rc]' requirements.txt requirements-dev.txt > $(VENV)/lock/direct.txt
	@$(VENV)/lock/bin/pip install --quiet --requirement $(VENV)/lock/direct.txt
	@$(VENV)/lock/bin/pip freeze > constraints.txt && rm -rf $(VENV)/lock

port: $(VENV)/run.stamp
	@$(BIN)/python -c "import socket; s = socket.socket(); \
		s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('127.0.0.1', $(PORT)))" \
		2>/dev/null || { echo "Port $(PORT) is in use: choose another, as in PORT=8001."; exit 1; }

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found."; exit 1; }
	@$(PYTHON) -m venv $(VENV) > /dev/null || { rm -rf $(VENV); \
		echo "Python's venv module is needed (on Debian: apt-get install python3-venv)."; exit 1; }

$(VENV)/run.stamp: requirements.txt constraints.txt | $(VENV)/bin/python
	@echo "Installing what the site needs …"
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt 2> $(VENV)/pip.log \
		|| { echo "The packages could not be installed: is there a network? See $(VENV)/pip.log."; exit 1; }
	@touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt constraints.txt | $(VENV)/bin/python
	@echo "Installing what the site and its tests need …"
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt 2> $(VENV)/pip.log \
		|| { echo "The packages could not be installed: is there a network? See $(VENV)/pip.log."; exit 1; }
	@touch $@ $(VENV)/run.stamp
