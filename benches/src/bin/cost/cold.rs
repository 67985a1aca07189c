//! CPU and wall time of building each library with its dependencies from nothing.

use std::fmt::Write;

use crate::Result;
use crate::child::{self, Cost};
use crate::goals;
use crate::library::Library;
use crate::options::Options;
use crate::scratch::Scratch;
use pinsight_benches::stats::{median, minimum};
use pinsight_benches::table::{Table, verdict};

const TARGET: &str = "target-cold";

pub(crate) fn measure(scratch: &Scratch, options: &Options) -> Result<String> {
    let mut libraries: Vec<_> = options.kinds.iter().map(|kind| kind.library()).collect();
    libraries.retain(|library| *library != Library::None);
    libraries.sort_unstable();
    libraries.dedup();
    let mut costs = vec![Vec::new(); libraries.len()];
    for round in 0..options.runs {
        eprintln!("cold: round {} of {}", round + 1, options.runs);
        for (library, costs) in libraries.iter().zip(&mut costs) {
            let package = library.package().ok_or("only a library can be built")?;
            scratch.remove(*library, TARGET)?;
            let mut command = scratch.cargo(*library, "build", TARGET);
            let (_, cost) = child::run(command.args(["-j1", "-p", package]))?;
            costs.push(cost);
            scratch.remove(*library, TARGET)?;
        }
    }
    markdown(&libraries, &costs, options.runs)
}

fn markdown(libraries: &[Library], costs: &[Vec<Cost>], rounds: usize) -> Result<String> {
    let (ours, peer, limit) = goals::COLD;
    let mut table = Table::new([
        "library",
        "CPU, median",
        "minimum",
        "wall, median",
        "minimum",
        "CPU ÷ pin-project",
        "wall ÷ pin-project",
        "goal",
    ]);
    let peer = libraries.iter().position(|library| *library == peer);
    for (library, samples) in libraries.iter().zip(costs) {
        let mut row = vec![library.title().to_owned()];
        for read in [cpu, wall] {
            row.push(format!("{:.2}", median(samples.iter().map(read))));
            row.push(format!("{:.2}", minimum(samples.iter().map(read))));
        }
        for read in [cpu, wall] {
            let ratio = |peer: usize| median(samples.iter().map(read)) / median(costs[peer].iter().map(read));
            row.push(peer.map_or("–".to_owned(), |peer| format!("{:.2}", ratio(peer))));
        }
        row.push(match peer {
            Some(peer) if *library == ours => {
                let ratio = median(samples.iter().map(cpu)) / median(costs[peer].iter().map(cpu));
                format!("at most {limit}: {}", verdict(ratio, limit))
            }
            _ => String::new(),
        });
        table.push(row);
    }
    let mut out = String::new();
    writeln!(
        out,
        "## Cold build, `cargo build -j1`\n\n\
         The library and all that it needs, with default features in the development profile, the target folder being \
         empty each time; seconds, {rounds} interleaved rounds.\n\n{table}"
    )?;
    Ok(out)
}

fn cpu(cost: &Cost) -> f64 {
    cost.cpu.as_secs_f64()
}

fn wall(cost: &Cost) -> f64 {
    cost.wall.as_secs_f64()
}
