//! Times side by side: in each round all runtimes do the same work one after another, beginning with another one each
//! time, and each in a process of its own.

use std::fmt::Write;

use pinsight_rt_benches::clock::Sample;
use pinsight_rt_benches::rt::Runtime;
use pinsight_rt_benches::stats::{median, minimum};
use pinsight_rt_benches::table::Table;
use pinsight_rt_benches::workload::{Part, Workload};
use pinsight_rt_benches::{Result, process};

/// What counts as level with the fastest.
const LEVEL: f64 = 1.03;

/// The samples of one runtime at one kind of work, one for each round.
struct Series {
    runtime: Runtime,
    samples: Vec<Sample>,
}

struct Row {
    workload: Workload,
    series: Vec<Series>,
}

pub(crate) fn table(rounds: usize, workloads: &[Workload], runtimes: &[Runtime]) -> Result<String> {
    // What a batch takes is compared by `flat`, at each of its sizes.
    let workloads = workloads.iter().filter(|work| workloads.len() == 1 || **work != Workload::Batches);
    let rows: Vec<Row> = workloads.map(|work| measure(rounds, *work, runtimes)).collect::<Result<_>>()?;
    let mut text = format!(
        "Nanoseconds for each operation, medians of {rounds} interleaved rounds. `ratio` is the median of the ratios of \
         each round by the clock that counts, `by CPU` the same by processor time, `of the least` that of the shortest \
         times; level is at most {LEVEL}. In brackets: not the same work.\n\n"
    );
    write!(text, "{}\n{}", against_the_fastest(&rows), all(&rows, runtimes))?;
    Ok(text)
}

fn measure(rounds: usize, workload: Workload, runtimes: &[Runtime]) -> Result<Row> {
    let takes_part = |runtime: &&Runtime| workload.part(**runtime) != Part::None;
    let mut series: Vec<Series> = runtimes
        .iter()
        .filter(takes_part)
        .map(|runtime| Series { runtime: *runtime, samples: Vec::with_capacity(rounds) })
        .collect();
    for round in 0..rounds {
        for turn in 0..series.len() {
            let turn = (turn + round) % series.len();
            let Series { runtime, samples } = &mut series[turn];
            eprint!("\r\x1b[K{}: round {} of {rounds}, {}", workload.name(), round + 1, runtime.name());
            samples.push(process::sample(*runtime, workload, workload.count())?);
        }
    }
    eprint!("\r\x1b[K");
    Ok(Row { workload, series })
}

impl Row {
    fn of(&self, runtime: Runtime) -> Option<&Series> {
        self.series.iter().find(|series| series.runtime == runtime)
    }

    fn fastest_peer(&self) -> Option<&Series> {
        let peers = self
            .series
            .iter()
            .filter(|series| !series.runtime.is_ours() && self.workload.part(series.runtime) == Part::Compared);
        peers.min_by(|a, b| self.time(a).total_cmp(&self.time(b)))
    }

    fn time(&self, series: &Series) -> f64 {
        median(self.times(series))
    }

    fn least(&self, series: &Series) -> f64 {
        minimum(self.times(series))
    }

    /// By the clock that counts for this work.
    fn times(&self, series: &Series) -> impl Iterator<Item = f64> {
        let cpu = self.workload.by_cpu();
        series.samples.iter().map(move |sample| if cpu { sample.cpu } else { sample.wall })
    }
}

/// The median of the ratios of the rounds, which other work on the machine changes less than the ratio of the medians.
fn ratio(ours: &Series, peer: &Series, time: impl Fn(&Sample) -> f64) -> f64 {
    median(ours.samples.iter().zip(&peer.samples).map(|(ours, peer)| time(ours) / time(peer)))
}

fn against_the_fastest(rows: &[Row]) -> Table {
    let header = ["work", "pinsight", "fastest peer", "its time", "ratio", "by CPU", "of the least", "first or level"];
    let mut table = Table::new(header);
    for row in rows {
        let (Some(ours), Some(peer)) = (row.of(row.workload.ours()), row.fastest_peer()) else { continue };
        let (wall, cpu) = (ratio(ours, peer, |sample| sample.wall), ratio(ours, peer, |sample| sample.cpu));
        let ratio = if row.workload.by_cpu() { cpu } else { wall };
        let verdict = match () {
            () if !row.workload.has_goal() => "no goal",
            () if ratio <= 1.0 => "first",
            () if ratio <= LEVEL => "level",
            () => "**no**",
        };
        table.push([
            row.workload.name().to_owned(),
            number(row.time(ours)),
            peer.runtime.name().to_owned(),
            number(row.time(peer)),
            format!("{ratio:.2}"),
            format!("{cpu:.2}"),
            format!("{:.2}", row.least(ours) / row.least(peer)),
            verdict.to_owned(),
        ]);
    }
    table
}

fn all(rows: &[Row], runtimes: &[Runtime]) -> Table {
    let mut table = Table::new(["work"].into_iter().chain(runtimes.iter().map(|runtime| runtime.name())));
    for row in rows {
        let cells = runtimes.iter().map(|runtime| match (row.of(*runtime), row.workload.part(*runtime)) {
            (None, _) | (_, Part::None) => "–".to_owned(),
            (Some(series), Part::Compared) => number(row.time(series)),
            (Some(series), Part::Shown) => format!("({})", number(row.time(series))),
        });
        table.push([row.workload.name().to_owned()].into_iter().chain(cells));
    }
    table
}

/// Three digits, or all of those before the point.
pub(crate) fn number(value: f64) -> String {
    match value {
        value if value < 10.0 => format!("{value:.2}"),
        value if value < 100.0 => format!("{value:.1}"),
        value => format!("{value:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(runtime: Runtime, times: &[f64]) -> Series {
        Series { runtime, samples: times.iter().map(|time| Sample { wall: *time, cpu: time / 2.0 }).collect() }
    }

    #[test]
    fn the_ratio_is_taken_round_by_round() {
        let row = Row {
            workload: Workload::PingPong,
            series: vec![
                series(Runtime::Pinsight, &[10.0, 40.0, 30.0]),
                series(Runtime::Smol, &[100.0, 100.0, 100.0]),
                series(Runtime::Tokio, &[20.0, 20.0, 60.0]),
            ],
        };
        assert_eq!(row.fastest_peer().unwrap().runtime, Runtime::Tokio);
        let text = against_the_fastest(&[row]).to_string();
        assert!(text.contains("0.50") && text.contains("first"), "{text}");
    }

    #[test]
    fn a_peer_that_does_other_work_is_not_compared() {
        let row = Row {
            workload: Workload::ThousandYield,
            series: vec![
                series(Runtime::Pinsight, &[25.0]),
                series(Runtime::MonoioEpoll, &[10.0]),
                series(Runtime::Tokio, &[20.0]),
            ],
        };
        let text = against_the_fastest(std::slice::from_ref(&row)).to_string();
        assert!(text.contains("1.25") && text.contains("**no**"), "{text}");
        assert!(all(&[row], &[Runtime::MonoioEpoll]).to_string().contains("(10.0)"));
    }
}
