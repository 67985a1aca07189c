#!/usr/bin/env python3
"""Finds circles between the files of each crate, and fails if there is one.

`ci/circles.py` reads the `src` folder of every package of the repository and follows the paths that its code mentions: `use`
items, and paths that begin with `crate`, `super`, `self` or a module's name. A path counts for the file that defines what it
names, and not for a file that only re-exports it. Two things do not count: what stands under `#[cfg(test)]`, and what a file
takes from the modules that it is a part of (`super::…`, `crate::…` for an item of the root): a folder's `mod.rs` holds what
its files share.

Circles that are there for a reason stand in `ci/circles-allowed.txt`, one a line: the files with spaces between them, `:`, and
why. The list can only shrink: a circle that is smaller than its line, or is gone, has to have its line cut.

- `ci/circles.py --arrows CRATE` prints every arrow of one crate, with a path that it is for.
- `ci/circles.py --self-test` tests this script with crates that it writes itself.
"""

import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = ROOT / "ci/circles-allowed.txt"

TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|(?:b|c)?r(?P<hashes>\#*)".*?"(?P=hashes)|(?:b|c)?"(?:\\.|[^"\\])*"|b?'(?:\\[^\n]*?|[^'\\\n])'"""
    r"""|(?:r\#)?[A-Za-z_]\w*|'[A-Za-z_]\w*|\d\w*|::|\s+|.""",
    re.S,
)
NAME = re.compile(r"(?:r#)?[A-Za-z_]\w*$")
DEFINES = {"struct", "enum", "union", "trait", "fn", "type", "const", "static", "mod", "macro_rules"}
# What may stand between one of those words and a name.
SKIPPED = {"!", "mut", "unsafe"}


def tokens(text):
    """The tokens of Rust text without spaces, comments and literals."""
    found = (match.group() for match in TOKEN.finditer(text))
    return [token for token in found if not token.isspace() and not re.match(r"""//|/\*|\d|b?'.*'$|(?:b|c)?r?\#*["]""", token, re.S)]


def after_group(code, index):
    """The index after the group that opens at `index`."""
    depth = 0
    while index < len(code):
        depth += (code[index] in "([{") - (code[index] in ")]}")
        index += 1
        if depth == 0:
            break
    return index


def after_item(code, index):
    """The index after the item that begins at `index`: after its `;` or its braces."""
    while index < len(code):
        if code[index] in ("(", "[", "{"):
            is_body = code[index] == "{"
            index = after_group(code, index)
            if is_body:
                return index + 1 if index < len(code) and code[index] == ";" else index
        elif code[index] in (";", ","):
            return index + 1
        elif code[index] in (")", "}", "]"):
            return index
        else:
            index += 1
    return index


class Module:
    """One file: what it defines, what it imports, and the paths that it mentions."""

    def __init__(self, path, name):
        self.path, self.name = path, name
        self.children, self.defined = {}, set()
        # Name to path; paths that end in `*`.
        self.imports, self.globs = {}, []
        # Each import: its path, the name that it gets, whether it is re-exported.
        self.uses, self.mentions = [], []
        # Names that stand in the code, apart from imports.
        self.words = set()
        self.read(tokens(path.read_text(encoding="utf-8")))

    def read(self, code):
        index, public, depth = 0, False, 0
        while index < len(code):
            token = code[index]
            if token == "#" and code[index + 1 : index + 2] in (["["], ["!"]):
                start = index + (2 if code[index + 1] == "!" else 1)
                end = after_group(code, start)
                attribute = code[start:end]
                is_test = attribute[1:2] == ["cfg"] and "test" in attribute and "not" not in attribute or attribute == ["[", "test", "]"]
                is_doctest = attribute[1:2] == ["cfg"] and "doctest" in attribute
                index = end
                if (is_test or is_doctest) and code[start - 1] != "!":
                    while index < len(code) and code[index] == "#":
                        index = after_group(code, index + 1)
                    index = after_item(code, index)
                continue
            if token == "pub":
                public = True
                index = after_group(code, index + 1) if code[index + 1] == "(" and code[index + 2] in ("crate", "super", "in", "self") else index + 1
                continue
            if token == "use" and index + 1 < len(code) and code[index + 1] != "<":
                end = index
                while code[end] != ";":
                    end += 1
                self.use(code[index + 1 : end], [], public)
                index, public = end + 1, False
                continue
            if token in DEFINES and depth == 0:
                place = index + 1
                while place < len(code) and code[place] in SKIPPED:
                    place += 1
                if place < len(code) and NAME.match(code[place]):
                    name = code[place]
                    if token == "mod" and code[place + 1 : place + 2] == [";"]:
                        self.children[name] = None
                        index, public = place + 2, False
                        continue
                    self.defined.add(name)
            public = False
            if NAME.match(token) and (index == 0 or code[index - 1] != "::"):
                path = [token]
                while code[index + 1 : index + 2] == ["::"] and index + 2 < len(code) and NAME.match(code[index + 2]):
                    path.append(code[index + 2])
                    index += 2
                if len(path) > 1:
                    self.mentions.append(path)
                self.words.add(token)
            depth += (token == "{") - (token == "}")
            index += 1

    def use(self, tree, prefix, public):
        """`a::{b, c as d, e::*}`, taken apart."""
        path, index = list(prefix), 0
        while index < len(tree):
            token = tree[index]
            if token == "{":
                inner, start = after_group(tree, index) - 1, index + 1
                depth, part = 0, []
                for one in tree[start:inner] + [","]:
                    depth += (one == "{") - (one == "}")
                    if one == "," and depth == 0:
                        if part:
                            self.use(part, path, public)
                        part = []
                    else:
                        part.append(one)
                return
            if token == "*":
                self.globs.append(path)
                return
            if token == "as":
                self.bind(path, tree[index + 1], public)
                return
            if token != "::":
                path.append(token)
            index += 1
        if path[-1:] == ["self"]:
            path.pop()
        self.bind(path, path[-1], public)

    def bind(self, path, name, public):
        self.imports[name] = path
        self.uses.append((path, name, public))


class Crate:
    """The files of one `src` folder, as a tree of modules."""

    def __init__(self, source, root):
        self.root, self.modules = root, {}
        for root in ("lib.rs", "main.rs"):
            if (source / root).exists():
                self.load(source / root, ())
                break

    def load(self, path, name):
        module = Module(path, name)
        self.modules[name] = module
        folder = path.parent if path.name in ("lib.rs", "main.rs", "mod.rs") else path.with_suffix("")
        for child in module.children:
            plain = child.removeprefix("r#")
            for file in (folder / f"{plain}.rs", folder / plain / "mod.rs"):
                if file.exists():
                    self.load(file, (*name, child))
                    break

    def find(self, start, path, seen=frozenset()):
        """The module that defines what `path` names in the module `start`; `None` for what is of another crate."""
        if not path or (start, tuple(path)) in seen:
            return None
        seen = seen | {(start, tuple(path))}
        first, rest = path[0], path[1:]
        if first == "crate":
            return self.walk((), rest, seen)
        if first == "self":
            return self.walk(start, rest, seen)
        if first == "super":
            return self.walk(start[:-1], rest, seen) if start else None
        module = self.modules[start]
        if (*start, first) in self.modules:
            return self.walk((*start, first), rest, seen)
        if first in module.imports:
            target = module.imports[first]
            return self.find(start, target + rest, seen) if target[:1] != [first] else self.find_outside(start, target + rest, seen)
        if first in module.defined:
            return start
        for glob in module.globs:
            around = self.module_of(start, glob, seen)
            if around is not None and (found := self.walk(around, path, seen, exact=True)) is not None:
                return found
        return None

    def find_outside(self, start, path, seen):
        """`use a::…` beside a module `a` is that module; else another crate's."""
        return self.walk((*start, path[0]), path[1:], seen) if (*start, path[0]) in self.modules else None

    def module_of(self, start, path, seen):
        """The module that a path names, if it names one."""
        where = start
        for index, part in enumerate(path):
            if part == "crate":
                where = ()
            elif part == "super":
                where = where[:-1]
            elif part == "self":
                continue
            elif (*where, part) in self.modules:
                where = (*where, part)
            elif part in self.modules[where].imports and index == 0:
                where = self.module_of(where, self.modules[where].imports[part], seen)
                if where is None:
                    return None
            else:
                return None
        return where

    def walk(self, where, path, seen, exact=False):
        """From a module of this crate downwards."""
        if not path:
            return where
        if path[0] == "super":
            return self.walk(where[:-1], path[1:], seen)
        module = self.modules[where]
        if (*where, path[0]) in self.modules:
            return self.walk((*where, path[0]), path[1:], seen)
        if path[0] in module.defined:
            return where
        if path[0] in module.imports:
            found = self.find(where, path, seen)
            return found if found is not None or exact else where
        for glob in module.globs:
            around = self.module_of(where, glob, seen)
            if around is not None and (found := self.walk(around, path, seen, exact=True)) is not None:
                return found
        return None if exact else where

    def arrows(self):
        """From each file to the files that it needs, with one path as the reason."""
        arrows = {}
        for name, module in self.modules.items():
            mine = arrows.setdefault(name, {})
            paths = [path for path, bound, public in module.uses if not public or bound in module.words]
            paths += [path for path in module.mentions if path[0] != "Self"]
            for path in paths:
                target = self.find(name, path)
                if target is not None and name[: len(target)] != target:
                    mine.setdefault(target, "::".join(path))
        return arrows

    def file(self, name):
        return self.modules[name].path.relative_to(self.root).as_posix()


def circles(arrows):
    """The strongly connected parts of more than one file, by Tarjan's algorithm."""
    numbers, lowest, stack, found = {}, {}, [], []

    def visit(node):
        numbers[node] = lowest[node] = len(numbers)
        stack.append(node)
        for target in arrows[node]:
            if target not in numbers:
                visit(target)
                lowest[node] = min(lowest[node], lowest[target])
            elif target in stack:
                lowest[node] = min(lowest[node], numbers[target])
        if lowest[node] == numbers[node]:
            part = []
            while not part or part[-1] != node:
                part.append(stack.pop())
            if len(part) > 1:
                found.append(sorted(part))

    for node in arrows:
        if node not in numbers:
            visit(node)
    return sorted(found)


def sources(root):
    skipped = {"target", ".git"}
    for manifest in sorted(root.rglob("Cargo.toml")):
        source = manifest.parent / "src"
        if source.is_dir() and not skipped & set(manifest.relative_to(root).parts):
            yield source


def found_in(root):
    """Every circle of every crate: its files, and its arrows as text."""
    for source in sources(root):
        crate = Crate(source, root)
        arrows = crate.arrows()
        for circle in circles(arrows):
            inside = [(one, two, path) for one in circle for two, path in arrows[one].items() if two in circle]
            yield (
                frozenset(crate.file(name) for name in circle),
                [f"  {crate.file(one)} -> {crate.file(two)}, for `{path}`" for one, two, path in inside],
            )


def check(root, allowed):
    """What is wrong, as lines of text."""
    rules = {}
    for line in allowed.splitlines():
        if line.strip() and not line.startswith("#"):
            files, _, reason = line.partition(":")
            rules[frozenset(files.split())] = reason.strip()
    wrong, met = [], set()
    for files, arrows in found_in(root):
        rule = next((rule for rule in rules if files <= rule), None)
        if rule is None:
            wrong += [f"error: {len(files)} files need each other in a circle", *arrows]
        elif files != rule:
            gone = ", ".join(f"`{file}`" for file in sorted(rule - files))
            wrong.append(f"error: a circle has shrunk\nhelp: cut {gone} from its line in `ci/circles-allowed.txt`")
        if rule is not None:
            met.add(rule)
    for rule in sorted(set(rules) - met, key=sorted):
        wrong.append(f"error: a circle is gone\nhelp: cut the line of `{sorted(rule)[0]}` from `ci/circles-allowed.txt`")
    wrong += [f"error: the line of `{sorted(rule)[0]}` has no reason" for rule, reason in rules.items() if not reason]
    return wrong


def self_test():
    def circles_of(files, allowed=""):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "app/src").mkdir(parents=True)
            (root / "app/Cargo.toml").write_text("")
            for name, text in files.items():
                path = root / "app/src" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            return check(root, allowed)

    pair = {"lib.rs": "mod a; mod b;", "a.rs": "use crate::b::B; pub struct A;", "b.rs": "pub struct B(crate::a::A);"}
    both = "app/src/a.rs app/src/b.rs"
    assert circles_of(pair)[0] == "error: 2 files need each other in a circle", "a `use` and a path"
    assert circles_of(pair)[1] == "  app/src/a.rs -> app/src/b.rs, for `crate::b::B`"
    assert circles_of(pair, f"{both}: they do") == [], "it is allowed"
    assert len(circles_of(pair, f"{both}:")) == 1, "a reason is missing"
    assert len(circles_of(pair, f"{both} app/src/c.rs: they do")) == 1, "it has shrunk"
    assert len(circles_of({"lib.rs": ""}, f"{both}: they do")) == 1, "it is gone"

    def one_way(text, other="pub struct B;"):
        return circles_of({"lib.rs": "mod a; mod b; pub use b::B;", "a.rs": text, "b.rs": other})

    back = "use crate::a::A; pub struct B(A);"
    assert one_way("pub struct A;", back) == []
    assert one_way("use crate::B; pub struct A(B);", back), "through a re-export"
    assert one_way("use crate::b::{self, B as C}; pub struct A;", back), "in braces"
    assert one_way("use super::*; pub struct A(B);", back) == [], "a glob of what the file is a part of"
    assert one_way("use super::b::*; pub struct A(B);", back) == [], "what a glob brings has no path"
    assert one_way("pub struct A; fn f() { super::b::g() }", back + "pub fn g() {}"), "a call"
    assert one_way("pub struct A; #[cfg(test)] mod tests { use crate::b::B; }", back) == [], "a test"
    assert one_way("pub struct A; #[cfg(test)] #[allow(x)] fn f() { crate::b::g() }", back) == [], "a function of a test"
    assert one_way("pub struct A; // crate::b::B\n/// crate::b::B\nfn f() {}", back) == [], "a comment"
    assert one_way("pub struct A; fn f() -> &'static str { \"crate::b::B\" }", back) == [], "a text"
    assert one_way("pub struct A; fn f() { println!(\"'\"); let x = 'x'; crate::b::g() }", back), "after quotes"
    child = {"lib.rs": "mod a;", "a/mod.rs": "mod b; pub struct A; fn f() { b::g() }", "a/b.rs": "use super::A; pub fn g() {}"}
    assert circles_of(child) == [], "a folder and its file"
    child |= {"a/mod.rs": "mod b; mod c; pub struct A;", "a/b.rs": "use super::c::C;", "a/c.rs": "use super::b; pub struct C;"}
    assert circles_of(child), "two files of a folder"
    print("circles: the self-test passed")


def main(arguments):
    sys.setrecursionlimit(10_000)
    match arguments:
        case []:
            wrong = check(ROOT, ALLOWED.read_text(encoding="utf-8"))
            print("\n".join(wrong) or "no circle that is not allowed")
            return 1 if wrong else 0
        case ["--self-test"]:
            return self_test()
        case ["--arrows", name]:
            crate = Crate(ROOT / name / "src", ROOT)
            for one, targets in crate.arrows().items():
                for two, path in targets.items():
                    print(f"{crate.file(one)} -> {crate.file(two)}, for `{path}`")
            return 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
