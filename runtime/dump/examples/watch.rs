//! `top` for tasks: a table of all live tasks that refreshes itself, the busiest first, and some tasks to look at.
//!
//! ```text
//! cargo run -p pinsight-rt-dump --example watch
//! cargo run -p pinsight-rt-dump --example watch -- --seconds 5
//! ```
//!
//! Ctrl-C ends it. When stdout is not a terminal, it prints one table after another, for ten seconds.

use pinsight_rt::net::UnixStream;
use pinsight_rt::trace::TaskInfo;
use pinsight_rt::{LocalExecutor, spawn, spawn_named, time, unblock, yield_now};
use pinsight_rt_dump::{Dump, dump};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::future::pending;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

const REFRESH: Duration = ms(250);
/// The tasks that are shown. With the two lines above them, they fit into a terminal of 24 lines.
const ROWS: usize = 20;

const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// Tasks of different character, each of which stands out in another column.
fn spawn_the_watched() -> io::Result<()> {
    drop(spawn_named("ticker", async {
        let mut interval = time::interval(ms(10));
        loop {
            interval.tick().await;
        }
    }));
    // Does much, but lets the others go on in between: none of its polls is long. (`thread::sleep` stands for computing.)
    drop(spawn_named("polite cruncher", async {
        loop {
            for _ in 0..100 {
                thread::sleep(ms(1) / 2);
                yield_now().await;
            }
            time::sleep(ms(100)).await;
        }
    }));
    // Does less, but in one poll: nobody else runs meanwhile. This is what `unblock` is for, as in the next one.
    drop(spawn_named("rude cruncher", async {
        loop {
            thread::sleep(ms(20));
            time::sleep(ms(500)).await;
        }
    }));
    drop(spawn_named("on the pool", async {
        loop {
            unblock(|| thread::sleep(ms(300))).await;
        }
    }));
    let (mut reader, mut writer) = UnixStream::pair()?;
    drop(spawn_named("writer", async move {
        while writer.write_all(b"ping").await.is_ok() {
            time::sleep(ms(40)).await;
        }
    }));
    drop(spawn_named("reader", async move { while reader.read_exact(&mut [0; 4]).await.is_ok() {} }));
    // Workers come and go. Every third one is waited for; the others go on by themselves.
    drop(spawn_named("foreman", async {
        for number in 1.. {
            let work = async move {
                for _ in 0..5 {
                    thread::sleep(ms(1));
                    time::sleep(ms(50 * (1 + number % 5))).await;
                }
            };
            let worker = spawn_named(format!("worker {number}"), work);
            if number % 3 == 0 {
                drop(worker.await);
            }
        }
    }));
    // Has no name, and waits for what never comes: a bug that one finds with such a table.
    drop(spawn(pending::<()>()));
    Ok(())
}

/// A table of at most 100 columns, the busiest task first. `before` is how busy each was in the table before, so long ago.
fn table(mut dump: Dump, before: &mut BTreeMap<u64, Duration>, elapsed: Duration) -> String {
    dump.tasks.sort_by_key(|task| (Reverse(task.busy), task.id));
    let mut text = format!(
        "{} tasks\nNAME               POLLS     BUSY SHARE  LONGEST     IDLE   WAKES  LAST WOKEN BY    SPAWNED AT\n",
        dump.tasks.len()
    );
    for task in dump.tasks.iter().take(ROWS) {
        let busy = task.busy - before.get(&task.id).copied().unwrap_or_default();
        text += &row(task, busy.as_secs_f64() / elapsed.as_secs_f64());
    }
    *before = dump.tasks.iter().map(|task| (task.id, task.busy)).collect();
    text
}

fn row(task: &TaskInfo, share: f64) -> String {
    let file = Path::new(task.place.file()).file_name().unwrap_or_default().to_string_lossy();
    format!(
        "{:<16.16} {:>7} {:>8.1?} {:>4.0}% {:>8.1?} {:>8.1?} {:>7}  {:<15.15}  {:.16}\n",
        task.name.as_deref().unwrap_or("-"),
        task.polls,
        task.busy,
        share * 100.0,
        task.longest,
        task.idle,
        task.wakes.iter().sum::<u64>(),
        task.last_waker.map_or_else(|| "-".to_owned(), |cause| cause.to_string()),
        format!("{file}:{}", task.place.line()),
    )
}

/// Writes over the last table, line by line: clearing the screen first would flicker. Long lines are cut, not wrapped.
fn over_the_last(table: &str) -> String {
    // To the corner, without wrapping; at the end of each line, its rest is cleared; at the end of all, that of the screen.
    format!("\x1b[H\x1b[?7l{}\x1b[J\x1b[?7h", table.replace('\n', "\x1b[K\n"))
}

async fn watch(limit: Option<Duration>) -> io::Result<()> {
    spawn_the_watched()?;
    let mut stdout = io::stdout();
    let is_terminal = stdout.is_terminal();
    let limit = if is_terminal { limit } else { limit.or(Some(ms(10_000))) };
    let start = Instant::now();
    let mut last = start;
    let mut busy = BTreeMap::new();
    if is_terminal {
        write!(stdout, "\x1b[2J")?;
    }
    // In the future that `run` was given, which is no task, and so not in the table.
    while limit.is_none_or(|limit| start.elapsed() < limit) {
        time::sleep(REFRESH).await;
        let table = table(dump(), &mut busy, last.elapsed());
        last = Instant::now();
        writeln!(stdout, "{}", if is_terminal { over_the_last(&table) } else { table })?;
    }
    Ok(())
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let limit = match &*arguments {
        [] => Ok(None),
        [flag, seconds] if flag == "--seconds" => seconds.parse().map(Duration::from_secs).map(Some).map_err(drop),
        _ => Err(()),
    };
    let Ok(limit) = limit else {
        eprintln!("error: unknown arguments `{}`\nhelp: there is `--seconds N`: `--seconds 5`", arguments.join(" "));
        return ExitCode::from(2);
    };
    match LocalExecutor::new().run(watch(limit)) {
        // `watch | head` is no mistake.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}
