#!/usr/bin/env bash
# Fails unless every pin-project 1 and pin-project-lite 0.2 in a dependency tree is the one in compat/. Cargo only warns of a
# patch that it does not use, and everything then builds, and passes its tests, with the original.
#
#   path/to/pinsight/ci/shim-used.sh                              the package or workspace in this folder
#   path/to/pinsight/ci/shim-used.sh --manifest-path DIR/Cargo.toml --all-features      any arguments of `cargo tree`
#
# Prints the peers that it finds. Other major versions, such as pin-project 0.4, have another API: they are named, and
# stay what they are. A tree without any peer is a failure too, because nothing of it is on pinsight.
set -euo pipefail

compat=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../compat")

# versions_of PEER: what the packages in compat/ claim to be.
versions_of() {
    local manifest
    for manifest in "$compat"/*/Cargo.toml; do
        if grep -q "^name = \"$1\"\$" "$manifest"; then sed -n 's/^version = "\(.*\)"/\1/p' "$manifest"; fi
    done | sort -V | paste -s -d ' '
}

# Every platform and kind of dependency: what is not built here is replaced for somebody else.
tree=$(cargo tree --quiet --workspace --target all --edges normal,build,dev --prefix none "$@")
peers=$(sed 's/ (\*)$//' <<<"$tree" | grep -E '^pin-project(-lite)? v' | sort -u || true)

served=0 originals=0
while read -r name version place; do
    [[ -n $name ]] || continue
    case "$name $version" in
        'pin-project v1.'* | 'pin-project-lite v0.2.'*) ;;
        *)
            echo "$name $version: another API, not replaced"
            continue
            ;;
    esac
    echo "$name $version${place:+ $place}"
    folder=${place#(} folder=${folder%)}
    if [[ -n $folder && $(realpath "$folder") == "$compat"/* ]]; then
        served=$((served + 1))
        continue
    fi
    originals=$((originals + 1))
    echo "error: \`$name\` $version does not come from pinsight" >&2
    versions=$(versions_of "$name")
    if [[ " $versions " == *" ${version#v} "* ]]; then
        echo "help: add the package of $compat with this version to \`[patch.crates-io]\`" >&2
    else
        echo "help: $compat has ${versions// / and }; run \`cargo update --package $name\`, which takes the newest" >&2
        echo "that is patched, or loosen the requirement that holds it" >&2
    fi
done <<<"$peers"

if ((originals)); then exit 1; fi
if ((!served)); then
    echo 'error: neither pin-project 1 nor pin-project-lite 0.2 is in this tree' >&2
    exit 1
fi
