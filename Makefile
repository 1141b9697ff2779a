# Gregaria. `make help` lists the targets; `make check` is what CI runs.
SHELL       := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

GOLANGCI := v2.15.0
GOFUMPT  := v0.12.0
BOMBARDIER := v1.2.6
TOOLS    := .cache/bin
# go-nvml's bindings name functions that NVIDIA has deprecated; the compiler says so at length.
export CGO_CFLAGS ?= -O2 -g -Wno-deprecated-declarations

COMMANDS := ./worker ./monitor ./loadtest ./internal/cmd/target
FUZZTIME ?= 20s
# All fuzz targets, as ./folder:FuzzName.
FUZZ = $(shell grep -rnoE --include='*_test.go' '^func Fuzz[A-Za-z0-9]+' internal loadtest monitor worker | sed -E 's|/[^/]+:[0-9]+:func |:|; s|^|./|' | sort)

# Interpreters begin again in every test: their garbage is many times what lives.
GOTEST := GOGC=400 go test -shuffle=on -timeout 20m
# The packages in which -short or the race detector leave something out.
WHOLE = $(sort $(dir $(shell grep -rlE --include='*.go' 'testing\.Short\(\)|go:build !race' ./internal ./loadtest ./monitor ./worker)))

.PHONY: help setup build test unit race rest lint fmt fuzz bench microbench e2e check demo clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z0-9-]+:.*## /{printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install what building and running need: libczmq, .venv with Locust
	@scripts/setup.sh

build: ## build bin/worker, bin/monitor, bin/loadtest and bin/target
	@mkdir -p bin
	go build -o bin/ $(COMMANDS)

test: setup race rest e2e ## set up what tests need and run them all, each once

unit: ## the tests without Locust, all of them, without the race detector
	$(GOTEST) ./...

race: ## the tests under the race detector, fewer of those that repeat themselves
	$(GOTEST) -race -short ./...

rest: ## what race leaves out: the packages whose tests look at -short, or at the race detector
	$(GOTEST) $(WHOLE)

e2e: setup ## the end-to-end tests: stock Locust, FastAPI, Chromium
	go test -tags e2e -count=1 -parallel 4 -timeout 40m ./internal/e2e/...

lint: $(TOOLS)/golangci-lint-$(GOLANGCI) $(TOOLS)/gofumpt-$(GOFUMPT) ## gofumpt, golangci-lint
	@test -z "$$($(TOOLS)/gofumpt-$(GOFUMPT) -l . | tee /dev/stderr)" || { echo "not gofumpt-clean: run make fmt" >&2; exit 1; }
	$(TOOLS)/golangci-lint-$(GOLANGCI) run ./...

fmt: $(TOOLS)/gofumpt-$(GOFUMPT) ## format the Go code
	$(TOOLS)/gofumpt-$(GOFUMPT) -w .

fuzz: ## each fuzz target for FUZZTIME (20s)
	@for t in $(FUZZ); do echo "$$t"; go test -run '^$$' -fuzz "^$${t#*:}$$" -fuzztime $(FUZZTIME) "$${t%%:*}" || exit; done

bench: setup $(TOOLS)/bombardier ## the worker beside its peers, as Markdown for docs/benchmarks.md; needs wrk
	@command -v wrk >/dev/null || { echo "wrk is missing: sudo apt-get install -y wrk" >&2; exit 3; }
	go build -o bin/ ./internal/cmd/...
	bin/bench

microbench: ## Go benchmarks of the hot paths
	go test -run '^$$' -bench . -benchmem ./worker/... ./internal/target

check: lint test ## everything CI runs

demo: ## the demo: 30 s against a bundled story API
	scripts/run_load_test.sh --demo

clean: ## remove what was built, not .venv or results
	rm -rf bin .cache

$(TOOLS)/golangci-lint-$(GOLANGCI):
	GOBIN=$(CURDIR)/$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI)
	mv $(TOOLS)/golangci-lint $@

$(TOOLS)/bombardier:
	GOBIN=$(CURDIR)/$(TOOLS) go install github.com/codesenberg/bombardier@$(BOMBARDIER)

$(TOOLS)/gofumpt-$(GOFUMPT):
	GOBIN=$(CURDIR)/$(TOOLS) go install mvdan.cc/gofumpt@$(GOFUMPT)
	mv $(TOOLS)/gofumpt $@
