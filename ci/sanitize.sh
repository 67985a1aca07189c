#!/usr/bin/env bash
# Runs the projection tests and the retry example under AddressSanitizer. Not part of .ci/run.
set -euo pipefail
cd "$(dirname "$0")/.."
host=$(rustc -vV | sed -n 's/^host: //p')
case $host in
x86_64-unknown-linux-gnu | aarch64-unknown-linux-gnu) ;;
*)
    echo "skipped: AddressSanitizer is not tried on $host"
    exit 0
    ;;
esac
# The flag is unstable; this is a test, so it is let through on stable. Macros run on the host, without it.
export RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Zsanitizer=address CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}/sanitize
echo "== projection tests"
cargo test --target "$host" -p pinsight --test projection --test unpin_and_drop --test lints
echo "== retry"
cargo run --target "$host" --example retry
