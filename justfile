# Every recipe sets up what it needs by itself.

[private]
default:
    @just --list --unsorted

# Run a scenario: just scenario multihoming-failover
[group('use')]
scenario NAME *ARGS:
    cargo lab run {{ NAME }} {{ ARGS }}

# Tell what this machine can run
[group('use')]
doctor:
    cargo lab doctor

# All tests, every scenario on every engine that is here
[group('develop')]
test *ARGS:
    cargo test --workspace {{ ARGS }}

# Format and lints, warnings denied
[group('develop')]
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- --deny warnings

# Times of the warm failover, and of a network of 20 nodes and 60 links
[group('develop')]
bench:
    cargo bench --package tests

# Licences and advisories of all dependencies (needs cargo-deny)
[group('develop')]
deny:
    cargo deny check

# What CI does
[group('develop')]
ci:
    bash .ci/run
