#!/usr/bin/env bash
# Prints how many lines of code pinsight-rt has, file by file and in sum: without blank lines, comments and tests. Tests are what
# follows `#[cfg(test)]` or `#[cfg(all(test, …))]`: a `mod … {}` to its end, or the file of a `mod …;`.
# Usage: ci/runtime-lines.sh, or ci/runtime-lines.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."

find "${1:-runtime/src}" -name '*.rs' | LC_ALL=C sort | xargs awk '
    # The files of test modules, to be left out of the sum.
    FNR == 1 { is_test = 0; depth = 0; folder = FILENAME; sub(/[^\/]*$/, "", folder) }
    /^[ \t]*#\[cfg\((all\()?test[,)]/ { is_test = 1; next }
    is_test && /^[ \t]*#\[path = / { split($0, parts, "\""); tests[folder parts[2]] = 1; next }
    is_test && depth == 0 && /^[ \t]*(pub(\([a-z]*\))? )?mod [a-z_]+;/ {
        name = $0; gsub(/^.*mod |;.*$/, "", name)
        tests[folder name ".rs"] = 1; tests[folder name "/"] = 1; is_test = 0; next
    }
    is_test {
        depth += gsub(/\{/, "{") - gsub(/\}/, "}")
        if (depth == 0) is_test = 0
        next
    }
    !/^[ \t]*(\/\/.*)?$/ { lines[FILENAME]++ }
    END {
        for (file in lines) {
            keep = 1
            for (test in tests) if (index(file, test) == 1) keep = 0
            if (keep) { sum += lines[file]; printf "%5d %s\n", lines[file], file | "LC_ALL=C sort -k2" }
        }
        close("LC_ALL=C sort -k2")
        printf "%5d in sum\n", sum
    }'
