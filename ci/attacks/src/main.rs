//! Attacks the projections: see `ci/projection-attacks.sh`.

mod channels;
mod compile;
mod counts;
mod drop_body;
mod engine;
mod fakes;
mod forgeries;
mod harvest;
mod item;
mod judge;
mod known;
mod later;
mod lex;
mod mention;
mod message;
mod names;
mod nightly;
mod options;
mod own_type;
mod packed;
mod plain;
mod predicates;
mod program;
mod progress;
mod random;
mod report;
mod representatives;
mod roots;
mod run;
mod scope;
mod self_test;
mod session;
mod turns;
mod wrap;
mod writes;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> Result<ExitCode> {
    let Some(options) = options::Options::read()? else { return Ok(ExitCode::SUCCESS) };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let scratch = target.join("attacks");
    let start = Instant::now();
    let progress = progress::Progress::new();
    if options.self_test {
        let passed = self_test::run(&root, &scratch, &options)?;
        println!("in {} s", start.elapsed().as_secs());
        return Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let engine = engine::Engine::build(&root, &root, &scratch)?;
    progress.say("the engine is built");
    let session = session::Session::new(&engine, &scratch, options.jobs, &progress)?;
    progress.say("so are those that it takes instead");
    session.describe();
    let programs = session.programs(&options, &root, &progress)?;
    let judged = session.judge(programs, &options, &progress);
    let tolerated = report::tolerated(&root.join("ci/attacks/tolerated.txt"))?;
    let passed = report::print(&judged, &scratch.join("survivors"), &tolerated, options.verbose)?;
    println!("in {} s", start.elapsed().as_secs());
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
