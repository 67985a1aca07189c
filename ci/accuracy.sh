#!/usr/bin/env bash
# Measures the predictions of lowering/ against the machines that the compiler makes of packages from crates.io, and prints
# Markdown tables.
#
#   ci/accuracy.sh                            all packages
#   ci/accuracy.sh --package redis            only this one
#   ci/accuracy.sh --as-written               with the parts of the sources that #[cfg] removes
#   ci/accuracy.sh --misses [KIND]            each miss in a line
#   ci/accuracy.sh --show TEXT                both sides of the bodies whose path or `file:line` has that text
#   ci/accuracy.sh --unseen ...               other packages: those at which nobody looks while the prediction is changed
#
# The packages are built once, into target/accuracy or $ACCURACY_CORPUS; after a change of lowering/ it takes seconds. Their
# versions are those of the lock files in ci/accuracy. Needs the network for crates.io.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

root=$PWD
target=${CARGO_TARGET_DIR:-$root/target}
if [[ ${1-} == --unseen ]]; then
    shift
    folder=ci/accuracy/unseen corpus=${ACCURACY_UNSEEN:-$target/accuracy-unseen}
    measured=(
        actix_http actix_web async_h1 async_imap async_std async_zip bollard ldap3 mini_redis mongodb mysql_async
        object_store poem russh scylla suppaftp tarpc tokio_modbus
    )
else
    folder=ci/accuracy corpus=${ACCURACY_CORPUS:-$target/accuracy}
    measured=(
        async_compression async_nats axum bb8 deadpool fred hickory_proto hickory_resolver hyper_util lapin lettre quinn
        redis reqwest rumqttc sqlx_core sqlx_mysql sqlx_postgres sqlx_sqlite tiberius tokio tokio_postgres
        tokio_tungstenite tokio_util tonic tower zbus
    )
fi

mkdir -p "$corpus/records"
# Cargo does not know that another wrapper, or another list, makes other libraries.
settings=$(printf '%s ' "${measured[@]}" && cat ci/accuracy/rustc.sh)
if [[ $settings != "$(cat "$corpus/settings" 2>/dev/null)" ]]; then
    rm -rf "$corpus/target" "$corpus"/records/*
    printf '%s\n' "$settings" >"$corpus/settings"
fi
(
    # The driver has instances of what is generic.
    export MEASURED="${measured[*]} accuracy_corpus accuracy_unseen" RECORDS=$corpus/records
    export RUSTC_WRAPPER=$root/ci/accuracy/rustc.sh RUSTFLAGS='' CARGO_TARGET_DIR=$corpus/target
    cd "$folder"
    cargo build --quiet --locked
)
cargo build --quiet --release -p pinsight-benches --bin accuracy
"$target/release/accuracy" --corpus "$corpus" "$@"
