# What a newcomer and a build server type. Each goal installs what it needs and says so.

CARGO ?= cargo
# What `make audit` looks at; advisories need the network.
CHECKS ?= advisories bans licenses sources
ARGS ?=

.PHONY: help demo test test-all lint tree audit bench screenshots

help:
	@echo 'make demo          a sample portal behind the gateway, at http://localhost:8080/'
	@echo 'make test          every test, against a real browser and a real mail server'
	@echo 'make test-all      the same, and every page in every language on a small phone'
	@echo 'make lint          formatting and clippy, warnings denied'
	@echo 'make tree          one TLS stack in the dependency tree'
	@echo 'make audit         advisories, licences and sources of the dependencies'
	@echo 'make bench         kills the gateway 300 times, and measures it beside nginx'
	@echo 'make screenshots   pictures of every page and letter, in target/screenshots'
	@echo
	@echo 'Arguments for the program itself go into ARGS: make demo ARGS="--listen 127.0.0.1:9000"'

demo:
	@tests/tools/install build
	@echo 'Building. The first time takes two or three minutes.'
	@exec $(CARGO) run -- demo $(ARGS)

test:
	@tests/tools/install test
	@tests/tools/axe
	$(CARGO) test $(ARGS)

# A thousand pages: some minutes on two cores.
test-all: test
	$(CARGO) test --test it every_page_in_every_language -- --ignored --nocapture

lint:
	@tests/tools/install build
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets -- -D warnings

tree:
	@tests/tools/one-tls-stack

audit:
	@$(CARGO) deny --version >/dev/null 2>&1 || { \
		echo 'Installing cargo-deny from crates.io; that takes some minutes.'; \
		$(CARGO) install --locked cargo-deny; }
	$(CARGO) deny check $(CHECKS)

# A release build with full link-time optimisation: ten minutes on two cores the first time.
bench:
	@tests/tools/install bench
	@echo 'Killing it 300 times, which takes some minutes.'
	$(CARGO) test --test it three_hundred -- --ignored --nocapture
	@echo 'Building with all optimisations. The first time takes about ten minutes.'
	$(CARGO) bench --bench gateway -- $(ARGS)

screenshots:
	@tests/tools/install test
	$(CARGO) test --lib every_page_can_be_looked_at
	$(CARGO) test --test it screenshots -- --ignored --nocapture $(ARGS)
	@echo 'The pictures are in target/screenshots.'
