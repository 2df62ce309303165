# The chores of the lab. `just` lists a recipe by the last line of the comment above it.

[private]
default:
    @{{ just_executable() }} --list --unsorted

# Run a scenario: just scenario multihoming-failover
[group('use')]
scenario NAME *ARGS:
    cargo lab run {{ quote(NAME) }} {{ ARGS }}

# Run the whole course
[group('use')]
course *ARGS:
    cargo lab run all {{ ARGS }}

# Run a scenario on the FreeBSD box of the Vagrantfile: just freebsd ancillary-data
[group('use')]
freebsd NAME *ARGS: freebsd-build
    vagrant up freebsd
    cargo lab run {{ quote(NAME) }} --box freebsd --out runs/freebsd {{ ARGS }}

# Run a scenario on the Debian box of the Vagrantfile
[group('use')]
debian NAME *ARGS:
    vagrant up debian
    cargo lab run {{ quote(NAME) }} --box debian --out runs/debian {{ ARGS }}

# Sweep ten thousand failovers, killing the lab three times: just failovers --kernel ./linux
[group('use')]
failovers *ARGS:
    bash .ci/failovers {{ ARGS }}

# Tell what this machine can run
[group('use')]
doctor:
    cargo lab doctor

# Run all tests: every scenario on every engine that is here
[group('develop')]
test *ARGS:
    cargo test {{ ARGS }}

# Format everything
[group('develop')]
format:
    cargo fmt --all

# Check format and lints, warnings denied
[group('develop')]
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- --deny warnings

# Look at changed snapshots, one by one (needs cargo-insta)
[group('develop')]
review:
    cargo insta review --workspace

# Compile and link the lab for FreeBSD, and compare its definitions with FreeBSD's headers
[group('develop')]
freebsd-build:
    bash .ci/freebsd

# Write anew what is generated: the schemas and the language's reference from the types, the pages
# about the course, the README's picture, and the lists of what the published crates offer
#
# Write schemas, reference, course, picture and lists of public items anew
[group('develop')]
generate:
    UPDATE_GENERATED=1 cargo test --package scenario --test fresh
    UPDATE_GENERATED=1 cargo test --package hosts --test fresh
    UPDATE_GENERATED=1 cargo test --package course
    UPDATE_GENERATED=1 cargo test --package tests --test cli readme-picture
    UPDATE_GENERATED=1 cargo test --package api

# Benchmarks of a failover in a warm machine, of the engines in turns, of a network of 20 nodes and
# 60 links, of a capture of a million packets, and of the report of the course
#
# Run the benchmarks
[group('develop')]
bench:
    cargo bench --package tests

# Needs cc and libusrsctp-dev
#
# Run all cases of conformance against the kernel, usrsctp and dcsctp, in the uml engine
[group('develop')]
stacks *ARGS:
    mkdir -p ~/.cache/sctp-lab/stacks
    cc -O2 -Wall -Wextra -o ~/.cache/sctp-lab/stacks/usrsctp-stack examples/usrsctp/usrsctp-stack.c -lusrsctp
    cargo build --release --manifest-path examples/dcsctp/Cargo.toml --target-dir target/dcsctp
    cp target/dcsctp/release/dcsctp-stack ~/.cache/sctp-lab/stacks
    cargo lab conformance --engine uml --stack kernel --stack usrsctp="$HOME/.cache/sctp-lab/stacks/usrsctp-stack" --stack dcsctp="$HOME/.cache/sctp-lab/stacks/dcsctp-stack" {{ ARGS }}

# Run all cases of conformance, and a sabotage of each, in the vm engine
[group('develop')]
conformance *ARGS:
    cargo test --package tests --test conformance -- --include-ignored {{ ARGS }}

# The whole course ten times under load and with eight seeds, sabotages too; the failover to the
# byte, with the saved machine made anew and twenty seeds; a thousand runs in the uml engine; a
# thousand random scenarios, in which the judge may not be wrong once; and a thousand random moments
# of `kill -9`, after which nothing is lost or half written
#
# Run the long tests: of equal runs, of the judge, and of `kill -9`
[group('develop')]
soak:
    cargo test --package tests --test scenarios -- --ignored soak --test-threads 1
    cargo test --package tests --test determinism -- --ignored soak
    cargo test --package tests --test uml -- --ignored soak
    cargo test --package tests --test timers -- --ignored soak
    cargo test --package tests --test cli -- --ignored soak

# The whole course must have the same flows and verdicts. The kernel's modules are beside it
#
# Run the course and a thousand random scenarios with another kernel: just soak-kernel ./vmlinuz
[group('develop')]
soak-kernel IMAGE:
    SCTP_LAB_OTHER_KERNEL={{ quote(IMAGE) }} cargo test --package tests --test scenarios other-kernel
    SCTP_LAB_OTHER_KERNEL={{ quote(IMAGE) }} cargo test --package tests --test determinism other-kernel
    SCTP_LAB_OTHER_KERNEL={{ quote(IMAGE) }} cargo test --package tests --test timers other-kernel

# Fuzz every target by random mutations, each for so many seconds: just fuzz-all 600
[group('develop')]
fuzz-all SECONDS='60':
    bash .ci/fuzz {{ SECONDS }}

# Fuzz a target of fuzz/README.md by coverage (needs nightly and cargo-fuzz)
[group('develop')]
fuzz TARGET SECONDS='60':
    cargo +nightly fuzz run {{ TARGET }} -- -max_total_time={{ SECONDS }}

# Check licences and advisories of all dependencies (needs cargo-deny)
[group('develop')]
deny:
    cargo deny check

# A sweep in eight parts on a Slurm cluster of this machine, and the files for Kubernetes and GitHub
# against their schemas
#
# Try the recipes of examples/cluster
[group('develop')]
clusters *ARGS:
    bash .ci/slurm {{ ARGS }}
    bash .ci/schemas

# Check what CI checks
[group('develop')]
ci:
    bash .ci/run
