#!/usr/bin/env python3
"""Follows every relative link of every Markdown file, and fails if one leads nowhere.

A link leads somewhere if the file or folder that it names is in the repository, and, for `#heading`, if the file has that
heading, under the name that GitHub gives it. Links with a scheme are not followed: nothing is read from the network. What
stands in code is no link. Golden files of the tests are passed over: their links belong to the programs of the tests.

`ci/links.py --self-test` tests this script with files that it writes itself.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent

FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.S)
TARGET = r"\(\s*<?([^()\s>]*(?:\([^()\s]*\)[^()\s]*)*)>?(?:\s+\"[^\"]*\")?\s*\)"
IMAGE = re.compile(r"!\[[^\[\]]*\]" + TARGET)
INLINE = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\[\]]*\])*\]" + TARGET)
REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\]]+\]:\s*<?([^\s>]+)", re.M)
HTML = re.compile(r"<(?:a|img|source)\b[^>]*?\b(?:href|src|srcset)=\"([^\"]+)\"")


def without_fences(text):
    """The text with its fenced code left empty, so that lines keep their numbers."""
    lines, fence = [], None
    for line in text.split("\n"):
        found = FENCE.match(line)
        if fence is None and found:
            fence = found[1]
        elif fence is not None and found and found[1].startswith(fence) and not line.strip().strip(fence[0]):
            fence = None
        elif fence is None:
            lines.append(line)
            continue
        lines.append("")
    return "\n".join(lines)


def links(text):
    """Each link with its line."""
    # Code keeps its length, and its line breaks.
    plain = CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), without_fences(text))
    for pattern in (IMAGE, INLINE, REFERENCE, HTML):
        for found in pattern.finditer(plain):
            yield plain.count("\n", 0, found.start(1)) + 1, found[1]


def anchors(text):
    """The names of the headings, as GitHub makes them, and the ids that stand in HTML."""
    names, counts = set(re.findall(r"\b(?:id|name)=\"([^\"]+)\"", text)), {}
    for heading in re.findall(r"^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$", without_fences(text), re.M):
        heading = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        name = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        count = counts.get(name, 0)
        counts[name] = count + 1
        names.add(name if count == 0 else f"{name}-{count}")
    return names


def check(root, files):
    """What is wrong, as lines of text."""
    wrong, tracked = [], {Path(file) for file in files}
    folders = {folder for file in tracked for folder in file.parents}
    for file in sorted(tracked):
        if file.suffix != ".md" or "golden" in file.parts:
            continue
        text = (root / file).read_text(encoding="utf-8")
        for line, link in links(text):
            if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", link):
                continue
            path, _, anchor = unquote(link).partition("#")
            # Paths of the repository, whichever folder they are written in.
            start = Path() if path.startswith("/") else file.parent
            target = Path(*normal((start / path.lstrip("/")).parts)) if path else file
            if target not in tracked and target not in folders:
                wrong.append(f"{file}:{line}: `{link}` leads to no file")
            elif anchor and target.suffix == ".md" and anchor not in anchors((root / target).read_text(encoding="utf-8")):
                wrong.append(f"{file}:{line}: `{link}` leads to no heading")
    return wrong


def normal(parts):
    """Without `.` and `..`."""
    found = []
    for part in parts:
        if part == "..":
            found = found[:-1] if found and found[-1] != ".." else [*found, ".."]
        elif part != ".":
            found.append(part)
    return found


def self_test():
    def wrong(files):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name, text in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            return check(root, files)

    other = {"a/b.md": "# A `heading`, with (signs)\n\n## Twice\n\n## Twice\n", "a/p.svg": ""}
    good = [
        "[x](a/b.md)", "[x](a)", "[x](./a/../a/b.md)", "[x](a/b.md#a-heading-with-signs)", "[x](a/b.md#twice-1)", "[x](#here)\n# Here",
        "![x](a/p.svg)", "[x]: a/b.md", '<img src="a/p.svg">', "[x](https://example.com/none.md)", "[x](mailto:x@example.com)",
        "`[x](none.md)`", "```\n[x](none.md)\n```", "````\n```\n[x](none.md)\n````", "[![x](a/p.svg)](a/b.md)", "[x](/a/b.md)",
        '[x](a/b.md "title")', "~~~\n[x](none.md)\n~~~",
    ]
    for text in good:
        assert wrong({"x.md": text, **other}) == [], text
    bad = [
        "[x](none.md)", "[x](../a/b.md)", "[x](a/b.md#none)", "[x](#none)", "![x](a/none.svg)", "[x]: none.md", '<img src="none.svg">',
        "`code` [x](none.md)", "```\n```\n[x](none.md)", "[![x](a/none.svg)](a/b.md)", "[![x](a/p.svg)](none.md)", "[`x`](none.md)",
    ]
    for text in bad:
        assert len(wrong({"x.md": text, **other})) == 1, text
    assert wrong({"x.md": "\n\n[x](none.md)"}) == ["x.md:3: `none.md` leads to no file"]
    assert wrong({"golden/x.md": "[x](none.md)"}) == []
    print("links: the self-test passed")


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    files = [file for file in listed.split("\0") if file and (ROOT / file).exists()]
    wrong = check(ROOT, files)
    count = sum(1 for file in files if file.endswith(".md") and "golden" not in Path(file).parts)
    print("\n".join(wrong) or f"every relative link of {count} Markdown files leads somewhere")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
