#!/usr/bin/env bash
# Tells whether pin-project or pin-project-lite has a newer release on crates.io than the files of this repository speak of: what
# is said of the peers is said of the peers as they are.
#
#   ci/peer-releases.sh
#
# Looks at each file in git that names a peer with a version, but for lock files, the changelog and the package that stands in for 1.1. A file is old when the
# newest version that it names is older than the newest release, and then this ends with 1. Skipped without the network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scratch=${CARGO_TARGET_DIR:-target}/peer-releases
if [[ ${CARGO_NET_OFFLINE:-false} == true ]]; then
    echo 'skipped: cargo is told to stay offline, and what it remembers may be as old as the files here'
    exit 0
fi

# newest PEER: any version at all fits, so that cargo takes the newest that is neither yanked nor a pre-release.
newest() {
    rm -rf "$scratch/$1"
    mkdir -p "$scratch/$1/src"
    : >"$scratch/$1/src/lib.rs"
    printf '[package]\nname = "asks"\nversion = "0.0.0"\nedition = "2021"\n\n[workspace]\n\n[dependencies]\n"%s" = "*"\n' \
        "$1" >"$scratch/$1/Cargo.toml"
    cargo generate-lockfile --quiet --manifest-path "$scratch/$1/Cargo.toml" 2>"$scratch/$1/errors" || return
    grep -A 1 "^name = \"$1\"\$" "$scratch/$1/Cargo.lock" | sed -n 's/^version = "\(.*\)"/\1/p'
}

releases=()
for peer in pin-project pin-project-lite; do
    if ! version=$(newest "$peer"); then
        if grep -qiE 'network|download|resolve host|connect|timed out|timeout|dns' "$scratch/$peer/errors"; then
            echo "skipped: crates.io cannot be reached: $(grep -m 1 -iE 'network|download|resolve host|connect|timed out|timeout|dns' "$scratch/$peer/errors")"
            exit 0
        fi
        cat "$scratch/$peer/errors" >&2
        exit 1
    fi
    echo "$peer: the newest release is $version"
    releases+=("$peer" "$version")
done

git grep -lIE 'pin-project(-lite)?' -- ':!*.lock' ':!CHANGELOG.md' ':!compat/pin-project-1.1' | python3 -c '
import re, sys

newest = dict(zip(sys.argv[1::2], sys.argv[2::2]))
number = lambda version: tuple(map(int, version.split(".")))
old = 0
for path in sys.stdin.read().split():
    text = open(path).read()
    for peer, release in newest.items():
        # `pin-project 1.2.0`, `pin-project-1.2.0`, but no flag `--pin-project 1.1.13`; `pin-project = "=1.2.0"`, and a manifest: `"pin-project"`, then `version = "1.2.0"`.
        named = re.findall(rf"(?<!--)\b{peer}\b(?!-lite)[^\n\d]{{0,8}}(\d+\.\d+\.\d+)", text)
        named += re.findall(rf"\"{peer}\"[^\n]*?\n?version = \"=?(\d+\.\d+\.\d+)\"", text)
        named += re.findall(rf"\b{peer}\b(?!-lite) = \{{ version = \"=?(\d+\.\d+\.\d+)\"", text)
        if named and number(max(named, key=number)) < number(release):
            latest = max(named, key=number)
            print(f"error: {path} speaks of {peer} {latest}")
            old += 1
if old:
    sys.exit(f"help: run ci/peer_claims.py, ci/peer-tests.sh and ci/adoption.sh against the new release, and what each of these files names")
print("no file is older than that")
' "${releases[@]}"
