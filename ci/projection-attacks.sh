#!/usr/bin/env bash
# Attacks the projections with programs that are generated from what the engine expands to: see ci/attacks/. Each tries to break a
# promise of SOUNDNESS.md without `unsafe`, so none may compile, or else it is run under AddressSanitizer. Prints what was tried,
# and fails if one got through that `ci/attacks/tolerated.txt` does not name, or if no program of a family proves anything.
#
#   ci/projection-attacks.sh              all of it: 117,750 programs, which take half an hour of processor time
#   ci/projection-attacks.sh --quick      one program of each template: a minute and a half of it; part of .ci/run
#   ci/projection-attacks.sh --self-test  takes out each guard that ci/attacks/guards.txt names, and expects a survivor
#   ci/projection-attacks.sh --help       the other options
set -euo pipefail
cd "$(dirname "$0")/.."
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
export CARGO_TARGET_DIR=$target
cargo build --quiet --manifest-path ci/attacks/Cargo.toml --target-dir "$target/attacks/build"
exec "$target/attacks/build/debug/pinsight-attacks" "$@"
