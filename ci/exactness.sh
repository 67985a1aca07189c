#!/usr/bin/env bash
# Compares the machines that pinsight reads with what the compiler's own `-Zprint-type-sizes` says, for the programs in
# ci/corpus and the examples of this repository, in debug and in release builds, and prints a Markdown table.
#
#   ci/exactness.sh                       all programs
#   ci/exactness.sh axum-server examples  only these
#
# The flag is unstable; RUSTC_BOOTSTRAP is set for this comparison only. Needs the network for crates.io.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

root=$PWD
scratch=${CARGO_TARGET_DIR:-$root/target}/exactness
mkdir -p "$scratch"
cargo build --quiet --release -p pinsight-layout --example exactness
tool=${CARGO_TARGET_DIR:-$root/target}/release/examples/exactness

programs=("$@")
((${#programs[@]})) || programs=(examples axum-server reqwest-client rusqlite-service smol-program)

export RUSTC_BOOTSTRAP=1
export RUSTFLAGS='-Zprint-type-sizes'
export CARGO_PROFILE_DEV_DEBUG=2 CARGO_PROFILE_RELEASE_DEBUG=2
export CARGO_INCREMENTAL=0

# A release build that is not optimised: by it `cargo pinsight --release` answers. Sets $binary.
build_quick() {
    local name=$1 folder=$scratch/$1-quick
    rm -rf "$folder"
    local settings=(RUSTFLAGS= CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_TARGET_DIR="$folder")
    if [[ $name == examples ]]; then
        env "${settings[@]}" cargo build --quiet --release --example memory_disaster
        binary=$(find "$folder" -path '*/examples/memory_disaster' -type f)
    else
        (cd "ci/corpus/$name" && env "${settings[@]}" cargo build --quiet --release)
        binary=$(find "$folder" -maxdepth 2 -name "$name" -type f)
    fi
}

# build NAME PROFILE: leaves the binary's path in $binary, and the flag's output in $sizes. A crate that is fresh prints
# nothing, so each build begins with an empty folder.
build() {
    local name=$1 profile=$2 folder=$scratch/$1-$2
    sizes=$scratch/$name-$profile.sizes
    rm -rf "$folder"
    # One compiler at a time: two that print to the same pipe mix their lines.
    local flags=(-j1)
    [[ $profile == dev ]] || flags+=(--release)
    if [[ $name == examples ]]; then
        CARGO_TARGET_DIR=$folder cargo build "${flags[@]}" --example memory_disaster --example retry >"$sizes" 2>"$sizes.log"
        binary=$(find "$folder" -path '*/examples/memory_disaster' -type f)
    else
        (cd "ci/corpus/$name" && CARGO_TARGET_DIR=$folder cargo build "${flags[@]}" >"$sizes" 2>"$sizes.log")
        binary=$(find "$folder" -maxdepth 2 -name "$name" -type f)
    fi
}

status=0
rows=()
for program in "${programs[@]}"; do
    for profile in dev release quick; do
        echo "exactness: $program, $profile" >&2
        # The quick build is compared with what the flag says of the real release build, the last before it.
        if [[ $profile == quick ]]; then build_quick "$program"; else build "$program" "$profile"; fi
        report=$scratch/$program-$profile.txt
        RUSTFLAGS='' "$tool" "$binary" "$sizes" >"$report" || status=1
        [[ $profile == quick ]] && label='release, not optimised' || label=$profile
        rows+=("| $program, $label | $(tail -n 1 "$report" | sed 's/; only the/ | only the/; s/; \([0-9]* of [0-9]* slots\)/ | \1/') |")
        if [[ $program != examples ]]; then rm -rf "${scratch:?}/$program-$profile/"*/deps "${scratch:?}/$program-$profile/"*/build; fi
    done
done

echo '| program | types that both know | known to one of them | slots |'
echo '| --- | --- | --- | --- |'
printf '%s\n' "${rows[@]}"
((status == 0)) || echo "exactness: the differences are in $scratch/*.txt" >&2
exit $status
