#!/usr/bin/env bash
# Takes every struct, enum and union in the sources of the packages that ci/types/packages.txt lists, pins fields at random,
# runs each type through every door of the projections, and compares what comes out with what syn 3 reads of the type: names,
# types and visibilities of fields, variants (so, where a discriminant ends), parameters with bounds and defaults, predicates.
# Every `pin_project! { … }` among the sources goes through our macro of that name. Fails on any difference.
#
#   ci/projection-types.sh [SEED]    the seed decides which fields are pinned; 1 unless given
#   ci/projection-types.sh --self-test  with an engine that takes the `>` of `->` for a closing one: has to find that
#
# Only sources are downloaded, nothing of theirs is built. Needs crates.io, and takes some minutes: not part of .ci/run.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=${CARGO_TARGET_DIR:-$root/target}/projection-types
engine=$root
self_test=false
if [[ ${1:-} == --self-test ]]; then
    self_test=true
    shift
fi
mkdir -p "$scratch/packages/src"

echo "== fetch the packages"
: >"$scratch/packages/src/lib.rs"
{
    printf '[package]\nname = "packages"\nversion = "0.0.0"\nedition = "2024"\n\n[workspace]\n\n[dependencies]\n'
    sed -n 's/^\([^# ]*\) \(.*\)$/\1 = "=\2"/p' "$root/ci/types/packages.txt"
} >"$scratch/packages/Cargo.toml"
platform=$(rustc -vV | sed -n 's/^host: //p')
cargo fetch --quiet --target "$platform" --manifest-path "$scratch/packages/Cargo.toml"
# Not the dependencies' dependencies: their versions change with every day.
cargo metadata --format-version 1 --filter-platform "$platform" --manifest-path "$scratch/packages/Cargo.toml" | python3 -c '
import json, os, sys
metadata = json.load(sys.stdin)
root = next(node for node in metadata["resolve"]["nodes"] if node["id"] == metadata["resolve"]["root"])
used = {dependency["pkg"] for dependency in root["deps"]}
print("\n".join(sorted(os.path.dirname(p["manifest_path"]) for p in metadata["packages"] if p["id"] in used)))' >"$scratch/folders"

if $self_test; then
    # A copy in which one guard is taken out.
    engine=$scratch/self-test
    rm -rf "$engine"
    mkdir -p "$engine/ci"
    cp -r "$root/macros" "$engine/macros"
    cp -r "$root/ci/types" "$engine/ci/types"
    python3 "$root/ci/projection_fuzz/planted.py" arrow "$engine"
fi

echo "== build the comparison"
cargo build --release --quiet --manifest-path "$engine/ci/types/Cargo.toml" --target-dir "$scratch/build"
echo "== compare"
if $self_test; then
    # Some of the packages are enough.
    head -n 60 "$scratch/folders" >"$scratch/some-folders"
    if "$scratch/build/release/pinsight-projection-types" "${1:-1}" <"$scratch/some-folders" >"$scratch/self-test.log"; then
        echo "self-test FAILED: the planted fault was not found"
        exit 1
    fi
    tail -n 1 "$scratch/self-test.log"
    echo "self-test: the planted fault was found"
else
    "$scratch/build/release/pinsight-projection-types" "${1:-1}" <"$scratch/folders"
fi
