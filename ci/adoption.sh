#!/usr/bin/env bash
# Shows that crates which use the peers run on pinsight without an edit: each crate below is built from its package on
# crates.io with `[patch.crates-io]` pointing at compat/, and its own tests, documentation included, give exactly the results that
# they give with the real peers. Other major versions of a peer in the same tree stay what they are.
#
#   ci/adoption.sh                 all crates
#   ci/adoption.sh tower tonic     only these
#   ci/adoption.sh --readme        runs nothing: puts what was found of all crates, in however many runs, into compat/README.md
#
# Prints a Markdown table at the end. Everything happens in a scratch folder under the target directory; needs the network
# for crates.io only.
set -euo pipefail

# `name=version`, then the features, if not all: what is left out needs nightly, another platform, or a C library to be built.
readonly CRATES=(
    'tokio-stream=0.1.19' 'http-body-util=0.1.5' 'futures-concurrency=7.7.1' 'tower=0.5.3' 'tonic=0.14.9'
    'hyper=1.12.0 --features full,capi' 'axum=0.8.9 --all-features --features axum-macros/__private' 'warp=0.4.3' 'tarpc=0.38.0'
    'reqwest=0.13.5 --no-default-features --features blocking,brotli,charset,cookies,deflate,form,gzip,hickory-dns,json,multipart,query,rustls-no-provider,socks,stream,zstd'
    'quinn=0.11.12 --no-default-features --features bloom,log,runtime-smol,runtime-tokio,rustls-ring'
    'actix-web=4.18.1 --no-default-features --features compat,compress-brotli,compress-gzip,compress-zstd,cookies,http2,macros,secure-cookies,unicode,ws'
    'tokio-compat-02=0.2.0' 'futures-lite=2.6.1' 'event-listener=5.4.2 --features portable-atomic' 'async-lock=3.5.0 --features std'
)
readonly PEERS=(pin-project pin-project-lite)

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
scratch=$target/adoption
export CARGO_TARGET_DIR=$scratch/build
# Debug info would be most of what is written.
export CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_TEST_DEBUG=0 CARGO_INCREMENTAL=0

step='start'
trap 'if [[ $? != 0 && $step != summary ]]; then echo "adoption: FAILED in step: $step" >&2; fi' EXIT
failures=()

begin() {
    step=$1
    echo "== $step"
}

# One crate's failure must not hide those of the others.
note_failure() {
    echo "  FAILED: $1"
    failures+=("$1")
}

# shims_of PEER: a line `VERSION FOLDER` for each package in compat/ that stands in for it, the newest last.
shims_of() {
    local manifest
    for manifest in "$root"/compat/*/Cargo.toml; do
        if grep -q "^name = \"$1\"\$" "$manifest"; then
            echo "$(sed -n 's/^version = "\(.*\)"/\1/p' "$manifest") $(dirname "$manifest")"
        fi
    done | sort -V
}

# locked PEER: its versions in the lock file here that have the API of the shims. No tree has two of these.
locked() {
    local api='1\.'
    if [[ $1 == pin-project-lite ]]; then api='0\.2\.'; fi
    grep -A 1 "^name = \"$1\"\$" Cargo.lock | sed -n "s/^version = \"\($api.*\)\"/\1/p" || true
}

# engine: tells one state of what is tried from another.
engine() {
    (cd "$root" && find Cargo.toml src macros compat -type f ! -name "*.md" -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
}

# table NAME…: the rows of these crates that there are.
table() {
    echo '| crate | uses pin-project | uses pin-project-lite | builds on pinsight | its own tests on pinsight |'
    echo '| --- | --- | --- | --- | --- |'
    local name
    for name in "$@"; do
        if [[ -f $scratch/$name.row ]]; then tail -n 1 "$scratch/$name.row"; fi
    done
}

# write_readme NAME…: refuses if one of these was last run with another engine, or was not run at all.
write_readme() {
    local name missing=()
    for name in "$@"; do
        if [[ $(head -n 1 "$scratch/$name.row" 2>/dev/null) != "$(engine)" ]]; then missing+=("$name"); fi
    done
    if ((${#missing[@]})); then
        echo "error: not run with pinsight as it is now: ${missing[*]}" >&2
        echo "help: run \`ci/adoption.sh ${missing[*]}\`" >&2
        exit 1
    fi
    table "$@" >"$scratch/table.md"
    python3 - "$root/compat/README.md" "$scratch/table.md" <<'PYTHON'
import pathlib, sys
readme, table = map(pathlib.Path, sys.argv[1:])
before, _, after = readme.read_text().split("<!-- adoption -->\n")
readme.write_text("<!-- adoption -->\n".join([before, f"\n{table.read_text()}\n", after]))
PYTHON
}

# version_in 'CRATE=VERSION FEATURES'
version_in() {
    local rest=${1#*=}
    echo "${rest%% *}"
}

# features_in 'CRATE=VERSION FEATURES': as arguments of cargo.
features_in() {
    if [[ $1 == *' '* ]]; then echo "${1#* }"; else echo --all-features; fi
}

# fetch CRATE=VERSION…: lets cargo download and unpack the packages; each line of $scratch/sources is a name and a folder.
fetch() {
    mkdir -p "$scratch/fetch/src"
    : >"$scratch/fetch/src/lib.rs"
    {
        printf '[package]\nname = "fetch"\nversion = "0.0.0"\nedition = "2021"\n\n[workspace]\n\n[dependencies]\n'
        for crate in "$@"; do printf '%s = "=%s"\n' "${crate%%=*}" "$(version_in "$crate")"; done
    } >"$scratch/fetch/Cargo.toml"
    cargo metadata --format-version 1 --manifest-path "$scratch/fetch/Cargo.toml" | python3 -c '
import json, os, sys
for package in json.load(sys.stdin)["packages"]:
    print(package["name"], os.path.dirname(package["manifest_path"]))' >"$scratch/sources"
}

# make_copies NAME: the crate in $scratch/NAME-control and, with the patches, in $scratch/NAME-patched. Both have the same
# versions of everything, the newest that there are: not all of the packages build with the lock file that they contain.
make_copies() {
    local name=$1 control=$scratch/$1-control patched=$scratch/$1-patched peer version shims folder
    rm -rf "$control" "$patched"
    cp -R "$(sed -n "s/^$name //p" "$scratch/sources")" "$control"
    chmod -R u+w "$control"
    cd "$control"
    printf '\n[workspace]\n\n[patch.crates-io]\n' >>Cargo.toml
    rm -f Cargo.lock
    cargo generate-lockfile --quiet
    # What its tests depend on may depend on it again: that has to be this copy, not another one from crates.io.
    if (($(grep -c "^name = \"$name\"\$" Cargo.lock) > 1)); then
        printf '%s = { path = "." }\n' "$name" >>Cargo.toml
        cargo generate-lockfile --quiet
    fi
    : >"$scratch/patches"
    for peer in "${PEERS[@]}"; do
        version=$(locked "$peer")
        [[ -n $version ]] || continue
        shims=$(shims_of "$peer")
        if ! grep -q "^$version " <<<"$shims"; then
            cargo update --quiet --package "$peer@$version" --precise "$(tail -n 1 <<<"$shims" | cut -d ' ' -f 1)"
            version=$(locked "$peer")
        fi
        folder=$(sed -n "s/^$version //p" <<<"$shims")
        printf '%s = { path = "%s" }\n' "$peer" "$folder" >>"$scratch/patches"
    done
    cp -R "$control" "$patched"
    cd "$patched"
    cat "$scratch/patches" >>Cargo.toml
}

# peers_in NAME [ARGUMENT…]: the peers in the tree of the patched copy that come from a shim, as `name vX (folder)`.
peers_in() {
    local name=$1
    shift
    # shellcheck disable=SC2086 # the features are several arguments
    cargo tree --quiet --manifest-path "$scratch/$name-patched/Cargo.toml" $features --prefix none "$@" |
        sed 's/ (\*)$//' | grep -E "^pin-project(-lite)? v.* \\($root/compat/" | sort -u || true
}

# check_patch NAME: cargo only warns of a patch that it does not use, so look at where the peers come from. What is found is
# in $scratch/NAME.peers.
check_patch() {
    # shellcheck disable=SC2086
    if ! "$root/ci/shim-used.sh" --manifest-path "$scratch/$1-patched/Cargo.toml" $features 2>&1 | tee "$scratch/$1.peers" |
        sed 's/^/  /'; then
        note_failure "$1: a peer does not come from the shim"
        return 1
    fi
}

# usage NAME PEER: how the crate itself, without its tests, uses the peer.
usage() {
    if peers_in "$1" --edges normal --depth 1 | grep -q "^$2 v"; then
        echo directly
    elif peers_in "$1" --edges normal | grep -q "^$2 v"; then
        echo transitively
    else
        echo no
    fi
}

# run_tests NAME WAY: writes one line for each test, `target: test … result`, to $scratch/NAME-WAY.results. The lines of
# examples in documentation are left out: macros differ in whether the place of a comment is that of `///` or of its text.
run_tests() {
    local log=$scratch/$1-$2.log
    begin "$1, $2: its own tests"
    cd "$scratch/$1-$2"
    # What failed is in the results; that none were run is found below.
    # shellcheck disable=SC2086
    timeout 1800 cargo test $features --no-fail-fast &>"$log" || true
    sed -n -e 's/^ *Running \(.*\) (.*/@\1/p' -e 's/^ *Doc-tests /@documentation of /p' -e 's/^test \(.* \.\.\. [a-zA-Z].*\)/\1/p' \
        "$log" | awk '/^@/ { target = substr($0, 2); next } { sub(/ \(line [0-9]+\)/, ""); print target ": " $0 }' |
        LC_ALL=C sort >"$scratch/$1-$2.results"
    echo "  $(passed "$1" "$2") pass, of $(wc -l <"$scratch/$1-$2.results") that there are"
    if [[ ! -s $scratch/$1-$2.results ]]; then
        grep -E -A8 '^error' "$log" || true
        note_failure "$1, $2: no test ran, see $log"
    fi
}

# warnings NAME WAY: those of the crate itself, which is the only one whose warnings cargo shows.
warnings() {
    grep '^warning: ' "$scratch/$1-$2.log" | grep -c -v -E '^warning: (patch |`)|build failed' || true
}

# count NAME WAY RESULT [examples]: of its tests, or of those in its documentation.
count() {
    local documentation=(grep -v '^documentation of ')
    if [[ ${4-} == examples ]]; then documentation=(grep '^documentation of '); fi
    "${documentation[@]}" "$scratch/$1-$2.results" | grep -c " $3" || true
}

passed() {
    grep -c ' ok$' "$scratch/$1-$2.results" || true
}

# left_alone NAME: `; its tree has PEER VERSION too`, for those that have another API.
left_alone() {
    sed -n 's/^\(pin-project[^ ]*\) v\([^ ]*\): another API.*/\1 \2/p' "$scratch/$1.peers" | paste -s -d , |
        sed -n -e 's/,/ and /g' -e 's/..*/; its tree has & too, which nothing replaces/p'
}

# in_words NAME: what ran, the same in both ways.
in_words() {
    local words failing ignored
    words="$(count "$1" patched ok$) tests and $(count "$1" patched ok$ examples) examples pass"
    words=${words/#0 tests and/the package has no tests; its}
    failing=$(grep -c ' FAILED$' "$scratch/$1-patched.results" || true)
    ignored=$(grep -c ' ignored' "$scratch/$1-patched.results" || true)
    if ((failing)); then words+=", $failing fail"; fi
    if ((ignored)); then words+=", $ignored are ignored"; fi
    echo "$words, as with the peers$(left_alone "$1")"
}

adopt() {
    local name=$1 version=$2 features=$3 builds=yes outcome control patched
    begin "$name $version: prepare"
    rm -f "$scratch/$name.row"
    make_copies "$name"
    begin "$name, patched: build"
    cd "$scratch/$name-patched"
    # shellcheck disable=SC2086
    if ! cargo build $features &>"$scratch/$name-build.log"; then
        grep -E -A12 '^error' "$scratch/$name-build.log" || true
        note_failure "$name: does not build, see $scratch/$name-build.log"
        builds=no
    fi
    # What would be run is the original, so that the results would say nothing.
    check_patch "$name" || return 0
    run_tests "$name" control
    run_tests "$name" patched

    begin "$name: compare the tests"
    control=$scratch/$name-control.results patched=$scratch/$name-patched.results
    outcome=$(in_words "$name")
    if ! cmp --silent "$control" "$patched"; then
        if [[ -s $patched ]]; then diff "$control" "$patched" | head -n 40 || true; fi
        note_failure "$name: tests differ from those with the real peers"
        outcome="$(passed "$name" patched) pass, $(passed "$name" control) with the peers"
    elif grep ' FAILED$' "$control"; then
        echo "  these fail with the real peers too"
    fi
    if (($(warnings "$name" patched) > $(warnings "$name" control))); then
        grep -A 4 '^warning: ' "$scratch/$name-patched.log" | grep -E '^(warning: [^p`]| *-->)' | head -n 40 || true
        note_failure "$name: $(warnings "$name" patched) warnings, with the peers $(warnings "$name" control)"
    fi
    printf '%s\n' "$(engine)" "| $name $version | $(usage "$name" pin-project) | $(usage "$name" pin-project-lite) | $builds | $outcome |" \
        >"$scratch/$name.row"
}

mkdir -p "$scratch"
names=("${CRATES[@]%%=*}")
if [[ ${1-} == --readme ]]; then
    begin "write the table of compat/README.md"
    write_readme "${names[@]}"
    exit
fi
if (($#)); then
    for name in "$@"; do
        if [[ " ${names[*]} " != *" $name "* ]]; then
            echo "error: \`$name\` is none of ${names[*]}" >&2
            exit 2
        fi
    done
    names=("$@")
fi

begin 'fetch the crates'
fetch "${CRATES[@]}"
for crate in "${CRATES[@]}"; do
    name=${crate%%=*}
    if [[ " ${names[*]} " == *" $name "* ]]; then
        adopt "$name" "$(version_in "$crate")" "$(features_in "$crate")"
    fi
done

step='summary'
table "${names[@]}"
if ((${#failures[@]})); then
    printf '== %d failed\n' "${#failures[@]}"
    printf '  %s\n' "${failures[@]}"
    exit 1
fi
echo '== all of it passed'
