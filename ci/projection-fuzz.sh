#!/usr/bin/env bash
# Random types, and random texts with something wrong in them, through every door of the projections: against rustc, against
# pin-project 1.2.0 and against pin-project-lite 0.2.18, each compiled.
#
# - What rustc takes without any projection, `#[derive(PinProject)]` and `#[pin_project]` have to take.
# - What a peer takes, the door that replaces it has to take. Some of the types come in through fragments of `macro_rules!`.
# - What pin-project-lite rejects, `lite::pin_project!` has to reject, unless it is a declaration that Rust takes.
#
# What differs on purpose stands in ci/projection-exceptions.txt. Fails on any other difference.
#
#   ci/projection-fuzz.sh [--seed N]     10,000 types a door, 10,000 wrong texts
#   ci/projection-fuzz.sh --quick        a small part of it, within a minute: the same each time
#   ci/projection-fuzz.sh --self-test    engines with one guard taken out: each has to be found
#   ci/projection-fuzz.sh --explain      says as well why rustc and the peers reject what they do
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=${CARGO_TARGET_DIR:-$root/target}/projection-fuzz
fuzz=("$root/ci/projection_fuzz/run.py" --exceptions "$root/ci/projection-exceptions.txt")
export PYTHONDONTWRITEBYTECODE=1

# with_fault FAULT OPTION…: a copy of pinsight without that guard has to be found out.
with_fault() {
    local fault=$1 engine=$scratch/self-test/pinsight
    shift
    rm -rf "$engine"
    mkdir -p "$engine"
    (cd "$root" && cp -r Cargo.toml macros machine lowering layout cli runtime ui-tests benches docs src README.md "$engine")
    python3 "$root/ci/projection_fuzz/planted.py" "$fault" "$engine"
    if python3 "${fuzz[@]}" --engine "$engine" --scratch "$scratch/self-test" "$@" --shown 1 >"$scratch/$fault.log"; then
        echo "self-test FAILED: nobody noticed the planted fault \`$fault\`, see $scratch/$fault.log"
        exit 1
    fi
    echo "self-test: \`$fault\` was found: $(tail -n 1 "$scratch/$fault.log")"
}

mkdir -p "$scratch"
case ${1:-} in
    --quick)
        python3 "${fuzz[@]}" --engine "$root" --scratch "$scratch" --types 150 --texts 300
        ;;
    --self-test)
        with_fault arrow --types 150 --texts 0
        with_fault discriminant --types 150 --texts 0
        with_fault leftover --types 0 --texts 600
        ;;
    *)
        python3 "${fuzz[@]}" --engine "$root" --scratch "$scratch" --types 10000 --texts 10000 "$@"
        ;;
esac
