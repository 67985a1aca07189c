#!/usr/bin/env bash
# Runs the peers' own tests against pinsight, from the packages on crates.io, and unchanged but for the lines that
# peer-exceptions.txt lists as `without`.
#
# pin-project is replaced in both ways that a user has: `shim` patches the name `pin-project` with the package in compat/,
# `import` depends on pinsight alone and adds `extern crate pinsight as pin_project;` to the crate root. pin-project-lite is
# replaced by its shim, and by importing `pinsight::lite::pin_project`.
#
# Then every compile-fail case must still fail, at its marked lines: see compile_fail_lines.py and peer-exceptions.txt.
#
#   ci/peer-tests.sh                        the peers themselves, as the control, then pinsight
#   ci/peer-tests.sh --pin-project 1.1.13   the tests of that pin-project, instead of those of the newest
#   ci/peer-tests.sh --control              only the peers themselves, which shows that this script is right
#   ci/peer-tests.sh --verbose              print the compiler's output for cases that fail at the wrong lines
#
# Everything happens in a scratch folder under the target directory; needs the network for crates.io only.
set -euo pipefail

readonly LITE=0.2.18
declare -rA TESTS=([pin-project-1.2.0]=37 [pin-project-1.1.13]=37 [pin-project-lite-$LITE]=21)
declare -rA CASES=([pin-project-1.2.0]=50 [pin-project-1.1.13]=49 [pin-project-lite-$LITE]=15)
PIN_PROJECT=1.2.0

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
scratch=$target/peer-tests
export CARGO_TARGET_DIR=$scratch/build

control=false
verbose=()
while (($#)); do
    case $1 in
        --pin-project)
            PIN_PROJECT=${2-}
            shift
            ;;
        --control) control=true ;;
        --verbose) verbose=(--verbose) ;;
        *)
            echo "unknown argument: $1" >&2
            exit 2
            ;;
    esac
    shift
done
readonly PIN_PROJECT
if [[ -z ${TESTS[pin-project-$PIN_PROJECT]-} ]]; then
    echo "unknown version of pin-project: \`$PIN_PROJECT\`" >&2
    exit 2
fi

step='start'
trap 'if [[ $? != 0 && $step != summary ]]; then echo "peer-tests: FAILED in step: $step" >&2; fi' EXIT
failures=()

begin() {
    step=$1
    echo "== $step"
}

# A failing test of one kind must not hide those of the others.
note_failure() {
    echo "  FAILED: $1"
    failures+=("$1")
}

# version_of PEER
version_of() {
    if [[ $1 == pin-project ]]; then echo "$PIN_PROJECT"; else echo "$LITE"; fi
}

# shim_of PEER: the package that says the version which is tested.
shim_of() {
    local folder=$root/compat/$1
    if [[ $1 == pin-project && $PIN_PROJECT == 1.1.* ]]; then folder+=-1.1; fi
    echo "$folder"
}

# package_source NAME: the folder into which cargo unpacked a dependency of the crate in $scratch/fetch.
package_source() {
    cargo metadata --format-version 1 --locked --manifest-path "$scratch/fetch/Cargo.toml" | python3 -c '
import json, os, sys
[manifest] = [p["manifest_path"] for p in json.load(sys.stdin)["packages"] if p["name"] == sys.argv[1]]
print(os.path.dirname(manifest))' "$1"
}

# with_first_item LINE FILE…: puts an item before the first item of each file, on the same line, so that the numbers of
# the lines stay. Only comments and inner attributes may stand before the first item.
with_first_item() {
    local item=$1 file
    shift
    for file in "$@"; do
        awk -v item="$item" '
            done { print; next }
            open || /^#!\[/ { print; open = !/\][ ]*(\/\/.*)?$/; next }
            /^$|^\/\// { print; next }
            { print item " " $0; done = 1 }
        ' "$file" >"$file.new"
        mv "$file.new" "$file"
    done
}

# targets KIND FOLDER: manifest tables that make every Rust file below FOLDER a target of its own. Its name is its path,
# in which dots and slashes are no longer allowed.
targets() {
    local kind=$1 folder=$2 file name
    [[ -d $folder ]] || return 0
    find "$folder" -name '*.rs' ! -name '*.expanded.rs' ! -name '*-expanded.rs' | LC_ALL=C sort | while read -r file; do
        name=${file%.rs}
        printf '\n[[%s]]\nname = "%s"\npath = "%s"\n' "$kind" "${name//[.\/]/-}" "$file"
    done
}

# manifest PEER WAY NAME: the head of a package whose dependency on the peer is replaced by WAY.
manifest() {
    local peer=$1 way=$2 edition=2021
    if [[ $peer == pin-project-lite ]]; then edition=2018; fi
    printf '[package]\nname = "%s"\nversion = "0.0.0"\nedition = "%s"\n' "$3" "$edition"
    printf 'publish = false\nautobins = false\nautoexamples = false\n\n[dependencies]\n'
    if [[ $way == import ]]; then
        printf 'pinsight = { path = "%s" }\n' "$root"
    else
        printf '%s = "=%s"\n' "$peer" "$(version_of "$peer")"
    fi
    printf 'auxiliary-macro = { path = "%s/ci/auxiliary-macro" }\n' "$root"
    printf 'rustversion = "1"\nstatic_assertions = "1"\n'
    if [[ $way == shim ]]; then
        printf '\n[patch.crates-io]\n%s = { path = "%s" }\n' "$peer" "$(shim_of "$peer")"
    fi
    printf '\n[workspace]\n'
}

# leave_out PEER: turns into comments the lines of its tests that pinsight refuses on purpose: those that peer-exceptions.txt
# lists as `without`. The numbers of the lines stay.
leave_out() {
    local path line
    while IFS=: read -r path line; do
        sed -i "${line}s|^|// |" "${path#*/}"
    done < <(sed -n "s/^without \($1\(-$(version_of "$1")\)\?\/[^ ]*\) .*/\1/p" "$root/ci/peer-exceptions.txt")
}

# make_packages PEER WAY: in $scratch/PEER-WAY a package with copies of what the peer says must compile, and in its folder
# `cases` one with what must not.
make_packages() {
    local peer=$1 way=$2 package=$scratch/$1-$2 source files
    source=$(package_source "$peer")
    rm -rf "$package"
    mkdir -p "$package"/{src,cases/src,cases/tests}
    cp -R "$source/tests" "$package"
    if [[ -d $source/examples ]]; then cp -R "$source/examples" "$package"; fi
    chmod -R u+w "$package"
    cd "$package"
    # Harnesses for trybuild and macrotest on nightly: this script does what they do.
    rm tests/compiletest.rs tests/expandtest.rs
    mv tests/ui cases/tests
    # Cases that the peer no longer runs, because on nightly the order of their errors is not fixed. Here no order is asked for.
    if [[ -d tests/ui-disabled ]]; then mv tests/ui-disabled cases/tests; fi

    if [[ $way != control ]]; then leave_out "$peer"; fi
    if [[ $way == import ]]; then
        mapfile -t files < <(find . -name '*.rs' ! -path '*/auxiliary/*')
        if [[ $peer == pin-project ]]; then
            # The one case that names the extern crate itself is migrated where it does.
            sed -i 's/^extern crate pin_project as/extern crate pinsight as/' "${files[@]}"
            mapfile -t files < <(grep -L '^extern crate pinsight' "${files[@]}")
            with_first_item 'extern crate pinsight as pin_project;' "${files[@]}"
        else
            sed -i 's/\bpin_project_lite::pin_project\b/pinsight::lite::pin_project/' "${files[@]}"
        fi
    fi

    : >src/lib.rs
    {
        manifest "$peer" "$way" "$peer-$way"
        targets example tests/run-pass
        targets example tests/expand
        targets example examples
    } >Cargo.toml
    cd cases
    : >src/lib.rs
    {
        manifest "$peer" "$way" "$peer-$way-cases"
        targets bin tests/ui
        targets bin tests/ui-disabled
    } >Cargo.toml
}

# build_support PEER WAY: what the tests depend on; when this fails nothing else means anything.
build_support() {
    begin "$1, $2: build the dependencies"
    make_packages "$1" "$2"
    local package peers
    for package in "$scratch/$1-$2" "$scratch/$1-$2/cases"; do
        cd "$package"
        cargo build --lib --quiet
        # Cargo only warns of a patch that it does not use.
        peers=$(cargo tree --edges normal,build,dev --prefix none --locked | grep -E '^pin-project(-lite)? ' | sort -u || true)
        case $2 in
            control) [[ $peers == "$1 v$(version_of "$1")" ]] ;;
            shim) [[ $peers == "$1 v$(version_of "$1") ($(shim_of "$1"))" ]] ;;
            import) [[ -z $peers ]] ;;
        esac || { echo "  the dependency is not what it should be: ${peers:-nothing}"; exit 1; }
    done
}

# check_warnings PEER WAY LOG: our code must bring no warning that the peer's does not, or `deny(warnings)` would stop a
# build. LOG is the end of the log's name.
check_warnings() {
    local ours theirs
    ours=$(warnings "$scratch/$1-$2$3")
    theirs=$(warnings "$scratch/$1-control$3")
    if ((ours > theirs)); then
        grep -A 8 '^warning: ' "$scratch/$1-$2$3" | grep -E '^(warning: | *-->)' || true
        note_failure "$1, $2: $ours warnings, the peer has $theirs, see $scratch/$1-$2$3"
    fi
}

warnings() {
    grep '^warning: ' "$1" | grep -c -v -E '` \((test|example|lib)|build failed' || true
}

# run_tests PEER WAY EXPECTED: the integration tests, of which there must be EXPECTED. Each file on its own, so that one that
# does not compile leaves the others.
run_tests() {
    local log=$scratch/$1-$2.log file passed
    begin "$1, $2: integration tests"
    cd "$scratch/$1-$2"
    : >"$log"
    for file in tests/*.rs; do
        if ! cargo test --no-fail-fast --test "$(basename "$file" .rs)" &>"$log.file"; then
            echo "  $file fails:"
            grep -E -A8 '^(error|test .* FAILED|---- )' "$log.file" || true
        fi
        cat "$log.file" >>"$log"
    done
    passed=$(sed -n 's/^test result: .* \([0-9]*\) passed.*/\1/p' "$log" | awk '{ sum += $1 } END { print sum + 0 }')
    echo "  $passed of $3 tests pass"
    if [[ $passed != "$3" ]]; then note_failure "$1, $2: $passed of $3 tests pass, see $log"; fi
    check_warnings "$1" "$2" .log
}

# run_programs PEER WAY: the run-pass case is run; the examples and the inputs of the expansion tests must compile.
run_programs() {
    local log=$scratch/$1-$2-programs.log file name
    begin "$1, $2: programs that must compile"
    cd "$scratch/$1-$2"
    echo "  $(grep -c '^\[\[example\]\]' Cargo.toml) programs"
    if ! cargo build --examples --keep-going &>"$log"; then
        grep -E -A8 '^error' "$log" || true
        note_failure "$1, $2: a program does not compile, see $log"
        return
    fi
    check_warnings "$1" "$2" -programs.log
    [[ -d tests/run-pass ]] || return 0
    for file in tests/run-pass/*.rs; do
        name=${file%.rs}
        cargo run --quiet --example "${name//\//-}" &>>"$log" || note_failure "$1, $2: $file does not run, see $log"
    done
}

# compile_cases PEER WAY: writes what cargo says about the cases; that they fail is what is wanted.
compile_cases() {
    begin "$1, $2: compile the compile-fail cases"
    cd "$scratch/$1-$2/cases"
    cargo check --bins --keep-going --message-format=json >"$scratch/$1-$2.json" 2>"$scratch/$1-$2-cases.log" || true
    [[ -s $scratch/$1-$2.json ]]
}

# compare_cases PEER EXPECTED WAY…
compare_cases() {
    local peer=$1 expected=$2 way runs=()
    shift 2
    begin "$peer: compare the lines of the compile-fail cases"
    for way in "$@"; do
        runs+=(--run "$way" "$scratch/$peer-$way/cases" "$scratch/$peer-$way.json")
    done
    python3 "$root/ci/compile_fail_lines.py" --peer "$peer" --version "$(version_of "$peer")" --exceptions "$root/ci/peer-exceptions.txt" \
        --expect "$expected" --control "$scratch/$peer-control/cases" "$scratch/$peer-control.json" \
        ${runs[@]+"${runs[@]}"} ${verbose[@]+"${verbose[@]}"} || note_failure "$peer: compile-fail cases"
}

begin 'fetch the peers'
mkdir -p "$scratch/fetch/src"
: >"$scratch/fetch/src/lib.rs"
{
    printf '[package]\nname = "fetch"\nversion = "0.0.0"\nedition = "2021"\n\n[dependencies]\n'
    printf 'pin-project = "=%s"\npin-project-lite = "=%s"\n\n[workspace]\n' "$PIN_PROJECT" "$LITE"
} >"$scratch/fetch/Cargo.toml"
cargo fetch --quiet --manifest-path "$scratch/fetch/Cargo.toml"

ways=(shim import)
if $control; then ways=(); fi

for peer in pin-project pin-project-lite; do
    tests=${TESTS[$peer-$(version_of "$peer")]} cases=${CASES[$peer-$(version_of "$peer")]}
    echo "== $peer $(version_of "$peer")"
    # The control always comes first: it says what there is to reach with this compiler.
    for way in control "${ways[@]}"; do
        build_support "$peer" "$way"
        run_tests "$peer" "$way" "$tests"
        run_programs "$peer" "$way"
        compile_cases "$peer" "$way"
    done
    compare_cases "$peer" "$cases" "${ways[@]}"
done

step='summary'
if ((${#failures[@]})); then
    printf '== %d failed\n' "${#failures[@]}"
    printf '  %s\n' "${failures[@]}"
    exit 1
fi
echo '== all of it passed'
