# What a person or CI runs. Everything that is missing on a fresh Debian machine is brought first.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.PHONY: run demo test lint bench tools test-tools release

DATA ?= ./data
ADDR ?= 127.0.0.1:3000

# One set of features for all that is built here, in tests/run-all and in tests/lint: with another one, four hundred crates would be
# built once more.
BUILD := --workspace --features app/ssr
TARGET := $(or $(CARGO_TARGET_DIR),target)

# The compiler is brought by rustup; the browser target has to be added once per machine.
tools:
	@command -v cargo >/dev/null || { echo "Install Rust first: https://rustup.rs"; exit 1; }
	@rustup target list --installed | grep -qx wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown
	@command -v cc >/dev/null || tests/install gcc libc6-dev

test-tools: tools
	@tests/install-test-tools

# A forum with demo data at http://127.0.0.1:3000. The data stays in ./data between runs.
run: tools
	@cargo build $(BUILD) --bin answerable
	@ANSWERABLE_DATA=$(DATA) ANSWERABLE_ADDR=$(ADDR) tests/run-demo $(TARGET)/debug/answerable

# Fills the database with the demo forum, without serving.
demo: tools
	@cargo build $(BUILD) --bin answerable
	@$(TARGET)/debug/answerable --data $(DATA) demo

# Every test: forum on both databases, HTTP, browser.
test: test-tools
	@tests/run-all

lint: tools
	@tests/lint

release: tools
	@cargo build --release --package server

bench: test-tools release
	@tests/with-postgres --on-disk tests/bench/run
