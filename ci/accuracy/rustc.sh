#!/usr/bin/env bash
# Stands before the compiler while the corpus is built: the measured packages get debug info, their MIR, and every function
# that nobody calls; of each one is written down where it is. MEASURED lists their crates, RECORDS is the folder to write to.
set -euo pipefail

name='' folder='' suffix='' edition=2015 previous='' cfgs=()
for argument in "$@"; do
    case $previous in
    --crate-name) name=$argument ;;
    --out-dir) folder=$argument ;;
    --cfg) cfgs+=("$argument") ;;
    -C) [[ $argument != extra-filename=* ]] || suffix=${argument#*=} ;;
    esac
    [[ $argument != --edition=* ]] || edition=${argument#*=}
    previous=$argument
done

if [[ -z $name || " $MEASURED " != *" $name "* || " $* " != *" --crate-type lib "* ]]; then
    exec "$@"
fi
printf '%s\n' "$name" "$CARGO_PKG_NAME" "$CARGO_PKG_VERSION" "$edition" "$CARGO_MANIFEST_DIR" "$folder/lib$name$suffix.rlib" \
    >"$RECORDS/$name.unit"
{ "$1" --print cfg && printf '%s\n' "${cfgs[@]}"; } >"$RECORDS/$name.cfg"
# The MIR leaves the modules away of a function whose name is unique, by which it could not be found; the flag is unstable, and
# set for these crates only.
RUSTC_BOOTSTRAP=1 exec "$@" -Cdebuginfo=2 -Clink-dead-code "--emit=mir=$RECORDS/$name.mir" -Ztrim-diagnostic-paths=no
