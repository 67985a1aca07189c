//! Events of sources that are not what they were.

use crate::{MS, within_ten_seconds};
use pinsight_rt::net::{TcpListener, TcpStream, UnixStream};
use pinsight_rt::{LocalExecutor, spawn, time};
use std::cell::RefCell;
use std::future::pending;
use std::io::Write;
use std::net::Ipv4Addr;
use std::rc::Rc;
use std::thread;

/// Trap 9: what says that there is data says as well that nothing follows.
#[test]
fn data_and_the_end_in_one_event() {
    within_ten_seconds(|| {
        LocalExecutor::new().run(async {
            let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
            let mut peer = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            let (mut stream, _) = listener.accept().await.unwrap();
            let reader = spawn(async move {
                let mut buffer = [0; 64];
                let first = stream.read(&mut buffer).await.unwrap();
                // Hangs for ever if the short read before has forgotten the end.
                (first, stream.read(&mut buffer).await.unwrap())
            });
            // It waits, so it is registered.
            time::sleep(MS).await;
            // Both in one go, while nobody looks.
            peer.write_all(b"abc").unwrap();
            drop(peer);
            thread::sleep(5 * MS);
            assert_eq!(reader.await.unwrap(), (3, 0));
        });
    });
}

/// Trap 10: an event that was meant for a source that is gone, and whose key another one has.
#[test]
fn a_source_made_in_the_middle_of_events_gets_none_of_others() {
    within_ten_seconds(|| {
        LocalExecutor::new().run(async {
            let (one, mut one_peer) = UnixStream::pair().unwrap();
            let (other, mut other_peer) = UnixStream::pair().unwrap();
            let streams = Rc::new(RefCell::new(vec![one, other]));
            let outcomes = Rc::new(RefCell::new(Vec::new()));
            for mut stream in streams.take() {
                let outcomes = Rc::clone(&outcomes);
                drop(spawn(async move {
                    let mut byte = [0];
                    stream.read_exact(&mut byte).await.unwrap();
                    // Its key is free now, and the new stream takes it.
                    drop(stream);
                    let (mut fresh, mut peer) = UnixStream::pair().unwrap();
                    let early = time::timeout(2 * MS, fresh.read(&mut byte)).await.is_ok();
                    peer.write_all(b"y").await.unwrap();
                    fresh.read_exact(&mut byte).await.unwrap();
                    outcomes.borrow_mut().push((early, byte));
                }));
            }
            time::sleep(MS).await;
            one_peer.write_all(b"x").await.unwrap();
            other_peer.write_all(b"x").await.unwrap();
            time::sleep(20 * MS).await;
            assert_eq!(outcomes.take(), [(false, *b"y"), (false, *b"y")]);
        });
    });
}

/// Trap 14 in its only safe form: one task after another waits for the same stream.
#[test]
fn a_stream_may_change_hands_while_it_waits() {
    LocalExecutor::new().run(async {
        let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let address = listener.local_addr().unwrap();
        let mut stream = TcpStream::connect(address).await.unwrap();
        let (mut server, _) = listener.accept().await.unwrap();
        for _ in 0..3 {
            let mut byte = [0];
            assert!(time::timeout(MS / 4, stream.read(&mut byte)).await.is_err());
            stream = spawn(async move {
                let mut byte = [0];
                assert!(time::timeout(MS / 4, stream.read(&mut byte)).await.is_err());
                stream
            })
            .await
            .unwrap();
        }
        server.write_all(b"z").await.unwrap();
        let mut byte = [0];
        stream.read_exact(&mut byte).await.unwrap();
        drop(pending::<()>());
    });
}
