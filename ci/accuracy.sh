#!/usr/bin/env bash
# Measures the predictions of lowering/ against the machines that the compiler makes of packages from crates.io, and prints
# Markdown tables.
#
#   ci/accuracy.sh                            all packages
#   ci/accuracy.sh --package redis            only this one
#   ci/accuracy.sh --misses [KIND]            each miss in a line
#
# The packages are built once, into $ACCURACY_CORPUS or target/accuracy; after a change of lowering/ it takes seconds. Their
# versions are those of ci/accuracy/Cargo.lock. Needs the network for crates.io.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

root=$PWD
corpus=${ACCURACY_CORPUS:-${CARGO_TARGET_DIR:-$root/target}/accuracy}
measured=(
    async_compression async_nats axum bb8 deadpool fred hickory_proto hickory_resolver hyper_util lapin lettre quinn redis
    reqwest rumqttc sqlx_core sqlx_mysql sqlx_postgres sqlx_sqlite tiberius tokio tokio_postgres tokio_tungstenite tokio_util
    tonic tower zbus
)
mkdir -p "$corpus/records"
(
    cd ci/accuracy
    # The driver has instances of what is generic.
    export MEASURED="${measured[*]} accuracy_corpus" RECORDS=$corpus/records
    export RUSTC_WRAPPER=$root/ci/accuracy/rustc.sh RUSTFLAGS='' CARGO_TARGET_DIR=$corpus/target
    cargo build --quiet --locked
)
cargo build --quiet --release -p pinsight-benches --bin accuracy
"${CARGO_TARGET_DIR:-$root/target}/release/accuracy" --corpus "$corpus" "$@"
