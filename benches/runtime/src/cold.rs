//! What it takes to build a program on each runtime, with nothing built before.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pinsight_rt_benches::stats::median;
use pinsight_rt_benches::table::Table;
use pinsight_rt_benches::{Result, process};

/// A small echo server, and the dependencies it takes.
struct Program {
    name: &'static str,
    dependencies: &'static str,
    source: &'static str,
}

const PROGRAMS: [Program; 5] = [
    Program { name: "empty program", dependencies: "", source: "fn main() {}\n" },
    Program {
        name: "pinsight-rt",
        dependencies: concat!("pinsight-rt = { path = \"", env!("CARGO_MANIFEST_DIR"), "/../../runtime\" }"),
        source: include_str!("../programs/pinsight.rs"),
    },
    Program {
        name: "async-executor + async-io",
        dependencies: "async-executor = \"=1.14.1\"\nasync-io = \"=2.6.0\"\nfutures-lite = \"=2.6.1\"",
        source: include_str!("../programs/async_executor.rs"),
    },
    Program { name: "smol", dependencies: "smol = \"=2.0.2\"", source: include_str!("../programs/smol.rs") },
    Program {
        name: "tokio (rt, net, io-util)",
        dependencies: "tokio = { version = \"=1.54.1\", features = [\"io-util\", \"net\", \"rt\", \"time\"] }",
        source: include_str!("../programs/tokio.rs"),
    },
];

struct Built {
    tree_lines: usize,
    crates: usize,
    bytes: u64,
    cpu: Vec<f64>,
    wall: Vec<f64>,
}

pub(crate) fn tables(rounds: usize) -> Result<String> {
    let folder = std::env::temp_dir().join(format!("pinsight-rt-cold-{}", std::process::id()));
    let result = measure(rounds, &folder);
    // Left over after a failure, it would be in nobody's way.
    drop(fs::remove_dir_all(&folder));
    result
}

fn measure(rounds: usize, folder: &Path) -> Result<String> {
    let mut built = Vec::new();
    for program in &PROGRAMS {
        let manifest = write(program, folder)?;
        process::run(&mut cargo(&manifest, "fetch"))?;
        let (tree_lines, crates) = tree(&manifest)?;
        built.push((manifest, Built { tree_lines, crates, bytes: 0, cpu: Vec::new(), wall: Vec::new() }));
    }
    for round in 0..rounds {
        for turn in 0..built.len() {
            let turn = (turn + round) % PROGRAMS.len();
            let (manifest, built) = &mut built[turn];
            eprint!("\r\x1b[Kround {} of {rounds}: {}", round + 1, PROGRAMS[turn].name);
            let target = folder.join("target");
            if target.exists() {
                fs::remove_dir_all(&target)?;
            }
            let mut command = cargo(manifest, "build");
            let (_, cost) = process::run(command.args(["--release", "--offline", "--target-dir"]).arg(&target))?;
            built.cpu.push(cost.cpu.as_secs_f64());
            built.wall.push(cost.wall.as_secs_f64());
            built.bytes = fs::metadata(target.join("release/program"))?.len();
        }
    }
    eprint!("\r\x1b[K");
    let empty = built[0].1.bytes;
    let header = ["program on", "lines of `cargo tree`", "crates", "CPU s", "wall s", "KiB above empty"];
    let mut table = Table::new(header);
    for (program, (_, built)) in PROGRAMS.iter().zip(&built) {
        table.push([
            program.name.to_owned(),
            built.tree_lines.to_string(),
            built.crates.to_string(),
            format!("{:.1}", median(built.cpu.iter().copied())),
            format!("{:.1}", median(built.wall.iter().copied())),
            (built.bytes.saturating_sub(empty) / 1024).to_string(),
        ]);
    }
    Ok(format!(
        "A small echo server, `cargo build --release`, stripped; medians of {rounds} interleaved rounds.\n\n{table}"
    ))
}

fn write(program: &Program, folder: &Path) -> Result<PathBuf> {
    let folder = folder.join(program.name.replace([' ', '(', ')', ',', '+'], "-"));
    fs::create_dir_all(folder.join("src"))?;
    let manifest = folder.join("Cargo.toml");
    let text = format!(
        "[package]\nname = \"program\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [profile.release]\nstrip = true\n\n[dependencies]\n{}\n",
        program.dependencies
    );
    fs::write(&manifest, text)?;
    fs::write(folder.join("src/main.rs"), program.source)?;
    Ok(manifest)
}

fn tree(manifest: &Path) -> Result<(usize, usize)> {
    let (output, _) = process::run(cargo(manifest, "tree").args(["--offline", "-e", "normal,build"]))?;
    let lines = String::from_utf8(output.stdout)?.lines().count();
    let (output, _) = process::run(cargo(manifest, "tree").args([
        "--offline",
        "-e",
        "normal,build",
        "--prefix",
        "none",
        "--no-dedupe",
    ]))?;
    let crates: BTreeSet<String> = String::from_utf8(output.stdout)?.lines().map(str::to_owned).collect();
    Ok((lines, crates.len()))
}

/// Cargo with nothing of the caller's that would change what is measured.
fn cargo(manifest: &Path, verb: &str) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTC_BOOTSTRAP"] {
        command.env_remove(name);
    }
    command.arg(verb).arg("--manifest-path").arg(manifest);
    command
}
