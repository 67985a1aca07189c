//! Connecting to a server that is not there yet: `retry` with a policy of how often, how long after each other, and after which
//! errors.
//!
//! ```text
//! cargo run -p pinsight-rt --example retry_connect
//! ```
//!
//! How such a combinator is written, with a pinned attempt that is replaced in place, shows `combinators/retry.rs`.

#[allow(dead_code, reason = "all of it is shown there")]
#[path = "combinators/retry.rs"]
mod retry;

use pinsight_rt::net::{TcpListener, TcpStream};
use pinsight_rt::{LocalExecutor, spawn_named, time};
use retry::{Backoff, Policy, retry};
use std::cell::Cell;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

const GREETING: &[u8] = b"welcome\n";

const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// Comes up after some time, and greets one client.
async fn late_server(address: SocketAddr, delay: Duration, greeting: &'static [u8]) -> io::Result<()> {
    time::sleep(delay).await;
    let mut listener = TcpListener::bind(address)?;
    let (mut stream, _) = listener.accept().await?;
    stream.write_all(greeting).await
}

/// One attempt. It has a limit of its own: a server that takes the connection and then says nothing is as good as none.
async fn greet(server: SocketAddr) -> io::Result<TcpStream> {
    let attempt = async {
        let mut stream = TcpStream::connect(server).await?;
        let mut greeting = [0; GREETING.len()];
        stream.read_exact(&mut greeting).await?;
        if greeting != GREETING {
            return Err(io::Error::new(ErrorKind::InvalidData, "this is no greeting"));
        }
        Ok(stream)
    };
    time::timeout(ms(500), attempt).await.unwrap_or_else(|elapsed| Err(io::Error::new(ErrorKind::TimedOut, elapsed)))
}

/// What will be different in a moment. A server that speaks another protocol will not be.
fn may_pass(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset | ErrorKind::TimedOut)
}

/// Makes attempts, and prints each.
async fn connect(server: SocketAddr, policy: Policy) -> io::Result<TcpStream> {
    let start = time::now();
    let made = Cell::new(0);
    let attempt = async || {
        made.set(made.get() + 1);
        let number = made.get();
        let begun = time::now() - start;
        let result = greet(server).await;
        match &result {
            Ok(_) => println!("  attempt {number} at {:>3} ms: connected", begun.as_millis()),
            Err(error) => println!("  attempt {number} at {:>3} ms: {error}", begun.as_millis()),
        }
        result
    };
    retry(policy, attempt).when(may_pass).await
}

/// An address that nobody listens on: the system gave it out a moment ago, and has it back.
fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into())?.local_addr()
}

async fn run() -> io::Result<()> {
    // 20 ms, 40 ms, 80 ms and so on up to 150 ms, each shortened by up to half, so that a thousand clients of a server that has
    // just restarted do not all come at once.
    let backoff = Backoff::Exponential { first: ms(20), limit: ms(150) };
    let policy = Policy::attempts(20).backoff(backoff).jitter(0.5);

    println!("a server that comes up after 300 ms:");
    let address = free_address()?;
    let server = spawn_named("late server", late_server(address, ms(300), GREETING));
    connect(address, policy.clone()).await?;
    server.await.unwrap_or_else(|error| error.resume())?;

    println!("a server that speaks another protocol, for which it is not worth another attempt:");
    let address = free_address()?;
    let server = spawn_named("other server", late_server(address, ms(50), b"HTTP/1.1"));
    let error = connect(address, policy).await.expect_err("it does not greet");
    println!("  gave up: {error}");
    server.await.unwrap_or_else(|error| error.resume())?;

    println!("no server at all, and a policy of three attempts:");
    let policy = Policy::attempts(3).backoff(Backoff::Fixed(ms(50)));
    let error = connect(free_address()?, policy).await.expect_err("nobody listens");
    println!("  gave up: {error}");
    Ok(())
}

fn main() -> io::Result<()> {
    LocalExecutor::new().run(run())
}
