#!/usr/bin/env python3
"""Runs the commands whose output README.md shows, and compares.

    ci/readme_outputs.py            fails where README.md shows something else
    ci/readme_outputs.py --write    puts what the commands print into README.md

A block begins with `<!-- output: COMMAND -->`, where the command is written as in the README, and ends with
`<!-- end of output -->`. Addresses differ from run to run; they are compared as equal if both are addresses.
"""

import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"(<!-- output: (?P<command>[^\n]+) -->\n\n```text\n)(?P<shown>.*?)(```\n\n<!-- end of output -->)", re.DOTALL)
ADDRESS = re.compile(r"0x[0-9a-f]+")


def printed(command: str) -> str:
    run = subprocess.run(shlex.split(command), cwd=ROOT, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"error: `{command}` ends with {run.returncode}\n{run.stderr}")
    return run.stdout.strip("\n") + "\n"


def without_addresses(text: str) -> str:
    return ADDRESS.sub("0x…", text)


def main() -> None:
    readme = README.read_text()
    blocks = list(BLOCK.finditer(readme))
    if len(blocks) != readme.count("<!-- output: ") or not blocks:
        sys.exit("error: README.md has an output that is not complete\nhelp: end it by `<!-- end of output -->`")
    differ = []
    for block in blocks:
        now = printed(block["command"])
        # What is shown may be a part of what is printed: whole lines of it, in one piece.
        if not block["shown"] or f"\n{without_addresses(block['shown'])}" not in f"\n{without_addresses(now)}":
            differ.append((block, now))
    if sys.argv[1:] == ["--write"]:
        for block, now in reversed(differ):
            readme = readme[: block.start("shown")] + now + readme[block.end("shown") :]
        README.write_text(readme)
    elif differ:
        for block, now in differ:
            print(f"error: README.md does not show what `{block['command']}` prints:\n{now}", file=sys.stderr)
        sys.exit("help: run `ci/readme_outputs.py --write`, and read the difference")
    print(f"{len(blocks)} outputs, {len(differ)} differed")


if __name__ == "__main__":
    main()
