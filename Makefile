# The front door. Everything else is behind it: make run, make test.
# The first Python 3 that starts: a pyenv shim may be there and lead nowhere.
PYTHON ?= $(shell for p in python3 python3.11 /usr/bin/python3 python; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv/bin/python
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3
export RASA_TELEMETRY_ENABLED := false

.PHONY: help run restart content load report test check widget pictures train tune evaluate bench chaos lock audit sbom clean environment

help:  ## what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

environment:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.8 or later was not found. Install it, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) scripts/environment.py

run: environment  ## start Stridewell and print its address; WORKERS=2 uses two cores
	@$(VENV) scripts/run.py

restart: environment  ## replace the processes of a running Stridewell one by one, with nobody refused
	@$(VENV) scripts/restart.py

content: environment  ## bring the database up to date with the content
	@$(VENV) -m bot.knowledge load

load: environment  ## measure it under load: people at once, abuse, a soak (benchmarks/load.md)
	@$(VENV) scripts/train.py
	$(VENV) -m benchmarks.service $(ARGS)

report: environment  ## what was asked and answered: counts, and words of those who agreed (ARGS="--days 7")
	@$(VENV) -m bot.knowledge report $(ARGS)

train: environment  ## train the model, if what it learns from has changed
	@$(VENV) scripts/train.py

tune: environment  ## tune the encoder and fit the evidence anew, after many new training texts (some tens of minutes)
	@$(VENV) scripts/tuning/environment.py $(ARGS)

test: environment  ## run every test
	@$(VENV) scripts/train.py
	@$(VENV) scripts/widget.py test
	@$(VENV) scripts/chromium.py
	$(VENV) scripts/tests.py $(ARGS)

check: environment  ## style, types, content, known vulnerabilities, and that the built widget is what its sources make
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	$(VENV) -m mypy
	$(VENV) -m bot.content check
	@$(VENV) scripts/supply/audit.py
	@$(VENV) scripts/widget.py check

widget: environment  ## build the widget anew (bot/channel/static/stridewell.js)
	@$(VENV) scripts/widget.py build

pictures: environment  ## take the pictures of docs/screenshots anew, from the Stridewell that runs on PORT
	@$(VENV) -m tests.browser.pictures http://127.0.0.1:$(or $(PORT),8080)

evaluate: environment  ## measure understanding and triage (ARGS="--only blind" for some sets)
	@$(VENV) scripts/train.py
	$(VENV) -m evaluation $(ARGS)

bench: environment  ## measure speed, memory and answers against stock Rasa
	@$(VENV) benchmarks/stock_environment.py
	$(VENV) -m benchmarks $(ARGS)

chaos: environment  ## break its parts under load and audit what people were told (benchmarks/chaos.md)
	@$(VENV) scripts/train.py
	$(VENV) -m tests.chaos $(ARGS)

lock: environment  ## pin every version again
	@$(PYTHON) scripts/environment.py lock
	@$(VENV) scripts/supply/tools.py lock

audit: environment  ## known vulnerabilities of what a server runs, offline (ARGS=--online asks OSV)
	@$(VENV) scripts/supply/audit.py $(ARGS)

sbom: environment  ## write what a server runs as a bill of materials (.run/sbom.json)
	@$(VENV) scripts/supply/sbom.py $(ARGS)

clean:  ## remove everything that is made (environment, models, logs and the local database)
	rm -rf .venv .venv-stock .venv-tune .venv-tools benchmarks/.cache .tools widget/node_modules .run .rasa models .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
