#!/usr/bin/env python3
"""Compares where compile-fail cases fail with where they say that they fail.

A case is a Rust file in which `//~` marks the lines of the expected errors: `//~` the line itself, `//~^` the line above,
`//~^^` two above. The runs are what `cargo check --keep-going --message-format=json` printed for a package in which every
case is a binary of its own: one run with the real peer (the control), and any number with ours.

A case is *ok* in a run when it does not compile and each of its marked lines has an error. Marks that the peer itself
misses with this compiler are not demanded of us: they were written for other compilers. Error codes and texts are not compared.
Cases that are accepted on purpose stand in a list, one a line: `path reason` (the file may compile) or `path:line reason`
(this line need not have an error, the file must still fail). A path begins with the peer's name, or with its name and version,
`PEER-VERSION`, if it is an exception for that version alone.
"""

import argparse
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

MARK = re.compile(r"//~(\^*)")


@dataclass
class Outcome:
    """What the compiler said about one case."""

    compiled: bool = False
    primary: set[int] = field(default_factory=set)
    secondary: set[int] = field(default_factory=set)
    messages: list[str] = field(default_factory=list)


@dataclass
class Verdict:
    kind: str  # "ok", "accepted", "compiles", "lines"
    missing: list[int] = field(default_factory=list)
    used: set[str] = field(default_factory=set)


def marked_lines(case: Path) -> set[int]:
    marked = set()
    for number, line in enumerate(case.read_text().splitlines(), start=1):
        mark = MARK.search(line)
        # `//~ Ok` marks what must not fail, and a line that is commented out cannot.
        is_comment = line.lstrip().startswith("//") and not line.lstrip().startswith("//~")
        if mark and not is_comment and not line[mark.end() :].strip().startswith("Ok"):
            marked.add(number - len(mark.group(1)))
    return marked


def lines_in(span: dict | None, case: Path, package: Path) -> set[int]:
    """The lines of `case` that a span stands for: its own, and those of the macro calls that it came out of."""
    lines = set()
    while span:
        if (package / span["file_name"]).resolve() == case:
            lines.add(span["line_start"])
        span = (span["expansion"] or {}).get("span")
    return lines


def read_run(messages: Path, package: Path) -> dict[str, Outcome]:
    """Outcomes by the case's path in `package`; cases of which cargo said nothing are not in it."""
    outcomes: dict[str, Outcome] = {}
    for text in messages.read_text().splitlines():
        message = json.loads(text)
        if message["reason"] not in ("compiler-message", "compiler-artifact") or "bin" not in message["target"]["kind"]:
            continue
        case = Path(message["target"]["src_path"]).resolve()
        outcome = outcomes.setdefault(str(case.relative_to(package)), Outcome())
        if message["reason"] == "compiler-artifact":
            outcome.compiled = True
        elif message["message"]["level"].startswith("error"):
            outcome.messages.append(message["message"]["rendered"])
            for span in message["message"]["spans"]:
                lines = outcome.primary if span["is_primary"] else outcome.secondary
                lines |= lines_in(span, case, package)
    return outcomes


def read_exceptions(file: Path, peer: str, version: str) -> dict[str, str]:
    """The reasons, by `path` or `path:line` without the peer's name and version."""
    exceptions = {}
    for line in file.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        key, _, reason = line.strip().partition(" ")
        if not reason:
            sys.exit(f"{file}: `{key}` has no reason")
        name, _, path = key.partition("/")
        if name in (peer, f"{peer}-{version}"):
            exceptions[path] = reason.strip()
    return exceptions


def judge(path: str, outcome: Outcome, demanded: set[int], exceptions: dict[str, str]) -> Verdict:
    if outcome.compiled:
        return Verdict("accepted", used={path}) if path in exceptions else Verdict("compiles")
    missing = sorted(demanded - outcome.primary)
    used = {f"{path}:{line}" for line in missing} & exceptions.keys()
    missing = [line for line in missing if f"{path}:{line}" not in exceptions]
    return Verdict("lines" if missing else "ok", missing, used)


def report(path: str, verdict: Verdict, outcome: Outcome, extra: list[int], verbose: bool) -> None:
    notes = {
        "ok": "ok",
        "accepted": "ok, accepted on purpose",
        "compiles": "FAILED: compiles",
        "lines": f"FAILED: no error at line {', '.join(map(str, verdict.missing))}",
    }[verdict.kind]
    labelled = [line for line in verdict.missing if line in outcome.secondary]
    if labelled:
        notes += f" (only a label at {', '.join(map(str, labelled))})"
    excused = sorted(int(key.rpartition(":")[2]) for key in verdict.used if ":" in key)
    if excused:
        notes += f", excused lines: {', '.join(map(str, excused))}"
    if extra:
        notes += f", errors elsewhere too: {', '.join(map(str, extra))}"
    print(f"    {path}: {notes}")
    if verbose and verdict.kind == "lines":
        print("".join(outcome.messages))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", required=True, help="the peer's name, as the exceptions name it")
    parser.add_argument("--version", required=True, help="the peer's version, for exceptions that name one")
    parser.add_argument("--exceptions", required=True, type=Path)
    parser.add_argument("--control", required=True, nargs=2, metavar=("PACKAGE", "JSON"), type=Path)
    parser.add_argument("--run", action="append", default=[], nargs=3, metavar=("NAME", "PACKAGE", "JSON"))
    parser.add_argument("--expect", required=True, type=int, help="how many cases there must be")
    parser.add_argument("--verbose", action="store_true", help="print the errors of cases that fail at the wrong lines")
    args = parser.parse_args()

    package = args.control[0].resolve()
    control = read_run(args.control[1], package)
    exceptions = read_exceptions(args.exceptions, args.peer, args.version)
    marks = {path: marked_lines(package / path) for path in sorted(control)}
    failures = 0

    print(f"  {args.peer}, control: {len(control)} cases, {sum(map(len, marks.values()))} marked lines")
    if len(control) != args.expect:
        print(f"    FAILED: there must be {args.expect} cases")
        failures += 1
    for path, marked in marks.items():
        if control[path].compiled:
            print(f"    {path}: the peer compiles it, so it is not demanded")
        elif marked - control[path].primary:
            print(f"    {path}: the peer misses {sorted(marked - control[path].primary)}")

    used = set()
    for name, run_package, messages in args.run:
        outcomes = read_run(Path(messages), Path(run_package).resolve())
        verdicts = {}
        print(f"  {args.peer}, {name}:")
        for path, marked in marks.items():
            if control[path].compiled:
                continue
            # A case of which cargo said nothing was not compiled at all.
            outcome = outcomes.get(path, Outcome(compiled=True))
            verdict = judge(path, outcome, marked & control[path].primary, exceptions)
            verdicts[path] = verdict
            used |= verdict.used
            extra = sorted(outcome.primary - marked - control[path].primary)
            report(path, verdict, outcome, extra, args.verbose)
        kinds = [verdict.kind for verdict in verdicts.values()]
        wrong = kinds.count("compiles") + kinds.count("lines")
        failures += wrong
        print(
            f"  {args.peer}, {name}: {kinds.count('ok')} ok, {kinds.count('accepted')} accepted on purpose, "
            f"{kinds.count('compiles')} compile, {kinds.count('lines')} miss a line"
        )

    # An exception that nothing needs hides the next regression.
    if args.run:
        for key in sorted(exceptions.keys() - used):
            print(f"  FAILED: the exception `{args.peer}/{key}` is not needed")
            failures += 1
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
