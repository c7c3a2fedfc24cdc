# Every target sets up what it needs; doing it again costs well under a second.
# ARGS goes to the program: make grade ARGS="-j 4", make test ARGS="-k chat".
.DEFAULT_GOAL := help
.PHONY: help setup browser grade test validate bench trials peers doctor clean
.NOTPARALLEL:

ARGS ?=

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## */  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: ## environment, packages, Docker engine, images: whatever is missing
	@scripts/setup

grade: setup ## grade submissions/, and say where the report is
	@.venv/bin/grade $(ARGS)

browser: setup ## the image of a real browser, for the checks that want one
	@.venv/bin/python -m grader.run.prepare browser

test: browser ## the whole gate: format, lint, types, imports, tests
	@scripts/test $(ARGS)

validate: browser ## prove the specs sound; the page of the proof is docs/VALIDATION.md
	@.venv/bin/grade validate --threshold 100 --page docs/VALIDATION.md $(ARGS)

bench: setup ## how long grading takes, against starting empty containers
	@.venv/bin/python -m benchmarks $(ARGS)

trials: setup ## is a program ever called stuck too early? the long version
	@.venv/bin/python -m tests.agent.trials $(ARGS)

peers: setup ## the same checks by this grader and by check50, timed side by side
	@.venv/bin/python -m benchmarks.peers $(ARGS)

doctor: ## what is missing on this machine, and the remedy
	@GRADER_NO_DOCKER=1 scripts/setup
	@.venv/bin/grade doctor $(ARGS)

clean: ## remove the environment, caches and reports; images and engine stay
	rm -rf .venv reports .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
