//! A TCP echo server and the clients that load it, in one program, on one thread. In the middle of the load it shows what every
//! task is doing.
//!
//! ```text
//! cargo run -p pinsight-rt-dump --example echo
//! cargo run -p pinsight-rt-dump --example echo -- --connections 100 --rounds 2000
//! cargo run -p pinsight-rt-dump --example echo -- --json
//! ```
//!
//! With `--json`, the dump alone goes to stdout, as JSON and with all tasks; the rest is on stderr.

use pinsight_rt::net::{TcpListener, TcpStream};
use pinsight_rt::{JoinHandle, LocalExecutor, spawn_named, time};
use pinsight_rt_dump::{Dump, dump};
use std::cell::Cell;
use std::cmp::Reverse;
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

/// The bytes of one message.
const MESSAGE: [u8; 64] = [b'x'; 64];

#[derive(Clone, Copy)]
struct Options {
    connections: usize,
    rounds: usize,
    json: bool,
}

impl Options {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self { connections: 50, rounds: 1000, json: false };
        while let Some(flag) = arguments.next() {
            match flag.as_str() {
                // Each has a descriptor at both ends, and a process may often have no more than 1,024.
                "--connections" => options.connections = number(&flag, arguments.next(), 1..=400)?,
                "--rounds" => options.rounds = number(&flag, arguments.next(), 1..=1_000_000)?,
                "--json" => options.json = true,
                _ => {
                    return Err(format!(
                        "unknown flag `{flag}`\nhelp: there are `--connections N`, `--rounds N` and `--json`"
                    ));
                }
            }
        }
        Ok(options)
    }
}

fn number(flag: &str, value: Option<String>, allowed: RangeInclusive<usize>) -> Result<usize, String> {
    let number = value.and_then(|value| value.parse().ok()).filter(|number| allowed.contains(number));
    number.ok_or_else(|| {
        format!("`{flag}` needs a number\nhelp: give one from {} to {}: `{flag} 100`", allowed.start(), allowed.end())
    })
}

/// Accepts so many connections, each of which becomes a task, and ends when they have.
async fn serve(mut listener: TcpListener, connections: usize) -> io::Result<()> {
    let mut tasks = Vec::new();
    for _ in 0..connections {
        let (stream, peer) = listener.accept().await?;
        tasks.push(spawn_named(format!("echo to {}", peer.port()), echo(stream)));
    }
    join(tasks).await
}

/// Sends everything back, until the other side has no more.
async fn echo(mut stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer).await? {
            0 => return Ok(()),
            length => stream.write_all(&buffer[..length]).await?,
        }
    }
}

/// Sends messages, and waits for each to come back. One thread means no `Arc` and no lock: all clients count in a `Cell`.
async fn load(server: SocketAddr, options: Options, done: Rc<Cell<usize>>) -> io::Result<()> {
    let mut stream = TcpStream::connect_timeout(server, Duration::from_secs(5)).await?;
    stream.set_nodelay(true)?;
    for _ in 0..options.rounds {
        stream.write_all(&MESSAGE).await?;
        let mut answer = [0; MESSAGE.len()];
        stream.read_exact(&mut answer).await?;
        assert_eq!(answer, MESSAGE);
        done.set(done.get() + 1);
        if done.get() == (options.connections * options.rounds).div_ceil(2) {
            show(dump(), options.json)?;
        }
    }
    Ok(())
}

fn show(mut dump: Dump, json: bool) -> io::Result<()> {
    let mut stdout = io::stdout();
    if json {
        return writeln!(stdout, "{}", dump.to_json());
    }
    let all = dump.tasks.len();
    dump.tasks.sort_by_key(|task| (task.type_name, Reverse(task.busy)));
    dump.tasks.dedup_by_key(|task| task.type_name);
    writeln!(stdout, "half of the load is done; of {all} tasks, these are the busiest of each kind:\n{dump}")
}

/// Waits for tasks. A panic in one of them goes on here.
async fn join(tasks: Vec<JoinHandle<io::Result<()>>>) -> io::Result<()> {
    for task in tasks {
        task.await.unwrap_or_else(|error| error.resume())?;
    }
    Ok(())
}

async fn run(options: Options) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into())?;
    let address = listener.local_addr()?;
    let server = spawn_named("listener", serve(listener, options.connections));
    let done = Rc::new(Cell::new(0));
    let start = time::now();
    let client = |number| spawn_named(format!("client {number}"), load(address, options, Rc::clone(&done)));
    join((1..=options.connections).map(client).collect()).await?;
    let elapsed = time::now() - start;
    join(vec![server]).await?;
    eprintln!(
        "{} connections, {} round trips each, in {elapsed:.2?}: {:.0} round trips a second",
        options.connections,
        options.rounds,
        done.get() as f64 / elapsed.as_secs_f64()
    );
    Ok(())
}

fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(2);
        }
    };
    let executor = LocalExecutor::new();
    let result = executor.run(run(options));
    // Names the tasks that have not ended, and drops them.
    let left = executor.shutdown();
    eprintln!("tasks left: {}", if left.is_empty() { "none".to_owned() } else { left.join(", ") });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
