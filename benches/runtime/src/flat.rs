//! Whether a task costs the same when a thousand are alive and when a million are.

use std::fmt::Write;

use pinsight_rt_benches::rt::Runtime;
use pinsight_rt_benches::stats::median;
use pinsight_rt_benches::table::Table;
use pinsight_rt_benches::workload::Workload;
use pinsight_rt_benches::{Result, process};

use crate::paired::number;

const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];
const RUNTIMES: [Runtime; 6] = [
    Runtime::Pinsight,
    Runtime::ExecutorWithIo,
    Runtime::Executor,
    Runtime::Tokio,
    Runtime::LocalPool,
    Runtime::MonoioEpoll,
];

pub(crate) fn table(rounds: usize) -> Result<String> {
    let mut times = vec![vec![Vec::with_capacity(rounds); SIZES.len()]; RUNTIMES.len()];
    for round in 0..rounds {
        for (place, size) in SIZES.into_iter().enumerate() {
            for turn in 0..RUNTIMES.len() {
                let turn = (turn + round) % RUNTIMES.len();
                eprint!("\r\x1b[Kround {} of {rounds}: {size} tasks, {}", round + 1, RUNTIMES[turn].name());
                times[turn][place].push(process::sample(RUNTIMES[turn], Workload::Batches, size)?.wall);
            }
        }
    }
    eprint!("\r\x1b[K");
    let mut table = Table::new(["runtime", "1,000", "10,000", "100,000", "1,000,000", "last ÷ first"]);
    for (runtime, times) in RUNTIMES.iter().zip(&times) {
        let medians: Vec<f64> = times.iter().map(|times| median(times.iter().copied())).collect();
        let growth = median(times[0].iter().zip(&times[SIZES.len() - 1]).map(|(first, last)| last / first));
        let cells = medians.iter().map(|time| number(*time)).chain([format!("{growth:.2}")]);
        table.push([runtime.name().to_owned()].into_iter().chain(cells));
    }
    let mut text = format!(
        "Nanoseconds for each task spawned and joined, by how many are alive at once; a million in all, \
         medians of {rounds} interleaved rounds.\n\n"
    );
    write!(text, "{table}")?;
    Ok(text)
}
