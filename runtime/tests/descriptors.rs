//! Descriptors: none is lost, and having none left is survived. One test, since the limit is that of the process.

#![cfg(not(loom))]

use pinsight_rt::net::{TcpListener, TcpStream};
use pinsight_rt::{LocalExecutor, spawn, time};
use std::fs::File;
use std::net::Ipv4Addr;
use std::time::Duration;

fn open_descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

fn set_limit(limit: libc::rlim_t) -> libc::rlim_t {
    let mut old = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: The argument is an `rlimit` to write to.
    assert_eq!(unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut old) }, 0);
    let new = libc::rlimit { rlim_cur: limit, ..old };
    // SAFETY: The argument is an `rlimit` to read.
    assert_eq!(unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const new) }, 0);
    old.rlim_cur
}

#[test]
fn descriptors() {
    ten_thousand_connections();
    none_left();
}

fn ten_thousand_connections() {
    let before = open_descriptors();
    let executor = LocalExecutor::new();
    executor.run(async {
        let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let address = listener.local_addr().unwrap();
        drop(spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                drop(spawn(async move {
                    let mut byte = [0];
                    while let Ok(1..) = stream.read(&mut byte).await {
                        stream.write_all(&byte).await.unwrap();
                    }
                }));
            }
        }));
        for _ in 0..100 {
            let clients: Vec<_> = (0..100)
                .map(|_| {
                    spawn(async move {
                        let mut stream = TcpStream::connect(address).await.unwrap();
                        stream.write_all(b"x").await.unwrap();
                        let mut byte = [0];
                        stream.read_exact(&mut byte).await.unwrap();
                        stream
                    })
                })
                .collect();
            for client in clients {
                drop(client.await.unwrap());
            }
        }
        time::sleep(Duration::from_millis(50)).await;
    });
    assert_eq!(executor.len(), 1, "only the listener is left");
    drop(executor);
    assert_eq!(open_descriptors(), before);
}

fn none_left() {
    LocalExecutor::new().run(async {
        let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let address = listener.local_addr().unwrap();
        // Makes the reactor, which needs descriptors too.
        let _client = TcpStream::connect(address).await.unwrap();
        let (first, _) = listener.accept().await.unwrap();
        assert!(time::timeout(Duration::from_millis(1), listener.accept()).await.is_err());
        let mut waiting = Vec::new();
        for _ in 0..3 {
            waiting.push(std::net::TcpStream::connect(address).unwrap());
        }
        let old = set_limit(open_descriptors() as libc::rlim_t + 8);
        let mut ballast = Vec::new();
        while let Ok(file) = File::open("/dev/null") {
            ballast.push(file);
        }
        for _ in 0..2 {
            let error = listener.accept().await.unwrap_err();
            assert_eq!(error.raw_os_error(), Some(libc::EMFILE), "{error}");
            assert!(error.to_string().contains("Too many open files"), "{error}");
        }
        assert!(TcpStream::connect(address).await.is_err());
        // One is free again, and then another one.
        drop(first);
        let (second, _) = listener.accept().await.unwrap();
        assert!(listener.accept().await.is_err());
        ballast.pop();
        let _third = listener.accept().await.unwrap();
        drop((second, ballast));
        set_limit(old);
        let _fourth = listener.accept().await.unwrap();
    });
}
