#!/usr/bin/env bash
# Puts pinsight-rt under mixed load for a while, on loopback only: connections that come, go, are reset and half-closed; timers, tasks
# that are aborted and panic, wake-ups and spawns from other threads, jobs on the pool. At the end everything must have been answered,
# and no task, descriptor or memory may be left. Linux. Not part of .ci/run.
# Usage: ci/runtime-soak.sh [SECONDS [SEED]]
set -euo pipefail
cd "$(dirname "$0")/.."

for number in "$@"; do
    if ! [[ $number =~ ^[0-9]+$ ]]; then
        echo "error: unexpected argument \`$number\`: expected SECONDS and SEED, as numbers" >&2
        exit 2
    fi
done
seconds=${1:-60}
# At least as long as a timer takes, and short enough that the ports last.
if ((seconds < 2 || seconds > 3600)); then
    echo "error: $seconds seconds: expected 2 to 3600" >&2
    exit 2
fi
export SOAK_SECONDS=$seconds SOAK_SEED=${2:-$RANDOM}
echo "== again: ci/runtime-soak.sh $SOAK_SECONDS $SOAK_SEED"
cargo test --release --quiet -p pinsight-rt --test soak -- --ignored --nocapture
