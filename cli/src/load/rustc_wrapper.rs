//! What this program does when cargo starts it in place of the compiler: the same, with the settings that make a build quick
//! to do and complete to read, and that change nothing of the layout.
//!
//! The layout of a future depends on debug assertions and overflow checks and not on the optimisation, so everything is
//! compiled without optimisation, with the two checks as the user's profile has them.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::{Command, ExitCode};

/// Set for cargo by [`build`](super::build), and so for the wrapper: the folders of the workspace's own packages. The MIR of their
/// crates is put beside what else is made of them.
pub(crate) const OWN_PACKAGES: &str = "CARGO_PINSIGHT_OWN_PACKAGES";
/// Changes with what this module adds to the settings of a build.
pub(crate) const REVISION: u32 = 2;
/// Set if dependencies are read too.
pub(crate) const ALL: &str = "CARGO_PINSIGHT_ALL";
/// The wrapper that the user had set.
pub(crate) const INNER: &str = "CARGO_PINSIGHT_INNER_WRAPPER";

pub(crate) fn is_wrapper() -> bool {
    env::var_os(OWN_PACKAGES).is_some() && env::args_os().len() > 1
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
}

impl Settings {
    fn of_environment() -> Self {
        let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
        let own = env::var_os(OWN_PACKAGES).unwrap_or_default();
        Settings {
            is_own: env::split_paths(&own).any(|folder| folder == Path::new(&package)),
            all: env::var_os(ALL).is_some(),
        }
    }

    /// Adds the settings. The compiler takes the last of a setting that is given twice, so what cargo asked for can stay.
    fn apply(&self, mut arguments: Vec<OsString>) -> Vec<OsString> {
        let args = RustcArgs::read(&arguments);
        if !args.is_for_the_program() {
            return arguments;
        }
        let assertions = args.debug_assertions.unwrap_or(args.opt_level == "0");
        let overflow = args.overflow_checks.unwrap_or(assertions);
        let on = |value| if value { "on" } else { "off" };
        let mut add = |argument: &str| arguments.push(argument.into());
        add("-Copt-level=0");
        add(&format!("-Cdebug-assertions={}", on(assertions)));
        add(&format!("-Coverflow-checks={}", on(overflow)));
        for setting in ["-Clto=off", "-Clinker-plugin-lto=off", "-Cstrip=none", "-Csplit-debuginfo=off"] {
            add(setting);
        }
        add(if self.is_own || self.all { "-Cdebuginfo=2" } else { "-Cdebuginfo=0" });
        if self.is_own {
            if args.is_library {
                add("-Clink-dead-code");
            }
            add("--emit=mir");
        }
        arguments
    }
}

/// What cargo asks the compiler for.
#[derive(Debug, Default)]
struct RustcArgs {
    crate_name: Option<String>,
    makes_code: bool,
    is_library: bool,
    is_proc_macro: bool,
    opt_level: String,
    debug_assertions: Option<bool>,
    overflow_checks: Option<bool>,
}

impl RustcArgs {
    fn read(arguments: &[OsString]) -> Self {
        let mut args = RustcArgs { opt_level: "0".into(), ..RustcArgs::default() };
        let arguments: Vec<String> = arguments.iter().flat_map(|argument| in_files(argument)).collect();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            // `-C name=value`, `-Cname=value`, `--codegen name=value` and `--codegen=name=value` are the same.
            let setting = match argument.strip_prefix("--codegen").or_else(|| argument.strip_prefix("-C")) {
                Some("") => arguments.next().map(String::as_str),
                Some(setting) => Some(setting.strip_prefix('=').unwrap_or(setting)),
                None => None,
            };
            if let Some(setting) = setting {
                args.note(setting);
                continue;
            }
            match argument.split_once('=').map_or((&**argument, None), |(name, value)| (name, Some(value))) {
                ("-O", _) => args.opt_level = "3".into(),
                (name @ ("--crate-name" | "--crate-type" | "--emit"), value) => {
                    let value = value.or_else(|| arguments.next().map(String::as_str)).unwrap_or_default();
                    match name {
                        "--crate-name" => args.crate_name = Some(value.to_owned()),
                        "--emit" => args.makes_code |= value.split(',').any(|kind| kind == "link"),
                        _ => args.crate_types(value),
                    }
                }
                _ => {}
            }
        }
        args
    }

    fn crate_types(&mut self, kinds: &str) {
        for kind in kinds.split(',') {
            self.is_library |= matches!(kind, "lib" | "rlib" | "dylib" | "cdylib" | "staticlib");
            self.is_proc_macro |= kind == "proc-macro";
        }
    }

    fn note(&mut self, setting: &str) {
        let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
        let is_on = matches!(value, "" | "y" | "yes" | "on" | "true");
        match name.replace('_', "-").as_str() {
            "opt-level" => self.opt_level = value.into(),
            "debug-assertions" => self.debug_assertions = Some(is_on),
            "overflow-checks" => self.overflow_checks = Some(is_on),
            _ => {}
        }
    }

    /// Whether a crate is compiled that becomes part of the program: no question to the compiler, no macro, no build script.
    fn is_for_the_program(&self) -> bool {
        let is_crate = self
            .crate_name
            .as_deref()
            .is_some_and(|name| name != "___" && !name.starts_with("build_script_") && !self.is_proc_macro);
        is_crate && self.makes_code
    }
}

/// Reads the arguments in the file of `@path`, one a line: cargo writes it when they are too long for a command line.
fn in_files(argument: &OsStr) -> Vec<String> {
    let text = argument.to_string_lossy();
    match text.strip_prefix('@').map(std::fs::read_to_string) {
        Some(Ok(lines)) => lines.lines().map(str::to_owned).collect(),
        _ => vec![text.into_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is added to the arguments.
    fn added(line: &str, is_own: bool) -> String {
        let settings = Settings { is_own, all: false };
        let args: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let all = settings.apply(args.clone());
        assert_eq!(all[..args.len()], args);
        all[args.len()..].iter().map(|argument| argument.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    const ALWAYS: &str = "-Clto=off -Clinker-plugin-lto=off -Cstrip=none -Csplit-debuginfo=off";

    fn settings(checks: &str, overflow: &str, rest: &str) -> String {
        format!("-Copt-level=0 -Cdebug-assertions={checks} -Coverflow-checks={overflow} {ALWAYS} {rest}")
    }

    #[test]
    fn a_release_build_keeps_its_checks_off() {
        let line = "--crate-name app --crate-type bin --emit=dep-info,link -C opt-level=3 -C lto -C strip=symbols";
        assert_eq!(added(line, true), settings("off", "off", "-Cdebuginfo=2 --emit=mir"));
        let line = "--crate-name app --crate-type bin --emit=dep-info,link -C opt-level=3 -C overflow_checks=on";
        assert_eq!(added(line, true), settings("off", "on", "-Cdebuginfo=2 --emit=mir"));
        // As `RUSTFLAGS=-O` does it.
        let line = "--crate-name app --crate-type bin --emit dep-info,link -O";
        assert_eq!(added(line, true), settings("off", "off", "-Cdebuginfo=2 --emit=mir"));
    }

    #[test]
    fn a_library_is_compiled_whole() {
        let line = "--crate-name app --crate-type=lib --emit=dep-info,metadata,link -C debuginfo=1";
        assert_eq!(added(line, true), settings("on", "on", "-Cdebuginfo=2 -Clink-dead-code --emit=mir"));
    }

    #[test]
    fn a_dependency_has_no_debug_info() {
        let line =
            "--crate-name dep --crate-type lib --emit=dep-info,metadata,link -C debuginfo=2 -C overflow-checks=off";
        assert_eq!(added(line, false), settings("on", "off", "-Cdebuginfo=0"));
    }

    #[test]
    fn what_is_not_for_the_program_is_left_alone() {
        for line in [
            "--crate-name build_script_build --crate-type bin --emit=dep-info,link -C opt-level=3",
            "--crate-name derive --crate-type proc-macro --emit=dep-info,link -C opt-level=3",
            "--crate-name app --crate-type lib --emit=dep-info,metadata",
            "-vV",
            "--crate-name ___ --print=file-names --crate-type lib",
        ] {
            assert_eq!(added(line, true), "");
        }
    }

    #[test]
    fn arguments_in_a_file_are_read() {
        let file = env::temp_dir().join(format!("pinsight-arguments-{}", std::process::id()));
        std::fs::write(&file, "--crate-name\napp\n--crate-type\nbin\n--emit=link\n-C\nopt-level=3\n").unwrap();
        let line = format!("@{}", file.display());
        assert_eq!(added(&line, true), settings("off", "off", "-Cdebuginfo=2 --emit=mir"));
        std::fs::remove_file(file).unwrap();
    }
}
