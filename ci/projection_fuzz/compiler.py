"""Compiles many modules at once, and says which of them rustc rejects."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from texts import PRELUDE

PEERS = {"pin_project": "1.2.0", "pin_project_lite": "0.2.18"}


class Compiler:
    """rustc with the peers, and with pinsight as it is in the folder `engine`."""

    def __init__(self, engine, scratch):
        self.scratch = Path(scratch).resolve()
        self.externs = self.build(Path(engine).resolve())

    def build(self, engine):
        package = self.scratch / "dependencies"
        (package / "src").mkdir(parents=True, exist_ok=True)
        (package / "src/lib.rs").write_text("")
        peers = "".join(f'{name.replace("_", "-")} = "={version}"\n' for name, version in PEERS.items())
        (package / "Cargo.toml").write_text(
            '[package]\nname = "dependencies"\nversion = "0.0.0"\nedition = "2021"\n\n[workspace]\n\n[dependencies]\n'
            f'{peers}pinsight = {{ path = "{engine}" }}\n'
        )
        built = subprocess.run(
            ["cargo", "check", "--quiet", "--message-format=json", "--manifest-path", package / "Cargo.toml",
             "--target-dir", self.scratch / "build"],
            stdout=subprocess.PIPE, check=True, text=True)
        externs = {}
        for line in built.stdout.splitlines():
            message = json.loads(line)
            if message["reason"] == "compiler-artifact" and message["target"]["name"] in [*PEERS, "pinsight"]:
                externs[message["target"]["name"]] = next(f for f in message["filenames"] if f.endswith(".rmeta"))
        return externs

    def rejected(self, name, edition, modules):
        """The modules that do not compile, each with the errors seen. `modules` is a dictionary from names to texts.

        An error hides those of later stages, so that what is left is compiled again until nothing is rejected."""
        rejected = {}
        left = dict(modules)
        while left:
            found = self.compile(name, edition, left)
            if not found:
                return rejected
            for module, errors in found.items():
                rejected[module] = errors
                del left[module]
        return rejected

    def compile(self, name, edition, modules):
        folder = self.scratch / "crates" / name
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "modules").mkdir(parents=True)
        (folder / "prelude.rs").write_text(PRELUDE)
        (folder / "lib.rs").write_text(
            "#![allow(warnings)]\npub mod prelude;\npub mod modules {\n"
            + "".join(f"    mod {module};\n" for module in modules) + "}\n")
        for module, text in modules.items():
            (folder / "modules" / f"{module}.rs").write_text(text + "\n")
        command = ["rustc", f"--edition={edition}", "--crate-type=lib", "--crate-name=types", "--emit=metadata", "--cap-lints=allow",
                   "--error-format=json", "--out-dir", folder, "-L", f"dependency={self.scratch / 'build/debug/deps'}"]
        for extern, path in self.externs.items():
            command += ["--extern", f"{extern}={path}"]
        result = subprocess.run([*command, folder / "lib.rs"], stderr=subprocess.PIPE, text=True, cwd=folder,
                                env={**os.environ, "RUST_BACKTRACE": "0"})
        rejected, unplaced = {}, []
        for line in result.stderr.splitlines():
            message = json.loads(line) if line.startswith("{") else {"level": "error", "message": line, "spans": []}
            if message["level"] not in ("error", "error: internal compiler error"):
                continue
            places = self.places(message) or [m for child in message.get("children", []) for m in self.places(child)]
            for module in places:
                rejected.setdefault(module, []).append(message["message"])
            if not places and "aborting due to" not in message["message"]:
                unplaced.append(message["message"])
        if result.returncode == 0 or rejected:
            return rejected
        if len(modules) == 1:
            return {module: unplaced or ["rustc fails"] for module in modules}
        # A panic of the compiler names no module: look for it.
        items = list(modules.items())
        half = len(items) // 2
        return self.compile(name, edition, dict(items[:half])) | self.compile(name, edition, dict(items[half:]))

    @staticmethod
    def places(message):
        """The modules that the main spans of a message lie in, followed to where a macro was called."""
        found = []
        for span in message["spans"]:
            if not span["is_primary"]:
                continue
            while span.get("expansion"):
                span = span["expansion"]["span"]
            path = Path(span["file_name"])
            if path.parent.name == "modules":
                found.append(path.stem)
        return found
