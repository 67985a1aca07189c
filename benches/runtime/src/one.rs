//! One measurement, in this process.

use std::time::{Duration, Instant};

use crate::clock::{Sample, Stopwatch};
use crate::rt::{self, Entry, Net, Runtime, Tasks, Timers};
use crate::workload::{Part, Workload, tasks, tcp, threads, timers};
use crate::{Error, Result, stats};

const CONNECTIONS: usize = 64;
const TASKS_THAT_YIELD: usize = 1_000;
/// So many tasks in all, whatever the size of a batch.
const TASKS_IN_BATCHES: usize = 1_000_000;

/// The work is repeated for so long, and the median taken: a few milliseconds would measure who else was running.
const LONG_ENOUGH: Duration = Duration::from_millis(100);

/// Measures the work on the runtime: once, or with `warm` again and again after a tenth of it that is not measured.
///
/// # Errors
///
/// If the runtime cannot do this work.
pub fn measure(runtime: Runtime, workload: Workload, count: usize, warm: bool) -> Result<Sample> {
    if workload.part(runtime) == Part::None {
        return Err(refusal(runtime, workload));
    }
    let run = Run { workload, count, warm };
    let sample = match runtime {
        Runtime::Pinsight => run.all::<rt::Pinsight>(),
        Runtime::PinsightBlockOn => run.entry(&rt::PinsightBlockOn::start()),
        Runtime::ExecutorWithIo => run.all::<rt::ExecutorWithIo>(),
        Runtime::Executor => run.tasks(&rt::Executor::start()),
        Runtime::Smol => run.all::<rt::Smol>(),
        Runtime::Tokio => run.all::<rt::Tokio>(),
        Runtime::TokioBare => run.tasks(&rt::TokioBare::start()),
        Runtime::LocalPool => run.tasks(&rt::LocalPool::start()),
        Runtime::MonoioUring => run.all::<rt::MonoioUring>(),
        Runtime::MonoioEpoll => run.all::<rt::MonoioEpoll>(),
        Runtime::Pollster => run.entry(&rt::Pollster::start()),
        Runtime::FuturesLite => run.entry(&rt::FuturesLite::start()),
        Runtime::Futures => run.entry(&rt::Futures::start()),
    };
    sample.ok_or_else(|| refusal(runtime, workload))
}

fn refusal(runtime: Runtime, workload: Workload) -> Error {
    format!("`{}` has nothing to do `{}` with: {}", runtime.name(), workload.name(), workload.what()).into()
}

/// The samples of the same work done again and again.
struct Repeats {
    start: Instant,
    again: bool,
    samples: Vec<Sample>,
}

impl Repeats {
    fn start(again: bool) -> Self {
        Self { start: Instant::now(), again, samples: Vec::with_capacity(64) }
    }

    fn more(&self) -> bool {
        self.samples.is_empty() || self.again && self.start.elapsed() < LONG_ENOUGH
    }

    fn add(&mut self, sample: Sample) {
        self.samples.push(sample);
    }

    fn median(&self) -> Sample {
        let median = |time: fn(&Sample) -> f64| stats::median(self.samples.iter().map(time));
        Sample { wall: median(|sample| sample.wall), cpu: median(|sample| sample.cpu) }
    }
}

struct Run {
    workload: Workload,
    count: usize,
    warm: bool,
}

impl Run {
    fn entry<R: Entry>(&self, runtime: &R) -> Option<Sample> {
        let work = |count| match self.workload {
            Workload::BlockOnReady | Workload::RunReady => tasks::ready(runtime, count),
            _ => runtime.block_on(tasks::root_yields(count)),
        };
        match self.workload {
            Workload::BlockOnReady | Workload::RunReady | Workload::BlockOnYields | Workload::RunYields => {
                if self.warm {
                    work(self.count / 10);
                }
                let mut samples = Repeats::start(self.warm);
                while samples.more() {
                    let watch = Stopwatch::start();
                    work(self.count);
                    samples.add(watch.stop(self.count));
                }
                Some(samples.median())
            }
            _ => None,
        }
    }

    /// Awaits the work inside the runtime, so that starting it is not measured.
    async fn timed<F: std::future::Future<Output = ()>>(&self, work: impl Fn(usize) -> F) -> Option<Sample> {
        if self.warm {
            work((self.count / 10).max(1)).await;
        }
        let mut samples = Repeats::start(self.warm);
        while samples.more() {
            let watch = Stopwatch::start();
            work(self.count).await;
            samples.add(watch.stop(self.count));
        }
        Some(samples.median())
    }

    fn tasks<R: Tasks>(&self, runtime: &R) -> Option<Sample> {
        let spawner = runtime.spawner();
        match self.workload {
            Workload::SpawnJoinAll => runtime.block_on(self.timed(|n| tasks::spawn_join_all::<R>(spawner, n))),
            Workload::SpawnJoinOne => runtime.block_on(self.timed(|n| tasks::spawn_join_one::<R>(spawner, n))),
            Workload::Batches => runtime.block_on(async {
                if self.warm {
                    tasks::batches::<R>(spawner, self.count, TASKS_IN_BATCHES / 10).await;
                }
                let watch = Stopwatch::start();
                tasks::batches::<R>(spawner, self.count, TASKS_IN_BATCHES).await;
                Some(watch.stop(TASKS_IN_BATCHES.div_ceil(self.count) * self.count))
            }),
            Workload::TaskYields => runtime.block_on(self.timed(|n| tasks::yields::<R>(spawner, 1, n))),
            Workload::OwnYields => runtime.block_on(self.timed(|n| tasks::own_yields::<R>(spawner, n))),
            Workload::ThousandYield => {
                runtime.block_on(self.timed(|n| tasks::yields::<R>(spawner, TASKS_THAT_YIELD, n)))
            }
            Workload::PingPong => runtime.block_on(self.timed(|n| tasks::ping_pong::<R>(spawner, n))),
            Workload::PingPongChannel => runtime.block_on(self.timed(|n| tasks::ping_pong_channel::<R>(spawner, n))),
            Workload::CrossThread => runtime.block_on(self.timed(|n| threads::round_trips::<R>(spawner, n))),
            _ => self.entry(runtime),
        }
    }

    fn all<R: Timers + Net>(&self) -> Option<Sample> {
        let runtime = R::start();
        match self.workload {
            Workload::TimerChurn => runtime.block_on(self.timed(timers::churn::<R>)),
            Workload::TimersCancelled => runtime.block_on(self.timed(timers::cancelled::<R>)),
            Workload::TimersFired => runtime.block_on(self.timed(timers::fired::<R>)),
            Workload::SleepLateness => runtime.block_on(async {
                let late = timers::lateness::<R>(self.count).await;
                Some(Sample { wall: late, cpu: late })
            }),
            Workload::TcpOne => Some(self.echo(&runtime, 1)),
            Workload::TcpMany => Some(self.echo(&runtime, CONNECTIONS)),
            _ => self.tasks(&runtime),
        }
    }

    fn echo<R: Net>(&self, runtime: &R, connections: usize) -> Sample {
        let spawner = runtime.spawner();
        let trips = (self.count / connections).max(1);
        runtime.block_on(async {
            if self.warm {
                tcp::run::<R, _>(spawner, connections, (trips / 10).max(1), || ()).await;
            }
            let watch = tcp::run::<R, _>(spawner, connections, trips, Stopwatch::start).await;
            watch.stop(trips * connections)
        })
    }
}
