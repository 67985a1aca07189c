#!/usr/bin/env bash
# Looks ahead: runs the projection tests on the nightly toolchain that is installed, and compiles the probes in ci/nightly-watch, each
# of which uses pinsight together with something that the language may get. Skipped where there is no nightly toolchain.
#
#   ci/nightly-watch.sh            the tests and the probes
#   ci/nightly-watch.sh NAME…      only the probes whose name begins so, with what the compiler says of them
#
# The first lines of a probe are `//@ says: what it is about`, `//@ today: compiles` or what its errors say, and `//@ flags:` where it
# needs some. A probe that comes out otherwise is a change of the language, or of pinsight: it is told, and this ends
# with 1. Then docs/language.md is to be read again, and the new result to be written beside the probe.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! version=$(rustc +nightly --version 2>/dev/null); then
    echo 'skipped: there is no nightly toolchain'
    exit 0
fi
echo "$version; the results beside the probes are those of $(cat ci/nightly-watch/TOOLCHAIN)"

build=${CARGO_TARGET_DIR:-target}/nightly-watch
failures=()

if (($# == 0)); then
    echo '== projection tests'
    log=$build/tests.log
    mkdir -p "$build"
    # Warnings are not asked for: what nightly warns of changes by the day, and the lint tests ask for it themselves.
    if cargo +nightly test --target-dir "$build" -p pinsight --no-fail-fast --test projection --test unpin_and_drop \
        --test lints --test editions &>"$log"; then
        sed -n 's/^test result: ok. \([0-9]*\) passed.*/\1/p' "$log" | awk '{ sum += $1 } END { print "  " sum " tests pass" }'
    else
        grep -E -A 8 '^(error|test .* FAILED|---- )' "$log" || true
        failures+=("the projection tests: see $log")
    fi

    # The tests alone: what they depend on is not ours to judge.
    echo '== projection tests, compiled with the next trait solver'
    log=$build/next-solver.log
    for test in projection unpin_and_drop lints; do
        if cargo +nightly rustc --quiet --target-dir "$build" -p pinsight --test "$test" -- -Znext-solver=globally &>"$log"; then
            echo "  $test compiles"
        else
            grep -E -A 8 '^error' "$log" || true
            failures+=("$test with the next trait solver: see $log")
        fi
    done
fi

echo '== probes'
cargo +nightly build --quiet --target-dir "$build" -p pinsight
# What cargo has built, whichever features and hashes its name holds.
library=$build/debug/libpinsight.rlib

# result FILE WANTED: WANTED, if that is what comes out, or else what does.
result() {
    local flags log
    log=$build/probes/$(basename "$1").log
    flags=$(sed -n 's/^\/\/@ flags: //p' "$1")
    # shellcheck disable=SC2086 # the flags are several
    if rustc +nightly --edition 2024 --emit metadata --out-dir "$build/probes" --extern "pinsight=$library" \
        -L "dependency=$build/debug/deps" $flags "$1" &>"$log"; then
        echo compiles
    elif [[ $2 != compiles ]] && grep -E '^error' "$log" | grep -qF "$2"; then
        echo "$2"
    else
        grep -m 1 -E '^error' "$log"
    fi
}

mkdir -p "$build/probes"
count=0
for file in ci/nightly-watch/*.rs; do
    name=$(basename "$file" .rs)
    if (($#)); then
        chosen=false
        for start in "$@"; do if [[ $name == "$start"* ]]; then chosen=true; fi; done
        $chosen || continue
    fi
    count=$((count + 1))
    says=$(sed -n 's/^\/\/@ says: //p' "$file") today=$(sed -n 's/^\/\/@ today: //p' "$file")
    found=$(result "$file" "$today")
    if [[ $found == "$today" ]]; then
        echo "  $name: $says"
        if [[ $found == compiles ]]; then echo '      compiles'; else echo "      refused: $found"; fi
    else
        echo "  $name: $says"
        echo "      CHANGED: $found"
        echo "      before:  $today"
        failures+=("$name: $found")
    fi
    if (($#)); then
        cat "$build/probes/$(basename "$file").log"
    fi
done
if ((count == 0)); then
    echo "error: no probe is called $*" >&2
    exit 2
fi

if ((${#failures[@]})); then
    printf '== %d changed\n' "${#failures[@]}"
    printf '  %s\n' "${failures[@]}"
    exit 1
fi
echo "== nothing changed: $count probes"
