# Every target does its own set-up; "make help" lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: run test build check generate histories bench help \
	setup-build setup-test lint web-test go-test browser end-to-end

GOLANGCI_VERSION := v2.15.0
WORKFLOWCHECK_VERSION := v0.6.0
TOOLS := $(CURDIR)/.tools
GOLANGCI := $(TOOLS)/golangci-lint-$(GOLANGCI_VERSION)/golangci-lint
WORKFLOWCHECK := $(TOOLS)/workflowcheck-$(WORKFLOWCHECK_VERSION)/workflowcheck

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
BINARY := $(CURDIR)/bin/datagov
export DATAGOV_BINARY := $(BINARY)

# One set of flags for building, testing and linting: they then share one build
# cache, and the engine's 1,700 packages are compiled once.
export GOFLAGS := $(strip $(GOFLAGS) -trimpath)

# Files that a generator owns; check compares them before and after.
GENERATED = git ls-files --cached --others --exclude-standard -- \
	'*.gen.go' '*.gen.ts' api/openapi.json docs/articles.md docs/configuration.md \
	| sort | while read -r file; do [ ! -f "$$file" ] || sha256sum "$$file"; done

run: build ## build and start with demo data on http://127.0.0.1:8080
	bin/datagov serve --data ./data --listen 127.0.0.1:8080 --demo

test: setup-test check lint web-test go-test browser end-to-end ## everything a change has to pass

build: setup-build web/dist/index.html ## compile bin/datagov with the page inside
	go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/datagov ./cmd/datagov

generate: setup-build web/node_modules/.stamp ## write the contract, the client and the generated documents
	go generate ./...
	cd web && npm run --silent generate

check: setup-build ## fail when a generated file is out of date
	@before=$$($(GENERATED)); \
	$(MAKE) --no-print-directory generate; \
	after=$$($(GENERATED)); \
	diff <(echo "$$before") <(echo "$$after") \
		|| { echo 'check: these files were out of date and have been written anew; commit them' >&2; exit 1; }

histories: build ## record the workflow histories that the replay test reads
	DATAGOV_HISTORIES=$(CURDIR)/workflows/testdata/histories go test -count=1 -run Histories ./tests/...
	go test -count=1 -run TestReplay ./workflows -update

bench: setup-build ## run the Go benchmarks; docs/speed.md says what they mean and how to make them smaller
	go test -p 1 -timeout 120m -run '^$$' -bench . -benchmem ./...

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup-build:
	@scripts/setup.sh build

setup-test:
	@scripts/setup.sh test

lint: $(GOLANGCI) $(WORKFLOWCHECK) web/node_modules/.stamp ## lint Go and TypeScript
	$(GOLANGCI) run ./...
	$(WORKFLOWCHECK) -test=false ./workflows/... # tests may write JSON
	cd web && npm run --silent lint

web-test: web/node_modules/.stamp ## run the page's unit tests
	cd web && npm test --silent

go-test: setup-test web/dist/index.html ## vet and test every Go package but the built binary
	go vet ./...
	go test -shuffle=on -count=1 $$(go list ./... | grep -v '^datagov/tests')

browser: build ## walk through a share request and the desk's verbs in Chromium
	node web/browser/share-request.mjs
	node web/browser/desk.mjs

end-to-end: build ## test the built binary on both databases
	go test -shuffle=on -count=1 -timeout 60m ./tests/...

web/node_modules/.stamp: web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	touch $@

web/dist/index.html: web/node_modules/.stamp web/index.html $(wildcard web/*.ts web/*.json) $(shell find web/src web/public -type f 2>/dev/null)
	cd web && npm run --silent build
	touch $@

$(GOLANGCI):
	GOBIN=$(dir $@) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)

$(WORKFLOWCHECK):
	GOBIN=$(dir $@) go install go.temporal.io/sdk/contrib/tools/workflowcheck@$(WORKFLOWCHECK_VERSION)
