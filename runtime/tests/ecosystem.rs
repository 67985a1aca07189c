//! Other people's libraries, on this runtime.

#![cfg(not(loom))]

use pinsight_rt::LocalExecutor;
use std::future::poll_fn;
#[cfg(any(feature = "futures-io", feature = "tokio-io"))]
use std::io::{self, IoSlice};

#[cfg(feature = "futures-io")]
#[test]
fn futures_io() {
    use futures_util::future::join;
    use futures_util::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
    use pinsight_rt::net::UnixStream;

    let text = LocalExecutor::new().run(async {
        let (one, other) = UnixStream::pair()?;
        let (reader, _writer) = one.into_split();
        let (_other_reader, mut writer) = AsyncReadExt::split(other);
        let write = async {
            let pieces = [IoSlice::new(b"first line\n"), IoSlice::new(b"sec")];
            assert_eq!(AsyncWriteExt::write_vectored(&mut writer, &pieces).await?, 14);
            writer.write_all(b"ond").await?;
            writer.flush().await?;
            writer.close().await
        };
        let mut lines = BufReader::new(reader);
        let read = async {
            let mut text = String::new();
            lines.read_line(&mut text).await?;
            lines.read_to_string(&mut text).await?;
            io::Result::Ok(text)
        };
        let (written, text) = join(write, read).await;
        written?;
        text
    });
    assert_eq!(text.unwrap(), "first line\nsecond");
}

#[cfg(feature = "tokio-io")]
#[test]
fn tokio_io() {
    use pinsight_rt::net::{TcpListener, TcpStream};
    use std::net::Ipv4Addr;
    use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};

    let text = LocalExecutor::new().run(async {
        let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into())?;
        let address = listener.local_addr()?;
        let echo = pinsight_rt::spawn(async move {
            let (stream, _) = listener.accept().await?;
            let (mut reader, mut writer) = stream.into_split();
            tokio::io::copy(&mut reader, &mut writer).await
        });
        let (reader, mut writer) = TcpStream::connect(address).await?.into_split();
        AsyncWriteExt::write_all(&mut writer, &[b'a'; 100_000]).await?;
        assert!(tokio::io::AsyncWrite::is_write_vectored(&writer));
        let pieces = [IoSlice::new(b"\n"), IoSlice::new(b"end")];
        assert_eq!(AsyncWriteExt::write_vectored(&mut writer, &pieces).await?, 4);
        AsyncWriteExt::shutdown(&mut writer).await?;
        let mut lines = BufReader::new(reader);
        let mut text = String::new();
        assert_eq!(lines.read_line(&mut text).await?, 100_001);
        text.clear();
        lines.read_to_string(&mut text).await?;
        assert_eq!(echo.await.unwrap()?, 100_004);
        io::Result::Ok(text)
    });
    assert_eq!(text.unwrap(), "end");
}

/// Locks and channels of others need nothing from a runtime but correct wakers.
#[test]
fn foreign_wakers_meet_ours() {
    use futures_util::stream::{FuturesUnordered, StreamExt};

    let sum: u32 = LocalExecutor::new().run(async {
        let tasks: FuturesUnordered<_> = (0..100_u32)
            .map(|number| {
                pinsight_rt::spawn(async move {
                    for _ in 0..number % 7 {
                        pinsight_rt::yield_now().await;
                    }
                    number
                })
            })
            .collect();
        tasks.map(Result::unwrap).fold(0, |sum, number| async move { sum + number }).await
    });
    assert_eq!(sum, 4950);
    LocalExecutor::new().run(poll_fn(|_| std::task::Poll::Ready(())));
}

#[cfg(feature = "stream")]
#[test]
fn ticks_and_connections_are_streams() {
    use futures_util::{StreamExt, future};
    use pinsight_rt::net::{TcpListener, TcpStream, UnixListener, UnixStream};
    use pinsight_rt::time;
    use std::net::Ipv4Addr;
    use std::time::Duration;

    let path = std::env::temp_dir().join(format!("pinsight-rt-stream-{}", std::process::id()));
    LocalExecutor::new().run(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let address = listener.local_addr().unwrap();
        let clients = future::join_all((0..3).map(|_| TcpStream::connect(address)));
        let (served, clients) = future::join(listener.take(3).collect::<Vec<_>>(), clients).await;
        let peers: Vec<_> = served.into_iter().map(|connection| connection.unwrap().1).collect();
        let mut expected: Vec<_> = clients.into_iter().map(|client| client.unwrap().local_addr().unwrap()).collect();
        expected.retain(|address| !peers.contains(address));
        assert_eq!((peers.len(), expected.len()), (3, 0));
        let mut listener = UnixListener::bind(&path).unwrap();
        let (accepted, client) = future::join(listener.next(), UnixStream::connect(&path)).await;
        drop((accepted.unwrap().unwrap(), client.unwrap()));
        time::pause();
        let start = time::now();
        let ticks: Vec<_> = time::interval(Duration::from_secs(1)).take(4).collect().await;
        assert_eq!(ticks.iter().map(|tick| (*tick - start).as_secs()).collect::<Vec<_>>(), [0, 1, 2, 3]);
    });
    std::fs::remove_file(path).unwrap();
}
