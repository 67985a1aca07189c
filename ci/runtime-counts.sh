#!/usr/bin/env bash
# Checks what pinsight-rt promises exactly: instructions and system calls of an operation, and heap memory of a task.
# Each count is a slope between two sizes, so that other work on the machine does not change it.
# Needs valgrind and strace. Usage: ci/runtime-counts.sh
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -ne 0 ]; then
    echo "error: unexpected argument \`$1\`: this script takes none" >&2
    exit 2
fi
for tool in valgrind strace; do
    if ! command -v "$tool" >/dev/null; then
        echo "error: \`$tool\` is not installed" >&2
        exit 2
    fi
done

manifest=benches/runtime/Cargo.toml
cargo build --release --quiet --locked --manifest-path "$manifest" --bins
measure() { cargo run --release --quiet --locked --manifest-path "$manifest" -- "$@"; }

missed=0
# $1: what is counted, $2: the count, $3: the most it may be
hold() {
    if awk -v count="$2" -v bar="$3" 'BEGIN { exit !(count + 0 == count && count <= bar) }'; then
        printf 'ok: %s: %s, at most %s\n' "$1" "$2" "$3"
    else
        printf 'MISSED: %s: %s, at most %s allowed\n' "$1" "$2" "$3"
        missed=$((missed + 1))
    fi
}
# $1: instructions or syscalls, $2: the work, $3: the bar
bar() {
    local count
    if ! count=$(measure "$1" "$2" pinsight); then
        printf 'MISSED: %s of %s: nothing could be counted\n' "$1" "$2"
        missed=$((missed + 1))
        return
    fi
    hold "$1 of $2" "$count" "$3"
}

bar instructions task-yields 180
bar instructions ping-pong 600
bar instructions spawn-join-one 700

# Nothing but noise of starting and ending the process may be left; one call in ten thousand operations would show.
bar syscalls run-yields 0.004
bar syscalls spawn-join-one 0.004
bar syscalls timer-churn 0.004
bar syscalls tcp-1 6.05
bar syscalls tcp-64 4.10

heap=$(measure memory | awk -F'|' '$2 ~ /^ *pinsight *$/ { print $6, $7 }')
read -r bytes blocks <<<"$heap" || true
hold 'heap bytes of a waiting task, above its future' "${bytes:-none}" 128
hold 'heap blocks of a waiting task' "${blocks:-none}" 1.00

if [ "$missed" -ne 0 ]; then
    echo "error: $missed of the bars above were missed" >&2
    exit 1
fi
