# Targets for people and CI. `make demo` and `make test` need Go and nothing else.
export CGO_ENABLED = 0
GO ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
BIN = bin/cleanbase

.PHONY: all build demo demo-golden test browser lint ports race fuzz bench cover phones-full refusals learn faults mutants vuln hostile clean

all: lint test build

build:
	$(GO) build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o $(BIN) ./cmd/cleanbase

demo: build
	@scripts/demo.sh $(BIN)

# The demo's files made anew by their script, and what they come to; look at the diff.
demo-golden:
	$(GO) run ./scripts/demo
	$(GO) test ./internal/cli -run TestDemoGoldens -update

test:
	$(GO) test ./...

lint:
	@test -z "$$(gofmt -l cmd internal scripts)" || { echo "not gofmt-ed:"; gofmt -l cmd internal scripts; exit 1; }
	$(GO) vet ./...
	$(GO) vet -tags browser ./scripts/browser
	$(GO) tool staticcheck ./...
	$(GO) tool staticcheck -tags browser ./scripts/browser

# Systems that the tests do not run on: all builds there. Vet looks at Windows,
# whose files no other has. Nothing is run, so the compiler need not optimise.
ports:
	@for port in windows/amd64 darwin/arm64 linux/arm64; do \
	  GOOS=$${port%/*} GOARCH=$${port#*/} $(GO) build -gcflags='all=-N -l' ./... || { echo "not for $$port"; exit 1; }; \
	done
	GOOS=windows GOARCH=amd64 $(GO) vet -gcflags='all=-N -l' ./...

# A real browser looks at the pages, and fails where there is none; with SHOTS=DIR
# it leaves pictures of what it saw. Needs Chromium: scripts/packages.sh.
browser:
	SHOTS=$(abspath $(SHOTS)) $(GO) test -count=1 -tags browser ./scripts/browser

# The race detector needs cgo and a C compiler; the program itself does not.
race:
	CGO_ENABLED=1 $(GO) test -race -timeout 40m ./...

fuzz:
	@scripts/fuzz.sh $(or $(FUZZTIME),60s)

# The program beside what a user would pick instead, held against its goals.
# ROWS=10000000 for a large base; DUCKDB names a folder in which
# `npm install @duckdb/node-api` was run.
bench: build
	$(GO) run ./scripts/bench -bin $(BIN) -rows $(or $(ROWS),1000000) $(if $(DUCKDB),-duckdb $(DUCKDB))

# Statements that the whole suite runs, by package; fails where one that the
# promises rest on has fewer than 95 %.
cover:
	$(GO) test -coverprofile=cover.out -coverpkg=./internal/... ./...
	@scripts/cover.sh cover.out

# Everything that can go wrong around a run, on the real program; best as root
# with strace, and it says what it could not try. A sample is part of `test`.
faults:
	$(GO) run ./scripts/faults -cycles $(or $(CYCLES),60)

# The program broken on purpose, a promise at a time: each must turn a test red.
mutants:
	$(GO) run ./scripts/mutants

# Known vulnerabilities, by the database at VULNDB (a folder or address) or the
# public one; where neither is at hand it says so.
vuln:
	@scripts/vuln.sh $(VULNDB)

hostile:
	$(GO) run ./scripts/hostile

phones-full:
	$(GO) test -tags full -run TestFull -timeout 60m -v ./internal/phone

refusals:
	$(GO) test -run 'TestMeasure|TestChat' -v ./internal/refusal

# The weights of the second reader anew, after a change of the rules or of the
# labelled messages.
learn:
	$(GO) run ./scripts/learn

clean:
	rm -rf bin demo-out cover.out
