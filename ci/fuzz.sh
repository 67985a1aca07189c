#!/usr/bin/env bash
# Fuzzes the macros for 60 seconds, or for as many as the first argument says. Not part of .ci/run.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
if ! cargo +nightly --version >/dev/null 2>&1; then
    echo "skipped: the fuzzer needs a nightly toolchain, and there is none"
    exit 0
fi
if ! cargo +nightly fuzz --version >/dev/null 2>&1; then
    echo "== install cargo-fuzz"
    cargo install --locked cargo-fuzz
fi
corpus=fuzz/corpus/expand
mkdir -p "$corpus"
# What the tests and the examples hold is what to start from.
for file in examples/*.rs tests/*.rs ui-tests/messages/*.rs; do
    cp "$file" "$corpus/$(basename "$(dirname "$file")")-$(basename "$file")"
done
echo "== fuzz for $seconds seconds"
cargo +nightly fuzz run expand -- -max_total_time="$seconds" -max_len=4096 -timeout=10
