#!/usr/bin/env python3
"""Compiles every claim about the peers that compat/README.md and SOUNDNESS.md make, with the peers as they are and with pinsight.

    ci/peer_claims.py             all of it
    ci/peer_claims.py NAME…       only the programs whose name begins so, and no comparison of the tables

A program in ci/peer-claims/ is one claim in the form of one door: `NAME.attribute.rs` is compiled with each pin-project and
with pinsight in its place, `NAME.lite.rs` with pin-project-lite and pinsight, `NAME.derive.rs` with pinsight alone. Its
first lines say what is to happen:

    //@ row: text                     the row of the table that it belongs to
    //@ PEER: text                    that peer refuses it, and its errors contain the text; without the line it compiles
    //@ PEER VERSION: text            the same for one version
    //@ runs with PEER: text          where it compiles it also runs, and prints the text
    //@ docs: page.html: text         where it compiles, the page of its documentation contains the text, or it counts as refused

Then each cell of the tables between the markers `<!-- features -->` and `<!-- holes -->` has to say what was found. Everything
happens in a scratch folder under the target directory; needs the network for crates.io only.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from compile_fail_lines import read_run  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
SCRATCH = TARGET / "peer-claims"
PINSIGHT = "pinsight"


@dataclass
class Column:
    """Something to compile the programs with."""

    peer: str
    version: str
    doors: list[str]
    dependencies: list[str]
    results: dict[str, bool] = field(default_factory=dict)

    def title(self) -> str:
        return f"{self.peer} {self.version}".strip()


def columns() -> list[Column]:
    compat = ROOT / "compat"
    ours = [
        f'pin-project = {{ path = "{compat}/pin-project" }}',
        f'pin-project-lite = {{ path = "{compat}/pin-project-lite" }}',
        f'pinsight = {{ path = "{ROOT}" }}',
    ]
    return [
        *(Column("pin-project", v, ["attribute"], [f'pin-project = "={v}"']) for v in ("1.1.13", "1.2.0")),
        Column("pin-project-lite", "0.2.18", ["lite"], ['pin-project-lite = "=0.2.18"']),
        Column(PINSIGHT, "", ["attribute", "lite", "derive"], ours),
    ]


@dataclass
class Claim:
    file: Path
    row: str
    refused: dict[str, str]
    prints: dict[str, str]
    docs: tuple[str, str] | None

    def name(self) -> str:
        return self.file.stem.replace(".", "-")

    def door(self) -> str:
        return self.file.stem.rpartition(".")[2]

    def for_column(self, lines: dict[str, str], column: Column) -> str | None:
        return lines.get(column.title(), lines.get(column.peer))


def read_claim(file: Path) -> Claim:
    claim = Claim(file, "", {}, {}, None)
    for line in file.read_text().splitlines():
        if not line.startswith("//@ "):
            break
        key, _, text = line[4:].partition(": ")
        if key == "row":
            claim.row = text
        elif key == "docs":
            page, _, said = text.partition(": ")
            claim.docs = (page, said)
        elif key.startswith("runs with "):
            claim.prints[key.removeprefix("runs with ")] = text
        else:
            claim.refused[key] = text
    if not claim.row:
        sys.exit(f"error: {file} names no row")
    return claim


def cargo(folder: Path, *arguments: str, **options) -> subprocess.CompletedProcess:
    environment = {**os.environ, "CARGO_TARGET_DIR": str(SCRATCH / "build"), "CARGO_TERM_COLOR": "never"}
    return subprocess.run(["cargo", *arguments], cwd=folder, env=environment, capture_output=True, text=True, **options)


def make_package(folder: Path, column: Column, claims: list[Claim], renamed: bool) -> None:
    """A package in which every claim is a program. In a renamed one the peer is known as `renamed` alone."""
    (folder / "src").mkdir(parents=True, exist_ok=True)
    (folder / "src/lib.rs").write_text("")
    feature = "pinsight" if column.peer == PINSIGHT else "peer"
    lines = ["[package]", f'name = "{folder.name}"', 'version = "0.0.0"', 'edition = "2021"', "autobins = false", "[workspace]"]
    lines += ["[features]", f'default = ["{feature}"]', "pinsight = []", "peer = []", "[dependencies]"]
    if renamed:
        [dependency] = column.dependencies
        name, _, source = dependency.partition(" = ")
        source = source.strip("{} ") if "{" in source else f"version = {source}"
        lines.append(f'renamed = {{ package = "{name}", {source} }}')
    else:
        lines += column.dependencies
        lines.append(f'auxiliary-macro = {{ path = "{ROOT}/ci/auxiliary-macro" }}')
    for claim in claims:
        copy = folder / claim.file.name
        copy.write_text(claim.file.read_text())
        lines += ["[[bin]]", f'name = "{claim.name()}"', f'path = "{copy.name}"', 'doc = true']
    (folder / "Cargo.toml").write_text("\n".join(lines) + "\n")


def judge(claim: Claim, column: Column, folder: Path, compiled: bool, errors: str) -> tuple[bool, list[str]]:
    """Whether the claim counts as compiled, and what is wrong with that."""
    wanted = claim.for_column(claim.refused, column)
    faults = []
    if compiled and claim.docs:
        page, text = claim.docs
        documented = cargo(folder, "doc", "--quiet", "--no-deps", "--document-private-items", "--bin", claim.name())
        place = SCRATCH / "build/doc" / claim.name().replace("-", "_") / page
        if documented.returncode or not place.exists() or text not in place.read_text():
            compiled, errors = False, f"the page `{page}` does not say it"
    if compiled and wanted is not None:
        faults.append("compiles, though it should be refused")
    if not compiled and wanted is None:
        faults.append(f"does not compile:\n{errors}")
    if not compiled and wanted is not None and wanted not in errors:
        faults.append(f"is refused, but not with `{wanted}`:\n{errors}")
    prints = claim.for_column(claim.prints, column)
    if compiled and prints is not None:
        run = cargo(folder, "run", "--quiet", "--bin", claim.name())
        if prints not in run.stdout:
            faults.append(f"does not print `{prints}` but:\n{run.stdout}{run.stderr}")
    return compiled, faults


def compile_column(column: Column, claims: list[Claim]) -> list[str]:
    faults = []
    # A package for each peer that could be renamed: pinsight stands in for two of them, and has a name of its own.
    groups = [("", column, [c for c in claims if not c.file.name.startswith("renamed.")])]
    for claim in (c for c in claims if c.file.name.startswith("renamed.") and c.door() in column.doors):
        # The attribute of a renamed pinsight is pinsight's: the package in compat/ only stands in for the name `pin-project`.
        by_name = claim.door() == "lite" or column.peer != PINSIGHT
        dependency = column.dependencies[column.doors.index(claim.door()) if by_name else -1]
        groups.append((f"-renamed-{claim.door()}", Column(column.peer, column.version, [], [dependency]), [claim]))
    for suffix, part, members in groups:
        members = [claim for claim in members if claim.door() in column.doors]
        if not members:
            continue
        folder = SCRATCH / ("with-" + column.title().replace(" ", "-").replace(".", "-") + suffix)
        make_package(folder, part, members, renamed=bool(suffix))
        built = cargo(folder, "build", "--quiet", "--lib")
        if built.returncode:
            sys.exit(f"error: the dependencies of {folder} do not build:\n{built.stderr}")
        messages = cargo(folder, "check", "--bins", "--keep-going", "--message-format=json")
        (folder / "messages.json").write_text(messages.stdout)
        outcomes = read_run(folder / "messages.json", folder)
        for claim in members:
            outcome = outcomes.get(claim.file.name)
            if outcome is None:
                faults.append(f"{column.title()}: cargo says nothing about {claim.file.name}: {messages.stderr}")
                continue
            compiled, wrong = judge(claim, column, folder, outcome.compiled, "".join(outcome.messages))
            column.results[claim.file.name] = compiled
            faults += [f"{column.title()}: {claim.file.name} {fault}" for fault in wrong]
    return faults


def table(file: Path, marker: str) -> list[dict[str, str]]:
    """The rows of the table between two markers, by the titles of its columns; the first column is called `row`."""
    parts = file.read_text().split(f"<!-- {marker} -->")
    if len(parts) != 3:
        sys.exit(f"error: {file} has not two markers `{marker}`")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in parts[1].strip().splitlines()]
    titles = ["row", *rows[0][1:]]
    return [dict(zip(titles, row, strict=True)) for row in rows[2:]]


def check_cell(where: str, cell: str, yes: str, no: str, outcomes: list[bool]) -> list[str]:
    """A cell is one of two words, with what is said behind it left out, or empty where no program says anything."""
    if not outcomes:
        return [f"{where}: `{cell}`, but no program says so"] if cell else []
    if not (all(outcomes) or not any(outcomes)):
        return [f"{where}: its programs differ, so the row has to be two"]
    word = yes if outcomes[0] else no
    return [] if cell.startswith(word) else [f"{where}: says `{cell}`, but it is `{word}`"]


def check_tables(all_columns: list[Column], features: list[Claim], holes: list[Claim]) -> list[str]:
    faults = []
    for file, marker, claims in (("compat/README.md", "features", features), ("SOUNDNESS.md", "holes", holes)):
        rows = table(ROOT / file, marker)
        faults += [
            f"{file}: no row `{row}`" for row in sorted({claim.row for claim in claims} - {row["row"] for row in rows})
        ]
        for row in rows:
            members = [claim for claim in claims if claim.row == row["row"]]
            if not members:
                faults.append(f"{file}: no program for the row `{row['row']}`")
            for title, cell in row.items():
                # A title names a peer, or a peer and its version.
                for column in (c for c in all_columns if title in (c.peer, c.title())):
                    found = {m.file.name: column.results[m.file.name] for m in members if m.file.name in column.results}
                    if column.peer == PINSIGHT and marker == "features":
                        # One door that has it is enough, for each of the row's programs.
                        names = {name.partition(".")[0] for name in found}
                        outcomes = [any(ok for n, ok in found.items() if n.partition(".")[0] == name) for name in names]
                    else:
                        outcomes = list(found.values())
                    words = ("yes", "no") if marker == "features" else ("open", "closed")
                    if column.peer == PINSIGHT and marker == "features" and cell.startswith("by the"):
                        words = ("by the", "no")
                    faults += check_cell(f"{file}, `{row['row']}`, {column.title()}", cell, *words, outcomes)
    for claim in holes:
        for column in all_columns:
            if column.peer == PINSIGHT and column.results.get(claim.file.name):
                faults.append(f"{claim.file.name} is open in pinsight")
    return faults


def main() -> None:
    names = sys.argv[1:]
    folder = ROOT / "ci/peer-claims"
    features, holes = ([read_claim(f) for f in sorted((folder / kind).glob("*.rs"))] for kind in ("features", "holes"))
    chosen = [c for c in features + holes if not names or any(c.file.name.startswith(name) for name in names)]
    if not chosen:
        sys.exit(f"error: no program is called {' or '.join(names)}")
    faults = []
    all_columns = columns()
    for column in all_columns:
        found = compile_column(column, chosen)
        compiled = sum(column.results.values())
        print(f"{column.title()}: {len(column.results)} programs, {compiled} compile, {len(column.results) - compiled} are refused")
        faults += found
    if not names:
        faults += check_tables(all_columns, features, holes)
    for fault in faults:
        print(f"FAILED: {fault}")
    print(f"{len(faults)} failed" if faults else "all as claimed")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
