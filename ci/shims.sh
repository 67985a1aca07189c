#!/usr/bin/env bash
# Tries the packages in compat/ in dependency trees with every kind of requirement and of lock file, and shows that
# ci/shim-used.sh tells when one is not used. Cargo replaces a package by a patch of the same version only; so a lock file
# decides, until `cargo update --package PEER` moves it to the patch.
#
#   ci/shims.sh
#
# Prints a Markdown table. Resolves in a scratch folder under the target directory, and builds one small crate for each
# package in compat/; needs the network for crates.io only.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
scratch=$target/shims
export CARGO_TARGET_DIR=$scratch/build
failures=0

# version_of FOLDER: what the package in compat/FOLDER claims to be.
version_of() {
    sed -n 's/^version = "\(.*\)"/\1/p' "$root/compat/$1/Cargo.toml"
}

# allows REQUIREMENT VERSION: for the requirements below. The versions of compat/ are the newest of their line.
allows() {
    case $1 in
        1 | 1.1 | 0.2) true ;;
        1.2) [[ $2 == 1.2.* ]] ;;
        '~1.1') [[ $2 == 1.1.* ]] ;;
        =*) [[ ${1#=} == "$2" ]] ;;
        *) return 2 ;;
    esac
}

# make_crate PEER REQUIREMENT LOCKED FOLDER…: a crate in $scratch/crate whose lock file was made before the patches were
# added, or that has none.
make_crate() {
    local peer=$1 requirement=$2 locked=$3 folder
    shift 3
    rm -rf "$scratch/crate"
    mkdir -p "$scratch/crate/src"
    cd "$scratch/crate"
    : >src/lib.rs
    printf '[package]\nname = "tried"\nversion = "0.0.0"\nedition = "2021"\n\n[workspace]\n\n[dependencies]\n' >Cargo.toml
    printf '%s = "%s"\n' "$peer" "$requirement" >>Cargo.toml
    if [[ $locked != none ]]; then cargo update --quiet --package "$peer" --precise "$locked"; fi
    printf '\n[patch.crates-io]\n' >>Cargo.toml
    for folder in "$@"; do
        # One name for two packages: cargo takes any keys that differ, and `package` says what they stand for.
        printf '%s = { package = "%s", path = "%s" }\n' "${folder//./-}" "$peer" "$root/compat/$folder" >>Cargo.toml
    done
}

# found: the version that the tree in $scratch/crate has from compat/, or `the original`. ci/shim-used.sh has to say the same.
found() {
    local tree status=0 said expected
    tree=$(cargo tree --quiet --prefix none | grep -m 1 -E '^pin-project(-lite)? v')
    "$root/ci/shim-used.sh" &>"$scratch/said" || status=$?
    if [[ $tree == *"($root/compat/"* ]]; then
        said=$(sed 's/^[^ ]* v\([^ ]*\) .*/\1/' <<<"$tree") expected=0
    else
        said='the original' expected=1
    fi
    if [[ $status != "$expected" ]]; then said+=", but ci/shim-used.sh ends with $status"; fi
    echo "$said"
}

# expect WHAT WANTED FOUND
expect() {
    if [[ $2 != "$3" ]]; then
        echo "FAILED: $1: \`$3\` instead of \`$2\`" >&2
        failures=$((failures + 1))
    fi
}

# The newest patched version that the requirement allows.
best() {
    local requirement=$1 folder version newest='the original'
    shift
    for folder in "$@"; do
        version=$(version_of "$folder")
        # The folders are given from old to new.
        if allows "$requirement" "$version"; then newest=$version; fi
    done
    echo "$newest"
}

# try PEER REQUIREMENT LOCKED FOLDER…
try() {
    local peer=$1 requirement=$2 locked=$3 folder as_it_is updated wanted='the original' what
    shift 3
    what="$peer \"$requirement\", lock file at $locked, patched with $*"
    make_crate "$peer" "$requirement" "$locked" "$@"
    as_it_is=$(found)
    if [[ $locked == none ]]; then
        wanted=$(best "$requirement" "$@")
    else
        for folder in "$@"; do if [[ $(version_of "$folder") == "$locked" ]]; then wanted=$locked; fi; done
    fi
    expect "$what" "$wanted" "$as_it_is"
    cargo update --quiet --package "$peer"
    updated=$(found)
    expect "$what, after cargo update" "$(best "$requirement" "$@")" "$updated"
    echo "| \`$peer = \"$requirement\"\` | $locked | $* | $as_it_is | $updated |"
}

# build FOLDER: what the peer exports is there under its name.
build() {
    local peer=pin-project version
    version=$(version_of "$1")
    if [[ $1 == pin-project-lite ]]; then peer=pin-project-lite; fi
    make_crate "$peer" "=$version" none "$1"
    if [[ $peer == pin-project ]]; then
        cat >src/lib.rs <<'RUST'
#![forbid(unsafe_code)]
use pin_project::{pin_project, pinned_drop};
use std::pin::Pin;

#[pin_project(PinnedDrop, project = BothProj)]
pub enum Both<A, B> {
    A(#[pin] A),
    B { b: B },
}

#[pinned_drop]
impl<A, B> PinnedDrop for Both<A, B> {
    fn drop(self: Pin<&mut Self>) {
        match self.project() {
            BothProj::A(a) => {
                let _: Pin<&mut A> = a;
            }
            BothProj::B { b } => {
                let _: &mut B = b;
            }
        }
    }
}

#[pin_project(UnsafeUnpin)]
pub struct ByPromise<F>(#[pin] F);

pub fn promises<F: pin_project::UnsafeUnpin>() {}
RUST
    else
        cat >src/lib.rs <<'RUST'
#![forbid(unsafe_code)]
pin_project_lite::pin_project! {
    pub struct One<F> {
        #[pin]
        f: F,
    }
}
RUST
    fi
    "$root/ci/shim-used.sh"
    cargo check --quiet || expect "compat/$1" 'builds' 'does not build'
}

mkdir -p "$scratch"
echo '== the packages'
for folder in pin-project pin-project-1.1 pin-project-lite; do build "$folder"; done

echo '== the trees'
new=$(version_of pin-project) old=$(version_of pin-project-1.1) lite=$(version_of pin-project-lite)
table() {
    echo '| dependency | lock file at | patched with | the tree has | after `cargo update --package` |'
    echo '| --- | --- | --- | --- | --- |'
    for patches in pin-project pin-project-1.1 'pin-project-1.1 pin-project'; do
        for case in "1.1 none" "1.1 1.1.10" "1.1 $old" "1.1 $new" "1.2 none" "1.2 $new" "1 1.1.10" \
            "~1.1 none" "~1.1 1.1.10" "~1.1 $old" "=$old none" '=1.1.10 none'; do
            # shellcheck disable=SC2086 # each of the two is a list of words
            try pin-project $case $patches
        done
    done
    for case in "0.2 none" "0.2 0.2.16" "0.2 $lite" '=0.2.16 none'; do
        # shellcheck disable=SC2086
        try pin-project-lite $case pin-project-lite
    done
}
# Not in a pipe, in which the failures would be counted by another shell.
table >"$scratch/table.md"
cat "$scratch/table.md"

echo '== a tree with another major version of the peer'
make_crate pin-project 1.1 none pin-project
sed -i 's/^\[dependencies\]/&\nold = { package = "pin-project", version = "0.4" }/' Cargo.toml
"$root/ci/shim-used.sh" || expect 'a tree with pin-project 0.4 beside 1' 'passes' 'fails'
echo '== a tree without a peer'
sed -i '/pin-project/d; /^old/d' Cargo.toml
if "$root/ci/shim-used.sh"; then expect 'a tree without a peer' 'fails' 'passes'; fi
if ((failures)); then exit 1; fi
echo '== all as expected'
