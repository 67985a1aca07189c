#!/usr/bin/env python3
"""Takes one guard out of a copy of the engine, so that the judges can be judged: they have to find it."""

import sys
from pathlib import Path

FAULTS = {
    # The `>` of `->` closes a list.
    "arrow": ("macros/src/tokens.rs", "is_punct(token, '>') && before.last()", "false && is_punct(token, '>') && before.last()"),
    # `<` opens a list wherever it stands.
    "discriminant": ("macros/src/projection/parse/expression.rs", "'<' | '|' | '.' if doubled => {", "'|' | '.' if doubled => {"),
    # What stands behind the drop code is dropped.
    "leftover": ("macros/src/projection/pinned_drop.rs", "if let Some(behind) = cursor.leftover() {",
                 "if let Some(behind) = cursor.leftover().filter(|_| false) {"),
}


def main(fault, engine):
    file, guard, without = FAULTS[fault]
    path = Path(engine) / file
    text = path.read_text()
    if text.count(guard) != 1:
        sys.exit(f"{file}: the guard `{guard}` is not there once")
    path.write_text(text.replace(guard, without))


if __name__ == "__main__":
    main(*sys.argv[1:])
