#!/bin/sh
# Prints what pin-project says of a mistake in ui-tests/, for the table in ui-tests/ERRORS.md:
#   ci/peer-messages.sh ui-tests/compiler/drop_by_hand.rs
set -eu
case=$1
version=${2:-1.2.0}
package=$(dirname "$0")/../target/peer-messages-$version
mkdir -p "$package/src"
printf '[package]\nname = "mistake"\nversion = "0.1.0"\nedition = "2024"\n[workspace]\n[dependencies]\npin-project = "=%s"\n' \
    "$version" > "$package/Cargo.toml"
# The derive and its `#[pin(…)]` are one attribute there.
sed -z 's/#\[derive(PinProject)\]\([^\n]*\)\n#\[pin(\([^\n]*\))\]/#[pin_project(\2)]\1/g; s/#\[derive(PinProject)\]/#[pin_project]/g
    s/use pinsight::[^\n]*/#[allow(unused_imports)]\nuse pin_project::*;/' "$case" > "$package/src/main.rs"
cd "$package"
if cargo check --quiet; then
    echo "silent"
fi
