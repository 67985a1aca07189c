//! Sockets that go from one executor to another, before they were used and after; and to std and back.

#![cfg(not(loom))]

#[path = "harness/hang.rs"]
mod hang;

use futures_util::future::join;
use pinsight_rt::io::Async;
use pinsight_rt::net::{TcpListener, TcpStream, UdpSocket, UnixDatagram, UnixStream};
use pinsight_rt::{LocalExecutor, Spawner, block_on, spawn, time};
use std::future::poll_fn;
use std::io::{Read, Write};
use std::net::Ipv4Addr;
use std::os::fd::OwnedFd;
use std::sync::mpsc;
use std::task::Poll;
use std::thread;
use std::time::Duration;

const MS: Duration = Duration::from_millis(1);

fn within_ten_seconds(test: impl FnOnce() + Send + 'static) {
    hang::within(Duration::from_secs(10), test);
}

/// Runs an executor on another thread, for as long as the function has something for it.
fn beside<T>(function: impl FnOnce(&Spawner) -> T) -> T {
    let (sender, receiver) = mpsc::channel();
    let (end, ends) = futures_util::future::abortable(std::future::pending::<()>());
    let helper = thread::spawn(move || {
        let executor = LocalExecutor::new();
        sender.send(executor.spawner()).unwrap();
        let _ = executor.run(end);
        executor.shutdown()
    });
    let result = function(&receiver.recv().unwrap());
    ends.abort();
    assert_eq!(helper.join().unwrap(), [] as [&str; 0]);
    result
}

/// Reads a byte, and waits for that.
async fn read_byte(stream: &mut UnixStream) -> u8 {
    let mut byte = [0];
    stream.read_exact(&mut byte).await.unwrap();
    byte[0]
}

/// Waits in vain, so that the stream is registered with the executor that runs.
async fn wait_in_vain(stream: &mut UnixStream) {
    assert!(time::timeout(MS, stream.read(&mut [0])).await.is_err());
}

#[test]
fn a_socket_used_in_one_executor_is_used_in_a_second_and_again_in_the_first() {
    within_ten_seconds(|| {
        let (mut ours, theirs) = UnixStream::pair().unwrap();
        let mut theirs = theirs.into_inner();
        let (first, second) = (LocalExecutor::new(), LocalExecutor::new());
        for executor in [&first, &second, &first, &second, &LocalExecutor::new()] {
            executor.run(wait_in_vain(&mut ours));
            let read = executor.spawn(async move {
                let byte = read_byte(&mut ours).await;
                (ours, byte)
            });
            executor.run_until_stalled();
            theirs.write_all(&[7]).unwrap();
            let (back, byte) = executor.run(read).unwrap();
            ours = back;
            assert_eq!(byte, 7);
        }
        // None of those that it has left is woken by it any more.
        let polls = std::cell::Cell::new(0);
        theirs.write_all(&[8]).unwrap();
        first.run(async {
            let counted = poll_fn(|_| {
                polls.set(polls.get() + 1);
                Poll::<()>::Pending
            });
            assert!(time::timeout(2 * MS, counted).await.is_err());
        });
        assert_eq!(polls.get(), 2);
    });
}

#[test]
fn sockets_go_to_an_executor_on_another_thread() {
    within_ten_seconds(|| {
        for used in [false, true] {
            let (mut ours, theirs) = UnixStream::pair().unwrap();
            let executor = LocalExecutor::new();
            if used {
                executor.run(wait_in_vain(&mut ours));
            }
            let echo = |mut stream: UnixStream| async move {
                for _ in 0..100 {
                    let byte = read_byte(&mut stream).await;
                    stream.write_all(&[byte + 1]).await.unwrap();
                }
                stream
            };
            let mut theirs = theirs;
            let mut back = beside(|spawner| {
                let task = spawner.spawn_with(move || echo(ours));
                executor.run(async {
                    for number in 0..100 {
                        theirs.write_all(&[number]).await.unwrap();
                        assert_eq!(read_byte(&mut theirs).await, number + 1);
                    }
                });
                block_on(task).unwrap()
            });
            // And back, from an executor that is gone.
            let (written, byte) = executor.run(join(theirs.write_all(b"x"), read_byte(&mut back)));
            assert_eq!((written.unwrap(), byte), ((), b'x'));
        }
    });
}

/// Its end is told to the executor that watches it, which goes on to sleep.
#[test]
fn a_registered_socket_is_dropped_on_another_thread() {
    within_ten_seconds(|| {
        let executor = LocalExecutor::new();
        for round in 0..100 {
            let (mut ours, mut theirs) = UnixStream::pair().unwrap();
            executor.run(wait_in_vain(&mut ours));
            let copy = ours.try_clone().unwrap();
            let helper = thread::spawn(move || match round % 3 {
                0 => drop(ours),
                1 => drop(ours.into_inner()),
                _ => drop(OwnedFd::from(ours)),
            });
            if round % 2 == 0 {
                helper.join().unwrap();
            }
            // A new one may get its number, and even its key.
            let (mut one, mut other) = UnixStream::pair().unwrap();
            let task = executor.spawn(async move { read_byte(&mut other).await });
            executor.run_until_stalled();
            executor.run(one.write_all(b"y")).unwrap();
            assert_eq!(executor.run(task).unwrap(), b'y');
            // The connection itself lives on, and nobody watches it.
            executor.run(theirs.write_all(b"z")).unwrap();
            let mut byte = [0];
            (&copy).read_exact(&mut byte).unwrap();
            assert_eq!(byte, *b"z");
        }
    });
}

#[test]
fn accepted_connections_are_spread_over_executors() {
    within_ten_seconds(|| {
        beside(|first| {
            beside(|second| {
                LocalExecutor::new().run(async {
                    let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
                    let address = listener.local_addr().unwrap();
                    for number in 0..20_u8 {
                        let client = spawn(async move {
                            let mut stream = TcpStream::connect(address).await.unwrap();
                            stream.write_all(&[number]).await.unwrap();
                            let mut byte = [0];
                            stream.read_exact(&mut byte).await.unwrap();
                            byte[0]
                        });
                        let (mut stream, _) = listener.accept().await.unwrap();
                        let spawner = if number % 2 == 0 { first } else { second };
                        let echo = spawner.spawn_with(move || async move {
                            let mut byte = [0];
                            stream.read_exact(&mut byte).await.unwrap();
                            stream.write_all(&byte).await.unwrap();
                        });
                        assert_eq!(client.await.unwrap(), number);
                        echo.await.unwrap();
                    }
                });
            });
        });
    });
}

#[test]
fn datagrams_are_sent_and_received_at_once() {
    within_ten_seconds(|| {
        LocalExecutor::new().run(async {
            let (one, other) =
                (UdpSocket::bind((Ipv4Addr::LOCALHOST, 0).into()), UdpSocket::bind((Ipv4Addr::LOCALHOST, 0).into()));
            let (one, other) = (one.unwrap(), other.unwrap());
            let (address, peer) = (one.local_addr().unwrap(), other.local_addr().unwrap());
            let (mut reads, mut writes) = one.into_split();
            let received = spawn(async move {
                let mut buffer = [0; 8];
                let (length, from) = reads.recv_from(&mut buffer).await.unwrap();
                assert_eq!((&buffer[..length], from), (&b"pong"[..], peer));
                reads
            });
            // That one waits all the while.
            time::sleep(MS).await;
            writes.send_to(b"ping", peer).await.unwrap();
            let mut other = other;
            let mut buffer = [0; 8];
            assert_eq!(other.recv_from(&mut buffer).await.unwrap(), (4, address));
            other.send_to(b"pong", address).await.unwrap();
            let reads = received.await.unwrap();
            // The halves are of one socket, which goes with the last of them.
            writes.connect(peer).unwrap();
            drop(writes);
            assert_eq!(reads.peer_addr().unwrap(), peer);
        });
    });
}

#[test]
fn unix_datagrams() {
    let path = std::env::temp_dir().join(format!("pinsight-rt-datagram-{}", std::process::id()));
    let theirs = path.clone();
    within_ten_seconds(move || {
        LocalExecutor::new().run(async {
            let mut server = UnixDatagram::bind(&theirs).unwrap();
            let (mut one, other) = UnixDatagram::pair().unwrap();
            let echo = spawn(async move {
                let (mut reads, mut writes) = other.into_split();
                let mut buffer = [0; 8];
                let length = reads.recv(&mut buffer).await.unwrap();
                writes.send(&buffer[..length]).await.unwrap();
            });
            time::sleep(MS).await;
            let mut buffer = [0; 8];
            one.send(b"pair").await.unwrap();
            assert_eq!(one.recv(&mut buffer).await.unwrap(), 4);
            echo.await.unwrap();
            let mut client = Async::new(std::os::unix::net::UnixDatagram::unbound().unwrap()).unwrap();
            client.send_to(b"path", &theirs).await.unwrap();
            let (length, from) = server.recv_from(&mut buffer).await.unwrap();
            assert!(length == 4 && from.is_unnamed());
        });
    });
    std::fs::remove_file(path).unwrap();
}

#[test]
fn ready_is_what_does_not_block() {
    within_ten_seconds(|| {
        LocalExecutor::new().run(async {
            let (mut ours, mut theirs) = UnixStream::pair().unwrap();
            // Nothing to read: it is not ready, however often somebody asks.
            for _ in 0..3 {
                assert!(time::timeout(MS, ours.readable()).await.is_err());
            }
            ours.writable().await.unwrap();
            theirs.write_all(b"ab").await.unwrap();
            for _ in 0..3 {
                ours.readable().await.unwrap();
            }
            // By hand, past this crate: nobody is told of what is left.
            let mut buffer = [0; 2];
            assert_eq!(ours.get_ref().read(&mut buffer).unwrap(), 2);
            assert!(time::timeout(MS, ours.readable()).await.is_err());
            while ours.get_ref().write(&[0; 4096]).is_ok() {}
            let full = spawn(async move {
                ours.writable().await.unwrap();
                ours
            });
            time::sleep(MS).await;
            assert!(!full.is_finished());
            // As much as the system wants to have gone before it says so.
            while !full.is_finished() {
                let _ = theirs.get_ref().read(&mut [0; 4096]);
                time::sleep(MS / 20).await;
            }
            let mut ours = full.await.unwrap();
            drop(theirs);
            // The end is something to read as well.
            ours.readable().await.unwrap();
        });
    });
}

#[test]
fn to_std_and_back() {
    within_ten_seconds(|| {
        LocalExecutor::new().run(async {
            let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
            let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
            let (server, _) = listener.accept().await.unwrap();
            let client: std::net::TcpStream = client.into_inner();
            let mut client = TcpStream::from_std(client).unwrap();
            // Of which nobody knows what it is.
            let mut server = Async::new(std::fs::File::from(OwnedFd::from(server))).unwrap();
            let waiting = spawn(async move {
                let mut text = Vec::new();
                server.read_to_end(&mut text).await.unwrap();
                text
            });
            time::sleep(MS).await;
            client.write_all(b"text").await.unwrap();
            drop(client);
            assert_eq!(waiting.await.unwrap(), b"text");
        });
    });
}
