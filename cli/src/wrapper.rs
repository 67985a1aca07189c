//! What this program does when cargo starts it in place of the compiler: the same, with the settings that make a build quick
//! to do and complete to read, and that change nothing of the layout.
//!
//! The layout of a future depends on debug assertions and overflow checks and not on the optimisation, so everything is
//! compiled without optimisation, with the two checks as the user's profile has them.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// Set for cargo by [`crate::build`], and so for the wrapper: the folders of the workspace's own packages.
pub(crate) const OWN_PACKAGES: &str = "CARGO_PINSIGHT_OWN_PACKAGES";
/// The folder for the MIR of the workspace's own crates.
pub(crate) const MIR_FOLDER: &str = "CARGO_PINSIGHT_MIR";
/// Set if dependencies are read too.
pub(crate) const ALL: &str = "CARGO_PINSIGHT_ALL";
/// The wrapper that the user had set.
pub(crate) const INNER: &str = "CARGO_PINSIGHT_INNER_WRAPPER";

pub(crate) fn is_wrapper() -> bool {
    env::var_os(MIR_FOLDER).is_some() && env::args_os().len() > 1
}

pub(crate) fn run() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let compiler = arguments.next().unwrap_or_else(|| "rustc".into());
    let arguments = Settings::of_environment().apply(arguments.collect());
    let mut command = match env::var_os(INNER) {
        Some(inner) if !inner.is_empty() => {
            let mut command = Command::new(inner);
            command.arg(compiler);
            command
        }
        _ => Command::new(compiler),
    };
    match command.args(arguments).status() {
        Ok(status) => ExitCode::from(u8::try_from(status.code().unwrap_or(101)).unwrap_or(101)),
        Err(error) => {
            eprintln!("error: cannot start the compiler: {error}");
            ExitCode::from(101)
        }
    }
}

struct Settings {
    is_own: bool,
    all: bool,
    mir_folder: PathBuf,
}

impl Settings {
    fn of_environment() -> Self {
        let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
        let own = env::var_os(OWN_PACKAGES).unwrap_or_default();
        Settings {
            is_own: env::split_paths(&own).any(|folder| folder == Path::new(&package)),
            all: env::var_os(ALL).is_some(),
            mir_folder: env::var_os(MIR_FOLDER).unwrap_or_default().into(),
        }
    }

    fn apply(&self, arguments: Vec<OsString>) -> Vec<OsString> {
        let given = Given::read(&arguments);
        let Some(crate_name) = given.crate_name.clone().filter(|_| given.is_compilation) else { return arguments };
        let mut arguments = given.others;
        let mut add = |argument: &str| arguments.push(argument.into());
        let checks = given.debug_assertions.unwrap_or(given.opt_level == "0");
        let overflow = given.overflow_checks.unwrap_or(checks);
        let on = |value| if value { "on" } else { "off" };
        add("-Copt-level=0");
        add(&format!("-Cdebug-assertions={}", on(checks)));
        add(&format!("-Coverflow-checks={}", on(overflow)));
        add("-Csplit-debuginfo=off");
        add(if self.is_own || self.all { "-Cdebuginfo=2" } else { "-Cdebuginfo=0" });
        if self.is_own {
            if given.is_library {
                add("-Clink-dead-code");
            }
            let name = format!("{crate_name}{}.mir", given.extra_filename);
            let mut emit = OsString::from("--emit=mir=");
            emit.push(self.mir_folder.join(name));
            arguments.push(emit);
        }
        arguments
    }
}

/// What cargo asks the compiler for.
#[derive(Debug, Default)]
struct Given {
    crate_name: Option<String>,
    is_compilation: bool,
    is_library: bool,
    opt_level: String,
    debug_assertions: Option<bool>,
    overflow_checks: Option<bool>,
    extra_filename: String,
    /// Without the settings that are replaced.
    others: Vec<OsString>,
}

impl Given {
    fn read(arguments: &[OsString]) -> Self {
        let mut given = Given { opt_level: "0".into(), ..Given::default() };
        let mut arguments = arguments.iter();
        let mut is_host = false;
        while let Some(argument) = arguments.next() {
            let text = argument.to_string_lossy();
            let setting = match text.strip_prefix("-C") {
                Some("") => arguments.next().map(|setting| setting.to_string_lossy().into_owned()),
                Some(setting) => Some(setting.to_owned()),
                None => None,
            };
            if let Some(setting) = setting {
                if !given.note(&setting) {
                    given.others.push(format!("-C{setting}").into());
                }
                continue;
            }
            given.others.push(argument.clone());
            match &*text {
                "--crate-name" => {
                    let name = arguments.next().cloned().unwrap_or_default();
                    given.crate_name = Some(name.to_string_lossy().into_owned());
                    given.others.push(name);
                }
                "--crate-type" => {
                    let kind = arguments.next().cloned().unwrap_or_default();
                    given.is_library |=
                        matches!(kind.to_str(), Some("lib" | "rlib" | "dylib" | "cdylib" | "staticlib"));
                    is_host |= kind == *OsStr::new("proc-macro");
                    given.others.push(kind);
                }
                _ => given.is_compilation |= text.starts_with("--emit") && text.contains("link"),
            }
        }
        let is_script =
            given.crate_name.as_deref().is_some_and(|name| name.starts_with("build_script_") || name == "___");
        given.is_compilation &= !is_host && !is_script;
        given
    }

    /// Whether the setting is one that is replaced.
    fn note(&mut self, setting: &str) -> bool {
        let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
        let is_on = |value: &str| matches!(value, "" | "y" | "yes" | "on" | "true");
        match name {
            "opt-level" => self.opt_level = value.into(),
            "debug-assertions" => self.debug_assertions = Some(is_on(value)),
            "overflow-checks" => self.overflow_checks = Some(is_on(value)),
            "debuginfo" | "strip" | "lto" | "split-debuginfo" | "linker-plugin-lto" => {}
            "extra-filename" => {
                self.extra_filename = value.into();
                return false;
            }
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(line: &str, is_own: bool) -> String {
        let settings = Settings { is_own, all: false, mir_folder: "/m".into() };
        let arguments = settings.apply(line.split(' ').map(OsString::from).collect());
        arguments.iter().map(|argument| argument.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_release_build_keeps_its_checks_off() {
        let line = "--crate-name app --crate-type bin --emit=dep-info,link -C opt-level=3 -C lto -C extra-filename=-01 -C strip=symbols";
        assert_eq!(
            applied(line, true),
            "--crate-name app --crate-type bin --emit=dep-info,link -Cextra-filename=-01 -Copt-level=0 -Cdebug-assertions=off \
             -Coverflow-checks=off -Csplit-debuginfo=off -Cdebuginfo=2 --emit=mir=/m/app-01.mir"
        );
    }

    #[test]
    fn a_dependency_has_no_debug_info() {
        let line =
            "--crate-name dep --crate-type lib --emit=dep-info,metadata,link -C debuginfo=2 -C overflow-checks=off";
        assert_eq!(
            applied(line, false),
            "--crate-name dep --crate-type lib --emit=dep-info,metadata,link -Copt-level=0 -Cdebug-assertions=on \
             -Coverflow-checks=off -Csplit-debuginfo=off -Cdebuginfo=0"
        );
    }

    #[test]
    fn what_is_not_for_the_program_is_left_alone() {
        for line in [
            "--crate-name build_script_build --crate-type bin --emit=dep-info,link -C opt-level=3",
            "--crate-name derive --crate-type proc-macro --emit=dep-info,link -C opt-level=3",
            "-vV",
            "--crate-name ___ --print=file-names --crate-type lib",
        ] {
            assert_eq!(applied(line, true), line);
        }
    }
}
