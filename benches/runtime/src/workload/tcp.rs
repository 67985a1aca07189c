//! An echo over 127.0.0.1, both sides in the same runtime.

use std::future::Future;

use crate::rt::Net;

const MESSAGE: usize = 64;
/// Longer than a message, as any server's is: a read that does not fill its buffer says that there is no more.
const BUFFER: usize = 1_024;

/// Sends back what arrives, until the other side ends.
pub async fn echo<R: Net>(mut stream: R::Stream) {
    let mut buffer = vec![0; BUFFER];
    loop {
        let (length, read) = R::read(&mut stream, buffer).await.expect("the echo reads");
        if length == 0 {
            return;
        }
        buffer = R::write_all(&mut stream, read, length).await.expect("the echo writes");
    }
}

/// Sends a message and reads it back, again and again.
pub async fn exchange<R: Net>(mut stream: R::Stream, trips: usize) {
    let mut message = vec![7; MESSAGE];
    let mut answer = vec![0; BUFFER];
    for _ in 0..trips {
        message = R::write_all(&mut stream, message, MESSAGE).await.expect("the client writes");
        let mut arrived = 0;
        while arrived < MESSAGE {
            let (length, read) = R::read(&mut stream, answer).await.expect("the client reads");
            assert_ne!(length, 0, "the echo ended early");
            answer = read;
            arrived += length;
        }
        assert_eq!(answer[0], 7);
    }
}

/// Connects so many clients and runs their round trips side by side. The clock is started once all are connected.
pub async fn run<R: Net, S>(spawner: R::Spawner, connections: usize, trips: usize, start: impl FnOnce() -> S) -> S {
    let (mut listener, address) = R::listen().await.expect("a free port");
    let mut pairs = Vec::with_capacity(connections);
    for _ in 0..connections {
        // One at a time, so that a listener's queue never overflows.
        let client = R::connect(address);
        let server = R::accept(&mut listener);
        let (client, server) = both(client, server).await;
        pairs.push((client.expect("a connection"), server.expect("a connection")));
    }
    let started = start();
    let tasks: Vec<_> = pairs
        .into_iter()
        .map(|(client, server)| (R::spawn_echo(spawner, server), R::spawn_exchange(spawner, client, trips)))
        .collect();
    for (echo, exchange) in tasks {
        exchange.await;
        echo.await;
    }
    started
}

async fn both<A: Future, B: Future>(a: A, b: B) -> (A::Output, B::Output) {
    futures_lite::future::zip(a, b).await
}
