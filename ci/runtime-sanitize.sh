#!/usr/bin/env bash
# Runs all tests of pinsight-rt, with all features, under ThreadSanitizer and under AddressSanitizer. Not part of .ci/run.
# Usage: ci/runtime-sanitize.sh [thread | address] [ARGUMENTS OF cargo test]
#
# std is built with the sanitizer too: otherwise ThreadSanitizer does not see what a contended lock, `park` or the drop of an `Arc`
# puts in order, and reports races where there are none. That takes the source of std, the component rust-src. It is not added to the
# toolchain in use, because the messages of rustc, which ui-tests/ compares, change with it: unless it is there already, the same
# version is installed once more, by rustup, below the target directory. Where that cannot be had, AddressSanitizer runs with the std
# that is there, which it does not look into, and ThreadSanitizer is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

sanitizers=(thread address)
case ${1:-} in
thread | address)
    sanitizers=("$1")
    shift
    ;;
esac
host=$(rustc -vV | sed -n 's/^host: //p')
case $host in
x86_64-unknown-linux-gnu | aarch64-unknown-linux-gnu) ;;
*)
    echo "skipped: the sanitizers are not tried on $host"
    exit 0
    ;;
esac
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")/runtime-sanitize

build_std=(-Zbuild-std)
if [ ! -e "$(rustc --print sysroot)/lib/rustlib/src/rust/library/Cargo.lock" ]; then
    if ! command -v rustup >/dev/null; then
        echo "error: the source of std is not installed, and there is no rustup to get it" >&2
        echo "help: install the component rust-src" >&2
        exit 2
    fi
    version=$(rustc -V | cut -d ' ' -f 2)
    export RUSTUP_HOME=$target/rustup RUSTUP_TOOLCHAIN=$version
    if [ ! -e "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library/Cargo.lock" ]; then
        echo "== Rust $version with rust-src, into $RUSTUP_HOME"
        if ! rustup toolchain install "$version" --profile minimal --component rust-src --no-self-update; then
            unset RUSTUP_HOME RUSTUP_TOOLCHAIN
            build_std=()
        fi
    fi
fi

if [ ${#build_std[@]} -eq 0 ]; then
    echo "skipped: ThreadSanitizer: the source of std cannot be had"
    sanitizers=("${sanitizers[@]/thread/}")
fi

# $1: a test, $2: why it cannot run under a sanitizer
skips=()
skip() {
    echo "skipped: $1: $2"
    skips+=(--skip "$1")
}
skip an_idle_executor_uses_no_processor 'the sanitizer uses the processor'
skip a_waker_that_is_cloned_and_forgotten_for_ever 'what it leaks is what it is about'
skip a_thousand_sockets_in_one_task_are_idle_and_answer 'the sanitizer uses the processor'

# The flags are unstable; this is a test, so they are let through on stable.
export RUSTC_BOOTSTRAP=1
for sanitizer in "${sanitizers[@]}"; do
    if [ -z "$sanitizer" ]; then continue; fi
    echo "== ${sanitizer^}Sanitizer"
    # The first report ends a test, so that none is lost in the output of tests that pass.
    TSAN_OPTIONS=halt_on_error=1 ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1 \
        RUSTFLAGS=-Zsanitizer=$sanitizer CARGO_TARGET_DIR=$target \
        cargo test "${build_std[@]}" --target "$host" -p pinsight-rt --all-features --lib --tests "$@" -- "${skips[@]}"
done
