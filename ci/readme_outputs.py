#!/usr/bin/env python3
"""Runs the commands whose output README.md shows, and compares.

    ci/readme_outputs.py                fails where README.md shows something else
    ci/readme_outputs.py --write        puts what the commands print into README.md, where that differs
    ci/readme_outputs.py --self-test    tests the comparison

A block begins with `<!-- output: COMMAND -->`, where the command is written as in the README, and ends with
`<!-- end of output -->`. It may show a part of what is printed: whole lines, in one piece; `--write` puts all of it there. Addresses
differ from run to run, and are taken for equal; how they have to relate is checked where the program is tested.
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


def is_shown(shown: str, now: str) -> bool:
    """Whether what is shown is what is printed, or some lines of it in one piece."""
    return bool(shown) and f"\n{without_addresses(shown)}" in f"\n{without_addresses(now)}"


def self_test() -> None:
    now = "one 0x1f\ntwo\nthree\n"
    assert is_shown(now, now) and is_shown("one 0x2\ntwo\n", now) and is_shown("two\nthree\n", now)
    for wrong in ("", "wo\n", "one 0x1f\nthree\n", "three\nfour\n", "one\n"):
        assert not is_shown(wrong, now), wrong
    print("readme_outputs: the self-test passed")


def main() -> None:
    arguments = sys.argv[1:]
    if arguments == ["--self-test"]:
        return self_test()
    if arguments not in ([], ["--write"]):
        sys.exit(f"error: unexpected argument `{' '.join(arguments)}`\nhelp: write `--write`, `--self-test`, or nothing")
    readme = README.read_text()
    blocks = list(BLOCK.finditer(readme))
    if len(blocks) != readme.count("<!-- output: ") or not blocks:
        sys.exit("error: README.md has an output that is not complete\nhelp: end it by `<!-- end of output -->`")
    differ = []
    for block in blocks:
        now = printed(block["command"])
        if not is_shown(block["shown"], now):
            differ.append((block, now))
    if arguments == ["--write"]:
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
