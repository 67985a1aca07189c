//! The command line.

mod contradictions;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// `cargo` passes its own name on: `cargo pinsight list` starts `cargo-pinsight pinsight list`.
#[derive(Parser)]
#[command(bin_name = "cargo", styles = clap_cargo::style::CLAP_STYLING)]
pub(crate) enum Cargo {
    /// Show the exact state machine of every future in a program
    Pinsight(Pinsight),
}

/// The parser would allow a pattern before a command.
const USAGE: &str = "\
cargo pinsight [OPTIONS] [PATTERN]
       cargo pinsight [OPTIONS] <COMMAND>";

const AFTER_HELP: &str = "\
Exit codes: 0 fine, 1 a budget failed, 2 wrong usage, 101 the build or a tool failed.

The program is built once, in a target folder of its own, without optimisation and with the debug assertions and overflow
checks of the profile: the layout of a future depends on these two and not on the optimisation. `predict` builds nothing.";

#[derive(Args)]
#[command(version, after_help = AFTER_HELP, override_usage = USAGE, subcommand_negates_reqs = true)]
pub(crate) struct Pinsight {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) list: List,
    #[command(flatten)]
    pub(crate) input: Input,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the machines, largest first (the default)
    List(List),
    /// Show one machine whole: its states, its bytes, why each value is kept, what points at what
    Show(Show),
    /// Show the chain of awaited children, with the bytes that each adds
    Tree(Tree),
    /// Explain one stored value: since when, until when, why, and who points at it
    Why(Why),
    /// Say what would make machines smaller, and by how much
    Advice(OnePath),
    /// Show one machine as Rust code
    Expand(RequiredPath),
    /// Predict machines from their source, without a build
    Predict(Predict),
    /// Check the budgets of `[package.metadata.pinsight]` or `pinsight.toml`
    Check(Check),
    /// Write the baseline that `check` compares with
    Baseline(Baseline),
    /// Compare two binaries, or two saved JSON files
    Diff(Diff),
    /// Write one self-contained HTML page
    Report(Report),
}

#[derive(Args, Clone, Default)]
pub(crate) struct List {
    /// Only machines whose path contains this; `*` stands for anything
    #[arg(value_name = "PATTERN")]
    pub(crate) pattern: Option<String>,
    /// Only machines of at least this many bytes
    #[arg(long, value_name = "BYTES", default_value_t = 0)]
    pub(crate) min_size: u64,
    /// What to sort by
    #[arg(long, value_enum, default_value_t)]
    pub(crate) sort: SortKey,
    /// Only the first N
    #[arg(long, value_name = "N")]
    pub(crate) top: Option<usize>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortKey {
    #[default]
    Size,
    States,
    Name,
    #[value(alias = "place")]
    Location,
}

#[derive(Args)]
pub(crate) struct RequiredPath {
    /// The machine: its path, the end of it, or a part
    pub(crate) path: String,
}

#[derive(Args)]
pub(crate) struct OnePath {
    /// Only this machine
    pub(crate) path: Option<String>,
}

#[derive(Args)]
pub(crate) struct Show {
    /// The machine: its path, the end of it, or a part
    pub(crate) path: String,
    /// Write a picture to this file
    #[arg(long, value_name = "PATH")]
    pub(crate) svg: Option<PathBuf>,
    /// Print Markdown
    #[arg(long, conflicts_with = "mermaid")]
    pub(crate) markdown: bool,
    /// Print a Mermaid state diagram
    #[arg(long)]
    pub(crate) mermaid: bool,
    /// Print types with their full paths
    #[arg(long)]
    pub(crate) full_types: bool,
}

#[derive(Args)]
pub(crate) struct Tree {
    /// The machine: its path, the end of it, or a part
    pub(crate) path: String,
    /// Write a flame graph of bytes to this file
    #[arg(long, value_name = "PATH")]
    pub(crate) svg: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Why {
    /// The machine: its path, the end of it, or a part
    pub(crate) path: String,
    /// The stored value
    pub(crate) slot: String,
}

#[derive(Args)]
pub(crate) struct Predict {
    /// A file of source, and in it the path of a function, the end of one, or a part; the package's sources if left out
    #[arg(value_name = "FILE[::PATH]")]
    pub(crate) source: Option<String>,
    /// The edition of the source; that of its package if not given, and 2024 where there is none
    #[arg(long, value_parser = ["2015", "2018", "2021", "2024"], value_name = "YEAR")]
    pub(crate) edition: Option<String>,
    /// Write a picture of one machine to this file
    #[arg(long, value_name = "PATH")]
    pub(crate) svg: Option<PathBuf>,
    /// Print Markdown
    #[arg(long, conflicts_with = "mermaid")]
    pub(crate) markdown: bool,
    /// Print Mermaid state diagrams
    #[arg(long)]
    pub(crate) mermaid: bool,
    /// Print types with their full paths
    #[arg(long)]
    pub(crate) full_types: bool,
}

#[derive(Args)]
pub(crate) struct Check {
    /// The file with the baseline
    #[arg(long, value_name = "PATH", default_value = "pinsight-baseline.json")]
    pub(crate) baseline: PathBuf,
}

#[derive(Args)]
pub(crate) struct Baseline {
    /// Where to write it
    #[arg(long, short, value_name = "PATH", default_value = "pinsight-baseline.json")]
    pub(crate) output: PathBuf,
}

#[derive(Args)]
pub(crate) struct Diff {
    /// A binary, or JSON that a command printed
    pub(crate) old: PathBuf,
    /// The same, later
    pub(crate) new: PathBuf,
}

#[derive(Args)]
pub(crate) struct Report {
    /// Where to write it
    #[arg(long, short, value_name = "PATH", default_value = "pinsight.html")]
    pub(crate) output: PathBuf,
}

#[derive(Args)]
pub(crate) struct Output {
    /// How to print
    #[arg(long, value_enum, value_name = "FMT", default_value_t, global = true)]
    pub(crate) message_format: MessageFormat,
    /// Say more
    #[arg(long, short, global = true, overrides_with = "verbose")]
    pub(crate) verbose: bool,
    /// Say nothing of the build
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Coloring
    #[arg(long, value_enum, value_name = "WHEN", global = true)]
    pub(crate) color: Option<Color>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    #[default]
    Human,
    Short,
    Json,
    /// Annotations of GitHub Actions, for `check`
    Github,
    /// SARIF 2.1.0, for `check`
    Sarif,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// What to read: a target that is built, or a file.
#[derive(Args, Default)]
pub(crate) struct Input {
    /// Read this executable, object or library (or JSON that a command printed), and build nothing
    #[arg(long, value_name = "PATH", global = true)]
    pub(crate) binary: Option<PathBuf>,
    /// MIR of the crates in that file, from `--emit=mir`: a file or a folder
    #[arg(long, value_name = "PATH", global = true)]
    pub(crate) mir: Vec<PathBuf>,
    /// Everyone's machines, not only those of the workspace
    #[arg(long, global = true)]
    pub(crate) all: bool,

    /// Package with the target
    #[arg(long, short, value_name = "SPEC", global = true, help_heading = "Package Selection")]
    pub(crate) package: Option<String>,

    /// Read the library
    #[arg(long, global = true, help_heading = "Target Selection")]
    pub(crate) lib: bool,
    /// Read this binary
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "", global = true, help_heading = "Target Selection")]
    pub(crate) bin: Option<String>,
    /// Read this example
    #[arg(long, value_name = "NAME", global = true, help_heading = "Target Selection")]
    pub(crate) example: Option<String>,
    /// Read this integration test
    #[arg(long, value_name = "NAME", global = true, help_heading = "Target Selection")]
    pub(crate) test: Option<String>,
    /// Read this benchmark
    #[arg(long, value_name = "NAME", global = true, help_heading = "Target Selection")]
    pub(crate) bench: Option<String>,

    /// Features to activate
    #[arg(long, short = 'F', value_name = "FEATURES", global = true, help_heading = "Feature Selection")]
    pub(crate) features: Vec<String>,
    /// Activate all features
    #[arg(long, global = true, help_heading = "Feature Selection")]
    pub(crate) all_features: bool,
    /// Do not activate the `default` feature
    #[arg(long, global = true, help_heading = "Feature Selection")]
    pub(crate) no_default_features: bool,

    /// Show the layout of a release build
    #[arg(long, short, global = true, conflicts_with = "profile", help_heading = "Compilation Options")]
    pub(crate) release: bool,
    /// Show the layout of a build with this profile
    #[arg(long, value_name = "PROFILE-NAME", global = true, help_heading = "Compilation Options")]
    pub(crate) profile: Option<String>,
    /// Build for the target triple
    #[arg(long, value_name = "TRIPLE", global = true, help_heading = "Compilation Options")]
    pub(crate) target: Option<String>,
    /// Folder for what is built; `pinsight` in the workspace's target folder if not given
    #[arg(long, value_name = "DIRECTORY", global = true, help_heading = "Compilation Options")]
    pub(crate) target_dir: Option<PathBuf>,
    /// Number of parallel jobs
    #[arg(long, short, value_name = "N", global = true, help_heading = "Compilation Options")]
    pub(crate) jobs: Option<String>,

    /// Path to Cargo.toml
    #[arg(long, value_name = "PATH", global = true, help_heading = "Manifest Options")]
    pub(crate) manifest_path: Option<PathBuf>,
    /// Assert that `Cargo.lock` will remain unchanged
    #[arg(long, global = true, help_heading = "Manifest Options")]
    pub(crate) locked: bool,
    /// Run without accessing the network
    #[arg(long, global = true, help_heading = "Manifest Options")]
    pub(crate) offline: bool,
    /// Equivalent to specifying both --locked and --offline
    #[arg(long, global = true, help_heading = "Manifest Options")]
    pub(crate) frozen: bool,
    /// Override a configuration value
    #[arg(long, value_name = "KEY=VALUE|PATH", global = true, help_heading = "Manifest Options")]
    pub(crate) config: Vec<String>,
    /// Unstable flags of cargo
    #[arg(short = 'Z', value_name = "FLAG", global = true, help_heading = "Manifest Options")]
    pub(crate) unstable: Vec<String>,
}
