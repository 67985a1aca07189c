#!/usr/bin/env python3
"""Random types, and texts for `pin_project!` with something wrong in them, through pinsight and through its peers.

Whatever rustc takes without any projection, `#[derive(PinProject)]` and `#[pin_project]` have to take; whatever the peers
take, the drop-in doors have to take; whatever pin-project-lite rejects, `lite::pin_project!` has to reject. What is
different on purpose stands in ci/projection-exceptions.txt, with its reason. See ci/projection-fuzz.sh.
"""

import argparse
import re
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from compiler import Compiler
from mutations import mutated
from texts import Sample

BATCH = 500
EDITIONS = ("2021", "2024", "2018")


class Exceptions:
    """`accepts|rejects door /expression/ reason`: the expression is sought in the text of the module."""

    def __init__(self, path):
        self.lines = []
        for line in path.read_text().splitlines():
            if line and not line.startswith("#"):
                verdict, door, expression, reason = re.fullmatch(r"(\w+) (\S+) /(.*)/ (.*)", line).groups()
                self.lines.append((verdict, door, re.compile(expression, re.S), reason))
        self.used = Counter()

    def reason(self, verdict, door, text):
        for line in self.lines:
            if line[0] == verdict and line[1] in (door, "all") and line[2].search(text):
                self.used[line[3]] += 1
                return line[3]
        return None


class Run:
    def __init__(self, compiler, exceptions, options):
        self.compiler, self.exceptions, self.options = compiler, exceptions, options
        self.counts, self.differences = Counter(), 0
        self.pool = ThreadPoolExecutor(options.jobs)

    def rejected(self, name, texts):
        """Of a dictionary of texts, those that do not compile, with their errors."""
        batches = []
        for remainder, edition in enumerate(EDITIONS):
            items = [(name, text) for name, text in texts.items() if int(name[1:]) // 3 % len(EDITIONS) == remainder]
            batches += [(edition, dict(items[start:start + BATCH])) for start in range(0, len(items), BATCH)]
        compiled = [self.pool.submit(self.compiler.rejected, f"{name}-{index}", edition, batch)
                    for index, (edition, batch) in enumerate(batches)]
        rejected = {}
        for batch in compiled:
            rejected.update(batch.result())
        return rejected

    def judge(self, door, baseline, texts, taken, rejected):
        """Each of those that `baseline` has taken has to be taken by us."""
        for name in taken:
            if name not in rejected:
                self.counts[f"{door}: taken, as by {baseline}"] += 1
                continue
            text = texts[name]
            reason = self.exceptions.reason("rejects", door, text)
            if reason:
                self.counts[f"{door}: rejected though {baseline} takes it: {reason}"] += 1
            else:
                self.differ(f"{door}: rejected though {baseline} takes it", name, text, rejected[name])

    def differ(self, what, name, text, errors=()):
        self.counts[f"{what}: DIFFERENT"] += 1
        self.differences += 1
        if self.differences <= self.options.shown:
            print(f"-- {what}: {name}\n{text}\n   " + "\n   ".join(list(errors)[:3]), flush=True)

    def types(self, door):
        """Types through `attribute` or `derive`: against rustc alone, and against pin-project."""
        samples = {f"t{number}": Sample(door, self.options.seed, number) for number in range(self.options.types)}
        plain = {name: sample.text("plain") for name, sample in samples.items()}
        bad = self.rejected(f"{door}-plain", plain)
        samples = {name: sample for name, sample in samples.items() if name not in bad}
        self.counts[f"{door}: random types"] += len(plain)
        self.counts[f"{door}: of which rustc takes"] += len(samples)
        if self.options.explain and bad:
            for errors, count in Counter(errors[0] for errors in bad.values()).most_common(12):
                print(f"    rustc alone: {count} × {errors}")
        peer = {}
        if door == "attribute":
            texts = {name: sample.text("peer") for name, sample in samples.items()}
            peer = self.rejected(f"{door}-peer", texts)
            self.counts["attribute: of which pin-project takes"] += len(samples) - len(peer)
            if self.options.explain:
                for errors, count in Counter(errors[0] for errors in peer.values()).most_common(12):
                    print(f"    pin-project: {count} × {errors}")
        texts = {name: sample.text(door) for name, sample in samples.items()}
        ours = self.rejected(f"{door}-ours", texts)
        if door == "attribute":
            self.judge(door, "pin-project", texts, [name for name in samples if name not in peer], ours)
        self.judge(door, "rustc", texts, [name for name in samples if name in peer or door == "derive"], ours)

    def lite(self):
        samples = {f"t{number}": Sample("lite", self.options.seed, number) for number in range(self.options.types)}
        peer = self.rejected("lite-peer", {name: sample.text("peer") for name, sample in samples.items()})
        taken = [name for name in samples if name not in peer]
        self.counts["lite: random types"] += len(samples)
        self.counts["lite: of which pin-project-lite takes"] += len(taken)
        if self.options.explain:
            for errors, count in Counter(errors[0] for errors in peer.values()).most_common(12):
                print(f"    pin-project-lite: {count} × {errors}")
        texts = {name: samples[name].text("lite") for name in taken}
        self.judge("lite", "pin-project-lite", texts, taken, self.rejected("lite-ours", texts))

    def lite_rejections(self):
        """Texts that pin-project-lite rejects. An extension that is documented is one that Rust itself takes as a type."""
        texts, plain = {}, {}
        for number in range(self.options.texts):
            name = f"t{number}"
            found = mutated(self.options.seed, number)
            texts[name] = found
        peer = self.rejected("reject-peer", {name: found.text("pin_project_lite") for name, found in texts.items()})
        rejected = {name: texts[name] for name in peer}
        self.counts["lite: texts with something wrong"] += len(texts)
        self.counts["lite: of which pin-project-lite rejects"] += len(rejected)
        ours = self.rejected("reject-ours", {name: found.text("pinsight::lite") for name, found in rejected.items()})
        accepted = {name: found for name, found in rejected.items() if name not in ours}
        self.counts["lite: rejected, as by pin-project-lite"] += len(rejected) - len(accepted)
        of_rust = {name: found for name, found in accepted.items() if found.zone == "declaration"}
        not_of_rust = self.rejected("reject-plain", {name: found.plain() for name, found in of_rust.items()})
        for name, found in accepted.items():
            text = found.text("pinsight::lite")
            if name in of_rust and name not in not_of_rust:
                self.counts["lite: taken though pin-project-lite rejects it: a declaration that Rust takes"] += 1
                continue
            reason = self.exceptions.reason("accepts", "lite", text)
            if reason:
                self.counts[f"lite: taken though pin-project-lite rejects it: {reason}"] += 1
            else:
                self.differ("lite: taken though pin-project-lite rejects it", name, text, [found.what, *peer[name][:1]])

    def all(self):
        for door in ("attribute", "derive"):
            print(f"== types through `{door}`", flush=True)
            self.types(door)
        print("== types through `lite`", flush=True)
        self.lite()
        print("== texts that pin-project-lite rejects", flush=True)
        self.lite_rejections()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", type=Path, required=True, help="the folder of pinsight")
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--exceptions", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--types", type=int, default=10_000, help="for each door")
    parser.add_argument("--texts", type=int, default=5_000, help="for what has to be rejected")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--explain", action="store_true", help="say why rustc and the peers reject what they do")
    parser.add_argument("--shown", type=int, default=10, help="so many differences are printed in full")
    options = parser.parse_args()
    run = Run(Compiler(options.engine, options.scratch), Exceptions(options.exceptions), options)
    run.all()
    print(f"== seed {options.seed}")
    for key, count in sorted(run.counts.items()):
        print(f"{count:>8} {key}")
    print(f"{run.differences} differences")
    return 1 if run.differences else 0


if __name__ == "__main__":
    sys.exit(main())
