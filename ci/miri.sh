#!/usr/bin/env bash
# Runs the projections, and what pinsight-rt does with tasks, under Miri, which finds undefined behaviour that no sanitizer
# sees. Sockets are left out, of which Miri knows little. Takes two minutes. Skipped without a nightly toolchain that has Miri. Not part
# of .ci/run.
# Usage: ci/miri.sh
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -ne 0 ]; then
    echo "error: unexpected argument \`$1\`: this script takes none" >&2
    exit 2
fi
if ! cargo +nightly miri --version 2>/dev/null; then
    echo "skipped: there is no nightly toolchain with the component miri"
    exit 0
fi
export MIRIFLAGS="${MIRIFLAGS:-} -Zmiri-disable-isolation"
cargo +nightly miri test -p pinsight --test projection --test unpin_and_drop --test lints
# The random test takes minutes here.
cargo +nightly miri test -p pinsight-rt --test combine --test executor --test leaks --test queue -- \
    --skip none_is_lost_or_counted_twice
