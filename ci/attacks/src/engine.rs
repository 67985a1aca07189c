//! Builds what is attacked and what it is attacked with, by calling the compiler: the macros, the facade, and the libraries of
//! `arsenal/`.

use crate::Result;
use crate::message::{self, Message};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The built libraries, and how to compile against them.
#[derive(Clone)]
pub(crate) struct Engine {
    /// The workspace whose macros these are.
    pub(crate) source: PathBuf,
    pub(crate) libraries: PathBuf,
    /// With AddressSanitizer.
    pub(crate) sanitized: PathBuf,
    /// What it says of its own.
    pub(crate) messages: Vec<Message>,
}

/// Adds AddressSanitizer, which needs the unstable options.
pub(crate) fn sanitize(rustc: &mut Command) {
    rustc.env("RUSTC_BOOTSTRAP", "1").args(["-Zsanitizer=address", "-Copt-level=0", "-Cdebuginfo=0"]);
}

impl Engine {
    /// Builds the engine of the workspace at `source`. `tools` is where `ci/attacks` and `ui-tests/attackers` are.
    pub(crate) fn build(source: &Path, tools: &Path, scratch: &Path) -> Result<Self> {
        let engine = Self {
            source: source.to_owned(),
            libraries: scratch.join("libraries"),
            sanitized: scratch.join("sanitized"),
            messages: message::read(&fs::read_to_string(source.join("macros/src/messages.rs"))?),
        };
        for folder in [&engine.libraries, &engine.sanitized] {
            if folder.exists() {
                fs::remove_dir_all(folder)?;
            }
            fs::create_dir_all(folder)?;
        }
        let own = tools.join("ci/attacks/arsenal");
        for (name, file) in [
            ("pinsight_macros", source.join("macros/src/lib.rs")),
            ("attackers", tools.join("ui-tests/attackers/src/lib.rs")),
            ("arsenal_macros", own.join("macros.rs")),
        ] {
            for folder in [&engine.libraries, &engine.sanitized] {
                let mut rustc = library(name, &file, folder);
                rustc.args(["--crate-type", "proc-macro", "--extern", "proc_macro", "-Copt-level=0"]);
                run(&mut rustc)?;
            }
        }
        for (name, file) in [
            ("pinsight", source.join("src/lib.rs")),
            ("arsenal", own.join("lib.rs")),
            ("victim", own.join("victim.rs")),
        ] {
            for folder in [&engine.libraries, &engine.sanitized] {
                let mut rustc = library(name, &file, folder);
                rustc.args(["--crate-type", "lib", "--extern", "pinsight_macros"]);
                if folder == &engine.sanitized {
                    sanitize(&mut rustc);
                }
                run(&mut rustc)?;
            }
        }
        Ok(engine)
    }

    /// Compiles a library of an attack for both kinds of programs.
    pub(crate) fn add_library(&self, name: &str, text: &str) -> Result<()> {
        let file = self.libraries.join(format!("{name}.rs"));
        fs::write(&file, text)?;
        for folder in [&self.libraries, &self.sanitized] {
            let mut rustc = library(name, &file, folder);
            rustc.args([
                "--crate-type",
                "lib",
                "--extern",
                "arsenal",
                "--extern",
                "pinsight",
                "--extern",
                "victim",
                "--extern",
                "arsenal_macros",
            ]);
            if folder == &self.sanitized {
                sanitize(&mut rustc);
            }
            run(&mut rustc)?;
        }
        Ok(())
    }

    /// The text that a program expands to.
    pub(crate) fn expand(&self, file: &Path, edition: &str) -> Result<String> {
        let mut rustc = rustc();
        rustc.env("RUSTC_BOOTSTRAP", "1");
        rustc.args(["-Zunpretty=expanded", "--crate-type", "lib", "--edition", edition, "-Awarnings"]);
        rustc.arg("-L").arg(&self.libraries).arg(file);
        for name in ["pinsight", "pinsight_macros", "arsenal", "arsenal_macros"] {
            rustc.args(["--extern", name]);
        }
        run(&mut rustc)
    }
}

fn library(name: &str, file: &Path, folder: &Path) -> Command {
    let mut rustc = rustc();
    rustc.args(["--edition", "2024", "--crate-name", name, "-Awarnings"]);
    rustc.arg("--out-dir").arg(folder).arg("-L").arg(folder).arg(file);
    rustc
}

/// The compiler that the workspace is pinned to.
pub(crate) fn rustc() -> Command {
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc.stdin(Stdio::null());
    rustc
}

/// Runs a compiler that has to succeed, and returns what it prints.
pub(crate) fn run(command: &mut Command) -> Result<String> {
    let output = command.output()?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{command:?} failed:\n{errors}").into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
