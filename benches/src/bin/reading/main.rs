//! What reading the machines of a program costs, side by side with a bare walk over its debug info, ddbug and readelf.
//!
//! `cargo run --release -p pinsight-benches --bin reading -- BINARY...` prints Markdown. Every reader is a process of its own,
//! so that time and memory are its own too; the rounds go through all of them in turn.

mod heap;
mod process;
mod walk;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use pinsight_benches::stats;
use pinsight_benches::table::{Table, verdict};
use process::Usage;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const ROUNDS: usize = 7;

/// The slow ones are run less often.
const SLOW_ROUNDS: usize = 2;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--as", role, binary] => play(role, Path::new(binary)),
        [] | ["--help" | "-h"] => {
            println!("Usage: cargo run --release -p pinsight-benches --bin reading -- BINARY...");
            Ok(())
        }
        _ => measure(&arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What a process that was started to be measured does.
fn play(role: &str, binary: &Path) -> Result<()> {
    match role {
        "touch" => println!("{}", walk::touch(binary)?),
        "walk" => println!("{}", walk::every_entry(binary)?),
        "list" => println!("{}", list(binary)?),
        "heap" => {
            let mut result = Ok(0);
            let most = heap::most_during(|| result = list(binary));
            result?;
            println!("{most}");
        }
        _ => return Err(format!("no role `{role}`").into()),
    }
    Ok(())
}

/// Places in the list of readers.
const WALK: usize = 1;
const LIST: usize = 2;

/// The goals.
const MOST_TIME: f64 = 1.0;
const MOST_HEAP: f64 = 64.0;

fn list(binary: &Path) -> Result<usize> {
    let sources = pinsight_layout::Sources { binary: binary.to_owned(), mir: Vec::new() };
    Ok(pinsight_layout::read(&sources, &|_, _| {})?.machines.len())
}

struct Reader {
    name: &'static str,
    rounds: usize,
    command: Vec<String>,
}

fn readers() -> Result<Vec<Reader>> {
    let own = std::env::current_exe()?.to_string_lossy().into_owned();
    let role =
        |name, role: &str| Reader { name, rounds: ROUNDS, command: vec![own.clone(), "--as".into(), role.into()] };
    let mut readers = vec![
        role("touch the bytes of `.debug_info`", "touch"),
        role("walk every entry, one core", "walk"),
        role("pinsight: every machine, whole", "list"),
    ];
    for (name, command) in [
        ("`ddbug -c type`", &["ddbug", "-c", "type"][..]),
        ("`readelf --debug-dump=info`", &["readelf", "--debug-dump=info"]),
    ] {
        let exists =
            Command::new(command[0]).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
        if exists {
            let command = command.iter().map(ToString::to_string).collect();
            readers.push(Reader { name, rounds: SLOW_ROUNDS, command });
        } else {
            eprintln!("skipped: there is no `{}`", command[0]);
        }
    }
    Ok(readers)
}

fn measure(binaries: &[String]) -> Result<()> {
    let readers = readers()?;
    for binary in binaries {
        let path = PathBuf::from(binary);
        let size = std::fs::metadata(&path)?.len();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut samples: Vec<Vec<Usage>> = readers.iter().map(|_| Vec::new()).collect();
        for round in 0..ROUNDS {
            eprintln!("{name}: round {} of {ROUNDS}", round + 1);
            for (reader, samples) in readers.iter().zip(&mut samples).filter(|(reader, _)| round < reader.rounds) {
                samples.push(process::run(&reader.command, binary)?);
            }
        }
        println!(
            "### {name}: {:.1} MB, {:.1} MB of `.debug_info`, {} entries\n",
            size as f64 / 1e6,
            walk::touch(&path)? as f64 / 1e6,
            walk::every_entry(&path)?
        );
        println!("{}", table(&readers, &samples));
        let output = Command::new(std::env::current_exe()?).args(["--as", "heap", binary]).output()?;
        let heap: f64 = String::from_utf8(output.stdout)?.trim().parse()?;
        let wall = |reader: usize| stats::median(samples[reader].iter().map(|usage| usage.wall));
        let ratio = wall(LIST) / wall(WALK);
        println!("- time against the walk, at most {MOST_TIME}: {ratio:.2}, {}", verdict(ratio, MOST_TIME));
        println!(
            "- allocated at once, at most {MOST_HEAP} MB: {:.1} MB, {}\n",
            heap / 1e6,
            verdict(heap / 1e6, MOST_HEAP)
        );
    }
    Ok(())
}

fn table(readers: &[Reader], samples: &[Vec<Usage>]) -> Table {
    let mut table = Table::new([
        "reader",
        "seconds, median",
        "minimum",
        "CPU, median",
        "÷ walk",
        "peak memory, the mapped file included",
    ]);
    let median = |samples: &[Usage], one: fn(&Usage) -> f64| stats::median(samples.iter().map(one));
    let walk = median(&samples[WALK], |usage| usage.wall);
    for (reader, samples) in readers.iter().zip(samples) {
        let memory = median(samples, |usage| usage.memory);
        table.push([
            reader.name.to_owned(),
            format!("{:.3}", median(samples, |usage| usage.wall)),
            format!("{:.3}", stats::minimum(samples.iter().map(|usage| usage.wall))),
            format!("{:.3}", median(samples, |usage| usage.cpu)),
            format!("{:.2}", median(samples, |usage| usage.wall) / walk),
            format!("{:.0} MB", memory / 1e6),
        ]);
    }
    table
}
