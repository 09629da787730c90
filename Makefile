# The front door. Everything else is behind it: make run, make test.
PYTHON ?= python3
VENV := .venv/bin/python
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3
export RASA_TELEMETRY_ENABLED := false

.PHONY: help run test check train evaluate bench lock clean environment

help:  ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/:/' | column -t -s ':'

environment:
	@$(PYTHON) scripts/environment.py

run: environment  ## start Stridewell and print its address
	@$(VENV) scripts/run.py

train: environment  ## train the model, if what it learns from has changed
	@$(VENV) scripts/train.py

test: environment  ## run every test
	@$(VENV) scripts/train.py
	$(VENV) -m pytest $(ARGS)

check: environment  ## style, types and content
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	$(VENV) -m mypy
	$(VENV) -m bot.content check

evaluate: environment  ## measure understanding and triage
	@$(VENV) scripts/train.py
	$(VENV) -m evaluation

bench: environment  ## measure speed and cost against the stock Rasa pipeline
	@$(VENV) scripts/train.py
	$(VENV) -m benchmarks

lock: environment  ## pin every version again
	@$(PYTHON) scripts/environment.py lock

clean:  ## remove everything that is made: environment, models, logs and the local database
	rm -rf .venv .tools .run models .pytest_cache .mypy_cache .ruff_cache .hypothesis
