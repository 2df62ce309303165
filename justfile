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

# The ten thousand failovers, killed three times on the way: just failovers --kernel ./linux
[group('use')]
failovers *ARGS:
    bash .ci/failovers {{ ARGS }}

# Tell what this machine can run
[group('use')]
doctor:
    cargo lab doctor

# All tests, every scenario on every engine that is here
[group('develop')]
test *ARGS:
    cargo test {{ ARGS }}

# Format everything
[group('develop')]
format:
    cargo fmt --all

# Format and lints, warnings denied
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

# Write the schemas and the language's reference anew from the types, draw the README's picture, and list what the published crates offer
[group('develop')]
generate:
    UPDATE_GENERATED=1 cargo test --package scenario --test fresh
    UPDATE_GENERATED=1 cargo test --package hosts --test fresh
    UPDATE_GENERATED=1 cargo test --package tests --test cli readme-picture
    UPDATE_GENERATED=1 cargo test --package api

# Times of the warm failover, of the engines in turns, of a network of 20 nodes and 60 links, of a capture of a million packets, and of the report of the course
[group('develop')]
bench:
    cargo bench --package tests

# All cases of conformance against usrsctp and dcsctp, in the uml engine (needs cc and libusrsctp-dev)
[group('develop')]
stacks *ARGS:
    mkdir -p ~/.cache/sctp-lab/stacks
    cc -O2 -Wall -Wextra -o ~/.cache/sctp-lab/stacks/usrsctp-stack examples/usrsctp/usrsctp-stack.c -lusrsctp
    cargo build --release --manifest-path examples/dcsctp/Cargo.toml --target-dir target/dcsctp
    cp target/dcsctp/release/dcsctp-stack ~/.cache/sctp-lab/stacks
    cargo lab conformance --engine uml --stack kernel --stack usrsctp="$HOME/.cache/sctp-lab/stacks/usrsctp-stack" --stack dcsctp="$HOME/.cache/sctp-lab/stacks/dcsctp-stack" {{ ARGS }}

# All cases of conformance, and a sabotage of each, in the vm engine
[group('develop')]
conformance *ARGS:
    cargo test --package tests --test conformance -- --include-ignored {{ ARGS }}

# Long tests that runs are the same: the whole course ten times under load and with eight seeds,
# sabotages too; the failover to the byte, with the saved machine made anew and twenty seeds;
# a thousand random scenarios, in which the judge may not be wrong once; and a thousand random
# moments of `kill -9`, after which nothing is lost or half written
[group('develop')]
soak:
    cargo test --package tests --test scenarios -- --ignored soak --test-threads 1
    cargo test --package tests --test determinism -- --ignored soak
    cargo test --package tests --test uml -- --ignored soak
    cargo test --package tests --test timers -- --ignored soak
    cargo test --package tests --test cli -- --ignored soak

# The same flows and verdicts of the whole course with another kernel, whose modules are beside it,
# and a thousand random scenarios on it
[group('develop')]
soak-kernel IMAGE:
    SCTP_LAB_OTHER_KERNEL={{ quote(IMAGE) }} cargo test --package tests --test scenarios other-kernel
    SCTP_LAB_OTHER_KERNEL={{ quote(IMAGE) }} cargo test --package tests --test determinism other-kernel
    SCTP_LAB_OTHER_KERNEL={{ quote(IMAGE) }} cargo test --package tests --test timers other-kernel

# Take in what strangers might write, each target for so many seconds
[group('develop')]
fuzz-all SECONDS='60':
    bash .ci/fuzz {{ SECONDS }}

# Search by coverage for what breaks a target of fuzz/README.md (needs nightly and cargo-fuzz)
[group('develop')]
fuzz TARGET SECONDS='60':
    cargo +nightly fuzz run {{ TARGET }} -- -max_total_time={{ SECONDS }}

# Licences and advisories of all dependencies (needs cargo-deny)
[group('develop')]
deny:
    cargo deny check

# The recipes of examples/cluster: a sweep in eight parts on a Slurm cluster of this machine,
# and the files for Kubernetes and GitHub against their schemas
[group('develop')]
clusters *ARGS:
    bash .ci/slurm {{ ARGS }}
    bash .ci/schemas

# What CI does
[group('develop')]
ci:
    bash .ci/run
