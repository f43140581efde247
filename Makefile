# Two commands matter: `make run` and `make test`. Both work on a fresh Debian 12 with a Swift 6.3 toolchain
# at /opt/swift or in PATH, and do again only what has changed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test bench bench-growth bench-jobs bench-permit fuzz lint format clean build release

export PATH := $(PATH):/opt/swift/usr/bin
export PYTHONDONTWRITEBYTECODE := 1

# SwiftPM enforces the rooms' walls only when asked, and sees a new plugin's folder only without its cached manifest.
WALLS := --explicit-target-dependency-import-check error --manifest-cache none
# All tests at once make a small machine so busy that what is proven by waiting cannot be.
FEW_AT_ONCE := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8
SWIFT_FOLDERS := Package.swift Sources Plugins Tests
PYTHON := /usr/bin/python3
OUTSIDE := .venv/outside
BENCHMARKS := .venv/benchmarks

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

run: ## install what is missing, build, seed three demo clinics, serve on http://localhost:8080
	@Deploy/install run
	swift build -c release --product nadi $(WALLS)
	exec .build/release/nadi serve --demo

test: ## everything: style, all Swift tests, then the outside tests against the release build
	@Deploy/install test
	@$(MAKE) --no-print-directory lint build
	$(FEW_AT_ONCE) .ci/told swift test --skip-build
	@$(MAKE) --no-print-directory release $(OUTSIDE)/ready
	$(OUTSIDE)/bin/python -m Tests.Outside

bench: ## Nadi beside FastAPI, Express, pgbench and nginx (BENCH_SECONDS, BENCH_ONLY shorten it)
	@Deploy/install bench
	@Deploy/unpack .build/debian node-pg node-split2
	@$(MAKE) --no-print-directory release $(BENCHMARKS)/ready
	$(BENCHMARKS)/bin/python -m Tests.Benchmarks

bench-growth: ## the same work at 200, 2,000 and 10,000 clinics
	@Deploy/install bench
	@Deploy/unpack .build/debian node-pg node-split2
	@$(MAKE) --no-print-directory release $(BENCHMARKS)/ready
	$(BENCHMARKS)/bin/python -m Tests.Benchmarks.growth

bench-jobs: ## what taking a job costs at any depth, and how many a worker carries out
	@Deploy/install bench
	@$(MAKE) --no-print-directory release
	python3 -m Tests.Benchmarks.jobs

bench-permit: ## what it costs to know who calls, and that they may
	@Deploy/install bench
	@$(MAKE) --no-print-directory release
	python3 -m Tests.Benchmarks.permit

fuzz: ## each parser for a minute (FUZZ_SECONDS)
	@Deploy/install run
	Tests/Fuzz/run $${FUZZ_SECONDS:-60}

lint: ## style, without changing a file
	swift format lint --strict --parallel -r $(SWIFT_FOLDERS)

format: ## style, changing files
	swift format -i --parallel -r $(SWIFT_FOLDERS)

build: ## everything that the tests need
	swift build --build-tests $(WALLS)

release: ## the program as it is shipped
	swift build -c release --product nadi $(WALLS)

clean: ## what was built; data stays
	rm -rf .build .venv

$(OUTSIDE)/ready: Tests/Outside/requirements.txt
$(BENCHMARKS)/ready: Tests/Benchmarks/requirements.txt
.venv/%/ready:
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/pip install --quiet --disable-pip-version-check -r $<
	touch $@
