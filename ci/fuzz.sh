#!/usr/bin/env bash
# Fuzzes the macros, `#[explain]` and the reader of debug info, each for 60 seconds or for as many as the first argument says. Not part of
# .ci/run.
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
echo "== fuzz the macros for $seconds seconds"
cargo +nightly fuzz run expand -- -max_total_time="$seconds" -max_len=4096 -timeout=10

corpus=fuzz/corpus/explain
mkdir -p "$corpus"
for file in examples/*.rs tests/*.rs ui-tests/messages/explain_*.rs lowering/tests/cases/*.rs; do
    cp "$file" "$corpus/$(basename "$(dirname "$file")")-$(basename "$file")"
done
echo "== fuzz #[explain] for $seconds seconds"
cargo +nightly fuzz run explain -- -max_total_time="$seconds" -max_len=4096 -timeout=10

corpus=fuzz/corpus/layout
mkdir -p "$corpus"
# Small objects of each kind: the shape of debug info can hardly be found by chance.
source=$corpus/small.rs
printf '#![no_std]\npub async fn leaf(x: u8) -> u8 { let y = [x; 3]; core::future::ready(()).await; y[0] }\n' >"$source"
printf 'pub async fn outer(x: u8) -> u8 { let x = [x]; let r = &x; leaf(r[0]).await }\n' >>"$source"
for flags in '' '-Cdwarf-version=5' '-Csplit-debuginfo=unpacked'; do
    # shellcheck disable=SC2086 # each flag is a word of its own, and there may be none
    rustc --edition 2024 --crate-type lib --emit=obj -Cdebuginfo=2 -Clink-dead-code -Ccodegen-units=1 -Cpanic=abort $flags \
        -o "$corpus/small${flags//[^a-z0-9]/}.o" "$source"
done
rm "$source"
echo "== fuzz the reader for $seconds seconds"
cargo +nightly fuzz run layout -- -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=1024
