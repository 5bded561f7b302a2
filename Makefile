# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Rugzak contributors

GO ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

.PHONY: editor editor-check help run build test needs lint vuln sbom reproducible slow fuzz bench corpus compare compare-test screenshots icons axe lighthouse gallery

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: ## start the demonstration
	$(GO) run ./cmd/rugzak demo

build: ## build the static binary ./rugzak
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o rugzak ./cmd/rugzak

# The race detector brings a check of pointers along, which ends the program where
# bbolt follows a number of a damaged file: the tests of damage are about that.
test: needs ## install what the tests need and run all of them with the race detector
	$(GO) test -race -gcflags='go.etcd.io/bbolt/...=-d=checkptr=0' -timeout 60m ./...

needs: # what the tests need beyond Go: a C compiler for the race detector, and Chromium
	@bash .ci/needs

lint: ## formatting, vet and staticcheck
	@test -z "$$(gofmt -l cmd pkg content templates static)" || { gofmt -l cmd pkg content templates static; exit 1; }
	$(GO) vet ./...
	$(GO) tool -modfile=.ci/tools/go.mod staticcheck ./...

vuln: ## compare what the program uses with the public list of weaknesses (needs the network)
	$(GO) tool -modfile=.ci/tools/go.mod govulncheck ./...

sbom: build ## write the bill of materials of ./rugzak to rugzak.cdx.json
	@bash .ci/sbom ./rugzak > rugzak.cdx.json && echo "rugzak.cdx.json: $$(grep -c purl rugzak.cdx.json) components"

reproducible: ## build twice and compare the programs byte for byte
	@bash .ci/reproducible

slow: ## hold 300 slow connections, and demand the figures of costly texts
	RUGZAK_SLOW=300 RUGZAK_COSTLY=1 $(GO) test -count 1 -v -run 'TestSlowConnectionsAreCut|TestCostlyTextsAreBounded' ./pkg/web

FUZZTIME ?= 30s
fuzz: ## run every fuzz target for FUZZTIME (default 30s)
	@bash .ci/fuzz $(FUZZTIME)

bench: ## run the benchmarks
	$(GO) test -run '^$$' -bench . -benchmem ./...

CORPUS ?= ../shared/corpus
corpus: ## measure import, size, word forms and search on a corpus: make corpus CORPUS=DIR
	RUGZAK_CORPUS=$(abspath $(CORPUS)) $(GO) test -count 1 -timeout 60m -v -run 'Corpus|WordFamilies|VisualRoundTrip' ./...

compare: ## compare search with bleve, PostgreSQL and SQLite: make compare CORPUS=DIR SIZES=10000,100000
	@bash .ci/needs compare
	$(GO) -C .ci/compare run -mod=mod . $(if $(CORPUS),-docs $(abspath $(CORPUS))/docs.jsonl -queries $(abspath $(CORPUS))/queries.jsonl) $(if $(SIZES),-size $(SIZES)) $(COMPARE)

compare-test: ## test the comparison itself, on a few made-up texts
	@bash .ci/needs compare
	@test -z "$$(gofmt -l .ci/compare)" || { gofmt -l .ci/compare; exit 1; }
	$(GO) -C .ci/compare vet -mod=mod .
	$(GO) -C .ci/compare test -mod=mod -count 1 -timeout 15m .

editor: ## build the visual editor (static/js/editor.js) from static/editor: needs Node
	npm ci --ignore-scripts --no-audit --no-fund --prefix static/editor
	npm run --silent --prefix static/editor build

editor-check: ## build the visual editor and compare it with what is committed, byte for byte
	npm ci --ignore-scripts --no-audit --no-fund --prefix static/editor
	npm run --silent --prefix static/editor check

screenshots: ## make the pictures in docs/ from the demonstration
	RUGZAK_SCREENSHOTS=$(CURDIR)/docs/screenshots $(GO) test -count 1 -run 'TestScreenshots' -v ./cmd/rugzak

icons: ## make the icons for phones anew from static/img/favicon.svg
	RUGZAK_ICONS=1 $(GO) test -count 1 -run 'TestBrowserIcons' ./cmd/rugzak

SHARE ?= all
axe: ## let axe-core look at every page in every role, language, style, colour mode and on every screen (hours; or a share: make axe SHARE=2/40)
	RUGZAK_AXE=$(SHARE) $(GO) test -count 1 -timeout 24h -v -run 'TestBrowserAxe' ./cmd/rugzak

lighthouse: build ## let Lighthouse judge six pages on a phone (needs Node and the network the first time)
	npm ci --prefix .ci/lighthouse --ignore-scripts --no-audit --no-fund
	CHROME_PATH=$${CHROME_PATH:-$$(command -v chromium || command -v google-chrome)} node .ci/lighthouse/run.mjs ./rugzak

gallery: ## make docs/gallery.md and its pictures from the demonstration
	RUGZAK_GALLERY=$(CURDIR)/docs $(GO) test -count 1 -run 'TestGallery' -v ./cmd/rugzak
