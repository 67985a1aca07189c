//! An HTTP server with hyper 1, on one thread: it counts its requests in a `Cell`.
//!
//! Without arguments, it makes itself some requests with hyper's client, over real sockets, and ends:
//!
//! ```text
//! cargo run -p pinsight-rt-hyper --example hyper_hello
//! ```
//!
//! With `--serve`, it goes on until Ctrl-C:
//!
//! ```text
//! cargo run -p pinsight-rt-hyper --example hyper_hello -- --serve 127.0.0.1:8080
//! ```

#[path = "../../examples/combinators/race.rs"]
mod race;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, client, server};
use pinsight_rt::net::{TcpListener, TcpStream, UnixStream};
use pinsight_rt::{LocalExecutor, spawn_named, time};
use pinsight_rt_hyper::{HyperIo, HyperTimer};
use race::{Either, race};
use signal_hook::{consts::SIGINT, low_level::pipe};
use std::cell::Cell;
use std::convert::Infallible;
use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

fn hello(request: &Request<Incoming>, count: &Cell<u64>) -> Response<Full<Bytes>> {
    count.set(count.get() + 1);
    let text = format!("hello from {}, request number {}\n", request.uri().path(), count.get());
    Response::new(Full::new(Bytes::from(text)))
}

/// Accepts connections, each of which becomes a task, until the other future is ready.
async fn serve<T>(mut listener: TcpListener, until: impl Future<Output = T>) -> T {
    let count = Rc::new(Cell::new(0));
    let mut until = pin!(until);
    loop {
        match race(until.as_mut(), listener.accept()).await {
            Either::Left(output) => return output,
            Either::Right(Ok((stream, peer))) => {
                let connection = answer(stream, peer, Rc::clone(&count));
                drop(spawn_named(peer.to_string(), connection));
            }
            // Not the end of the server: a client may have gone already, or there is no descriptor left just now.
            Either::Right(Err(error)) => {
                eprintln!("no connection: {error}");
                time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn answer(stream: TcpStream, peer: SocketAddr, count: Rc<Cell<u64>>) {
    let service = service_fn(async |request| Ok::<_, Infallible>(hello(&request, &count)));
    // With the timer, a client that is slow with its header is not waited for: hyper's limit is half a minute.
    let server = server::conn::http1::Builder::new().timer(HyperTimer).serve_connection(HyperIo::new(stream), service);
    if let Err(error) = server.await {
        eprintln!("{peer}: {error}");
    }
}

/// Makes some requests over one connection.
async fn ask(server: SocketAddr) -> Result<()> {
    let stream = TcpStream::connect_timeout(server, Duration::from_secs(5)).await?;
    let (mut sender, connection) = client::conn::http1::handshake(HyperIo::new(stream)).await?;
    // Moves the bytes, while the requests wait for their answers.
    let connection = spawn_named("client", connection);
    for path in ["/", "/pin", "/project?field=1"] {
        let request = Request::get(path).header("host", server.to_string()).body(Full::<Bytes>::default())?;
        let response = sender.send_request(request).await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        print!("GET {path}: {status}: {}", String::from_utf8_lossy(&body));
    }
    // Closes the connection, since there can be no more requests.
    drop(sender);
    connection.await??;
    Ok(())
}

/// Waits for Ctrl-C. What the handler of a signal may do is little: this one writes a byte, for which a task can wait.
async fn interrupted() -> io::Result<()> {
    let (reader, writer) = std::os::unix::net::UnixStream::pair()?;
    pipe::register(SIGINT, writer)?;
    UnixStream::new(reader)?.read_exact(&mut [0]).await
}

fn run(address: SocketAddr, goes_on: bool) -> Result<()> {
    let executor = LocalExecutor::new();
    executor.run(async {
        let listener = TcpListener::bind(address)?;
        let address = listener.local_addr()?;
        if !goes_on {
            return serve(listener, ask(address)).await;
        }
        println!("try: curl http://{address}/pin");
        serve(listener, interrupted()).await.map_err(Into::into)
    })?;
    // Those whose client has gone end now. The others are dropped: a client may keep its connection for further requests.
    executor.run_until_stalled();
    let left = executor.shutdown();
    println!(
        "the server has ended; connections left: {}",
        if left.is_empty() { "none".into() } else { left.join(", ") }
    );
    Ok(())
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let address = match &*arguments {
        [] => Some("127.0.0.1:0"),
        [flag] if flag == "--serve" => Some("127.0.0.1:8080"),
        [flag, address] if flag == "--serve" => Some(address.as_str()),
        _ => None,
    };
    let Some(address) = address.and_then(|address| address.parse().ok()) else {
        eprintln!("error: unknown arguments `{}`", arguments.join(" "));
        eprintln!("help: there is `--serve`, which may be followed by an address: `--serve 127.0.0.1:8080`");
        return ExitCode::from(2);
    };
    match run(address, !arguments.is_empty()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
