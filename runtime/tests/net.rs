//! Sockets on loopback.

#![cfg(not(loom))]

use futures_util::future::{join, join_all};
use pinsight_rt::net::{self, TcpListener, TcpStream, UdpSocket, UnixListener, UnixStream};
use pinsight_rt::{LocalExecutor, io::Async, spawn, time};
use std::io::{self, ErrorKind, IoSlice, PipeReader, PipeWriter, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr};
use std::os::fd::AsFd;
use std::time::Duration;

const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

fn run<T>(future: impl Future<Output = io::Result<T>>) -> T {
    let limit = Duration::from_secs(20);
    let result = LocalExecutor::new().run(async { time::timeout(limit, future).await });
    result.expect("the test hangs").unwrap()
}

async fn connected() -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind(ANY)?.as_fd().try_clone_to_owned()?;
    let mut listener = TcpListener::from_std(listener.into())?;
    let address = listener.local_addr()?;
    let (client, server) = join(TcpStream::connect(address), listener.accept()).await;
    Ok((client?, server?.0))
}

#[test]
fn tcp_echoes_on_many_connections() {
    run(async {
        let mut listener = TcpListener::bind(ANY)?;
        let address = listener.local_addr()?;
        drop(spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                drop(spawn(async move {
                    let mut buffer = [0; 64];
                    while let Ok(length @ 1..) = stream.read(&mut buffer).await {
                        stream.write_all(&buffer[..length]).await.unwrap();
                    }
                }));
            }
        }));
        let clients = (0..50_u8).map(|number| async move {
            let mut stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            assert!(stream.nodelay()?);
            for round in 0..20 {
                let text = [number ^ round; 64];
                stream.write_all(&text).await?;
                let mut echo = [0; 64];
                stream.read_exact(&mut echo).await?;
                assert_eq!(echo, text);
            }
            io::Result::Ok(())
        });
        join_all(clients).await.into_iter().collect()
    })
}

#[test]
fn more_than_the_buffers_hold_goes_through() {
    let sent: Vec<u8> = (0..8_000_000_u32).map(|byte| (byte % 251) as u8).collect();
    let received = run(async {
        let (mut client, mut server) = connected().await?;
        let mut received = Vec::new();
        let send = async {
            client.write_all(&sent).await?;
            client.shutdown(Shutdown::Write)
        };
        let (sent, read) = join(send, server.read_to_end(&mut received)).await;
        sent?;
        assert_eq!(read?, received.len());
        Ok(received)
    });
    assert!(received == sent);
}

#[test]
fn several_pieces_are_written_at_once_as_far_as_there_is_room() {
    run(async {
        let (mut reader, mut writer) = UnixStream::pair()?;
        let (small, large) = (IoSlice::new(b"small"), vec![1; 1 << 20]);
        let mut written = 0;
        let write = async {
            // The second call finds no room, and has to wait for it.
            for _ in 0..2 {
                let length = writer.write_vectored(&[small, IoSlice::new(&[]), IoSlice::new(&large)]).await?;
                assert!((6..5 + large.len()).contains(&length), "{length}");
                written += length;
            }
            writer.shutdown(Shutdown::Write)
        };
        let mut read = Vec::new();
        let (result, length) = join(write, reader.read_to_end(&mut read)).await;
        result?;
        assert_eq!((length?, &read[..6]), (written, &b"small\x01"[..]));
        Ok(())
    });
}

#[test]
fn halves_work_in_two_tasks_and_dropping_the_writer_ends_the_stream() {
    run(async {
        let (client, mut server) = connected().await?;
        let (mut reader, mut writer) = client.into_split();
        let peers = [reader.peer_addr()?, writer.peer_addr()?];
        assert_eq!(peers, [server.local_addr()?; 2]);
        let reading = spawn(async move {
            let mut text = Vec::new();
            reader.read_to_end(&mut text).await.unwrap();
            text
        });
        let writing = spawn(async move { writer.write_all(b"ping").await });
        writing.await.unwrap()?;
        let mut text = Vec::new();
        server.read_to_end(&mut text).await?;
        assert_eq!(text, b"ping");
        // Half-closed: the other direction still works.
        server.write_all(b"pong").await?;
        drop(server);
        assert_eq!(reading.await.unwrap(), b"pong");
        Ok(())
    });
}

#[test]
fn peek_leaves_the_data() {
    run(async {
        let (mut client, mut server) = connected().await?;
        client.write_all(b"once").await?;
        let mut buffer = [0; 8];
        assert_eq!(server.peek(&mut buffer).await?, 4);
        assert_eq!(server.read(&mut buffer).await?, 4);
        Ok(())
    });
}

#[test]
fn connecting_fails_with_the_system_s_error() {
    let error = run(async {
        let unused = TcpListener::bind(ANY)?.local_addr()?;
        Ok(TcpStream::connect(unused).await.unwrap_err())
    });
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
}

#[test]
fn connecting_gives_up_after_the_limit() {
    // A listener that never accepts, with a full backlog: the system drops further attempts without an answer.
    let listener = std::net::TcpListener::bind(ANY).unwrap();
    let address = listener.local_addr().unwrap();
    let error = run(async {
        let mut waiting = Vec::new();
        for _ in 0..6000 {
            match TcpStream::connect_timeout(address, Duration::from_millis(50)).await {
                Ok(stream) => waiting.push(stream),
                Err(error) => return Ok(error),
            }
        }
        panic!("the backlog never fills");
    });
    assert_eq!(error.kind(), ErrorKind::TimedOut);
    assert!(error.to_string().contains("within 50ms"), "{error}");
}

#[test]
fn udp_connected_and_not() {
    run(async {
        let mut one = UdpSocket::bind(ANY)?;
        let mut other = UdpSocket::bind(ANY)?;
        let to = other.local_addr()?;
        // It waits first, so there has to be an event.
        let echo = spawn(async move {
            let mut buffer = [0; 16];
            let (length, from) = other.recv_from(&mut buffer).await?;
            other.connect(from)?;
            other.send(&buffer[..length]).await
        });
        time::sleep(Duration::from_millis(1)).await;
        one.send_to(b"ping", to).await?;
        one.connect(to)?;
        let mut buffer = [0; 16];
        assert_eq!(one.recv(&mut buffer).await?, 4);
        assert_eq!((echo.await.unwrap()?, &buffer[..4]), (4, &b"ping"[..]));
        Ok(())
    });
}

#[test]
fn unix_sockets_connect_and_pair() {
    let folder = std::env::temp_dir().join(format!("pinsight-rt-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("socket");
    run(async {
        let listener = UnixListener::bind(&path)?.as_fd().try_clone_to_owned()?;
        let mut listener = UnixListener::new(listener.into())?;
        let (client, server) = join(UnixStream::connect(&path), listener.accept()).await;
        let (mut client, mut server) = (client?, server?.0);
        client.write_all(b"over a path").await?;
        drop(client);
        let mut text = String::new().into_bytes();
        server.read_to_end(&mut text).await?;
        assert_eq!(text, b"over a path");
        let (one, mut other) = UnixStream::pair()?;
        let (mut reader, mut writer) = one.into_split();
        writer.write_all(b"a").await?;
        let mut byte = [0];
        other.read_exact(&mut byte).await?;
        other.write_all(&byte).await?;
        reader.read_exact(&mut byte).await?;
        assert_eq!(&byte, b"a");
        Ok(())
    });
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn anything_with_a_descriptor() {
    let (reader, writer) = io::pipe().unwrap();
    let (mut reader, mut writer) = (Async::new(reader).unwrap(), Async::new(writer).unwrap());
    let sent = vec![7; 1_000_000];
    let received = run(async {
        let write = async {
            // By hand, to the end by the method.
            let start = writer.write_with(|mut pipe: &PipeWriter| pipe.write(&sent)).await?;
            writer.write_all(&sent[start..]).await?;
            drop(writer);
            io::Result::Ok(())
        };
        let read = async {
            let mut received = vec![0; 100];
            let length = reader.read_with(|mut pipe: &PipeReader| pipe.read(&mut received)).await?;
            received.truncate(length);
            reader.read_to_end(&mut received).await?;
            io::Result::Ok(received)
        };
        let (written, received) = join(write, read).await;
        written?;
        received
    });
    assert!(received == sent);
}

#[test]
fn a_value_comes_back_out_of_async() {
    let (reader, mut writer) = io::pipe().unwrap();
    let mut reader = Async::new(reader).unwrap();
    let reader = run(async {
        let mut byte = [0];
        let read =
            time::timeout(Duration::from_millis(1), reader.read_with(|mut pipe: &PipeReader| pipe.read(&mut byte)));
        assert!(read.await.is_err());
        Ok(reader.into_inner())
    });
    writer.write_all(b"x").unwrap();
    let mut byte = [0];
    (&reader).read_exact(&mut byte).unwrap();
    assert_eq!(byte, *b"x");
}

#[test]
fn names_are_resolved_on_the_pool() {
    let addresses = run(net::resolve("localhost:80"));
    assert!(addresses.iter().any(|address| address.ip().is_loopback() && address.port() == 80), "{addresses:?}");
}

#[test]
fn a_crowd_of_connections_is_kept_until_it_is_accepted() {
    let limit = std::fs::read_to_string("/proc/sys/net/core/somaxconn").unwrap_or_default();
    if limit.trim().parse::<u32>().is_ok_and(|limit| limit < 200) {
        return println!("skipped: the system itself keeps no more than {} connections", limit.trim());
    }
    LocalExecutor::new().run(async {
        let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let address = listener.local_addr().unwrap();
        // Without room, the system tries again after a second.
        let limit = Duration::from_millis(900);
        let clients: Vec<_> = (0..200).map(|_| spawn(TcpStream::connect_timeout(address, limit))).collect();
        for client in clients {
            client.await.unwrap().unwrap();
        }
        for _ in 0..200 {
            listener.accept().await.unwrap();
        }
    });
}
