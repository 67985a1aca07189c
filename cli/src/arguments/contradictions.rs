//! Flags that cannot be followed together. The parser does not see it where one stands before the command and the other after.

use anyhow::Result;

use super::{Command, MessageFormat, Pinsight, Predict};
use crate::error::Usage;

impl Pinsight {
    /// Refuses what would otherwise be passed over in silence.
    pub(crate) fn check(&self) -> Result<()> {
        let input = &self.input;
        let is_diff = matches!(self.command, Some(Command::Diff(_)));
        if let Some(Command::Predict(arguments)) = &self.command {
            self.check_predict(arguments)?;
        }
        let targets = [
            ("--lib", input.lib),
            ("--bin", input.bin.is_some()),
            ("--example", input.example.is_some()),
            ("--test", input.test.is_some()),
            ("--bench", input.bench.is_some()),
        ];
        let targets: Vec<&str> = targets.iter().filter(|(_, given)| *given).map(|(flag, _)| *flag).collect();
        if let [first, second, ..] = targets[..] {
            return Err(Usage::error(
                format!("`{first}` and `{second}` are two targets, and one is read at a time"),
                "keep one of them",
            ));
        }
        if input.release && input.profile.is_some() {
            return Err(Usage::error("`--release` and `--profile` are two profiles", "keep one of them"));
        }
        let of_build = [
            ("--package", input.package.is_some()),
            ("--release", input.release),
            ("--profile", input.profile.is_some()),
            ("--target", input.target.is_some()),
            ("--features", !input.features.is_empty()),
            ("--all-features", input.all_features),
            ("--no-default-features", input.no_default_features),
        ];
        let of_build = of_build.iter().filter(|(_, given)| *given).map(|(flag, _)| *flag).chain(targets).next();
        match of_build {
            Some(flag) if input.binary.is_some() => {
                return Err(Usage::error(
                    format!("`{flag}` says what to build, and with `--binary` nothing is built"),
                    format!("leave out `{flag}` or `--binary`"),
                ));
            }
            Some(flag) if is_diff => {
                return Err(Usage::error(
                    format!("`{flag}` says what to build, and `diff` builds nothing"),
                    "give `diff` two files",
                ));
            }
            _ => {}
        }
        if !input.mir.is_empty() && input.binary.is_none() && !is_diff {
            return Err(Usage::error(
                "`--mir` belongs to `--binary`: a target that is built brings its own",
                "leave out `--mir`, or name the file with `--binary`",
            ));
        }
        if is_diff && input.binary.is_some() {
            return Err(Usage::error("`diff` has no use for `--binary`", "give `diff` two files"));
        }
        self.check_output()
    }

    /// It reads source, and builds nothing.
    fn check_predict(&self, arguments: &Predict) -> Result<()> {
        let input = &self.input;
        let of_build = [
            ("--binary", input.binary.is_some()),
            ("--mir", !input.mir.is_empty()),
            ("--all", input.all),
            ("--release", input.release),
            ("--profile", input.profile.is_some()),
            ("--target", input.target.is_some()),
            ("--features", !input.features.is_empty()),
            ("--all-features", input.all_features),
            ("--no-default-features", input.no_default_features),
        ];
        if let Some((flag, _)) = of_build.iter().find(|(_, given)| *given) {
            return Err(Usage::error(
                format!("`{flag}` is about what is built, and `predict` only reads source"),
                format!("leave out `{flag}`, or use `cargo pinsight show`"),
            ));
        }
        let of_package = [
            ("--package", input.package.is_some()),
            ("--lib", input.lib),
            ("--bin", input.bin.is_some()),
            ("--example", input.example.is_some()),
            ("--test", input.test.is_some()),
            ("--bench", input.bench.is_some()),
        ];
        match (&arguments.source, of_package.iter().find(|(_, given)| *given)) {
            (Some(source), Some((flag, _))) => Err(Usage::error(
                format!("`{flag}` means the sources of a package, and `{source}` is a file"),
                format!("leave out `{flag}` or the file"),
            )),
            _ => Ok(()),
        }
    }

    fn check_output(&self) -> Result<()> {
        let list = &self.list;
        let is_list =
            list.pattern.is_some() || list.top.is_some() || list.min_size > 0 || list.sort != Default::default();
        if self.command.is_some() && is_list {
            return Err(Usage::error(
                "a pattern, `--min-size`, `--sort` and `--top` belong to `list`, and stand before another command",
                "write them after `list`, or leave them out",
            ));
        }
        let format = self.output.message_format;
        let is_check = matches!(self.command, Some(Command::Check(_)));
        if matches!(format, MessageFormat::Github | MessageFormat::Sarif) && !is_check {
            return Err(Usage::error(
                "only `check` prints `github` and `sarif`",
                "use `--message-format human`, `short` or `json`",
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use crate::arguments::{Cargo, Pinsight};

    fn parse(line: &str) -> Result<Pinsight, String> {
        let words = ["cargo", "pinsight"].into_iter().chain(line.split_whitespace());
        let Cargo::Pinsight(pinsight) = Cargo::try_parse_from(words).map_err(|error| error.to_string())?;
        Ok(pinsight)
    }

    fn error(line: &str) -> String {
        match parse(line).map(|pinsight| pinsight.check()) {
            Ok(Ok(())) => "fine".to_owned(),
            Ok(Err(error)) => error.to_string(),
            Err(error) => error,
        }
    }

    #[test]
    fn the_parser_is_consistent() {
        Cargo::command().debug_assert();
    }

    /// A pattern belongs to `list`, and is refused before another command.
    #[test]
    fn the_usage_promises_what_is_accepted() {
        let mut command = Cargo::command();
        let pinsight = command.find_subcommand_mut("pinsight").unwrap();
        let usage = pinsight.render_usage().to_string();
        assert_eq!(usage.lines().count(), 2, "{usage}");
        assert!(usage.contains("[PATTERN]\n") && !usage.contains("[PATTERN] <COMMAND>"), "{usage}");
        assert!(error("pattern show f").contains("belong to `list`"));
    }

    #[test]
    fn flags_stand_before_or_after_the_command() {
        for line in [
            "show f --example demo -r -F a,b --all",
            "--example demo -r -F a,b --all show f",
            "--example demo show -r f --all -F a,b",
            "-F a,b --release show --all f --example=demo",
        ] {
            let pinsight = parse(line).unwrap_or_else(|error| panic!("{line}: {error}"));
            let input = &pinsight.input;
            assert_eq!((input.example.as_deref(), input.release, input.all), (Some("demo"), true, true), "{line}");
            assert_eq!(input.features, ["a,b"], "{line}");
            assert_eq!(error(line), "fine");
        }
    }

    #[test]
    fn flags_of_cargo_are_spelt_as_cargo_spells_them() {
        let line = "-p a --lib --all-features --no-default-features --profile x --target t --target-dir d -j 2 \
                    --manifest-path m --locked --offline --frozen --config k=v -Z f -q --color never";
        assert_eq!(error(line), "fine");
        assert_eq!(error("-vv"), "fine");
        assert!(parse("--bin").is_ok_and(|pinsight| pinsight.input.bin.as_deref() == Some("")));
    }

    #[test]
    fn contradictions() {
        assert!(error("--bin x show f --lib").starts_with("`--lib` and `--bin` are two targets"));
        assert!(error("-r show f --profile x").contains("`--profile"));
        assert!(error("--binary x show f --example y").starts_with("`--example` says what to build"));
        assert!(error("diff a b --release").contains("`diff` builds nothing"));
        assert!(error("--mir x").starts_with("`--mir` belongs to `--binary`"));
        assert!(error("--top 3 show f").contains("belong to `list`"));
        assert!(error("--message-format sarif").starts_with("only `check` prints"));
        assert_eq!(error("check --message-format sarif"), "fine");
        assert_eq!(error("--binary x --mir y --all"), "fine");
        assert!(error("--release predict a.rs").starts_with("`--release` is about what is built"));
        assert!(error("predict a.rs --binary x").starts_with("`--binary` is about what is built"));
        assert!(error("predict a.rs -p x").starts_with("`--package` means the sources of a package"));
        assert!(error("predict --markdown --mermaid").contains("cannot be used with"));
        assert_eq!(error("predict -p x --lib --edition 2021"), "fine");
    }
}
