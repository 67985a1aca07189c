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
# $1: instructions or syscalls, $2: the work, $3: the bar, $4: the entry, if it is not the executor
bar() {
    local count
    if ! count=$(measure "$1" "$2" "${4:-pinsight}"); then
        printf 'MISSED: %s of %s: nothing could be counted\n' "$1" "$2"
        missed=$((missed + 1))
        return
    fi
    hold "$1 of $2" "$count" "$3"
}

# What was counted when the bar was set, and up to 2 % more.
bar instructions block-on-ready 7.1 pinsight-block-on
bar instructions block-on-yields 21.5 pinsight-block-on
bar instructions run-ready 12
bar instructions run-yields 69
bar instructions spawn-join-all 540
bar instructions spawn-join-one 602
bar instructions task-yields 99
bar instructions own-yields 104
bar instructions thousand-yield 99
bar instructions ping-pong 372
bar instructions ping-pong-channel 2130
bar instructions timer-churn 397
bar instructions timers-cancelled 797
bar instructions timers-fired 1368
bar instructions tcp-1 2160
bar instructions tcp-64 1530

# Nothing but noise of starting and ending the process may be left; one call in ten thousand operations would show.
for work in run-ready run-yields spawn-join-all spawn-join-one task-yields own-yields thousand-yield ping-pong ping-pong-channel \
    timer-churn timers-cancelled; do
    bar syscalls "$work" 0.004
done
bar syscalls block-on-yields 0.004 pinsight-block-on
bar syscalls timers-fired 0.02
bar syscalls tcp-1 6.05
bar syscalls tcp-64 4.10

heap=$(measure memory | awk -F'|' '$2 ~ /^ *pinsight *$/ { print $6, $7 }')
read -r bytes blocks <<<"$heap" || true
hold 'heap bytes of a waiting task, above its future' "${bytes:-none}" 64
hold 'heap blocks of a waiting task' "${blocks:-none}" 1.00

if [ "$missed" -ne 0 ]; then
    echo "error: $missed of the bars above were missed" >&2
    exit 1
fi
