#!/usr/bin/env bash
# Runs the loom models of what threads share in pinsight-rt; `runtime/src/models/` says what each of them tries. Takes two minutes. Not
# part of .ci/run.
# Usage: ci/runtime-loom.sh [NAME]...
# With names, such as `mailbox`, only the models below `models::NAME`.
set -euo pipefail
cd "$(dirname "$0")/.."

# All of the build sees the flag, so it has a directory of its own. Release, because there are some hundred thousand orders to try.
export RUSTFLAGS="${RUSTFLAGS:-} --cfg loom" CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}/runtime-loom
models=("${@/#/models::}")
if [ $# -eq 0 ]; then models=(models::); fi
run=(cargo test --release --quiet -p pinsight-rt --lib -- "${models[@]}")
list=$("${run[@]}" --list)
if ! grep -q ': test$' <<<"$list"; then
    echo "error: no model is called \`$*\`" >&2
    exit 2
fi
"${run[@]}"
